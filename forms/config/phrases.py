"""The form of a standard phrase."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import BooleanField
from wtforms.validators import Length

from forms.config_fields import OfCaseTypeForm, PositionField, RowField, needed, row_options
from forms.fields import AreaField, LineField
from queries.phrases import category_options
from services.config_rules.phrases import LONGEST


class PhraseForm(OfCaseTypeForm):
    """A title, a text, and the cases it is meant for."""

    columns = ("title", "choice_id", "body", "position", "is_active")
    locked = ()

    title = LineField(_("Rubrik"), [needed(), Length(max=120)])
    choice_id = RowField(
        _("Kategori"),
        description=_("Texten står först i listan för ärenden med den här kategorin."),
    )
    body = AreaField(
        _("Standardtext"),
        [needed(), Length(max=LONGEST)],
        description=_("Ren text. Den som svarar kan ändra den efteråt."),
    )
    position = PositionField(_("Ordning i listan"))
    is_active = BooleanField(_("Aktiv"), default=True)

    def __init__(self, obj: Any = None, **kwargs: Any) -> None:
        self.taken = obj.choice_id if obj is not None else None
        super().__init__(obj=obj, **kwargs)

    def offer(self, case_type_id: int) -> None:
        options = category_options(case_type_id, self.taken)
        self.choice_id.choices = row_options(options, empty=gettext("Alla ärenden"))
