"""Files and mails: what goes along, what is fetched instead, and which bytes leave at every try."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from email import message_from_bytes, policy

import pytest

from domain.clock import as_of
from domain.errors import RuleBroken
from extensions import db
from models import Attachment, Municipality, OutboxMessage, StoredFile, utcnow
from queries.public_case import find_public_file
from services.attachments import file_store
from services.correspondence.files import ChosenFiles, files_to_choose
from services.mail_files import NamedFile
from tests.support.cases import actor, mails, new_case
from tests.support.compose import (
    ANSWER,
    HANDLER,
    OTHER,
    answered_case,
    hjo_case,
    prepare,
    send,
    staged_files,
    template_file,
)
from tests.support.files import attach_file, worker_looks
from tests.support.mails import fresh, worker_for
from tests.support.pictures import HEIC, phone_photo, secrets_in
from tests.support.smtp_faults import FaultySmtp

pytestmark = pytest.mark.usefixtures("app", "town")
ONE = "Med svaret följer en fil. Du hämtar den på din svarssida."
TWO = "Med svaret följer 2 filer. Du hämtar dem på din svarssida."


def mailed() -> OutboxMessage:
    (mail,) = mails("answer")
    return mail


def names(rows: list[NamedFile]) -> list[str]:
    return [row.filename for row in rows]


def parts(raw: bytes) -> dict[str, bytes]:
    parsed = message_from_bytes(raw, policy=policy.default)
    return {str(p.get_filename()): p.get_payload(decode=True) for p in parsed.iter_attachments()}


def limit_mails_to(megabytes: int) -> None:
    row = db.session.get_one(Municipality, 1)
    row.mail_megabytes = megabytes
    db.session.commit()


@pytest.mark.row("H15", "S20")
def test_new_files_of_the_case_and_of_the_template_all_leave_and_stay_with_the_event():
    case = answered_case()
    old = attach_file(case, "karta.txt", b"Karta")
    template_file(ANSWER, "information.txt", b"Information")
    chosen = replace(
        staged_files("k" * 20, plan_txt=b"Plan"),
        of_case=(old.public_id,),
        of_template=("mallfil-information.txt",),
    )
    event = send(case, ANSWER, files=chosen)
    assert names(event.attachments) == ["information.txt", "karta.txt", "plan.txt"]
    with FaultySmtp() as server:
        assert worker_for(server).deliver_next()
    assert parts(server.kept[0].raw) == {
        "information.txt": b"Information",
        "karta.txt": b"Karta",
        "plan.txt": b"Plan",
    }


def test_a_file_of_another_case_does_not_come_along():
    foreign = attach_file(new_case(), "hemlig.txt", b"Hemligt")
    event = send(answered_case(), ANSWER, files=ChosenFiles("k" * 20, of_case=(foreign.public_id,)))
    assert event.attachments == []


def test_who_may_not_download_cannot_choose_files_of_the_case():
    case = answered_case()
    attach_file(case, "karta.txt", b"Karta")
    assert names(files_to_choose(case, actor(HANDLER))) == ["karta.txt"]
    assert files_to_choose(case, actor("lasare.omsorg")) == []


def test_a_file_that_was_sent_before_is_offered_once():
    case = answered_case()
    old = attach_file(case, "karta.txt", b"Karta")
    send(case, ANSWER, files=ChosenFiles("k" * 20, of_case=(old.public_id,)))
    assert db.session.query(Attachment).count() == 2
    assert names(files_to_choose(case, actor(HANDLER))) == ["karta.txt"]


@pytest.mark.parametrize(("count", "sentence"), [(1, ONE), (2, TWO)])
def test_files_of_a_sensitive_case_are_announced_and_fetched_on_the_reply_page(
    count: int, sentence: str
):
    case = answered_case(is_secret=True)
    given = {f"intyg{n}_txt": f"KANARIE {n}".encode() for n in range(count)}
    event = send(case, ANSWER, files=staged_files("k" * 20, **given))
    mail = mailed()
    assert mail.files == []
    assert sentence in mail.text
    assert sentence in mail.html
    assert "intyg" not in mail.text + mail.html
    assert mail.text.count("/svar/") == 1
    assert all(find_public_file(case.id, row.public_id) for row in event.attachments)
    with FaultySmtp() as server:
        worker_for(server).deliver_next()
    assert b"KANARIE" not in server.kept[0].raw


def test_files_too_large_for_a_mail_are_announced_and_fetched_on_the_reply_page():
    limit_mails_to(1)
    case = answered_case()
    send(case, ANSWER, files=staged_files("k" * 20, a_txt=b"a" * 600_000, b_txt=b"b" * 600_000))
    assert mailed().files == []
    assert TWO in mailed().text


def test_files_at_the_limit_go_along():
    limit_mails_to(1)
    send(answered_case(), ANSWER, files=staged_files("k" * 20, a_txt=b"a" * 1024 * 1024))
    assert len(mailed().files) == 1
    assert "svarssida." not in mailed().text


def test_a_mail_without_the_address_of_the_reply_page_gets_it_with_the_sentence():
    case = hjo_case()
    case.is_secret = True
    db.session.commit()
    made = prepare(case, "refusal-email")
    made = replace(made, body="<div>Vi kan inte behandla det.</div>")
    send(case, "refusal-email", made, files=staged_files("k" * 20, a_txt=b"a"), username=HANDLER)
    (mail,) = mails("refusal")
    assert mail.text.count("/svar/") == 1
    assert ONE in mail.text


@pytest.mark.parametrize("is_secret", [True, False])
def test_who_has_no_reply_page_cannot_be_sent_what_may_not_be_mailed(is_secret: bool):
    limit_mails_to(1)
    case = answered_case(is_secret=is_secret)
    made = replace(prepare(case, ANSWER), recipient_email=OTHER)
    files = staged_files("k" * 20, a_txt=b"a" * 1_100_000)
    with pytest.raises(RuleBroken) as refused:
        send(case, ANSWER, made, files=files, confirmed=True)
    assert refused.value.field == "files"
    db.session.rollback()
    assert mails("answer") == []


def test_a_picture_leaves_without_its_place_and_camera_and_the_case_keeps_the_original():
    photo = phone_photo()
    event = send(answered_case(), ANSWER, files=staged_files("k" * 20, bild_jpg=photo))
    assert mailed().files[0].sha256 == event.attachments[0].sha256
    with FaultySmtp() as server:
        work = worker_for(server)
        while work.deliver_next():
            pass
        assert fresh(mailed()).state == "queued"  # the copy is not made yet
        worker_looks()
        with as_of(utcnow() + timedelta(seconds=20)):
            assert work.deliver_next()
    sent = parts(server.kept[-1].raw)["bild.jpg"]
    assert secrets_in(photo) != []
    assert secrets_in(sent) == []
    row = fresh(mailed())
    assert row.files[0].sha256 != db.session.query(Attachment).one().sha256
    assert row.attempts == 1


def test_a_picture_that_mail_programs_cannot_show_leaves_as_jpeg_under_its_new_name():
    send(answered_case(), ANSWER, files=staged_files("k" * 20, bild_heic=HEIC))
    worker_looks()
    with FaultySmtp() as server:
        assert worker_for(server).deliver_next()
    assert parts(server.kept[0].raw)["bild.jpg"].startswith(b"\xff\xd8")


def test_every_try_has_the_bytes_that_the_first_one_chose():
    send(answered_case(), ANSWER, files=staged_files("k" * 20, bild_jpg=phone_photo(), a_txt=b"a"))
    worker_looks()
    with FaultySmtp("temp451") as server:
        work = worker_for(server)
        assert work.deliver_next()
        first = [file.sha256 for file in fresh(mailed()).files]
        server.mode = "drop_before_250"
        with as_of(fresh(mailed()).next_try_at):
            work.deliver_next()
        worker_looks()  # whatever happens to the copy meanwhile
        server.mode = "ok"
        with as_of(fresh(mailed()).next_try_at):
            work.deliver_next()
    assert [file.sha256 for file in fresh(mailed()).files] == first
    assert len(server.kept) == 2
    assert len({kept.raw for kept in server.kept}) == 1


def test_an_infected_file_is_not_mailed_and_the_reason_is_told():
    send(answered_case(), ANSWER, files=staged_files("k" * 20, virus_txt=b"EICAR"))
    db.session.query(StoredFile).update({"scan_state": "infected"})
    db.session.commit()
    with FaultySmtp() as server:
        assert worker_for(server).deliver_next()
    row = fresh(mailed())
    assert (row.state, server.kept) == ("failed", [])
    assert row.last_error == "virus.txt: Filen är smittad av skadlig kod och är spärrad."
    assert row.event.state == "failed"


def test_a_file_known_to_be_infected_cannot_be_sent_at_all():
    case = answered_case()
    files = staged_files("k" * 20, virus_txt=b"EICAR")
    db.session.query(StoredFile).update({"scan_state": "infected"})
    db.session.commit()
    with pytest.raises(RuleBroken, match="virus.txt") as refused:
        send(case, ANSWER, files=files)
    assert refused.value.field == "files"


def test_a_mail_whose_file_is_not_ready_waits_and_holds_up_no_other():
    send(answered_case(), ANSWER, files=staged_files("k" * 20, bild_jpg=phone_photo()))
    send(answered_case(), ANSWER)
    with FaultySmtp() as server:
        work = worker_for(server)
        assert work.deliver_next()
        while work.deliver_next():
            pass
    waiting = fresh(mails("answer")[0])
    assert (waiting.state, waiting.attempts) == ("queued", 0)
    assert waiting.last_error == "Väntar på att bilagorna kontrolleras."
    assert {row.state for row in mails() if row.id != waiting.id} == {"sent"}


def test_a_mail_whose_file_is_never_ready_fails_when_its_time_is_up():
    send(answered_case(), ANSWER, files=staged_files("k" * 20, bild_jpg=phone_photo()))
    with FaultySmtp() as server, as_of(utcnow() + timedelta(hours=49)):
        assert worker_for(server).deliver_next()
    assert fresh(mailed()).state == "failed"
    assert "bild.jpg" in fresh(mailed()).last_error
    assert server.kept == []


def test_a_file_that_is_gone_fails_its_mail_and_the_worker_lives_on():
    send(answered_case(), ANSWER, files=staged_files("k" * 20, borta_txt=b"borta"))
    file_store().delete(mailed().files[0].sha256)
    send(hjo_case(), "confirmation-email")
    with FaultySmtp() as server:
        work = worker_for(server)
        while work.deliver_next():
            pass
    assert fresh(mailed()).state == "failed"
    assert "borta.txt" in fresh(mailed()).last_error
    assert {row.state for row in mails("confirmation")} == {"sent"}


def test_trying_again_sends_a_mail_whose_file_was_free_after_all():
    send(answered_case(), ANSWER, files=staged_files("k" * 20, fri_txt=b"fri"))
    db.session.query(StoredFile).update({"scan_state": "infected"})
    db.session.commit()
    with FaultySmtp() as server:
        work = worker_for(server)
        work.deliver_next()
        row = fresh(mailed())
        db.session.query(StoredFile).update({"scan_state": "clean"})
        row.state, row.give_up_at = "queued", utcnow() + timedelta(hours=48)
        db.session.commit()
        assert work.deliver_next()
    assert parts(server.kept[0].raw) == {"fri.txt": b"fri"}
