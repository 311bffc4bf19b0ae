"""Standard phrases, LIX and the warning for personal data, by visible labels."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from domain.readability import lix
from extensions import db
from tests.support.axe import assert_accessible
from tests.support.compose import HANDLER, answered_case, hjo_case
from tests.support.walk import choose_option, looks_right, sign_in, tab, write_rich

pytestmark = pytest.mark.usefixtures("town")
FIRST_TAB = "Handläggning/korrespondens"
HARD = "Handläggningen av ärendet har försenats väsentligt beroende på omständigheter. " * 3
TEXTS = [
    "",
    "Kort text.",
    HARD,
    "Vi har läst det du skrev, t.ex. om kl. 10.30 och bl.a. annat. Är det bra? Ja! Så är det. " * 2,
    "Rubrik\nEn rad till\n\n- punkt ett\n- punkt två är längre än så, tror vi nog på Rådhuset\n",
    "E-post: anna.ek@example.se och https://www.hjo.example/synpunkter/lista. Åå Ää Öö éa " * 3,
    "1 250 000 kr. 2026-11-22. Nr 3.5 av vårt_brev... Och så vidare?! Nej: då blir det inget av. "
    * 2,
]


@pytest.fixture
def case_id(app) -> int:
    number = hjo_case().id
    db.session.commit()
    return number


@pytest.fixture
def answered_id(app) -> int:
    number = answered_case().id
    db.session.commit()
    return number


def open_answer(page: Page, case_id: int) -> None:
    page.goto(f"/admin/case/edit/?id={case_id}")
    tab(page, FIRST_TAB)


def answer(page: Page):
    return page.get_by_role("textbox", name=re.compile("^Handläggarens svar"))


def put_in(page: Page, title: str) -> None:
    choose_option(page, "Standardtext", title)
    page.get_by_role("button", name="Infoga standardtext").click()
    expect(page.get_by_text("Standardtexten är infogad.")).to_be_visible()


def test_a_phrase_is_put_in_where_the_cursor_is(screen: Page, case_id: int) -> None:
    page = screen
    sign_in(page, HANDLER)
    open_answer(page, case_id)
    write_rich(page, "Handläggarens svar", "Hej! Hälsningar Eva")
    expect(answer(page)).to_have_text("Hej! Hälsningar Eva")  # drawn: now the cursor stays
    for _letter in "Hälsningar Eva":
        page.keyboard.press("ArrowLeft")
    put_in(page, "Vi gör en ändring")
    expect(answer(page)).to_have_text(
        re.compile(r"^Hej! Vi har bestämt att göra en ändring\..*bättre\.Hälsningar Eva$")
    )
    expect(answer(page)).to_be_focused()
    looks_right(page)
    page.get_by_role("button", name="Spara", exact=True).click()
    expect(page.get_by_text("Ändringarna är sparade.")).to_be_visible()
    expect(answer(page)).to_contain_text("Hej! Vi har bestämt att göra en ändring.")


def test_a_phrase_comes_last_when_nobody_has_been_in_the_text(
    screen: Page, answered_id: int
) -> None:
    page = screen
    sign_in(page, HANDLER)
    open_answer(page, answered_id)
    put_in(page, "Vi beklagar")
    expect(answer(page)).to_have_text(
        re.compile(r"^Vi bygger en plan\.\s*Tack för att du berättar")
    )


def test_without_a_choice_the_button_says_what_to_do(page: Page, case_id: int) -> None:
    sign_in(page, HANDLER)
    open_answer(page, case_id)
    page.get_by_role("button", name="Infoga standardtext").click()
    expect(page.get_by_text("Välj en standardtext i listan först.")).to_be_visible()
    expect(page.get_by_label("Standardtext", exact=True)).to_be_focused()


def test_the_index_follows_what_is_written(screen: Page, case_id: int) -> None:
    page = screen
    sign_in(page, HANDLER)
    open_answer(page, case_id)
    write_rich(page, "Handläggarens svar", "Vi bygger en plan.")
    page.wait_for_timeout(2000)
    expect(page.locator("p.readability")).to_have_text("")
    write_rich(page, "Handläggarens svar", HARD)
    expect(page.locator("p.readability")).to_have_text(
        re.compile(rf"^LIX {lix(HARD)} – mycket svår\.")
    )
    expect(page.locator("[data-readability-said]")).to_have_text(re.compile("^LIX"))
    looks_right(page)
    page.get_by_role("button", name="Spara", exact=True).click()
    expect(page.locator("p.readability")).to_have_text(re.compile(rf"^LIX {lix(HARD)} "))


def test_script_and_server_count_alike(page: Page, case_id: int) -> None:
    sign_in(page, HANDLER)
    page.goto(f"/admin/case/edit/?id={case_id}")
    page.wait_for_load_state()
    assert [page.evaluate("text => Gensvar.lix(text)", text) for text in TEXTS] == [
        lix(text) for text in TEXTS
    ]
    assert sum(lix(text) is not None for text in TEXTS) == 4


def test_personal_data_is_named_after_saving(screen: Page, case_id: int) -> None:
    page = screen
    sign_in(page, HANDLER)
    open_answer(page, case_id)
    write_rich(page, "Handläggarens svar", "Ring 070-123 45 67. Bilen ABC123 står på Storgatan 12.")
    page.get_by_role("button", name="Spara", exact=True).click()
    expect(page.get_by_text("Texten verkar innehålla personuppgifter.")).to_be_visible()
    for found in ("telefonnummer 070-123 45 67", "registreringsnummer ABC123"):
        expect(page.get_by_role("listitem").filter(has_text=found)).to_be_visible()
    looks_right(page)


def test_the_message_takes_phrases_and_its_preview_warns(screen: Page, answered_id: int) -> None:
    page = screen
    sign_in(page, HANDLER)
    page.goto(f"/admin/case/event/{answered_id}/answer-email")
    page.wait_for_load_state()
    put_in(page, "Tack för din synpunkt")
    editor = page.get_by_role("textbox", name=re.compile("^Meddelande"))
    expect(editor).to_contain_text("Det du skriver hjälper oss att bli bättre.")
    expect(page.locator("p.readability")).to_have_text(re.compile("^LIX"))
    page.keyboard.type(" Ring 070-123 45 67.")
    page.get_by_role("button", name="Förhandsgranska").click()
    preview = page.get_by_role("region", name="Förhandsgranskning")
    expect(preview).to_contain_text("Meddelandet verkar innehålla personuppgifter.")
    expect(preview).to_contain_text("telefonnummer 070-123 45 67")
    looks_right(page)


def test_the_phrases_are_looked_after_under_system(screen: Page, town) -> None:
    page = screen
    sign_in(page, "admin")
    page.goto("/admin/phrases/")
    expect(page.get_by_role("heading", name="Standardtexter")).to_be_visible()
    looks_right(page)
    page.goto("/admin/phrases/new/?case_type=synpunkt-hjo")
    page.get_by_label(re.compile("^Rubrik")).fill("Vintern")
    choose_option(page, "Kategori", "Synpunktstyp: Fråga")
    page.get_by_label(re.compile("^Standardtext")).fill("Vi plogar vid tio centimeter.")
    assert_accessible(page)
    page.get_by_role("button", name="Spara och stäng").click()
    expect(page.get_by_text("Vintern").first).to_be_visible()
    looks_right(page)
