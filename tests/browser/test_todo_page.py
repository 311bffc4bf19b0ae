"""Att göra in a browser: the groups, one click to the case, giving a new one away in its row."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from domain.clock import local_today
from extensions import db
from models import Case
from tests.support.cases import HJO, new_case, person, unit_id
from tests.support.walk import choose_option, flashed, looks_right, sign_in

pytestmark = pytest.mark.usefixtures("town")


@pytest.fixture
def waiting(app: Flask) -> tuple[int, int]:
    """The numbers of a new case without unit and of one that is late."""
    new = new_case(HJO, title="Trasig gungställning")
    late = new_case(HJO, title="Isigt vid busshållplatsen", unit=unit_id("Fritid"))
    late.responsible_id = person("handlaggare.hjo").id
    late.answer_by = local_today() - timedelta(days=10)
    db.session.commit()
    found = new.id, late.id
    db.session.commit()
    return found


def test_a_registrar_gives_a_new_case_away_on_the_first_page(
    screen: Page, waiting: tuple[int, int]
) -> None:
    page, (new, late) = screen, waiting
    sign_in(page, "registrator.hjo")
    page.goto("/admin/")
    expect(page.get_by_role("heading", name="Att göra", level=1)).to_be_visible()
    expect(page.get_by_role("heading", name="Nya att fördela 1")).to_be_visible()
    expect(page.get_by_role("heading", name="Försenade 1")).to_be_visible()
    looks_right(page)
    button = page.get_by_role("button", name=f"Fördela ärende {new}")
    button.click()
    expect(page.get_by_text("Välj en enhet.").first).to_be_visible()
    looks_right(page)
    choose_option(page, "Enhet", "Fritid")
    choose_option(page, "Ansvarig", "Christer Svensson")
    button.click()
    flashed(page, f"Ärende {new} är fördelat till Christer Svensson.")
    expect(page.get_by_role("heading", name="Nya att fördela")).to_have_count(0)
    page.get_by_role("link", name=f"{late} Isigt vid busshållplatsen").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Isigt vid busshållplatsen")


def test_it_works_without_scripts(
    page_without_scripts: Page, waiting: tuple[int, int], app: Flask
) -> None:
    page, (new, _late) = page_without_scripts, waiting
    sign_in(page, "registrator.hjo")
    page.goto("/admin/")
    choose_option(page, "Enhet", "Fritid")
    page.get_by_role("button", name=f"Fördela ärende {new}").click()
    flashed(page, f"Ärende {new} är fördelat till Christer Svensson.")
    assert db.session.get_one(Case, new).unit_id == unit_id("Fritid")


def test_who_has_done_everything_reads_so(screen: Page) -> None:
    sign_in(screen, "handlaggare.hjo")
    screen.goto("/admin/")
    expect(screen.get_by_text("Allt är gjort")).to_be_visible()
    looks_right(screen)
    screen.get_by_role("link", name="Öppna listan Synpunkt Hjo").click()
    expect(screen.get_by_role("heading", name="Synpunkt Hjo")).to_be_visible()


def test_reminders_are_gathered_by_a_choice_on_the_own_page(screen: Page) -> None:
    sign_in(screen, "handlaggare.hjo")
    screen.goto("/admin/my-page/")
    screen.get_by_label("Samla påminnelser i ett mejl per dag").check()
    looks_right(screen)
    screen.get_by_role("button", name="Spara", exact=True).click()
    flashed(screen, "Dina uppgifter är sparade.")
    expect(screen.get_by_label("Samla påminnelser i ett mejl per dag")).to_be_checked()
