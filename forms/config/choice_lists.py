"""The form of a choice list with its choices."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from wtforms import BooleanField
from wtforms.validators import Length

from forms.config import words
from forms.config_fields import (
    LinesField,
    OfCaseTypeForm,
    PositionField,
    RowForm,
    RowsField,
    WordField,
    needed,
)
from forms.fields import AreaField, LineField
from services.config_children import ChildRow


class ChoiceRow(RowForm):
    """One choice."""

    columns = ("label", "position", "meaning", "instruction", "aliases", "is_active")
    telling = ("label", "meaning", "instruction", "aliases")
    rare = ("instruction", "aliases")

    label = LineField(_("Text"), [Length(max=200)])
    position = PositionField(empty=None)
    meaning = WordField(_("Betydelse"), words.MEANINGS, empty="")
    instruction = AreaField(_("Instruktion när valet görs"), render_kw={"rows": 2})
    aliases = LinesField(_("Äldre stavningar, en per rad"), default=[], render_kw={"rows": 2})
    is_active = BooleanField(_("Aktiv"), default=True)


class ChoiceListForm(OfCaseTypeForm):
    """A list and all its choices."""

    columns = ("key", "name")

    name = LineField(_("Namn"), [needed(), Length(max=120)])
    key = LineField(_("Nyckel"), [needed(), Length(max=80)])
    choices = RowsField(
        ChoiceRow,
        _("Val"),
        description=_(
            "Reglerna frågar efter betydelsen, så texten kan ändras fritt. "
            "Ett val som finns i ärenden tas inte bort: ta bort bocken i Aktiv."
        ),
    )

    def children(self) -> list[ChildRow]:
        return self.choices.child_rows()
