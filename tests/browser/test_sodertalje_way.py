"""Södertälje's manual, by its labels: from the public form to Avsluta."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.support.smtp import Mailbox
from tests.support.walk import (
    choose_event,
    choose_option,
    flashed,
    link_in,
    looks_right,
    sign_in,
    sign_out,
    tab,
    write_rich,
)

pytestmark = pytest.mark.usefixtures("town")

TEXT = "Maten var kall tre dagar i rad."


def submit(page: Page) -> None:
    page.goto("/")
    looks_right(page)
    page.get_by_role("link", name=re.compile("Omsorgskontoret", re.I)).first.click()
    looks_right(page)
    choose_option(page, "Synpunkten gäller", "Vård- och omsorgsboende norr")
    page.get_by_label(re.compile("^Beskriv synpunkten")).fill(TEXT)
    page.get_by_label("Anhörig").check()
    page.get_by_label("Per e-post").check()
    page.locator("input[type=email]").fill("maja@example.org")
    page.wait_for_timeout(3100)  # the spam guard asks whoever is faster
    page.get_by_role("button", name="Skicka").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Tack!")
    looks_right(page)


def investigate(page: Page, smtp: Mailbox) -> None:
    """Tabs 1 to 3: read, categorise, see who is responsible."""
    page.goto(link_in(smtp.to("chef.omsorg@demo.example")[-1], "/arende/"))
    sign_in(page, "chef.omsorg")
    expect(page.get_by_text(TEXT).first).to_be_visible()
    looks_right(page)
    tab(page, "Kategorisering")
    page.get_by_label("Klagomål").check()
    page.get_by_label("Mat/måltider").check()
    page.get_by_label("Bemötande").check()
    tab(page, "Ansvarig handläggare")
    looks_right(page)
    chosen = page.get_by_label(re.compile("^Ansvarig utredare")).locator("option:checked")
    expect(chosen).to_have_text(re.compile("Beatrice Carlsson"))


def answer_by_mail(page: Page) -> None:
    """Tab 4, template A."""
    tab(page, "Svar och åtgärd")
    expect(page.get_by_text("Synpunktslämnaren önskar svar")).to_be_visible()
    expect(page.locator(".wish")).to_contain_text("Per e-post")
    write_rich(page, "Svar", "Vi har bytt leverantör av matlådor.")
    choose_event(page, "Registrera och skicka svar per e-post")
    expect(page.get_by_text("VÅRT SVAR:")).to_be_visible()
    expect(page.get_by_text("Vi har bytt leverantör av matlådor.")).to_be_visible()
    looks_right(page)
    page.get_by_role("button", name="Skicka").click()
    flashed(page, "E-postmeddelandet är registrerat")


def write_back(citizen: Page, smtp: Mailbox) -> None:
    answer = smtp.to("maja@example.org")[-1]
    assert "VÅRT SVAR" in answer.text
    citizen.goto(link_in(answer, "/svar/"))
    expect(citizen.get_by_text("Vi har bytt leverantör av matlådor.").first).to_be_visible()
    citizen.locator("textarea").first.fill("Tack, nu är den varm.")
    citizen.get_by_role("button", name="Skicka").click()


def close(page: Page) -> None:
    page.reload()
    tab(page, "Svar och åtgärd")
    page.get_by_role("button", name="Avsluta").click()
    expect(page.locator("#error-summary")).to_contain_text("Klassificering av åtgärd")
    expect(page.locator("#error-summary")).to_contain_text("Resultat")
    page.get_by_label("Åtgärdat", exact=True).check()
    page.get_by_label("Framförd till berörd personal").check()
    page.get_by_label("Mycket").check()
    page.get_by_role("button", name="Avsluta").click()
    flashed(page, "Ärendet är avslutat.")


@pytest.mark.row("S02", "S05", "S08", "S10", "S11", "S13", "S15", "S16", "S18", "S19", "S20")
def test_the_way_from_the_public_form_to_avsluta(
    screen: Page, open_browser: Callable[[], Page], smtp: Mailbox, deliver: Callable[[], None]
) -> None:
    page = screen
    submit(page)
    deliver()
    assert TEXT in smtp.to("maja@example.org")[-1].text
    investigate(page, smtp)
    answer_by_mail(page)
    deliver()
    write_back(open_browser(), smtp)
    deliver()
    assert "Nytt svar" in smtp.to("chef.omsorg@demo.example")[-1].subject
    close(page)
    sign_out(page)


@pytest.mark.row("S06", "S12")
def test_nytt_arende_for_an_external_provider(page: Page) -> None:
    sign_in(page, "chef.omsorg")
    page.goto("/admin/case/")
    page.get_by_role("link", name="Nytt ärende").first.click()
    page.get_by_label(re.compile("^Beskriv synpunkten")).fill("Det gäller ett privat boende.")
    page.get_by_label("Vill ej bli kontaktad").check()
    tab(page, "Kategorisering")
    page.get_by_label("Ej kommunens ansvar").check()
    expect(page.locator("[data-instruction-for]:visible")).to_contain_text(re.compile("utförare"))
    page.get_by_label("Bemötande").check()
    looks_right(page)
    tab(page, "Ansvarig handläggare")
    choose_option(page, "Synpunkten gäller", "Vård- och omsorgsboende norr")
    choose_option(page, "Ansvarig utredare", "Beatrice Carlsson")
    page.get_by_role("button", name="Spara nytt ärende").click()
    flashed(page, "är sparat.")
    expect(page.get_by_role("row", name=re.compile("Ej kommunens ansvar"))).to_be_visible()
