"""The worker's look into the mailbox for bounces: read, mark, put into the right folder."""

from __future__ import annotations

import time

from flask import current_app

from domain.bounces import parse_bounce
from extensions import db
from gateways.imap import HANDLED, UNMATCHED, Door, Mailbox, MailboxUnreadable, open_mailbox
from gateways.smtp_host import Deadline
from models import utcnow
from services.bounces import take_bounce
from services.unit_of_work import unit_of_work

VISIT_SECONDS = 45
"""How long one visit may last: mails that wait to be sent wait for it."""
LONGEST_PAUSE = 900
"""Seconds to leave a mailbox alone that cannot be read; at first a minute."""


class BounceReader:
    """Looks into the mailbox. A mailbox that is away only makes it wait longer."""

    def __init__(self, door: Door) -> None:
        self._door = door
        self._failures = 0
        self._closed_until = 0.0

    def visit(self) -> None:
        """Take in what is new. Each mail is a transaction; none is open while the server talks."""
        if time.monotonic() < self._closed_until:
            return
        try:
            with open_mailbox(self._door, Deadline(VISIT_SECONDS)) as mailbox:
                _empty(mailbox)
            self._failures = 0
        except MailboxUnreadable as reason:
            self._failures += 1
            pause = min(60 * 2**self._failures, LONGEST_PAUSE)
            self._closed_until = time.monotonic() + pause
            current_app.logger.warning("The mailbox for bounces cannot be read: %s", reason)


def _empty(mailbox: Mailbox) -> None:
    """First the database, then the folder: what is interrupted between is taken in once more."""
    for mail in mailbox.new_mails():
        bounce = parse_bounce(mail.raw)
        is_ours = False
        if bounce is not None:
            with unit_of_work():
                is_ours = take_bounce(bounce, now=utcnow())
            db.session.remove()
        mailbox.move(mail, HANDLED if is_ours else UNMATCHED)
        current_app.logger.info("A mail in the mailbox was %s", "taken" if is_ours else "left")
