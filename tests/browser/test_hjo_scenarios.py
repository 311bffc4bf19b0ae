"""Hjo's manual, by its labels: Scenario 1, Scenario 2 and Appendix A."""

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
    sign_in_by_page,
    sign_out,
    tab,
    write_rich,
)

pytestmark = pytest.mark.usefixtures("town")

ANSWER_MAIL = "Registrera och skicka handläggarens svar per e-post"
CONFIRMATION = "Registrera och skicka 2-dagarsbekräftelse per e-post"


def submit_as_citizen(page: Page) -> None:
    page.goto("/synpunkt/hjo")
    looks_right(page)
    page.get_by_label("Förslag").check()
    page.get_by_label(re.compile("^Rubrik")).fill("Önskemål om volleybollplan")
    page.get_by_label(re.compile("^Synpunkt/felanmälan")).fill(
        "Det saknas en volleybollplan vid badet.\n\nHälsningar Berit Ek"
    )
    page.get_by_label("E-post", exact=True).first.check()
    page.get_by_label("Namn").fill("Berit Ek")
    page.locator("input[type=email]").fill("berit.ek@example.org")
    page.wait_for_timeout(3100)  # the spam guard asks whoever is faster
    page.get_by_role("button", name="Skicka").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Tack!")
    looks_right(page)


def register(page: Page) -> str:
    """The registrar categorises and assigns; returns the case's number."""
    sign_in_by_page(page, "registrator.hjo")
    page.goto("/admin/case/")
    row = page.get_by_role("row", name=re.compile("Önskemål om volleybollplan"))
    expect(row).to_contain_text("Inkommen")
    looks_right(page)
    row.get_by_role("link", name=re.compile(r"^\d+$")).click()
    number = re.search(r"id=(\d+)", page.url)
    assert number
    tab(page, "Kategorisering")
    page.get_by_label("Innehåll i tjänsten").check()
    page.get_by_role("radio", name="Synpunkten", exact=True).check()
    tab(page, "Ansvarig handläggare")
    choose_option(page, "Handlar om", "Fritid")
    choose_option(page, "Handläggare", "Christer Svensson")
    looks_right(page)
    page.get_by_role("button", name="Spara", exact=True).click()
    flashed(page, "Ändringarna är sparade.")
    tab(page, "Handläggning/korrespondens")
    choose_event(page, CONFIRMATION)
    looks_right(page)
    page.get_by_role("button", name="Skicka").click()
    flashed(page, "E-postmeddelandet är registrerat")
    sign_out(page)
    return number[1]


def open_through_mail(page: Page, smtp: Mailbox, number: str) -> None:
    """The handler follows the link of the mail through login to the case (H02)."""
    mail = smtp.to("handlaggare.hjo@demo.example")[-1]
    assert "volleybollplan vid badet" in mail.text
    page.goto(link_in(mail, "/arende/"))
    sign_in_by_page(page, "handlaggare.hjo")
    expect(page.get_by_role("heading", level=1)).to_contain_text(f"(ID: {number})")
    looks_right(page)


def send_answer(page: Page) -> None:
    """Appendix A."""
    write_rich(page, "Handläggarens svar", "Tack! Vi bygger en plan till våren.")
    choose_event(page, ANSWER_MAIL)
    expect(page.get_by_text("Hjo kommun (synpunkten@hjo.example)")).to_be_visible()
    expect(page.get_by_label(re.compile("^Mottagare"))).to_have_value("berit.ek@example.org")
    expect(page.get_by_label(re.compile("^Ämne"))).to_have_value(re.compile("Svar på synpunkt"))
    expect(page.get_by_text("Tack! Vi bygger en plan till våren.")).to_be_visible()
    looks_right(page)
    page.get_by_role("button", name="Skicka").click()
    flashed(page, "E-postmeddelandet är registrerat")
    expect(page.get_by_text("Bekräftelse 10 dagar skickad").first).to_be_visible()
    expect(page.get_by_text("Besvarades").first).to_be_visible()


def read_and_write_back(page: Page, smtp: Mailbox) -> None:
    """The citizen reads the mail, follows its link, and writes back (H17)."""
    answer = smtp.to("berit.ek@example.org")[-1]
    assert "Vi bygger en plan till våren." in answer.text
    page.wait_for_load_state("networkidle")
    page.get_by_role("button", name="Stäng", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Ärenden")
    page.context.clear_cookies()
    page.goto(link_in(answer, "/svar/"))
    expect(page.get_by_text("Vi bygger en plan till våren.").first).to_be_visible()
    looks_right(page)
    page.locator("textarea").first.fill("Vad bra! Blir det sand?")
    page.get_by_role("button", name="Skicka").click()
    looks_right(page)


def classify_and_close(page: Page, number: str) -> None:
    """Scenario 2."""
    page.get_by_role("button", name="Avsluta").click()
    expect(page.locator("#error-summary")).to_contain_text("Klassificering åtgärder")
    looks_right(page)
    page.get_by_label("Kommer att åtgärdas").check()
    page.get_by_role("button", name="Avsluta").click()
    flashed(page, "Ärendet är avslutat.")
    looks_right(page)
    page.get_by_role("button", name="Stäng", exact=True).click()
    page.wait_for_url("**/admin/case/?type=*")
    expect(page.get_by_role("link", name=number, exact=True)).to_have_count(0)
    page.get_by_role("link", name="Avslutade", exact=True).click()
    expect(page.get_by_role("row", name=re.compile(rf"\b{number}\b"))).to_contain_text("Ja")


@pytest.mark.row("H01", "H02", "H04", "H06", "H07", "H11", "H14", "H15", "H17", "H19", "H20", "H23")
def test_scenario_1_and_2_from_the_citizens_form_to_a_closed_case(
    screen: Page, smtp: Mailbox, deliver: Callable[[], None]
) -> None:
    page = screen
    submit_as_citizen(page)
    deliver()
    assert "Vi har tagit emot din synpunkt" in smtp.to("berit.ek@example.org")[-1].subject
    number = register(page)
    deliver()
    open_through_mail(page, smtp, number)
    send_answer(page)
    deliver()
    read_and_write_back(page, smtp)
    deliver()
    page.goto(link_in(smtp.to("handlaggare.hjo@demo.example")[-1], "/arende/"))
    sign_in_by_page(page, "handlaggare.hjo")
    expect(page.get_by_text("Nytt svar").first).to_be_visible()
    expect(page.get_by_text("Blir det sand?")).to_have_count(1)
    classify_and_close(page, number)


@pytest.mark.row("H28")
def test_spara_warns_about_what_is_missing_and_keeps_what_was_typed(page: Page) -> None:
    sign_in_by_page(page, "registrator.hjo")
    page.goto("/admin/case/")
    page.get_by_role("link", name="Nytt ärende").first.click()
    tab(page, "Handläggning/korrespondens")
    page.get_by_label(re.compile("^Synpunkt/felanmälan")).fill("Häcken skymmer sikten.")
    page.get_by_role("button", name="Spara nytt ärende").click()
    expect(page.locator("#error-summary")).to_be_visible()
    expect(page.get_by_role("tab", name=re.compile("fel")).first).to_be_visible()
    looks_right(page)
    tab(page, "Handläggning/korrespondens")
    expect(page.get_by_label(re.compile("^Synpunkt/felanmälan"))).to_have_value(
        "Häcken skymmer sikten."
    )
