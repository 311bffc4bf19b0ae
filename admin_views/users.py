"""Organisation → Personer: accounts with their roles. Passwords are the person's own business."""

from __future__ import annotations

from typing import Any

from flask import g
from flask_babel import gettext
from flask_babel import lazy_gettext as _

from admin_views.config_view import ConfigView, RowFilter, moment, yes_no, yes_or_no
from admin_views.person_access import told
from domain.permissions import Permission
from forms.config import words
from forms.config.organisation import PersonForm
from models import User
from services.password_links import give_link
from services.people import add_person, change_person
from web.session import current_actor


def _roles(view: Any, context: Any, person: User, name: str) -> str:
    """ "Läsbehörighet (Hjo kommun)": each role with its unit."""
    return ", ".join(f"{gettext(words.ROLES[a.role])} ({a.unit.name})" for a in person.assignments)


class UserView(ConfigView):
    """People. Nobody is deleted, since cases and the log name them: they are made inactive."""

    read_permission = Permission.CONFIG_USERS
    form_class = PersonForm
    list_template = "admin/config/people.html"
    edit_template = "admin/config/person_edit.html"
    summary = _("Konton och roller för dem som arbetar i systemet.")
    column_list = ("name", "username", "assignments", "is_active", "last_login_at")
    column_labels = {
        "name": _("Namn"),
        "username": _("Användarnamn"),
        "assignments": _("Roller"),
        "is_active": _("Aktiv"),
        "last_login_at": _("Senast inloggad"),
    }
    column_sortable_list = (("name", "sort_key"), "username", "last_login_at")
    column_default_sort = ("sort_key", False)
    column_searchable_list = ("name", "username", "email")
    column_filters = (RowFilter(User.is_active, _("Aktiv"), yes_no),)
    column_formatters = {
        "assignments": _roles,
        "is_active": yes_or_no,
        "last_login_at": moment,
    }

    def form_arguments(self, obj: Any = None) -> dict[str, Any]:
        return {"is_oneself": obj is not None and obj.id == current_actor().id}

    def add(self, form: PersonForm) -> User:
        """The person chooses the password, by a link that is mailed or handed over."""
        person = add_person(form.values(), form.grants() or [], actor=current_actor())
        g.given_link = give_link(person, actor=current_actor()) if person.is_active else None
        return person

    def saved_message(self, model: User, *, is_created: bool) -> str:
        if is_created and g.get("given_link"):
            return f"{gettext('Kontot är skapat.')} {told(g.given_link)}"
        return super().saved_message(model, is_created=is_created)

    def change(self, model: User, form: PersonForm) -> None:
        change_person(
            model,
            form.values(),
            form.grants(),
            actor=current_actor(),
        )
