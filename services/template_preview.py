"""What a template becomes: filled in for a case or for a made-up one, saving nothing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from domain import example_case
from domain.clock import local_today, now
from domain.dates import long_date
from domain.documents import Document
from domain.errors import RuleBroken
from domain.permissions import Actor, Permission, can
from domain.refusals import REASON_BLANK
from domain.richtext import html_to_text
from domain.secret_links import IssuedLink
from domain.template_language import render_html, render_subject
from domain.text import _
from extensions import db
from models import Case, CaseType, EventTemplate, Submitter, User
from queries.cases import find_case
from queries.configuration import configuration
from services.cases.deadlines import calendar
from services.link_seals import HIDDEN_CODE, HIDDEN_TOKEN
from services.text_context import Context, text_context

_LINK = IssuedLink(HIDDEN_TOKEN, HIDDEN_CODE)
"""Stands for the citizen's link and code: a preview issues none and shows none."""


@dataclass(frozen=True)
class Preview:
    """A filled-in template. `case_number` is None for the made-up case."""

    kind: str
    case_number: int | None
    sender: str
    recipient: str
    address: tuple[str, ...]
    title: str
    html: str

    @property
    def text(self) -> str:
        """What readers of plain mail see."""
        return html_to_text(self.html)


def sees_cases(actor: Actor) -> bool:
    """Whether this person may preview on real cases at all. Administrators may not (D12)."""
    return can(actor, Permission.CASE_VIEW_SUBMITTER)


def case_for_preview(typed: str, template: EventTemplate, actor: Actor) -> Case | None:
    """The case with the typed number; None for an empty field. Raises RuleBroken.

    Texts show the submitter's data, so a case counts only for those who may see these.
    """
    number = typed.strip()
    if not number:
        return None
    digits = int(number) if number.isascii() and number.isdigit() and len(number) < 19 else 0
    case = find_case(digits, actor, Permission.CASE_VIEW_SUBMITTER) if digits else None
    if case is None:
        raise RuleBroken(
            _("Ärendet finns inte, eller så får du inte se det. Lämna fältet tomt för ett exempel.")
        )
    if case.case_type_id != template.case_type_id:
        raise RuleBroken(_("Ärendet hör till en annan ärendetyp än mallen."))
    return case


def preview(template: EventTemplate, case: Case | None, user: User) -> Preview:
    """`template` (a row that need not be saved) filled in. Raises TextFault."""
    shown = case or _example(template.case_type_id)
    extra: Context = {"skal": {"text": REASON_BLANK}, **example_case.OCCASION}
    extra["svar2"] = {**extra["svar2"], "inkom": local_today()}
    if case is None:
        extra |= example_case.DETAILS
    recipient, name = _recipient(template, shown, extra)
    extra["mottagare"] = {"namn": name}
    context = text_context(
        shown, actor_user=user, link=_LINK, extra=extra, in_mail=template.kind == "email"
    )
    title = render_subject(template.subject, context) if template.subject else template.label
    return Preview(
        kind=template.kind,
        case_number=case.id if case else None,
        sender=_sender(template, shown, user),
        recipient=recipient,
        address=_address(template, shown, extra),
        title=title,
        html=render_html(template.body, context),
    )


def document_of(shown: Preview) -> Document:
    """The preview of a letter or document, to be made into a PDF."""
    config = configuration()
    number = shown.case_number or example_case.DETAILS["arende"]["nummer"]
    return Document(
        title=shown.title,
        body=shown.html,
        settings=config.letters,
        municipality=config.municipality["name"],
        date=long_date(local_today()),
        address=shown.address,
        references=((_("Ärende-ID"), str(number)),),
    )


def _example(case_type_id: int) -> Case:
    """A case that is in no session, and so can never be saved."""
    case_type = db.session.get_one(CaseType, case_type_id)
    days = calendar()
    received = local_today() - timedelta(days=example_case.DAYS_AGO)
    return Case(
        case_type_id=case_type.id,
        case_type=case_type,
        title=example_case.TITLE,
        text=example_case.TEXT,
        answer=example_case.ANSWER,
        delay_reason=example_case.DELAY_REASON,
        own_type="",
        received_on=received,
        registered_at=now(),
        acknowledge_by=days.add(received, case_type.acknowledge_days),
        answer_by=days.add(received, case_type.answer_days),
        is_secret=False,
        submitter=Submitter(**example_case.SUBMITTER),
        choices=[],
        participants=[],
        values={},
    )


def _sender(template: EventTemplate, case: Case, user: User) -> str:
    """ "Hjo kommun (synpunkten@hjo.se)", as the mail would come from this person."""
    if template.kind != "email":
        return ""
    own = case.case_type
    return f"{user.sender_name or own.sender_name} ({own.sender_email})"


def _recipient(template: EventTemplate, case: Case, extra: Context) -> tuple[str, str]:
    """("Berit Ek (berit@example.org)", "Berit Ek") by the template's rule."""
    name = email = ""
    if template.recipient == "submitter":
        name, email = case.submitter.name, case.submitter.email
    elif template.recipient == "responsible" and "handlaggare" in extra:
        name, email = extra["handlaggare"]["namn"], extra["handlaggare"]["epost"]
    elif template.recipient == "responsible" and case.responsible is not None:
        name, email = case.responsible.name, case.responsible.email
    elif template.recipient == "external":
        name = extra["part"]["namn"]
    return (f"{name} ({email})" if name and email else name or email), name


def _address(template: EventTemplate, case: Case, extra: Context) -> tuple[str, ...]:
    """What stands in the window of a letter's envelope."""
    if template.kind != "letter":
        return ()
    if template.recipient == "external":
        return (extra["part"]["namn"], *extra["part"]["adress"].split("\n"))
    person = case.submitter
    return tuple(line for line in (person.name, person.address, person.postal) if line)
