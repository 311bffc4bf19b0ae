"""Contents and the virus scanner: what was not found clean leaves for nobody (T35)."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import timedelta

import pytest
from flask import Flask

from cli.file_chores import FileKeeper
from domain.errors import RuleBroken
from extensions import db
from models import Attachment, utcnow
from services.attachments import stage
from services.file_work import PAUSES, claim_file, examine, finish_file
from services.stored_files import blocked_reason, sendable
from tests.support.cases import log_of, new_case
from tests.support.clamd import EICAR, FOUND, Scanner, use_scanner
from tests.support.files import attach_file, bytes_of, stored, worker_looks
from tests.support.pictures import photo

pytestmark = pytest.mark.usefixtures("app", "town")

TEXT = b"Protokoll"
BAD = b"Hej " + EICAR


@pytest.fixture
def scanner(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Iterator[Scanner]:
    """A scanner that the settings name."""
    with Scanner() as running:
        use_scanner(app, monkeypatch, running.url)
        yield running


def due_again(attachment: Attachment) -> None:
    """Let the pause after a try go by."""
    stored(attachment).next_try_at = utcnow()
    db.session.commit()


def test_a_clean_file_may_leave_once_it_was_scanned(scanner: Scanner):
    file = attach_file(new_case(), "brev.txt", TEXT)
    assert stored(file).scan_state == "waiting"
    assert sendable(file.sha256) is None
    assert "inte kontrollerad" in blocked_reason(file.sha256)

    worker_looks()

    assert scanner.scanned == [TEXT]
    assert stored(file).scan_state == "clean"
    assert sendable(file.sha256) is not None


def test_an_infected_file_never_leaves_and_every_case_is_told(scanner: Scanner):
    cases = [new_case(), new_case()]
    file, _other = (attach_file(case, "ond.txt", BAD) for case in cases)

    worker_looks()

    assert (stored(file).scan_state, stored(file).scan_result) == ("infected", FOUND)
    assert sendable(file.sha256) is None
    assert "smittad" in blocked_reason(file.sha256)
    for case in cases:
        assert [line.new for line in log_of(case, "attachment.infected")] == ["ond.txt"]


def test_what_is_known_to_be_infected_is_not_taken_in_again(scanner: Scanner):
    attach_file(new_case(), "ond.txt", BAD)
    worker_looks()

    with pytest.raises(RuleBroken, match=r"Filen snäll\.txt innehåller skadlig kod"):
        stage("form-1", "snäll.txt", io.BytesIO(BAD))


def test_an_infected_picture_is_never_decoded(scanner: Scanner):
    file = attach_file(new_case(), "ond.png", photo() + EICAR)

    worker_looks()
    worker_looks()

    assert (stored(file).scan_state, stored(file).copy_state) == ("infected", "waiting")
    assert stored(file).thumbnail_sha256 is None


def test_a_scanner_that_is_away_loses_nothing_and_lets_nothing_pass(
    app: Flask, monkeypatch: pytest.MonkeyPatch
):
    with Scanner() as away:
        pass
    use_scanner(app, monkeypatch, away.url)
    file = attach_file(new_case(), "bild.png", photo())

    worker_looks()

    row = stored(file)
    assert (row.scan_state, row.copy_state, row.tries) == ("waiting", "waiting", 1)
    assert row.scan_result != ""
    assert row.next_try_at > utcnow() + PAUSES[0] - timedelta(seconds=20)
    assert sendable(file.sha256) is None
    assert bytes_of(file.sha256) == photo()

    with Scanner() as back:
        use_scanner(app, monkeypatch, back.url)
        due_again(file)
        worker_looks()

    assert (stored(file).scan_state, stored(file).copy_state) == ("clean", "done")


@pytest.mark.parametrize("behave", ["hang up", b"stream: maybe\0", b"500 internal error\0"])
def test_what_is_no_verdict_lets_nothing_pass(scanner: Scanner, behave: str | bytes):
    scanner.behave = behave
    file = attach_file(new_case(), "brev.txt", TEXT)

    worker_looks()

    assert stored(file).scan_state == "waiting"
    assert sendable(file.sha256) is None


def test_the_pauses_grow_and_a_scanner_is_left_alone_for_a_while(
    app: Flask, monkeypatch: pytest.MonkeyPatch
):
    with Scanner() as away:
        pass
    use_scanner(app, monkeypatch, away.url)
    files = [attach_file(new_case(), f"{n}.txt", TEXT + bytes([65 + n])) for n in range(3)]
    keeper = FileKeeper()
    keeper.examine_some()
    keeper.examine_some()
    db.session.expire_all()
    assert [stored(file).tries for file in files] == [1, 0, 0]

    waits = []
    for _try in range(7):
        job = claim_file(utcnow() + timedelta(days=1), only=[files[0].sha256])
        assert job is not None
        finish_file(job, examine(job), utcnow())
        db.session.expire_all()
        waits.append((stored(files[0]).next_try_at - utcnow()).total_seconds() / 60)
    assert [round(wait) for wait in waits] == [2, 5, 15, 30, 30, 30, 30]


def test_a_scanner_that_is_set_up_later_looks_at_what_is_there(
    app: Flask, monkeypatch: pytest.MonkeyPatch
):
    clean, bad = (
        attach_file(new_case(), f"{n}.txt", content) for n, content in enumerate((TEXT, BAD))
    )
    assert sendable(bad.sha256) is not None

    with Scanner() as scanner:
        use_scanner(app, monkeypatch, scanner.url)
        assert sendable(clean.sha256) is None
        FileKeeper().tidy()
        worker_looks()

    assert (stored(clean).scan_state, stored(bad).scan_state) == ("clean", "infected")


def test_without_its_scanner_an_installation_lets_files_pass_but_no_infected_one(
    app: Flask, scanner: Scanner, monkeypatch: pytest.MonkeyPatch
):
    bad = attach_file(new_case(), "ond.txt", BAD)
    worker_looks()
    waiting = attach_file(new_case(), "brev.txt", TEXT)

    use_scanner(app, monkeypatch, "")

    assert sendable(bad.sha256) is None
    assert sendable(waiting.sha256) is not None


def test_a_late_verdict_does_not_clear_what_was_found_infected(scanner: Scanner):
    file = attach_file(new_case(), "ond.txt", BAD)
    job = claim_file(utcnow())
    assert job is not None
    finish_file(job, examine(job), utcnow())

    scanner.behave = b"stream: OK\0"
    finish_file(job, examine(job), utcnow())

    db.session.expire_all()
    assert stored(file).scan_state == "infected"
