"""Sekretessbelägg and Häv sekretessmarkering: what is asked for, and what is hidden at once."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from domain.clock import local_today
from domain.permissions import SYSTEM
from extensions import db
from models import Case, OutboxMessage, SecrecyMark
from queries.secrecy import grounds_on
from services.people import Grant, change_person
from services.secrecy import set_mark
from tests.support.cases import HJO, actor, choice, free, log_of, new_case, person, unit_id

pytestmark = [pytest.mark.usefixtures("town"), pytest.mark.row("H08")]
HANDLER, MANAGER, REGISTRAR = "handlaggare.hjo", "chef.hjo", "registrator.hjo"
TITLE, TEXT, NAME = "KANARIE rubrik", "KANARIE synpunktens text", "KANARIE Berit Ek"
CANARIES = (TITLE, TEXT, NAME, "kanarie@example.org")


def a_case(**values) -> Case:
    given = {
        "title": TITLE,
        "text": TEXT,
        "submitter_name": NAME,
        "submitter_email": "kanarie@example.org",
        "unit": unit_id("Fritid"),
        "responsible": person(HANDLER).id,
        "workflow": choice(HJO, "workflow", "Synpunkten"),
    }
    return new_case(**(given | values))


def ground(label: str = "OSL 26 kap. 1 §") -> int:
    return next(g.id for g in grounds_on(local_today()) if g.label == label)


def sent(**values) -> dict[str, object]:
    usual = {"ground": ground(), "covers": "Hela ärendet", "reason": "Uppgifter om hälsa."}
    return {**usual, **values}


def a_colleague_without_the_flag() -> str:
    """A responsible of the same unit, who is not on the case and may not see secret ones."""
    grants = [Grant("responsible", unit_id("Fritid"))]
    change_person(free(MANAGER), {}, grants, actor=SYSTEM)
    db.session.commit()
    return MANAGER


def test_the_mark_says_ground_cover_day_and_board_and_is_logged(client):
    case = a_case()
    client.login(HANDLER)
    page = client.get(f"/admin/case/edit/?id={case.id}").text
    assert f"/admin/case/secrecy/{case.id}/case" in page
    assert "Sekretessbelägg" in page

    answer = client.post(f"/admin/case/secrecy/{case.id}/case", data=sent())

    assert answer.status_code == 302
    page = client.get(f"/admin/case/edit/?id={case.id}").text
    assert "SEKRETESSMARKERING" in page
    assert "OSL 26 kap. 1 §" in page
    assert "Hela ärendet" in page
    (line,) = log_of(case, "secrecy.set")
    assert line.new == {
        "ground": "OSL 26 kap. 1 §", "covers": "Hela ärendet", "reason": "Uppgifter om hälsa.",
    }  # fmt: skip


@pytest.mark.parametrize("missing", ["ground", "covers", "reason"])
def test_what_is_missing_is_asked_for_and_what_was_typed_is_kept(client, missing: str):
    case = a_case()
    client.login(HANDLER)
    answer = client.post(f"/admin/case/secrecy/{case.id}/case", data=sent(**{missing: ""}))
    assert answer.status_code == 422
    assert ("Uppgifter om hälsa." in answer.text) is (missing != "reason")
    db.session.expire_all()
    assert db.session.get_one(Case, case.id).is_secret is False


def test_a_marked_case_is_gone_for_the_others_at_once_as_if_it_were_missing(client):
    case = a_case()
    colleague = a_colleague_without_the_flag()
    client.login(colleague)
    assert TITLE in client.get("/admin/case/?type=synpunkt-hjo").text

    set_mark(case, "case", ground_id=ground(), covers="Allt", reason="Hälsa.", actor=actor(HANDLER))
    db.session.commit()

    listed = client.get("/admin/case/?type=synpunkt-hjo&visa=all").text
    assert not any(canary in listed for canary in CANARIES)
    for path in (f"/admin/case/edit/?id={case.id}", f"/admin/case/secrecy/{case.id}/case"):
        foreign = client.get(path)
        missing = client.get(path.replace(str(case.id), "99999"))
        assert (foreign.status_code, missing.status_code) == (404, 404)
        assert not any(canary in foreign.text for canary in CANARIES)


def test_whoever_marks_a_case_out_of_the_own_sight_is_told_so(client):
    case = a_case()
    colleague = a_colleague_without_the_flag()
    client.login(colleague)
    answer = client.post(f"/admin/case/secrecy/{case.id}/case", data=sent(), follow_redirects=True)
    assert "Du har inte längre behörighet att se ärendet." in answer.text


def test_notices_that_have_not_left_lose_their_text(client):
    case = a_case()
    waiting = select(OutboxMessage).filter_by(case_id=case.id, purpose="assigned")
    assert TEXT in db.session.scalars(waiting).one().text

    set_mark(case, "case", ground_id=ground(), covers="Allt", reason="Hälsa.", actor=actor(HANDLER))
    db.session.commit()

    (mail,) = db.session.scalars(waiting.execution_options(populate_existing=True))
    said = f"{mail.subject} {mail.text} {mail.html}"
    assert not any(canary in said for canary in CANARIES)
    assert f"/arende/{case.id}" in mail.text


def test_lifting_the_mark_needs_a_reason_and_leaves_it_readable(client):
    case = a_case()
    set_mark(case, "case", ground_id=ground(), covers="Allt", reason="Hälsa.", actor=actor(HANDLER))
    db.session.commit()
    client.login(HANDLER)
    url = f"/admin/case/secrecy/{case.id}/case"
    assert "Häv" in client.get(url).text
    assert client.post(url, data={"reason": " "}).status_code == 422
    assert client.post(url, data={"reason": "Prövad och fri."}).status_code == 302
    db.session.expire_all()
    assert db.session.get_one(Case, case.id).is_secret is False
    mark = db.session.scalars(select(SecrecyMark)).one()
    assert (mark.cleared_by_id, mark.clear_reason) == (person(HANDLER).id, "Prövad och fri.")
    assert log_of(case, "secrecy.cleared")[-1].new["reason"] == "Prövad och fri."


def test_only_named_people_or_the_flag_lift_it(client):
    case = a_case(responsible=person(HANDLER).id)
    set_mark(case, "case", ground_id=ground(), covers="Allt", reason="Hälsa.", actor=actor(HANDLER))
    db.session.commit()
    client.login(MANAGER)  # holds the flag
    assert client.get(f"/admin/case/secrecy/{case.id}/case").status_code == 200
    client.login(REGISTRAR)
    assert client.get(f"/admin/case/secrecy/{case.id}/case").status_code == 404


def test_a_reader_marks_nothing(client):
    case = a_case()
    change_person(free(MANAGER), {}, [Grant("reader", unit_id("Fritid"))], actor=SYSTEM)
    db.session.commit()
    client.login(MANAGER)
    url = f"/admin/case/secrecy/{case.id}/case"
    assert [client.get(url).status_code, client.post(url, data=sent()).status_code] == [403, 403]


@pytest.mark.parametrize("kind", ["okand", "CASE", "case%00"])
def test_other_kinds_of_marks_do_not_exist(client, kind: str):
    case = a_case()
    client.login(HANDLER)
    assert client.get(f"/admin/case/secrecy/{case.id}/{kind}").status_code == 404


def test_protected_data_is_hidden_from_all_but_the_named(client):
    case = a_case()
    colleague = a_colleague_without_the_flag()
    client.login(colleague)
    page = f"/admin/case/edit/?id={case.id}"
    assert NAME in client.get(page).text

    set_mark(
        case, "submitter", ground_id=ground("OSL 21 kap. 3 a §"), covers="Kontaktuppgifter",
        reason="Skyddad folkbokföring.", actor=actor(HANDLER),
    )  # fmt: skip
    db.session.commit()

    seen = client.get(page).text
    assert TEXT in seen  # the case itself is open
    assert NAME not in seen
    assert "kanarie@example.org" not in seen
    assert "SKYDDADE PERSONUPPGIFTER" in seen
    client.login(HANDLER)
    assert NAME in client.get(page).text


def test_no_letter_is_offered_to_protected_people_and_no_mail_names_them(client):
    case = a_case(
        submitter_address="Storgatan 1",
        submitter_postal="544 30 Hjo",
        contact_way=choice(HJO, "contact_way", "E-post"),
    )
    set_mark(
        case, "submitter", ground_id=ground("OSL 21 kap. 3 §"), covers="Adress", reason="Hot.",
        actor=actor(HANDLER),
    )  # fmt: skip
    db.session.commit()
    client.login(HANDLER)
    page = client.get(f"/admin/case/event/{case.id}/confirmation-email").text
    body = page.partition('name="body"')[2].partition("</textarea>")[0]
    assert "Hej!" in body
    assert NAME not in body
    assert "skyddade personuppgifter" in client.get(f"/admin/case/edit/?id={case.id}").text.lower()
