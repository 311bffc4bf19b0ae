"""The texts of a public form: intro, notice and personal data, filled in and as clean HTML."""

from __future__ import annotations

from dataclasses import dataclass

from domain.layout import FormLayout
from domain.own_texts import SwedishText, in_language
from domain.template_language import render_html
from public_views.embedding import links_in_new_tabs
from services.text_context import form_context
from services.text_languages import abroad
from web.language import chosen_language

HEADING = "<p><strong>"


@dataclass(frozen=True)
class FormTexts:
    """Clean HTML, "" where the form has no such text.

    `elsewhere` is the intro from its second heading on: what is for people with another errand.
    It is folded, so that the form itself comes into view.
    """

    intro: str
    elsewhere: str
    notice: str
    privacy: str


def form_texts(form: FormLayout) -> FormTexts:
    """The texts of one form. A fault in one of them is a bug: they are checked when saved."""
    language = chosen_language()
    context = abroad(form_context(form), language)
    kept_for = in_language(form, context["konfig"]["gallring_text"], language)
    context["konfig"]["gallring_text"] = kept_for
    intro, elsewhere = _fold(render_html(form.intro, context))
    return FormTexts(
        intro=_marked(intro, form.intro),
        elsewhere=_marked(elsewhere, form.intro),
        notice=_marked(render_html(form.notice, context), form.notice),
        privacy=_marked(render_html(form.privacy, context), form.privacy),
    )


def _marked(html: str, source: str) -> str:
    """`html` with its language told, when its text has no translation."""
    html = links_in_new_tabs(html)
    is_swedish = html and isinstance(source, SwedishText)
    return f'<div lang="sv">{html}</div>' if is_swedish else html


def _fold(intro: str) -> tuple[str, str]:
    """Part the intro before its second heading (domain/text_layout.py makes <p><strong>)."""
    first = intro.find(HEADING)
    second = intro.find(HEADING, first + 1) if first >= 0 else -1
    return (intro, "") if second < 0 else (intro[:second], intro[second:])
