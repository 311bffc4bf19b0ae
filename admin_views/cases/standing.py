"""How a case stands, as the head of its page tells: status, last days, what is still owed."""

from __future__ import annotations

from datetime import date

from admin_views.cases.cells import STATUS_TONES
from domain.clock import local_today
from domain.layout import CaseTypeLayout
from domain.publication import STATES
from domain.workflow import is_late, owes_answer
from models import Case
from services.publishing.reading import publication_of


class CaseStanding:
    """The part of a case page that is about its days."""

    case: Case
    layout: CaseTypeLayout
    is_new: bool

    @property
    def status_label(self) -> str:
        return self.layout.label_of(self.case.status_id)

    @property
    def due(self) -> str:
        """ "", "soon", "today" or "late": how near the last day is."""
        owed = owes_answer(self.layout, self.case.contact_way_id, self.case.status_id)
        if self.is_new or self.case.is_closed or self.case.answered_on or not owed:
            return ""
        left = (self.case.answer_by - local_today()).days
        return "late" if left < 0 else "today" if left == 0 else "soon" if left <= 3 else "later"

    @property
    def publication_words(self) -> str:
        """How far the publication has come (Utkast, Publicerad …)."""
        row = None if self.is_new else publication_of(self.case.id)
        return STATES[row.state if row else ""]

    @property
    def status_tone(self) -> str:
        return STATUS_TONES.get(self.layout.meaning_of(self.case.status_id), "neutral")

    @property
    def confirm_by(self) -> date | None:
        """The last day to confirm, while that has not been done, in types that confirm."""
        if not any(t.marks_acknowledged for t in self.layout.event_templates):
            return None
        owed = owes_answer(self.layout, self.case.contact_way_id, self.case.status_id)
        done = self.case.acknowledged_on or self.case.answered_on or self.case.is_closed
        return self.case.acknowledge_by if owed and not done else None

    @property
    def asks_for_delay_reason(self) -> bool:
        """Förklaring försenad återkoppling is asked for once the last day has passed (H21)."""
        if self.is_new or self.case.delay_reason.strip():
            return False
        owed = owes_answer(self.layout, self.case.contact_way_id, self.case.status_id)
        return owed and is_late(self.case, local_today())
