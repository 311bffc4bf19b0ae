"""What a citizen types is kept without network, and while the language is changed."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.support.site import Site
from tests.support.walk import looks_right
from tests.web.public_site import cases

pytestmark = pytest.mark.usefixtures("town", "app")

A_WHILE = 3100  # ms: the spam guard asks whoever is faster
TEXT = "Lampan vid entrén är trasig."
THANKS = "Tack! Vi har tagit emot din synpunkt"


def fill(page: Page) -> None:
    page.goto("/synpunkt/hjo")
    page.get_by_label("Klagomål").check()
    page.get_by_role("textbox", name="Synpunkt/felanmälan").fill(TEXT)
    page.get_by_label("Vill ej bli kontaktad").check()


def press_send(page: Page) -> None:
    page.wait_for_timeout(A_WHILE)
    page.get_by_role("button", name="Skicka").click()


def test_a_text_sent_without_network_goes_by_itself_when_the_network_is_back(screen: Page) -> None:
    fill(screen)
    screen.context.set_offline(True)
    expect(screen.get_by_text("Du har inget nät just nu.")).to_be_visible()
    press_send(screen)
    expect(screen.get_by_text("Inte skickat än: du har inget nät.")).to_be_visible()
    looks_right(screen)
    screen.context.set_offline(False)
    expect(screen.get_by_role("heading", level=1)).to_have_text(THANKS)
    assert len(cases()) == 1


def test_a_text_is_there_when_the_page_is_opened_again(page: Page) -> None:
    fill(page)
    page.context.set_offline(True)
    page.get_by_role("button", name="Skicka").click()
    expect(page.get_by_text("Inte skickat än")).to_be_visible()
    context = page.context
    page.close()
    context.set_offline(False)

    page = context.new_page()
    page.goto("/synpunkt/hjo")
    expect(page.get_by_text("Det här skrev du utan nät")).to_be_visible()
    expect(page.get_by_label("Klagomål")).to_be_checked()
    box = page.get_by_role("textbox", name="Synpunkt/felanmälan")
    expect(box).to_have_value(TEXT)
    press_send(page)
    expect(page.get_by_role("heading", level=1)).to_have_text(THANKS)
    assert len(cases()) == 1
    page.wait_for_function("localStorage.length === 0")
    page.goto("/synpunkt/hjo")
    expect(box).to_have_value("")


def test_a_connection_that_breaks_on_the_way_loses_nothing(browser: Browser, server: Site) -> None:
    """Not a watched page: the browser complains of the broken connection, as it should."""
    context = browser.new_context(base_url=server.url, locale="sv-SE")
    page = context.new_page()
    fill(page)
    page.route("**/synpunkt/hjo", lambda route: route.abort("connectionreset"), times=1)
    page.get_by_role("button", name="Skicka").click()
    page.wait_for_url("chrome-error://**")

    page.goto("/synpunkt/hjo")
    expect(page.get_by_text("Vi vet inte om det du skickade kom fram.")).to_be_visible()
    expect(page.get_by_role("textbox", name="Synpunkt/felanmälan")).to_have_value(TEXT)
    page.get_by_role("button", name="Ta bort det jag har skrivit").click()
    expect(page.get_by_text("Vi vet inte")).to_have_count(0)
    expect(page.get_by_role("textbox", name="Synpunkt/felanmälan")).to_have_value("")
    context.close()


def test_another_language_keeps_what_is_typed(page: Page) -> None:
    fill(page)
    page.get_by_role("link", name="English").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.get_by_label("Complaint")).to_be_checked()
    expect(page.get_by_role("textbox", name="Feedback/fault report")).to_have_value(TEXT)
    expect(page.get_by_label("I do not want to be contacted")).to_be_checked()
