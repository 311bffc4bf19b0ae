"""Configuration pages: a list and a form for one table, saved by a service with a record."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from flask import abort, request
from flask_admin import expose
from flask_admin.contrib.sqla.filters import BaseSQLAFilter
from flask_babel import gettext as _
from flask_babel import lazy_gettext
from sqlalchemy import ColumnElement, select, true
from wtforms import Form

from admin_views.base import ScopedModelView
from domain.errors import RuleBroken
from extensions import db
from forms.config_fields import ConfigForm
from models import CaseType
from queries import config_options
from services.config_changes import add_row, change_row, remove_row
from web.rendering import short_time
from web.session import current_actor


class RowFilter(BaseSQLAFilter):
    """Rows with one value in a column. `choices` gives the values with their names."""

    def __init__(
        self, column: Any, name: Any, choices: Callable[[], list[tuple[Any, str]]]
    ) -> None:
        super().__init__(column, name)
        self.choices = choices

    def options_now(self) -> list[tuple[str, str]]:
        """The values with their names. (Flask-Admin's get_options() is asked once, at start.)"""
        return [(str(value), label) for value, label in self.choices()]

    def validate(self, value: str) -> bool:
        return value in {known for known, _label in self.options_now()}

    def apply(self, query: Any, value: Any, alias: Any = None) -> Any:
        kind = self.column.type.python_type
        wanted = value == "True" if kind is bool else kind(value)
        return query.filter(self.column == wanted)

    def operation(self) -> Any:
        return lazy_gettext("är")


def yes_no() -> list[tuple[Any, str]]:
    """The values of a filter on a flag."""
    return [(True, _("Ja")), (False, _("Nej"))]


def in_words(words: Mapping[str, str]) -> Callable[..., str]:
    """A column formatter that shows the Swedish word of a stored one."""

    def show(view: Any, context: Any, model: Any, name: str) -> str:
        value = getattr(model, name)
        return _(words[value]) if value in words else str(value)

    return show


def yes_or_no(view: Any, context: Any, model: Any, name: str) -> str:
    """A column formatter for flags."""
    return _("Ja") if getattr(model, name) else _("Nej")


def moment(view: Any, context: Any, model: Any, name: str) -> str:
    """A column formatter for times: 2026-11-22 14:24, local time."""
    return short_time(getattr(model, name))


@contextmanager
def errors_in_place(form: ConfigForm) -> Iterator[None]:
    """Point an error about a column to the field of the form that shows it."""
    try:
        yield
    except RuleBroken as error:
        error.field = form.shown_at.get(error.field, error.field)
        raise


class ConfigView(ScopedModelView):
    """One table of the configuration. A subclass names its form, its columns and its right."""

    can_create = can_edit = True
    form_class: type[ConfigForm]
    form = Form  # nothing is scaffolded: the form is form_class
    summary = ""
    """One sentence for the overview page: what is set here."""
    create_template = "admin/config/create.html"
    edit_template = "admin/config/edit.html"
    page_size = 50
    column_display_actions = True
    column_auto_select_related = True

    def scope(self) -> ColumnElement[bool]:
        """Whoever holds the right sees all of the configuration."""
        return true()

    def _get_filter_groups(self) -> Any:
        """The filters with the options of this moment: rows come and go."""
        groups = super()._get_filter_groups() or {}
        for filters in groups.values():
            for item in filters:
                found = self._filters[item["index"]]
                item["options"] = found.options_now() if isinstance(found, RowFilter) else None
        return groups

    def create_form(self, obj: Any = None) -> ConfigForm:
        return self.form_class(**self.form_arguments())

    def edit_form(self, obj: Any = None) -> ConfigForm:
        return self.form_class(obj=obj, **self.form_arguments(obj))

    def form_arguments(self, obj: Any = None) -> dict[str, Any]:
        """What the form needs to know beside the row."""
        return {}

    def validate_form(self, form: Any) -> bool:
        return bool(form.validate_on_submit())

    def save(self, form: Any, model: Any) -> None:
        with errors_in_place(form):
            self.change(model, form)

    def save_new(self, form: Any) -> Any:
        with errors_in_place(form):
            return self.add(form)

    def add(self, form: Any) -> Any:
        """Make the row. Tables with rules of their own call their own service."""
        return add_row(self.model(), form.values(), actor=current_actor())

    def change(self, model: Any, form: Any) -> None:
        """Change the row."""
        change_row(model, form.values(), actor=current_actor())

    def remove(self, model: Any) -> None:
        remove_row(model, actor=current_actor())


class OfCaseTypeView(ConfigView):
    """Configuration that belongs to a case type. A new row asks for the type first."""

    def form_arguments(self, obj: Any = None) -> dict[str, Any]:
        case_type_id = obj.case_type_id if obj is not None else self._asked_case_type().id
        return {"case_type_id": case_type_id}

    def _asked_case_type(self) -> CaseType:
        query = select(CaseType).where(CaseType.key == request.args.get("case_type", ""))
        return db.session.scalar(query) or abort(404)

    @expose("/new/", methods=("GET", "POST"))
    def create_view(self) -> Any:
        if "case_type" in request.args:
            return super().create_view()
        query = select(CaseType).order_by(CaseType.position, CaseType.id)
        case_types = list(db.session.scalars(query))
        return self.render(
            "admin/config/choose_case_type.html",
            case_types=case_types,
            return_url=self.return_url(),
        )


def case_type_filter(column: Any) -> RowFilter:
    """The filter on case types that most lists of configuration have."""
    return RowFilter(column, lazy_gettext("Ärendetyp"), config_options.case_types)
