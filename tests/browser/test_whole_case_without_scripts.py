"""A whole case without JavaScript: given away, confirmed, answered, closed, opened again."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from extensions import db
from models import Case
from tests.support.cases import HJO, choice, new_case
from tests.support.client import settle
from tests.support.smtp import Mailbox
from tests.support.walk import choose_event, choose_option, flashed, sign_in_by_page

pytestmark = pytest.mark.usefixtures("town")
CONFIRMATION = "Registrera och skicka 2-dagarsbekräftelse per e-post"
ANSWER = "Registrera och skicka handläggarens svar per e-post"


def leave(page: Page) -> None:
    """Log out through the own name."""
    page.get_by_role("banner").locator("summary").last.click()
    page.get_by_role("button", name="Logga ut").click()


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def give_away_and_confirm(page: Page, number: int) -> None:
    """The registrar's part: Att göra, the row, the case, the confirmation."""
    sign_in_by_page(page, "registrator.hjo")
    expect(page.get_by_role("heading", name="Att göra", level=1)).to_be_visible()
    choose_option(page, "Enhet", "Fritid")
    choose_option(page, "Ansvarig", "Christer Svensson")
    press(page, f"Fördela ärende {number}")
    flashed(page, f"Ärende {number} är fördelat till Christer Svensson.")
    page.goto(f"/admin/case/?type={HJO}")
    page.get_by_role("link", name=str(number), exact=True).click()
    page.get_by_label("Innehåll i tjänsten").check()
    page.get_by_role("radio", name="Synpunkten", exact=True).check()
    press(page, "Spara")
    flashed(page, "Ändringarna är sparade.")
    choose_event(page, CONFIRMATION)
    press(page, "Skicka")
    flashed(page, "E-postmeddelandet är registrerat")
    leave(page)


def answer(page: Page, number: int) -> None:
    """The handler's part: Att göra, the case, the answer, the mail."""
    sign_in_by_page(page, "handlaggare.hjo")
    page.get_by_role("link", name=re.compile(rf"^{number} ")).first.click()
    page.get_by_label(re.compile("^Handläggarens svar")).fill("Tack!\n\nVi lagar gungan i maj.")
    choose_event(page, ANSWER)
    expect(page.get_by_label(re.compile("^Mottagare"))).to_have_value("berit.ek@example.org")
    press(page, "Skicka")
    flashed(page, "E-postmeddelandet är registrerat")
    expect(page.get_by_text("Besvarades").first).to_be_visible()


def classify_and_close(page: Page) -> None:
    press(page, "Avsluta")
    expect(page.locator("#error-summary")).to_contain_text("Klassificering åtgärder")
    page.get_by_label("Kommer att åtgärdas").check()
    press(page, "Avsluta")
    flashed(page, "Ärendet är avslutat.")


def open_again(page: Page) -> None:
    page.get_by_role("link", name="Återöppna", exact=True).click()
    press(page, "Återöppna")
    expect(page.locator("#error-summary")).to_contain_text("Skriv varför ärendet öppnas igen.")
    page.get_by_label(re.compile("^Varför öppnas")).fill("Gungan är fortfarande trasig.")
    press(page, "Återöppna")
    flashed(page, "Ärendet är öppet igen.")


def use_the_menu(page: Page) -> None:
    """Mer: the link to copy by hand, and a copy handed out."""
    page.get_by_role("toolbar").locator("summary", has_text="Mer").click()
    expect(page.get_by_label("Länk till ärendet")).to_have_value(re.compile("/arende/"))
    page.get_by_role("link", name="Lämna ut handling").click()
    page.get_by_label(re.compile("^Maskade")).check()
    page.get_by_label(re.compile("^Bestämmelse")).select_option(index=1)
    page.get_by_label(re.compile("^Jag har gjort en sekretessprövning")).check()
    press(page, "Granska kopian")
    expect(page.locator("#copy")).to_contain_text("[utelämnat]")
    press(page, "Skapa utlämnandekopia")
    flashed(page, "Utlämnandekopian är skapad")


def test_the_whole_staff_flow_works_without_scripts(
    page_without_scripts: Page, app: Flask, smtp: Mailbox, deliver: Callable[[], None]
) -> None:
    page = page_without_scripts
    number = new_case(
        HJO,
        title="Trasig gungställning",
        text="Gungan är trasig.\n\nHälsningar Berit Ek",
        contact_way=choice(HJO, "contact_way", "E-post"),
        types=[choice(HJO, "types", "Klagomål")],
    ).id
    settle()

    give_away_and_confirm(page, number)
    answer(page, number)
    deliver()
    assert any("Vi lagar gungan i maj." in m.text for m in smtp.to("berit.ek@example.org"))
    classify_and_close(page)
    open_again(page)
    use_the_menu(page)
    settle()
    assert not db.session.get_one(Case, number).is_closed
