"""Hjälp in a browser: read, search, come from where one is, print, without scripts, by keyboard."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from extensions import db
from tests.support.axe import assert_accessible
from tests.support.cases import HJO, SODERTALJE, new_case
from tests.support.walk import looks_right, sign_in

pytestmark = pytest.mark.usefixtures("town", "app")


def open_menu(page: Page) -> None:
    """On a phone the menu lies behind its button."""
    page.wait_for_load_state()
    button = page.get_by_role("button", name="Meny")
    if button.is_visible():
        button.click()


def test_the_manual_is_found_in_the_menu_searched_and_read(screen: Page) -> None:
    page = screen
    sign_in(page, "handlaggare.hjo")
    page.goto("/admin/")
    open_menu(page)
    page.get_by_role("banner").get_by_role("link", name="Hjälp").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Hjälp")
    expect(page.get_by_role("heading", name="Du som handlägger")).to_be_visible()
    looks_right(page)
    page.get_by_label("Sök i hjälpen").fill("breven")
    page.get_by_role("button", name="Sök").click()
    expect(page.locator("mark").first).to_be_visible()
    looks_right(page)
    page.get_by_role("link", name="Svara per brev").click()
    expect(page.get_by_role("heading", name="Svara per brev")).to_be_in_viewport()
    looks_right(page)
    page.get_by_label("Sök i hjälpen").fill("xylofon")
    page.get_by_role("button", name="Sök").click()
    expect(page.get_by_text("Inget om ”xylofon”")).to_be_visible()
    looks_right(page)


def test_a_tab_of_the_case_opens_its_help_beside_it_and_nothing_typed_is_left(screen: Page) -> None:
    page = screen
    number = new_case(HJO).id
    db.session.commit()  # the test's own transaction ends, so that the server can write
    sign_in(page, "registrator.hjo")
    page.goto(f"/admin/case/edit/?id={number}")
    page.get_by_label("Rubrik").fill("Skymd sikt vid utfarten")
    link = page.get_by_role("link", name="Hjälp om fliken Kategorisering")
    with page.context.expect_page() as opened:
        link.click()
    beside = opened.value
    expect(beside.get_by_role("heading", name="Kategorisera", exact=True)).to_be_in_viewport()
    expect(page.get_by_label("Rubrik")).to_have_value("Skymd sikt vid utfarten")
    looks_right(page)


def test_the_help_of_a_field_opens_and_closes_by_keyboard(page: Page) -> None:
    sign_in(page, "strateg.omsorg")
    page.goto(f"/admin/case/new/?type={SODERTALJE}")
    button = page.locator("summary.help-button:visible").first
    answer = page.locator("details.help:visible .help-body").first
    expect(answer).to_be_hidden()
    for _press in range(60):
        page.keyboard.press("Tab")
        if button.evaluate("e => e === document.activeElement"):
            break
    expect(button).to_be_focused()
    page.keyboard.press("Enter")
    expect(answer).to_be_visible()
    assert_accessible(page)
    page.keyboard.press("Space")
    expect(answer).to_be_hidden()


def test_on_paper_there_is_the_text_and_nothing_else(page: Page) -> None:
    sign_in(page, "registrator.hjo")
    page.goto("/admin/help/svara")
    page.emulate_media(media="print")
    expect(page.get_by_role("heading", name="Svara per e-post")).to_be_visible()
    for gone in (page.get_by_label("Sök i hjälpen"), page.get_by_role("navigation")):
        expect(gone.first).to_be_hidden()


def test_the_manual_works_without_scripts(page_without_scripts: Page) -> None:
    page = page_without_scripts
    sign_in(page, "lasare.omsorg")
    page.goto("/admin/")
    page.get_by_role("banner").get_by_role("link", name="Hjälp").click()
    page.get_by_label("Sök i hjälpen").fill("klarmarkera")
    page.get_by_label("Sök i hjälpen").press("Enter")
    page.get_by_role("link", name="Klarmarkera", exact=True).click()
    expect(page.get_by_role("heading", name="Klarmarkera")).to_be_visible()


def test_a_page_that_is_not_there_keeps_the_menu_and_shows_ways_on(screen: Page) -> None:
    page = screen
    sign_in(page, "handlaggare.hjo")
    page.goto("/admin/case/edit/?id=987654321")
    expect(page.get_by_role("heading", level=1)).to_have_text("Sidan finns inte")
    looks_right(page)
    page.get_by_role("main").get_by_role("link", name="Öppna listan Synpunkt Hjo").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Synpunkt Hjo")
    assert_accessible(page)
