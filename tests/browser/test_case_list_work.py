"""A handler's list in a browser: favourites, flags, changing many, and the keyboard."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from extensions import db
from models import Case
from tests.support.cases import HJO, layout, new_case, person, unit_id
from tests.support.walk import choose_option, flashed, looks_right, sign_in

pytestmark = [pytest.mark.usefixtures("town"), pytest.mark.row("S07")]
LIST = f"/admin/case/?type={HJO}"


@pytest.fixture
def cases(app: Flask) -> list[int]:
    """The numbers of three cases, as the list has them: the newest first."""
    titles = ("Isigt vid busshållplatsen", "Trasig gungställning", "Mörk gångväg")
    needed: dict[str, object] = {
        k: [layout(HJO).fields[k].choices[0].id] for k in ("types", "categories")
    }
    needed["workflow"] = layout(HJO).fields["workflow"].choices[0].id
    numbers = [new_case(HJO, title=t, unit=unit_id("Fritid"), **needed).id for t in titles]
    db.session.commit()
    return sorted(numbers, reverse=True)


def row(page: Page, number: int) -> Page:
    return page.locator(f"#arende-{number}")  # type: ignore[return-value]


def opened(page: Page, username: str) -> None:
    sign_in(page, username)
    page.goto(LIST)
    page.wait_for_load_state()


def marks_and_finds(page: Page, numbers: list[int]) -> None:
    """★ one and 🚩 another from their rows, then find each by the links above the list."""
    starred, flagged, other = numbers
    row(page, starred).get_by_role("button", name=f"Favorit ärende {starred}").click()
    expect(page).to_have_url(re.compile(rf"#arende-{starred}$"))
    star = row(page, starred).get_by_role("button", name=f"Favorit ärende {starred}")
    expect(star).to_have_attribute("aria-pressed", "true")
    row(page, flagged).get_by_role("link", name=f"Flagga ärende {flagged}").click()
    page.get_by_role("button", name="Flagga", exact=True).click()
    expect(page.get_by_text("Skriv varför ärendet flaggas.").first).to_be_visible()
    page.get_by_label("Varför flaggas ärendet?").fill("Väntar på jurist")
    page.get_by_role("button", name="Flagga", exact=True).click()
    flashed(page, f"Ärende {flagged} är flaggat.")
    expect(row(page, flagged)).to_contain_text("Flaggat: Väntar på jurist (Christer Svensson")
    page.get_by_role("link", name="Favoriter").click()
    expect(row(page, starred)).to_be_visible()
    expect(row(page, flagged)).to_have_count(0)
    page.get_by_role("link", name="Favoriter").click()
    page.get_by_role("link", name="Flaggade").click()
    expect(row(page, flagged)).to_be_visible()
    expect(row(page, other)).to_have_count(0)


def test_favourites_and_flags(screen: Page, cases: list[int]) -> None:
    opened(screen, "handlaggare.hjo")
    marks_and_finds(screen, cases)
    looks_right(screen)
    screen.goto(LIST)
    looks_right(screen)
    screen.goto(f"/admin/case/edit/?id={cases[1]}")
    expect(screen.get_by_text("Flaggat: Väntar på jurist").first).to_be_visible()
    looks_right(screen)
    screen.get_by_role("button", name="Favorit").click()
    expect(screen.get_by_role("button", name="Favorit")).to_have_attribute("aria-pressed", "true")
    screen.get_by_role("button", name="Ta bort flaggan").click()
    flashed(screen, f"Flaggan på ärende {cases[1]} är borttagen.")
    screen.get_by_role("link", name="Flagga", exact=True).click()
    looks_right(screen)


def test_favourites_and_flags_without_scripts(page_without_scripts: Page, cases: list[int]) -> None:
    opened(page_without_scripts, "handlaggare.hjo")
    marks_and_finds(page_without_scripts, cases)


def assigns(page: Page, numbers: list[int]) -> None:
    """Tick all but the last, look at what will happen, do it."""
    for number in numbers[:2]:
        page.get_by_label(f"Markera ärende {number}").check()
    page.get_by_text("Ändra markerade").click()
    page.get_by_role("button", name="Tilldela").click()
    expect(page.get_by_role("heading", name=re.compile("Tilldela.*2 ärenden"))).to_be_visible()
    expect(page.get_by_text("2 av 2 ärenden kan ändras.")).to_be_visible()
    choose_option(page, "Handlar om", "Bibliotek")
    choose_option(page, "Handläggare", "Annica Carter")
    page.get_by_role("button", name="Visa först vad som händer").click()
    expect(page.get_by_text("Inget är ändrat än.")).to_be_visible()
    expect(page.get_by_text("Handläggare: Christer Svensson").first).to_be_visible()


def test_ticked_cases_are_assigned_together(screen: Page, cases: list[int], app: Flask) -> None:
    opened(screen, "registrator.hjo")
    assigns(screen, cases)
    looks_right(screen)
    screen.get_by_role("button", name="Tilldela").click()
    flashed(screen, "2 ärenden är ändrade.")
    looks_right(screen)
    db.session.expire_all()
    held = [db.session.get_one(Case, number).responsible_id for number in cases]
    chief, handler = person("chef.hjo").id, person("handlaggare.hjo").id
    assert held == [chief, chief, handler]
    screen.get_by_role("link", name="Tillbaka till listan").click()
    expect(row(screen, cases[0])).to_contain_text("Annica Carter")


def test_ticked_cases_are_assigned_without_scripts(
    page_without_scripts: Page, cases: list[int]
) -> None:
    opened(page_without_scripts, "registrator.hjo")
    assigns(page_without_scripts, cases)
    page_without_scripts.get_by_role("button", name="Tilldela").click()
    flashed(page_without_scripts, "2 ärenden är ändrade.")


def focused(page: Page, number: int) -> None:
    expect(row(page, number).locator("a.case-link")).to_be_focused()


def test_the_list_is_walked_by_keyboard_and_comes_back_to_its_row(
    page: Page, cases: list[int]
) -> None:
    opened(page, "handlaggare.hjo")
    page.goto(f"{LIST}&sort=id&ordning=desc")
    page.wait_for_load_state()
    row(page, cases[0]).locator("a.case-link").focus()
    page.keyboard.press("ArrowDown")
    focused(page, cases[1])
    page.keyboard.press("End")
    focused(page, cases[2])
    page.keyboard.press("ArrowDown")
    focused(page, cases[2])
    page.keyboard.press("ArrowUp")
    focused(page, cases[1])
    for way_back in ("Stäng", "Spara och stäng"):
        page.keyboard.press("Enter")
        expect(page.get_by_role("heading", level=1)).to_contain_text(str(cases[1]))
        page.wait_for_load_state()
        page.get_by_role("button", name=way_back, exact=True).click()
        expect(page).to_have_url(re.compile(r"sort=id&ordning=desc"))
        focused(page, cases[1])
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text(str(cases[1]))
    page.wait_for_load_state()
    page.locator("a.crumb").click()
    focused(page, cases[1])
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text(str(cases[1]))
    page.go_back()
    focused(page, cases[1])
    looks_right(page)


def test_arrows_go_from_tick_box_to_tick_box(page: Page, cases: list[int]) -> None:
    opened(page, "handlaggare.hjo")
    page.get_by_label(f"Markera ärende {cases[0]}").focus()
    page.keyboard.press("ArrowDown")
    expect(page.get_by_label(f"Markera ärende {cases[1]}")).to_be_focused()
    page.keyboard.press("Space")
    expect(page.get_by_label(f"Markera ärende {cases[1]}")).to_be_checked()
