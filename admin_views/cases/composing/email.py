"""Composing an e-mail (manual H15)."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from flask_babel import lazy_gettext as _

from admin_views.cases.composing.composer import Composition, Preview
from domain.errors import RuleBroken
from domain.richtext import html_to_text
from forms.event_form import EmailForm, NoticeForm, RefusalForm
from models import Event
from services.correspondence import Draft, send_email
from services.correspondence.drafting import keeps_another_text
from services.correspondence.files import ChosenFiles, chosen_rows
from services.correspondence.mailing import outgoing
from services.mail_files import mail_files


class EmailComposer:
    """Skicka: the mail goes to the outbox."""

    fields = "admin/case/compose/_email.html"
    submit_label = _("Skicka")
    submit_icon = "send"
    done = _("E-postmeddelandet är registrerat och skickas nu.")

    def form(self, work: Composition, formdata: Any, values: dict[str, Any]) -> EmailForm:
        kind = _form_class(work)
        return kind(formdata, data={"recipient": work.first.recipient_email, **values})

    def carry_out(self, work: Composition, form: Any, files: ChosenFiles) -> Event | None:
        return send_email(
            work.case,
            work.layout,
            work.item,
            _mail(work, form),
            confirmed_other=bool(form.confirm_recipient.data),
            key=str(form.key.data),
            actor=work.actor,
            files=files,
        )

    def preview(self, work: Composition, form: Any, files: ChosenFiles) -> Preview:
        mail = _mail(work, form)
        rows = chosen_rows(files, work.case, work.item.id, work.actor)
        leaving = outgoing(work.case, work.item, mail, rows)
        return Preview(
            sender=mail.sender,
            recipient=mail.recipient,
            subject=mail.title,
            html=leaving.html,
            text=leaving.text,
            files=mail_files(leaving.files),
            kept=mail.kept_body,
        )


def _form_class(work: Composition) -> type[EmailForm]:
    if keeps_another_text(work.case, work.item):
        return NoticeForm
    return RefusalForm if work.item.purpose == "refusal" else EmailForm


def _mail(work: Composition, form: Any) -> Draft:
    """The draft as the form has it. Raises RuleBroken for a second answer that says nothing."""
    mail = replace(work.first, title=form.title.data, recipient_email=form.recipient.data)
    if isinstance(form, NoticeForm):
        return replace(mail, kept_body=form.answer.data)
    if isinstance(form, RefusalForm):
        return replace(mail, body=form.with_reason())
    if work.item.purpose == "second_answer" and _is_untouched(work, form):
        raise RuleBroken(_("Skriv ditt svar i meddelandet innan du skickar det."), field="body")
    return replace(mail, body=form.body.data)


def _is_untouched(work: Composition, form: Any) -> bool:
    return html_to_text(form.body.data).strip() == html_to_text(work.first.body).strip()
