"""Koppla till annat ärende, what could belong here, and one answer for the duplicates."""

from __future__ import annotations

from typing import Any

from flask import abort, flash, redirect, request, url_for
from flask_admin import BaseView, expose
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response

from admin_views.base import GuardedView, telling_refusals
from admin_views.cases.commands import back_to, case_or_404
from domain.case_links import WORDS
from domain.errors import DomainError, RuleBroken
from domain.permissions import Permission
from domain.row_ids import row_id
from models import Case
from queries.case_links import link_of, links_of, suggestions_for
from queries.cases import find_case
from services.cases.links import (
    answer_verdicts,
    has_answer,
    link_cases,
    may_link,
    put_answer,
    unlink_cases,
)
from services.unit_of_work import unit_of_work
from web.rendering import sentence
from web.session import current_actor

PAGE, ANSWER_PAGE = "admin/case/links.html", "admin/case/share_answer.html"


class CaseRelatedView(GuardedView, BaseView):
    """The links of one case. A case that one may not see does not exist here either."""

    read_permission = Permission.EVENT_NOTE

    def is_visible(self) -> bool:
        return False

    @expose("/")
    def index(self) -> Any:
        abort(404)

    @expose("/<int:case_id>", methods=("GET", "POST"))
    def show(self, case_id: int) -> Any:
        """What is linked, what might be, and the form that links."""
        case = _writable(case_id)
        if request.method == "GET":
            return self._show(case)
        typed, role = request.form.get("number", "").strip(), request.form.get("role", "")
        number = row_id(typed)
        try:
            with unit_of_work():
                other = find_case(number, current_actor()) if number else None
                link_cases(case, other, role, actor=current_actor())
        except RuleBroken as error:
            return self._show(case_or_404(case_id), error), error.status
        flash(_("Ärende %(number)s är kopplat.", number=number), "success")
        return _back(case_id)

    @expose("/<int:case_id>/remove/<int:link_id>", methods=("POST",))
    def remove(self, case_id: int, link_id: int) -> Any:
        """Ta bort kopplingen."""
        case = _writable(case_id)
        link = link_of(link_id, case.id) or abort(404)
        other = case_or_404(link.low_id if link.high_id == case.id else link.high_id)
        with telling_refusals(), unit_of_work():
            unlink_cases(case, other, link, actor=current_actor())
            flash(_("Kopplingen är borttagen."), "success")
        return _back(case_id)

    @expose("/<int:case_id>/answer", methods=("GET", "POST"))
    def answer(self, case_id: int) -> Any:
        """Lägg svaret i kopplade dubbletter: what will get it, what will not, and doing it."""
        case = _writable(case_id)
        if request.method == "POST":
            return self._share(case)
        verdicts = answer_verdicts(case, current_actor())
        return self.render(
            ANSWER_PAGE,
            case=case,
            verdicts=[(v.case, sentence(v.reason) if v.reason else "") for v in verdicts],
            possible=sum(1 for v in verdicts if not v.reason),
            has_answer=has_answer(case),
        )

    def _share(self, case: Case) -> Any:
        """Each duplicate in a transaction of its own: one that cannot leaves the others be."""
        main_id, done = case.id, 0
        for number in [v.case.id for v in answer_verdicts(case, current_actor())]:
            seen = row_id(request.form.get(f"version-{number}")) or 0
            if not seen:
                continue
            main, other = case_or_404(main_id), case_or_404(number)
            try:
                with unit_of_work():
                    put_answer(main, other, seen_version=seen, actor=current_actor())
                done += 1
            except DomainError as error:
                flash(_("Ärende %(number)s:", number=number) + " " + sentence(error), "warning")
        if done:
            flash(
                ngettext(
                    "Svaret ligger i %(num)s dubblett. Öppna den och skicka svaret där.",
                    "Svaret ligger i %(num)s dubbletter. Öppna var och en och skicka svaret där.",
                    done,
                ),
                "success",
            )
        else:
            flash(_("Inget ärende fick svaret."), "info")
        return back_to(main_id)

    def _show(self, case: Case, error: RuleBroken | None = None) -> Any:
        actor = current_actor()
        links = links_of(case.id, actor)
        number = request.form.get("number") or request.args.get("nummer", "")
        return self.render(
            PAGE,
            case=case,
            links=links,
            suggestions=suggestions_for(case, actor),
            words=WORDS,
            number=number,
            role=request.form.get("role", "related"),
            problem=error,
            error=sentence(error) if error else "",
            can_share=any(link.role == "has-duplicate" for link in links),
        )


def _writable(case_id: int) -> Case:
    case = case_or_404(case_id)
    return case if may_link(case, current_actor()) else abort(403)


def _back(case_id: int) -> Response:
    return redirect(url_for("case_related.show", case_id=case_id))
