"""Letters: what they say, to whom, until when they may be changed, and what posting keeps."""

from __future__ import annotations

import pytest

from domain.errors import NotAllowed, RuleBroken
from extensions import db
from models import Attachment, Event, EventRevision
from queries.public_case import find_public_file, public_case
from services.attachments import file_store
from services.cases import close_case
from services.correspondence.posting import keep_copy, missing_copies, post_letter, posted_copy
from services.correspondence.revising import Change, EventChanged, revise
from services.documents.of_event import document_of
from services.documents.rendering import pdf_of
from services.secret_links import known_link, revoke_links
from tests.support.cases import HJO, SODERTALJE, actor, choice, edit, layout, log_of
from tests.support.letters import (
    ANSWER,
    ASIDE,
    HANDLER,
    hjo_case,
    letter,
    note,
    pdf_text,
    sodertalje_case,
)

pytestmark = pytest.mark.usefixtures("app", "town")
PDF = b"%PDF-1.7 the paper that left"


def printed(event, case):
    raw = pdf_of(document_of(event, case), patience=20)
    db.session.commit()
    assert raw is not None
    return raw


def post(event, case, username=HANDLER, *, pdf=PDF, seen=0):
    post_letter(event, case, pdf, seen=seen, actor=actor(username))
    db.session.commit()


def change(event, case, username=HANDLER, *, seen=0, confirmed=False, **words):
    values = {
        "title": event.title,
        "body": event.body,
        "recipient": event.recipient,
        "address": event.address,
    }
    found = revise(event, case, Change(values | words, seen, confirmed), actor=actor(username))
    db.session.commit()
    return found


@pytest.mark.row("H16", "S19")
def test_a_letter_is_a_document_that_is_not_posted_and_sets_status_and_answer_date():
    case = sodertalje_case()
    event = letter(case, username="chef.omsorg", type_key=SODERTALJE)
    assert (event.kind, event.state, event.recipient) == ("document", "draft", "Berit Ek")
    assert event.address.splitlines() == ["Berit Ek", "Storgatan 1", "544 30 Hjo"]
    assert layout(SODERTALJE).label_of(case.status_id) == "Besvarad"
    assert case.answered_on is not None


@pytest.mark.row("H16")
def test_the_paper_says_the_answer_with_the_code_and_no_internal_note():
    case = hjo_case()
    event = letter(case)
    code = known_link(case).code
    assert code not in event.body  # staff see it hidden
    text = pdf_text(printed(event, case))
    assert {part for part in (ANSWER, "Berit Ek", "Storgatan 1", "544 30 Hjo", code, str(case.id))
            if part not in text} == set()  # fmt: skip
    assert ASIDE not in text


def test_a_code_that_is_written_into_a_new_letter_is_hidden_too():
    case = hjo_case()
    code = known_link(case).code
    assert code not in letter(case, body=f"<div>Koden är {code}.</div>").body


@pytest.mark.row("H16")
def test_a_letter_about_a_sensitive_case_carries_the_answer():
    case = hjo_case()
    case.is_secret = True
    db.session.commit()
    assert ANSWER in letter(case).body


@pytest.mark.row("H18")
def test_a_refusal_by_letter_goes_only_with_its_reason():
    case = hjo_case()
    with pytest.raises(RuleBroken, match="skälet"):
        letter(case, "refusal-letter", "registrator.hjo")
    db.session.rollback()
    event = letter(
        case, "refusal-letter", "registrator.hjo", body="<div>Det gäller en annan kommun.</div>"
    )
    assert event.purpose == "refusal"
    assert case.answered_on is None


def test_without_an_address_there_is_no_letter():
    case = hjo_case(submitter_address="")
    with pytest.raises(NotAllowed, match="postadress"):
        letter(case)


def test_a_form_sent_twice_makes_one_letter():
    case = hjo_case()
    assert letter(case, form_key="k" * 32) is not None
    assert letter(case, form_key="k" * 32) is None
    assert db.session.query(Event).filter_by(case_id=case.id).count() == 1


@pytest.mark.parametrize(
    "words", [{"recipient_name": "Ove Ek"}, {"address": "Berit Ek\nStorgatan 2\n544 30 Hjo"}]
)
def test_another_name_or_address_is_confirmed_and_recorded(words):
    case = hjo_case()
    with pytest.raises(RuleBroken) as refused:
        letter(case, **words)
    assert refused.value.field == "confirm_recipient"
    db.session.rollback()
    letter(case, confirmed=True, **words)
    (line,) = log_of(case, "event.other-recipient")
    assert "Storgatan 1" in line.old
    assert next(iter(words.values())).splitlines()[-1] in line.new


def test_the_same_address_in_other_letters_and_spaces_needs_no_confirmation():
    case = hjo_case()
    letter(case, address="berit ek\nStorgatan  1\n544 30 HJO")
    assert log_of(case, "event.other-recipient") == []


@pytest.mark.row("H16", "S21")
def test_posting_keeps_the_paper_and_ends_changing():
    case = hjo_case()
    event = letter(case)
    post(event, case)
    assert (event.state, event.posted_at is not None) == ("sent", True)
    kept = posted_copy(event)
    assert kept.filename == f"Svar på synpunkt {case.id}.pdf"
    with file_store().open(kept.sha256) as stream:
        assert stream.read() == PDF
    with pytest.raises(NotAllowed, match="postat"):
        change(event, case, title="Annat")
    with pytest.raises(NotAllowed, match="redan postat"):
        post(event, case)


