"""What the rules of events ask about a case, gathered once per page."""

from __future__ import annotations

from dataclasses import dataclass

from domain.clock import local_today
from domain.layout import CaseTypeLayout
from domain.richtext import is_blank_html
from domain.workflow import is_late, owes_answer
from models import Case


@dataclass(frozen=True)
class EventCase:
    """A case as domain.events.may_use() reads it (its protocol EventFacts)."""

    case_type_id: int
    responsible_id: int | None
    is_secret: bool
    has_protected_submitter: bool
    unit_path: str | None
    assistant_ids: frozenset[int]
    state: str
    answer: str
    has_submitter_email: bool
    has_submitter_address: bool
    contact_meaning: str
    has_responsible: bool
    delay_explained: bool
    delay_reason_written: bool


def event_facts(case: Case, layout: CaseTypeLayout) -> EventCase:
    """Gather the facts of one case."""
    submitter = case.submitter
    owed = owes_answer(layout, case.contact_way_id, case.status_id)
    late = owed and is_late(case, local_today())
    return EventCase(
        case_type_id=case.case_type_id,
        responsible_id=case.responsible_id,
        is_secret=case.is_secret,
        has_protected_submitter=case.has_protected_submitter,
        unit_path=case.unit_path,
        assistant_ids=case.assistant_ids,
        state=case.state,
        answer="" if is_blank_html(case.answer) else case.answer,
        has_submitter_email=bool(submitter.email),
        has_submitter_address=bool(submitter.name and submitter.address and submitter.postal),
        contact_meaning=layout.meaning_of(case.contact_way_id),
        has_responsible=case.responsible_id is not None,
        delay_explained=not late or bool(case.delay_reason.strip()),
        delay_reason_written=bool(case.delay_reason.strip()),
    )
