"""What is known of a case and its publication: the row, the facts for the rules, the findings."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select

from domain import publication as rules
from domain.clock import local_today
from domain.layout import CaseTypeLayout
from domain.meanings import Meaning
from domain.personal_data import Finding
from domain.publication import Bar, Facts, PublicText
from domain.secrecy_border import OPEN
from domain.working_days import WorkingCalendar
from extensions import db
from models import Case, CaseType, Event, Publication, PublishedCase, Submitter
from queries.configuration import configuration
from services.writing_checks import findings_in_texts, words_of_submitter

GONE = ("voided", "failed")


def publication_of(case_id: int) -> Publication | None:
    """The publication of a case, if anybody has begun one."""
    return db.session.scalar(select(Publication).where(Publication.case_id == case_id))


def hold(case: Case) -> None:
    """Read the case and its submitter anew, and keep others from changing them until we are done.

    Whoever marks a case as secret meanwhile waits, and then finds what was published. Always the
    case first and its publication after: two who wait for each other would never end.
    """
    for key, row in ((Case.id, case), (Submitter.case_id, case.submitter)):
        db.session.execute(select(key).where(key == case.id).with_for_update())
        db.session.refresh(row)


def public_row(publication: Publication) -> PublishedCase | None:
    """What the public reads of it now."""
    query = select(PublishedCase).where(PublishedCase.publication_id == publication.id)
    return db.session.scalar(query)


def facts_of(case: Case) -> Facts:
    """The facts that the rules of publication ask for."""
    row = db.session.get_one(CaseType, case.case_type_id)
    layout = configuration().case_type(case.case_type_id)
    unit = configuration().units_by_id.get(case.unit_id or 0)
    return Facts(
        type_publishes=row.publishes and row.is_active,
        is_sensitive=row.secrecy_class != OPEN
        or (unit is not None and unit.secrecy_area in rules.SENSITIVE_UNITS),
        is_secret=case.is_secret,
        is_protected=case.has_protected_submitter,
        is_internal=layout is not None and _is_internal(case, layout),
        is_refused=bool(case.refused_for) or _has_event(case, "refusal"),
        is_transferred=bool(case.transferred_to) or _has_event(case, "external"),
        choice_is_no=_choice_is(case, layout, Meaning.PUBLISH_NO),
        is_settled=case.answered_on is not None or case.is_closed,
        wants_no_contact=_contact_is_none(case, layout),
    )


def chosen_yes(case: Case, layout: CaseTypeLayout | None) -> bool:
    """Whether the choice of the case form says that it shall be published."""
    return _choice_is(case, layout, Meaning.PUBLISH_YES)


def _choice_is(case: Case, layout: CaseTypeLayout | None, meaning: Meaning) -> bool:
    return layout is not None and layout.meaning_of(case.publication_id) == meaning


def _contact_is_none(case: Case, layout: CaseTypeLayout | None) -> bool:
    return layout is not None and layout.meaning_of(case.contact_way_id) == Meaning.CONTACT_NONE


def _is_internal(case: Case, layout: CaseTypeLayout) -> bool:
    """Hjo says so with a category, others with the origin: any choice may carry the meaning."""
    taken = {layout.meaning_of(choice.choice_id) for choice in case.choices}
    from_staff = layout.meaning_of(case.origin_id) == Meaning.ORIGIN_INTERNAL
    return from_staff or Meaning.TYPE_INTERNAL in taken


def _has_event(case: Case, purpose: str) -> bool:
    query = select(Event.id).where(
        Event.case_id == case.id,
        Event.purpose == purpose,
        Event.removed_at.is_(None),
        Event.state.not_in(GONE),
    )
    return db.session.scalar(query.limit(1)) is not None


def own_text(case: Case) -> PublicText:
    """The publishing text as it begins: what the case says now, with its answer if one was wanted.

    The text of a case may be redacted already; the original is never the beginning.
    """
    layout = configuration().case_type(case.case_type_id)
    answer = "" if _contact_is_none(case, layout) else case.answer
    return PublicText(case.title, case.text, answer)


def text_of(case: Case, publication: Publication | None) -> PublicText:
    """The publishing text that is kept, or the one to begin with."""
    if publication is None or not is_written(publication):
        return own_text(case)
    return PublicText(
        publication.title, publication.question, publication.answer, publication.is_own_answer
    )


def is_written(publication: Publication) -> bool:
    """Whether somebody has saved words of its own."""
    return bool(publication.title or publication.question or publication.answer)


def bars_on(case: Case, text: PublicText) -> list[Bar]:
    """Everything that stands in the way, but for personal data."""
    facts = facts_of(case)
    return [*rules.never(facts), *rules.not_yet(facts), *rules.in_text(facts, text)]


def findings(case: Case, layout: CaseTypeLayout, text: PublicText) -> tuple[Finding, ...]:
    """Personal data in the publishing text. The submitter's own counts for everybody who asks."""
    words = [*words_of_submitter(case.submitter), case.submitter.postal]
    return findings_in_texts(case, layout, text.plain, words)


def first_day(case: Case) -> date:
    """The first day on which the case may appear."""
    row = db.session.get_one(CaseType, case.case_type_id)
    settled = case.answered_on or case.closed_on or local_today()
    days = WorkingCalendar(configuration().closed_days)
    working = days if row.publish_working_days else None
    return max(local_today(), rules.earliest_day(settled, row.publish_days, working))
