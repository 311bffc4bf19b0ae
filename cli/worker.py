"""`worker`: sends what lies in the outbox, and keeps the house tidy. Several may run."""

from __future__ import annotations

import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from ipaddress import ip_address
from urllib.parse import urlsplit

import click
from flask import Flask, current_app
from flask.cli import with_appcontext
from sqlalchemy.exc import OperationalError

from cli.bounces import BounceReader
from cli.document_work import forget_old_documents, make_documents
from cli.export_work import forget_old_exports, make_next_export
from cli.file_chores import FileKeeper
from cli.publishing import keep_published
from config import Settings
from extensions import current_settings, db
from gateways.imap import Door
from gateways.mailer import MailError, Refused, Transport, Unreachable, send
from gateways.mime import build_bytes
from gateways.smtp_host import Deadline
from models import utcnow
from services.case_drafts import purge_drafts
from services.delivery import ClaimedMail, claim_due, finish_failed, finish_sent, parts_of
from services.password_links import purge_links
from services.rate_limits import purge_windows
from services.reminders import remind
from services.reports.scheduling import send_due_reports
from services.sessions import purge_sessions
from services.statistics_days import extend_days
from services.unit_of_work import unit_of_work
from services.work_locks import purge_locks

TRY_SECONDS = 120
"""How long one try may last."""
LEASE_SECONDS = 300
"""How long a mail belongs to the worker that took it. Well above TRY_SECONDS."""
IDLE_SECONDS = 1.0
UNREACHABLE_SECONDS = 10.0
"""How long to leave a server alone that cannot be talked to."""
STOP_SIGNALS = (signal.SIGTERM, signal.SIGINT)


def register(app: Flask) -> None:
    """Add the command."""
    app.cli.add_command(worker)


@click.command("worker")
@click.option("--once", is_flag=True, help="Skicka det som väntar och sluta sedan.")
@click.option("--try-seconds", default=TRY_SECONDS, hidden=True)
@click.option("--lease-seconds", default=LEASE_SECONDS, hidden=True)
@with_appcontext
def worker(once: bool, try_seconds: int, lease_seconds: int) -> None:
    """Skickar mejlen i utkorgen tills den får SIGTERM."""
    with _postponed_stop():
        work = Worker(current_settings(), try_seconds=try_seconds, lease_seconds=lease_seconds)
        work.tidy()
        while work.deliver_next() or not once:
            if _stop_asked(work.pause()):
                break
            work.tidy()


@contextmanager
def _postponed_stop() -> Iterator[None]:
    """SIGTERM and Ctrl-C wait until a mail is finished: they are fetched between two mails."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, STOP_SIGNALS)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _stop_asked(wait_seconds: float) -> bool:
    return signal.sigtimedwait(STOP_SIGNALS, wait_seconds) is not None


class Worker:
    """One worker's state: how it sends, and when it does what again."""

    def __init__(
        self,
        settings: Settings,
        transport: Transport | None = None,
        *,
        try_seconds: float = TRY_SECONDS,
        lease_seconds: int = LEASE_SECONDS,
    ) -> None:
        self._try_seconds = try_seconds
        self._lease_seconds = lease_seconds
        self.transport = transport
        if transport is None and settings.smtp is not None:
            self.transport = Transport(settings.smtp, helo=_own_name(settings))
        self._was_busy = False
        self._closed_until = 0.0
        files = FileKeeper()
        self._chores = [
            _Chore(60, purge_windows),
            _Chore(60, lambda: purge_sessions(utcnow())),
            _Chore(3600, lambda: purge_links(utcnow())),
            _Chore(3600, lambda: purge_locks(utcnow())),
            _Chore(3600, lambda: purge_drafts(utcnow())),
            _Chore(60, remind),
            _Chore(60, keep_published),
            _Chore(600, send_due_reports),
            _Chore(24 * 3600, extend_days),
            _Chore(IDLE_SECONDS, make_documents),
            _Chore(3600, forget_old_documents),
            _Chore(IDLE_SECONDS, make_next_export),
            _Chore(3600, forget_old_exports),
            _Chore(2, files.examine_some),
            _Chore(3600, files.tidy),
            _Chore(24 * 3600, files.sweep),
        ]
        if settings.imap is not None:
            self._chores.append(_Chore(60, BounceReader(Door(settings.imap)).visit))

    def deliver_next(self) -> bool:
        """Send one mail if one is due. True when there was one."""
        self._was_busy = False
        if self.transport is None or time.monotonic() < self._closed_until:
            return False
        with _surviving_the_database("claim"):
            deadline = Deadline(self._try_seconds)
            with unit_of_work():
                mail = claim_due(utcnow(), self._lease_seconds)
            if mail is not None:
                self._deliver(mail, self.transport, deadline)
                self._was_busy = True
        return self._was_busy

    def pause(self) -> float:
        """Seconds to wait before the next mail."""
        return 0.0 if self._was_busy else IDLE_SECONDS

    def tidy(self) -> None:
        """Do the chores whose time has come."""
        for chore in self._chores:
            with _surviving_the_database("tidy"):
                chore.do_when_due()

    def _deliver(self, mail: ClaimedMail, transport: Transport, deadline: Deadline) -> None:
        problem: Exception | None = None
        try:
            raw = build_bytes(mail, parts_of(mail))
            send(raw, mail.sender_email, mail.recipient_email, transport, deadline)
        except (MailError, ValueError) as error:  # ValueError: it cannot be built, now or later
            problem = error
        _log(mail, problem)
        if isinstance(problem, Unreachable):
            self._closed_until = time.monotonic() + UNREACHABLE_SECONDS
        _record(lambda: _settle(mail, problem))


