"""The form of a ground for secrecy."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from wtforms import BooleanField
from wtforms.validators import Length, Optional

from forms.config_fields import ConfigForm, PositionField, needed
from forms.fields import DayField, LineField


class LegalGroundForm(ConfigForm):
    """A provision and the days on which it may be used."""

    columns = (
        "label", "key", "description", "valid_from", "valid_to", "for_submitter", "position",
        "is_active",
    )  # fmt: skip

    label = LineField(_("Bestämmelse"), [needed(), Length(max=200)])
    key = LineField(_("Nyckel"), [needed(), Length(max=80)])
    description = LineField(_("Vad den skyddar"), [Length(max=500)])
    valid_from = DayField(_("Gäller från"), [Optional()])
    valid_to = DayField(_("Gäller till och med"), [Optional()])
    for_submitter = BooleanField(_("Kan användas för skyddade personuppgifter"))
    position = PositionField(_("Ordning i listan"))
    is_active = BooleanField(_("Aktiv"), default=True)
