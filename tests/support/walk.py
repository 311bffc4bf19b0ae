"""What every walk through the pages does: sign in, save, read the mail, check the page."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from tests.support.axe import assert_accessible, assert_no_overflow
from tests.support.site import serving
from tests.support.smtp import Mail

PASSWORD = "gensvar-demo-losen"  # noqa: S105 - the demo's, known to all


def sign_in(page: Page, username: str) -> None:
    """Fill in the login page where it is open, else bring the cookie along: the page has tests
    of its own (test_login.py), and the walks begin where the work does."""
    if "/login" in page.url:
        sign_in_by_page(page, username)
        return
    (site,) = serving
    client = site.app.test_client()
    client.login(username)
    cookie = client.get_cookie(site.app.config["SESSION_COOKIE_NAME"])
    page.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": site.url}])


def sign_in_by_page(page: Page, username: str) -> None:
    """Fill in the login page, opened if need be."""
    if "/login" not in page.url:
        page.goto("/login")
    page.get_by_label("Användarnamn").fill(username)
    page.get_by_label("Lösenord").fill(PASSWORD)
    page.get_by_role("button", name="Logga in").click()


def sign_out(page: Page) -> None:
    """Log out through the own name, top right (manual S10)."""
    page.wait_for_load_state()  # the scripts are there
    size = page.viewport_size
    if size and size["width"] < 600:
        page.get_by_role("button", name="Meny").click()
    page.get_by_role("banner").locator("summary").last.click()
    page.get_by_role("button", name="Logga ut").click()


def looks_right(page: Page) -> None:
    """No finding of axe, nothing that sticks out at 320 px."""
    page.wait_for_load_state()
    assert_accessible(page)
    assert_no_overflow(page)


def tab(page: Page, name: str) -> None:
    """Go to a tab of the case by its label."""
    page.wait_for_load_state()
    page.get_by_role("tab", name=name).click()


def write_rich(page: Page, label: str, text: str) -> None:
    """Type into a rich text field by its label."""
    page.wait_for_load_state()
    editor = page.get_by_role("textbox", name=re.compile(f"^{re.escape(label)}"))
    editor.click()
    editor.fill(text)


def choose_event(page: Page, name: str) -> None:
    """Välj ny händelse… and one of its rows."""
    page.wait_for_load_state()
    page.get_by_text("Välj ny händelse...").click()
    page.get_by_role("button", name=re.compile(f"^{re.escape(name)}")).click()


def link_in(mail: Mail, path: str) -> str:
    """The path and query of the first link below `path` in the mail as it came over the wire."""
    found = re.search(rf"https?://[^\s/]+({re.escape(path)}[^\s)]*)", mail.text)
    assert found, mail.text
    return found[1].rstrip(".")


def flashed(page: Page, sentence: str) -> None:
    """The page says `sentence` in a message."""
    expect(page.get_by_text(sentence).first).to_be_visible()


def choose_option(page: Page, label: str, text: str) -> None:
    """Choose the option that says `text` (trees indent theirs) in the select called `label`."""
    select = page.get_by_label(re.compile(f"^{re.escape(label)}"))
    option = select.locator("option").filter(has_text=re.compile(rf"^\s*{re.escape(text)}\s*$"))
    select.select_option(value=option.first.get_attribute("value"))
