"""Organisation → Personer → Lämna över ärenden: numbers of cases, and who takes them."""

from __future__ import annotations

from typing import Any

from flask import abort, flash, redirect, request, url_for
from flask_admin import BaseView, expose
from flask_babel import gettext as _

from admin_views.base import GuardedView, telling_refusals
from domain.permissions import Permission
from domain.row_ids import row_id
from extensions import db
from models import User
from queries.configuration import configuration
from queries.duties import Duties, duties_of
from queries.people import Person
from services.handover import Choices, hand_over, heirs_of, helpers_of, keepers_of
from services.unit_of_work import unit_of_work
from web.session import current_actor


class HandoverView(GuardedView, BaseView):
    """The administrator sees how many, never which: contents are not for this page."""

    read_permission = Permission.CONFIG_USERS

    def is_visible(self) -> bool:
        return False

    @expose("/", methods=("GET", "POST"))
    def index(self) -> Any:
        number = row_id(request.args.get("id", ""))
        person = db.session.get(User, number) if number else None
        if person is None:
            abort(404)
        if request.method == "POST":
            with telling_refusals():
                with unit_of_work():
                    hand_over(person, _chosen(duties_of(person.id)), actor=current_actor())
                flash(_("Allt är överlämnat. Nu kan kontot göras inaktivt."), "success")
                return redirect(url_for("users.edit_view", id=person.id))
        page = self.render("admin/handover.html", person=person, **_page(person))
        return page, 422 if request.method == "POST" else 200


def _page(person: User) -> dict[str, Any]:
    """The numbers, each with those who can take over."""
    duties, config = duties_of(person.id), configuration()
    names = {t.id: t.name for t in config.case_types}
    rows = []
    for group in duties.groups:
        node = config.units_by_id.get(group.unit_id or 0)
        unit = node.name if node else _("Utan enhet")
        label = f"{unit}, {names.get(group.case_type_id, '')}"
        rows.append((f"group-{group.key}", label, group.number, _offered(heirs_of(person, group))))
    helpers = _offered(helpers_of(person))
    units = [(unit, _offered(keepers_of(person, unit))) for unit in duties.units]
    return {
        "duties": duties,
        "rows": rows,
        "helpers": helpers,
        "units": units,
        "chosen": request.form,
    }


def _offered(people: list[Person]) -> list[tuple[str, str]]:
    """Never the administrator's own person."""
    own = current_actor().id
    return [(str(p.id), p.name) for p in people if p.id != own]


def _chosen(duties: Duties) -> Choices:
    """What was chosen for each thing the page asked about."""
    sent = request.form
    groups = {g.key: f"group-{g.key}" for g in duties.groups}
    return Choices(
        {key: _picked(name) for key, name in groups.items() if name in sent},
        _picked("assistant"),
        {unit.id: _picked(f"unit-{unit.id}") for unit in duties.units},
    )


def _picked(name: str) -> int | None:
    """The person chosen in this select; None for nobody."""
    typed = request.form.get(name, "")
    found = row_id(typed)
    if typed and found is None:
        abort(404)
    return found
