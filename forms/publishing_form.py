"""The page Publicering: the publishing text, the check list, the findings, the day."""

from __future__ import annotations

from collections.abc import Sequence

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import BooleanField, HiddenField
from wtforms.validators import DataRequired, Length, Optional

from domain.personal_data import KIND_WORDS, Finding
from domain.publication import CHECKS, PublicText, mark_of
from forms.fields import AreaField, DayField, LineField, RichTextField, TickField

LONGEST_TEXT = 40_000
_TOO_LONG = _("Texten är för lång. Korta ned den.")


class PublishingForm(FlaskForm):
    """What the public will read, and what was checked."""

    version = HiddenField()
    title = LineField(_("Rubrik på webben"), [Length(max=300, message=_TOO_LONG)])
    question = AreaField(
        _("Synpunkten på webben"),
        [Length(max=LONGEST_TEXT, message=_TOO_LONG)],
        render_kw={"rows": 8},
    )
    answer = RichTextField(
        _("Svaret på webben"),
        [Length(max=LONGEST_TEXT, message=_TOO_LONG)],
        description=_("Lämna tomt om inget svar ska publiceras."),
    )
    is_own_answer = BooleanField(
        _("Svaret är skrivet bara för publicering"),
        description=_(
            "Ett undantag: personen vill inte bli kontaktad, men frågan är vanlig och svaret är "
            "till nytta för andra."
        ),
    )
    checks = TickField(_("Kontrollera innan du publicerar"), validate_choice=False)
    findings = TickField(_("Jag har kontrollerat att det här får stå kvar"), validate_choice=False)
    publish_on = DayField(_("Publicera den"), [Optional()])

    def offer(self, found: Sequence[Finding]) -> None:
        """Fill in the check list and the findings to confirm."""
        self.checks.choices = [(key, gettext(line)) for key, line in CHECKS.items()]
        self.findings.choices = [
            (mark_of(item), f"{gettext(KIND_WORDS[item.kind])}: {item.text}") for item in found
        ]

    def text(self) -> PublicText:
        """The text as it was typed."""
        return PublicText(
            self.title.data or "",
            self.question.data or "",
            self.answer.data or "",
            bool(self.is_own_answer.data),
        )


class WithdrawForm(FlaskForm):
    """Why a case is taken off the website."""

    reason = AreaField(
        _("Varför avpubliceras synpunkten?"),
        [
            DataRequired(_("Skriv varför synpunkten avpubliceras.")),
            Length(max=300, message=_TOO_LONG),
        ],
        description=_("Sparas i ändringsloggen."),
        render_kw={"rows": 3},
    )
