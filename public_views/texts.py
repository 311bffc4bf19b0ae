"""The texts of a public form: intro, notice and personal data, filled in and as clean HTML."""

from __future__ import annotations

from dataclasses import dataclass

from domain.layout import FormLayout
from domain.template_language import render_html
from services.text_context import form_context

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
    context = form_context(form)
    intro, elsewhere = _fold(render_html(form.intro, context))
    return FormTexts(
        intro=intro,
        elsewhere=elsewhere,
        notice=render_html(form.notice, context),
        privacy=render_html(form.privacy, context),
    )


def _fold(intro: str) -> tuple[str, str]:
    """Part the intro before its second heading (domain/text_layout.py makes <p><strong>)."""
    first = intro.find(HEADING)
    second = intro.find(HEADING, first + 1) if first >= 0 else -1
    return (intro, "") if second < 0 else (intro[:second], intro[second:])
