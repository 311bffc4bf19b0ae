"""Skriv ut, the case to an external party and Skriv ut brev, by the manuals' labels."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Download, Page, expect

from extensions import db
from models import Case
from tests.support.cases import HJO, SODERTALJE, choice, log_of, new_case, person, unit_id
from tests.support.client import settle
from tests.support.letters import hjo_case, letter, pdf_text, word_text
from tests.support.walk import choose_event, flashed, looks_right, sign_in, tab

pytestmark = pytest.mark.usefixtures("town", "app")
BOSS, HANDLER = "chef.omsorg", "handlaggare.hjo"
TEXT = "Hissen stannar, och grannen Valfrid sitter fast."


def number_of_new_case() -> int:
    """A case of omsorgskontoret. The test's own transaction is over: the pages write, too."""
    case = new_case(
        SODERTALJE,
        text=TEXT,
        internal_comment="Köket vet.",
        contact_way=choice(SODERTALJE, "contact_way", "Per brev"),
        unit=unit_id("Vård- och omsorgsboende norr"),
        responsible=person(BOSS).id,
    )
    return numbers(case)[0]


def numbers(*cases: Case) -> list[int]:
    found = [case.id for case in cases]
    settle()
    return found


def words(download: Download) -> str:
    """What stands in a downloaded file."""
    raw = Path(str(download.path())).read_bytes()
    return (word_text if download.suggested_filename.endswith(".docx") else pdf_text)(raw)


def fetched(page: Page, button: str) -> str:
    with page.expect_download() as download:
        page.get_by_role("button", name=button).click()
    return words(download.value)


@pytest.mark.row("H08")
def test_skriv_ut_asks_what_goes_along_and_gives_it(screen: Page) -> None:
    page, number = screen, number_of_new_case()
    page.goto(f"/arende/{number}")
    sign_in(page, BOSS)
    page.get_by_role("link", name="Skriv ut").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Skriv ut ärendet")
    looks_right(page)
    for label in ("Synpunkten", "Svaret", "Uppgifter om ärendet"):
        expect(page.get_by_label(label, exact=True)).to_be_checked()
    for label in ("Originaltexten", "Kontaktuppgifter", "Interna anteckningar", "Korrespondens"):
        expect(page.get_by_label(label, exact=True)).not_to_be_checked()
    text = fetched(page, "Hämta Word")
    assert TEXT in text and "Berit Ek" not in text and "Köket vet" not in text
    page.get_by_label("Kontaktuppgifter", exact=True).check()
    text = fetched(page, "Hämta PDF")
    assert TEXT in text and "Berit Ek" in text and "Köket vet" not in text
    settle()
    assert len(log_of(db.session.get_one(Case, number), "case.printed")) == 2


@pytest.mark.row("H08")
def test_visa_opens_the_document_in_a_tab_of_its_own(page: Page) -> None:
    number = number_of_new_case()
    page.goto(f"/arende/{number}")
    sign_in(page, BOSS)
    page.get_by_role("link", name="Skriv ut").click()
    show = page.get_by_role("button", name="Visa")
    expect(show).to_have_attribute("formtarget", "_blank")  # the viewer is the browser's own
    form = page.locator("#print-form")
    token = form.locator("[name=csrf_token]").input_value()
    sent = {"csrf_token": token, "as": "view", "parts": "text"}
    answer = page.request.post(page.url, form=sent)
    assert "/document/" in answer.url
    assert answer.headers["content-disposition"].startswith("inline")
    assert TEXT in pdf_text(answer.body())


@pytest.mark.row("S19", "S23")
def test_the_case_goes_masked_to_an_external_party(screen: Page) -> None:
    page, number = screen, number_of_new_case()
    page.goto(f"/arende/{number}")
    sign_in(page, BOSS)
    tab(page, "Svar och åtgärd")
    choose_event(page, "Skriv ut ärendet för vidarebefordran till extern part")
    looks_right(page)
    page.get_by_label(re.compile("^Mottagare")).fill("Attendo AB")
    page.get_by_label(re.compile("^Adress")).fill("Attendo AB\nBox 715\n182 17 Danderyd")
    page.get_by_role("button", name="Skapa dokument").click()
    summary = page.locator("#error-summary")
    expect(summary).to_contain_text("Skriv varför parten får ärendet.")
    expect(summary).to_contain_text("Gör en sekretessprövning")
    expect(page.get_by_label(re.compile("^Mottagare"))).to_have_value("Attendo AB")
    looks_right(page)
    page.get_by_label(re.compile("^Grund för utlämnandet")).fill("Utföraren ska laga hissen")
    page.get_by_label(re.compile("^Jag har gjort en sekretessprövning")).check()
    expect(page.get_by_label("Beskriv synpunkten")).to_be_hidden()
    page.get_by_label(re.compile("^Maskat")).check()
    page.get_by_label("Beskriv synpunkten").fill("Hissen stannar.")
    page.get_by_label(re.compile("^Rubrik")).fill("Hissen")
    looks_right(page)
    page.get_by_role("button", name="Skapa dokument").click()
    flashed(page, "Dokumentet är skapat.")
    looks_right(page)
    card = page.get_by_role("article", name=re.compile("Ärende till extern part"))
    with page.expect_download() as download:
        card.get_by_role("link", name=re.compile("^Hämta Word")).click()
    text = words(download.value)
    assert "Hissen stannar." in text and "Danderyd" in text
    assert "Valfrid" not in text and "Berit" not in text


@pytest.mark.row("H16", "S21")
def test_the_letters_of_ticked_cases_are_printed_and_posted_together(
    screen: Page, app: Flask
) -> None:
    page = screen
    cases = [hjo_case(), hjo_case(), hjo_case()]
    for case in cases[:2]:
        letter(case)
    numbers(*cases)
    page.goto(f"/admin/case/?type={HJO}")
    sign_in(page, HANDLER)
    page.get_by_role("button", name="Skriv ut brev").click()
    flashed(page, "Kryssa i de ärenden vars brev du vill skriva ut.")
    page.wait_for_load_state()  # the script behind the next box is there
    page.get_by_label("Välj alla på sidan").check()
    looks_right(page)
    page.get_by_role("button", name="Skriv ut brev").click()
    expect(page.get_by_text("2 brev skrivs ut, i den här ordningen.")).to_be_visible()
    expect(page.get_by_text("Ärendet har inget brev som väntar på att postas.")).to_be_visible()
    looks_right(page)
    shown = page.locator("form[target=_blank]")
    expect(shown.get_by_role("button")).to_contain_text("Visa som en PDF")
    query = "&".join(f"rowid={number}" for number in numbers(*cases))
    text = pdf_text(page.request.get(f"/admin/case/bulk-letters/pdf?{query}").body())
    assert text.count("Berit Ek") >= 2
    page.get_by_role("button", name="Markera som postade").click()
    flashed(page, "2 brev är markerade som postade.")
    page.get_by_role("link", name="Tillbaka").click()
    expect(page.get_by_role("button", name="Skriv ut brev")).to_be_visible()
