"""Min sida in a browser: signature, sender, notices (manual H15)."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.support.walk import flashed, looks_right, sign_in, write_rich

pytestmark = pytest.mark.usefixtures("town")


@pytest.mark.row("H15")
def test_signature_sender_and_notices_are_previewed_and_saved(screen: Page) -> None:
    page = screen
    sign_in(page, "registrator.hjo")
    page.goto("/admin/my-page/")
    looks_right(page)
    page.get_by_label("Avsändarnamn").fill("Lisa Olausson, Hjo kommun")
    write_rich(page, "Signatur", "Hälsningar från Lisa")
    page.get_by_role("button", name="Förhandsgranska").click()
    expect(page.get_by_text("Lisa Olausson, Hjo kommun (synpunkten@hjo.example)")).to_be_visible()
    expect(page.locator(".quote")).to_have_text("Hälsningar från Lisa")
    expect(page.get_by_text("Inte sparat")).to_be_visible()
    looks_right(page)
    page.get_by_label("en ny synpunkt har kommit in").uncheck()
    page.get_by_role("button", name="Spara", exact=True).click()
    flashed(page, "Dina uppgifter är sparade.")
    expect(page.get_by_label("en ny synpunkt har kommit in")).not_to_be_checked()
    expect(page.get_by_label("någon vill att jag känner till")).to_be_checked()
    expect(page.get_by_label("Avsändarnamn")).to_have_value("Lisa Olausson, Hjo kommun")
    expect(page.get_by_text("Inte sparat")).to_have_count(0)


def test_enter_saves(page: Page) -> None:
    sign_in(page, "registrator.hjo")
    page.goto("/admin/my-page/")
    page.get_by_label("Titel").fill("Registrator")
    page.get_by_label("Titel").press("Enter")
    flashed(page, "Dina uppgifter är sparade.")


def test_the_page_works_without_scripts(page_without_scripts: Page) -> None:
    page = page_without_scripts
    sign_in(page, "handlaggare.hjo")
    page.goto("/admin/my-page/")
    page.get_by_label("Signatur").fill("Christer\nFritid")
    page.get_by_role("button", name="Spara", exact=True).click()
    flashed(page, "Dina uppgifter är sparade.")
    expect(page.locator(".quote")).to_have_text("ChristerFritid")
