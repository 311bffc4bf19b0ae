"""The citizens' pages in every language, in own colours, in the dark and by the kilobyte."""

from __future__ import annotations

import gzip

import pytest
from playwright.sync_api import Browser, Page, Response, expect

from extensions import db
from models import Municipality, PublicForm
from services.unit_of_work import unit_of_work
from tests.support.browser import DESKTOP, PHONE, watched_page
from tests.support.site import Site
from tests.support.walk import looks_right, sign_in

pytestmark = pytest.mark.usefixtures("town", "app")

A_WHILE = 3100  # ms: the spam guard asks whoever is faster
BUDGET = 60_000
ADDRESSES = (
    "/", "/synpunkt/hjo", "/svar", "/personuppgifter", "/tillganglighet", "/finns-inte",
)  # fmt: skip
WORDS = {
    "en": ("English", "Send", "Thank you! We have received your feedback", "Error:"),
    "fi": ("Suomi", "Lähetä", "Kiitos! Olemme vastaanottaneet palautteesi", "Virhe:"),
}
LABELS = {
    "en": ("Complaint", "Feedback/fault report", "I do not want to be contacted"),
    "fi": ("Valitus", "Palaute/vikailmoitus", "En halua yhteydenottoa"),
}


def form_id() -> int:
    found = db.session.scalars(db.select(PublicForm.id).filter_by(slug="hjo")).one()
    db.session.rollback()  # else the server waits for this transaction
    return found


def use_colours(main: str, accent: str) -> None:
    with unit_of_work():
        row = db.session.get_one(Municipality, 1)
        row.main_colour, row.accent_colour = main, accent


@pytest.mark.parametrize("language", ["en", "fi"])
def test_a_form_is_sent_in_another_language(screen: Page, language: str) -> None:
    name, send, thanks, error = WORDS[language]
    kind, text, contact = LABELS[language]
    screen.goto("/synpunkt/hjo")
    screen.get_by_role("link", name=name).click()
    expect(screen.locator("html")).to_have_attribute("lang", language)
    looks_right(screen)
    screen.get_by_role("button", name=send).click()
    expect(screen.locator("#error-summary")).to_be_focused()
    assert screen.title().startswith(error)
    looks_right(screen)

    screen.get_by_label(kind).check()
    screen.get_by_role("textbox", name=text).fill("The lamp is broken.")
    screen.get_by_label(contact).check()
    screen.wait_for_timeout(A_WHILE)
    screen.get_by_role("button", name=send).click()
    expect(screen.get_by_role("heading", level=1)).to_have_text(thanks)
    looks_right(screen)


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["1280px", "375px"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("colours", [("#7a1f3d", "#5b2a86"), ("#000000", "#5e5e00")])
def test_own_colours_can_be_read_light_and_dark(
    browser: Browser, server: Site, size: dict[str, int], scheme: str, colours: tuple[str, str]
) -> None:
    use_colours(*colours)
    with watched_page(browser, server.url, size, color_scheme=scheme) as page:
        for address in (
            "/",
            "/synpunkt/hjo",
            "/svar",
            "/personuppgifter",
            "/tillganglighet",
            "/finns-inte",
        ):
            page.goto(address)
            looks_right(page)
        page.goto("/synpunkt/hjo")
        page.get_by_role("button", name="Skicka").click()
        looks_right(page)
        button = page.get_by_role("button", name="Skicka")
        shown = button.evaluate("e => getComputedStyle(e).backgroundColor")
        wanted = {"#7a1f3d": "rgb(122, 31, 61)", "#000000": "rgb(0, 0, 0)"}[colours[0]]
        assert (shown == wanted) == (scheme == "light")


def test_the_first_visit_to_a_form_is_light_and_asks_nobody_else(page: Page) -> None:
    use_colours("#7a1f3d", "#5b2a86")
    seen: list[Response] = []
    page.on("response", lambda response: seen.append(response))
    page.goto("/synpunkt/hjo", wait_until="networkidle")
    sizes = {response.url: sent_bytes(response) for response in seen}
    assert any("utseende.css" in url for url in sizes)
    assert sum(sizes.values()) <= BUDGET, sizes


def sent_bytes(response: Response) -> int:
    """As a web server sends it: texts compressed, fonts and pictures as they are."""
    body = response.body()
    kind = response.headers.get("content-type", "")
    return (
        len(gzip.compress(body, 6)) if "font" not in kind and "image/x" not in kind else len(body)
    )


def test_the_administrator_chooses_colours_and_is_told_of_the_contrast(screen: Page) -> None:
    screen.goto("/admin/municipality/")
    sign_in(screen, "admin")
    screen.goto("/admin/municipality/")
    screen.get_by_label("Huvudfärg").fill("#ffcc00")
    screen.get_by_role("button", name="Spara", exact=True).click()
    expect(screen.get_by_text("Kontrasten mot vitt är 1,51:1.").first).to_be_visible()
    expect(screen.get_by_label("Huvudfärg")).to_have_value("#ffcc00")
    looks_right(screen)
    screen.get_by_label("Huvudfärg").fill("#7a1f3d")
    screen.get_by_role("button", name="Spara", exact=True).click()
    expect(screen.get_by_text("Uppgifterna om kommunen är sparade.")).to_be_visible()


def test_the_administrator_translates_a_form(screen: Page) -> None:
    screen.goto("/admin/public-forms/")
    sign_in(screen, "admin")
    screen.goto("/admin/public-forms/")
    screen.goto(f"/admin/public-forms/edit/?id={form_id()}")
    screen.get_by_role("link", name="Länk och QR-kod").click()
    expect(screen.get_by_role("img", name="QR-kod som leder till")).to_be_visible()
    looks_right(screen)
    screen.go_back()
    screen.get_by_role("link", name="Översättningar").click()
    looks_right(screen)
    screen.get_by_label("English").first.fill("Have your say")
    screen.get_by_role("button", name="Spara").click()
    expect(screen.get_by_text("Översättningarna är sparade.")).to_be_visible()
    screen.goto("/synpunkt/hjo?lang=en")
    expect(screen.get_by_role("heading", level=1)).to_have_text("Have your say")
