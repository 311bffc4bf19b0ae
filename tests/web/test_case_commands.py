"""What is done on a case beside its form: reopen, files, replies, events."""

from __future__ import annotations

import pytest

from extensions import db
from models import Attachment, Case, Event, utcnow
from tests.support.cases import HJO, actor, choice, edit, log_of, mails, new_case, person, unit_id
from tests.support.files import attach_file

pytestmark = pytest.mark.usefixtures("town")
HANDLER = "handlaggare.hjo"
ANSWER = "/admin/case/event/{}/answer-email"


def hjo_case(**values):
    given = {
        "contact_way": choice(HJO, "contact_way", "E-post"),
        "types": [choice(HJO, "types", "Klagomål")],
        "categories": [choice(HJO, "categories", "Fysisk miljö")],
        "workflow": choice(HJO, "workflow", "Synpunkten"),
        "unit": unit_id("Fritid"),
        "responsible": person(HANDLER).id,
    }
    return new_case(**(given | values))


def closed_case():
    case = hjo_case()
    case.closed_at, case.closed_by_id = utcnow(), person(HANDLER).id
    db.session.commit()
    return case


def with_file(case, source="staff"):
    return attach_file(case, "mått.txt", b"3 meter", actor=actor(HANDLER), source=source)


def test_reopening_asks_for_the_reason(client):
    case = closed_case()
    client.login(HANDLER)
    url = f"/admin/case/do/{case.id}/reopen"
    assert client.get(url).status_code == 200
    refused = client.post(url, data={"reason": "  "})
    assert (refused.status_code, "Skriv varför" in refused.text) == (422, True)
    assert client.post(url, data={"reason": "Nya uppgifter."}).status_code == 302
    db.session.expire_all()
    assert db.session.get_one(Case, case.id).closed_at is None


def test_a_closed_case_has_no_field_but_publication_and_can_still_be_read(client):
    case = closed_case()
    page = client.login(HANDLER).get(f"/admin/case/edit/?id={case.id}").text
    assert 'name="f_text"' not in page
    assert 'name="f_publication"' in page
    assert "Återöppna" in page
    assert case.text in page


def test_an_open_case_cannot_be_reopened(client):
    case = hjo_case()
    client.login(HANDLER)
    assert client.get(f"/admin/case/do/{case.id}/reopen").status_code == 403


def test_a_file_opens_only_under_its_own_case(client):
    one, other = hjo_case(), hjo_case()
    file = with_file(one)
    client.login(HANDLER)
    found = client.get(f"/admin/case/do/{one.id}/file/{file.public_id}")
    assert (found.status_code, found.data) == (200, b"3 meter")
    assert "attachment" in found.headers["Content-Disposition"]
    assert "sandbox" in found.headers["Content-Security-Policy"]
    assert client.get(f"/admin/case/do/{other.id}/file/{file.public_id}").status_code == 404


def test_a_file_of_the_staff_is_taken_away_and_one_of_the_citizen_is_not(client):
    case = hjo_case()
    ours, theirs = with_file(case), with_file(case, "submitter")
    client.login(HANDLER)
    for file in (ours, theirs):
        client.post(f"/admin/case/do/{case.id}/file/{file.public_id}/remove")
    db.session.expire_all()
    removed = {f.id: f.removed_at is not None for f in db.session.query(Attachment)}
    assert removed == {ours.id: True, theirs.id: False}
    assert log_of(case, "attachment.removed")[-1].old == "mått.txt"


def test_a_reply_is_marked_as_read(client):
    case = hjo_case()
    case.has_new_reply = True
    db.session.commit()
    assert client.login(HANDLER).post(f"/admin/case/do/{case.id}/read").status_code == 302
    db.session.expire_all()
    assert not db.session.get_one(Case, case.id).has_new_reply


@pytest.mark.row("H11")
def test_an_empty_answer_leads_back_with_the_reason(client):
    case = hjo_case()
    client.login(HANDLER)
    answer = client.get(ANSWER.format(case.id), follow_redirects=True)
    assert "Fyll i svaret" in answer.text
    assert mails("answer") == []


def test_a_refused_mail_keeps_what_was_typed(client):
    case = hjo_case()
    edit(case, HANDLER, answer="<div>Vi bygger en plan.</div>")
    db.session.commit()
    client.login(HANDLER)
    typed = {"recipient": "inte en adress", "title": "Min rubrik", "body": "Min text", "key": "k"}
    answer = client.post(ANSWER.format(case.id), data=typed)
    assert answer.status_code == 422
    for kept in ("inte en adress", "Min rubrik", "Min text", "namn@exempel.se"):
        assert kept in answer.text
    assert db.session.query(Event).filter_by(kind="sent_email", purpose="answer").count() == 0


@pytest.mark.parametrize("template", ["finns-inte", "answer-phone"])
def test_templates_that_are_not_offered_change_nothing(client, template):
    case = hjo_case()
    client.login(HANDLER)
    answer = client.get(f"/admin/case/event/{case.id}/{template}")
    assert answer.status_code == 404


def test_foreign_cases_have_no_commands(client):
    case = hjo_case()
    client.login("chef.social")
    for path in (f"do/{case.id}/reopen", f"event/{case.id}/answer-email"):
        assert client.get(f"/admin/case/{path}").status_code == 404
    assert client.post(f"/admin/case/do/{case.id}/read").status_code == 404
