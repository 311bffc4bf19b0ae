"""Formulär → Översättningar: every text of one form in the other languages."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Any

from flask import abort, flash, redirect, request
from flask_admin import expose
from flask_babel import gettext as _

from admin_views.base import telling_refusals
from domain.layout import FormLayout
from domain.own_texts import LANGUAGES, LONG_TEXTS, OTHERS, sources
from queries.configuration import configuration
from services.config_changes import change_row
from services.unit_of_work import unit_of_work
from web.session import current_actor

ROWS = {True: 14, False: 2}
"""Lines of a box, for long texts and for short ones."""


@dataclass(frozen=True)
class Box:
    """One text in one language, as the page shows it."""

    name: str
    language: str
    language_name: str
    value: str
    rows: int


class TranslationPages:
    """The page of translations, for the view of public forms."""

    @expose("/translations", methods=("GET", "POST"))
    def translations(self: Any) -> Any:
        """All texts of a form, each with a box per language. Empty: Swedish is shown."""
        row = self.wanted()
        layout = next((f for f in configuration().forms if f.id == row.id), None) or abort(404)
        here = self.get_url(".translations", id=row.id)
        if request.method == "POST":
            with telling_refusals(), unit_of_work():
                change_row(row, {"translations": _sent(layout)}, actor=current_actor())
                flash(_("Översättningarna är sparade."), "success")
                return redirect(here)
        return self.render(
            "admin/config/form_translations.html",
            model=row,
            texts=[(text, _boxes(layout, text)) for text in sources(layout)],
            missing=_missing(layout),
            return_url=self.get_url(".index_view"),
            form_url=self.get_url(".edit_view", id=row.id),
        )


def _boxes(layout: FormLayout, text: str) -> list[Box]:
    is_long = text in [getattr(layout, name) for name in LONG_TEXTS]
    return [
        Box(
            name=_name(language, text),
            language=language,
            language_name=LANGUAGES[language],
            value=_value(layout, language, text),
            rows=ROWS[is_long],
        )
        for language in OTHERS
    ]


def _value(layout: FormLayout, language: str, text: str) -> str:
    """What was sent and refused, else what is saved."""
    saved = layout.translations.get(language, {}).get(text, "")
    return request.form.get(_name(language, text), saved)


def _missing(layout: FormLayout) -> list[tuple[str, int]]:
    """(language, how many texts are Swedish in it), where there are any."""
    texts = sources(layout)
    counts = [
        (LANGUAGES[code], sum(text not in layout.translations.get(code, {}) for text in texts))
        for code in OTHERS
    ]
    return [(name, count) for name, count in counts if count]


def _sent(layout: FormLayout) -> dict[str, dict[str, str]]:
    """The translations of this request. A box is known by its Swedish text, not by its place."""
    found: dict[str, dict[str, str]] = {}
    for language in OTHERS:
        texts = {text: request.form.get(_name(language, text), "") for text in sources(layout)}
        found[language] = {
            text: value.replace("\r\n", "\n") for text, value in texts.items() if value.strip()
        }
    kept_for = configuration().municipality["retention_text"]
    for language, texts in layout.translations.items():
        if kept_for in texts:
            found[language][kept_for] = texts[kept_for]
    return found


def _name(language: str, text: str) -> str:
    return f"{language}-{hashlib.sha256(text.encode()).hexdigest()[:16]}"
