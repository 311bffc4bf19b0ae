"""Small deeds on a case: a reply was read, a file is taken away."""

from __future__ import annotations

from domain.errors import NotAllowed, RuleBroken
from domain.permissions import Actor, Permission, can
from domain.text import _
from models import Attachment, Case, utcnow
from services import audit


def mark_replies_read(case: Case, *, actor: Actor) -> None:
    """Take away the mark *Nytt svar*. Raises NotAllowed."""
    if not can(actor, Permission.EVENT_NOTE, case):
        raise NotAllowed
    if case.has_new_reply:
        case.has_new_reply = False
        audit.record(actor, "case.reply-read", case_id=case.id)


def remove_attachment(attachment: Attachment, case: Case, *, actor: Actor) -> None:
    """Take a file of the staff's away from the case; its bytes and its line in the log stay.

    What the submitter sent is a public record and is never removed here. Raises NotAllowed,
    RuleBroken.
    """
    if not can(actor, Permission.ATTACHMENT_DELETE, case):
        raise NotAllowed
    if attachment.source == "submitter" or attachment.event_id is not None:
        raise RuleBroken(_("Det som har kommit in eller skickats kan inte tas bort."))
    attachment.removed_at = utcnow()
    audit.record(
        actor, "attachment.removed", case_id=case.id, field="files", old=attachment.filename
    )
