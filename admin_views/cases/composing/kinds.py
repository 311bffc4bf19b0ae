"""The kinds of event templates that can be carried out, each with its composer."""

from __future__ import annotations

from admin_views.cases.composing.composer import Composer
from admin_views.cases.composing.document import DocumentComposer
from admin_views.cases.composing.email import EmailComposer
from admin_views.cases.composing.letter import LetterComposer
from admin_views.cases.composing.note import NoteComposer

COMPOSERS: dict[str, Composer] = {
    "document": DocumentComposer(),
    "email": EmailComposer(),
    "event": NoteComposer(),
    "letter": LetterComposer(),
}
"""By event_templates.kind."""
