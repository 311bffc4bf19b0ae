"""System → Utkorg: what became of every mail, and trying again."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from flask import abort, flash, redirect, request
from flask_admin import BaseView, expose
from flask_babel import gettext
from flask_babel import lazy_gettext as _
from werkzeug.wrappers import Response

from admin_views.base import GuardedView, telling_refusals
from domain.mails import PURPOSES, STATES
from domain.permissions import Permission
from domain.richtext import clean_html
from domain.row_ids import row_id
from domain.text_layout import paragraphs
from extensions import current_settings
from models import OutboxMessage, utcnow
from queries.outbox import SHOWN, Seen, find_mail, outbox_page
from services.link_seals import hide_seals, unseal
from services.retrying import retry
from services.unit_of_work import unit_of_work
from web.session import current_actor

TONES = {"queued": "info", "sending": "info", "sent": "success", "failed": "danger"}


class OutboxView(GuardedView, BaseView):
    """The mails, newest first. Without a mail server this is the demo's mailbox."""

    read_permission = Permission.OUTBOX_VIEW
    summary = _("Vilka mejl som har skickats, väntar eller inte kom fram.")

    @expose("/")
    def index(self) -> Any:
        show = request.args.get("show", "")
        before = row_id(request.args.get("before", ""))
        page = outbox_page(current_actor(), show=show, before=before, all_open=_is_mailbox())
        return self.render(
            "admin/outbox/list.html",
            page=page,
            show=show if show in SHOWN else "",
            is_first=before is None,
            is_mailbox=_is_mailbox(),
            purpose=_purpose,
            state=_state,
            age=_age,
        )

    @expose("/details/")
    def details_view(self) -> Any:
        mail = _wanted()
        return self.render(
            "admin/outbox/details.html",
            mail=mail,
            body=_body(mail),
            is_mailbox=_is_mailbox(),
            purpose=_purpose,
            state=_state,
        )

    @expose("/retry/", methods=("POST",))
    def retry(self) -> Response:
        """Försök igen."""
        mail = _wanted()
        with telling_refusals():
            with unit_of_work():
                retry(mail.message, actor=current_actor())
            flash(gettext("Mejlet skickas igen."), "success")
        return redirect(self.get_url(".details_view", id=request.form.get("id")))


def _is_mailbox() -> bool:
    """Trying out without a mail server: everybody who may open the outbox reads the mails there."""
    settings = current_settings()
    return settings.smtp is None and not settings.is_production


def _wanted() -> Seen:
    """The mail named by `id`. A foreign one and a missing one are both 404."""
    mail_id = row_id(request.values.get("id", ""))
    mail = find_mail(mail_id, current_actor(), all_open=_is_mailbox()) if mail_id else None
    return mail if mail is not None else abort(404)


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


def _purpose(message: OutboxMessage) -> str:
    return gettext(PURPOSES.get(message.purpose, PURPOSES["other"]))


def _state(message: OutboxMessage) -> tuple[str, str]:
    """(words, tone) of the badge."""
    return gettext(STATES[message.state]), TONES[message.state]


def _age(message: OutboxMessage) -> str:
    """How long ago it was written, in one unit."""
    age = max(utcnow() - message.created_at, timedelta())
    if age < timedelta(hours=1):
        return gettext("%(number)s min", number=age // timedelta(minutes=1))
    if age < timedelta(days=2):
        return gettext("%(number)s tim", number=age // timedelta(hours=1))
    return gettext("%(number)s dygn", number=age.days)
