"""Ta bort and Makulera: who may, what needs a reason, and what follows on the case."""

from __future__ import annotations

from datetime import timedelta

import pytest

from domain.clock import as_of, local_today
from domain.errors import NotAllowed, RuleBroken
from extensions import db
from models import Event, utcnow
from queries.events import events_of
from queries.public_case import public_case
from services.correspondence.posting import post_letter
from services.correspondence.removing import remove_event, void_event
from services.correspondence.taking_back import consequences
from services.delivery import claim_due, finish_failed, finish_sent
from services.replies import receive_reply
from services.secret_links import find_case as find_link
from services.secret_links import known_link
from tests.support.cases import HJO, SODERTALJE, actor, choice, edit, layout, log_of, mails
from tests.support.letters import CHIEF, HANDLER, hjo_case, letter, mail, note, sodertalje_case

pytestmark = pytest.mark.usefixtures("app", "town")
REGISTRAR = "registrator.hjo"
FOUR_MINUTES = 240


def remove(event, case, username=HANDLER, reason=""):
    remove_event(event, case, reason, actor=actor(username))
    db.session.commit()


def void(event, case, username=HANDLER, reason="Fel adress."):
    stopped = void_event(event, case, reason, actor=actor(username))
    db.session.commit()
    return stopped


def status(case):
    return layout(HJO).label_of(case.status_id)


def said(case, event):
    return [c.sentence % c.values for c in consequences(case, layout(HJO), event)]


def test_an_unposted_letter_goes_without_a_reason_and_takes_its_effects_along():
    case = hjo_case()
    event = letter(case)
    assert status(case) == "Bekräftelse 10 dagar skickad"
    remove(event, case)
    assert events_of(case.id) == []
    assert (case.answered_on, case.acknowledged_on, status(case)) == (None, None, "Inkommen")
    assert log_of(case, "event.removed")[-1].old["title"] == "Svar på synpunkt"


def test_the_number_of_a_removed_event_is_never_used_again():
    case = hjo_case()
    remove(letter(case), case)
    assert letter(case).number == 2


def test_what_is_kept_of_a_removed_event_is_its_row_with_who_when_and_why():
    case = hjo_case()
    event = note(case)
    remove(event, case, reason="Fel ärende.")
    row = db.session.get_one(Event, event.id)
    assert row.removed_at is not None
    assert (row.removed_by_id, row.removal_reason) == (actor(HANDLER).id, "Fel ärende.")
    assert "Ringde." in row.body


def test_a_note_is_removed_only_with_a_reason():
    case = hjo_case()
    event = note(case)
    with pytest.raises(RuleBroken) as refused:
        remove(event, case, reason="   ")
    assert refused.value.field == "reason"


def test_a_registrar_removes_own_notes_and_nobody_elses():
    case = hjo_case()
    own, other = note(case, REGISTRAR), note(case)
    with pytest.raises(NotAllowed, match="behörighet"):
        remove(other, case, REGISTRAR, "Fel.")
    db.session.rollback()
    remove(own, case, REGISTRAR, "Fel.")
    assert [event.id for event in events_of(case.id)] == [other.id]


def test_nothing_is_removed_from_a_closed_case():
    case = hjo_case()
    event = note(case)
    case.closed_at, case.closed_by_id = utcnow(), actor(HANDLER).id
    with pytest.raises(NotAllowed, match="avslutat"):
        remove(event, case, reason="Fel.")


def test_what_the_citizen_wrote_is_neither_removed_nor_voided():
    case = hjo_case()
    row = find_link(known_link(case).token)
    event = receive_reply(row, "Tack!", key="k" * 40, now=utcnow())
    db.session.commit()
    for deed in (remove, void):
        with pytest.raises(NotAllowed):
            deed(event, case, reason="Fel.")
        db.session.rollback()


def test_a_sent_mail_is_not_removed_but_voided_with_a_reason():
    case = hjo_case()
    event = mail(case)
    with pytest.raises(NotAllowed, match="Makulera"):
        remove(event, case, reason="Fel.")
    with pytest.raises(RuleBroken, match="varför"):
        void(event, case, reason="")
    db.session.rollback()
    void(event, case)
    assert (event.state, event.void_reason) == ("voided", "Fel adress.")
    assert events_of(case.id)[0].id == event.id
    assert (case.answered_on, status(case)) == (None, "Inkommen")


