"""The list and the form of event templates: what Välj ny händelse… offers."""

from __future__ import annotations

from typing import Any

from flask import flash, request
from flask_admin import expose
from flask_babel import gettext
from flask_babel import lazy_gettext as _

from admin_views.config_view import (
    OfCaseTypeView,
    RowFilter,
    case_type_filter,
    in_words,
    yes_no,
    yes_or_no,
)
from admin_views.event_templates.files import FilesOfTemplates
from admin_views.event_templates.previewing import PreviewOfTemplates
from admin_views.event_templates.versions import VersionsOfTemplates
from domain.permissions import Permission
from domain.template_names import FILTERS, NAMES
from forms.config import text_words, words
from forms.config.event_templates import EventTemplateForm
from models import EventTemplate
from queries.template_versions import files_of_template, versions_of
from services.config_rules.event_templates import doubts
from services.template_files import add_files
from services.template_preview import sees_cases
from web.session import current_actor


class EventTemplateView(PreviewOfTemplates, FilesOfTemplates, VersionsOfTemplates, OfCaseTypeView):
    """Event templates and standard events. Used ones are made inactive, never deleted."""

    read_permission = Permission.CONFIG_CASE_TYPES
    form_class = EventTemplateForm
    summary = _("Mejl, brev och andra händelser: texter, mottagare och vad de leder till.")
    create_template = "admin/config/template_create.html"
    edit_template = "admin/config/template_edit.html"
    column_list = ("label", "case_type", "group", "kind", "recipient", "position", "is_active")
    column_labels = {
        "label": _("Namn i menyn"),
        "case_type": _("Ärendetyp"),
        "group": _("Rubrik"),
        "kind": _("Sort"),
        "recipient": _("Mottagare"),
        "position": _("Ordning"),
        "is_active": _("Aktiv"),
    }
    column_sortable_list = ("label", "position")
    column_default_sort = [("case_type_id", False), ("position", False)]
    column_searchable_list = ("label", "subject", "body")
    column_filters = (
        case_type_filter(EventTemplate.case_type_id),
        RowFilter(EventTemplate.is_active, _("Aktiv"), yes_no),
    )
    column_formatters = {
        "group": in_words(words.GROUPS),
        "kind": in_words(words.TEMPLATE_KINDS),
        "recipient": in_words(words.RECIPIENTS),
        "is_active": yes_or_no,
    }

    def render(self, template: str, **kwargs: Any) -> str:
        kwargs.setdefault("names", NAMES)
        kwargs.setdefault("filters_of_texts", FILTERS)
        return super().render(template, name_titles=text_words.NAME_TITLES, **kwargs)

    @expose("/new/", methods=("GET", "POST"))
    def create_view(self) -> Any:
        if self.is_preview and "case_type" in request.args:
            return self.show_preview(self.create_form())
        return super().create_view()

    @expose("/edit/", methods=("GET", "POST"))
    def edit_view(self) -> Any:
        model = self.wanted()
        form = self.edit_form(obj=model)
        if self.is_preview:
            return self.show_preview(form, model)
        if self.is_about_files:
            return self.change_files(form, model)
        return super().edit_view()

    def validate_form(self, form: Any) -> bool:
        return super().validate_form(form) and self.keep_uploads(form)

    def add(self, form: EventTemplateForm) -> EventTemplate:
        row: EventTemplate = super().add(form)
        add_files(row, form.kept, actor=current_actor())
        _tell_doubts(row)
        return row

    def change(self, model: EventTemplate, form: EventTemplateForm) -> None:
        super().change(model, form)
        add_files(model, form.kept, actor=current_actor())
        _tell_doubts(model)

    def form_page(self, form: Any, model: EventTemplate | None, **context: Any) -> str:
        """The form as it stands, with what belongs to a page that is not a refusal."""
        template = self.edit_template if model else self.create_template
        if model is not None:
            context["model"] = model
        page, _status = self._form_page(template, form, None, **context)
        return str(page)

    def _form_page(self, template: str, form: Any, rules: Any, **context: Any) -> Any:
        model = context.get("model")
        if model is not None:
            context["files"] = files_of_template(model.id)
            context["versions"] = versions_of(model.id)
        context["sees_cases"] = sees_cases(current_actor())
        return super()._form_page(template, form, rules, **context)


def _tell_doubts(row: EventTemplate) -> None:
    for sentence in doubts(row):
        flash(gettext(sentence), "warning")
