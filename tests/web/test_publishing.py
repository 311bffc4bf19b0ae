"""The page Publicering over HTTP: who may, what is refused, what is kept, what the staff see."""

from __future__ import annotations

import re

import pytest
from sqlalchemy import select

from domain.clock import local_today
from domain.permissions import SYSTEM
from domain.publication import CHECKS
from extensions import db
from models import Case, CaseChoice, Publication
from queries.secrecy import grounds_on
from services.people import Grant, change_person
from services.secrecy import set_mark
from tests.support.cases import HJO, actor, choice, edit, free, log_of, unit_id
from tests.support.compose import HANDLER, hjo_case
from tests.support.forms import form_data
from tests.support.publishing import (
    NO,
    TITLE,
    YES,
    chosen,
    drafted,
    public_rows,
    published,
    ready_case,
    setting,
    state_of,
)

pytestmark = [pytest.mark.usefixtures("town"), pytest.mark.row("H24")]
CHIEF, REGISTRAR = "chef.hjo", "registrator.hjo"


def address(case: Case, deed: str = "") -> str:
    return f"/admin/case/publishing/{case.id}{deed}"


def page_of(client, case: Case, form: str = "publishing-form"):
    return form_data(client.get(address(case)).text, form)


def send(client, case: Case, do: str = "publish", **says):
    data = {**page_of(client, case), "checks": list(CHECKS), "_do": do, **says}
    return client.post(address(case), data=data)


