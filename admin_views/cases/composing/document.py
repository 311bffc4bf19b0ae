"""Composing the case to an external party (manual S19 D, S23)."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _

from admin_views.cases.composing.composer import Composition
from domain.case_parts import Choices
from forms.document_form import DocumentForm, ReviewedForm, document_form
from models import Event
from services.correspondence.external import (
    Forwarding,
    Review,
    needs_review,
    register_external,
)
from services.correspondence.files import ChosenFiles
from services.documents.case_content import words_of


class DocumentComposer:
    """Skapa dokument: the case is registered as it goes out, to be printed and posted."""

    takes_files = False  # the case's own files are chosen in the form
    fields = "admin/case/compose/_document.html"
    takes_files = False
    submit_label = _("Skapa dokument")
    submit_icon = "file-earmark-text"
    done = _("Dokumentet är skapat. Granska det, skicka det och markera det som postat.")

    def form(self, work: Composition, formdata: Any, values: dict[str, Any]) -> DocumentForm:
        texts = None
        if needs_review(work.case):
            texts = words_of(work.case, work.layout, Choices(), work.actor)
        form = document_form(texts, formdata, values)
        form.offer(work.case, work.actor)
        return form

    def carry_out(self, work: Composition, form: Any, files: ChosenFiles) -> Event | None:
        made = Forwarding(
            recipient=form.recipient.data,
            address=form.address.data,
            title=form.title.data,
            body=form.body.data,
            ground=form.ground.data,
            choices=form.choices(),
            review=_review(form),
        )
        return register_external(
            work.case, work.layout, work.item, made, key=str(form.key.data), actor=work.actor
        )


def _review(form: Any) -> Review:
    """What the form says of the trial of secrecy, if it asks for one."""
    if not isinstance(form, ReviewedForm):
        return Review()
    return Review(bool(form.reviewed.data), form.masked(), form.left_out.data or "")
