"""The kinds of event templates that can be carried out, each with its composer."""

from __future__ import annotations

from admin_views.cases.composing.composer import Composer
from admin_views.cases.composing.email import EmailComposer
from admin_views.cases.composing.note import NoteComposer

COMPOSERS: dict[str, Composer] = {
    "email": EmailComposer(),
    "event": NoteComposer(),
}
"""By event_templates.kind."""
