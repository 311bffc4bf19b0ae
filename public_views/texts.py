"""The texts of a public form: intro, notice and personal data, filled in and as clean HTML."""

from __future__ import annotations

from dataclasses import dataclass

from domain.layout import FormLayout
from domain.template_language import render_html
from services.text_context import form_context


@dataclass(frozen=True)
class FormTexts:
    """Clean HTML, "" where the form has no such text."""

    intro: str
    notice: str
    privacy: str


def form_texts(form: FormLayout) -> FormTexts:
    """The texts of one form. A fault in one of them is a bug: they are checked when saved."""
    context = form_context(form)
    return FormTexts(
        intro=render_html(form.intro, context),
        notice=render_html(form.notice, context),
        privacy=render_html(form.privacy, context),
    )
