"""The case as a document: what *Skriv ut* gives, and what goes to an external party."""

from __future__ import annotations

import re
from datetime import datetime
from functools import lru_cache
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from config import ROOT
from domain.case_parts import PART_LABELS, Choices, Part
from domain.dates import long_date
from domain.documents import Appendix, Document
from domain.layout import CaseTypeLayout
from domain.permissions import Actor
from domain.richtext import trusted_html
from models import Case, Event
from queries.configuration import configuration
from services.documents.case_content import Content, case_content
from services.documents.case_lists import moment

TEMPLATES = ROOT / "templates" / "documents"


def case_document(
    case: Case, layout: CaseTypeLayout, choices: Choices, actor: Actor, *, at: datetime
) -> Document:
    """`case` for *Skriv ut*: only what was chosen, and of that only what `actor` may see.

    `at` is when it was asked for; the last line of the document says so.
    """
    content = case_content(case, layout, choices, actor)
    wanted = choices.cut(case, actor).parts
    body = _body(
        "case_print.html",
        case=content,
        printed_at=moment(at),
        printed_by=actor.name,
        left_out=[PART_LABELS[part] for part in Part if part not in wanted],
    )
    return Document(
        title=title_of(content),
        body=body,
        is_ours=True,
        date=long_date(at),
        references=(("Ärende-ID", str(case.id)), ("Inkom", content["received"])),
        appendices=appendices_of(content),
        settings=configuration().letters,
        municipality=configuration().municipality["name"],
    )


def external_document(event: Event) -> Document:
    """The document that an event "to an external party" holds, as it was registered.

    It is made of the event alone: what the case becomes later changes nothing in it.
    """
    content: Content = event.options["case"]
    body = _body("case_external.html", case=content, title=title_of(content), letter=event.body)
    return Document(
        title=event.title,
        body=body,
        is_ours=True,
        date=long_date(event.happened_at),
        address=tuple(line for line in event.address.split("\n") if line.strip()),
        references=(("Ärende-ID", str(event.case_id)),),
        appendices=appendices_of(content),
        settings=configuration().letters,
        municipality=configuration().municipality["name"],
    )


def title_of(content: Content) -> str:
    """ "Ärende 3868", and its heading when that goes along."""
    number = f"Ärende {content['number']}"
    return f"{number}: {content['title']}" if content["title"] else number


def appendices_of(content: Content) -> tuple[Appendix, ...]:
    """The files that follow, in their order."""
    return tuple(
        Appendix(file["sha256"], file["name"], file["content_type"])
        for file in content["files"]
        if file["sha256"]
    )


def _body(name: str, **values: Any) -> str:
    return environment().get_template(name).render(**values)


@lru_cache(maxsize=1)
def environment() -> Environment:
    """What the templates of documents are drawn with: no request, and two filters of their own."""
    made = Environment(
        loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined
    )
    made.filters.update(paragraphs=_paragraphs, clean=_clean)
    return made


def _clean(html: str) -> Markup:
    """Rich text. Its headings become strong lines: the document has headings of its own."""
    flat = html.replace("<h1>", "<p><strong>").replace("</h1>", "</strong></p>")
    return trusted_html(flat)


def _paragraphs(text: str) -> list[list[str]]:
    """The lines of `text`, paragraph by paragraph; blank lines part these."""
    parts = re.split(r"\n[ \t]*(?:\n[ \t]*)+", text.strip("\n"))
    return [part.strip("\n").split("\n") for part in parts if part.strip()]
