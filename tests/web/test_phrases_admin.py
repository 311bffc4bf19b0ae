"""System → Standardtexter: made, changed, put in order, switched off; only by who configures."""

from __future__ import annotations

import pytest

from domain.permissions import SYSTEM
from extensions import db
from models import CaseType, Choice, ChoiceList, Phrase
from services.presets import load_preset
from tests.support.cases import HJO, SODERTALJE, choice
from tests.support.config import config_log, fill_in

pytestmark = pytest.mark.usefixtures("town")
NEW = f"/admin/phrases/new/?case_type={HJO}"


@pytest.fixture
def admin(client):
    return client.login("admin")


def phrase(title, case_type=HJO):
    db.session.expire_all()
    query = db.select(Phrase).join(CaseType).where(CaseType.key == case_type)
    return db.session.scalars(query.where(Phrase.title == title)).one_or_none()


def make(admin, **values):
    given = {"title": "Vintern", "body": "Vi plogar när snön är tio centimeter.", **values}
    return fill_in(admin, NEW, **given)


def test_both_presets_bring_phrases_for_their_categories(admin):
    for case_type in (HJO, SODERTALJE):
        found = phrase("Tack för beröm", case_type)
        assert found.choice_id == choice(case_type, "types", "Beröm")
        assert phrase("Tack för din synpunkt", case_type).choice_id is None
    page = admin.get("/admin/phrases/").text
    assert "Felanmälan Gata/park" in page
    assert "Alla ärenden" in page


def test_a_new_phrase_is_kept_and_recorded(admin):
    beröm = choice(HJO, "types", "Beröm")
    assert make(admin, choice_id=str(beröm)).status_code == 302
    made = phrase("Vintern")
    assert (made.choice_id, made.is_active) == (beröm, True)
    ((action, _field, _old, new),) = config_log(f"phrases {made.id}")
    assert (action, new["title"]) == ("config.created", "Vintern")


def test_a_changed_phrase_is_recorded_value_by_value_and_named_in_the_log(admin):
    made = phrase("Tack för beröm")
    url = f"/admin/phrases/edit/?id={made.id}"
    assert fill_in(admin, url).status_code == 302
    assert config_log(f"phrases {made.id}") == []
    assert fill_in(admin, url, is_active=None, position="7").status_code == 302
    changed = phrase("Tack för beröm")
    assert (changed.is_active, changed.position) == (False, 7)
    log = {line[1]: line[2:] for line in config_log(f"phrases {made.id}")}
    assert log["is_active"] == (True, False)
    assert "Standardtext" in admin.get("/admin/audit/").text


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"title": "Tack för beröm"}, "Tack för beröm finns redan"),
        ({"title": ""}, "Fyll i det här fältet."),
        ({"body": ""}, "Fyll i det här fältet."),
        ({"body": "å" * 5001}, "5000"),
        ({"choice_id": "999999"}, "val"),
        ({"position": "sist"}, "Skriv ett heltal"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(admin, values, sentence):
    page = make(admin, **values)
    assert page.status_code in (200, 422)
    assert sentence in page.text
    assert "plogar" in page.text or "body" in values


def test_a_category_of_another_case_type_is_refused(admin):
    strange = choice(SODERTALJE, "types", "Beröm")
    assert make(admin, choice_id=str(strange)).status_code != 302
    assert phrase("Vintern") is None


def test_a_phrase_of_a_removed_category_is_for_all_cases(admin):
    the_list = db.session.scalars(db.select(ChoiceList).where(ChoiceList.key == "types")).first()
    extra = Choice(choice_list_id=the_list.id, label="Hyllning", position=99)
    db.session.add(extra)
    db.session.flush()
    db.session.add(
        Phrase(case_type_id=the_list.case_type_id, choice_id=extra.id, title="Hyll", body="Tack.")
    )
    db.session.commit()
    db.session.delete(extra)
    db.session.commit()
    db.session.expire_all()
    assert db.session.scalars(db.select(Phrase).filter_by(title="Hyll")).one().choice_id is None


def test_loading_the_preset_again_leaves_what_people_changed(admin):
    db.session.delete(phrase("Vi beklagar"))
    db.session.flush()
    changed = phrase("Tack för beröm")
    changed.body, changed.is_active = "Eget svar.", False
    db.session.commit()
    load_preset("hjo", actor=SYSTEM)
    db.session.commit()
    kept = phrase("Tack för beröm")
    assert (kept.body, kept.is_active) == ("Eget svar.", False)
    assert phrase("Vi beklagar").choice_id == choice(HJO, "types", "Klagomål")


@pytest.mark.parametrize("username", ["handlaggare.hjo", "registrator.hjo"])
def test_others_do_not_see_the_page(client, username):
    page = client.login(username)
    assert page.get("/admin/phrases/").status_code in (403, 404)
    assert "Standardtexter" not in page.get("/admin/").text
