"""Registering a letter: an event that is not posted yet (manual H16, H18, S19 B)."""

from __future__ import annotations

from dataclasses import dataclass

from domain.errors import RuleBroken
from domain.layout import CaseTypeLayout, EventTemplateItem
from domain.permissions import Actor
from domain.text import _
from models import Case, Event
from services import audit
from services.correspondence.drafting import Draft, check_body, check_use
from services.correspondence.drafts import forget_draft
from services.correspondence.effects import apply_effects
from services.correspondence.files import ChosenFiles, attach_chosen
from services.events import add_event
from services.link_seals import hide_links
from services.once import claim_key


@dataclass(frozen=True)
class Addressee:
    """Who a letter goes to: the name, and the lines in the window."""

    name: str
    address: str

    def is_same(self, other: Addressee) -> bool:
        """Whether the post would bring both to the same letter box."""
        return self._plain() == other._plain()

    def _plain(self) -> tuple[str, str]:
        return " ".join(self.name.split()).casefold(), " ".join(self.address.split()).casefold()

    def __str__(self) -> str:
        return f"{self.name}: {', '.join(self.address.splitlines())}"


def stored_addressee(case: Case) -> Addressee:
    """The submitter's own name and address, as they stand on an envelope."""
    person = case.submitter
    lines = (person.name, person.address, person.postal)
    return Addressee(person.name, "\n".join(line for line in lines if line))


def register_letter(
    case: Case,
    layout: CaseTypeLayout,
    template: EventTemplateItem,
    letter: Draft,
    *,
    files: ChosenFiles,
    confirmed_other: bool,
    key: str,
    actor: Actor,
) -> Event | None:
    """Register a letter to the submitter, with the template's effects (status, Besvarades).

    None when `key` was carried out before. Raises NotAllowed or RuleBroken. Another name or
    address than the stored one must be confirmed, and both are recorded.
    """
    check_use(case, layout, template, actor)
    check_body(letter.body)
    to = Addressee(letter.recipient_name, letter.address)
    check_addressee(case, to, confirmed_other=confirmed_other)
    if not claim_key(key, case.id):
        return None
    event = add_event(
        case,
        kind=template.event_kind,
        purpose=template.purpose,
        state="draft",
        template=template,
        title=letter.title,
        body=hide_links(letter.body, case.id),
        sender=letter.sender,
        recipient=to.name,
        address=to.address,
        actor=actor,
    )
    attach_chosen(files, case, event, actor=actor)
    record_other_addressee(case, event, to, actor)
    apply_effects(case, layout, template, event, actor)
    forget_draft(case.id, template.id, actor)
    return event


def check_addressee(case: Case, to: Addressee, *, confirmed_other: bool) -> None:
    """Raise RuleBroken for a name or address that is not the submitter's and not confirmed."""
    if confirmed_other or to.is_same(stored_addressee(case)):
        return
    raise RuleBroken(
        _("Namnet eller adressen är inte den som finns på ärendet. Kryssa i att det är rätt."),
        field="confirm_recipient",
    )


def record_other_addressee(case: Case, event: Event, to: Addressee, actor: Actor) -> None:
    """Leave a line in the change log when a letter goes elsewhere."""
    stored = stored_addressee(case)
    if not to.is_same(stored):
        audit.record(
            actor,
            "event.other-recipient",
            case_id=case.id,
            subject=f"event {event.number}",
            old=str(stored),
            new=str(to),
        )