def test_what_follows_is_said_beforehand():
    case = hjo_case()
    event = mail(case)
    today = local_today().isoformat()
    assert f"Besvarades {today} tas bort." in said(case, event)
    assert "Status ändras från Bekräftelse 10 dagar skickad till Inkommen." in said(case, event)


def test_a_voided_letter_leaves_the_reply_page():
    case = hjo_case()
    event = letter(case)
    post_letter(event, case, b"%PDF", seen=0, actor=actor(HANDLER))
    db.session.commit()
    assert len(public_case(case).messages) == 1
    void(event, case)
    assert public_case(case).messages == ()


def test_a_receipt_cannot_be_voided():
    case = hjo_case()
    event = mail(case)
    event.purpose = "receipt"
    with pytest.raises(NotAllowed):
        void(event, case)


def test_a_mail_that_waits_is_stopped_and_the_case_is_not_marked_for_it():
    case = hjo_case()
    event = mail(case)
    assert void(event, case)
    (row,) = mails("answer")
    assert (row.state, row.last_error) == ("failed", "Makulerat innan det skickades")
    assert row.id not in [mail.id for mail in iter(lambda: claim_due(utcnow(), 60), None)]
    db.session.refresh(case)
    assert not case.has_failed_mail


def test_a_mail_that_is_being_sent_is_out_of_reach_and_not_tried_again():
    case = hjo_case()
    event = mail(case)
    claimed = claim_due(utcnow(), FOUR_MINUTES)
    db.session.commit()
    assert not void(event, case)
    assert finish_failed(claimed.id, claimed.claim, "Upptaget.", now=utcnow())
    db.session.commit()
    assert mails("answer")[0].state == "failed"
    assert db.session.get_one(Event, event.id).state == "voided"


def test_a_mail_that_left_meanwhile_stays_voided():
    case = hjo_case()
    event = mail(case)
    claimed = claim_due(utcnow(), FOUR_MINUTES)
    db.session.commit()
    assert not void(event, case)
    finish_sent(claimed.id, claimed.claim, now=utcnow())
    db.session.commit()
    assert (mails("answer")[0].state, event.state) == ("sent", "voided")


def test_after_two_answers_the_second_stands_for_both_when_the_first_is_voided():
    case = hjo_case()
    with as_of(utcnow() - timedelta(days=2)):
        first = letter(case)
        before = local_today()
    second = letter(case)
    assert case.answered_on == before
    today = local_today().isoformat()
    assert f"Besvarades {before} ändras till {today}." in said(case, first)
    remove(first, case)
    assert (case.answered_on, status(case)) == (local_today(), "Bekräftelse 10 dagar skickad")
    remove(second, case)
    assert (case.answered_on, status(case)) == (None, "Inkommen")


def test_a_confirmation_that_is_voided_below_an_answer_leaves_no_trace_when_both_are_gone():
    case = hjo_case()
    confirmation = letter(case, "confirmation-letter")
    answer = letter(case)
    remove(confirmation, case)
    assert status(case) == "Bekräftelse 10 dagar skickad"
    assert case.acknowledged_on == local_today()
    remove(answer, case)
    assert (case.acknowledged_on, status(case)) == (None, "Inkommen")


def test_what_somebody_changed_by_hand_since_is_left_alone():
    case = hjo_case()
    event = letter(case)
    edit(case, HANDLER, status=choice(HJO, "status", "Återkoppling ej önskad/möjlig"))
    db.session.commit()
    remove(event, case)
    assert status(case) == "Återkoppling ej önskad/möjlig"


def test_an_assistant_removes_only_own_events():
    case, helper = sodertalje_case(), "bitradande.omsorg"
    edit(case, CHIEF, assistants=[actor(helper).id])
    db.session.commit()
    own, other = note(case, helper, SODERTALJE), note(case, CHIEF, SODERTALJE)
    with pytest.raises(NotAllowed):
        remove(other, case, helper, "Fel.")
    db.session.rollback()
    remove(own, case, helper, "Fel.")
    assert [event.id for event in events_of(case.id)] == [other.id]
