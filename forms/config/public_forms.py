"""The form of a public form with its questions."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _
from wtforms import BooleanField
from wtforms.validators import Length

from forms.config import words
from forms.config_fields import (
    OfCaseTypeForm,
    PositionField,
    RowField,
    RowForm,
    RowsField,
    WordField,
    needed,
    row_options,
)
from forms.fields import AreaField, LineField
from models import PublicForm
from queries import config_options
from services.config_children import ChildRow
from services.config_rules.public_forms import ASKABLE, DEFAULTABLE

QUESTIONS = {key: words.CORE_FIELDS[key] for key in ASKABLE}
DEFAULTS = {key: words.CORE_FIELDS[key] for key in DEFAULTABLE}


class QuestionRow(RowForm):
    """One question."""

    columns = (
        "key", "label", "help", "section", "section_help", "position", "is_required",
        "choice_list_id",
    )  # fmt: skip
    telling = ("key", "label")
    rare = ("help", "section", "section_help")

    key = WordField(_("Fråga"), QUESTIONS, empty="")
    label = LineField(_("Ledtext"), [Length(max=200)])
    position = PositionField(empty=None)
    choice_list_id = RowField(_("Vallista"))
    help = AreaField(_("Hjälptext"), render_kw={"rows": 2})
    section = LineField(_("Rubrik ovanför"), [Length(max=120)])
    section_help = AreaField(_("Text under rubriken"), render_kw={"rows": 2})
    is_required = BooleanField(_("Obligatorisk"))


class DefaultRow(RowForm):
    """What every case of this form gets in one choice field."""

    columns = ("key", "meaning")
    telling = ("key", "meaning")

    key = WordField(_("Fält"), DEFAULTS, empty="")
    meaning = WordField(_("får valet som betyder"), words.MEANINGS, empty="")


class PublicFormForm(OfCaseTypeForm):
    """A public form: address, texts, questions, and what its cases begin with."""

    columns = (
        "slug", "name", "summary", "intro", "privacy", "notice", "board", "root_unit_id",
        "position", "is_active",
    )  # fmt: skip
    locked = ("slug",)
    shown_at = {"defaults": "default_rows"}

    name = LineField(_("Namn"), [needed(), Length(max=120)])
    slug = LineField(
        _("Webbadress"),
        [needed(), Length(max=80)],
        description=_("Det sista ordet i adressen: /synpunkt/…"),
    )
    summary = LineField(_("Beskrivning på startsidan"), [Length(max=300)])
    intro = AreaField(_("Inledning"), [Length(max=20_000)], render_kw={"rows": 8})
    privacy = AreaField(
        _("Så behandlar vi personuppgifter"), [Length(max=20_000)], render_kw={"rows": 8}
    )
    notice = AreaField(_("Upplysning före Skicka"), [Length(max=5_000)], render_kw={"rows": 3})
    board = LineField(_("Ansvarig nämnd"), [Length(max=200)])
    root_unit_id = RowField(
        _("Gäller delen av organisationen"),
        description=_("Formuläret visar den enheten och alla under den."),
    )
    position = PositionField(_("Ordning på startsidan"))
    is_active = BooleanField(_("Aktiv"), default=True)
    fields = RowsField(QuestionRow, _("Frågor"))
    default_rows = RowsField(DefaultRow, _("Varje nytt ärende från formuläret"), extra=1)

    def __init__(self, obj: PublicForm | None = None, **kwargs: Any) -> None:
        pairs = obj.defaults.items() if obj is not None else ()
        rows = [{"key": key, "meaning": meaning} for key, meaning in pairs]
        super().__init__(obj=obj, data={"default_rows": rows}, **kwargs)

    def offer(self, case_type_id: int) -> None:
        self.root_unit_id.choices = row_options(config_options.units(), empty="")
        lists = row_options(config_options.choice_lists(case_type_id), empty="")
        for entry in self.fields.entries:
            entry.form.choice_list_id.choices = lists

    def values(self) -> dict[str, Any]:
        rows = {row.key.data: row.meaning.data for row in self.default_rows.kept()}
        return {**super().values(), "defaults": rows}

    def children(self) -> list[ChildRow]:
        return self.fields.child_rows()
