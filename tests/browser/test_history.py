"""Historik and Åtkomstlogg in a browser, wide and on a phone."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from extensions import db
from tests.support.cases import edit
from tests.support.letters import HANDLER, hjo_case
from tests.support.site import Site
from tests.support.walk import looks_right, sign_in

pytestmark = [pytest.mark.usefixtures("town"), pytest.mark.row("S24")]
BEFORE = "Vi mäter sikten i maj.\nSedan ringer vi grannen.\nHej då."
AFTER = "Vi mäter sikten i juni.\nSedan ringer vi grannen.\nHej då."


def a_changed_case(server: Site) -> int:
    with server.app.app_context():
        case = hjo_case()
        edit(case, HANDLER, internal_note=BEFORE)
        edit(case, HANDLER, internal_note=AFTER, own_type="Utfart")
        db.session.commit()
        return int(case.id)


def test_from_the_case_to_its_changes_and_its_readers(screen: Page, server: Site) -> None:
    page, number = screen, a_changed_case(server)
    sign_in(page, HANDLER)
    page.goto(f"/admin/case/edit/?id={number}")
    page.get_by_role("toolbar").locator("summary", has_text="Mer").click()
    page.get_by_role("link", name="Historik").click()
    expect(page.get_by_role("deletion").filter(has_text="i maj.").first).to_be_visible()
    expect(page.get_by_role("insertion").filter(has_text="i juni.").first).to_be_visible()
    looks_right(page)
    page.get_by_role("link", name="Åtkomstlogg").click()
    expect(page.get_by_text("Ärendet öppnat").first).to_be_visible()
    looks_right(page)


def test_the_administrator_looks_for_who_read_a_case(screen: Page, server: Site) -> None:
    page, number = screen, a_changed_case(server)
    sign_in(page, HANDLER)
    page.goto(f"/admin/case/edit/?id={number}")
    page.context.clear_cookies()
    sign_in(page, "admin")
    page.goto("/admin/access-log/")
    page.get_by_label("Ärende", exact=True).fill(str(number))
    page.get_by_label("Från och med").fill("2020-01-01")
    page.get_by_role("button", name="Visa", exact=True).click()
    expect(page.get_by_text("Ärendet öppnat")).to_be_visible()
    looks_right(page)
    page.goto("/admin/access-log/?case=x&since=i")
    expect(page.get_by_text("Skriv ärendets nummer med siffror.")).to_be_visible()
    looks_right(page)
