"""Composing a note, a meeting, a call, a mail kept by hand (manual S22)."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from flask_babel import lazy_gettext as _

from admin_views.cases.composing.composer import Composition
from forms.event_form import EventForm
from models import Event, utcnow
from services.correspondence import register_event
from services.correspondence.files import ChosenFiles


class NoteComposer:
    """Skapa: the event is registered, and nothing leaves."""

    fields = "admin/case/compose/_note.html"
    submit_label = _("Skapa")
    submit_icon = "check2"
    done = _("Händelsen är registrerad.")

    def form(self, work: Composition, formdata: Any, values: dict[str, Any]) -> EventForm:
        first = work.first
        usual = {
            "happened_at": utcnow(),
            "sender": first.sender,
            "recipient": first.recipient_name,
        }
        return EventForm(formdata, data={**usual, **values})

    def carry_out(self, work: Composition, form: Any, files: ChosenFiles) -> Event | None:
        made = replace(
            work.first,
            title=form.title.data,
            body=form.body.data,
            sender=form.sender.data,
            recipient_name=form.recipient.data,
        )
        return register_event(
            work.case,
            work.layout,
            work.item,
            made,
            happened_at=form.happened_at.data,
            key=str(form.key.data),
            actor=work.actor,
            files=files,
        )
