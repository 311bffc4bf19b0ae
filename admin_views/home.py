"""The first page after signing in: *Att göra*, or the overview of the configuration."""

from __future__ import annotations

from typing import Any

from flask import abort, flash, redirect, request, url_for
from flask_admin import BaseView, expose
from flask_babel import gettext as _

from admin_views.base import GuardedView
from admin_views.cases.tab_tokens import sent_tab
from admin_views.navigation import navigation
from admin_views.statistics import offers_unit_report
from domain.clock import local_today
from domain.errors import DomainError, RuleBroken
from domain.permissions import Permission
from domain.row_ids import row_id
from extensions import db
from forms.assign_form import AssignForm, assign_form
from models import Case, User
from queries.cases import find_case
from queries.configuration import configuration
from queries.people import possible_responsibles
from queries.todo import TodoGroup, TodoRow, todo_groups
from queries.todo_groups import GROUPS
from services.actors import case_types_for
from services.cases import edit_case
from services.unit_of_work import unit_of_work
from services.work_locks import release, require
from web.rendering import sentence
from web.session import current_actor

SHORT = {"nya": 10, "": 5}
LONG = {"nya": 20, "": 100}
"""Group → how many rows, on the page of all groups and on the page of one."""


class HomeView(GuardedView, BaseView):
    """/admin/. Flask-Admin's own index view is open to everybody and serves its old scripts."""

    read_permission = Permission.PROFILE_EDIT

    def is_accessible(self) -> bool:
        """Everybody who is signed in has a first page, also the one who got no role yet."""
        return current_actor().is_active

    def is_visible(self) -> bool:
        return False

    @expose("/")
    def index(self) -> Any:
        if not case_types_for(current_actor(), Permission.CASE_LIST, configuration()):
            return self.render("admin/home.html", groups=navigation())
        return self._show()

    @expose("/assign/<int:number>", methods=("POST",))
    def assign(self, number: int) -> Any:
        """Give a new case to a unit and a responsible, by the rules of the case form."""
        case = find_case(number, current_actor(), Permission.CASE_EDIT_RESPONSIBLE) or abort(404)
        form = _form_of(case.id, case.case_type_id, {"unit": case.unit_id}, {}, request.form)
        problem: DomainError | None = None
        if form.validate():
            try:
                with unit_of_work():
                    _assign(case, form)
            except DomainError as error:
                problem = error
        if form.errors or problem:
            return self._refuse(number, form, problem)
        flash(_("Ärende %(number)s är fördelat till %(name)s.", **_told(number)), "success")
        return redirect(url_for("admin.index", grupp=_asked_group() or None))

    def _refuse(self, number: int, form: AssignForm, problem: DomainError | None) -> Any:
        """The same page, with what was chosen and what is wrong beside the row."""
        if problem:
            name = getattr(problem, "field", "")
            field = form[name] if name in ("unit", "responsible") else form.unit
            field.errors = [*field.errors, sentence(problem)]
        return self._show(refused={number: form}, status=problem.status if problem else 422)

    def _show(self, refused: dict[int, AssignForm] | None = None, status: int = 200) -> Any:
        actor, only, refused = current_actor(), _asked_group(), refused or {}
        groups = todo_groups(actor, limits=LONG if only else SHORT, only=only)
        forms = _forms(groups, refused)
        for number in refused.keys() - forms.keys():  # somebody else has given it away meanwhile
            flash(_("Ärende %(number)s: ", number=number) + _first_error(refused[number]), "danger")
        page = self.render(
            "admin/home_todo.html",
            groups=[group for group in groups if group.count],
            empty=[group for group in groups if not group.count],
            only=only,
            forms=forms,
            today=local_today(),
            offers_unit_report=offers_unit_report(),
            case_types=case_types_for(actor, Permission.CASE_LIST, configuration()),
        )
        return page, status


def _asked_group() -> str:
    """The group that the address names, "" for all."""
    asked = request.values.get("grupp", "")
    return asked if any(rule.key == asked for rule in GROUPS) else ""


def _forms(groups: list[TodoGroup], refused: dict[int, AssignForm]) -> dict[int, AssignForm]:
    """Case → the form of its row, for the cases that wait to be given to somebody."""
    rows: list[TodoRow] = [row for group in groups if group.key == "nya" for row in group.rows]
    people: dict[int, Any] = {}
    forms = {}
    for row in rows:
        values = {"unit": row.unit_id, "version": row.version}
        form = _form_of(row.id, row.case_type_id, values, people)
        if row.id in refused:
            form = refused[row.id]
            form.version.data = row.version  # who sends it once more has read what is wrong
        forms[row.id] = form
    return forms


def _form_of(
    case_id: int, type_id: int, values: dict[str, Any], people: dict[int, Any], sent: Any = None
) -> AssignForm:
    if type_id not in people:
        people[type_id] = possible_responsibles(type_id)
    return assign_form(case_id, values, configuration().units, people[type_id], sent)


def _assign(case: Case, form: AssignForm) -> None:
    """Who chooses no person means the one who answers for the unit."""
    layout = configuration().case_type(case.case_type_id) or abort(404)
    actor, tab = current_actor(), sent_tab()
    unit = configuration().units_by_id.get(form.unit.data or 0)
    default = unit.default_responsible_id if unit else None
    responsible_id = form.responsible.data or default
    if unit is not None and responsible_id is None:
        raise RuleBroken(_("Enheten har ingen ansvarig. Välj en person."), field="responsible")
    require(case, actor, tab)
    values = {"unit": form.unit.data, "responsible": responsible_id}
    version = row_id(form.version.data) or 0
    edit_case(case, layout, values, seen_version=version, actor=actor)
    release(case.id, actor, tab)


def _told(number: int) -> dict[str, Any]:
    case = db.session.get_one(Case, number)
    person = db.session.get(User, case.responsible_id) if case.responsible_id else None
    return {"number": number, "name": person.name if person else ""}


def _first_error(form: AssignForm) -> str:
    return next(str(error) for errors in form.errors.values() for error in errors)
