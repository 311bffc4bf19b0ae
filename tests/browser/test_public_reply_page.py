"""The other pages of citizens: front page, personal data, reply page with code and files."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from extensions import db
from services.secret_links import issue_link
from tests.support.cases import new_case, person
from tests.support.walk import looks_right
from tests.unit.file_zoo import png
from tests.web.reply_site import add, attach, reply_path

pytestmark = pytest.mark.usefixtures("app", "town")

PAGES = ["/", "/personuppgifter", "/svar", "/kvittens/" + "x" * 43, "/svar/" + "x" * 43]


@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_accessible_and_fits_the_narrowest_screen(page: Page, path: str) -> None:
    page.goto(path)
    looks_right(page)


@pytest.mark.row("H17", "S20")
def test_the_citizen_reads_the_answer_and_writes_back(page: Page) -> None:
    case = new_case(responsible=person("handlaggare.hjo").id)
    answer = add(case, "sent_email", "answer", "Lampan byts på måndag.")
    attach(case, "plan.pdf", "staff", answer)
    page.goto(reply_path(case))
    expect(page.get_by_text("Lampan byts på måndag.")).to_be_visible()
    looks_right(page)
    with page.expect_download() as download:
        page.get_by_role("link", name="plan.pdf").click()
    assert download.value.suggested_filename == "plan.pdf"

    page.get_by_label(re.compile("^Ditt meddelande")).fill("Tack!\nMen <b>när</b>?")
    page.get_by_label("Filer").set_input_files(
        {"name": "bild på ön.png", "mimeType": "image/png", "buffer": png()}
    )
    page.get_by_role("button", name="Skicka").click()

    expect(page.get_by_text(re.compile("^Tack! Ditt meddelande har kommit fram"))).to_be_visible()
    expect(page.get_by_text("Men <b>när</b>?")).to_be_visible()
    expect(page.get_by_role("link", name="bild på ön.png")).to_be_visible()
    looks_right(page)


def test_a_message_with_a_mistake_comes_back_on_a_phone(phone: Page) -> None:
    phone.goto(reply_path(new_case()))
    phone.get_by_label("Filer").set_input_files(
        {"name": "sida.html", "mimeType": "text/html", "buffer": b"<p>"}
    )
    phone.get_by_role("button", name="Skicka").click()

    summary = phone.locator("#error-summary")
    expect(summary).to_contain_text("Ditt meddelande: Fyll i det här.")
    expect(summary).to_contain_text("Filen sida.html är av en typ som vi inte tar emot.")
    looks_right(phone)


def test_a_sensitive_case_opens_with_its_code(page: Page) -> None:
    case = new_case()
    case.is_secret = True
    text, link = case.text, issue_link(case)
    db.session.commit()
    page.goto(link.path)
    looks_right(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Skriv din kod")
    page.get_by_label(re.compile("^Kod")).fill("ABCDEFGHJK")
    page.get_by_role("button", name="Visa svarssidan").click()
    expect(page.get_by_text("Numret och koden hör inte ihop")).to_be_visible()
    looks_right(page)

    page.get_by_label(re.compile("^Kod")).fill(link.code)
    page.get_by_role("button", name="Visa svarssidan").click()

    expect(page.get_by_text(text)).to_be_visible()


def test_a_hostile_file_is_saved_and_never_run(page: Page) -> None:
    """What passes as a text may hold HTML: the browser saves it under its own name (T31)."""
    case = new_case()
    path = reply_path(case)
    script = b"<!doctype html><script>document.title = 'KANARIE'</script>"
    public_id = attach(case, "sida.txt", "submitter", content=script)
    page.goto(path)
    with page.expect_download() as download:
        page.evaluate(f"location.href = '{path}/fil/{public_id}'")

    assert download.value.suggested_filename == "sida.txt"
    assert page.url.endswith(path)
    expect(page).not_to_have_title(re.compile("KANARIE"))
