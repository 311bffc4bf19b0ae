"""A form inside a page of another web site: shown, sent and answered there, or refused."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser, Page, expect

from extensions import db
from models import Municipality
from services.unit_of_work import unit_of_work
from tests.support.axe import assert_accessible, assert_no_overflow
from tests.support.browser import DESKTOP, PHONE, TIMEOUT_MS
from tests.support.embedding import other_site
from tests.support.site import Site

pytestmark = pytest.mark.usefixtures("town", "app")

A_WHILE = 3100  # ms: the spam guard asks whoever is faster


def frame_of(server: Site) -> str:
    return (
        f'<iframe src="{server.url}/inbaddad/hjo" title="Synpunkt" width="100%" height="1200">'
        "</iframe>"
    )


def allow(origin: str) -> None:
    with unit_of_work():
        db.session.get_one(Municipality, 1).embed_origins = origin


@contextmanager
def visitor(browser: Browser, size: dict[str, int]) -> Iterator[Page]:
    """A browser that keeps no cookie of a frame of another site, as more and more do."""
    context = browser.new_context(viewport=size, locale="sv-SE")  # type: ignore[arg-type]
    context.set_default_timeout(TIMEOUT_MS)
    try:
        yield context.new_page()
    finally:
        context.close()


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["1280px", "375px"])
def test_the_form_is_sent_inside_a_page_of_a_named_site(
    browser: Browser, server: Site, size: dict[str, int]
) -> None:
    with other_site(frame_of(server)) as origin, visitor(browser, size) as page:
        allow(origin)
        page.goto(origin)
        frame = page.frame_locator("iframe")
        expect(frame.get_by_text("Länkar öppnas i en ny flik.")).to_be_visible()
        assert_accessible(page)
        frame.get_by_role("button", name="Skicka").click()
        expect(frame.locator("#error-summary")).to_be_focused()

        frame.get_by_label("Klagomål").check()
        frame.get_by_role("textbox", name="Synpunkt/felanmälan").fill("Lampan är trasig.")
        frame.get_by_label("Vill ej bli kontaktad").check()
        page.wait_for_timeout(A_WHILE)
        frame.get_by_role("button", name="Skicka").click()
        thanks = frame.get_by_role("heading", level=1)
        expect(thanks).to_have_text("Tack! Vi har tagit emot din synpunkt")
        expect(frame.get_by_text("Lampan är trasig.").first).to_be_visible()
        assert page.url.rstrip("/") == origin
        assert page.context.cookies() == []
        assert_accessible(page)
        assert_no_overflow(page)
        frame.get_by_role("link", name="Lämna en synpunkt till").click()
        expect(frame.get_by_role("button", name="Skicka")).to_be_visible()


def test_the_browser_refuses_the_form_on_a_page_that_is_not_named(
    browser: Browser, server: Site
) -> None:
    with other_site(frame_of(server)) as origin, visitor(browser, DESKTOP) as page:
        allow("https://www.hjo.se")
        told: list[str] = []
        page.on("console", lambda message: told.append(message.text))
        page.goto(origin, wait_until="networkidle")
        assert page.frame_locator("iframe").get_by_role("button", name="Skicka").count() == 0
        assert any("frame-ancestors https://www.hjo.se" in text for text in told), told


def test_the_ordinary_form_is_refused_in_a_frame_even_on_a_named_site(
    browser: Browser, server: Site
) -> None:
    frame = frame_of(server).replace("/inbaddad/", "/synpunkt/")
    with other_site(frame) as origin, visitor(browser, DESKTOP) as page:
        allow(origin)
        page.goto(origin, wait_until="networkidle")
        assert page.frame_locator("iframe").get_by_role("button", name="Skicka").count() == 0
