"""Hjo's manual: Kontroll inför publicering and Publicering, from the field to the website."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from domain.clock import local_today
from extensions import db
from tests.support.compose import hjo_case
from tests.support.publishing import public_rows
from tests.support.walk import flashed, looks_right, sign_in, tab, write_rich

pytestmark = [pytest.mark.usefixtures("town"), pytest.mark.row("H24")]
TEXT = "Hälsningar Berit Ek, 073-999 45 67.\nDet saknas cykelställ vid badet."
REDACTED = "Ring 073-999 45 67.\nDet saknas cykelställ vid badet."


@pytest.fixture
def case_id(app) -> int:
    case = hjo_case(title="Cykelställ vid badet", text=TEXT)
    case.answer = "<div>Hej Berit! Vi ställer upp tio.</div>"
    case.answered_on = local_today() - timedelta(days=10)
    number = case.id
    db.session.commit()
    return number


def choose(page: Page, case_id: int) -> None:
    """Publicering in the case form; the task that follows from it leads to the text."""
    sign_in(page, "handlaggare.hjo")
    page.goto(f"/admin/case/edit/?id={case_id}")
    tab(page, "Handläggning/korrespondens")
    page.get_by_label("Synpunkten är kontrollerad och ska publiceras").check()
    page.get_by_role("button", name="Spara", exact=True).click()
    flashed(page, "Ändringarna är sparade.")
    page.goto("/admin/?grupp=publicera")
    expect(page.locator("#publicera")).to_contain_text("Utkast")
    page.get_by_role("link", name=re.compile("Cykelställ vid badet")).click()


def redact(page: Page) -> None:
    """Kontroll inför publicering: what the page asks to take away, and to look at."""
    publish = page.get_by_role("button", name="Publicera …")
    expect(page.locator("mark.pub-danger").first).to_contain_text("Berit")
    looks_right(page)
    publish.click()
    expect(page.locator("#error-summary")).to_contain_text("Ta bort uppgiften")
    page.get_by_label("Synpunkten på webben").fill(REDACTED)
    write_rich(page, "Svaret på webben", "Vi ställer upp tio.")
    publish.click()
    expect(page.locator("#error-summary")).to_contain_text("Kontrollera varje fynd")
    expect(page.locator("ins").first).to_be_visible()
    looks_right(page)
    page.get_by_label("telefonnummer: 073-999 45 67").check()
    checks = page.get_by_role("group", name=re.compile("Kontrollera innan"))
    for tick in checks.get_by_role("checkbox").all():
        tick.check()
    publish.click()


def test_kontroll_infor_publicering_and_publicering(screen: Page, case_id: int) -> None:
    page = screen
    choose(page, case_id)
    expect(page.get_by_role("heading", level=1)).to_have_text("Publicering")
    redact(page)
    flashed(page, "Synpunkten är publicerad.")
    looks_right(page)
    (row,) = public_rows()
    assert row.question == REDACTED
    assert "Berit" not in row.answer
    db.session.rollback()

    page.get_by_label("Varför avpubliceras synpunkten?").fill("Telefonen är privat.")
    page.get_by_role("button", name="Avpublicera").click()
    flashed(page, "Synpunkten är avpublicerad.")
    assert public_rows() == []
    db.session.rollback()
    page.get_by_role("link", name="Tillbaka till ärendet").click()
    tab(page, "Handläggning/korrespondens")
    expect(page.get_by_label("Synpunkten är kontrollerad och ska inte publiceras")).to_be_checked()
