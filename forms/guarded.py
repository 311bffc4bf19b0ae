"""What every form of a citizen carries unseen: its key, the time it was shown, the spam guard."""

from __future__ import annotations

import re
import secrets
import time

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import HiddenField, StringField

from domain import spam
from extensions import current_settings
from forms.fields import LineField, add_error

_KEY = re.compile(r"[A-Za-z0-9_-]{43}")


class KeyedForm(FlaskForm):
    """A form with a submission key: however often it is sent, it is carried out once (G02).

    CSRF is left to the view (public_views/sending.py), which gives the own text back to somebody
    whose session has ended instead of an error page.
    """

    class Meta:
        csrf = False

    form_key = HiddenField()

    def prepare(self) -> None:
        """Fill the hidden fields of a form that is shown; what came back and is ours stays."""
        if not _KEY.fullmatch(self.form_key.data or ""):
            self.form_key.data = secrets.token_urlsafe(32)

    @property
    def key(self) -> str:
        """The submission key. Call prepare() first."""
        return str(self.form_key.data)


class GuardedForm(KeyedForm):
    """A keyed form with the guard of domain/spam.py: a trap, a clock and one simple question."""

    shown_at = HiddenField()
    website = StringField(_("Lämna den här rutan tom"))
    word = HiddenField()
    word_answer = LineField(_("Skriv ordet"))

    def prepare(self) -> None:
        super().prepare()
        if self._shown_time() is None:
            self.shown_at.data = _sign("shown", str(int(time.time())))

    @property
    def question_word(self) -> str | None:
        """The word of the question that this form asks, if it does."""
        return _unsign("word", self.word.data)

    def looks_like_a_machine(self, *, is_calm: bool) -> bool:
        """Whether the question must be asked. Not when it was answered right."""
        if spam.is_right_word(self.question_word, self.word_answer.data or ""):
            return False
        shown = self._shown_time()
        seconds = None if shown is None else time.time() - shown
        trap = self.website.data or ""
        return spam.looks_like_a_machine(trap=trap, seconds=seconds, is_calm=is_calm)

    def ask_question(self) -> None:
        """Put a new question into the form; a wrong answer to the last one is told as an error."""
        if self.word_answer.data:
            add_error(self.word_answer, str(_("Det var inte rätt ord. Försök igen.")))
        self.word.data = _sign("word", spam.new_word())
        self.word_answer.data = ""

    def _shown_time(self) -> int | None:
        value = _unsign("shown", self.shown_at.data)
        return int(value) if value else None


def _sign(purpose: str, value: str) -> str:
    return spam.sign(current_settings().secret_key, purpose, value)


def _unsign(purpose: str, signed: str | None) -> str | None:
    return spam.unsign(current_settings().secret_key, purpose, signed or "")
