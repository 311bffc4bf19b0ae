"""Historik of a case: what changed, in words and differences, and what stays hidden from whom."""

from __future__ import annotations

import html
import re

import pytest

from domain.clock import local_today
from domain.permissions import SYSTEM
from extensions import db
from models import Case
from queries.secrecy import grounds_on
from services.audit import record
from services.people import Grant, change_person
from services.secrecy import set_mark
from tests.support.cases import HJO, actor, edit, free, layout, person, unit_id
from tests.support.letters import HANDLER, hjo_case, letter

pytestmark = [pytest.mark.usefixtures("town"), pytest.mark.row("S24")]
MANAGER, REGISTRAR, STRANGER = "chef.hjo", "registrator.hjo", "chef.omsorg"
LONG = "Vi har varit på platsen.\nUtfarten mäts i {}.\nSedan skriver vi till grannen.\nHej då."


def a_reader() -> str:
    """The manager, who from now on only reads."""
    change_person(
        free(MANAGER), {}, [Grant("reader", unit_id("Kommunförvaltningen"))], actor=SYSTEM
    )
    db.session.commit()
    return MANAGER


def changes(client, case: Case, query: str = "") -> str:
    answer = client.get(f"/admin/case/history/{case.id}{query}")
    assert answer.status_code == 200
    return answer.text


def row(page: str, *words: str) -> str:
    """The text of the first row that holds all of `words`."""
    for found in re.findall(r"<tr>(.*?)</tr>", page, re.S):
        text = " ".join(html.unescape(re.sub(r"<[^>]+>", " ", found)).split())
        if all(word in text for word in words):
            return text
    raise AssertionError((words, page))


def test_the_toolbar_leads_to_what_was_changed_by_whom_from_what_to_what(client):
    case = hjo_case()
    edit(case, HANDLER, own_type="Trafik")
    edit(case, HANDLER, own_type="Utfart")
    db.session.commit()
    client.login(HANDLER)
    url = f"/admin/case/history/{case.id}"
    assert f'href="{url}"' in client.get(f"/admin/case/edit/?id={case.id}").text
    page = changes(client, case)
    shown = row(page, "Före: Trafik", "Efter: Utfart")
    assert person(HANDLER).name in shown
    assert shown.startswith("Ärendet ändrat")
    assert page.index("Utfart") < page.index("Ärendet registrerat")  # newest first


def test_people_units_and_choices_are_named_not_numbered(client):
    case = hjo_case()
    edit(case, HANDLER, responsible=person(MANAGER).id, unit=unit_id("Kommunförvaltningen"))
    db.session.commit()
    client.login(MANAGER)
    page = changes(client, case)
    assert f"Efter: {person(MANAGER).name}" in row(page, f"Före: {person(HANDLER).name}")
    assert "Efter: Kommunförvaltningen" in row(page, "Före: Fritid")


def test_a_long_text_shows_its_differences_to_eyes_and_ears(client):
    case = hjo_case()
    edit(case, HANDLER, internal_note=LONG.format("maj"))
    edit(case, HANDLER, internal_note=LONG.format("juni"))
    db.session.commit()
    client.login(HANDLER)
    page = changes(client, case)
    assert re.search(r"<del[^>]*>.*?Togs bort:.*?<b>maj\.</b>", page)
    assert re.search(r"<ins[^>]*>.*?Kom till:.*?<b>juni\.</b>", page)
    shown = row(page, "juni", "maj")
    assert "Vi har varit på platsen." in shown
    assert "Hej då." not in shown  # far from the change


def test_texts_too_large_to_compare_stand_as_wholes(client):
    case = hjo_case()
    edit(case, HANDLER, internal_note="a\n" * 4_000)
    edit(case, HANDLER, internal_note="b\n" * 4_000)
    db.session.commit()
    client.login(HANDLER)
    assert changes(client, case).count("Kom till:") < 20


