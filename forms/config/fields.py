"""The form of a field on a tab."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import BooleanField, SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Length

from domain.fields import CORE_FIELDS
from forms.config import words
from forms.config_fields import (
    OfCaseTypeForm,
    PositionField,
    RowField,
    WordField,
    WordsField,
    needed,
    row_options,
)
from forms.fields import AreaField, LineField
from models import Field
from queries import config_options


class FieldForm(OfCaseTypeForm):
    """A core field, or one of the municipality's own with a kind."""

    columns = (
        "tab_id", "label", "help", "position", "width", "is_many", "choice_list_id",
        "required_when", "readonly_roles",
    )  # fmt: skip
    locked = ()
    shown_at = {"visible_when": "visible_meaning"}

    core_key = SelectField(
        _("Fält"), choices=[], description=_("Välj ett av systemets fält, eller gör ett eget.")
    )
    key = LineField(
        _("Nyckel för eget fält"), [Length(max=80)], description=_("Till exempel diarienummer.")
    )
    kind = WordField(_("Sort av eget fält"), words.CUSTOM_KINDS, empty="")
    label = LineField(_("Ledtext"), [needed(), Length(max=200)])
    help = AreaField(_("Hjälptext"), render_kw={"rows": 3})
    tab_id = RowField(_("Flik"))
    position = PositionField(_("Ordning på fliken"))
    width = WordField(_("Bredd"), words.WIDTHS)
    choice_list_id = RowField(_("Vallista"), description=_("För fält där man väljer i en lista."))
    is_many = BooleanField(_("Flera val får göras"))
    required_when = WordField(_("Obligatoriskt"), words.REQUIRED_WHEN)
    visible_field = SelectField(_("Visas bara när fältet"), choices=[])
    visible_meaning = WordField(_("har ett val som betyder"), words.MEANINGS, empty="")
    readonly_roles = WordsField(_("Bara läsbart för"), words.ROLES)

    def __init__(self, obj: Field | None = None, **kwargs: Any) -> None:
        condition = obj.visible_when if obj is not None else {}
        data = {
            "visible_field": condition.get("field", ""),
            "visible_meaning": condition.get("meaning", ""),
        }
        super().__init__(obj=obj, data=data, **kwargs)
        self.row = obj
        if obj is not None:
            self._keep_identity(obj)

    def _keep_identity(self, obj: Field) -> None:
        """Key and kind say what the stored values are: they never change."""
        del self.core_key
        self.lock("key", obj)
        if obj.key in CORE_FIELDS:
            self.key.label.text = gettext("Fält")
            self.key.data = gettext(words.CORE_FIELDS[obj.key])
            del self.kind
        else:
            self.lock("kind", obj)

    def offer(self, case_type_id: int) -> None:
        self.tab_id.choices = row_options(config_options.tabs(case_type_id))
        lists = config_options.choice_lists(case_type_id)
        self.choice_list_id.choices = row_options(lists, empty="")
        self.visible_field.choices = [
            SelectChoice("", gettext("Visas alltid")),
            *(SelectChoice(k, label) for k, label in config_options.choice_fields(case_type_id)),
        ]
        taken = config_options.field_keys(case_type_id)
        self.core_key.choices = [
            SelectChoice("", gettext("Eget fält")),
            *(SelectChoice(k, gettext(v)) for k, v in words.CORE_FIELDS.items() if k not in taken),
        ]

    def values(self) -> dict[str, Any]:
        found = super().values()
        condition = {"field": self.visible_field.data, "meaning": self.visible_meaning.data}
        found["visible_when"] = condition if any(condition.values()) else {}
        if self.row is None:
            found["key"] = self.core_key.data or self.key.data
            found["kind"] = "" if self.core_key.data else self.kind.data
        return found
