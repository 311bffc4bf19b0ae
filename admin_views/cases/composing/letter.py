"""Composing a letter (manual H16, H18, S19 B)."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from flask_babel import lazy_gettext as _

from admin_views.cases.composing.composer import Composition
from forms.letter_form import LetterForm, RefusalLetterForm
from models import Event
from services.correspondence.files import ChosenFiles
from services.correspondence.letters import register_letter


class LetterComposer:
    """Skapa brev: the letter is registered, to be printed and posted."""

    fields = "admin/case/compose/_letter.html"
    submit_label = _("Skapa brev")
    submit_icon = "file-earmark-text"
    done = _("Brevet är skapat. Skriv ut det, posta det och markera det som postat.")

    def form(self, work: Composition, formdata: Any, values: dict[str, Any]) -> LetterForm:
        usual = {"recipient": work.first.recipient_name, "address": work.first.address}
        kind = RefusalLetterForm if work.item.purpose == "refusal" else LetterForm
        return kind(formdata, data={**usual, **values})

    def carry_out(self, work: Composition, form: Any, files: ChosenFiles) -> Event | None:
        letter = replace(
            work.first,
            title=form.title.data,
            body=_body(form),
            recipient_name=form.recipient.data,
            address=form.address.data,
        )
        return register_letter(
            work.case,
            work.layout,
            work.item,
            letter,
            files=files,
            confirmed_other=bool(form.confirm_recipient.data),
            key=str(form.key.data),
            actor=work.actor,
        )


def _body(form: LetterForm) -> str:
    return form.with_reason() if isinstance(form, RefusalLetterForm) else str(form.body.data)
