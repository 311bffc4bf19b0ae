"""Files of cases: stored under their hash, staged, attached, purged (T33, T34)."""

from __future__ import annotations

import hashlib
import io
import os
import time
from datetime import timedelta
from pathlib import Path

import pytest

from cli.file_chores import FileKeeper
from domain.errors import RuleBroken
from domain.permissions import CITIZEN
from extensions import db
from gateways.files import FolderStore, StoreAway, UsedAmong
from models import EventDraft, EventTemplate, OutboxFile, StagedFile, StoredFile, utcnow
from services.attachments import (
    attach_staged,
    file_store,
    keep_file,
    remove_staged,
    stage,
    staged,
)
from services.file_purging import forget_staged
from tests.support.cases import actor, log_of, mails, new_case, person
from tests.support.files import attach_file, bytes_of, stored, worker_looks
from tests.support.pictures import photo
from tests.unit.file_zoo import PDF, png

pytestmark = pytest.mark.usefixtures("app", "town")


def folder() -> Path:
    store = file_store()
    assert isinstance(store, FolderStore)
    return store.folder


def files_on_disk() -> set[str]:
    return {path.name for path in folder().glob("??/*")}


def age(sha256: str, hours: int) -> None:
    """Make a stored file look as if it had been put so many hours ago."""
    path = next(folder().glob(f"??/{sha256}"))
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

    attachment = attach_file(case, "protokoll.pdf", PDF, actor=actor("handlaggare.hjo"))

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


def swept() -> None:
    """What the worker does about once a day."""
    db.session.commit()
    FileKeeper().sweep()
    db.session.expire_all()


def test_what_an_unsent_form_left_is_forgotten_after_two_days_and_then_removed():
    sha256 = stage("form-1", "bild.png", io.BytesIO(png())).sha256
    age(sha256, hours=49)

    forget_staged(utcnow() + timedelta(hours=47))
    swept()
    assert files_on_disk() == {sha256}

    forget_staged(utcnow() + timedelta(hours=49))
    swept()
    assert db.session.query(StagedFile).count() == 0
    assert files_on_disk() == set()


def test_the_files_of_a_kept_draft_wait_with_it():
    case = new_case()
    stage("form-1", "bild.png", io.BytesIO(png()))
    template = db.session.query(EventTemplate).first()
    db.session.add(
        EventDraft(
            case_id=case.id, template_id=template.id, user_id=person("admin").id,
            form_key="form-1", values={}, saved_at=utcnow(),
        )
    )  # fmt: skip
    db.session.flush()

    forget_staged(utcnow() + timedelta(days=9))

    assert len(staged("form-1")) == 1


def test_a_sweep_keeps_the_files_of_cases_and_those_just_put():
    case = new_case()
    old = attach_file(case, "gammal.png", png(1, 1)).sha256
    age(old, hours=100)
    unnamed = keep_file("ingens.png", io.BytesIO(png(9, 9))).sha256
    age(unnamed, hours=100)
    new = keep_file("ny.png", io.BytesIO(png(2, 2))).sha256

    swept()

    assert files_on_disk() == {old, new}


def test_what_nobody_names_is_forgotten_with_the_copies_that_were_made_of_it():
    attach_file(new_case(), "a.png", photo(1))
    gone = attach_file(new_case(), "b.png", photo(200))
    worker_looks()
    gone_row = stored(gone)
    theirs = {gone_row.sha256, gone_row.copy_sha256, gone_row.thumbnail_sha256}
    for sha256 in files_on_disk():
        age(sha256, hours=24 * 30)  # older than what a walk through the store looks at
    db.session.query(StoredFile).update({"created_at": utcnow() - timedelta(days=30)})
    db.session.delete(gone)
    before = files_on_disk()

    swept()

    assert before - files_on_disk() == theirs
    assert db.session.query(StoredFile).count() == 1


def test_the_files_of_a_queued_mail_are_kept():
    sha256 = keep_file("svar.pdf", io.BytesIO(PDF)).sha256
    age(sha256, hours=100)
    new_case()
    message = mails()[0]
    message.files.append(
        OutboxFile(sha256=sha256, filename="svar.pdf", content_type="application/pdf", size=1)
    )

    swept()

    assert sha256 in files_on_disk()


def test_a_sweep_holds_up_nobody_while_it_walks(monkeypatch: pytest.MonkeyPatch):
    attach_file(new_case(), "a.png", png(1, 1))
    was_open: list[bool] = []
    real = FolderStore.delete_unused

    def watched(store: FolderStore, used_among: UsedAmong) -> int:
        def asked(hashes: list[str]) -> set[str]:
            answer = used_among(hashes)
            was_open.append(db.session().in_transaction())
            return answer

        was_open.append(db.session().in_transaction())
        return real(store, asked)

    for sha256 in files_on_disk():
        age(sha256, hours=48)
    monkeypatch.setattr(FolderStore, "delete_unused", watched)
    swept()

    assert was_open == [False, False]


def test_a_file_is_kept_without_holding_up_others_who_write(monkeypatch: pytest.MonkeyPatch):
    was_open: list[bool] = []
    real = FolderStore.put
    monkeypatch.setattr(
        FolderStore,
        "put",
        lambda store, stream: was_open.append(db.session().in_transaction()) or real(store, stream),
    )
    db.session.rollback()

    keep_file("bild.png", io.BytesIO(png()))

    assert was_open == [False]


def test_a_full_disk_refuses_files_politely(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("gateways.files.SPARE_BYTES", 2**80)

    with pytest.raises(RuleBroken, match=r"Filen bild\.png följde inte med"):
        keep_file("bild.png", io.BytesIO(png()))

    assert files_on_disk() == set()


def test_a_store_that_is_away_refuses_files_politely(monkeypatch: pytest.MonkeyPatch):
    def away(*_: object) -> None:
        raise StoreAway("connection refused")

    monkeypatch.setattr(FolderStore, "_put", away)

    with pytest.raises(RuleBroken, match=r"Vi kan inte ta emot filer just nu. Filen bild\.png"):
        keep_file("bild.png", io.BytesIO(png()))


def test_a_file_that_is_put_again_survives_the_sweep():
    old = keep_file("bild.png", io.BytesIO(png())).sha256
    age(old, hours=100)

    keep_file("bild.png", io.BytesIO(png()))
    swept()

    assert files_on_disk() == {old}
