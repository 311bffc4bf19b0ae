"""Skäl: why something is not treated as a synpunkt, chosen from a list (manual H18)."""

from __future__ import annotations

from html import escape
from typing import Any

from flask_babel import lazy_gettext as _
from wtforms import SelectField
from wtforms.validators import ValidationError

from domain.refusals import OTHER_CASE, OWN_REASON, REASON_BLANK, REASONS
from domain.richtext import html_to_text
from domain.row_ids import row_id
from forms.fields import LineField


def _choices() -> list[tuple[str, Any]]:
    reasons = [(key, text.replace("%(number)s", "…")) for key, text in REASONS.items()]
    own = (OWN_REASON, _("Annat skäl (skriv i meddelandet)"))
    return [("", _("Välj ett skäl …")), *reasons, own]


class ReasonMixin:
    """Two more fields for the form of a refusal. with_reason() puts the reason into the text."""

    reason = SelectField(_("Skäl"), choices=_choices)
    other_case = LineField(_("Ärende-ID som får svaret"), render_kw={"inputmode": "numeric"})

    body: Any

    def validate_reason(self, field: Any) -> None:
        """Somebody may have written the reason into the text without choosing one."""
        if not field.data and REASON_BLANK in html_to_text(self.body.data or ""):
            raise ValidationError(_("Välj ett skäl."))

    def validate_other_case(self, field: Any) -> None:
        if self.reason.data == OTHER_CASE and row_id(field.data) is None:
            raise ValidationError(_("Fyll i numret på ärendet som får svaret."))

    def with_reason(self) -> str:
        """The message with the chosen reason in its place. An own reason is there already."""
        text = REASONS.get(self.reason.data or "", REASON_BLANK)
        text = text.replace("%(number)s", str(row_id(self.other_case.data)))
        return str(self.body.data).replace(REASON_BLANK, escape(text))
