"""Help beside a text that somebody writes: standard phrases, how hard it is, what is personal."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from flask import flash, request
from flask_babel import gettext as _
from flask_login import current_user

from admin_views.cases.composing.page import ComposePage
from admin_views.cases.page import CasePage
from domain.layout import CaseTypeLayout
from domain.personal_data import KIND_WORDS, Finding
from domain.readability import LEVELS, readability
from domain.richtext import html_to_text, is_blank_html, text_to_html
from domain.row_ids import row_id
from forms.case_form import PREFIX
from models import Case
from queries.phrases import PhraseOffer, phrases_for
from services.publishing.reading import is_written, publication_of, text_of
from services.writing_checks import (
    findings_in_message,
    findings_in_publication,
    is_to_be_published,
)

ANSWER = PREFIX + "answer"
CHOSEN = "_phrase"
"""The select of standard phrases; it is no field of the form."""

BUTTON = "phrase"
"""The button beside it, for browsers without scripts."""


@dataclass(frozen=True)
class WritingHelp:
    """What stands beside one rich text. `readable` is "" for short texts."""

    field_id: str
    offer: PhraseOffer
    readable: str
    findings: tuple[Finding, ...]

    @property
    def levels(self) -> str:
        """The sentences for the script as JSON: [[below, sentence with {lix}], …]."""
        return json.dumps([(below, _(sentence, lix="{lix}")) for below, sentence in LEVELS])

    @property
    def found_words(self) -> list[str]:
        return in_words(self.findings)


@dataclass(frozen=True)
class CaseWriting:
    """The help on a case page. `to_publish` names what is personal in what will be published."""

    answer: WritingHelp | None
    to_publish: list[str]


def in_words(findings: tuple[Finding, ...]) -> list[str]:
    """ "telefonnummer 070-123 45 67" of each."""
    return [f"{_(KIND_WORDS[found.kind])} {found.text}" for found in findings]


def _help(field: Any, case: Case, layout: CaseTypeLayout) -> WritingHelp:
    text = html_to_text(field.data or "")
    found = readability(text)
    return WritingHelp(
        field_id=field.id,
        offer=phrases_for(case),
        readable=_(found[0], **found[1]) if found else "",
        findings=findings_in_message([text], layout, (case.responsible, current_user)),
    )


def case_writing(page: CasePage) -> CaseWriting:
    """The help for the texts of a case as the page shows them, saved or not."""
    field = _answer(page)
    return CaseWriting(
        answer=_help(field, page.case, page.layout) if field is not None else None,
        to_publish=publication_words(page),
    )


def publication_words(page: CasePage) -> list[str]:
    """What is personal in the case, when it is to be published; else nothing."""
    if not is_to_be_published(page.layout, _shown(page, "publication")):
        return []
    shown = {key: _shown(page, key) for key in ("title", "text", "answer")}
    publication = publication_of(page.case.id)
    if publication is not None and is_written(publication):
        text = text_of(page.case, publication)
        shown = {"title": text.title, "text": text.question, "answer": text.answer}
    return in_words(findings_in_publication(page.case, page.layout, page.actor, **shown))


def _shown(page: CasePage, key: str) -> Any:
    """The value in the form, if the form has the field, else what is saved."""
    name = PREFIX + key
    return page.form[name].data if name in page.form else page.values.get(key)


def warn_of_publication(page: CasePage) -> None:
    """Say once more, when the case is closed, what should not be published."""
    words = publication_words(page)
    if words:
        flash(
            _(
                "Ärendet ska publiceras. Kontrollera personuppgifter: %(found)s.",
                found=_join(words),
            ),
            "warning",
        )


def _join(words: list[str]) -> str:
    return ", ".join(words)


def compose_writing(page: ComposePage) -> WritingHelp | None:
    """The help for the message of a mail or a letter; other events have none."""
    field = _message(page)
    return _help(field, page.case, page.work.layout) if field is not None else None


def _message(page: ComposePage) -> Any:
    if page.item.kind not in ("email", "letter"):
        return None
    return next((page.form[name] for name in ("answer", "body") if name in page.form), None)


def insert_in_message(page: ComposePage) -> None:
    """Without scripts: put the chosen phrase last in the message."""
    _insert(_message(page), page.case)


def insert_in_answer(page: CasePage) -> None:
    """Without scripts: put the chosen phrase last in the answer, before it is saved."""
    _insert(_answer(page), page.case)


def _answer(page: CasePage) -> Any:
    return next((field for field in page.form if field.name == ANSWER), None)


def _insert(field: Any, case: Case) -> None:
    phrase = phrases_for(case).find(row_id(request.form.get(CHOSEN)))
    if field is None or phrase is None:
        flash(_("Välj en standardtext i listan först."), "warning")
        return
    html = text_to_html(phrase.body)
    field.data = html if is_blank_html(field.data or "") else f"{field.data}{html}"
    flash(_("Standardtexten är infogad sist i texten."), "success")