def test_a_reader_sees_that_it_changed_but_not_what_was_taken_away(client):
    case = hjo_case(text="Grannen Nils Nilsson kör för fort.", submitter_name="Kanarie Fågel")
    edit(case, REGISTRAR, text="Grannen kör för fort.", submitter_name="Kanarie Falk")
    letter(case)
    record(SYSTEM, "mail.failed", case_id=case.id, new="550 <berit.ek@example.org> unknown")
    db.session.commit()
    client.login(HANDLER)
    whole = changes(client, case)
    for canary in ("Nils Nilsson", "Kanarie Fågel", "Kanarie Falk", "berit.ek@"):
        assert canary in whole

    client.login(a_reader())
    cut = changes(client, case)
    for canary in ("Nilsson", "Kanarie", "berit.ek@", "Berit"):
        assert canary not in cut
    for field in ("text", "submitter_name", "title"):
        label = layout(HJO).fields[field].label
        assert "Dolt" in row(cut, f"Ärendet ändrat {label}")
    assert "Dolt" in row(cut, "Mejl kom inte fram")
    assert "Rubrik: Dolt" in row(cut, "Ärendet registrerat")
    assert "Mottagare: Dolt" in row(cut, "Händelse registrerad Händelse 1")


def test_protected_data_is_hidden_from_those_whom_the_mark_shuts_out(client):
    case = hjo_case(submitter_name="Kanarie Fågel")
    edit(case, REGISTRAR, submitter_name="Kanarie Falk")
    ground = next(g for g in grounds_on(local_today()) if g.for_submitter).id
    words = {"ground_id": ground, "covers": "Kanarieadress", "reason": "Kanarieskäl"}
    set_mark(case, "submitter", **words, actor=actor(HANDLER))
    db.session.commit()
    client.login(REGISTRAR)
    page = changes(client, case)
    assert "Kanarie" not in page
    assert "Dolt" in row(page, "Sekretessmarkering satt Personuppgifterna")
    client.login(HANDLER)
    assert "Skäl: Kanarieskäl" in row(changes(client, case), "Sekretessmarkering satt")


def test_fifty_lines_a_page_and_none_twice_or_lost(client):
    case = hjo_case()
    for number in range(120):
        record(SYSTEM, "case.reopened", case_id=case.id, new=f"skäl{number:03}")
    db.session.commit()
    client.login(HANDLER)
    seen, query = [], ""
    while True:
        page = changes(client, case, query)
        assert page.count("<time") <= 50
        seen += re.findall(r"skäl\d{3}", page)
        older = re.search(r'rel="next" href="[^"?]*(\?before=\d+)"', page)
        if older is None:
            break
        query = older[1]
    assert seen == [f"skäl{number:03}" for number in reversed(range(120))]


@pytest.mark.parametrize("before", ["0", "-1", "x", "99999999999", "%00"])
def test_odd_pages_are_answered(client, before: str):
    case = hjo_case()
    client.login(HANDLER)
    assert client.get(f"/admin/case/history/{case.id}?before={before}").status_code == 200


def test_another_towns_history_does_not_exist(client):
    case = hjo_case()
    client.login(STRANGER)
    for path in (f"/admin/case/history/{case.id}", f"/admin/case/history/{case.id}/readers"):
        foreign, missing = client.get(path), client.get(path.replace(str(case.id), "99999"))
        assert (foreign.status_code, missing.status_code) == (404, 404)


def test_who_answers_for_the_case_sees_who_read_it_and_others_do_not(client):
    case = hjo_case()
    client.login(REGISTRAR)
    client.get(f"/admin/case/edit/?id={case.id}")
    assert "/readers" not in changes(client, case)
    assert client.get(f"/admin/case/history/{case.id}/readers").status_code == 403
    client.login(HANDLER)
    assert f"/admin/case/history/{case.id}/readers" in changes(client, case)
    page = client.get(f"/admin/case/history/{case.id}/readers").text
    assert "Ärendet öppnat" in row(page, person(REGISTRAR).name, "Ärendet öppnat")


def test_markup_in_values_is_shown_as_text(client):
    case = hjo_case()
    edit(case, HANDLER, own_type="<b>fet</b>", internal_note="<script>x</script>\nrad")
    db.session.commit()
    client.login(HANDLER)
    page = changes(client, case)
    assert "&lt;b&gt;fet&lt;/b&gt;" in page
    assert "<script>x" not in page


def test_an_old_line_of_a_field_that_is_gone_is_still_shown(client):
    case = hjo_case()
    record(SYSTEM, "case.edited", case_id=case.id, field="borttaget", old=[1, 2], new=3)
    db.session.commit()
    client.login(HANDLER)
    assert "1, 2" in row(changes(client, case), "borttaget")
