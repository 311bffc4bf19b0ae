"""The form of System → Inloggning: for each role one sentence, and the networks it speaks of."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms.validators import ValidationError

from domain.sign_in import MOST_NETWORKS, OUTSIDE_FACTOR, OUTSIDE_REFUSED, Rule, normal_network
from domain.text import _ as word
from forms.base import Form
from forms.config_fields import LinesField, WordField

MODES: dict[str, str] = {
    "free": word("Lösenordet räcker överallt"),
    "factor_outside": word("Lösenordet räcker i nätet, utanför krävs tvåstegsinloggning"),
    "factor": word("Tvåstegsinloggning krävs överallt"),
    "inside": word("Bara i nätet, med lösenord"),
    "inside_factor": word("Bara i nätet, med tvåstegsinloggning"),
}
_RULES = {
    "factor_outside": (OUTSIDE_FACTOR, False),
    "factor": (OUTSIDE_FACTOR, True),
    "inside": (OUTSIDE_REFUSED, False),
    "inside_factor": (OUTSIDE_REFUSED, True),
}
_NEEDS_NETWORKS = ("factor_outside", "inside", "inside_factor")


class RoleRuleForm(Form):
    """The rule of one role. Its fields carry the role as a prefix."""

    mode = WordField(_("Så loggar de in"), MODES)
    networks = LinesField(
        _("Kommunens nät"),
        description=_("Ett nät på varje rad, till exempel 192.0.2.0/24 eller 2001:db8::/32."),
        render_kw={"rows": 3, "spellcheck": "false"},
    )

    def __init__(self, formdata: Any = None, *, rule: Rule | None = None, prefix: str) -> None:
        networks = list(rule.networks) if rule else []
        super().__init__(formdata, prefix=prefix, data={"mode": _mode(rule), "networks": networks})

    def validate_networks(self, field: LinesField) -> None:
        """Every line is a network; where the sentence speaks of one there is one."""
        for line in field.data:
            if normal_network(line) is None:
                sentence = gettext(
                    "%(line)s är inget nät. Skriv till exempel 192.0.2.0/24.", line=line[:60]
                )
                raise ValidationError(sentence)
        if len(field.data) > MOST_NETWORKS:
            raise ValidationError(gettext("Det är för många nät."))
        if self.mode.data in _NEEDS_NETWORKS and not field.data:
            raise ValidationError(gettext("Skriv minst ett nät."))

    def rule(self) -> Rule | None:
        """The rule that was chosen. Call validate() first."""
        if self.mode.data not in _RULES:
            return None
        outside, always = _RULES[self.mode.data]
        networks = [normal_network(line) or "" for line in self.networks.data]
        return Rule(tuple(dict.fromkeys(networks)), outside, always)


def _mode(rule: Rule | None) -> str:
    if rule is None:
        return "free"
    if rule.outside == OUTSIDE_FACTOR and not rule.networks:
        return "factor"
    chosen = (rule.outside, rule.always_factor)
    return next(mode for mode, meant in _RULES.items() if meant == chosen)
