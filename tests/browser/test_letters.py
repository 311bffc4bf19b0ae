"""Letters by the manuals' labels, from Välj ny händelse... to Avsluta, on a desk and on a phone."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from extensions import db
from models import Case, Event
from tests.support.cases import HJO, SODERTALJE, choice
from tests.support.letters import (
    ANSWER,
    ASIDE,
    CHIEF,
    HANDLER,
    hjo_case,
    letter,
    note,
    pdf_text,
    sodertalje_case,
    word_text,
)
from tests.support.walk import choose_event, flashed, looks_right, sign_in, tab, write_rich

pytestmark = pytest.mark.usefixtures("town")
HJO_TAB = "Handläggning/korrespondens"
REASON = "saken gäller inte kommunens verksamhet"


@pytest.fixture
def sodertalje(app) -> int:
    case = sodertalje_case(
        types=[choice(SODERTALJE, "types", "Klagomål")],
        categories=[choice(SODERTALJE, "categories", "Bemötande")],
    )
    return number_of(case)


@pytest.fixture
def hjo(app) -> int:
    case = hjo_case(
        types=[choice(HJO, "types", "Klagomål")],
        categories=[choice(HJO, "categories", "Fysisk miljö")],
        workflow=choice(HJO, "workflow", "Synpunkten"),
    )
    return number_of(case)


def number_of(case) -> int:
    """The case's number; the test's own transaction ends, so that the server can write."""
    number = case.id
    db.session.rollback()
    return number


def open_case(page: Page, number: int, username: str, tab_name: str) -> None:
    sign_in(page, username)
    page.goto(f"/admin/case/edit/?id={number}")
    tab(page, tab_name)


def card(page: Page, number: int = 1) -> Locator:
    return page.locator(f"#handelse-{number}")


def press(page: Page, name: str, number: int = 1) -> None:
    """A button of the card, whether it is a link or not."""
    page.wait_for_load_state()
    starts = re.compile(f"^{re.escape(name)}")
    inside = card(page, number).locator(".event-actions")
    inside.get_by_role("link", name=starts).or_(inside.get_by_role("button", name=starts)).click()


def fetched(page: Page, name: str, number: int = 1) -> bytes:
    """The file behind Hämta …, as the browser saved it."""
    with page.expect_download() as download:
        press(page, name, number)
    assert f"Svar på synpunkt {card_case(page)}" in download.value.suggested_filename
    return Path(download.value.path()).read_bytes()


def card_case(page: Page) -> str:
    found = re.search(r"id=(\d+)", page.url)
    assert found
    return found[1]


def shown(page: Page, number: int = 1) -> bytes:
    """The PDF behind Visa: the link opens a tab of its own, so it is asked as the tab would."""
    link = card(page, number).get_by_role("link", name=re.compile("^Visa"))
    expect(link).to_have_attribute("target", "_blank")
    expect(link).to_have_attribute("rel", "noopener")
    answer = page.request.get(str(link.get_attribute("href")))
    assert answer.headers["content-disposition"].startswith("inline")
    return answer.body()


def mark_as_posted(page: Page, number: int = 1) -> None:
    press(page, "Markera som postat", number)
    flashed(page, "Brevet är markerat som postat.")
    expect(card(page, number)).to_contain_text(re.compile(r"Postat \d{4}-\d\d-\d\d"))


@pytest.mark.row("H14", "H16", "S19", "S21")
def test_a_letter_from_valj_ny_handelse_to_avsluta(screen: Page, sodertalje: int) -> None:
    page = screen
    open_case(page, sodertalje, CHIEF, "Svar och åtgärd")
    choose_event(page, "Registrera och skriv ut svar per brev")
    expect(page.get_by_label(re.compile("^Mottagare"))).to_have_value("Berit Ek")
    expect(page.get_by_label(re.compile("^Adress"))).to_have_value(
        "Berit Ek\nStorgatan 1\n544 30 Hjo"
    )
    expect(page.get_by_text("VÅRT SVAR:")).to_be_visible()
    looks_right(page)
    page.get_by_role("button", name="Skapa brev").click()
    flashed(page, "Brevet är skapat.")
    expect(card(page)).to_contain_text("Inte postat än")
    expect(card(page)).to_contain_text(f"Svar på synpunkt {sodertalje}.pdf")
    expect(card(page)).to_contain_text("Initiativtagare")
    looks_right(page)
    for text in (
        pdf_text(shown(page)),
        pdf_text(fetched(page, "Hämta PDF")),
        word_text(fetched(page, "Hämta Word")),
    ):
        assert ANSWER in text
        assert "Berit Ek" in text
        assert "544 30 Hjo" in text
    change(page, "Vi har bytt leverantör.")
    mark_as_posted(page)
    expect(card(page).get_by_role("link", name=re.compile("^Ändra"))).to_have_count(0)
    expect(card(page).get_by_role("link", name=re.compile("^Ta bort"))).to_have_count(0)
    assert "Vi har bytt leverantör." in pdf_text(shown(page))
    looks_right(page)
    page.get_by_label("Åtgärdat", exact=True).check()
    page.get_by_label("Mycket").check()
    page.get_by_role("button", name="Avsluta").click()
    flashed(page, "Ärendet är avslutat.")


def change(page: Page, text: str) -> None:
    """Ändra, and what it said before under Tidigare versioner."""
    press(page, "Ändra")
    looks_right(page)
    write_rich(page, "Meddelande", text)
    page.get_by_role("button", name="Spara").click()
    flashed(page, "Ändringarna är sparade.")
    press(page, "Tidigare versioner")
    expect(page.get_by_text(ANSWER)).to_be_visible()
    looks_right(page)
    page.go_back()


@pytest.mark.row("H14", "H16")
def test_hjos_answer_by_letter_carries_no_internal_note(page: Page, hjo: int) -> None:
    open_case(page, hjo, HANDLER, HJO_TAB)
    choose_event(page, "Registrera och skriv ut handläggarens svar per brev")
    page.get_by_role("button", name="Skapa brev").click()
    flashed(page, "Brevet är skapat.")
    text = pdf_text(shown(page))
    assert ANSWER in text
    assert ASIDE not in text
    mark_as_posted(page)


@pytest.mark.row("H18")
def test_a_refused_synpunkt_is_told_by_letter_with_its_reason(page: Page, hjo: int) -> None:
    open_case(page, hjo, "registrator.hjo", HJO_TAB)
    choose_event(page, "Registrera och skriv ut meddelande om refuserad synpunkt per brev")
    page.get_by_role("button", name="Skapa brev").click()
    expect(page.locator("#error-summary")).to_be_visible()  # without a reason nothing is made
    looks_right(page)
    page.get_by_label(re.compile("^Skäl")).select_option(label=REASON)
    page.get_by_role("button", name="Skapa brev").click()
    flashed(page, "Brevet är skapat.")
    assert REASON in pdf_text(shown(page))


def test_another_name_is_confirmed_before_the_letter_is_made(page: Page, hjo: int) -> None:
    open_case(page, hjo, HANDLER, HJO_TAB)
    choose_event(page, "Registrera och skriv ut handläggarens svar per brev")
    page.get_by_label(re.compile("^Mottagare")).fill("Ove Ek")
    page.get_by_role("button", name="Skapa brev").click()
    looks_right(page)
    page.get_by_label("Ja, brevet ska till den här mottagaren").check()
    page.get_by_role("button", name="Skapa brev").click()
    flashed(page, "Brevet är skapat.")
    expect(card(page)).to_contain_text("Ove Ek")


@pytest.mark.row("S21")
def test_ta_bort_and_makulera_ask_first(screen: Page, hjo: int, app) -> None:
    page, case = screen, db.session.get(Case, hjo)
    letter(case)
    note(case)
    db.session.rollback()
    open_case(page, hjo, HANDLER, HJO_TAB)
    press(page, "Ta bort", 1)
    expect(page.get_by_text(re.compile(r"Besvarades \d{4}-\d\d-\d\d tas bort\."))).to_be_visible()
    looks_right(page)
    page.get_by_role("button", name="Ta bort").click()
    flashed(page, "Händelsen är borttagen.")
    expect(card(page, 1)).to_have_count(0)
    press(page, "Ta bort", 2)
    page.get_by_role("button", name="Ta bort").click()
    expect(page.locator("#error-summary")).to_contain_text("Skriv varför.")
    looks_right(page)
    page.get_by_label(re.compile("^Varför")).fill("Fel ärende.")
    page.get_by_role("button", name="Ta bort").click()
    flashed(page, "Händelsen är borttagen.")
    void_a_posted_letter(page, hjo)


def void_a_posted_letter(page: Page, number: int) -> None:
    choose_event(page, "Registrera och skriv ut handläggarens svar per brev")
    page.get_by_role("button", name="Skapa brev").click()
    flashed(page, "Brevet är skapat.")
    mark_as_posted(page, 3)
    press(page, "Makulera", 3)
    looks_right(page)
    page.get_by_label(re.compile("^Varför")).fill("Fel person.")
    page.get_by_role("button", name="Makulera").click()
    flashed(page, "Makulerat.")
    expect(card(page, 3)).to_contain_text("Makulerad")
    expect(card(page, 3)).to_contain_text("Fel person.")
    looks_right(page)


def test_the_cards_work_without_scripts(page_without_scripts: Page, hjo: int, app) -> None:
    letter(db.session.get(Case, hjo))
    db.session.rollback()
    page = page_without_scripts
    sign_in(page, HANDLER)
    page.goto(f"/admin/case/edit/?id={hjo}")
    press(page, "Ändra")
    page.get_by_label(re.compile("^Titel")).fill("Vårt svar")
    page.get_by_role("button", name="Spara").click()
    expect(card(page)).to_contain_text("Vårt svar")
    mark_as_posted(page)
    db.session.rollback()
    assert db.session.query(Event).filter_by(case_id=hjo).one().state == "sent"
