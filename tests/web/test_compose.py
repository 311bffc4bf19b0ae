"""The compose page: its buttons, its files, its preview, and what it does with odd input."""

from __future__ import annotations

import pytest

from domain.refusals import REASON_BLANK, REASONS
from extensions import db
from models import Event, StagedFile, utcnow
from queries.events import events_of
from tests.support.cases import mails, person
from tests.support.compose import (
    ANSWER,
    HANDLER,
    OTHER,
    REFUSAL,
    SECOND,
    answered_case,
    hjo_case,
    template_file,
)
from tests.support.compose_page import opened, press, sent_by, url
from tests.support.files import attach_file

pytestmark = pytest.mark.usefixtures("town")


@pytest.fixture
def handler(client):
    return client.login(HANDLER)


def sent_events(case) -> list[Event]:
    return [event for event in events_of(case.id) if event.purpose in ("answer", "refusal", "note")]


@pytest.mark.row("H15", "S20")
def test_the_page_names_the_sender_the_person_and_the_recipient(handler):
    page = handler.get(url(answered_case())).text
    assert "Hjo kommun (synpunkten@hjo.example)" in page
    assert "Skickas av Christer Svensson" in page
    assert "berit.ek@example.org" in page
    for label in ("Skicka", "Bifoga fil…", "Förhandsgranska", "Spara utkast", "Avbryt"):
        assert label in page


@pytest.mark.row("H15", "S20")
def test_a_mail_is_sent_with_new_files_files_of_the_case_and_those_of_the_template(handler):
    case = answered_case()
    old = attach_file(case, "karta.txt", b"Karta")
    template_file(ANSWER, "information.txt", b"Information")
    form = opened(handler, case)
    assert form["template_file"] == ["mallfil-information.txt"]
    assert "case_file" not in form
    answer = press(
        handler, case, "send", {**form, "case_file": [old.public_id]}, plan_txt="Åtgärd".encode()
    )
    assert answer.status_code == 302
    (mail,) = mails("answer")
    assert [f.filename for f in mail.files] == ["information.txt", "karta.txt", "plan.txt"]
    page = handler.get(f"/admin/case/edit/?id={case.id}").text
    assert page.count("plan.txt") >= 1


def test_an_unticked_file_of_the_template_stays_behind(handler):
    template_file(ANSWER, "information.txt", b"Information")
    case = answered_case()
    form = opened(handler, case)
    form.pop("template_file")
    press(handler, case, "send", form)
    assert mails("answer")[0].files == []


def test_a_refused_file_stops_the_mail_and_the_others_and_the_text_stay(handler):
    case = answered_case()
    form = opened(handler, case) | {"body": ["<div>Mitt svar</div>"], "body__format": ["html"]}
    page = press(handler, case, "send", form, plan_txt=b"Plan", virus_exe=b"MZ")
    assert page.status_code == 422
    assert "virus.exe" in page.text
    assert mails("answer") == []
    again = sent_by(page)
    assert "Mitt svar" in again["body"][0]
    assert "plan.txt" in page.text
    press(handler, case, "send", again)
    assert [f.filename for f in mails("answer")[0].files] == ["plan.txt"]


def test_a_chosen_file_is_taken_away_again(handler):
    case = answered_case()
    page = press(handler, case, "attach", opened(handler, case), plan_txt=b"Plan", a_txt=b"a")
    assert page.status_code == 200
    row = db.session.query(StagedFile).filter_by(filename="plan.txt").one()
    page = press(handler, case, f"remove:{row.public_id}", sent_by(page))
    assert page.status_code == 200
    assert "a.txt" in page.text
    press(handler, case, "send", sent_by(page))
    assert [f.filename for f in mails("answer")[0].files] == ["a.txt"]


