"""The three forms in a browser: on a desk, on a phone, without scripts, by keyboard and touch."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.support.walk import choose_option, looks_right
from tests.unit.file_zoo import PDF, png
from tests.web.public_site import cases

pytestmark = pytest.mark.usefixtures("town")

TEXT = "Lampan vid entrén är trasig.\n\nDet är mörkt på kvällen."
A_WHILE = 3100  # ms: the spam guard asks whoever is faster


def send(page: Page) -> None:
    page.wait_for_timeout(A_WHILE)
    page.get_by_role("button", name="Skicka").click()


def text_box(page: Page, label: str) -> None:
    """`label` is the beginning of the label, as a pattern that JavaScript reads too."""
    page.get_by_role("textbox", name=re.compile(rf"^{label}")).fill(TEXT)


def fill_hjo(page: Page) -> None:
    page.goto("/synpunkt/hjo")
    page.get_by_label("Klagomål").check()
    page.get_by_label("Rubrik").fill("Mörkt vid entrén")
    text_box(page, r"Synpunkt\/felanmälan")
    page.get_by_label("E-post", exact=True).first.check()
    page.get_by_role("textbox", name="E-post").fill("asa@example.se")


def fill_omsorg(page: Page) -> None:
    page.goto("/synpunkt/omsorgskontoret")
    choose_option(page, "Synpunkten gäller", "Boendestöd VFF")
    text_box(page, "Beskriv synpunkten")
    page.get_by_label("Anhörig").check()
    page.get_by_label("Per telefon").check()
    page.get_by_role("textbox", name="Telefon").fill("070-123 45 67")


def fill_social(page: Page) -> None:
    page.goto("/synpunkt/socialkontoret")
    page.get_by_label("Synpunkt från anställd").check()
    page.get_by_label(re.compile("^Synpunkten gäller")).select_option(index=1)
    text_box(page, "Beskriv synpunkten")
    page.get_by_label("Vill ej bli kontaktad").check()


FORMS = [
    pytest.param(fill_hjo, id="hjo"),
    pytest.param(fill_omsorg, id="omsorgskontoret", marks=pytest.mark.row("S02", "S05")),
    pytest.param(fill_social, id="socialkontoret", marks=pytest.mark.row("S03", "S05")),
]


@pytest.mark.parametrize("fill", FORMS)
def test_a_form_is_filled_in_and_answered_with_its_receipt(page: Page, fill) -> None:
    fill(page)
    looks_right(page)
    page.get_by_label("Filer").set_input_files(
        {"name": "lampan.png", "mimeType": "image/png", "buffer": png()}
    )
    send(page)

    expect(page.get_by_role("heading", level=1)).to_have_text(
        "Tack! Vi har tagit emot din synpunkt"
    )
    expect(page.get_by_text("Lampan vid entrén är trasig.")).to_be_visible()
    expect(page.get_by_text("lampan.png")).to_be_visible()
    looks_right(page)


@pytest.mark.row("S02")
def test_a_form_works_on_a_phone(phone: Page) -> None:
    fill_omsorg(phone)
    looks_right(phone)
    send(phone)

    expect(phone.get_by_role("heading", level=1)).to_contain_text("Tack!")
    looks_right(phone)


def test_a_form_works_without_scripts(page_without_scripts: Page) -> None:
    page = page_without_scripts
    fill_omsorg(page)
    page.get_by_role("textbox", name="Telefon").fill("")
    page.get_by_label("Filer").set_input_files(
        {"name": "brev.pdf", "mimeType": "application/pdf", "buffer": PDF}
    )
    send(page)
    expect(page.get_by_role("link", name=re.compile("^Telefon: Fyll i det här"))).to_be_visible()
    expect(page.get_by_label(re.compile("^Ta bort brev.pdf"))).to_be_visible()

    page.get_by_role("textbox", name="Telefon").fill("070-123 45 67")
    page.get_by_role("button", name="Skicka").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Tack!")
    expect(page.get_by_text("brev.pdf")).to_be_visible()


def test_mistakes_are_listed_first_and_each_leads_to_its_field(page: Page) -> None:
    page.goto("/synpunkt/socialkontoret")
    page.get_by_role("textbox", name="Namn").fill("Åsa Öberg")
    page.get_by_role("button", name="Skicka").click()

    summary = page.locator("#error-summary")
    expect(summary).to_be_focused()
    expect(page).to_have_title(re.compile("^Fel: "))
    expect(summary.get_by_role("link")).to_have_count(4)
    looks_right(page)
    summary.get_by_role("link", name=re.compile("^Beskriv synpunkten")).click()
    expect(page.get_by_role("textbox", name=re.compile("^Beskriv synpunkten"))).to_be_focused()
    expect(page.get_by_role("textbox", name="Namn")).to_have_value("Åsa Öberg")


def help_of(page: Page, label: str) -> tuple:
    opener = page.locator("summary", has_text=f"Hjälp om {label}")
    return opener, page.locator("details", has=opener).locator(".help-body")


@pytest.mark.row("S04")
def test_a_help_text_opens_by_keyboard(page: Page) -> None:
    page.goto("/synpunkt/socialkontoret")
    opener, text = help_of(page, "Synpunkten gäller")
    expect(text).to_be_hidden()

    opener.focus()
    page.keyboard.press("Enter")

    expect(text).to_be_visible()
    expect(text).to_contain_text("Verksamhet.")
    looks_right(page)


@pytest.mark.row("S04")
def test_a_help_text_opens_by_touch(phone: Page) -> None:
    phone.goto("/synpunkt/socialkontoret")
    opener, text = help_of(phone, "Intern/extern")

    opener.tap()

    expect(text).to_be_visible()
    looks_right(phone)


@pytest.mark.usefixtures("app")
def test_a_double_click_back_and_reload_make_one_case(page: Page) -> None:
    fill_social(page)
    page.wait_for_timeout(A_WHILE)
    page.get_by_role("button", name="Skicka").dblclick()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Tack!")
    page.reload()
    page.go_back()
    page.go_forward()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Tack!")

    assert len(cases()) == 1


def test_whoever_is_too_fast_answers_one_question(page: Page) -> None:
    fill_social(page)
    page.evaluate("document.querySelector('[name=shown_at]').value = ''")  # as a machine would
    page.get_by_role("button", name="Skicka").click()
    expect(page.get_by_text("En fråga till innan vi tar emot synpunkten")).to_be_visible()
    looks_right(page)
    page.get_by_role("link", name=re.compile("Gå till frågan")).click()
    field = page.get_by_label(re.compile("^Skriv ordet"))
    expect(field).to_be_focused()
    question = page.get_by_text(re.compile(r"^Skriv ordet \S+ i rutan")).inner_text()
    field.fill(question.split()[2])
    page.get_by_role("button", name="Skicka").click()

    expect(page.get_by_role("heading", level=1)).to_contain_text("Tack!")


def test_the_receipt_can_be_printed_and_leads_to_the_reply_page(page: Page, tmp_path: Path) -> None:
    fill_social(page)
    send(page)
    number, code = page.locator(".code-box").all_inner_texts()
    page.emulate_media(media="print")
    expect(page.get_by_role("button", name="Skriv ut sidan")).to_be_hidden()
    expect(page.get_by_text(code)).to_be_visible()
    page.emulate_media(media="screen")

    page.goto("/svar")
    looks_right(page)
    page.get_by_label(re.compile("^Nummer")).fill(number)
    page.get_by_label(re.compile("^Kod")).fill(code.lower())
    page.get_by_role("button", name="Visa svarssidan").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Skriv till handläggaren")
    expect(page.get_by_text("Lampan vid entrén är trasig.")).to_be_visible()


@pytest.mark.row("H08")
@pytest.mark.usefixtures("app")
def test_somebody_with_protected_personal_data_sends_without_saying_where_they_live(
    page: Page,
) -> None:
    fill_hjo(page)
    page.get_by_label("Brev", exact=True).check()
    page.get_by_role("textbox", name="E-post").fill("")
    page.get_by_label("Jag har skyddade personuppgifter").check()
    looks_right(page)
    send(page)

    expect(page.get_by_role("heading", level=1)).to_contain_text("Tack!")
    assert cases()[-1].submitter.is_protected
