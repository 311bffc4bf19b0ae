"""Lämna ut handling: which handlings, whole or masked, and the trial of secrecy."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import BooleanField, HiddenField, RadioField, SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Length

from domain.case_parts import PART_LABELS, PART_MEANINGS, USUAL, Part, offered_parts
from domain.permissions import Actor, CaseFacts
from domain.row_ids import row_id
from forms.base import Form
from forms.fields import AreaField, LineField, TickField
from forms.print_form import PartsField
from models import LegalGround
from services.correspondence.handing_out import Trial
from services.documents.copy_content import Wanted

WHOLE, MASKED = "whole", "masked"
NOT_OFFERED = (Part.CONTACT, Part.EVENTS)
"""Whether contact data goes along follows from the extent; events are chosen one by one."""

_TOO_LONG = _("Texten är för lång. Korta ned den.")


class HandOutForm(Form):
    """offer() fills in what this person may choose of this case."""

    key = HiddenField()
    parts = PartsField(_("Ärendet"), validate_choice=False)
    events = TickField(_("Händelser"), coerce=row_id, validate_choice=False)
    files = TickField(
        _("Filer"),
        coerce=row_id,
        validate_choice=False,
        description=_("Filerna följer med som de är: inget i dem maskas."),
    )
    extent = RadioField(
        _("Så lämnas handlingarna ut"),
        [DataRequired(_("Välj om handlingarna lämnas ut i sin helhet eller maskade."))],
        choices=[
            SelectChoice(WHOLE, _("I sin helhet")),
            SelectChoice(
                MASKED,
                _(
                    "Maskade: synpunktslämnarens uppgifter, personnummer, telefonnummer och "
                    "adresser tas bort ur texterna"
                ),
            ),
        ],
        validate_choice=False,
    )
    words = AreaField(
        _("Maska också de här orden"),
        [Length(max=5000, message=_TOO_LONG)],
        description=_("Ett namn eller annat på varje rad. Tas bort överallt i texterna."),
        render_kw={"rows": 3},
    )
    ground = SelectField(
        _("Bestämmelse"),
        description=_("Behövs när något maskas. Står i kopian."),
        validate_choice=False,
    )
    reason = AreaField(
        _("Hur har du bedömt det?"),
        [Length(max=2000, message=_TOO_LONG)],
        description=_("Din egen anteckning. Sparas i ändringsloggen, lämnas inte ut."),
        render_kw={"rows": 3},
    )
    decided_by = LineField(
        _("Prövad av"),
        [
            DataRequired(_("Fyll i vem som har prövat utlämnandet.")),
            Length(max=200, message=_TOO_LONG),
        ],
    )
    recipient = LineField(
        _("Till (frivilligt)"),
        [Length(max=300, message=_TOO_LONG)],
        description=_(
            "Fråga inte vem som vill ha handlingen eller varför. Den som begär den får vara anonym "
            "(TF 2 kap. 18 §)."
        ),
    )
    reviewed = BooleanField(_("Jag har gjort en sekretessprövning av varje uppgift som lämnas ut"))

    def offer(self, case: CaseFacts, actor: Actor) -> None:
        """The parts of the case that this person may see."""
        self.parts.choices = [
            SelectChoice(part.value, gettext(PART_LABELS[part]))
            for part in offered_parts(case, actor)
            if part not in NOT_OFFERED
        ]

    def offer_grounds(self, grounds: Iterable[LegalGround]) -> None:
        """The provisions that may be used today, by their words: they stand in the copy."""
        rows = [
            SelectChoice(g.label, f"{g.label}, {g.description}" if g.description else g.label)
            for g in grounds
        ]
        self.ground.choices = [SelectChoice("", gettext("Välj bestämmelse")), *rows]

    @staticmethod
    def meaning(part: str) -> str:
        """What a tick in this box means."""
        return gettext(PART_MEANINGS[Part(part)])

    def wanted(self) -> Wanted:
        """What was chosen, as the service asks for it."""
        lines = (line.strip() for line in (self.words.data or "").splitlines())
        return Wanted(
            parts=frozenset(p for p in Part if p in set(self.parts.data or ())) - {*NOT_OFFERED},
            events=frozenset(n for n in self.events.data or () if n),
            files=frozenset(n for n in self.files.data or () if n),
            is_masked=self.extent.data == MASKED,
            words=tuple(line for line in lines if line),
        )

    def trial(self) -> Trial:
        """The trial of secrecy, as the service asks for it."""
        known = {choice.value for choice in self.ground.choices or ()}
        return Trial(
            decided_by=self.decided_by.data or "",
            confirmed=bool(self.reviewed.data),
            ground=self.ground.data if self.ground.data in known else "",
            reason=self.reason.data or "",
            recipient=self.recipient.data or "",
        )


def hand_out_form(formdata: Any, usual: dict[str, Any]) -> HandOutForm:
    """The form, empty or as it was sent."""
    parts = [part.value for part in Part if part in USUAL]
    return HandOutForm(formdata, data={"parts": parts, **usual})
