"""Making, commenting and removing reports to boards (R18)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from domain.errors import NotAllowed, RuleBroken
from domain.permissions import Actor, Permission, can
from domain.statistics.plain import to_plain
from domain.statistics.question import Question
from domain.statistics.small_numbers import without_small_numbers
from domain.text import _
from extensions import current_settings, db
from models import KeptReport, utcnow
from queries.configuration import configuration
from queries.statistics.catalogue import HEADS, REPORTS, offered
from queries.statistics.reach import may_count
from services.audit import record

BUNDLE = (
    "oversikt", "manader", "synpunktstyp", "kategori", "enheter", "svarstider", "atgarder",
    "resultat", "arendelista",
)  # fmt: skip
"""R1 to R6, R10, R11 and R17, by key."""

LONGEST_COMMENT = 10_000


def may_keep(actor: Actor) -> bool:
    """Whether `actor` makes reports: heads, strategists and registrars, not those who only read."""
    return can(actor, Permission.STATISTICS_VIEW) and any(role in HEADS for role in actor.roles)


def make_report(name: str, question: Question, *, actor: Actor) -> KeptReport:
    """Keep the numbers of today. Cases with a secrecy mark are never in: a board's papers are
    public. Raises NotAllowed, RuleBroken.
    """
    unit_id = question.unit_id or None
    if not (may_keep(actor) and may_count(actor, question.case_type_id, unit_id)):
        raise NotAllowed
    if not name.strip():
        raise RuleBroken(_("Skriv vad rapporten ska heta."), field="name")
    report = KeptReport(
        name=name.strip()[:200],
        case_type_id=question.case_type_id,
        unit_id=unit_id,
        first_day=question.period.first,
        last_day=question.period.last,
        hides_small=question.hides_small,
        reports=_numbers(replace(question, with_secret=False), actor),
        comments={},
        improvements="",
        made_at=utcnow(),
        made_by_id=actor.id,
        changed_at=utcnow(),
    )
    db.session.add(report)
    db.session.flush()
    record(actor, "report.made", subject=_subject(report), new=report.name)
    return report


def _numbers(question: Question, actor: Actor) -> list[dict[str, object]]:
    case_type = configuration().case_type(question.case_type_id)
    keys = {kind.key for kind in offered(case_type, actor)} if case_type else set()
    found = [REPORTS[key].build(question, actor) for key in BUNDLE if key in keys]
    if question.hides_small:
        secret = current_settings().secret_key
        found = [without_small_numbers(report, secret) for report in found]
    return [to_plain(report) for report in found]


def comment(
    report: KeptReport, comments: Mapping[str, str], improvements: str, *, version: int,
    actor: Actor,
) -> None:  # fmt: skip
    """Keep what was written under the tables. Raises NotAllowed, RuleBroken."""
    if not may_change(report, actor):
        raise NotAllowed
    if version != report.version:
        raise RuleBroken(
            _(
                "Någon annan har sparat rapporten medan du skrev. Läs vad som ändrats och "
                "spara igen."
            )
        )
    if any(len(text) > LONGEST_COMMENT for text in (*comments.values(), improvements)):
        raise RuleBroken(_("En kommentar får ha högst 10 000 tecken. Korta texten."))
    known = {plain["key"] for plain in report.reports}
    kept = {key: text.strip() for key, text in comments.items() if key in known and text.strip()}
    if (kept, improvements.strip()) == (report.comments, report.improvements):
        return
    report.comments, report.improvements = kept, improvements.strip()
    report.changed_at = utcnow()
    record(actor, "report.commented", subject=_subject(report))


def remove_report(report: KeptReport, *, actor: Actor) -> None:
    """Remove a report. Its numbers can be taken out again. Raises NotAllowed."""
    if not may_change(report, actor):
        raise NotAllowed
    record(actor, "report.removed", subject=_subject(report), old=report.name)
    db.session.delete(report)


def may_change(report: KeptReport, actor: Actor) -> bool:
    """Those who may make it: the whole unit counts."""
    return may_keep(actor) and may_count(actor, report.case_type_id, report.unit_id)


def _subject(report: KeptReport) -> str:
    return f"kept_reports {report.id}"
