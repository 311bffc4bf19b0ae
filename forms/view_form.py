"""The form of a saved view of the case list."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import BooleanField
from wtforms.validators import InputRequired, Length

from forms.fields import LineField


class ViewForm(FlaskForm):
    """Name, whether others are offered it, whether one begins with it."""

    name = LineField(
        _("Vyns namn"),
        [
            InputRequired(_("Skriv vad vyn ska heta.")),
            Length(max=80, message=_("Namnet får ha högst 80 tecken.")),
        ],
    )
    is_shared = BooleanField(
        _("Dela med andra"),
        description=_(
            "Alla som ser ärendetypen kan välja vyn, men var och en ser bara sina egna ärenden. "
            "Ord som du har sökt på följer inte med."
        ),
    )
    is_default = BooleanField(
        _("Börja med den här vyn"),
        description=_("Vyn öppnas när du väljer ärendetypen i menyn."),
    )
