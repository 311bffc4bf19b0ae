"""Vallistor: labels, order and meanings of choices; what cases carry stays."""

from __future__ import annotations

import pytest

from extensions import db
from models import CaseType, Choice, ChoiceList
from queries.configuration import configuration
from tests.support.cases import HJO, SODERTALJE, choice, new_case
from tests.support.config import config_log, fill_in

pytestmark = pytest.mark.usefixtures("town")


@pytest.fixture(autouse=True)
def administrator(client):
    return client.login("admin")


def the_list(key, case_type=HJO):
    db.session.expire_all()
    query = db.select(ChoiceList).join(CaseType).where(CaseType.key == case_type)
    return db.session.scalars(query.where(ChoiceList.key == key)).one()


def url_of(key, case_type=HJO):
    return f"/admin/choice-lists/edit/?id={the_list(key, case_type).id}"


def labels(key):
    db.session.rollback()
    return [c.label for c in configuration().case_type(HJO).fields[key].choices]


def test_saving_a_list_unchanged_records_nothing(client):
    assert fill_in(client, url_of("status")).status_code == 302
    for row in the_list("status").choices:
        assert config_log(f"choices {row.id}") == []


def test_a_new_label_is_recorded_with_the_old_one(client):
    row = the_list("types").choices[0]
    assert (
        fill_in(client, url_of("types"), **{"choices-0-label": "Beröm och tack"}).status_code == 302
    )
    assert labels("types")[0] == "Beröm och tack"
    log = config_log(f"choices {row.id}")
    assert log == [("config.changed", "label", "Beröm", "Beröm och tack")]


def test_choices_change_places(client):
    first, second = labels("types")[:2]
    places = [c.position for c in the_list("types").choices]
    swap = {"choices-0-position": str(places[1]), "choices-1-position": str(places[0])}
    assert fill_in(client, url_of("types"), **swap).status_code == 302
    assert labels("types")[:2] == [second, first]


def test_a_new_choice_without_a_place_comes_last(client):
    n = len(the_list("types").choices)
    given = {f"choices-{n}-label": "Synpunkt", f"choices-{n}-aliases": "Åsikt\n\nTycker"}
    assert fill_in(client, url_of("types"), **given).status_code == 302
    assert labels("types")[-1] == "Synpunkt"
    assert the_list("types").choices[-1].aliases == ["Åsikt", "Tycker"]


@pytest.mark.parametrize(
    ("key", "changes", "sentence"),
    [
        ("types", {"choices-0-label": ""}, "Alla val behöver en text."),
        ("types", {"choices-0-meaning": "type:nonsense"}, ""),
        ("types", {"choices-1-label": "beröm"}, "”beröm” står två gånger i listan."),
        ("types", {"choices-0-id": "999999"}, "Någon annan tog bort en rad."),
        ("status", {"choices-0-is_active": None}, "Precis ett aktivt val måste betyda"),
        ("status", {"choices-0-meaning": ""}, "Precis ett aktivt val måste betyda"),
        ("status", {"choices-0-remove": "y"}, "Precis ett aktivt val måste betyda"),
        ("status", {"choices-1-meaning": "status:new"}, "Precis ett aktivt val måste betyda"),
    ],
)
def test_what_rules_cannot_live_with_is_refused(client, key, changes, sentence):
    before = labels(key)
    answer = fill_in(client, url_of(key), name="Nytt namn", **changes)
    assert answer.status_code == 422
    assert sentence in answer.text
    assert "Nytt namn" in answer.text
    assert labels(key) == before


def test_a_fault_in_a_row_is_named_above_and_at_its_field(client):
    answer = fill_in(client, url_of("types"), **{"choices-1-label": "x" * 300})
    assert answer.status_code == 422
    assert 'href="#choices-1-label"' in answer.text
    assert 'id="choices-1-label-error"' in answer.text


def test_a_choice_of_another_list_is_not_taken_over(client):
    foreign = the_list("types", SODERTALJE).choices[0]
    answer = fill_in(client, url_of("types"), **{"choices-0-id": str(foreign.id)})
    assert answer.status_code == 422
    assert db.session.get(Choice, foreign.id).choice_list_id == the_list("types", SODERTALJE).id


def test_an_unused_choice_is_removed_and_a_used_one_is_made_inactive(client):
    new_case(types=[choice(HJO, "types", "Klagomål")])
    index = labels("types").index("Klagomål")
    answer = fill_in(client, url_of("types"), **{f"choices-{index}-remove": "y"})
    assert answer.status_code == 422
    assert "”Klagomål” finns i ärenden och kan inte tas bort." in answer.text
    done = fill_in(
        client, url_of("types"), **{f"choices-{index}-is_active": None, "choices-0-remove": "y"}
    )
    assert done.status_code == 302
    assert "Beröm" not in labels("types")
    assert not next(c for c in the_list("types").choices if c.label == "Klagomål").is_active


def test_a_status_that_cases_have_is_used_too(client):
    new_case(status=choice(HJO, "status", "Återkoppling ej önskad/möjlig"))
    index = labels("status").index("Återkoppling ej önskad/möjlig")
    answer = fill_in(client, url_of("status"), **{f"choices-{index}-remove": "y"})
    assert answer.status_code == 422


def test_a_list_that_a_field_offers_cannot_be_deleted(client):
    used = the_list("types")
    client.post("/admin/choice-lists/delete/", data={"id": used.id})
    assert "Listan används av" in client.get("/admin/choice-lists/").text
    assert the_list("types")


def test_a_new_list_is_made_with_its_choices_and_deleted_again(client):
    given = {"name": "Stadsdel", "key": "stadsdel", "choices-0-label": "Norr",
             "choices-1-label": "Söder"}  # fmt: skip
    assert fill_in(client, f"/admin/choice-lists/new/?case_type={HJO}", **given).status_code == 302
    made = the_list("stadsdel")
    assert [c.label for c in made.choices] == ["Norr", "Söder"]
    made_id = made.id
    client.post("/admin/choice-lists/delete/", data={"id": made_id})
    db.session.expunge_all()
    assert db.session.get(ChoiceList, made_id) is None


def test_a_list_with_very_many_choices_can_be_saved(client):
    url = f"/admin/choice-lists/new/?case_type={HJO}"
    given = {f"choices-{i}-label": f"Val {i:03}" for i in range(300)}
    answer = fill_in(client, url, name="Lång", key="long", **given)
    assert answer.status_code == 302
    assert fill_in(client, url_of("long"), **{"choices-299-label": "Sist"}).status_code == 302
    assert the_list("long").choices[-1].label == "Sist"


@pytest.mark.parametrize("name", ["choices-²-label", "choices-99999999999-label", "choices--label"])
def test_odd_row_numbers_are_no_rows(client, name):
    before = labels("types")
    assert fill_in(client, url_of("types"), **{name: "Udda"}).status_code == 302
    assert labels("types") == before
