"""The prefilled event behind one row of Välj ny händelse…, and whether it may be used at all."""

from __future__ import annotations

from dataclasses import dataclass

from domain.errors import NotAllowed, RuleBroken
from domain.events import may_use
from domain.layout import CaseTypeLayout, EventTemplateItem
from domain.permissions import Actor
from domain.refusals import REASON_BLANK
from domain.richtext import clean_html, html_to_text, is_blank_html
from domain.template_language import render_html, render_subject
from domain.template_names import NAMES
from domain.text import _
from models import Case, User
from services.case_facts import event_facts
from services.link_seals import hide_links
from services.secret_links import current_link
from services.text_context import Context, is_sensitive, text_context


@dataclass(frozen=True)
class Draft:
    """An event before it is registered. `body` is HTML; `stored_email` is the address on file.

    `sender_name` stands before the mail's address. `kept_body` is what the event keeps when the
    mail must not say it. `address` is what stands in a letter's window, a line each.
    """

    sender: str
    recipient_name: str
    recipient_email: str
    title: str
    body: str
    stored_email: str = ""
    address: str = ""
    sender_name: str = ""
    kept_body: str = ""

    @property
    def goes_elsewhere(self) -> bool:
        """Whether the person wrote another address than the one on file (T42)."""
        return self.recipient_email.casefold() != self.stored_email.casefold()

    @property
    def recipient(self) -> str:
        """ "Berit Ek (berit@example.org)", or the bare address when it is another one."""
        if self.goes_elsewhere or not self.recipient_name:
            return self.recipient_email
        return f"{self.recipient_name} ({self.recipient_email})"


def draft(
    case: Case, layout: CaseTypeLayout, template: EventTemplateItem, *, actor: Actor, user: User
) -> Draft:
    """The prefilled event. Raises NotAllowed with the reason when the template may not be used.

    The citizen's link and code are hidden in it: staff write around them, the mail gets them.
    """
    check_use(case, layout, template, actor)
    name, email = _recipient(case, template)
    extra: Context = {"skal": {"text": REASON_BLANK}}
    is_mail, is_outside = template.kind == "email", template.recipient == "external"
    if is_outside:  # contact data goes along only when it is ticked
        extra["lamnare"] = dict.fromkeys(NAMES["lamnare"], "")
    context = text_context(
        case,
        actor_user=user,
        link=current_link(case),
        extra=extra,
        in_mail=is_mail or is_outside,
    )
    sender_name = user.sender_name or layout.sender_name
    return Draft(
        sender=f"{sender_name} ({layout.sender_email})" if is_mail else actor.name,
        sender_name=sender_name,
        recipient_name=name,
        recipient_email=email,
        title=render_subject(template.subject, context) if template.subject else template.label,
        body=hide_links(clean_html(render_html(template.body, context)), case.id),
        stored_email=email,
        address=_address(case) if template.kind == "letter" else "",
    )


def check_use(
    case: Case, layout: CaseTypeLayout, template: EventTemplateItem, actor: Actor
) -> None:
    """Raise NotAllowed with the reason when the template may not be used on this case now."""
    verdict = may_use(template, event_facts(case, layout), actor)
    if not verdict:
        raise NotAllowed(verdict.reason)


def keeps_another_text(case: Case, template: EventTemplateItem) -> bool:
    """Whether the mail is only a notice of a text that the person writes for the reply page.

    The first answer of a sensitive case has a field of its own on the case; the second has none.
    """
    return template.purpose == "second_answer" and is_sensitive(case)


def check_body(body: str, *, field: str = "body") -> None:
    """Raise RuleBroken for an empty message, and for one whose reason is still to be written."""
    if is_blank_html(body):
        raise RuleBroken(_("Skriv ett meddelande."), field=field)
    if REASON_BLANK in html_to_text(body):
        raise RuleBroken(_("Skriv skälet i meddelandet innan du skickar det."), field=field)


def _address(case: Case) -> str:
    """The submitter's address as it stands on an envelope."""
    person = case.submitter
    return "\n".join(line for line in (person.name, person.address, person.postal) if line)


def _recipient(case: Case, template: EventTemplateItem) -> tuple[str, str]:
    """(name, e-mail address) that the template's rule gives."""
    if template.recipient == "responsible":
        person = case.responsible
        return (person.name, person.email) if person else ("", "")
    if template.recipient == "submitter":
        return case.submitter.name, case.submitter.email
    return "", ""
