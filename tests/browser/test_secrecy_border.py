"""A case over a border of secrecy in a browser: on a desk, without scripts, on a phone (H08)."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from extensions import db
from tests.support.cases import HJO, choice, new_case, person, unit_id
from tests.support.walk import choose_option, flashed, looks_right, sign_in, tab

pytestmark = [pytest.mark.usefixtures("town"), pytest.mark.row("H08")]
NOTES = re.compile("^Info/åtgärder")
NOTE = "Ringde skolan\noch fick svar."


@pytest.fixture
def case_id(app) -> int:
    case = new_case(
        title="Nils får inte skolskjuts",
        contact_way=choice(HJO, "contact_way", "E-post"),
        types=[choice(HJO, "types", "Klagomål")],
        categories=[choice(HJO, "categories", "Fysisk miljö")],
        workflow=choice(HJO, "workflow", "Synpunkten"),
        unit=unit_id("Hemvård"),
        responsible=person("chef.hjo").id,
    )
    number = case.id
    db.session.commit()
    return number


def move(page: Page, case_id: int, *, has_tabs: bool = True) -> None:
    """Write a note, choose the other unit and press Spara."""
    sign_in(page, "registrator.hjo")
    page.goto(f"/admin/case/edit/?id={case_id}")
    if has_tabs:
        tab(page, "Handläggning/korrespondens")
    page.get_by_label(NOTES).fill(NOTE)
    if has_tabs:
        tab(page, "Ansvarig handläggare")
    choose_option(page, "Handlar om", "Grundskola")
    page.get_by_role("button", name="Spara", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Ärendet ska över en sekretessgräns")


def test_the_case_moves_with_all_its_text_on_a_ground_that_historik_shows(
    page: Page, case_id: int
) -> None:
    move(page, case_id)
    expect(page.locator("main")).to_contain_text("Från Hemvård (Socialtjänst) till Grundskola")
    expect(page.locator("main")).to_contain_text("Nils får inte skolskjuts")
    looks_right(page)
    page.get_by_label("Allt: flytta ärendet med all text").check()
    page.get_by_label(re.compile("har gått med på det")).check()
    page.get_by_label("Hur har du bedömt det?").fill("Mamman sa ja i telefon.")
    page.get_by_label("Ta med de interna anteckningarna").check()
    page.get_by_role("button", name="Spara").click()

    flashed(page, "Ärendet är flyttat med all text.")
    expect(page.get_by_label(NOTES)).to_have_value(NOTE)
    page.get_by_role("toolbar").locator("summary", has_text="Mer").click()
    page.get_by_role("link", name="Historik").click()
    expect(page.locator("main")).to_contain_text("Flyttat över en sekretessgräns")
    expect(page.locator("main")).to_contain_text("Mamman sa ja i telefon.")


def test_on_a_phone_the_question_can_be_left_and_nothing_typed_is_lost(
    phone: Page, case_id: int
) -> None:
    move(phone, case_id)
    looks_right(phone)
    phone.get_by_role("button", name="Tillbaka till ärendet").click()

    expect(phone.get_by_label(NOTES)).to_have_value(NOTE)
    expect(phone.locator("#f_unit option:checked")).to_have_text(re.compile("Grundskola"))
    expect(phone.locator("main")).to_contain_text("Det här är ditt utkast")
    looks_right(phone)


def test_without_scripts_a_written_text_becomes_a_case_on_the_other_side(
    page_without_scripts: Page, case_id: int
) -> None:
    page = page_without_scripts
    move(page, case_id, has_tabs=False)
    page.get_by_role("button", name="Spara").click()
    expect(page.locator("#error-summary")).to_contain_text("Skriv den text som den nya enheten")
    page.get_by_label("Avidentifierad text", exact=True).fill("Skolskjutsen kommer inte.")
    page.get_by_role("button", name="Spara").click()

    flashed(page, "Det här ärendet är kvar här.")
    expect(page.get_by_label(NOTES)).to_have_value(NOTE)
    page.goto(f"/admin/case/edit/?id={case_id + 1}")
    expect(page.locator("main")).to_contain_text("Skolskjutsen kommer inte.")
    expect(page.locator("main")).not_to_contain_text("Nils")
