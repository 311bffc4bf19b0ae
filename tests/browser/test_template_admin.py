"""Event templates in a browser: preview, versions, files, and how letters look."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from admin_views.event_templates import previewing
from tests.support.walk import flashed, looks_right, sign_in

pytestmark = pytest.mark.usefixtures("town")
CONFIRMATION = "Registrera och skicka 2-dagarsbekräftelse per e-post"
LETTER = "Registrera och skriv ut 2-dagarsbekräftelse per brev"
PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"


def open_template(page: Page, name: str) -> None:
    sign_in(page, "admin")
    page.goto("/admin/event-templates/")
    page.get_by_role("link", name=name).first.click()
    page.wait_for_load_state()


def text_of(page: Page) -> Locator:
    return page.get_by_role("textbox", name="Text", exact=True)


@pytest.mark.row("H14")
def test_a_text_is_previewed_saved_compared_and_brought_back(screen: Page) -> None:
    page = screen
    open_template(page, CONFIRMATION)
    looks_right(page)
    old = text_of(page).input_value()
    text_of(page).fill("Hej {{ lamnare.namn }}!\n\nVi har din synpunkt.")
    page.get_by_role("button", name="Förhandsgranska").click()
    shown = page.get_by_role("region", name="Så här blir det")
    expect(shown).to_contain_text("Hej Exempla Exempelsson!")
    expect(shown).to_contain_text("Exempelärende")
    expect(text_of(page)).to_have_value("Hej {{ lamnare.namn }}!\n\nVi har din synpunkt.")
    looks_right(page)
    page.get_by_role("button", name="Spara", exact=True).click()
    flashed(page, "Ändringarna är sparade.")
    page.get_by_role("link", name="Version 1").click()
    expect(page.locator("ins").filter(has_text="Vi har din synpunkt.")).to_be_visible()
    expect(page.locator("del").filter(has_text="Tack för din synpunkt")).to_be_visible()
    looks_right(page)
    page.get_by_role("button", name="Återställ version 1").click()
    flashed(page, "Version 1 gäller igen, nu som version 3.")
    assert text_of(page).input_value() == old


def test_a_fault_is_shown_at_the_text_with_its_line_and_nothing_is_lost(screen: Page) -> None:
    page = screen
    open_template(page, CONFIRMATION)
    text_of(page).fill("Hej\n{{ fel.fel }}")
    page.get_by_role("button", name="Spara", exact=True).click()
    expect(page.locator("#body-error")).to_contain_text("Rad 2: {{ fel.fel }} finns inte.")
    expect(text_of(page)).to_have_value("Hej\n{{ fel.fel }}")
    looks_right(page)


def test_enter_in_a_line_saves_and_neither_previews_nor_removes(page: Page) -> None:
    open_template(page, CONFIRMATION)
    page.get_by_label("Ämne eller titel").fill("Vi har din synpunkt")
    page.get_by_label("Ämne eller titel").press("Enter")
    flashed(page, "Ändringarna är sparade.")
    expect(page.get_by_role("link", name="Version 2")).to_be_visible()


def test_a_file_is_added_beside_a_text_that_is_being_written(page: Page) -> None:
    open_template(page, CONFIRMATION)
    text_of(page).fill("Osparad text")
    file = {"name": "broschyr åäö.pdf", "mimeType": "application/pdf", "buffer": PDF}
    page.get_by_label("Lägg till filer").set_input_files(file)
    page.get_by_role("button", name="Lägg till nu").click()
    expect(page.get_by_role("link", name="broschyr åäö.pdf")).to_be_visible()
    expect(text_of(page)).to_have_value("Osparad text")
    looks_right(page)
    page.get_by_role("button", name="Ta bort broschyr åäö.pdf").click()
    expect(page.get_by_role("link", name="broschyr åäö.pdf")).to_have_count(0)
    expect(text_of(page)).to_have_value("Osparad text")


def test_a_name_is_copied_by_its_button(page: Page) -> None:
    open_template(page, CONFIRMATION)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="Kopiera {{ arende.nummer }}").click()
    expect(page.get_by_role("status").filter(has_text="Kopierat")).to_have_text(
        "Kopierat: {{ arende.nummer }}"
    )
    assert page.evaluate("navigator.clipboard.readText()") == "{{ arende.nummer }}"


@pytest.mark.row("H16")
def test_a_letter_opens_as_pdf_in_a_tab_of_its_own(
    page: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(previewing, "PATIENCE_SECONDS", 30)  # on a busy machine
    open_template(page, LETTER)
    text_of(page).fill("Osparad text")
    page.get_by_role("button", name="Förhandsgranska").click()
    page.wait_for_load_state()
    types: list[str] = []

    def spare_the_viewer(route: Route) -> None:
        """The answer is real; the browser's own viewer would load its parts as foreign pages."""
        types.append(route.fetch().headers["content-type"])
        route.fulfill(content_type="text/plain", body="PDF")

    page.context.route("**/edit/**", spare_the_viewer)
    with page.expect_popup() as popup:
        page.get_by_role("button", name="Visa som PDF").click()
    expect(popup.value.locator("body")).to_have_text("PDF", timeout=60_000)
    assert types == ["application/pdf"]
    expect(page.get_by_role("button", name="Spara", exact=True)).to_be_enabled()
    expect(text_of(page)).to_have_value("Osparad text")


def test_templates_work_without_scripts(page_without_scripts: Page) -> None:
    page = page_without_scripts
    open_template(page, CONFIRMATION)
    text_of(page).fill("Hej {{ kommun.namn }}!")
    page.get_by_role("button", name="Förhandsgranska").click()
    expect(page.get_by_role("region", name="Så här blir det")).to_contain_text("Hej Demokommunen!")
    page.get_by_role("button", name="Spara och stäng").click()
    flashed(page, "Ändringarna är sparade.")


@pytest.mark.row("H16")
def test_the_window_of_letters_is_chosen_and_seen(screen: Page) -> None:
    page = screen
    sign_in(page, "admin")
    page.goto("/admin/letter-settings/")
    looks_right(page)
    expect(page.get_by_label("Adressen från vänster kant, mm")).to_be_hidden()
    page.get_by_label("Egen placering").check()
    page.get_by_label("Adressen från vänster kant, mm").fill("200")
    page.get_by_role("button", name="Spara", exact=True).click()
    expect(page.locator("#letter_left_mm-error")).to_contain_text("från 10 till 140")
    looks_right(page)
    page.get_by_label("V2, fönster till vänster").check()
    page.get_by_label("Brevfot").fill("Hjo kommun\nTorggatan 2")
    page.get_by_role("button", name="Spara", exact=True).click()
    flashed(page, "Inställningarna för brev är sparade.")
    expect(page.get_by_text("20 mm från vänster kant, 52 mm från överkanten.")).to_be_visible()
