"""Drafts on the compose page: saved by button, by script and by accident; shown, sent, dropped."""

from __future__ import annotations

import re

import pytest

from extensions import db
from models import EventDraft, StagedFile
from services.cases import edit_case
from tests.support.cases import HJO, actor, choice, layout, mails
from tests.support.compose import ANSWER, HANDLER, REFUSAL, answered_case, hjo_case
from tests.support.compose_page import opened, press, sent_by, url

pytestmark = pytest.mark.usefixtures("town")
OWN = {"body": ["<div>Mitt <b>halva</b> svar</div>"], "body__format": ["html"]}


@pytest.fixture
def handler(client):
    return client.login(HANDLER)


def event_menu(client, case) -> str:
    page = client.get(f"/admin/case/edit/?id={case.id}").text
    return page.partition("event-menu")[2].partition("</details>")[0]


@pytest.mark.row("H15")
def test_a_saved_draft_opens_with_text_ticks_and_files(handler):
    case = answered_case()
    form = opened(handler, case) | OWN | {"title": ["Halvvägs"]}
    answer = press(handler, case, "draft", form, plan_txt=b"Plan")
    assert answer.status_code == 303
    page = handler.get(url(case))
    again = sent_by(page)
    assert again["title"] == ["Halvvägs"]
    assert "Mitt halva svar" in again["body"][0]
    assert "plan.txt" in page.text
    assert re.search(r"Utkast sparat \d+ \w+ kl\. \d\d\.\d\d", page.text)
    press(handler, case, "send", again | OWN)
    (mail,) = mails("answer")
    assert (mail.subject, [f.filename for f in mail.files]) == ("Halvvägs", ["plan.txt"])
    assert "Mitt <b>halva</b> svar" in mail.html


def test_sending_removes_the_draft(handler):
    case = answered_case()
    press(handler, case, "draft", opened(handler, case) | OWN)
    press(handler, case, "send", opened(handler, case))
    assert db.session.query(EventDraft).count() == 0


def test_a_draft_holds_no_token_and_no_secret_of_the_form(handler):
    case = answered_case()
    press(handler, case, "draft", opened(handler, case) | OWN)
    (row,) = db.session.query(EventDraft).all()
    assert {"csrf_token", "_do", "key"} & set(row.values) == set()


def test_the_script_saves_and_is_told_when(handler):
    case = answered_case()
    form = opened(handler, case) | OWN
    answer = handler.post(url(case), data={**form, "_do": "autosave"})
    assert answer.status_code == 200
    assert answer.json["saved"].startswith("Utkast sparat ")
    assert db.session.query(EventDraft).count() == 1


def test_a_save_that_comes_after_the_mail_is_dropped(handler):
    case = answered_case()
    form = opened(handler, case)
    press(handler, case, "send", form)
    assert handler.post(url(case), data={**form, "_do": "autosave"}).json == {"saved": ""}
    assert db.session.query(EventDraft).count() == 0


def test_borja_om_throws_the_draft_away(handler):
    case = answered_case()
    press(handler, case, "draft", opened(handler, case) | OWN)
    assert press(handler, case, "restart", opened(handler, case)).status_code == 303
    page = handler.get(url(case))
    assert "Utkast sparat" not in page.text
    assert "halva" not in page.text
    assert db.session.query(EventDraft).count() == 0


def test_nobody_else_sees_the_draft_or_that_there_is_one(handler, app):
    case = answered_case()
    press(handler, case, "draft", opened(handler, case) | OWN)
    assert "Utkast" in event_menu(handler, case)
    other = app.test_client().login("chef.hjo")
    assert "halva" not in other.get(url(case)).text
    assert "Utkast sparat" not in other.get(url(case)).text
    assert "Utkast" not in event_menu(other, case)


def test_the_menu_marks_the_template_that_has_a_draft(handler):
    case = answered_case()
    press(handler, case, "draft", opened(handler, case) | OWN)
    rows = re.findall(r'value="event:([\w-]+)".*?</button>', event_menu(handler, case), re.DOTALL)
    marked = [row for row in event_menu(handler, case).split("<li>") if "Utkast" in row]
    assert len(rows) > 5
    assert [f"event:{ANSWER}" in row for row in marked] == [True]


def test_what_was_typed_is_kept_when_the_template_may_not_be_used_any_more(handler):
    case = answered_case()
    form = opened(handler, case) | OWN
    none = choice(HJO, "contact_way", "Vill ej bli kontaktad")
    edit_case(
        case, layout(HJO), {"contact_way": none}, seen_version=case.version, actor=actor(HANDLER)
    )
    db.session.commit()
    answer = press(handler, case, "send", form)
    assert answer.status_code == 302
    assert mails("answer") == []
    page = handler.get(answer.location).text
    assert "vill inte bli kontaktad" in page
    assert "Din text är sparad som utkast." in page
    assert "halva" in db.session.query(EventDraft).one().values["body"][0]


def test_who_may_not_see_the_case_keeps_nothing_on_it(client):
    case = answered_case()
    client.login("chef.omsorg")
    for pressed in ("autosave", "draft", "restart"):
        answer = client.post(url(case), data={"key": "k" * 32, "body": "x", "_do": pressed})
        assert answer.status_code == 404
    assert db.session.query(EventDraft).count() == 0


def test_a_draft_of_a_refusal_keeps_its_reason(handler):
    case = hjo_case()
    form = opened(handler, case, REFUSAL) | {"reason": ["unclear"]}
    press(handler, case, "draft", form, key=REFUSAL)
    assert opened(handler, case, REFUSAL)["reason"] == ["unclear"]


def test_a_note_half_written_with_an_odd_day_opens_again(handler):
    case = hjo_case()
    form = opened(handler, case, "note") | {"happened_at": ["i tisdags"], "body": ["Ringde"]}
    press(handler, case, "draft", form, key="note")
    again = opened(handler, case, "note")
    assert (again["happened_at"], again["body"]) == (["i tisdags"], ["Ringde"])


def test_a_refused_file_is_named_when_the_draft_is_saved(handler):
    case = answered_case()
    page = press(handler, case, "draft", opened(handler, case), plan_txt=b"Plan", v_exe=b"MZ")
    assert page.status_code == 422
    assert "v.exe" in page.text
    assert db.session.query(StagedFile).one().filename == "plan.txt"
