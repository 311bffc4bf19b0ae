"""What is personal in a text of a case, apart from what the municipality writes about itself."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from urllib.parse import urlsplit

from sqlalchemy import select

from domain.layout import CaseTypeLayout
from domain.meanings import Meaning
from domain.permissions import Actor, Permission, can
from domain.personal_data import Finding, personal_data
from domain.richtext import html_to_text
from extensions import db
from models import Case, Event, Municipality, Submitter, User


def findings_in_message(
    texts: Iterable[str], layout: CaseTypeLayout, writers: Iterable[User | None]
) -> tuple[Finding, ...]:
    """Personal data in plain texts that are to be sent.

    The municipality's own addresses and numbers, and those of the `writers`, do not count.
    """
    return _find(texts, layout, writers, ())


def findings_in_publication(
    case: Case,
    layout: CaseTypeLayout,
    actor: Actor,
    *,
    title: str | None = None,
    text: str | None = None,
    answer: str | None = None,
) -> tuple[Finding, ...]:
    """Personal data in what would be published of a case: title, text and answer (HTML).

    Texts that are given stand for those of the case, which may not be saved yet. The name and
    contact data of the submitter count too, for those who may see them.
    """
    texts = (
        case.title if title is None else title,
        case.text if text is None else text,
        html_to_text(case.answer if answer is None else answer),
    )
    sees = can(actor, Permission.CASE_VIEW_SUBMITTER, case)
    words = words_of_submitter(case.submitter) if sees else ()
    return _find(texts, layout, (case.responsible,), words)


def findings_in_texts(
    case: Case, layout: CaseTypeLayout, texts: Iterable[str], of_submitter: Iterable[str]
) -> tuple[Finding, ...]:
    """Personal data in plain texts about a case that the public is to read."""
    return _find(texts, layout, (case.responsible,), of_submitter)


def findings_in_copy(
    texts: Iterable[str], case: Case, layout: CaseTypeLayout
) -> tuple[Finding, ...]:
    """Personal data in plain texts of a copy that is handed out, the submitter's own with it."""
    written = select(Event.created_by_id).where(Event.case_id == case.id)
    writers = db.session.scalars(select(User).where(User.id.in_(written)))
    return _find(texts, layout, (case.responsible, *writers), words_of_submitter(case.submitter))


def is_to_be_published(layout: CaseTypeLayout, publication_id: int | None) -> bool:
    """Whether somebody has chosen that the case is published."""
    return layout.meaning_of(publication_id) == Meaning.PUBLISH_YES


def words_of_submitter(submitter: Submitter | None) -> Iterator[str]:
    """Name, parts of the name, and contact data of who sent the case in."""
    if submitter is None:
        return
    yield from (submitter.name, submitter.email, submitter.phone, submitter.address)
    yield from submitter.name.split()


def _find(
    texts: Iterable[str],
    layout: CaseTypeLayout,
    writers: Iterable[User | None],
    of_submitter: Iterable[str],
) -> tuple[Finding, ...]:
    town = db.session.get(Municipality, 1)
    return personal_data(
        "\n".join(texts),
        of_submitter=of_submitter,
        own_domains=_own_domains(layout, town),
        known=[*_known_of_town(town), *_known_of_people(writers)],
    )


def _own_domains(layout: CaseTypeLayout, town: Municipality | None) -> Iterator[str]:
    yield layout.sender_email.rpartition("@")[2]
    if town is not None:
        yield town.data_protection_email.rpartition("@")[2]
        yield town.accessibility_email.rpartition("@")[2]
        yield (urlsplit(town.website).hostname or "").removeprefix("www.")


def _known_of_town(town: Municipality | None) -> Iterator[str]:
    if town is not None:
        yield from (town.phone, town.urgent_phone, town.address, town.data_protection_officer)
        yield from (town.letter_head, town.letter_foot)


def _known_of_people(people: Iterable[User | None]) -> Iterator[str]:
    for user in people:
        if user is not None:
            yield from (user.phone, user.email, html_to_text(user.signature))
