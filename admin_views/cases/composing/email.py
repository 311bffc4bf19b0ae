"""Composing an e-mail (manual H15)."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from flask_babel import lazy_gettext as _

from admin_views.cases.composing.composer import Composition
from forms.event_form import EmailForm
from models import Event
from services.correspondence import send_email
from services.correspondence.files import ChosenFiles


class EmailComposer:
    """Skicka: the mail goes to the outbox."""

    fields = "admin/case/compose/_email.html"
    submit_label = _("Skicka")
    submit_icon = "send"
    done = _("E-postmeddelandet är registrerat och skickas nu.")

    def form(self, work: Composition, formdata: Any, values: dict[str, Any]) -> EmailForm:
        return EmailForm(formdata, data={"recipient": work.first.recipient_email, **values})

    def carry_out(self, work: Composition, form: Any, files: ChosenFiles) -> Event | None:
        mail = replace(
            work.first,
            title=form.title.data,
            body=form.body.data,
            recipient_email=form.recipient.data,
        )
        return send_email(
            work.case,
            work.layout,
            work.item,
            mail,
            confirmed_other=bool(form.confirm_recipient.data),
            key=str(form.key.data),
            actor=work.actor,
        )
