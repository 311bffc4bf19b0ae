"""Nämndrapport (R18) as a head makes it: the numbers of today, comments below them, both widths."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from extensions import db
from tests.support.cases import HJO, choice, new_case, unit_id
from tests.support.walk import choose_option, flashed, looks_right, sign_in

pytestmark = pytest.mark.usefixtures("town", "app")


def test_a_head_makes_a_report_to_the_board_and_comments_it(screen: Page) -> None:
    for _number in range(3):
        new_case(HJO, unit=unit_id("Fritid"), types=[choice(HJO, "types", "Klagomål")])
    db.session.commit()
    page = screen
    sign_in(page, "chef.hjo")
    page.goto("/admin/board-reports/")
    looks_right(page)
    page.get_by_role("link", name="Ny rapport").first.click()
    page.get_by_role("button", name="Gör rapporten").click()
    expect(page.locator("#error-summary")).to_contain_text("Rapportens namn")
    looks_right(page)
    page.get_by_label("Rapportens namn").fill("Synpunkter i år")
    choose_option(page, "Period", "I år")
    page.get_by_role("button", name="Gör rapporten").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Synpunkter i år")
    page.wait_for_load_state()  # the style sheet hides the chart that is for another width
    expect(page.get_by_role("img", name=re.compile("Diagram: Per synpunktstyp"))).to_be_visible()
    looks_right(page)
    page.get_by_label("Kommentar till Per synpunktstyp").fill("Det beror på vintern.")
    page.get_by_role("button", name="Spara kommentarerna").click()
    flashed(page, "Kommentarerna är sparade.")
    expect(page.get_by_label("Kommentar till Per synpunktstyp")).to_have_value(
        "Det beror på vintern."
    )
    looks_right(page)
