"""A registered letter as a document: what is printed of it."""

from __future__ import annotations

from domain.dates import long_date
from domain.documents import Appendix, Document
from models import Case, Event
from queries.configuration import configuration
from services.correspondence.posting import COPY
from services.documents.case_document import external_document
from services.link_seals import show_link
from services.secret_links import known_link


def letter_document(event: Event, case: Case) -> Document:
    """The letter of `event` as it would be posted now. Changes nothing.

    The citizen's link and code stand in it, where staff see them hidden; when no link is known
    they stay hidden. A case to an external party is made of what the event holds.
    """
    if "case" in event.options:
        return external_document(event)
    link = known_link(case)
    config = configuration()
    return Document(
        title=event.title,
        body=show_link(event.body, link) if link else event.body,
        settings=config.letters,
        municipality=config.municipality["name"],
        date=long_date(event.happened_at),
        address=tuple(line for line in event.address.splitlines() if line.strip()),
        references=(("Ärende-ID", str(case.id)),),
        appendices=_appendices(event),
    )


def _appendices(event: Event) -> tuple[Appendix, ...]:
    """The files that go along, but not the copy of the letter itself."""
    return tuple(
        Appendix(file.sha256, file.filename, file.content_type)
        for file in event.attachments
        if file.removed_at is None and file.public_id != event.options.get(COPY)
    )