def _settle(mail: ClaimedMail, problem: Exception | None) -> bool:
    """Write down what became of the mail."""
    now = utcnow()
    if problem is None:
        return finish_sent(mail.id, mail.claim, now=now)
    return finish_failed(
        mail.id,
        mail.claim,
        str(problem),
        now=now,
        permanent=isinstance(problem, Refused | ValueError),
        unreachable=isinstance(problem, Unreachable),
    )


def _log(mail: ClaimedMail, problem: Exception | None) -> None:
    """Who wrote to whom is not for the log: the Message-ID finds the row in the outbox."""
    if problem is None:
        current_app.logger.info("Mail %s was sent", mail.message_id)
    elif isinstance(problem, Unreachable):
        current_app.logger.warning("The mail server cannot be reached: %s", problem)
    else:
        kind = type(problem).__name__
        current_app.logger.warning("Mail %s was not taken (%s)", mail.message_id, kind)


def _record(outcome: Callable[[], bool]) -> None:
    """Write an outcome, and try again while the database is away: it must not be forgotten."""
    last = time.monotonic() + LEASE_SECONDS - TRY_SECONDS
    while True:
        try:
            with unit_of_work():
                outcome()
            return
        except OperationalError:
            if time.monotonic() > last:
                raise
            current_app.logger.warning("The outcome of a mail could not be written, trying again")
            time.sleep(IDLE_SECONDS)
        finally:
            db.session.remove()


@contextmanager
def _surviving_the_database(what: str) -> Iterator[None]:
    """A database that restarts, or is busy for long, is no reason to die (fault F11)."""
    try:
        yield
    except OperationalError:
        db.session.rollback()
        current_app.logger.warning("The database did not answer (%s)", what)
    finally:
        db.session.remove()


class _Chore:
    """Something small to do about every `seconds`."""

    def __init__(self, seconds: float, deed: Callable[[], None]) -> None:
        self._seconds = seconds
        self._deed = deed
        self._next = 0.0

    def do_when_due(self) -> None:
        if time.monotonic() >= self._next:
            self._next = time.monotonic() + self._seconds
            with unit_of_work():
                self._deed()


def _own_name(settings: Settings) -> str:
    """What we call ourselves to the mail server. Never asked of DNS (fault F40)."""
    host = urlsplit(settings.base_url).hostname or "localhost"
    try:
        return f"[{ip_address(host)}]" if "." in host else f"[IPv6:{ip_address(host)}]"
    except ValueError:
        return host
