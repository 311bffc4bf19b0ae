"""System → Utkorg: what became of every mail, and trying again."""

from __future__ import annotations

from typing import Any

from flask import abort, flash, redirect, request
from flask_admin import BaseView, expose
from flask_babel import gettext, ngettext
from flask_babel import lazy_gettext as _
from werkzeug.wrappers import Response

from admin_views.base import MAX_BULK, GuardedView, telling_refusals
from admin_views.outbox_words import SHOW_LABELS, Choices, age, error, purpose, state, waited
from domain.errors import RuleBroken
from domain.mails import PURPOSES
from domain.permissions import Permission
from domain.richtext import clean_html
from domain.row_ids import row_id
from domain.text_layout import paragraphs
from extensions import current_settings
from models import utcnow
from queries.outbox import (
    AGES,
    SHOWN,
    OutboxFilter,
    Seen,
    find_mails,
    outbox_counts,
    outbox_page,
)
from services.link_seals import hide_seals, unseal
from services.retrying import retry
from services.unit_of_work import unit_of_work
from web.access import note_access
from web.session import current_actor

WORDS = {"purpose": purpose, "state": state, "age": age, "error": error}


class OutboxView(GuardedView, BaseView):
    """The mails, newest first. Without a mail server this is the demo's mailbox."""

    read_permission = Permission.OUTBOX_VIEW
    summary = _("Vilka mejl som har skickats, väntar eller inte kom fram.")

    @expose("/")
    def index(self) -> Any:
        wanted, before = _asked(), row_id(request.args.get("before", ""))
        actor, now = current_actor(), utcnow()
        counts = outbox_counts(actor)
        return self.render(
            "admin/outbox/list.html",
            page=outbox_page(actor, wanted, now=now, before=before, all_open=_is_mailbox()),
            wanted=wanted,
            counts=counts,
            choices=Choices(),
            labels=SHOW_LABELS,
            waited="" if _is_mailbox() else waited(counts.oldest_until, now),
            is_first=before is None,
            is_mailbox=_is_mailbox(),
            **WORDS,
        )

    @expose("/details/")
    def details_view(self) -> Any:
        (mail,) = _wanted([request.args.get("id", "")])
        if mail.is_open and mail.message.case_id:
            note_access("mail", mail.message.case_id)
        return self.render(
            "admin/outbox/details.html",
            mail=mail,
            body=_body(mail),
            is_mailbox=_is_mailbox(),
            **WORDS,
        )

    @expose("/retry/", methods=("POST",))
    def retry(self) -> Response:
        """Försök igen."""
        (mail,) = _wanted([request.form.get("id", "")])
        with telling_refusals():
            with unit_of_work():
                retry(mail.message, actor=current_actor())
            flash(gettext("Mejlet skickas igen."), "success")
        return redirect(self.get_url(".details_view", id=request.form.get("id")))

    @expose("/retry-many/", methods=("POST",))
    def retry_many(self) -> Response:
        """Försök igen med markerade. Who was quicker than us leaves some that need nothing."""
        back = redirect(self.get_url(".index", **vars(_asked())))
        ticked = request.form.getlist("rowid")
        if not ticked:
            flash(gettext("Markera de mejl som ska skickas igen."), "warning")
            return back
        with telling_refusals():
            with unit_of_work():
                done = sum(_retried(mail) for mail in _wanted(ticked))
            flash(ngettext("%(num)s mejl skickas igen.", "%(num)s mejl skickas igen.", done))
        return back


def _retried(mail: Seen) -> bool:
    try:
        retry(mail.message, actor=current_actor())
    except RuleBroken:
        return False
    return True


def _asked() -> OutboxFilter:
    """The filter of the address or the form; what is none of ours is none."""
    given = request.values

    def one(name: str, known: Any) -> str:
        value = given.get(name, "")
        return value if value in known else ""

    return OutboxFilter(one("show", SHOWN), one("purpose", PURPOSES), one("age", AGES))


def _is_mailbox() -> bool:
    """Trying out without a mail server: everybody who may open the outbox reads the mails there."""
    settings = current_settings()
    return settings.smtp is None and not settings.is_production


def _wanted(ids: list[str]) -> list[Seen]:
    """The mails with these ids; 404 when one is foreign, missing or one too many (T14)."""
    numbers = {number for value in ids if (number := row_id(value)) is not None}
    if len(numbers) != len(set(ids)) or not 0 < len(numbers) <= MAX_BULK:
        abort(404)
    mails = find_mails(numbers, current_actor(), all_open=_is_mailbox())
    return mails if len(mails) == len(numbers) else abort(404)


def _body(mail: Seen) -> str:
    """The text with links that work, as clean HTML. The citizen's secrets only in the mailbox."""
    message = mail.message
    if not mail.is_open:
        return ""
    if _is_mailbox():
        text = unseal(message.text, message.case_id, may_issue=False)
    else:
        text = hide_seals(message.text)
    return clean_html(paragraphs(text))
