"""The case page beside the scenarios: conflict, originals, files, assistants, phone, no scripts."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import update

from extensions import db
from models import Case, WorkLock, utcnow
from tests.support.cases import HJO, SODERTALJE, choice, edit, new_case, person, unit_id
from tests.support.walk import choose_option, flashed, looks_right, sign_in, tab

pytestmark = pytest.mark.usefixtures("town")


@pytest.fixture
def hjo_case(app) -> int:
    case = new_case(
        title="Utfart från Malmgatan till Korsbergavägen",
        contact_way=choice(HJO, "contact_way", "E-post"),
        types=[choice(HJO, "types", "Klagomål")],
        categories=[choice(HJO, "categories", "Fysisk miljö")],
        workflow=choice(HJO, "workflow", "Synpunkten"),
        unit=unit_id("Fritid"),
        responsible=person("handlaggare.hjo").id,
    )
    return number_of(case)


def number_of(case: Case) -> int:
    """The case's number; the test's own transaction ends, so that the server can write."""
    number = case.id
    db.session.commit()
    return number


def end_work_locks() -> None:
    """Let an hour pass for all locks: nobody has given a sign of life."""
    db.session.execute(update(WorkLock).values(seen_at=utcnow() - timedelta(hours=1)))
    db.session.commit()


def test_who_saves_second_sees_both_texts_and_overwrites_nothing(
    page: Page, open_browser: Callable[[], Page], hjo_case: int
) -> None:
    url = f"/admin/case/edit/?id={hjo_case}"
    sign_in(page, "handlaggare.hjo")
    with page.expect_response(re.compile("/case/lock/.*/take")):
        page.goto(url)
    end_work_locks()
    other = open_browser()
    sign_in(other, "registrator.hjo")
    other.goto(url)
    tab(other, "Handläggning/korrespondens")
    other.get_by_label(re.compile("^Info/åtgärder")).fill("Registratorns anteckning")
    other.get_by_role("button", name="Spara", exact=True).click()
    flashed(other, "Ändringarna är sparade.")
    other.wait_for_load_state("networkidle")
    other.get_by_role("button", name="Stäng", exact=True).click()
    expect(other.get_by_role("heading", level=1)).to_contain_text("Ärenden")
    page.get_by_label(re.compile("^Info/åtgärder")).fill("Handläggarens anteckning")
    page.get_by_role("button", name="Spara", exact=True).click()
    flashed(page, "Någon annan sparade ärendet medan du skrev.")
    expect(page.get_by_label(re.compile("^Info/åtgärder"))).to_have_value(
        "Handläggarens anteckning"
    )
    expect(page.get_by_text("Registratorns anteckning")).to_be_visible()
    looks_right(page)


@pytest.mark.row("H09")
def test_visa_ursprungsvarde_shows_what_came_in(page: Page, hjo_case: int) -> None:
    sign_in(page, "handlaggare.hjo")
    page.goto(f"/admin/case/edit/?id={hjo_case}")
    page.get_by_label(re.compile("^Synpunkt/felanmälan")).fill("Utfarten är skymd.")
    page.get_by_role("button", name="Spara", exact=True).click()
    flashed(page, "Ändringarna är sparade.")
    page.get_by_text("Visa ursprungsvärde", exact=True).click()
    expect(page.get_by_text("Det är svårt att se trafiken vid utfarten.")).to_be_visible()


@pytest.mark.row("H10")
def test_files_are_added_and_fetched_back(page: Page, hjo_case: int) -> None:
    sign_in(page, "handlaggare.hjo")
    page.goto(f"/admin/case/edit/?id={hjo_case}")
    page.locator("input[type=file]").set_input_files(
        {"name": "mått åäö.txt", "mimeType": "text/plain", "buffer": b"Bredd 3 m"}
    )
    page.get_by_role("button", name="Spara", exact=True).click()
    flashed(page, "Ändringarna är sparade.")
    with page.expect_download() as fetched:
        page.get_by_role("link", name="mått åäö.txt").click()
    assert fetched.value.path().read_text() == "Bredd 3 m"


@pytest.mark.row("H26")
def test_the_unit_decides_which_handlers_can_be_chosen(page: Page, hjo_case: int) -> None:
    sign_in(page, "registrator.hjo")
    page.goto(f"/admin/case/edit/?id={hjo_case}")
    tab(page, "Ansvarig handläggare")
    handlers = page.get_by_label(re.compile("^Handläggare")).locator(
        "option:not([hidden]):not([disabled])"
    )
    expect(handlers.filter(has_text="Christer Svensson")).to_have_count(1)
    choose_option(page, "Handlar om", "Kansli")
    expect(handlers.filter(has_text="Christer Svensson")).to_have_count(0)


@pytest.mark.row("H22")
def test_keywords_are_chosen_or_typed_to_filter(page: Page, hjo_case: int) -> None:
    sign_in(page, "registrator.hjo")
    page.goto(f"/admin/case/edit/?id={hjo_case}")
    tab(page, "Kategorisering")
    box = page.get_by_role("combobox", name=re.compile("^Nyckelord"))
    box.fill("trafik")
    expect(page.locator(".ts-dropdown [role=option]")).to_have_count(1)
    box.press("Enter")
    page.get_by_role("button", name="Spara", exact=True).click()
    flashed(page, "Ändringarna är sparade.")
    tab(page, "Kategorisering")
    expect(page.get_by_text(re.compile("trafik", re.I)).first).to_be_visible()
    looks_right(page)


@pytest.mark.row("S07", "S17", "S28")
def test_an_assistant_marks_the_investigation_ready_and_the_list_shows_it(page: Page, app) -> None:
    case = new_case(
        SODERTALJE,
        unit=unit_id("Vård- och omsorgsboende norr"),
        types=[choice(SODERTALJE, "types", "Klagomål")],
        categories=[choice(SODERTALJE, "categories", "Bemötande")],
        contact_way=choice(SODERTALJE, "contact_way", "Per e-post"),
    )
    edit(case, "chef.omsorg", assistants=[person("bitradande.omsorg").id])
    number = number_of(case)
    sign_in(page, "bitradande.omsorg")
    page.goto(f"/admin/case/edit/?id={number}")
    page.get_by_role("button", name="Klarmarkera").click()
    expect(page.locator("#error-summary")).to_contain_text("innan du klarmarkerar")
    looks_right(page)
    tab(page, "Svar och åtgärd")
    page.get_by_role("textbox", name=re.compile("^Svar")).fill("Vi har talat med personalen.")
    page.get_by_label("Framförd till berörd personal").check()
    page.get_by_role("button", name="Klarmarkera").click()
    flashed(page, "Utredningen är klarmarkerad.")
    page.get_by_role("button", name="Stäng", exact=True).click()
    row = page.get_by_role("row", name=re.compile(rf"\b{number}\b"))
    expect(row.locator("[data-label^='Klarmarkering']")).to_have_text("Ja")
    looks_right(page)


def test_the_case_is_handled_on_a_phone(phone: Page, hjo_case: int) -> None:
    sign_in(phone, "handlaggare.hjo")
    phone.goto("/admin/case/")
    expect(phone.get_by_text("Utfart från Malmgatan").first).to_be_visible()
    looks_right(phone)
    phone.get_by_role("link", name=str(hjo_case), exact=True).click()
    looks_right(phone)
    phone.get_by_label(re.compile("^Info/åtgärder")).fill("Från mobilen")
    phone.get_by_role("button", name="Spara", exact=True).click()
    flashed(phone, "Ändringarna är sparade.")


def test_the_case_is_handled_without_scripts(page_without_scripts: Page, hjo_case: int) -> None:
    page = page_without_scripts
    sign_in(page, "handlaggare.hjo")
    page.goto("/admin/case/")
    page.get_by_role("link", name=str(hjo_case), exact=True).click()
    page.get_by_role("textbox", name=re.compile("^Handläggarens svar")).fill(
        "Vi klipper häcken.\n\nTack!"
    )
    page.get_by_text("Välj ny händelse...").click()
    page.get_by_role("button", name="Registrera och skicka handläggarens svar per e-post").click()
    expect(page.get_by_label(re.compile("^Meddelande"))).to_have_value(
        re.compile("Vi klipper häcken")
    )
    page.get_by_role("button", name="Skicka").click()
    flashed(page, "E-postmeddelandet är registrerat")
