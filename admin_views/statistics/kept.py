"""Nämndrapporter: making, commenting, printing and removing reports that are kept (R18)."""

from __future__ import annotations

from typing import Any

from flask import abort, flash, redirect, request, url_for
from flask_admin import BaseView, expose
from flask_babel import gettext

from admin_views.base import GuardedView, telling_refusals
from domain.clock import local_today
from domain.permissions import Permission
from domain.row_ids import row_id
from domain.statistics.charts import NARROW, drawing
from domain.statistics.period import Period
from domain.statistics.plain import from_plain
from domain.statistics.presets import OWN, named_period
from domain.statistics.question import Question
from domain.statistics.words import text_of
from forms.report_forms import CommentForm, NewReportForm
from models import KeptReport
from queries.configuration import configuration
from queries.kept_reports import find_kept, kept_reports
from queries.statistics.reach import countable_units, counts_everything
from services.actors import case_types_for
from services.documents.rendering import word_of
from services.reports.document import report_document
from services.reports.keeping import comment, make_report, may_change, may_keep, remove_report
from services.unit_of_work import unit_of_work
from web.downloads import document_response, word_response
from web.session import current_actor

COMMENT = "comment-"
"""Before the key of the report under which a comment stands."""


class KeptReportView(GuardedView, BaseView):
    """Reports to boards. They are read by those who may count all that they count."""

    read_permission = Permission.STATISTICS_VIEW

    def is_visible(self) -> bool:
        return False

    @expose("/")
    def index(self) -> Any:
        """The reports of one's own part of the organisation."""
        actor = current_actor()
        return self.render(
            "admin/statistics/kept_list.html",
            reports=kept_reports(actor),
            may_keep=may_keep(actor),
            config=configuration(),
        )

    @expose("/new", methods=("GET", "POST"))
    def new(self) -> Any:
        """Take out the numbers and keep them."""
        actor = current_actor()
        if not may_keep(actor):
            abort(403)
        form = NewReportForm()
        _offer(form)
        if form.validate_on_submit():
            with telling_refusals(form):
                with unit_of_work():
                    report = make_report(form.name.data, _question(form), actor=actor)
                    number = report.id
                flash(gettext("Rapporten är gjord. Skriv kommentarer och spara."), "success")
                return redirect(url_for(".show", id=number))
        page = self.render(
            "admin/statistics/kept_new.html", form=form, error_items=error_items(form)
        )
        return page, 422 if request.method == "POST" else 200

    @expose("/show", methods=("GET", "POST"))
    def show(self) -> Any:
        """A report with its comments, which those who make reports may change."""
        report = self._wanted()
        may_write = may_change(report, current_actor())
        form = CommentForm(data={"version": report.version, "improvements": report.improvements})
        comments = dict(report.comments)
        if request.method == "POST":
            if not may_write:
                abort(403)
            comments = _comments()
            if form.validate_on_submit():
                with telling_refusals(form):
                    with unit_of_work():
                        self._comment(report, form, comments)
                    flash(gettext("Kommentarerna är sparade."), "success")
                    return redirect(url_for(".show", id=report.id))
        page = self._page(report, form, comments, may_write)
        return page, 422 if request.method == "POST" else 200

    def _comment(self, report: KeptReport, form: CommentForm, comments: dict[str, str]) -> None:
        version = row_id(form.version.data) or 0
        improvements = form.improvements.data or ""
        comment(report, comments, improvements, version=version, actor=current_actor())

    def _page(
        self, report: KeptReport, form: CommentForm, comments: dict[str, str], may_write: bool
    ) -> Any:
        reports = [from_plain(plain) for plain in report.reports]
        return self.render(
            "admin/statistics/kept_show.html",
            kept=report,
            reports=reports,
            definitions=list(dict.fromkeys(d for one in reports for d in one.definitions)),
            comments=comments,
            form=form,
            error_items=error_items(form),
            may_write=may_write,
            config=configuration(),
            drawing=drawing,
            text_of=text_of,
            word=gettext,
            NARROW=NARROW,
        )

    @expose("/file")
    def file(self) -> Any:
        """The report as PDF or Word."""
        report, kind = self._wanted(), request.args.get("kind", "pdf")
        name = f"rapport-{report.id}"
        with telling_refusals():
            document = report_document(report)
            if kind == "word":
                return word_response(word_of(document), f"{name}.docx")
            return document_response([document], f"{name}.pdf", inline=kind == "view")
        return redirect(url_for(".show", id=report.id))

    @expose("/remove", methods=("POST",))
    def remove(self) -> Any:
        """Remove the report."""
        report = self._wanted()
        with telling_refusals():
            with unit_of_work():
                remove_report(report, actor=current_actor())
            flash(gettext("Rapporten är borttagen."), "success")
        return redirect(url_for(".index"))

    def _wanted(self) -> KeptReport:
        number = request.values.get("id", "")
        return find_kept(number, current_actor()) or abort(404)


def _offer(form: Any) -> None:
    actor = current_actor()
    types = case_types_for(actor, Permission.STATISTICS_VIEW, configuration())
    form.offer(types, countable_units(actor), whole=counts_everything(actor))


def _question(form: NewReportForm) -> Question:
    first, last = form.first_day.data, form.last_day.data
    if form.period.data == OWN and first and last:
        period = Period(first, last)
    else:
        period = named_period(form.period.data, local_today())
    case_type = configuration().case_type(form.case_type.data)
    hides = case_type is not None and case_type.secrecy_class != "open"
    return Question(form.case_type.data, period, unit_id=form.unit_id or 0, hides_small=hides)


def _comments() -> dict[str, str]:
    """What was written, by the key of the report it stands under."""
    return {
        name.removeprefix(COMMENT): value.replace("\0", "").replace("\r\n", "\n")
        for name, value in request.form.items()
        if name.startswith(COMMENT)
    }


def error_items(form: Any) -> list[tuple[str, str, str]]:
    """(field id, label, sentence) for the summary of errors."""
    return [(field.id, field.label.text, error) for field in form for error in field.errors]
