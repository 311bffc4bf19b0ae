"""The compose page as one person sees it: the form, its files, its draft and its preview."""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterator
from typing import Any

from flask import request
from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from admin_views.cases.composing.composer import Composer, Composition, Preview, Previewing
from admin_views.cases.composing.picker import FilePicker
from domain.dates import day_and_time
from domain.errors import DomainError
from domain.layout import EventTemplateItem
from forms.fields import add_error, tidy
from models import Case, EventDraft
from web.rendering import sentence

_KEY = re.compile(r"[A-Za-z0-9_-]{16,64}")
_NOT_KEPT = ("csrf_token", "_do", "key")


class ComposePage:
    """`sent` is what the browser sent, if it did; else `saved` may hold what was left before."""

    def __init__(
        self, work: Composition, composer: Composer, sent: Any, saved: EventDraft | None
    ) -> None:
        self.work, self.composer, self.saved = work, composer, saved
        self.is_sent = sent is not None
        key = form_key(sent) or (saved.form_key if saved else "") or secrets.token_urlsafe(24)
        data = sent if sent is not None or saved is None else MultiDict(saved.values)
        self.form = composer.form(work, data, _prefilled(work, key))
        self.form.key.data = key
        self.files = FilePicker(work, key, data)
        self.preview: Preview | None = None
        self._problems: list[str] = []

    @property
    def key(self) -> str:
        return str(self.form.key.data)

    @property
    def case(self) -> Case:
        return self.work.case

    @property
    def item(self) -> EventTemplateItem:
        return self.work.item

    @property
    def saved_note(self) -> str:
        """ "Utkast sparat 22 november kl. 14.30", when the page shows what was saved."""
        if self.saved is None or self.is_sent:
            return ""
        return _("Utkast sparat %(time)s", time=day_and_time(self.saved.saved_at))

    @property
    def takes_files(self) -> bool:
        return bool(getattr(self.composer, "takes_files", True))

    @property
    def can_preview(self) -> bool:
        return isinstance(self.composer, Previewing)

    def make_preview(self) -> None:
        """Show what the checked form would send. Raises DomainError."""
        if isinstance(self.composer, Previewing):
            self.preview = self.composer.preview(self.work, self.form, self.files.chosen)

    def add_problem(self, error: DomainError) -> None:
        """Show an error at its field; above the form when the field is not there."""
        name = getattr(error, "field", "")
        if name in self.form:
            add_error(self.form[name], sentence(error))
        elif name == "files":
            self.files.refused.append(sentence(error))
        else:
            self._problems.append(sentence(error))

    def error_items(self) -> Iterator[tuple[str, str, str]]:
        """(field id, label, sentence) of every error, in the order of the page."""
        for text in self._problems:
            yield "", "", text
        for field in self.form:
            for error in field.errors:
                if not isinstance(error, dict):
                    yield field.id, str(field.label.text), str(error)
        for text in self.files.refused:
            yield "files", "", text


def form_key(sent: Any) -> str:
    """The key that a form came with, "" when it is none of ours."""
    found = (sent.get("key") or "") if sent is not None else ""
    return found if _KEY.fullmatch(found) else ""


def typed_values() -> dict[str, list[str]]:
    """Everything that the browser sent of the form, to be shown again as if it came back."""
    names = [name for name in request.form if name not in _NOT_KEPT]
    return {name: [tidy(text) for text in request.form.getlist(name)] for name in names}


def _prefilled(work: Composition, key: str) -> dict[str, Any]:
    return {"key": key, "title": work.first.title, "body": work.first.body}
