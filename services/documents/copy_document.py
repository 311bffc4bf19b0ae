"""The copy that was handed out (utlämnandekopia) as a document, made of its event alone."""

from __future__ import annotations

from domain.dates import long_date
from domain.documents import Document
from models import Event
from queries.configuration import configuration
from services.documents.case_content import Content
from services.documents.case_document import appendices_of, environment, title_of

HAND_OUT = "hand_out"
"""The key in events.options that marks the event as a copy that was handed out."""


def copy_document(event: Event) -> Document:
    """What the case becomes later changes nothing in it."""
    content: Content = event.options["case"]
    template = environment().get_template("case_hand_out.html")
    return Document(
        title=title_of(content),
        body=template.render(case=content, ground=event.ground),
        is_ours=True,
        date=long_date(event.happened_at),
        references=(("Ärende-ID", str(event.case_id)), ("Inkom", content["received"])),
        appendices=appendices_of(content),
        settings=configuration().letters,
        municipality=configuration().municipality["name"],
    )
