"""Form fields of ours: rich text that is clean before anybody sees it, tidy lines, ids."""

from __future__ import annotations

import unicodedata
from datetime import date
from typing import Any

from flask_babel import lazy_gettext as _
from wtforms import DateField, Field, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from domain.clock import local_today
from domain.richtext import clean_html, html_to_text, text_to_html
from domain.row_ids import row_id

FIRST_YEAR = 2000


def tidy(text: str) -> str:
    """NFC, line breaks as \\n, no NUL: otherwise exactly what was typed."""
    normal = unicodedata.normalize("NFC", text.replace("\0", ""))
    return normal.replace("\r\n", "\n").replace("\r", "\n")


class LineField(StringField):
    """One line of text. Blanks around it are dropped, line breaks inside become blanks."""

    def process_formdata(self, valuelist: list[str]) -> None:
        self.data = " ".join(tidy(valuelist[0]).split("\n")).strip() if valuelist else ""


class AreaField(TextAreaField):
    """Several lines of text, kept exactly."""

    def process_formdata(self, valuelist: list[str]) -> None:
        self.data = tidy(valuelist[0]) if valuelist else ""


class RichTextField(TextAreaField):
    """Clean HTML. Without JavaScript a plain text area; its text becomes HTML here.

    The browser says in "<name>__format" which of the two it sends ("html" or "text"). Text that
    was not touched gives back the very HTML it came from, so that saving changes nothing.
    """

    def process_formdata(self, valuelist: list[str]) -> None:
        sent = tidy(valuelist[0]) if valuelist else ""
        if self.sends_html:
            self.data = clean_html(sent)
            return
        untouched = sent.strip() == html_to_text(self.stored).strip()
        self.data = self.stored if untouched else text_to_html(sent)

    def process(self, formdata: Any, data: Any = None, **kwargs: Any) -> None:
        self.stored = data or ""
        self.sends_html = bool(formdata) and formdata.get(f"{self.name}__format") == "html"
        super().process(formdata, data, **kwargs)

    def _value(self) -> str:
        """What the plain text area shows."""
        return html_to_text(self.data or "")


class DayField(DateField):
    """A day, as yyyy-mm-dd."""

    def process_formdata(self, valuelist: list[str]) -> None:
        try:
            super().process_formdata(valuelist)
        except ValueError:
            self.data = None
            if valuelist and valuelist[0].strip():
                raise ValueError(
                    _("Skriv datumet som åååå-mm-dd, till exempel 2026-11-22.")
                ) from None

    def _value(self) -> str:
        """What was typed, also when it is not a day: nothing that is typed is lost."""
        if self.raw_data and not self.data:
            return str(self.raw_data[0])
        return self.data.isoformat() if self.data else ""


class TickField(SelectMultipleField):
    """Several choices as tick boxes; the values are ids."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


def to_id(value: Any) -> int | None:
    """An id from a browser; empty is None. Raises ValueError for anything else."""
    if value in (None, "", "None"):
        return None
    found = row_id(value)
    if found is None:
        raise ValueError
    return found


def add_error(field: Field, sentence: str) -> None:
    """Put one more error on a field, whatever wtforms made of the list."""
    field.errors = [*field.errors, sentence]


def not_in_the_future(form: Any, field: Field) -> None:
    """A day that has come, in a year that somebody may mean."""
    day: date | None = field.data
    if day and day > local_today():
        raise ValidationError(_("Dagen har inte varit än. Välj dagens datum eller ett tidigare."))
    if day and day.year < FIRST_YEAR:
        raise ValidationError(_("Kontrollera årtalet. Skriv datumet som åååå-mm-dd."))
