"""A report as a file: CSV or XLSX."""

from __future__ import annotations

import tempfile

from flask import Response, send_file
from flask_babel import gettext as _

from admin_views.statistics.asking import Asked, selection
from domain.dates import short_date
from domain.statistics.table import Report
from models import utcnow
from queries.configuration import configuration
from services.audit import record
from services.exports.reports import report_csv, report_xlsx
from services.unit_of_work import unit_of_work
from web.session import current_actor

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
IN_MEMORY = 2_000_000


def file_of(report: Report, asked: Asked, kind: str) -> Response:
    """The download; the change log says who took out what."""
    actor = current_actor()
    with unit_of_work():
        record(actor, "report.exported", subject=f"report {report.key}", new=asked.args(fil=kind))
    name = f"{report.key}-{asked.question.period.first}-{asked.question.period.last}.{kind}"
    head = _head(report, asked, actor.name)
    if kind == "csv":
        found = Response(report_csv(report, head), mimetype="text/csv")
        found.headers.set("Content-Disposition", "attachment", filename=name)
        return found
    file = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 - send_file closes it
    report_xlsx(file, report, head)
    file.seek(0)
    return send_file(file, mimetype=XLSX, as_attachment=True, download_name=name)


def _head(report: Report, asked: Asked, who: str) -> list[tuple[str, str]]:
    town = configuration().municipality.get("name", "")
    return [
        (_("Kommun"), town),
        *selection(asked),
        (_("Antal ärenden"), str(report.case_count)),
        (_("Framtagen"), f"{short_date(utcnow())}, {who}"),
    ]
