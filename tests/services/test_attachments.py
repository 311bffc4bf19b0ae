"""Files of cases: stored under their hash, staged, attached, purged (T33, T34)."""

from __future__ import annotations

import hashlib
import io
import os
import time
from datetime import timedelta
from pathlib import Path

import pytest

from domain.errors import RuleBroken
from domain.permissions import CITIZEN
from extensions import db
from models import Attachment, StagedFile, utcnow
from services.attachments import (
    attach_staged,
    attach_upload,
    file_store,
    keep_file,
    purge_staged,
    remove_staged,
    stage,
    staged,
)
from tests.support.cases import actor, log_of, new_case
from tests.unit.file_zoo import PDF, png

pytestmark = pytest.mark.usefixtures("app", "town")


def files_on_disk() -> set[str]:
    return {path.name for path in file_store().folder.glob("??/*")}


def bytes_of(sha256: str) -> bytes:
    with file_store().open(sha256) as file:
        return file.read()


def age(sha256: str, hours: int) -> None:
    """Make a stored file look as if it had been put so many hours ago."""
    path = next(file_store().folder.glob(f"??/{sha256}"))
    long_ago = time.time() - hours * 3600
    os.utime(path, (long_ago, long_ago))


@pytest.mark.row("H10")
def test_a_staged_file_follows_its_form_into_the_case():
    case = new_case()
    stage("form-1", "bild.png", io.BytesIO(png()))

    (attachment,) = attach_staged("form-1", case, source="submitter", actor=CITIZEN)

    assert (attachment.filename, attachment.content_type) == ("bild.png", "image/png")
    assert (attachment.source, attachment.created_by_id) == ("submitter", None)
    assert bytes_of(attachment.sha256) == png()
    assert staged("form-1") == []
    assert [line.new for line in log_of(case, "attachment.added")] == ["bild.png"]


def test_staff_attach_a_file_in_one_step():
    case = new_case()

    attachment = attach_upload(
        case, "protokoll.pdf", io.BytesIO(PDF), actor=actor("handlaggare.hjo")
    )

    assert attachment.source == "staff"
    assert attachment.created_by_id == actor("handlaggare.hjo").id
    assert len(attachment.public_id) == 43


def test_the_name_of_a_file_is_never_a_path():
    stage("form-1", "../../../tmp/ond.pdf", io.BytesIO(PDF))

    (row,) = staged("form-1")
    assert row.filename == "ond.pdf"
    assert files_on_disk() == {hashlib.sha256(PDF).hexdigest()}


def test_two_files_of_the_same_name_keep_their_own_bytes():
    case = new_case()
    stage("form-1", "svar.png", io.BytesIO(png(4, 3)))
    stage("form-1", "svar.png", io.BytesIO(png(3, 4)))

    first, second = attach_staged("form-1", case, source="submitter", actor=CITIZEN)

    assert bytes_of(first.sha256) == png(4, 3)
    assert bytes_of(second.sha256) == png(3, 4)


def test_the_same_file_chosen_again_after_an_error_counts_once():
    first = stage("form-1", "bild.png", io.BytesIO(png()))
    again = stage("form-1", "bild.png", io.BytesIO(png()))

    assert again is first
    assert len(staged("form-1")) == 1


def test_the_eleventh_file_is_refused_and_ten_stay():
    for number in range(10):
        stage("form-1", f"bild{number}.png", io.BytesIO(png()))

    with pytest.raises(RuleBroken, match="högst 10 filer"):
        stage("form-1", "bild10.png", io.BytesIO(png()))

    assert len(staged("form-1")) == 10


def test_a_form_removes_its_own_files_only():
    mine = stage("form-1", "min.png", io.BytesIO(png()))
    theirs = stage("form-2", "din.png", io.BytesIO(png()))

    remove_staged("form-1", [mine.public_id, theirs.public_id])

    assert (staged("form-1"), staged("form-2")) == ([], [theirs])


def test_a_refused_file_leaves_nothing_on_disk():
    with pytest.raises(RuleBroken):
        keep_file("bild.png", io.BytesIO(b"<script>"))

    assert files_on_disk() == set()


def test_a_file_is_on_disk_before_its_row_is_written(monkeypatch: pytest.MonkeyPatch):
    synced: list[str] = []
    real = os.fsync

    def watched(handle: int) -> None:
        synced.append(Path(f"/proc/self/fd/{handle}").resolve().name)
        real(handle)

    monkeypatch.setattr(os, "fsync", watched)
    kept = keep_file("bild.png", io.BytesIO(png()))

    assert files_on_disk() == {kept.sha256}
    assert not db.session.new
    written = next(place for place, name in enumerate(synced) if len(name) == 32)
    assert kept.sha256[:2] in synced[written:]  # first the bytes, then the folder with the name


def test_what_an_unsent_form_left_is_purged_after_two_days():
    row = stage("form-1", "bild.png", io.BytesIO(png()))
    sha256 = row.sha256
    age(sha256, hours=49)

    purge_staged(utcnow() + timedelta(hours=47))
    assert files_on_disk() == {sha256}

    purge_staged(utcnow() + timedelta(hours=49))
    assert db.session.query(StagedFile).count() == 0
    assert files_on_disk() == set()


def test_a_purge_keeps_the_files_of_cases_and_those_just_put():
    case = new_case()
    stage("form-1", "gammal.png", io.BytesIO(png(1, 1)))
    attach_staged("form-1", case, source="submitter", actor=CITIZEN)
    old = db.session.query(Attachment).one().sha256
    age(old, hours=100)
    unnamed = keep_file("ingens.png", io.BytesIO(png(9, 9))).sha256
    age(unnamed, hours=100)
    new = keep_file("ny.png", io.BytesIO(png(2, 2))).sha256

    purge_staged(utcnow())

    assert files_on_disk() == {old, new}


def test_a_full_disk_refuses_files_politely(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("gateways.files.SPARE_BYTES", 2**80)

    with pytest.raises(RuleBroken, match=r"Filen bild\.png följde inte med"):
        keep_file("bild.png", io.BytesIO(png()))

    assert files_on_disk() == set()


def test_a_file_that_is_put_again_survives_the_purge_that_was_about_to_take_it():
    old = keep_file("bild.png", io.BytesIO(png())).sha256
    age(old, hours=100)

    keep_file("bild.png", io.BytesIO(png()))
    purge_staged(utcnow())

    assert files_on_disk() == {old}
