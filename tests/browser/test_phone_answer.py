"""Event C: an answer by phone, or in another way, written down by the manual's labels (S22)."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from extensions import db
from tests.support.cases import SODERTALJE, choice
from tests.support.letters import sodertalje_case
from tests.support.walk import choose_event, flashed, looks_right, sign_in, tab, write_rich

pytestmark = pytest.mark.usefixtures("town")
TEMPLATE = "Registrera svar via telefon (eller annat sätt)"


@pytest.fixture
def case_id(app) -> int:
    case = sodertalje_case(contact_way=choice(SODERTALJE, "contact_way", "Per telefon"))
    number = case.id
    db.session.commit()
    return number


@pytest.mark.row("S22")
def test_an_answer_by_phone_is_written_down_with_a_file(screen: Page, case_id: int) -> None:
    page = screen
    sign_in(page, "chef.omsorg")
    page.goto(f"/admin/case/edit/?id={case_id}")
    tab(page, "Svar och åtgärd")
    choose_event(page, TEMPLATE)
    for label in ("Datum/tid", "Initiativtagare", "Mottagare", "Titel"):
        expect(page.get_by_label(re.compile(f"^{label}"))).not_to_have_value("")
    expect(page.get_by_label(re.compile("^Titel"))).to_have_value(
        "Svar på synpunkt (telefon eller annat sätt)"
    )
    looks_right(page)
    write_rich(page, "Meddelande", "Vi pratade om maten. Personen är nöjd med svaret.")
    with page.expect_file_chooser() as chooser:
        page.get_by_role("button", name="Bifoga fil…").click()
    chooser.value.set_files(
        [{"name": "minnesanteckning åäö.txt", "mimeType": "text/plain", "buffer": b"10 minuter"}]
    )
    page.get_by_role("button", name="Skapa", exact=True).click()
    flashed(page, "Händelsen är registrerad.")
    card = page.locator(".event").first
    expect(card).to_contain_text("Svar på synpunkt (telefon eller annat sätt)")
    expect(card).to_contain_text("Initiativtagare")
    expect(card.get_by_role("link", name="minnesanteckning åäö.txt")).to_be_visible()
    expect(page.get_by_text(re.compile("^Besvarades"))).to_be_visible()
    looks_right(page)
