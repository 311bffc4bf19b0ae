"""/publicerat as people meet it: found, searched, narrowed and read, at both widths."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.support.published import publish
from tests.support.walk import looks_right

pytestmark = [pytest.mark.usefixtures("town", "app"), pytest.mark.row("H24")]


def test_somebody_searches_what_is_published_and_reads_it(screen: Page) -> None:
    publish()
    publish("def456", title="Fler cykelställ", question="Ställ upp fler.", area="Kultur och fritid")
    page = screen
    page.goto("/")
    looks_right(page)
    page.locator('a[href="/publicerat"]').first.click()
    expect(page.get_by_role("link", name="Fler cykelställ")).to_be_visible()
    looks_right(page)
    page.get_by_role("searchbox").fill("storgatan")
    page.get_by_role("button", name="Sök").click()
    expect(page.get_by_role("link", name="Fler cykelställ")).to_have_count(0)
    looks_right(page)
    page.get_by_role("link", name="Lampan på Storgatan").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Lampan på Storgatan")
    expect(page.get_by_text("Lampan är lagad.")).to_be_visible()
    looks_right(page)
    page.emulate_media(color_scheme="dark")
    page.reload()  # colours that change on an open page fade into each other
    looks_right(page)
