"""The standard phrases that fit a case, and the categories that a phrase may be meant for."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import or_, select

from extensions import db
from models import Case, CaseChoice, Choice, ChoiceList, Field, Phrase

CATEGORY_FIELDS = ("types", "categories", "workflow")
"""The fields (and lists of presets) whose choices a phrase may be meant for."""


@dataclass(frozen=True)
class PhraseItem:
    """A phrase as it is offered."""

    id: int
    title: str
    body: str


@dataclass(frozen=True)
class PhraseOffer:
    """The phrases of a case's type: for its own categories, for all cases, for other categories."""

    fitting: tuple[PhraseItem, ...] = ()
    common: tuple[PhraseItem, ...] = ()
    others: tuple[PhraseItem, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.fitting or self.common or self.others)

    def find(self, phrase_id: int | None) -> PhraseItem | None:
        """The phrase with this id, if it is offered."""
        every = (*self.fitting, *self.common, *self.others)
        return next((phrase for phrase in every if phrase.id == phrase_id), None)


def phrases_for(case: Case) -> PhraseOffer:
    """The active phrases of the case's type in their order."""
    query = select(Phrase).where(Phrase.case_type_id == case.case_type_id, Phrase.is_active)
    rows = list(db.session.scalars(query.order_by(Phrase.position, Phrase.id)))
    own = _choices_of(case) if any(row.choice_id for row in rows) else ()
    return PhraseOffer(
        _items([row for row in rows if row.choice_id in own]),
        _items([row for row in rows if row.choice_id is None]),
        _items([row for row in rows if row.choice_id is not None and row.choice_id not in own]),
    )


def _items(rows: Collection[Phrase]) -> tuple[PhraseItem, ...]:
    return tuple(PhraseItem(row.id, row.title, row.body) for row in rows)


def _choices_of(case: Case) -> set[int]:
    """The choices by which a case is sorted."""
    query = select(CaseChoice.choice_id).where(
        CaseChoice.case_id == case.id, CaseChoice.field_key.in_(CATEGORY_FIELDS)
    )
    found = set(db.session.scalars(query))
    return found | ({case.workflow_id} if case.workflow_id else set())


def category_options(case_type_id: int, taken: int | None = None) -> list[tuple[int, str]]:
    """(id, "Synpunktstyp: Beröm") of what a phrase of the type may be meant for.

    An inactive choice is offered only when it is the one `taken` already.
    """
    query = (
        select(Choice.id, Choice.label, ChoiceList.name)
        .join(ChoiceList, ChoiceList.id == Choice.choice_list_id)
        .join(Field, Field.choice_list_id == ChoiceList.id)
        .where(
            Field.case_type_id == case_type_id,
            Field.key.in_(CATEGORY_FIELDS),
            or_(Choice.is_active, Choice.id == taken),
        )
        .order_by(ChoiceList.name, Choice.position, Choice.id)
    )
    return [(row.id, f"{row.name}: {row.label}") for row in db.session.execute(query)]
