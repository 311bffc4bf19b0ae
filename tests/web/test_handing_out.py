"""Lämna ut handling: what is chosen goes along, what is masked is gone, the copy is kept."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from domain.clock import local_today
from extensions import db
from models import AccessEntry, Case, Event
from queries.secrecy import grounds_on
from services.correspondence.posting import posted_copy
from tests.support.cases import HJO, log_of, new_case, person, unit_id
from tests.support.files import attach_file, worker_looks
from tests.support.forms import form_data
from tests.support.letters import note, pdf_text

pytestmark = [pytest.mark.usefixtures("town"), pytest.mark.row("H08")]
HANDLER, READER = "handlaggare.hjo", "lasare.omsorg"
TEXT = (
    "Nils Grip vid Kyrkogatan 7 ringde från 070-123 45 67. Hans nummer är 640823-3234.\n"
    "Hälsningar Berit Ek, berit.ek@example.org"
)
SECRETS = ("Kyrkogatan", "070-123", "640823-3234", "Berit", "berit.ek@")


def a_case(**values) -> Case:
    given = {"text": TEXT, "unit": unit_id("Fritid"), "responsible": person(HANDLER).id}
    return new_case(HJO, **{**given, **values})


def filled(client, case: Case, **answers: object):
    """The form of the page, with these answers."""
    data = form_data(client.get(f"/admin/case/hand-out/{case.id}").text, "hand-out-form")
    return data | {k: v if isinstance(v, list) else [v] for k, v in answers.items()}


def press(client, case: Case, button: str, data, **more):
    return client.post(f"/admin/case/hand-out/{case.id}", data={**data, "_do": button}, **more)


def ground() -> str:
    return grounds_on(local_today())[0].label


def copies(case: Case) -> list[Event]:
    db.session.rollback()
    query = select(Event).filter_by(case_id=case.id, title="Utlämnandekopia")
    return list(db.session.scalars(query))


def test_masked_words_are_gone_from_the_page_the_event_and_the_pdf(client):
    case = a_case(title="Om Nils Grip")
    client.login(HANDLER)
    data = filled(
        client, case, parts=["text"], extent="masked", words="Nils Grip", ground=ground(),
        reviewed="y", events=[],
    )  # fmt: skip

    looked = press(client, case, "look", data)
    assert "[utelämnat]" in looked.text and copies(case) == []
    preview = looked.text[looked.text.index('id="copy"') : looked.text.index('id="hand-out-form"')]

    page = press(client, case, "make", form_data(looked.text, "hand-out-form"))
    assert page.status_code == 302
    (event,) = copies(case)
    copy = posted_copy(event)
    assert copy is not None
    pdf = pdf_text(client.get(f"/admin/case/letters/{case.id}/{event.number}/pdf").data)
    for shown in (preview, str(event.options["case"]), pdf):
        assert "ringde från" in shown
        assert not [word for word in (*SECRETS, "Nils", "Grip") if word in shown]
    assert ground() in pdf and "skriftligt beslut" in pdf


def test_whole_goes_whole_and_the_trial_is_written_down_without_who_asked(client):
    case = a_case()
    client.login(HANDLER)
    data = filled(client, case, parts=["text"], extent="whole", reviewed="y", reason="Harmlöst.")
    press(client, case, "make", data)
    (event,) = copies(case)
    (line,) = log_of(case, "case.handed-out")
    assert event.options["case"]["text"] == TEXT
    assert (line.new["review"], line.new["reason"], line.new["recipient"]) == (
        "whole", "Harmlöst.", "",
    )  # fmt: skip
    assert line.new["decided_by"] == person(HANDLER).name
    read = db.session.scalars(select(AccessEntry).filter_by(case_id=case.id, what="hand-out"))
    assert [row.detail for row in read] == [str(event.number)]


def test_only_the_chosen_events_and_files_go_along(client):
    case = a_case()
    first, second, chief = note(case), note(case, "chef.hjo"), person("chef.hjo")
    second.body = f"<div>{chief.name}, {chief.phone}</div>"
    attach_file(case, "plan.txt", b"En plan.")
    attach_file(case, "hemlig.txt", b"En annan plan.")
    worker_looks()
    db.session.commit()
    client.login(HANDLER)
    data = filled(
        client, case, parts=[], events=[str(second.number)], files=["1"], extent="whole",
        reviewed="y",
    )  # fmt: skip
    masked = press(client, case, "look", {**data, "extent": ["masked"]}).text
    assert f"{chief.name}, {chief.phone}" in masked  # staff are not masked
    press(client, case, "make", data)
    (event,) = copies(case)
    content = event.options["case"]
    assert [row["number"] for row in content["events"]] == [second.number]
    assert [row["name"] for row in content["files"]] == ["plan.txt"]
    assert (content["text"], content["sections"], content["contact"]) == ("", [], [])
    assert first.number != second.number


@pytest.mark.parametrize(
    ("answers", "said"),
    [
        ({"extent": "whole"}, "Gör en sekretessprövning och kryssa i att den är gjord."),
        ({"extent": "masked", "reviewed": "y"}, "Välj vilken bestämmelse du stöder dig på."),
        ({"reviewed": "y"}, "Välj om handlingarna lämnas ut"),
        ({"extent": "whole", "parts": [], "events": []}, "Välj minst en handling att lämna ut."),
        ({"extent": "whole", "decided_by": " "}, "Fyll i vem som har prövat utlämnandet."),
        ({"extent": "masked", "words": "Bo"}, "är för kort för att maskas säkert"),
        ({"extent": "whole", "parts": ["påhittad"], "events": ["x"]}, "Välj minst en handling"),
    ],
)
def test_what_is_missing_is_said_and_nothing_is_made(client, answers, said):
    case = a_case()
    client.login(HANDLER)
    again = press(client, case, "make", filled(client, case, reason="Mitt skäl", **answers))
    assert again.status_code == 422
    assert said in again.text and "Mitt skäl" in again.text
    assert copies(case) == []


def test_a_double_click_makes_one_copy(client):
    case = a_case()
    client.login(HANDLER)
    data = filled(client, case, extent="whole", reviewed="y")
    for _time in range(2):
        assert press(client, case, "make", data).status_code == 302
    assert len(copies(case)) == 1


def test_the_copy_is_locked_and_a_reader_gets_no_page(client):
    case = a_case()
    client.login(HANDLER)
    press(client, case, "make", filled(client, case, extent="whole", reviewed="y"))
    (event,) = copies(case)
    edit = client.get(f"/admin/case/events/{case.id}/{event.number}/edit", follow_redirects=True)
    assert "går inte att ändra" in edit.text
    client.login(READER)
    theirs = new_case("synpunkter-och-klagomal", unit=unit_id("Vård- och omsorgsboende norr"))
    assert client.get(f"/admin/case/hand-out/{theirs.id}").status_code == 403
