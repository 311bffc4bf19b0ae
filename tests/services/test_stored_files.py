"""What may leave of a stored content: scanned, stripped, or not at all (T31, T35)."""

from __future__ import annotations

import io
import threading
from collections.abc import Iterator
from datetime import timedelta

import pytest
from flask import Flask
from PIL import Image
from sqlalchemy import select

from cli.file_chores import FileKeeper
from domain.errors import RuleBroken
from extensions import db
from models import Attachment, StoredFile, utcnow
from services.attachments import keep_file, stage
from services.file_work import PAUSES, claim_file, examine, finish_file
from services.stored_files import blocked_reason, note_stored, sendable
from services.unit_of_work import unit_of_work
from tests.support.cases import log_of, new_case
from tests.support.clamd import EICAR, FOUND, Scanner, use_scanner
from tests.support.files import attach_file, bytes_of, stored, worker_looks
from tests.support.pictures import CANARY, HEIC, phone_photo, photo, pixel_bomb, secrets_in
from tests.unit.file_zoo import PDF

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


# --- without a scanner


def test_without_a_scanner_a_file_may_leave_at_once():
    file = attach_file(new_case(), "protokoll.pdf", PDF)

    found = sendable(file.sha256)

    assert (stored(file).scan_state, blocked_reason(file.sha256)) == ("off", "")
    assert found is not None
    assert (found.sha256, found.content_type, found.size, found.is_copy) == (
        file.sha256, "application/pdf", len(PDF), False,
    )  # fmt: skip


@pytest.mark.row("H10")
def test_a_picture_leaves_as_a_copy_without_its_place_and_the_original_stays():
    original = phone_photo()
    file = attach_file(new_case(), "bild.jpg", original)
    assert sendable(file.sha256) is None
    assert "förbereds" in blocked_reason(file.sha256)

    worker_looks()

    found = sendable(file.sha256)
    assert found is not None
    assert found.is_copy
    assert blocked_reason(file.sha256) == ""
    assert found.sha256 != file.sha256
    assert secrets_in(bytes_of(found.sha256)) == []
    assert found.size == len(bytes_of(found.sha256))
    assert bytes_of(file.sha256) == original
    assert CANARY.encode() in original
    thumbnail = stored(file).thumbnail_sha256
    assert thumbnail is not None
    assert Image.open(io.BytesIO(bytes_of(thumbnail))).size == (48, 64)


def test_a_heic_leaves_as_a_jpeg_and_is_named_so():
    file = attach_file(new_case(), "mobil.heic", HEIC)

    worker_looks()

    found = sendable(file.sha256)
    assert found is not None
    assert found.content_type == "image/jpeg"
    assert found.name_for("mobil.heic") == "mobil.jpg"


def test_a_picture_that_cannot_be_read_stays_and_does_not_leave():
    broken = phone_photo()[:400]
    file = attach_file(new_case(), "trasig.jpg", broken)

    worker_looks()

    assert stored(file).copy_state == "failed"
    assert sendable(file.sha256) is None
    assert "går inte att läsa" in blocked_reason(file.sha256)
    assert bytes_of(file.sha256) == broken


def test_a_bomb_is_marked_and_the_worker_goes_on():
    with pytest.raises(RuleBroken, match="är för stor"):
        keep_file("bomb.png", io.BytesIO(pixel_bomb()))
    bomb = attach_file(new_case(), "bomb.png", pixel_bomb(15_000, 15_000))
    good = attach_file(new_case(), "bild.png", photo())

    worker_looks()

    assert (stored(bomb).copy_state, stored(good).copy_state) == ("failed", "done")


def test_the_same_content_in_two_cases_is_looked_at_once():
    first = attach_file(new_case(), "a.png", photo())
    second = attach_file(new_case(), "b.png", photo())

    worker_looks()

    assert first.sha256 == second.sha256
    assert len(db.session.scalars(select(StoredFile)).all()) == 1
    assert stored(first).tries == 1


def test_what_was_never_looked_at_is_adopted_by_the_worker():
    file = attach_file(new_case(), "bild.png", photo())
    db.session.delete(stored(file))
    db.session.commit()
    assert sendable(file.sha256) is None
    assert "förbereds" in blocked_reason(file.sha256)
    assert db.session.get(StoredFile, file.sha256) is None

    FileKeeper().tidy()
    worker_looks()

    assert sendable(file.sha256) is not None


# --- with a scanner


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


# --- many at once


def test_a_claimed_content_belongs_to_one_worker():
    attach_file(new_case(), "bild.png", photo())

    with unit_of_work():
        first, second = claim_file(utcnow()), claim_file(utcnow())

    assert first is not None
    assert second is None
    assert claim_file(utcnow() + timedelta(minutes=6)) is not None


def test_many_who_note_the_same_content_at_once_get_one_row(app: Flask):
    db.session.commit()
    problems: list[Exception] = []

    def note() -> None:
        with app.app_context():
            try:
                with unit_of_work():
                    note_stored("ab" * 32, "image/png", 7)
            except Exception as error:  # noqa: BLE001 - shown below
                problems.append(error)
            finally:
                db.session.remove()

    threads = [threading.Thread(target=note) for _n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert problems == []
    assert len(db.session.scalars(select(StoredFile)).all()) == 1
