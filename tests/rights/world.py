"""The world as tests use it: a database state that comes back quickly, and everybody signed in."""

from __future__ import annotations

import io
from dataclasses import dataclass, field, replace
from typing import Any

from sqlalchemy import delete
from werkzeug.test import TestResponse

from config import load_settings
from extensions import db
from models import Attachment, OutboxMessage, SecretLink, WorkLock
from services.attachments import file_store
from services.secret_links import current_link
from tests.rights.building import build, deactivate
from tests.rights.canaries import forbidden_in_mail, guessed
from tests.rights.oracle import CaseFacts, Row, Subject, expect, read_table
from tests.rights.people import CASES, SUBJECTS
from tests.support.client import Client
from tests.support.fingerprint import fingerprint
from tests.support.site import Site

STATE = "rights"
TRACES = {
    "audit_entries", "access_entries", "log_heads", "rate_windows", "user_sessions", "work_locks",
    "case_drafts", "event_drafts", "staged_files", "stored_files", "render_jobs",
}  # fmt: skip
"""Tables that reading and trying may leave lines in: logs, sessions, the person's own drafts."""


@dataclass
class World:
    """`get` and `post` as somebody; `rows` is what the database holds; `rewind` puts it back."""

    site: Site
    numbers: dict[str, int] = field(default_factory=dict)
    clients: dict[str, Client] = field(default_factory=dict)
    files: dict[str, list[str]] = field(default_factory=dict)
    links: dict[str, str] = field(default_factory=dict)
    contents: list[bytes] = field(default_factory=list)
    table: dict[str, Row] = field(default_factory=read_table)

    def build(self) -> None:
        """Called once, on top of the town."""
        self.numbers = build()
        for who in SUBJECTS:
            client: Client = self.site.app.test_client()  # type: ignore[assignment]
            self.clients[who.name] = client.login(who.name) if who.grants else client
        deactivate()
        for key, number in self.numbers.items():
            rows = db.session.query(Attachment).filter_by(case_id=number, event_id=None)
            self.files[key] = [row.public_id for row in rows.order_by(Attachment.id)]
            link = db.session.query(SecretLink).filter_by(case_id=number).first()
            assert link is not None
            self.links[key] = current_link(link.case).path
        for sha256 in {row.sha256 for row in db.session.query(Attachment)}:
            with file_store().open(sha256) as stream:
                self.contents.append(stream.read())

    def open(self) -> None:
        """Before a test: rows and files as they were built, and a mail server's name."""
        self.site.reset(STATE)
        own = self.site.app.extensions["gensvar"]
        smtp = load_settings({"GENSVAR_ENV": "test", "GENSVAR_SMTP_URL": "smtp://127.0.0.1:9"}).smtp
        self.site.app.extensions["gensvar"] = replace(own, smtp=smtp)
        for content in self.contents:
            file_store().put(io.BytesIO(content))

    def rewind(self) -> None:
        """Only the rows: quicker than open(), and enough between two tries."""
        db.session.rollback()
        self.site._close_connections()
        self.site.database.restore(STATE)

    def rows(self, *also: str) -> dict[str, str]:
        """Table → fingerprint of its rows, without TRACES; `also` takes some of them in."""
        return fingerprint(TRACES.difference(also))

    def get(self, who: Subject, path: str) -> TestResponse:
        return self.clients[who.name].get(path)

    def post(self, who: Subject, path: str, data: dict[str, Any]) -> TestResponse:
        """Forms are read as the chief; words that `who` cannot know are guesses in what is sent."""
        return self.clients[who.name].post(path, data=guessed(data, self.table, who, CASES))

    def leaking_mails(self) -> list[str]:
        """Mails to staff in the outbox with a word that the recipient has no right to."""
        by_address = {f"{who.name}@demo.example": who for who in SUBJECTS}
        return [
            f"mail {mail.purpose} to {who.name} leaks {sorted(leaked)}"
            for mail in db.session.query(OutboxMessage)
            if (who := by_address.get(mail.recipient_email))
            and (leaked := forbidden_in_mail(mail, self.table, who, CASES))
        ]

    def free_locks(self) -> None:
        """A refused try may have taken the case's lock."""
        db.session.execute(delete(WorkLock))
        db.session.commit()

    def may(self, action: str, who: Subject, case: CaseFacts, author: str = "") -> bool:
        """What the table expects; on a case that may not be seen, nothing may be done."""
        row = self.table[action]
        return expect(row, who, case, author) and expect(self.table["case.view"], who, case)
