"""Mer in a browser: to another process and back, a masked copy, somebody beyond a border."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from extensions import db
from models import Case
from tests.support.cases import HJO, choice, new_case, person, unit_id
from tests.support.client import settle
from tests.support.walk import flashed, looks_right, sign_in

pytestmark = [pytest.mark.usefixtures("town"), pytest.mark.row("H08")]


@pytest.fixture
def number(app: Flask) -> int:
    case = new_case(
        HJO,
        title="Lampan på Storgatan är trasig",
        text="Lampan vid Storgatan 1 är trasig. Ring Nils Grip, 070-123 45 67.",
        unit=unit_id("Fritid"),
        responsible=person("handlaggare.hjo").id,
        contact_way=choice(HJO, "contact_way", "E-post"),
    )
    found = case.id
    settle()
    return found


def opened(page: Page, number: int, row: str) -> None:
    sign_in(page, "handlaggare.hjo")
    page.goto(f"/admin/case/edit/?id={number}")
    page.wait_for_load_state("networkidle")
    page.get_by_role("toolbar").locator("summary", has_text="Mer").click()
    page.get_by_role("link", name=row, exact=True).click()


def test_what_is_no_synpunkt_goes_to_its_process_and_can_come_back(
    screen: Page, number: int
) -> None:
    page = screen
    opened(page, number, "Överför till annan process")
    expect(page.get_by_role("link", name=re.compile("besked om överföring per e"))).to_be_visible()
    looks_right(page)
    page.get_by_role("button", name="Överför och avsluta").click()
    expect(page.locator("#error-summary")).to_contain_text("Välj en process, eller skriv vilken.")
    looks_right(page)
    page.get_by_label("Felanmälan").check()
    page.get_by_label(re.compile("^Varför överförs")).fill("Lämnat till gatukontoret.")
    page.get_by_role("button", name="Överför och avsluta").click()
    flashed(page, "Ärendet är överfört till Felanmälan och avslutat.")
    expect(page.locator(".case-facts")).to_contain_text("Överfört till Felanmälan")
    looks_right(page)
    page.get_by_role("link", name="Återöppna").click()
    page.get_by_label(re.compile("^Varför öppnas")).fill("Det var en synpunkt.")
    page.get_by_role("button", name="Återöppna").click()
    flashed(page, "Ärendet är öppet igen.")
    expect(page.locator(".case-facts")).not_to_contain_text("Överfört")


def test_a_masked_copy_is_looked_at_mended_and_kept(screen: Page, number: int) -> None:
    page = screen
    opened(page, number, "Lämna ut handling")
    expect(page.get_by_label(re.compile("^Maska också"))).to_be_hidden()
    looks_right(page)
    page.get_by_label(re.compile("^Maskade")).check()
    page.get_by_role("button", name="Granska kopian").click()
    copy = page.locator("#copy")
    expect(copy).to_contain_text("Ring Nils Grip, [utelämnat].")
    looks_right(page)
    page.get_by_label(re.compile("^Maska också")).fill("Nils Grip")
    page.get_by_label(re.compile("^Bestämmelse")).select_option(index=1)
    page.get_by_role("button", name="Granska kopian").click()
    expect(copy).not_to_contain_text("Grip")
    page.get_by_role("button", name="Skapa utlämnandekopia").click()
    expect(page.locator("#error-summary")).to_contain_text("Gör en sekretessprövning")
    page.get_by_label(re.compile("^Jag har gjort en sekretessprövning")).check()
    page.get_by_role("button", name="Skapa utlämnandekopia").click()
    flashed(page, "Utlämnandekopian är skapad")
    card = page.get_by_role("article", name=re.compile("Utlämnandekopia"))
    expect(card.get_by_role("link", name=re.compile("^Hämta PDF"))).to_be_visible()
    expect(card.get_by_role("link", name="Ändra")).to_have_count(0)
    looks_right(page)
    settle()
    assert db.session.get_one(Case, number).event_count == 1
