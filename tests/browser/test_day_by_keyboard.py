"""A day's work by the keyboard alone, from the login page to logging out."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from extensions import db
from models import Case
from tests.support.cases import HJO, choice, new_case, person, unit_id
from tests.support.client import settle
from tests.support.keys import Keys
from tests.support.walk import PASSWORD, flashed

pytestmark = pytest.mark.usefixtures("town")
TABS = "(. )?(Handläggning/korrespondens|Kategorisering|Ansvarig handläggare|Synpunktslämnaren)$"
ANSWER = "Registrera och skicka handläggarens svar per e-post"


def a_case(title: str, **values: object) -> int:
    given = {
        "contact_way": choice(HJO, "contact_way", "E-post"),
        "types": [choice(HJO, "types", "Klagomål")],
        **values,
    }
    number = new_case(HJO, title=title, **given).id
    settle()
    return number


def heading(keys: Keys, text: str) -> None:
    expect(keys.page.get_by_role("heading", level=1)).to_contain_text(text)


def sign_in(keys: Keys, username: str) -> None:
    keys.write("Användarnamn", username)
    keys.write("Lösenord", PASSWORD)
    keys.page.keyboard.press("Enter")
    expect(keys.page.get_by_role("heading", name="Att göra", level=1)).to_be_visible()


def sign_out(keys: Keys) -> None:
    name = "Christer Svensson|Lisa Olausson"
    keys.press(name)
    keys.press("Logga ut")
    expect(keys.page.get_by_label("Användarnamn")).to_be_visible()


def give_away(keys: Keys, number: int) -> None:
    keys.pick("Enhet", "Fritid")
    keys.press(f"Fördela ärende {number}")
    flashed(keys.page, f"Ärende {number} är fördelat till Christer Svensson.")


def answer(keys: Keys, number: int) -> None:
    """From the list by the arrows, over the tabs, to the mail."""
    keys.press("Ärenden")
    keys.press("Synpunkt Hjo")
    heading(keys, "Synpunkt Hjo")
    keys.to(rf"^{number}$")
    keys.page.keyboard.press("Enter")
    heading(keys, f"(ID: {number})")
    keys.to(TABS)
    keys.arrow("ArrowRight", "(. )?Handläggning/korrespondens")
    keys.write("Handläggarens svar", "Tack! Vi lagar gungan i maj.")
    keys.press("Välj ny händelse")
    keys.press(re.escape(ANSWER))
    expect(keys.page.get_by_label(re.compile("^Mottagare"))).to_be_visible()
    keys.press("Skicka$")
    flashed(keys.page, "E-postmeddelandet är registrerat")


def classify_and_close(keys: Keys) -> None:
    keys.press("Avsluta")
    expect(keys.page.locator("#error-summary")).to_contain_text("Klassificering åtgärder")
    keys.to("Åtgärdat$")  # a group of radio buttons is one stop; the arrows choose in it
    keys.arrow("ArrowDown", "Kommer att åtgärdas")
    keys.press("Avsluta")
    flashed(keys.page, "Ärendet är avslutat.")
    keys.press("Stäng")
    heading(keys, "Ärenden")


def test_a_days_work_needs_no_mouse(page: Page, app: Flask) -> None:
    keys = Keys(page)
    given = {
        "workflow": choice(HJO, "workflow", "Synpunkten"),
        "categories": [choice(HJO, "categories", "Fysisk miljö")],
    }
    number = a_case("Trasig gungställning", **given)
    a_case("Mörkt på stigen", unit=unit_id("Fritid"), responsible=person("handlaggare.hjo").id)

    page.goto("/admin/")
    sign_in(keys, "registrator.hjo")
    give_away(keys, number)
    sign_out(keys)
    sign_in(keys, "handlaggare.hjo")
    answer(keys, number)
    classify_and_close(keys)
    sign_out(keys)
    settle()
    assert db.session.get_one(Case, number).is_closed
