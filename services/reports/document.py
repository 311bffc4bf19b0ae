"""A kept report on paper: PDF and Word of the same parts."""

from __future__ import annotations

from domain.clock import local_date
from domain.dates import long_date, short_date
from domain.documents import Document
from domain.statistics.charts import drawing_on_paper
from domain.statistics.plain import from_plain
from domain.statistics.words import text_of
from domain.text import _
from models import KeptReport
from queries.configuration import configuration
from services.documents.case_document import environment


def report_document(report: KeptReport) -> Document:
    """The report with its comments."""
    config = configuration()
    reports = [from_plain(plain) for plain in report.reports]
    definitions = dict.fromkeys(sentence for one in reports for sentence in one.definitions)
    body = (
        environment()
        .get_template("report.html")
        .render(
            reports=reports,
            comments=report.comments,
            improvements=report.improvements,
            definitions=list(definitions),
            text_of=text_of,
            drawing=drawing_on_paper,
            made_by=report.made_by.name,
            made_on=long_date(report.made_at),
        )
    )
    unit = config.units_by_id.get(report.unit_id or 0)
    return Document(
        title=report.name,
        body=body,
        settings=config.letters,
        municipality=config.municipality.get("name", ""),
        date=short_date(local_date(report.made_at)),
        references=(
            (_("Period"), f"{short_date(report.first_day)} – {short_date(report.last_day)}"),
            (_("Enhet"), unit.name if unit else _("Hela organisationen")),
        ),
        is_ours=True,
    )
