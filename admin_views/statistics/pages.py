"""Statistik: the start with the figures of one's own unit, and a page for each report."""

from __future__ import annotations

from typing import Any

from flask import abort, request
from flask_admin import BaseView, expose
from flask_babel import gettext
from flask_babel import lazy_gettext as _

from admin_views.base import GuardedView
from admin_views.statistics.asking import (
    Asked,
    options,
    read_question,
    sees_secret,
    selection,
)
from admin_views.statistics.files import file_of
from admin_views.statistics.own_unit import OwnUnitPages
from domain.clock import local_datetime
from domain.permissions import Permission
from domain.statistics.charts import NARROW, drawing
from domain.statistics.small_numbers import without_small_numbers
from domain.statistics.table import Report, Slice
from domain.statistics.words import text_of
from extensions import current_settings
from models import utcnow
from queries.statistics.catalogue import REPORTS, ReportKind, offered
from queries.statistics.slices import cases_behind, is_known, number_behind
from web.session import current_actor

MOST_CASES = 500
"""Cases in the list behind a number."""


class StatisticsView(OwnUnitPages, GuardedView, BaseView):
    """Reports, each cut to the reader's part of the organisation."""

    read_permission = Permission.STATISTICS_VIEW
    summary = _("Rapporter för din del av organisationen.")

    @expose("/")
    def index(self) -> Any:
        """The overview of one's own unit this year, and the reports."""
        asked = self._asked()
        report = answer(REPORTS["oversikt"], asked)
        kinds = offered(asked.case_type, current_actor())
        return self._page("admin/statistics/index.html", asked, report=report, kinds=kinds)

    @expose("/<key>")
    def report(self, key: str) -> Any:
        """One report."""
        asked = self._asked()
        kind = self._kind(key, asked)
        report = answer(kind, asked)
        return self._page("admin/statistics/report.html", asked, kind=kind, report=report)

    @expose("/<key>/file", methods=("POST",))
    def file(self, key: str) -> Any:
        """The report as a file."""
        asked = self._asked()
        kind = request.form.get("kind", "")
        if kind not in ("csv", "xlsx"):
            abort(404)
        return file_of(answer(self._kind(key, asked), asked), asked, kind)

    @expose("/<key>/cases")
    def cases(self, key: str) -> Any:
        """Ärendena bakom siffran: those of them that the reader may open."""
        asked = self._asked()
        kind = self._kind(key, asked)
        part = _part(request.args.getlist("del"))
        if not is_known(part) or asked.question.hides_small:
            abort(404)
        actor = current_actor()
        return self._page(
            "admin/statistics/cases.html",
            asked,
            kind=kind,
            count=number_behind(asked.question, part, actor),
            cases=cases_behind(asked.question, part, actor, MOST_CASES),
            most=MOST_CASES,
        )

    def _asked(self) -> Asked:
        return read_question(request.args, current_actor()) or abort(403)

    def _kind(self, key: str, asked: Asked) -> ReportKind:
        """The report, if the case type has it and the reader may read it."""
        found = {kind.key: kind for kind in offered(asked.case_type, current_actor())}
        return found.get(key) or abort(404)

    def _page(self, template: str, asked: Asked, **context: Any) -> Any:
        actor = current_actor()
        page = self.render(
            template,
            asked=asked,
            options=options(asked, actor),
            sees_secret=sees_secret(actor),
            selection=list(selection(asked)),
            printed_at=local_datetime(utcnow()),
            drawing=drawing,
            NARROW=NARROW,
            text_of=text_of,
            word=gettext,
            part_args=part_args,
            **context,
        )
        return page, 422 if asked.errors else 200

    def is_visible(self) -> bool:
        """The menu has its own place for it."""
        return False


def answer(kind: ReportKind, asked: Asked) -> Report:
    """The report as the reader may see it."""
    report = kind.build(asked.question, current_actor())
    if not asked.question.hides_small:
        return report
    return without_small_numbers(report, current_settings().secret_key)


def part_args(part: Slice) -> list[str]:
    """A slice as values of the argument `del`."""
    return [f"{key}={value}" for key, value in part]


def _part(values: list[str]) -> Slice:
    pairs = (value.replace("\0", "").partition("=") for value in values[:6])
    return tuple((key, value) for key, _sign, value in pairs)
