"""Cases (ärenden): one synpunkt and everything that is done about it."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any
from unicodedata import normalize

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column, relationship, validates

from domain.clock import local_date
from domain.search_words import words_of_html
from models.base import Base, UTCDateTime, json_type
from models.case_choice import CaseChoice
from models.case_participant import CaseParticipant
from models.submitter import Submitter

if TYPE_CHECKING:
    from models.attachment import Attachment
    from models.case_type import CaseType
    from models.choice import Choice
    from models.unit import Unit
    from models.user import User

OPEN = text("closed_at IS NULL")


def _list_index(*columns: str) -> tuple[Index, Index]:
    """An index in list order over all cases, and the partial one over open cases.

    The list's default is open cases of one type, newest first; every filter that is offered
    has its own pair (reference: docs/decisions/0004-case-list.md).
    """
    name = "_".join(columns)
    order: list[Any] = [*columns, text("received_on DESC"), text("id DESC")]
    return (
        Index(f"ix_cases_{name}_received", *order),
        Index(f"ix_cases_{name}_open", *order, sqlite_where=OPEN, postgresql_where=OPEN),
    )


class Case(Base):
    """One case. The number that people see is `id`; numbers are never used again.

    Dates are local days (Europe/Stockholm), times are UTC. `acknowledge_by` and `answer_by` are
    stored, so that lists can sort and filter on them. `version` grows with every change that a
    person makes on the case; arrival of mails and replies leaves it alone (core UPDATEs).
    `refused_for` is a key of domain/refusals.REASONS, "" for a case that is not refused.
    `transferred_to` names the process that took the case over, "" for none.
    """

    __tablename__ = "cases"
    __table_args__ = (
        *_list_index("case_type_id"),
        *_list_index("case_type_id", "unit_id"),
        *_list_index("responsible_id"),
        *_list_index("case_type_id", "status_id"),
        Index("ix_cases_type_title_open", "case_type_id", "title_key", "id",
              sqlite_where=OPEN, postgresql_where=OPEN),
        Index("ix_cases_type_title", "case_type_id", "title_key", "id"),
        Index("ix_cases_answer_by_open", "answer_by", "id",
              sqlite_where=OPEN, postgresql_where=OPEN),
        CheckConstraint("(closed_at IS NULL) = (closed_by_id IS NULL)", name="closed"),
        CheckConstraint("transferred_to = '' OR closed_at IS NOT NULL", name="transferred"),
        {"sqlite_autoincrement": True},
    )  # fmt: skip

    id: Mapped[int] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column(default=1)
    case_type_id: Mapped[int] = mapped_column(ForeignKey("case_types.id"))
    title: Mapped[str] = mapped_column(String(300))
    title_key: Mapped[str] = mapped_column(String(600), default="")
    text: Mapped[str] = mapped_column(Text)

    received_on: Mapped[date]
    registered_at: Mapped[datetime] = mapped_column(UTCDateTime)
    registered_on: Mapped[date]
    acknowledge_by: Mapped[date]
    answer_by: Mapped[date]
    acknowledged_on: Mapped[date | None]
    answered_on: Mapped[date | None]
    ready_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    closed_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    closed_on: Mapped[date | None]
    closed_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))

    unit_id: Mapped[int | None] = mapped_column(ForeignKey("units.id"))
    responsible_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    status_id: Mapped[int] = mapped_column(ForeignKey("choices.id"))
    workflow_id: Mapped[int | None] = mapped_column(ForeignKey("choices.id"))
    channel_id: Mapped[int | None] = mapped_column(ForeignKey("choices.id"))
    contact_way_id: Mapped[int | None] = mapped_column(ForeignKey("choices.id"))
    submitter_kind_id: Mapped[int | None] = mapped_column(ForeignKey("choices.id"))
    origin_id: Mapped[int | None] = mapped_column(ForeignKey("choices.id"))
    result_id: Mapped[int | None] = mapped_column(ForeignKey("choices.id"))
    publication_id: Mapped[int | None] = mapped_column(ForeignKey("choices.id"))
    refused_for: Mapped[str] = mapped_column(String(20), default="")

    answer: Mapped[str] = mapped_column(Text, default="")
    answer_words: Mapped[str] = mapped_column(Text, default="")
    internal_note: Mapped[str] = mapped_column(Text, default="")
    internal_comment: Mapped[str] = mapped_column(Text, default="")
    delay_reason: Mapped[str] = mapped_column(Text, default="")
    own_type: Mapped[str] = mapped_column(String(200), default="")
    received_by: Mapped[str] = mapped_column(String(200), default="")
    receiver_workplace: Mapped[str] = mapped_column(String(200), default="")
    transferred_to: Mapped[str] = mapped_column(String(200), default="")
    values: Mapped[dict[str, Any]] = mapped_column(json_type(), default=dict)

    is_secret: Mapped[bool] = mapped_column(default=False)
    has_new_reply: Mapped[bool] = mapped_column(default=False)
    has_failed_mail: Mapped[bool] = mapped_column(default=False)
    event_count: Mapped[int] = mapped_column(default=0)

    case_type: Mapped[CaseType] = relationship()
    unit: Mapped[Unit | None] = relationship()
    responsible: Mapped[User | None] = relationship(foreign_keys=[responsible_id])
    closed_by: Mapped[User | None] = relationship(foreign_keys=[closed_by_id])
    status: Mapped[Choice] = relationship(foreign_keys=[status_id])
    submitter: Mapped[Submitter] = relationship(
        back_populates="case", cascade="all, delete-orphan", uselist=False
    )
    choices: Mapped[list[CaseChoice]] = relationship(
        cascade="all, delete-orphan", lazy="selectin", order_by=CaseChoice.choice_id
    )
    participants: Mapped[list[CaseParticipant]] = relationship(
        cascade="all, delete-orphan", lazy="selectin", order_by=CaseParticipant.id
    )
    attachments: Mapped[list[Attachment]] = relationship(order_by="Attachment.id")

    __mapper_args__ = {"version_id_col": version}

    @validates("title", "text")
    def _compose(self, _key: str, value: str) -> str:
        """Å as one sign, not as A and a ring (macOS writes so): the search asks for one."""
        return normalize("NFC", value) if value else value

    @validates("answer")
    def _note_words(self, _key: str, answer: str) -> str:
        """Keep the answer without its tags beside it: that is what the search reads."""
        self.answer_words = normalize("NFC", words_of_html(answer or ""))
        return answer

    @validates("registered_at", "closed_at")
    def _note_local_day(self, key: str, moment: datetime | None) -> datetime | None:
        """Keep the local day beside the moment: SQLite knows no zones, statistics count days."""
        day = None if moment is None else local_date(moment)
        setattr(self, f"{key.removesuffix('_at')}_on", day)
        return moment

    @property
    def is_closed(self) -> bool:
        return self.closed_at is not None

    @property
    def state(self) -> str:
        """ "open" or "closed", as the rights table writes it."""
        return "closed" if self.is_closed else "open"

    @property
    def has_protected_submitter(self) -> bool:
        """Whether the submitter's contact data stands under a mark (skyddade personuppgifter)."""
        return self.submitter is not None and self.submitter.is_protected

    @property
    def unit_path(self) -> str | None:
        return self.unit.path if self.unit else None

    @property
    def assistant_ids(self) -> frozenset[int]:
        return frozenset(p.user_id for p in self.participants if p.capacity == "assistant")

    def choice_ids(self, key: str) -> list[int]:
        """Ids of the choices taken in the many-valued field `key`, in order of the list."""
        return [c.choice_id for c in self.choices if c.field_key == key]

    def __str__(self) -> str:
        return f"{self.id} {self.title}"
