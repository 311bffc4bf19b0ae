"""The case to an external party (manual S23): a covering letter and the case, on stated ground."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from domain.case_parts import UNMASKABLE, Choices, Files
from domain.errors import RuleBroken
from domain.layout import CaseTypeLayout, EventTemplateItem
from domain.permissions import Actor
from domain.text import _
from models import Case, Event
from services import audit
from services.correspondence.drafting import check_body, check_use
from services.correspondence.effects import apply_effects
from services.documents.case_content import case_content
from services.events import add_event
from services.link_seals import hide_links
from services.once import claim_key
from services.text_context import is_sensitive


@dataclass(frozen=True)
class Review:
    """The trial of secrecy (sekretessprövning) that a sensitive case needs before it goes out.

    `masked` has the texts that go out in the place of the stored ones, by field key; None when
    the case goes out whole. `left_out` is the person's own note of what was taken away.
    """

    confirmed: bool = False
    masked: Mapping[str, str] | None = None
    left_out: str = ""


@dataclass(frozen=True)
class Forwarding:
    """What the person wrote and chose. `body` is clean HTML."""

    recipient: str
    address: str
    title: str
    body: str
    ground: str
    choices: Choices
    review: Review = field(default_factory=Review)


def needs_review(case: Case) -> bool:
    """Whether a trial of secrecy comes first: a mark of secrecy, or a type under secrecy by law."""
    return is_sensitive(case) or case.case_type.secrecy_class != "open"


def register_external(
    case: Case,
    layout: CaseTypeLayout,
    template: EventTemplateItem,
    made: Forwarding,
    *,
    key: str,
    actor: Actor,
) -> Event | None:
    """Register the document. None when `key` was carried out before.

    The event keeps what goes out, as it is now: a later change of the case changes nothing in it.
    Raises NotAllowed or RuleBroken.
    """
    check_use(case, layout, template, actor)
    check_body(made.body)
    _check(case, made)
    if not claim_key(key, case.id):
        return None
    event = add_event(
        case,
        kind=template.event_kind,
        purpose=template.purpose,
        state="draft",
        template=template,
        title=made.title,
        body=hide_links(made.body, case.id),
        sender=actor.name,
        recipient=made.recipient,
        address=made.address,
        actor=actor,
    )
    event.ground = made.ground
    event.options = _options(case, layout, made, actor)
    _record(case, event, actor)
    apply_effects(case, layout, template, event, actor)
    return event


def _check(case: Case, made: Forwarding) -> None:
    """Everything that must be said before a case leaves. Raises RuleBroken at the field."""
    if not made.recipient.strip():
        raise RuleBroken(_("Fyll i vem som ska få ärendet."), field="recipient")
    if not made.ground.strip():
        raise RuleBroken(_("Skriv varför parten får ärendet."), field="ground")
    if not made.choices.parts:
        raise RuleBroken(_("Välj minst en del av ärendet att skicka."), field="parts")
    if needs_review(case) and not made.review.confirmed:
        raise RuleBroken(
            _("Gör en sekretessprövning och kryssa i att den är gjord."), field="reviewed"
        )
    if made.review.masked is not None:
        _check_masked(made.choices)


def _check_masked(choices: Choices) -> None:
    if choices.parts & UNMASKABLE:
        raise RuleBroken(
            _(
                "Originaltexten, interna anteckningar och korrespondensen kan inte maskas. Ta bort "
                "dem, eller lämna ut ärendet i sin helhet."
            ),
            field="parts",
        )
    if choices.files is Files.MERGED:
        raise RuleBroken(
            _("Filer kan inte maskas. Välj en lista över bilagorna, eller inga filer."),
            field="files",
        )


def _options(
    case: Case, layout: CaseTypeLayout, made: Forwarding, actor: Actor
) -> dict[str, object]:
    content = case_content(case, layout, made.choices, actor, made.review.masked)
    return {
        "parts": content["parts"],
        "files": str(made.choices.cut(case, actor).files),
        "review": _review_word(case, made.review),
        "left_out": made.review.left_out,
        "case": content,
    }


def _review_word(case: Case, review: Review) -> str:
    """How the trial of secrecy ended: "", "whole" or "masked"."""
    if not needs_review(case):
        return ""
    return "whole" if review.masked is None else "masked"


def _record(case: Case, event: Event, actor: Actor) -> None:
    """Who got the case, why, and what of it."""
    told = {
        "recipient": event.recipient,
        "address": event.address,
        "ground": event.ground,
        "parts": event.options["parts"],
        "files": event.options["files"],
        "review": event.options["review"],
    }
    audit.record(
        actor, "case.forwarded", case_id=case.id, subject=f"event {event.number}", new=told
    )
