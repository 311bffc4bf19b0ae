"""What may leave of a stored content: scanned, stripped, or not at all (T31, T35)."""

from __future__ import annotations

import io
import threading
from datetime import timedelta

import pytest
from flask import Flask
from PIL import Image
from sqlalchemy import select

from cli.file_chores import FileKeeper
from domain.errors import RuleBroken
from extensions import db
from models import StoredFile, utcnow
from services.attachments import keep_file
from services.file_work import claim_file
from services.stored_files import blocked_reason, note_stored, sendable
from services.unit_of_work import unit_of_work
from tests.support.cases import new_case
from tests.support.clamd import EICAR
from tests.support.files import attach_file, bytes_of, stored, worker_looks
from tests.support.pictures import CANARY, HEIC, phone_photo, photo, pixel_bomb, secrets_in
from tests.unit.file_zoo import PDF

pytestmark = pytest.mark.usefixtures("app", "town")

TEXT = b"Protokoll"
BAD = b"Hej " + EICAR


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
