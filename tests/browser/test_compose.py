"""The page handlers live in: writing a mail with files, leaving it and coming back (H15, S20)."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from extensions import db
from models import Case, EventDraft
from services.secret_links import current_link
from tests.support.cases import edit
from tests.support.compose import (
    DELAY,
    HANDLER,
    REFUSAL,
    SECOND,
    answered_case,
    hjo_case,
    template_file,
)
from tests.support.compose_page import url
from tests.support.files import attach_file
from tests.support.smtp import Mailbox
from tests.support.walk import choose_event, flashed, link_in, looks_right, sign_in, write_rich

pytestmark = pytest.mark.usefixtures("town")
ANSWER_MAIL = "Registrera och skicka handläggarens svar per e-post"
DELAY_MAIL = "Registrera och skicka besked om försening per e-post"


@pytest.fixture
def number(app: Flask) -> int:
    """An answered case with a file, and a template with another."""
    case = answered_case()
    attach_file(case, "karta.txt", b"Karta")
    template_file("answer-email", "information.txt", b"Information")
    return number_of(case)


def number_of(case: Case) -> int:
    """The case's number; the test's own transaction ends, so that the server can write."""
    found = case.id
    db.session.commit()
    return found


def text_file(name: str, content: bytes = b"Bredd 3 m") -> Any:
    return {"name": name, "mimeType": "text/plain", "buffer": content}


def compose(page: Page, number: int, key: str = "answer-email", who: str = HANDLER) -> None:
    sign_in(page, who)
    page.goto(url(number, key))
    page.wait_for_load_state()


def drafts(app: Flask) -> list[str]:
    """The subjects of what is saved now, as the database has it."""
    found = [row.values["title"][0] for row in db.session.query(EventDraft)]
    db.session.rollback()
    return found


def wait_for_draft(app: Flask, subject: str) -> None:
    """A page that is left saves while the next one loads."""
    last = time.monotonic() + 10
    while drafts(app) != [subject]:
        assert time.monotonic() < last, drafts(app)
        time.sleep(0.05)


@pytest.mark.row("H15", "S20")
def test_an_answer_with_files_is_previewed_and_sent(
    screen: Page, number: int, smtp: Mailbox, deliver: Callable[[], None]
) -> None:
    page = screen
    compose(page, number)
    with page.expect_file_chooser() as chooser:
        page.get_by_role("button", name="Bifoga fil…").click()
    chooser.value.set_files([text_file("åtgärdsplan.txt")])
    page.get_by_text(re.compile("^Filer i ärendet")).click()
    page.get_by_label("karta.txt").check()
    expect(page.get_by_label("information.txt")).to_be_checked()
    looks_right(page)
    page.get_by_role("button", name="Förhandsgranska").click()
    shown = page.locator("#forhandsgranskning")
    for part in ("Hjo kommun (synpunkten@hjo.example)", "Berit Ek (berit.ek@example.org)",
                 "åtgärdsplan.txt", "karta.txt", "information.txt"):  # fmt: skip
        expect(shown.get_by_text(part)).to_be_visible()
    expect(shown.get_by_text("Vi bygger en plan.").first).to_be_visible()
    shown.get_by_text("Som ren text").click()
    expect(shown.locator("pre")).to_contain_text("Vi bygger en plan.")
    looks_right(page)
    page.get_by_role("button", name="Skicka").click()
    flashed(page, "E-postmeddelandet är registrerat")
    for name in ("åtgärdsplan.txt", "karta.txt", "information.txt"):
        expect(page.locator(".event").get_by_role("link", name=name)).to_be_visible()
    deliver()
    mail = smtp.to("berit.ek@example.org")[-1]
    names = [part.get_filename() for part in mail.message.iter_attachments()]
    assert names == ["information.txt", "karta.txt", "åtgärdsplan.txt"]


@pytest.mark.row("H15")
def test_what_is_written_is_there_when_one_comes_back(
    page: Page, app: Flask, number: int, smtp: Mailbox, deliver: Callable[[], None]
) -> None:
    compose(page, number)
    page.get_by_label(re.compile("^Ämne")).fill("Halvfärdigt")
    write_rich(page, "Meddelande", "Jag hann inte längre")
    page.get_by_role("link", name="Avbryt").click()  # at once: the page saves while it goes
    expect(page.get_by_role("heading", level=1)).to_contain_text(f"(ID: {number})")
    wait_for_draft(app, "Halvfärdigt")
    page.reload()
    page.get_by_text("Välj ny händelse...").click()
    expect(page.get_by_role("button", name=f"{ANSWER_MAIL} Utkast")).to_be_visible()
    page.get_by_role("button", name=f"{ANSWER_MAIL} Utkast").click()
    expect(page.get_by_label(re.compile("^Ämne"))).to_have_value("Halvfärdigt")
    expect(page.get_by_text("Jag hann inte längre")).to_be_visible()
    saved = page.get_by_role("status").filter(has_text="Utkast")
    expect(saved).to_have_text(re.compile(r"Utkast sparat \d+ \w+ kl\. "))
    looks_right(page)
    page.get_by_role("button", name="Skicka").click()
    flashed(page, "E-postmeddelandet är registrerat")
    assert drafts(app) == []
    deliver()
    assert smtp.to("berit.ek@example.org")[-1].subject == "Halvfärdigt"


def test_the_page_saves_by_itself_and_starts_over_when_asked(
    page: Page, app: Flask, number: int
) -> None:
    compose(page, number)
    expect(page.get_by_role("button", name="Börja om")).to_be_hidden()
    page.get_by_label(re.compile("^Ämne")).fill("Sparas av sig självt")
    expect(page.get_by_role("status").filter(has_text="Utkast sparat")).to_be_visible()
    assert drafts(app) == ["Sparas av sig självt"]
    page.get_by_role("button", name="Börja om").click()
    expect(page.get_by_label(re.compile("^Ämne"))).to_have_value("Svar på synpunkt")
    assert drafts(app) == []


def test_a_page_that_is_only_looked_at_leaves_no_draft(page: Page, app: Flask, number: int) -> None:
    compose(page, number)
    page.get_by_role("link", name="Avbryt").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(f"(ID: {number})")
    assert drafts(app) == []


def test_enter_in_the_subject_sends_nothing(page: Page, number: int) -> None:
    compose(page, number)
    page.get_by_label(re.compile("^Ämne")).fill("Nytt ämne")
    page.get_by_label(re.compile("^Ämne")).press("Enter")
    page.wait_for_timeout(300)
    expect(page.get_by_role("button", name="Skicka")).to_be_visible()
    assert page.url.endswith(url(number))


def test_everything_works_without_scripts(
    page_without_scripts: Page, number: int, smtp: Mailbox, deliver: Callable[[], None]
) -> None:
    page = page_without_scripts
    compose(page, number)
    page.locator("input[type=file]").set_input_files([text_file("plan.txt"), text_file("b.txt")])
    page.get_by_role("button", name="Bifoga fil…").click()
    page.get_by_role("button", name="Ta bort b.txt").click()
    expect(page.get_by_text("b.txt", exact=True)).to_have_count(0)
    page.get_by_label(re.compile("^Ämne")).fill("Utan skript")
    page.get_by_role("button", name="Spara utkast").click()
    expect(page.get_by_text(re.compile("^Utkast sparat"))).to_be_visible()
    expect(page.get_by_label(re.compile("^Ämne"))).to_have_value("Utan skript")
    page.get_by_role("button", name="Förhandsgranska").click()
    expect(page.locator("#forhandsgranskning").get_by_text("plan.txt")).to_be_visible()
    page.get_by_role("button", name="Skicka").click()
    flashed(page, "E-postmeddelandet är registrerat")
    deliver()
    mail = smtp.to("berit.ek@example.org")[-1]
    assert mail.subject == "Utan skript"
    assert "plan.txt" in [part.get_filename() for part in mail.message.iter_attachments()]


@pytest.mark.row("H18")
def test_a_synpunkt_is_refused_with_a_reason_from_the_list(
    screen: Page, app: Flask, smtp: Mailbox, deliver: Callable[[], None]
) -> None:
    page = screen
    compose(page, number_of(hjo_case()), REFUSAL)
    page.get_by_role("button", name="Skicka").click()
    expect(page.locator("#error-summary")).to_contain_text("Välj ett skäl.")
    looks_right(page)
    expect(page.get_by_label("Ärende-ID som får svaret")).to_be_hidden()
    page.get_by_label(re.compile("^Skäl")).select_option("repeated")
    page.get_by_label("Ärende-ID som får svaret").fill("3868")
    page.get_by_role("button", name="Förhandsgranska").click()
    sentence = "Skälet är: samma sak är redan skickad och får svar i nummer 3868."
    expect(page.locator("#forhandsgranskning .mail-sheet").first).to_contain_text(sentence)
    looks_right(page)
    page.get_by_role("button", name="Skicka").click()
    flashed(page, "E-postmeddelandet är registrerat")
    deliver()
    assert sentence in smtp.to("berit.ek@example.org")[-1].text


@pytest.mark.row("H17")
def test_the_second_answer_of_a_sensitive_case_is_read_with_the_code_and_so_are_its_files(
    screen: Page, app: Flask, smtp: Mailbox, deliver: Callable[[], None]
) -> None:
    page = screen
    case = answered_case(is_secret=True)
    code = current_link(case).code
    compose(page, number_of(case), SECOND, "chef.hjo")
    expect(page.get_by_text("Mejlet är bara ett besked")).to_be_visible()
    write_rich(page, "Svar (läses på svarssidan)", "Provsvaren är bra.")
    page.locator("input[type=file]").set_input_files([text_file("provsvar.txt")])
    looks_right(page)
    page.get_by_role("button", name="Skicka").click()
    flashed(page, "E-postmeddelandet är registrerat")
    deliver()
    mail = smtp.to("berit.ek@example.org")[-1]
    assert "Provsvaren" not in mail.text + mail.html
    assert list(mail.message.iter_attachments()) == []
    assert "Med svaret följer en fil. Du hämtar den på din svarssida." in mail.text
    page.wait_for_load_state("networkidle")
    page.context.clear_cookies()
    page.goto(link_in(mail, "/svar/"))
    page.get_by_label("Kod").fill(code)
    page.get_by_role("button").last.click()
    expect(page.get_by_text("Provsvaren är bra.")).to_be_visible()
    with page.expect_download() as fetched:
        page.get_by_role("link", name="provsvar.txt").click()
    assert fetched.value.path().read_bytes() == b"Bredd 3 m"


def test_a_delay_is_told_from_the_case_page(
    screen: Page, app: Flask, smtp: Mailbox, deliver: Callable[[], None]
) -> None:
    page = screen
    case = hjo_case()
    edit(case, HANDLER, delay_reason="Vi väntar på en mätning.")
    number = number_of(case)
    sign_in(page, HANDLER)
    page.goto(f"/admin/case/edit/?id={number}")
    choose_event(page, DELAY_MAIL)
    assert page.url.endswith(DELAY)
    looks_right(page)
    page.get_by_role("button", name="Skicka").click()
    flashed(page, "E-postmeddelandet är registrerat")
    deliver()
    mail = smtp.to("berit.ek@example.org")[-1]
    assert "Vi väntar på en mätning." in mail.text
