"""Stand-ins, handing over and importing people in a browser, wide and on a phone."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.support.walk import flashed, looks_right, sign_in

pytestmark = pytest.mark.usefixtures("town")


def test_one_chooses_the_own_stand_in(screen: Page) -> None:
    page = screen
    sign_in(page, "handlaggare.hjo")
    page.goto("/admin/my-page/")
    page.get_by_role("link", name="Välj ersättare").click()
    looks_right(page)
    page.locator("#stand_in_id").select_option(label="Mikael Lindgren")
    page.locator("#last_day").fill("2099-01-01")
    page.get_by_role("button", name="Spara", exact=True).click()
    flashed(page, "Ersättaren är vald.")
    looks_right(page)


def test_an_administrator_tries_a_file_and_hands_over(screen: Page) -> None:
    page = screen
    sign_in(page, "admin")
    page.goto("/admin/user-import/")
    looks_right(page)
    content = "användarnamn;namn\nny.person;Nora Ny\nadmin;Sara\n".encode()
    file = {"name": "personer.csv", "mimeType": "text/csv", "buffer": content}
    page.locator("#file").set_input_files(file)
    page.get_by_role("button", name="Prova filen").click()
    expect(page.get_by_text("Ditt eget konto ändras inte här.")).to_be_visible()
    looks_right(page)
    page.goto("/admin/users/?search=handlaggare.hjo")
    page.get_by_role("link", name="Christer Svensson").click()
    page.get_by_role("link", name="Lämna över ärenden").click()
    looks_right(page)
    page.get_by_role("button", name="Lämna över", exact=True).click()
    flashed(page, "Allt är överlämnat.")