def test_who_may_not_upload_is_offered_no_files_and_can_send_none(handler):
    """A closed case takes notes but no files (rights table, attachment:upload)."""
    case = answered_case()
    case.closed_at, case.closed_by_id = utcnow(), person(HANDLER).id
    db.session.commit()
    form = opened(handler, case, "note")
    assert "Bifoga fil…" not in handler.get(url(case, "note")).text
    body = {"body": ["Ringde tillbaka."]}
    press(handler, case, "send", {**form, **body}, key="note", plan_txt=b"Plan")
    (event,) = sent_events(case)
    assert event.attachments == []
    assert db.session.query(StagedFile).count() == 0


@pytest.mark.row("S22")
def test_a_note_takes_files_too(handler):
    case = hjo_case()
    form = opened(handler, case, "note") | {"body": ["Mätning på plats."]}
    press(handler, case, "send", form, key="note", protokoll_txt=b"42 cm")
    (event,) = sent_events(case)
    assert [row.filename for row in event.attachments] == ["protokoll.txt"]
    assert event.state == "registered"


@pytest.mark.row("H15")
def test_the_preview_shows_the_mail_as_it_will_be_and_sends_nothing(handler):
    case = answered_case()
    form = opened(handler, case) | {"title": ["Svar om utfarten"]}
    page = press(handler, case, "preview", form, plan_txt=b"Plan")
    assert page.status_code == 200
    shown = page.text.partition('id="forhandsgranskning"')[2].partition("</section>")[0]
    for part in (
        "Hjo kommun (synpunkten@hjo.example)", "Berit Ek (berit.ek@example.org)",
        "Svar om utfarten", "plan.txt", "<div>Vi bygger en plan.</div>", "/svar/dold", "••••••••••",
    ):  # fmt: skip
        assert part in shown
    assert (mails("answer"), sent_events(case)) == ([], [])
    again = sent_by(page)
    assert again["title"] == ["Svar om utfarten"]
    press(handler, case, "send", again)
    (mail,) = mails("answer")
    assert (mail.subject, [f.filename for f in mail.files]) == ("Svar om utfarten", ["plan.txt"])


def test_the_preview_of_a_sensitive_case_shows_the_notice_the_sentence_and_what_is_read(handler):
    case = answered_case(is_secret=True)
    handler.login("chef.hjo")
    form = opened(handler, case, SECOND) | {"answer": ["Provsvaren är bra."]}
    page = press(handler, case, "preview", form, key=SECOND, plan_txt=b"Plan")
    shown = page.text.partition('id="forhandsgranskning"')[2].partition("</section>")[0]
    mail, _sep, kept = shown.partition("Läses på svarssidan")
    assert "Med svaret följer en fil. Du hämtar den på din svarssida." in mail
    assert "plan.txt" not in mail
    assert "Provsvaren" not in mail
    assert "Provsvaren är bra." in kept


@pytest.mark.row("H17")
def test_the_second_answer_of_a_sensitive_case_has_a_field_of_its_own(handler):
    case = answered_case(is_secret=True)
    handler.login("chef.hjo")
    form = opened(handler, case, SECOND)
    assert "body" not in form
    assert press(handler, case, "send", form, key=SECOND).status_code == 422
    answer = press(handler, case, "send", {**form, "answer": ["KANARIE"]}, key=SECOND)
    assert answer.status_code == 302
    (mail,) = mails("second_answer")
    assert "KANARIE" not in mail.text + mail.html
    assert "KANARIE" in events_of(case.id)[0].body


def test_a_second_answer_that_says_nothing_is_not_sent(handler):
    case = answered_case()
    page = press(handler, case, "send", opened(handler, case, SECOND), key=SECOND)
    assert page.status_code == 422
    assert "Skriv ditt svar i meddelandet" in page.text
    assert mails("second_answer") == []


@pytest.mark.row("H18")
@pytest.mark.parametrize("reason", [key for key in REASONS if key != "repeated"])
def test_the_chosen_reason_stands_in_the_preview_and_in_the_mail(handler, reason):
    case = hjo_case()
    form = opened(handler, case, REFUSAL) | {"reason": [reason]}
    page = press(handler, case, "preview", form, key=REFUSAL)
    assert f"Skälet är: {REASONS[reason]}." in page.text
    press(handler, case, "send", sent_by(page), key=REFUSAL)
    (mail,) = mails("refusal")
    assert f"Skälet är: {REASONS[reason]}." in mail.text
    assert REASON_BLANK not in mail.text + events_of(case.id)[0].body


