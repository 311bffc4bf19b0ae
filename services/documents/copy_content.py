"""What stands in a copy that is handed out (utlämnandekopia): chosen handlings, whole or masked.

Masked text is gone from the copy, not covered: nobody can bring it back from the file.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from domain.case_parts import Choices, Files, Part, offered_files
from domain.layout import CaseTypeLayout
from domain.masking import masker
from domain.permissions import Actor
from domain.richtext import html_to_text
from models import Case
from services.contact_mask import Mask, as_it_is, without_contact
from services.documents.case_content import Content, case_content
from services.documents.case_lists import events_on_paper, files_on_paper
from services.writing_checks import findings_in_copy, words_of_submitter

AS_HTML = ("answer", "body")
UNTOUCHED = (
    "sha256", "content_type", "type", "received", "text_label", "answer_label", "parts",
    "kind", "when", "state", "size", "source", "day",
)  # fmt: skip
"""Values that are the program's own, or that find a file."""


@dataclass(frozen=True)
class Wanted:
    """What was chosen: parts of the case, events and files by their numbers, what is masked."""

    parts: frozenset[Part] = frozenset()
    events: frozenset[int] = frozenset()
    files: frozenset[int] = frozenset()
    is_masked: bool = False
    words: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        return not (self.parts or self.events or self.files)


def copy_content(case: Case, layout: CaseTypeLayout, wanted: Wanted, actor: Actor) -> Content:
    """The chosen handlings, cut to what `actor` may see, whatever was asked for."""
    parts = wanted.parts if wanted.is_masked else wanted.parts | {Part.CONTACT}
    choices = Choices(parts | {Part.EVENTS, Part.INTERNAL}, Files.NONE).cut(case, actor)
    content = case_content(case, layout, Choices(parts), actor)
    shows_people = Part.CONTACT in choices.parts
    mask = as_it_is if shows_people else without_contact(case)
    may_see = offered_files(case, actor)
    content |= {
        "banner": "",  # a warning to us, not to who gets the copy
        "is_masked": wanted.is_masked,
        "events": _events(case, wanted, choices, mask),
        "files": files_on_paper(case.id, Files.MERGED, mask, wanted.files)
        if wanted.files and Files.MERGED in may_see
        else [],
        "files_follow": True,
        "parts": Choices(wanted.parts).cut(case, actor).names(),
    }
    if not wanted.parts & {Part.FACTS}:
        content["contact"] = []
    return _masked(content, case, layout, wanted.words) if wanted.is_masked else content


def _events(case: Case, wanted: Wanted, choices: Choices, mask: Mask) -> list[Content]:
    if Part.EVENTS not in choices.parts:
        return []
    rows = events_on_paper(case.id, choices.parts, mask)
    return [row for row in rows if row["number"] in wanted.events]


def _masked(content: Content, case: Case, layout: CaseTypeLayout, words: Iterable[str]) -> Content:
    """The same without the submitter, the personal data that is found, and `words`."""
    found = findings_in_copy(list(_texts(content)), case, layout)
    hidden = [*words_of_submitter(case.submitter), *words, *(item.text for item in found)]
    hide = masker(hidden)
    made: Content = _walk(content, hide)
    return made


def _texts(value: Any, key: str = "") -> Iterator[str]:
    """Every text of the content, plain."""
    if key in UNTOUCHED:
        return
    if isinstance(value, str):
        yield html_to_text(value) if key in AS_HTML else value
    elif isinstance(value, dict):
        for name, part in value.items():
            yield from _texts(part, name)
    elif isinstance(value, list | tuple):
        for part in value:
            yield from _texts(part, key)


def _walk(value: Any, hide: Mask, key: str = "") -> Any:
    if key in UNTOUCHED:
        return value
    if isinstance(value, str):
        return hide(value)
    if isinstance(value, dict):
        return {name: _walk(part, hide, name) for name, part in value.items()}
    if isinstance(value, list | tuple):
        return type(value)(_walk(part, hide, key) for part in value)
    return value
