"""Moving a case over a border of secrecy: held, decided, recorded; nothing typed is lost (H08)."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from domain.secrecy_border import BorderAhead, border_between
from extensions import db
from models import Case, CaseDraft, CaseOriginal
from tests.support.cases import HJO, choice, edit, log_of, mails, new_case, person, unit_id
from tests.support.forms import form_data

pytestmark = [pytest.mark.usefixtures("town"), pytest.mark.row("H08")]
REGISTRAR, HANDLER, MANAGER = "registrator.hjo", "handlaggare.hjo", "chef.hjo"
TEXT, NOTE, NAME = "KANARIE text om Nils", "KANARIE anteckning", "KANARIE Berit Ek"
TYPED = "Rad ett\nrad två <b>&"


def a_case(unit: str = "Hemvård", **values) -> Case:
    given = {
        "text": TEXT,
        "submitter_name": NAME,
        "unit": unit_id(unit),
        "workflow": choice(HJO, "workflow", "Synpunkten"),
        "types": [choice(HJO, "types", "Klagomål")],
        "categories": [choice(HJO, "categories", "Fysisk miljö")],
        "internal_note": NOTE,
    }
    return new_case(**(given | values))


def moving(client, case: Case, unit: str = "Grundskola", **fields: str):
    """Open the case as the registrar, choose another unit, write something and save."""
    client.login(REGISTRAR)
    data = form_data(client.get(f"/admin/case/edit/?id={case.id}").text, "case-form")
    data |= {"f_unit": [str(unit_id(unit))], "_do": ["save"]}
    data |= {name: [value] for name, value in fields.items()}
    return client.post(f"/admin/case/edit/?id={case.id}", data=data)


def deciding(client, case: Case, held, **answers: str):
    """Answer the question on the page `held`."""
    data = form_data(held.text, "border-form") | {"_border": ["decide"]}
    data |= {f"border_{name}": [value] for name, value in answers.items()}
    return client.post(f"/admin/case/edit/?id={case.id}", data=data, follow_redirects=True)


def fresh(case: Case) -> Case:
    db.session.rollback()
    db.session.expire_all()
    return db.session.get_one(Case, case.id)


def others(case: Case) -> list[Case]:
    return list(db.session.scalars(select(Case).where(Case.id != case.id)))


@pytest.mark.parametrize(
    ("of_type", "old", "new", "found"),
    [
        ("open", "social", "school", ("social", "school")),
        ("open", "open", "social", ("open", "social")),
        ("open", "social", "open", ("social", "open")),
        ("social", "open", "social", None),  # the type puts its plain units in its own area
        ("social", None, "school", ("social", "school")),
        ("social", "health", "open", ("health", "social")),
        ("open", "social", "social", None),
        ("open", None, "social", None),  # sorted for the first time
        ("open", "social", None, None),
    ],
)
def test_a_border_lies_between_areas_by_unit_and_type(of_type, old, new, found):
    border = border_between(of_type, old, new)
    assert (border and (border.old, border.new)) == found


def test_the_save_is_held_and_the_page_says_which_border_and_shows_the_text(client):
    case = a_case()

    held = moving(client, case)

    assert held.status_code == 422
    assert "Från Hemvård (Socialtjänst) till Grundskola (Skola)." in held.text
    assert TEXT in held.text
    assert fresh(case).unit_id == unit_id("Hemvård")


def test_what_was_typed_survives_the_question_the_way_back_and_is_a_draft(client):
    case = a_case()
    held = moving(client, case, f_own_type="Skolskjuts", f_internal_note=TYPED)
    assert db.session.scalars(select(CaseDraft)).one().values["f_own_type"] == ["Skolskjuts"]

    data = form_data(held.text, "border-form") | {"_border": ["back"]}
    back = client.post(f"/admin/case/edit/?id={case.id}", data=data)

    form = form_data(back.text, "case-form")
    assert back.status_code == 200
    assert form["f_own_type"] == ["Skolskjuts"]
    assert form["f_internal_note"][0].strip().replace("\r\n", "\n") == TYPED
    assert form["f_unit"] == [str(unit_id("Grundskola"))]
    assert fresh(case).own_type == ""


def test_with_a_ground_and_a_reason_the_case_moves_and_historik_says_why(client):
    case = a_case()
    held = moving(client, case, f_own_type="Skolskjuts")

    page = deciding(client, case, held, way="all", ground="consent", reason="Berit sa ja.").text

    moved = fresh(case)
    assert "Ärendet är flyttat med all text." in page
    assert (moved.unit_id, moved.own_type) == (unit_id("Grundskola"), "Skolskjuts")
    assert (moved.text, others(case)) == (TEXT, [])
    (line,) = log_of(case, "case.crossed")
    assert line.new["border"] == "Socialtjänst → Skola"
    assert line.actor_id == person(REGISTRAR).id
    history = client.get(f"/admin/case/history/{case.id}").text
    for words in ("Flyttat över en sekretessgräns", "Berit sa ja.", "OSL 12 kap. 2 §"):
        assert words in history


@pytest.mark.parametrize(
    ("answers", "said"),
    [
        ({"way": "all", "reason": "Ja."}, "Välj varför texten får lämnas över."),
        ({"way": "all", "ground": "consent", "reason": " "}, "Skriv hur du har bedömt det."),
        ({"way": "all", "ground": "nonsense", "reason": "Ja."}, "Välj varför texten får"),
        ({"way": "summary", "summary": " \n"}, "Skriv den text som den nya enheten ska få."),
        ({"way": "summary", "summary": "x" * 20_001}, "Texten är för lång."),
        ({"way": "nonsense"}, "Inte ett giltigt val"),
    ],
)
def test_a_decision_that_lacks_something_is_asked_for_again(client, answers, said):
    case = a_case()
    held = moving(client, case, f_own_type="Skolskjuts")

    again = deciding(client, case, held, **answers)

    assert again.status_code == 422
    assert said in again.text
    assert form_data(again.text, "border-form")["f_own_type"] == ["Skolskjuts"]
    assert (fresh(case).unit_id, others(case)) == (unit_id("Hemvård"), [])


def test_the_notes_stay_behind_in_the_case_and_in_its_history_unless_they_are_taken(client):
    left, taken = a_case(), a_case()
    deciding(client, left, moving(client, left), way="all", ground="law", reason="Ja.")
    deciding(
        client, taken, moving(client, taken), way="all", ground="law", reason="Ja.", with_notes="y"
    )

    assert (fresh(left).internal_note, fresh(taken).internal_note) == ("", NOTE)
    assert NOTE not in client.get(f"/admin/case/history/{left.id}").text
    assert log_of(left, "case.edited")[-1].old == NOTE  # kept, and shown to nobody
    assert NOTE in client.get(f"/admin/case/edit/?id={taken.id}").text


def test_a_written_text_becomes_a_case_of_its_own_and_nothing_else_passes(client):
    case = a_case()
    held = moving(client, case, f_own_type="Skolskjuts")

    page = deciding(client, case, held, way="summary", summary="Bussen kommer för sent.")

    stays, (new,) = fresh(case), others(case)
    assert f"Ärende {new.id} med den avidentifierade texten" in page.text
    assert (stays.unit_id, stays.own_type, stays.text) == (
        unit_id("Hemvård"), "Skolskjuts", TEXT,
    )  # fmt: skip
    assert (new.unit_id, new.text) == (unit_id("Grundskola"), "Bussen kommer för sent.")
    assert new.received_on == stays.received_on
    shown = [client.get(f"/admin/case/{p}{new.id}").text for p in ("edit/?id=", "history/")]
    told = "".join(m.text + m.subject for m in mails() if m.case_id == new.id)
    assert "KANARIE" not in "".join([*shown, told])
    assert db.session.get_one(CaseOriginal, new.id).text == new.text
    assert [log_of(c, "case.handed-over")[0].new["case"] for c in (stays, new)] == [
        str(new.id), str(case.id),
    ]  # fmt: skip


def test_whoever_moves_a_case_out_of_the_own_sight_is_told_so(client):
    case = a_case("Fritid", responsible=person(HANDLER).id)
    client.login(HANDLER)
    data = form_data(client.get(f"/admin/case/edit/?id={case.id}").text, "case-form")
    data |= {"f_unit": [str(unit_id("Hemvård"))], "f_responsible": [str(person(MANAGER).id)]}
    held = client.post(f"/admin/case/edit/?id={case.id}", data=data)

    page = deciding(client, case, held, way="all", ground="needed", reason="Rätt enhet.").text

    assert fresh(case).unit_id == unit_id("Hemvård")
    assert "Du har inte längre behörighet att se ärendet." in page


def test_a_move_inside_the_area_asks_nothing(client):
    case = a_case()
    assert moving(client, case, "Särskilt boende").status_code == 302
    assert fresh(case).unit_id == unit_id("Särskilt boende")
    assert log_of(case, "case.crossed") == []


def test_no_other_way_leads_past_the_question(app):
    case = a_case()
    with pytest.raises(BorderAhead):
        edit(case, REGISTRAR, unit=unit_id("Grundskola"))
    db.session.rollback()
    assert fresh(case).unit_id == unit_id("Hemvård")


@pytest.mark.parametrize("way", ["all", "summary", "nonsense", ""])
@pytest.mark.parametrize("unit", ["same", "", "999999", "abc", None])
def test_an_answer_to_a_question_that_was_not_asked_moves_nothing(client, way: str, unit):
    case = a_case(responsible=person(MANAGER).id)
    client.login(REGISTRAR)
    data = form_data(client.get(f"/admin/case/edit/?id={case.id}").text, "case-form")
    data |= {"border_way": [way], "border_summary": ["Hej"], "border_ground": ["law"]}
    data |= {"border_reason": ["Ja."], "_border": ["decide"]}
    if unit is None:
        del data["f_unit"]
    elif unit != "same":
        data["f_unit"] = [unit]

    answer = client.post(f"/admin/case/edit/?id={case.id}", data=data, follow_redirects=True)

    assert answer.status_code in (200, 422)
    assert "Ärendet är flyttat" not in answer.text
    assert (fresh(case).unit_id, others(case)) == (unit_id("Hemvård"), [])
