"""Organisation → Enheter: the tree of units."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _
from sqlalchemy.orm import joinedload

from admin_views.config_view import ConfigView, RowFilter, in_words, yes_no, yes_or_no
from domain.permissions import Permission
from forms.config import words
from forms.config.organisation import UnitForm
from models import Unit
from services.organisation import add_unit, change_unit
from web.session import current_actor


class UnitView(ConfigView):
    """Units. One that has had cases is made inactive, never deleted."""

    read_permission = Permission.CONFIG_ORGANISATION
    form_class = UnitForm
    summary = _("Kommunens enheter i ett träd. Trädet avgör vem som ser vilka ärenden.")
    column_list = ("name", "kind", "parent", "board", "secrecy_area", "is_active")
    column_labels = {
        "name": _("Enhet"),
        "kind": _("Sort"),
        "parent": _("Ligger under"),
        "board": _("Nämnd"),
        "secrecy_area": _("Sekretessområde"),
        "is_active": _("Aktiv"),
    }
    column_sortable_list = (("name", "sort_key"),)
    column_default_sort = ("sort_key", False)
    column_searchable_list = ("name", "board")
    column_filters = (RowFilter(Unit.is_active, _("Aktiv"), yes_no),)
    column_formatters = {
        "kind": in_words(words.UNIT_KINDS),
        "secrecy_area": in_words(words.SECRECY_AREAS),
        "is_active": yes_or_no,
    }

    def list_options(self) -> Any:
        return (joinedload(Unit.parent),)

    def add(self, form: UnitForm) -> Unit:
        return add_unit(form.values(), actor=current_actor())

    def change(self, model: Unit, form: UnitForm) -> None:
        change_unit(model, form.values(), actor=current_actor(), confirmed=form.confirms_area)
