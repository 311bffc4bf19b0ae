"""The case list's search box, filters and chips in a browser, wide, narrow and without scripts."""

from __future__ import annotations

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from tests.support.cases import HJO, choice, new_case, person, unit_id
from tests.support.walk import choose_option, looks_right, sign_in

pytestmark = pytest.mark.usefixtures("town")
LIST = f"/admin/case/?type={HJO}"


@pytest.fixture
def two(app: Flask) -> None:
    new_case(
        title="Högt gräs",
        text="Gräset växer på cykelvägen.",
        types=[choice(HJO, "types", "Klagomål")],
        unit=unit_id("Fritid"),
        responsible=person("handlaggare.hjo").id,
    )
    new_case(title="Tack för maten", text="Den var god.")


def narrows_and_widens(page: Page) -> None:
    sign_in(page, "registrator.hjo")
    page.goto(LIST)
    first, second = (page.get_by_text(t) for t in ("Högt gräs", "Tack för maten"))
    expect(second).to_be_visible()
    page.get_by_label("Sök", exact=True).fill("VÄG")
    page.get_by_role("button", name="Sök").click()
    expect(second).to_have_count(0)
    expect(first).to_be_visible()
    expect(page.get_by_text("[1 ärenden]").last).to_be_attached()
    page.locator("summary", has_text="Filter").click()
    choose_option(page, "Ansvarig", "Christer Svensson")
    page.get_by_label("Inkom från och med").fill("2020-01-01")
    page.get_by_role("button", name="Visa ärenden").click()
    expect(page.get_by_role("link", name="Ta bort Ansvarig: Christer Svensson")).to_be_visible()
    expect(page.get_by_role("link", name="Ta bort Inkom från och med: 2020-01-01")).to_be_visible()
    expect(first).to_be_visible()
    page.get_by_role("link", name="Ta bort Sök: VÄG").click()
    expect(page.get_by_label("Sök", exact=True)).to_have_value("")
    expect(second).to_have_count(0)
    page.get_by_role("link", name="Rensa filter").click()
    expect(second).to_be_visible()


def test_search_filters_and_chips(screen: Page, two: None) -> None:
    narrows_and_widens(screen)
    screen.locator("summary", has_text="Filter").click()
    looks_right(screen)
    screen.get_by_label("Sök", exact=True).fill("finns inte")
    screen.get_by_role("button", name="Sök").click()
    expect(screen.get_by_text("Inget ärende stämmer")).to_be_visible()
    looks_right(screen)
    screen.goto(f"{LIST}&fran=igår")
    expect(screen.get_by_text("Filtret Inkom från och med kunde inte läsas")).to_be_visible()
    looks_right(screen)


def test_the_same_without_scripts(page_without_scripts: Page, two: None) -> None:
    narrows_and_widens(page_without_scripts)
