"""The work lock in two browsers and two tabs, by the manual's words (S25, S26)."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from extensions import db
from tests.support.cases import HJO, choice, new_case, person, unit_id
from tests.support.walk import looks_right, sign_in, tab

pytestmark = pytest.mark.usefixtures("town")


@pytest.fixture
def case_id(app) -> int:
    case = new_case(
        title="Utfart från Malmgatan",
        contact_way=choice(HJO, "contact_way", "E-post"),
        types=[choice(HJO, "types", "Klagomål")],
        categories=[choice(HJO, "categories", "Fysisk miljö")],
        workflow=choice(HJO, "workflow", "Synpunkten"),
        unit=unit_id("Fritid"),
        responsible=person("handlaggare.hjo").id,
    )
    number = case.id
    db.session.commit()
    return number


def opened(page: Page, case_id: int) -> None:
    """Open the case and wait until its script has asked for the lock."""
    with page.expect_response(re.compile("/case/lock/.*/take")):
        page.goto(f"/admin/case/edit/?id={case_id}")


@pytest.mark.row("S25")
def test_the_lock_is_taken_by_opening_seen_by_others_and_freed_by_stang(
    page: Page, open_browser: Callable[[], Page], case_id: int
):
    sign_in(page, "handlaggare.hjo")
    opened(page, case_id)
    expect(page.locator("#lock-bar")).to_contain_text("ARBETSLÅS:")
    looks_right(page)

    manager = open_browser()
    sign_in(manager, "chef.hjo")
    manager.goto("/admin/case/?type=synpunkt-hjo")
    expect(manager.locator(".row-mark-lock")).to_be_visible()
    manager.goto(f"/admin/case/edit/?id={case_id}")
    expect(manager.locator("#lock-bar")).to_contain_text("Du kan läsa men inte ändra.")
    expect(manager.get_by_role("button", name="Spara", exact=True)).to_have_count(0)
    looks_right(manager)

    page.get_by_role("button", name="Stäng", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Ärenden")
    opened(manager, case_id)
    expect(manager.get_by_role("button", name="Spara", exact=True)).to_be_visible()


@pytest.mark.row("S26")
def test_the_own_lock_is_overtaken_and_the_old_tab_keeps_its_text_but_cannot_save(
    page: Page, case_id: int
):
    sign_in(page, "handlaggare.hjo")
    opened(page, case_id)
    second = page.context.new_page()
    second.goto(f"/admin/case/edit/?id={case_id}")
    expect(second.locator("#lock-bar")).to_contain_text("ANNAN WEBBLÄSARE/FLIK")
    looks_right(second)

    tab(page, "Handläggning/korrespondens")
    page.get_by_label(re.compile("^Info/åtgärder")).fill("KANARIE i den gamla fliken")
    second.get_by_role("button", name="Överta arbetslås").click()
    expect(second.get_by_text("Du har arbetslåset här nu.")).to_be_visible()
    expect(second.get_by_role("button", name="Spara", exact=True)).to_be_visible()

    page.bring_to_front()
    page.get_by_role("button", name="Spara", exact=True).click()
    expect(page.locator("body")).to_contain_text("Det du har skrivit är sparat som utkast.")
    expect(page.get_by_label(re.compile("^Info/åtgärder"))).to_have_value(re.compile("KANARIE"))

    second.reload()
    second.get_by_role("link", name="Visa utkastet").click()
    tab(second, "Handläggning/korrespondens")
    expect(second.get_by_label(re.compile("^Info/åtgärder"))).to_have_value(re.compile("KANARIE"))


def test_what_is_typed_survives_a_tab_that_is_lost(page: Page, case_id: int):
    sign_in(page, "handlaggare.hjo")
    opened(page, case_id)
    tab(page, "Handläggning/korrespondens")
    with page.expect_response(re.compile("/case/lock/.*/draft"), timeout=15_000):
        page.get_by_label(re.compile("^Info/åtgärder")).press_sequentially("KANARIE halvskrivet")
    page.context.new_page().goto("about:blank")
    page.close(run_before_unload=False)

    again = page.context.pages[-1]
    again.goto(f"/admin/case/edit/?id={case_id}")
    again.get_by_role("button", name="Överta arbetslås").click()
    again.get_by_role("link", name="Visa utkastet").click()
    tab(again, "Handläggning/korrespondens")
    expect(again.get_by_label(re.compile("^Info/åtgärder"))).to_have_value(
        re.compile("KANARIE halvskrivet")
    )
