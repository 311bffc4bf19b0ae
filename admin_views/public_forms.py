"""Ärendetyper → Formulär: the public forms and, inside each, its questions."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _

from admin_views.config_view import OfCaseTypeView, case_type_filter, yes_or_no
from admin_views.form_sharing import SharingPages
from admin_views.form_translations import TranslationPages
from domain.permissions import Permission
from domain.template_names import FILTERS, PUBLIC_NAMES
from forms.config.public_forms import PublicFormForm
from forms.config.text_words import NAME_TITLES
from models import PublicForm
from services.config_children import save_with_children
from web.session import current_actor


class PublicFormView(TranslationPages, SharingPages, OfCaseTypeView):
    """Public forms. One that is no longer wanted is made inactive."""

    read_permission = Permission.CONFIG_CASE_TYPES
    form_class = PublicFormForm
    summary = _("Formulären på webben: frågor, texter och vilken del av organisationen de gäller.")
    create_template = "admin/config/text_create.html"
    edit_template = "admin/config/public_form_edit.html"
    column_list = ("name", "slug", "case_type", "root_unit", "position", "is_active")
    column_labels = {
        "name": _("Formulär"),
        "slug": _("Webbadress"),
        "case_type": _("Ärendetyp"),
        "root_unit": _("Gäller"),
        "position": _("Ordning"),
        "is_active": _("Aktiv"),
    }
    column_sortable_list = ("name", "slug", "position")
    column_default_sort = ("position", False)
    column_filters = (case_type_filter(PublicForm.case_type_id),)
    column_formatters = {"is_active": yes_or_no}

    def render(self, template: str, **kwargs: Any) -> str:
        return super().render(
            template,
            names=PUBLIC_NAMES,
            filters_of_texts=FILTERS,
            name_titles=NAME_TITLES,
            **kwargs,
        )

    def add(self, form: PublicFormForm) -> PublicForm:
        new = PublicForm()
        return save_with_children(new, form.values(), form.children(), actor=current_actor())

    def change(self, model: PublicForm, form: PublicFormForm) -> None:
        save_with_children(model, form.values(), form.children(), actor=current_actor())
