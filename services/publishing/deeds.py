"""Spara utkast, Publicera, Godkänn, Avpublicera: each checks everything anew and is recorded."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date

from domain.clock import local_today
from domain.errors import ChangedMeanwhile, NotAllowed, RuleBroken
from domain.layout import CaseTypeLayout
from domain.meanings import Meaning
from domain.permissions import Actor, Permission, can
from domain.publication import CHECKS, PublicText, mark_of, never, of_submitter, to_confirm
from domain.richtext import clean_html
from domain.text import _
from extensions import db
from models import Case, CaseType, Publication, utcnow
from services import audit
from services.publishing.following import begin
from services.publishing.reading import (
    bars_on,
    facts_of,
    findings,
    first_day,
    hold,
    public_row,
    publication_of,
    text_of,
)
from services.publishing.showing import set_choice, show, take_down


@dataclass(frozen=True)
class Check:
    """What the person who checks has ticked, the findings looked at, and the day chosen."""

    ticks: Collection[str] = ()
    confirmed: Collection[str] = field(default_factory=tuple)
    publish_on: date | None = None


def version_of(case: Case) -> int:
    """The version of the publication that a page shows; 0 when none is begun."""
    publication = publication_of(case.id)
    return publication.version if publication else 0


def save_draft(case: Case, text: PublicText, *, seen_version: int, actor: Actor) -> Publication:
    """Spara utkast. What was checked or approved must be checked anew.

    Raises NotAllowed, ChangedMeanwhile, RuleBroken when it is published or may never be.
    """
    publication = _mine(case, seen_version, actor)
    if publication.state == "published":
        raise RuleBroken(
            _("Ärendet är publicerat. Publicera ändringen, eller avpublicera det först.")
        )
    _store(publication, text)
    publication.state, publication.withdrawn_reason = "draft", ""
    _uncheck(publication)
    audit.record(actor, "publication.saved", case_id=case.id)
    return publication


def publish(
    case: Case,
    layout: CaseTypeLayout,
    text: PublicText,
    check: Check,
    *,
    seen_version: int,
    actor: Actor,
) -> Publication:
    """Publicera …: this person has checked the text. Its state says what comes next.

    "checked" when a second person must approve, "approved" when its day has not come, else
    "published". Raises NotAllowed, ChangedMeanwhile, RuleBroken with the field.
    """
    publication = _mine(case, seen_version, actor)
    text = PublicText(text.title, text.question, clean_html(text.answer), text.is_own_answer)
    _demand(case, layout, text, check.confirmed)
    if set(CHECKS) - set(check.ticks):
        raise RuleBroken(_("Gå igenom hela kontrollistan och kryssa i varje rad."), field="checks")
    day = _checked_day(case, publication, check.publish_on)
    _store(publication, text)
    publication.confirmed = sorted(set(check.confirmed))
    publication.checked_by_id, publication.checked_at = actor.id, utcnow()
    publication.approved_by_id = publication.approved_at = None
    publication.publish_on, publication.withdrawn_reason = day, ""
    set_choice(case, layout, Meaning.PUBLISH_YES, actor)
    told = {"from": day.isoformat(), "confirmed": ", ".join(publication.confirmed)}
    audit.record(actor, "publication.checked", case_id=case.id, new=told)
    if db.session.get_one(CaseType, case.case_type_id).two_eyes:
        _wait_for_second(case, publication, actor)
    else:
        _release(case, layout, publication, actor)
    return publication


def approve(case: Case, layout: CaseTypeLayout, *, seen_version: int, actor: Actor) -> Publication:
    """Godkänn: the second pair of eyes. Raises as publish() does, for what has changed since."""
    publication = _mine(case, seen_version, actor)
    if publication.state != "checked":
        raise RuleBroken(_("Det finns inget att godkänna. Någon måste kontrollera texten först."))
    if publication.checked_by_id in {actor.id, None}:
        raise RuleBroken(_("Du har själv kontrollerat texten. En annan person ska godkänna den."))
    _demand(case, layout, text_of(case, publication), publication.confirmed)
    publication.approved_by_id, publication.approved_at = actor.id, utcnow()
    audit.record(actor, "publication.approved", case_id=case.id)
    _release(case, layout, publication, actor)
    return publication


def withdraw(case: Case, layout: CaseTypeLayout, reason: str, *, actor: Actor) -> None:
    """Avpublicera: gone at the next request. The case says that it is not to be published.

    Raises NotAllowed, RuleBroken.
    """
    if not can(actor, Permission.CASE_UNPUBLISH, case):
        raise NotAllowed
    publication = publication_of(case.id)
    if publication is None or publication.state not in ("checked", "approved", "published"):
        raise RuleBroken(_("Ärendet är inte publicerat."))
    if not reason.strip():
        raise RuleBroken(_("Skriv varför synpunkten avpubliceras."), field="reason")
    take_down(case, reason.strip(), actor=actor, publication=publication)
    set_choice(case, layout, Meaning.PUBLISH_NO, actor)


def _mine(case: Case, seen_version: int, actor: Actor) -> Publication:
    """The publication that this person may change and has seen as it is."""
    hold(case)
    if not can(actor, Permission.CASE_PUBLISH, case):
        raise NotAllowed
    for bar in never(facts_of(case)):
        raise RuleBroken(bar.sentence)
    if version_of(case) != seen_version:
        raise ChangedMeanwhile
    found = publication_of(case.id)
    return found if found is not None else begin(case)


def _store(publication: Publication, text: PublicText) -> None:
    publication.title, publication.question = text.title, text.question
    publication.answer = clean_html(text.answer)
    publication.is_own_answer = text.is_own_answer


def _uncheck(publication: Publication) -> None:
    publication.checked_by_id = publication.checked_at = None
    publication.approved_by_id = publication.approved_at = None
    publication.publish_on = None
    publication.confirmed = []


def _demand(
    case: Case, layout: CaseTypeLayout, text: PublicText, confirmed: Collection[str]
) -> None:
    """Raise the first thing in the way: rules, the submitter's data, findings not looked at."""
    for bar in bars_on(case, text):
        raise RuleBroken(bar.sentence, field=bar.field)
    found = findings(case, layout, text)
    if named := of_submitter(found):
        raise RuleBroken(
            _("Ta bort uppgiften om den som lämnade synpunkten: %(found)s."),
            field="findings",
            found=", ".join(named),
        )
    if {mark_of(item) for item in to_confirm(found)} - set(confirmed):
        raise RuleBroken(
            _("Kontrollera varje fynd i texten. Ta bort det, eller kryssa i att det får stå kvar."),
            field="findings",
        )


def _checked_day(case: Case, publication: Publication, wished: date | None) -> date:
    """The day it appears: not before the case type allows. A change of what is public has none."""
    if publication.state == "published":
        return publication.publish_on or local_today()
    earliest = first_day(case)
    if wished is not None and wished < earliest:
        raise RuleBroken(
            _("Ärendet kan publiceras tidigast %(day)s."), field="publish_on", day=earliest
        )
    return wished or earliest


def _wait_for_second(case: Case, publication: Publication, actor: Actor) -> None:
    """What the public reads goes until the change is approved."""
    row = public_row(publication)
    if row is not None:
        db.session.delete(row)
        told = {"reason": _("Ändringen väntar på godkännande.")}
        audit.record(actor, "publication.withdrawn", case_id=case.id, new=told)
    publication.state = "checked"


def _release(case: Case, layout: CaseTypeLayout, publication: Publication, actor: Actor) -> None:
    if publication.publish_on is None or publication.publish_on <= local_today():
        show(case, layout, publication, actor)
    else:
        publication.state = "approved"
