"""The municipality's own texts in other languages: what a form says, looked up by its Swedish.

As with the program's sentences (decision 0005) the Swedish text is the key: whoever changes it
orphans its translation, and Swedish shows until somebody has written the translation anew.
"""

from __future__ import annotations

from dataclasses import replace
from html import escape

from domain.layout import ChoiceItem, FormField, FormLayout

SWEDISH = "sv"
LANGUAGES = {"sv": "Svenska", "en": "English", "fi": "Suomi"}
"""Language → its own name for itself."""

OTHERS = tuple(code for code in LANGUAGES if code != SWEDISH)
LONG_TEXTS = ("intro", "notice", "privacy")
"""The texts of a form that are written in the template language."""


class SwedishText(str):
    """A text that has no translation: in HTML it tells that it is Swedish (WCAG 3.1.2)."""

    __slots__ = ()

    def __html__(self) -> str:
        return f'<span lang="sv">{escape(self)}</span>' if self else ""


def in_language(form: FormLayout, text: str, language: str) -> str:
    """One text of the municipality's own in `language`, else as it is, marked as Swedish."""
    if language == SWEDISH or not text:
        return text
    return form.translations.get(language, {}).get(text) or SwedishText(text)


def form_in_language(form: FormLayout, language: str) -> FormLayout:
    """The whole form in `language`. What it stores stays the same: ids, keys and rules."""
    if language == SWEDISH:
        return form

    def say(text: str) -> str:
        return in_language(form, text, language)

    return replace(
        form,
        name=say(form.name),
        summary=say(form.summary),
        intro=say(form.intro),
        privacy=say(form.privacy),
        notice=say(form.notice),
        fields=tuple(_field(form, field, language) for field in form.fields),
    )


def sources(form: FormLayout) -> list[str]:
    """Every Swedish text that the form shows, each once, in the order of the page."""
    found = [form.name, form.summary, form.intro, form.notice]
    for field in form.fields:
        found += [field.section, field.section_help, field.label, field.help]
        found += [choice.label for choice in field.choices if choice.is_active]
    found.append(form.privacy)
    return list(dict.fromkeys(text for text in found if text.strip()))


def _field(form: FormLayout, field: FormField, language: str) -> FormField:
    def say(text: str) -> str:
        return in_language(form, text, language)

    return replace(
        field,
        label=say(field.label),
        help=say(field.help),
        section=say(field.section),
        section_help=say(field.section_help),
        choices=tuple(_choice(form, choice, language) for choice in field.choices),
    )


def _choice(form: FormLayout, choice: ChoiceItem, language: str) -> ChoiceItem:
    return replace(choice, label=in_language(form, choice.label, language))
