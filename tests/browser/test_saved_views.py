"""*Vyer*: a list is saved, opened, shared and removed; its columns are chosen."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from extensions import db
from tests.support.cases import HJO, new_case, unit_id
from tests.support.walk import looks_right, sign_in

pytestmark = [pytest.mark.usefixtures("town", "app"), pytest.mark.row("H06")]
LIST = f"/admin/case/?type={HJO}"
LONG = "Avslutade klagomål och felanmälningar om gator, belysning och parker i Hjo"


def choose(page: Page, name: str) -> None:
    page.wait_for_load_state()
    page.get_by_text("Vyer", exact=True).click()
    page.get_by_role("link", name=name).click()


def test_a_list_is_saved_opened_shared_and_removed(screen: Page) -> None:
    new_case(HJO, title="Trasig gungställning", unit=unit_id("Fritid"))
    db.session.commit()
    sign_in(screen, "registrator.hjo")
    screen.goto(f"{LIST}&visa=closed")
    choose(screen, "Spara vyn …")
    screen.get_by_role("button", name="Spara", exact=True).click()
    expect(screen.locator("#error-summary")).to_contain_text("Vyns namn")
    looks_right(screen)
    screen.get_by_label("Vyns namn").fill(LONG)
    screen.get_by_label("Dela med andra").check()
    screen.get_by_role("button", name="Spara", exact=True).click()
    expect(screen.get_by_text("Vyn är sparad.")).to_be_visible()

    screen.goto(LIST)
    expect(screen.get_by_text("Trasig gungställning").first).to_be_visible()
    screen.get_by_text("Vyer", exact=True).click()
    expect(screen.get_by_role("link", name=LONG)).to_be_visible()
    looks_right(screen)
    screen.goto(LIST)
    choose(screen, LONG)
    expect(screen.get_by_text("Trasig gungställning")).to_have_count(0)

    choose(screen, "Mina vyer")
    looks_right(screen)
    screen.get_by_role("button", name=f"Ta bort {LONG}").click()
    expect(screen.get_by_text("Inga sparade vyer")).to_be_visible()
    looks_right(screen)


def test_the_columns_of_the_list_are_chosen(screen: Page) -> None:
    new_case(HJO, title="Trasig gungställning", unit=unit_id("Fritid"))
    db.session.commit()
    sign_in(screen, "registrator.hjo")
    screen.goto(LIST)
    choose(screen, "Kolumner …")
    looks_right(screen)
    screen.get_by_label("Svara senast", exact=True).check()
    screen.get_by_label("Process", exact=True).uncheck()
    screen.get_by_role("button", name="Spara", exact=True).click()
    headings = screen.locator("thead")
    expect(headings).to_contain_text("Svara senast")
    expect(headings).not_to_contain_text("Process")
    looks_right(screen)
    choose(screen, "Kolumner …")
    screen.get_by_role("button", name="Som ärendetypen har dem").click()
    expect(headings).to_contain_text("Process")
