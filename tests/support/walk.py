"""What every walk through the pages does: sign in, save, read the mail, check the page."""

from __future__ import annotations

import re
from email import message_from_bytes, policy
from email.message import EmailMessage

from playwright.sync_api import Page, expect

from tests.support.axe import assert_accessible, assert_no_overflow

PASSWORD = "gensvar-demo-losen"  # noqa: S105 - the demo's, known to all


def sign_in(page: Page, username: str) -> None:
    """Fill in the login page that is open, or open it."""
    if "/login" not in page.url:
        page.goto("/login")
    page.get_by_label("Användarnamn").fill(username)
    page.get_by_label("Lösenord").fill(PASSWORD)
    page.get_by_role("button", name="Logga in").click()


def sign_out(page: Page) -> None:
    """Log out through the own name, top right (manual S10)."""
    page.locator("[data-user-menu] > summary").click()
    page.get_by_role("button", name="Logga ut").click()


def looks_right(page: Page) -> None:
    """No finding of axe, nothing that sticks out at 320 px."""
    assert_accessible(page)
    assert_no_overflow(page)


def tab(page: Page, name: str) -> None:
    """Go to a tab of the case by its label."""
    page.get_by_role("tab", name=re.compile(re.escape(name))).click()


def write_rich(page: Page, label: str, text: str) -> None:
    """Type into a rich text field by its label."""
    editor = page.get_by_role("textbox", name=re.compile(f"^{re.escape(label)}"))
    editor.click()
    editor.fill(text)


def choose_event(page: Page, name: str) -> None:
    """Välj ny händelse… and one of its rows."""
    page.get_by_text("Välj ny händelse...").click()
    page.get_by_role("button", name=name, exact=True).click()


def parsed(raw: bytes) -> EmailMessage:
    """A mail as its reader's program sees it."""
    message = message_from_bytes(raw, policy=policy.default)
    assert isinstance(message, EmailMessage)
    return message


def text_of(raw: bytes) -> str:
    part = parsed(raw).get_body(("plain",))
    assert part is not None
    return str(part.get_content())


def link_in(raw: bytes, path: str) -> str:
    """The path and query of the first link below `path` in the raw mail's text."""
    found = re.search(rf"https?://[^\s/]+({re.escape(path)}[^\s)]*)", text_of(raw))
    assert found, text_of(raw)
    return found[1]


def flashed(page: Page, sentence: str) -> None:
    """The page says `sentence` in a message."""
    expect(page.get_by_text(sentence).first).to_be_visible()