def plain(page: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", page))


def test_the_original_stands_beside_the_text_with_what_differs_for_eyes_and_ears(client):
    case = ready_case(title="Cykelställ", text="Jag heter Berit.\nStäll upp cykelställ.")
    case.text = "Jag heter N.N.\nStäll upp cykelställ."
    db.session.commit()
    client.login(HANDLER)
    page = client.get(address(case)).text
    assert "Jag heter Berit." in page
    assert re.search(r"<del[^>]*>.*Togs bort:.*Berit", page)
    assert re.search(r"<ins[^>]*>.*Kom till:.*N\.N\.", page)
    assert "Det går inte att förstå vem som har skrivit" in plain(page)


def test_findings_are_marked_in_the_text_with_what_to_do(client):
    case = ready_case(text="Berit ringde 073-999 45 67.")
    client.login(HANDLER)
    page = client.get(address(case)).text
    assert '<mark class="pub-danger"><span class="visually-hidden">Ta bort: </span>Berit' in page
    assert "Kontrollera: </span>073-999 45 67</mark>" in page
    answer = send(client, case)
    assert answer.status_code == 422
    assert "Ta bort uppgiften om den som lämnade synpunkten: Berit." in plain(answer.text)
    assert (state_of(case.id), public_rows()) == ("", [])

    answer = send(client, case, question="Någon ringde 073-999 45 67.")
    assert "Kontrollera varje fynd i texten." in plain(answer.text)
    assert "Någon ringde 073-999 45 67.</textarea>" in answer.text
    sure = {"question": "Någon ringde 073-999 45 67.", "findings": ["phone:073-999 45 67"]}
    assert send(client, case, **sure).status_code == 302
    assert [row.question for row in public_rows()] == ["Någon ringde 073-999 45 67."]


def _internal(case: Case) -> None:
    internal = choice(HJO, "categories", "Intern synpunkt")
    case.choices = [CaseChoice(field_key="categories", choice_id=internal)]


def _refused(case: Case) -> None:
    case.refused_for = "unclear"


def _sensitive(case: Case) -> None:
    case.unit_id = unit_id("Hemvård")


def _said_no(case: Case) -> None:
    case.publication_id = chosen(NO)


def _unanswered(case: Case) -> None:
    case.answered_on = case.closed_at = case.closed_by_id = None


def _no_contact(case: Case) -> None:
    case.contact_way_id = choice(HJO, "contact_way", "Vill ej bli kontaktad")


def _protected(case: Case) -> None:
    ground = next(g.id for g in grounds_on(local_today()) if g.for_submitter)
    set_mark(
        case, "submitter", ground_id=ground, covers="Allt", reason="Hot.", actor=actor(HANDLER)
    )


def _off(_case: Case) -> None:
    setting(publishes=False)


@pytest.mark.parametrize(
    "spoil",
    [_internal, _refused, _sensitive, _said_no, _unanswered, _no_contact, _protected, _off],
)
def test_every_rule_holds_against_a_direct_post_and_nothing_changes(client, spoil):
    case = ready_case()
    client.login(REGISTRAR)
    sent = {**page_of(client, case), "answer": "<div>Svar.</div>", "answer__format": "html"}
    sent |= {"checks": list(CHECKS), "_do": "publish"}
    spoil(case)
    db.session.commit()
    answer = client.post(address(case), data=sent)
    assert answer.status_code == 422
    assert (state_of(case.id), public_rows()) == ("", [])
    assert not [line for line in log_of(case) if line.action.startswith("publication.")]


def test_a_secret_case_is_published_by_nobody(client):
    case = ready_case()
    client.login(HANDLER)
    sent = {**page_of(client, case), "checks": list(CHECKS), "_do": "publish"}
    ground = grounds_on(local_today())[0].id
    set_mark(case, "case", ground_id=ground, covers="Allt", reason="Hälsa.", actor=actor(HANDLER))
    db.session.commit()
    assert client.post(address(case), data=sent).status_code == 403
    assert client.get(address(case)).status_code == 403
    assert (state_of(case.id), public_rows()) == ("", [])


def test_the_exception_for_a_common_question_is_a_choice_of_its_own(client):
    case = ready_case()
    _no_contact(case)
    db.session.commit()
    client.login(HANDLER)
    assert page_of(client, case)["answer"] in ("", [""])
    answer = {"answer": "<div>Så här gör alla.</div>", "answer__format": "html"}
    assert "Personen vill inte bli kontaktad" in plain(send(client, case, **answer).text)
    assert send(client, case, **answer, is_own_answer="y").status_code == 302
    assert [row.answer for row in public_rows()] == ["<div>Så här gör alla.</div>"]


def test_readers_and_other_towns_neither_see_nor_do_it(client):
    case = ready_case()
    published(case)
    change_person(free(CHIEF), {}, [Grant("reader", unit_id("Fritid"))], actor=SYSTEM)
    db.session.commit()
    for username, wanted in ((CHIEF, 403), ("chef.omsorg", 404), ("lasare.omsorg", 403)):
        client.login(username)
        tries = [client.get(address(case))] + [
            client.post(address(case, deed), data={"reason": "Fel.", "version": "1"})
            for deed in ("", "/approve", "/withdraw")
        ]
        got = {answer.status_code for answer in tries}
        assert got <= {403, 404}, (username, got)
        assert wanted in got
    assert len(public_rows()) == 1


def test_two_who_write_at_once_both_keep_their_text(client):
    case = ready_case()
    drafted(case)
    client.login(HANDLER)
    mine = page_of(client, case) | {"question": "Min text.", "_do": "save"}
    row = db.session.scalars(select(Publication)).one()
    row.question = "Den andras text."
    db.session.commit()
    answer = client.post(address(case), data=mine)
    assert answer.status_code == 409
    assert "Min text.</textarea>" in answer.text
    assert "Den andras text." in answer.text
    again = form_data(answer.text, "publishing-form") | {"_do": "save"}
    assert client.post(address(case), data=again).status_code == 302
    db.session.expire_all()
    assert db.session.scalars(select(Publication.question)).one() == "Min text."


def test_godkann_is_for_the_second_person(client):
    setting(two_eyes=True)
    case = ready_case()
    published(case)
    client.login(HANDLER)
    assert "En annan person ska godkänna den." in client.get(address(case)).text
    version = {"version": str(db.session.scalars(select(Publication.version)).one())}
    assert client.post(address(case, "/approve"), data=version).status_code == 422
    client.login(REGISTRAR)
    assert "Väntar på ditt godkännande" in client.get("/admin/").text
    assert client.post(address(case, "/approve"), data=version).status_code == 302
    assert [row.title for row in public_rows()] == [TITLE]
    page = plain(client.get(address(case)).text)
    assert "Kontrollerad avChrister Svensson" in page and "Godkänd av" in page


def test_avpublicera_asks_why_and_is_done_at_once(client):
    case = ready_case()
    published(case)
    client.login(HANDLER)
    link = re.search(
        r'href="(/publicerat/[^"]+)"[^>]*>Visa på webben', client.get(address(case)).text
    )
    assert link
    assert TITLE in client.get(link[1]).text
    assert client.post(address(case, "/withdraw"), data={"reason": " "}).status_code == 422
    assert len(public_rows()) == 1
    answer = client.post(address(case, "/withdraw"), data={"reason": "Någon känns igen."})
    assert answer.status_code == 302
    assert public_rows() == []
    page = client.get(address(case)).text
    assert "Någon känns igen." in page
    assert "Visa på webben" not in page


def press_save(client, case: Case, **values):
    url = f"/admin/case/edit/?id={case.id}"
    data = {**form_data(client.get(url).text, "case-form"), **values, "_do": "save"}
    return client.post(url, data=data, follow_redirects=True)


def test_the_two_choices_of_the_manual_lead_there_and_back(client):
    case = hjo_case(title=TITLE)
    case.answered_on = local_today()
    db.session.commit()
    client.login(HANDLER)
    page = press_save(client, case, f_publication=str(chosen(YES))).text
    assert f'href="/admin/case/publishing/{case.id}"' in page
    assert "Publiceringstext</a>" in page
    assert state_of(case.id) == "draft"
    press_save(client, case, f_answer="Skrivet senare.")
    assert "Skrivet senare." in str(page_of(client, case)["answer"])
    todo = client.get("/admin/").text.partition('id="publicera"')[2]
    assert re.search(f"{TITLE}.*Utkast", todo, re.DOTALL)

    setting(publish_days=0)
    published(db.session.get_one(Case, case.id))
    press_save(client, case, f_publication=str(chosen(NO)))
    assert (state_of(case.id), public_rows()) == ("withdrawn", [])


def test_choosing_to_publish_what_is_internal_is_refused_at_its_field(client):
    case = hjo_case(categories=[choice(HJO, "categories", "Intern synpunkt")])
    client.login(HANDLER)
    page = press_save(client, case, f_publication=str(chosen(YES)), f_internal_note="Kvar.").text
    assert "Interna synpunkter mellan kommunens verksamheter publiceras inte." in page
    assert "Kvar." in page
    assert state_of(case.id) == ""


def test_texts_that_are_too_long_or_odd_are_refused_in_words(client):
    case = ready_case()
    client.login(HANDLER)
    for odd in (
        {"title": "x" * 301}, {"question": "x" * 40_001}, {"publish_on": "i morgon"},
        {"publish_on": "2020-01-01"}, {"title": ""}, {"checks": []}, {"checks": ["sure", "annat"]},
    ):  # fmt: skip
        assert send(client, case, **odd).status_code == 422, odd
    assert send(client, case, version="x" * 50).status_code == 302  # none is begun: version 0
    assert len(public_rows()) == 1


def test_the_log_tells_the_steps(client):
    case = ready_case()
    edit(case, HANDLER, publication=chosen(YES))
    published(case)
    client.login(HANDLER)
    page = plain(client.get(f"/admin/case/history/{case.id}").text)
    assert re.search("Publicerat på webben.*Publiceringstexten kontrollerad", page)
