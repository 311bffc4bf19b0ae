"""Hämta listan: the case list as a file, at once or made by the worker while a page waits."""

from __future__ import annotations

import tempfile
from typing import Any

from flask import Response, abort, flash, make_response, redirect, request, send_file, url_for
from flask_admin import BaseView, expose
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.datastructures import MultiDict

from admin_views.base import GuardedView
from admin_views.cases.list_filter import chips, read_filter
from admin_views.cases.listing import list_address, read_query
from domain.clock import local_today
from domain.errors import DomainError
from domain.layout import CaseTypeLayout
from domain.permissions import Permission, can
from models import ExportJob
from queries.case_export import export_count, names_of_people
from queries.case_list import ListQuery
from queries.configuration import configuration
from services.actors import case_types_for
from services.exports.cases import columns_for, may_take_texts, write_cases
from services.exports.jobs import (
    AT_ONCE,
    MOST,
    check_export,
    count_one_more,
    fetch_export,
    own_job,
    queue_export,
    record_export,
)
from services.unit_of_work import unit_of_work
from web.access import note_access
from web.rendering import sentence
from web.session import current_actor

TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
IN_MEMORY = 1_000_000


class CaseExportView(GuardedView, BaseView):
    """The page behind *Hämta listan*. Its address holds the list, as the list's own does."""

    read_permission = Permission.CASE_LIST

    def is_visible(self) -> bool:
        return False

    @expose("/", methods=("GET", "POST"))
    def index(self) -> Any:
        """What the file will hold; its buttons make it."""
        layout, query = _asked_list()
        rows = export_count(query, current_actor())
        if request.method == "GET":
            return self._show(layout, query, rows)
        kind = request.form.get("kind", "")
        try:
            return _made(layout, query, kind, rows)
        except DomainError as error:
            flash(sentence(error), "danger")
            return self._show(layout, query, rows, error.status)

    @expose("/<token>")
    def wait(self, token: str) -> Any:
        """How far the worker has come; asks again by itself until the file is there."""
        job = own_job(token, current_actor()) or abort(404)
        page = self.render(
            "admin/case/export_wait.html", job=job, percent=_percent(job), back=_list_url(job)
        )
        response = make_response(page)
        if job.state in ("waiting", "running"):
            response.headers["Refresh"] = "2"
        return response

    @expose("/<token>/file", methods=("POST",))
    def file(self, token: str) -> Any:
        """The file, once."""
        actor = current_actor()
        job = own_job(token, actor) or abort(404)
        try:
            with unit_of_work():
                fetched, stream = fetch_export(token, actor)
                kind, type_id = fetched.kind, fetched.query["case_type_id"]
                detail = ngettext("%(num)d ärende", "%(num)d ärenden", fetched.row_count)
        except DomainError as error:
            flash(sentence(error), "danger")
            return redirect(url_for(".wait", token=job.token), 303)
        note_access("export", None, detail)
        layout = configuration().case_type(type_id) or abort(404)
        return _download(stream, kind, layout)

    def _show(self, layout: CaseTypeLayout, query: ListQuery, rows: int, status: int = 200) -> Any:
        actor = current_actor()
        page = self.render(
            "admin/case/export.html",
            layout=layout,
            rows=rows,
            most=MOST,
            show=_shown(query),
            chips=_words(query, layout),
            columns=[column.label for column in columns_for(layout, actor)],
            with_texts=may_take_texts(actor),
            back=list_address(layout, query),
        )
        return page, status


def _asked_list() -> tuple[CaseTypeLayout, ListQuery]:
    """The list that the address names, read as the list itself reads it."""
    actor = current_actor()
    types = case_types_for(actor, Permission.CASE_LIST, configuration())
    layout = next((t for t in types if t.key == request.args.get("type", "")), None) or abort(404)
    read = read_filter(request.args, layout, secrecy=can(actor, Permission.CASE_SECRECY_SET))
    return layout, read_query(layout, read.filter, MultiDict(request.args))


def _made(layout: CaseTypeLayout, query: ListQuery, kind: str, rows: int) -> Response:
    """The file at once, or the page that waits for it. Raises DomainError."""
    actor = current_actor()
    check_export(query, kind, rows, actor)
    with unit_of_work():
        count_one_more(actor)
    words = [_shown(query), *_words(query, layout)]
    with unit_of_work():
        record_export(layout, words, kind, rows, actor)
        token = queue_export(query, kind, rows, actor) if rows > AT_ONCE else ""
    if token:
        address = url_for("case_export.wait", token=token)
        return make_response(redirect(address, 303))
    file = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 - send_file closes it
    count = write_cases(file, kind, query, layout, actor)
    file.seek(0)
    note_access("export", None, ngettext("%(num)d ärende", "%(num)d ärenden", count))
    return _download(file, kind, layout)


def _download(file: Any, kind: str, layout: CaseTypeLayout) -> Response:
    name = f"{layout.key}-{local_today().isoformat()}.{kind}"
    response = send_file(
        file, mimetype=TYPES[kind], as_attachment=True, download_name=name, etag=False, max_age=0
    )
    response.headers["Cache-Control"] = "no-store"
    return response


def _shown(query: ListQuery) -> str:
    """Which of the list's cases, in the words of its own links."""
    words = {"open": _("Ej avslutade"), "closed": _("Avslutade"), "all": _("Alla")}
    marks = {"mine": _("Mina"), "favourites": _("Favoriter"), "flagged": _("Flaggade")}
    chosen = [word for name, word in marks.items() if getattr(query, name)]
    return ", ".join([words[query.show], *chosen])


def _words(query: ListQuery, layout: CaseTypeLayout) -> list[str]:
    return [chip.label for chip in chips(query.filter, layout, names_of_people())]


def _percent(job: ExportJob) -> int:
    return min(100 * job.rows_done // max(job.row_count, 1), 100)


def _list_url(job: ExportJob) -> str:
    layout = configuration().case_type(job.query["case_type_id"])
    return url_for("case.index_view", type=layout.key if layout else None)