@pytest.mark.row("H18")
def test_a_refusal_that_points_to_another_case_needs_its_number(handler):
    case = hjo_case()
    form = opened(handler, case, REFUSAL) | {"reason": ["repeated"]}
    for wrong in ("", "tolv", "1" * 30):
        page = press(handler, case, "send", {**form, "other_case": [wrong]}, key=REFUSAL)
        assert page.status_code == 422
        assert "Fyll i numret" in page.text
    press(handler, case, "send", {**form, "other_case": ["3868"]}, key=REFUSAL)
    assert "får svar i nummer 3868." in mails("refusal")[0].text


@pytest.mark.row("H18")
@pytest.mark.parametrize("reason", ["", "own", "påhittat"])
def test_a_refusal_without_a_reason_is_not_sent(handler, reason):
    case = hjo_case()
    form = opened(handler, case, REFUSAL) | {"reason": [reason]}
    assert press(handler, case, "send", form, key=REFUSAL).status_code == 422
    assert mails("refusal") == []


def test_an_own_reason_in_the_text_is_sent(handler):
    case = hjo_case()
    form = opened(handler, case, REFUSAL)
    body = form["body"][0].replace(REASON_BLANK, "den är på klingonska")
    press(handler, case, "send", {**form, "body": [body], "reason": [""]}, key=REFUSAL)
    assert "Skälet är: den är på klingonska." in mails("refusal")[0].text


@pytest.mark.row("H15")
def test_another_recipient_is_asked_about_and_the_files_stay(handler):
    case = answered_case()
    form = opened(handler, case) | {"recipient": [OTHER]}
    page = press(handler, case, "send", form, plan_txt=b"Plan")
    assert page.status_code == 422
    assert "confirm_recipient" in page.text
    press(handler, case, "send", {**sent_by(page), "confirm_recipient": ["y"]})
    (mail,) = mails("answer")
    assert (mail.recipient_email, len(mail.files)) == (OTHER, 1)


ODD = {
    "title": ["", " ", "x" * 301, "a\r\nBcc: b@example.org", "\0", "😀" * 200],
    "recipient": ["", "x", "a@b", "a b@example.org", f"{'a' * 300}@example.org", "å@example.org"],
    "body": ["", "<div></div>", "x" * 60_001, "\0", "<script>x</script>"],
    "happened_at": [
        "", "igår", "0001-01-01T00:00", "9999-12-31T23:59", "2026-02-30T10:00",
        "2026-11-22T25:00", "1999-12-31T23:59", "2026-11-22T14:30:00+99:00",
    ],
    "sender": ["x" * 301, "\0"],
    "key": ["", "x", "k" * 500, "\0" * 20, "å" * 20],
    "case_file": ["x", "' OR 1=1"],
    "template_file": ["x"],
    "_do": ["", "x", "remove:", "remove:" + "x" * 500, "preview:1", "restart", "autosave"],
}  # fmt: skip


@pytest.mark.parametrize("template", [ANSWER, "note"])
@pytest.mark.parametrize(("name", "value"), [(n, v) for n in ODD for v in ODD[n]])
def test_odd_input_is_answered_and_never_an_error_of_ours(handler, template, name, value):
    case = answered_case()
    form = opened(handler, case, template) | {"_do": ["send"], name: [value]}
    assert handler.post(url(case, template), data=form).status_code in (200, 302, 303, 422)
    drafted = handler.post(url(case, template), data={**form, "_do": "draft"})
    assert drafted.status_code in (200, 303, 422)


def test_only_the_send_button_sends(handler):
    case = answered_case()
    for pressed in ("", "x", "sendx", "preview:1"):
        form = opened(handler, case)
        handler.post(url(case), data={**form, "_do": [pressed]})
    assert mails("answer") == []