def test_a_copy_is_kept_once():
    case = hjo_case()
    event = letter(case)
    post(event, case)
    keep_copy(event, case, b"%PDF another", actor=actor(HANDLER))
    db.session.commit()
    assert db.session.query(Attachment).filter_by(event_id=event.id).count() == 1


def test_a_letter_that_was_changed_since_it_was_printed_is_not_posted():
    case = hjo_case()
    event = letter(case)
    change(event, case, title="Vårt svar")
    with pytest.raises(RuleBroken, match="ändrades nyss"):
        post(event, case, seen=0)
    db.session.rollback()
    post(event, case, seen=1)


def test_who_may_not_answer_does_not_post_anothers_letter():
    case = hjo_case()
    event = letter(case)
    with pytest.raises(NotAllowed, match="behörighet"):
        post(event, case, "registrator.hjo")


@pytest.mark.row("S21")
def test_a_change_keeps_the_earlier_words_with_who_and_when():
    case = hjo_case()
    event = letter(case)
    before = event.body
    assert change(event, case, body="<div>Vi bygger en bro.</div>")
    (kept,) = db.session.query(EventRevision).all()
    assert (kept.number, kept.body, kept.title) == (1, before, "Svar på synpunkt")
    assert kept.replaced_by_id == actor(HANDLER).id
    assert kept.replaced_at is not None
    assert event.body == "<div>Vi bygger en bro.</div>"
    assert log_of(case, "event.edited")[-1].new == ["body"]


def test_saving_without_a_change_makes_no_version():
    case = hjo_case()
    event = letter(case)
    assert not change(event, case)
    assert db.session.query(EventRevision).count() == 0


def test_a_change_that_did_not_see_the_newest_words_is_refused():
    case = hjo_case()
    event = letter(case)
    change(event, case, title="Den första")
    with pytest.raises(EventChanged):
        change(event, case, seen=0, title="Den andra")
    db.session.rollback()
    assert event.title == "Den första"


def test_a_code_that_is_pasted_into_a_letter_is_hidden_again():
    case = hjo_case()
    event = letter(case)
    code = known_link(case).code
    change(event, case, body=f"<div>Koden är {code}.</div>")
    assert code not in event.body
    assert code in pdf_text(printed(event, case))


def test_a_changed_addressee_is_confirmed_like_a_new_one():
    case = hjo_case()
    event = letter(case)
    with pytest.raises(RuleBroken) as refused:
        change(event, case, address="Ove Ek\nStorgatan 2")
    assert refused.value.field == "confirm_recipient"
    db.session.rollback()
    assert change(event, case, confirmed=True, address="Ove Ek\nStorgatan 2")


def test_another_addressee_of_a_document_to_somebody_else_is_written_down():
    case = hjo_case()
    event = letter(case)
    event.purpose = "external"
    db.session.commit()
    change(event, case, recipient="Trafikverket", address="Trafikverket\n781 89 Borlänge")
    (line,) = log_of(case, "event.other-recipient")
    assert ("Storgatan 1" in line.old, "Borlänge" in line.new) == (True, True)


def test_a_registrar_changes_only_own_notes_and_the_handler_all():
    case = hjo_case()
    handlers, registrars = note(case), note(case, "registrator.hjo")
    words = {"sender": "x", "happened_at": handlers.happened_at}
    with pytest.raises(NotAllowed):
        change(handlers, case, "registrator.hjo", body="<div>Nej.</div>", **words)
    db.session.rollback()
    assert change(registrars, case, "registrator.hjo", body="<div>Ja.</div>")
    assert change(registrars, case, HANDLER, seen=1, body="<div>Jo.</div>")


@pytest.mark.row("H16")
def test_closing_marks_the_unposted_letter_and_leaves_the_copy_to_make():
    case = hjo_case(
        types=[choice(HJO, "types", "Klagomål")],
        categories=[choice(HJO, "categories", "Fysisk miljö")],
        workflow=choice(HJO, "workflow", "Synpunkten"),
    )
    event = letter(case)
    edit(case, HANDLER, measures=[choice(HJO, "measures", "Åtgärdat")])
    assert close_case(case, layout(HJO), actor=actor(HANDLER)) == [event]
    db.session.commit()
    assert (event.state, missing_copies(case)) == ("sent", [event])
    keep_copy(event, case, PDF, actor=actor(HANDLER))
    assert missing_copies(case) == []


@pytest.mark.row("H17")
def test_the_citizen_reads_a_letter_when_it_is_posted_and_its_paper_then():
    case = hjo_case()
    event = letter(case)
    assert public_case(case).messages == ()
    post(event, case)
    (message,) = public_case(case).messages
    assert ANSWER in message.body
    (file,) = message.files
    assert find_public_file(case.id, file.public_id).id == posted_copy(event).id


def test_the_citizen_gets_no_paper_that_went_to_somebody_else():
    case = hjo_case()
    event = letter(case)
    event.purpose = "external"
    post(event, case)
    assert public_case(case).messages == ()
    assert find_public_file(case.id, posted_copy(event).public_id) is None


def test_without_a_living_link_the_code_stays_hidden_and_printing_makes_no_new_one():
    case = hjo_case()
    event = letter(case)
    revoke_links(case)
    db.session.commit()
    assert document_of(event, case).body == event.body
    assert known_link(case) is None
