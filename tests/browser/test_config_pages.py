"""The login page and the pages of configuration in a browser: accessible and narrow."""

from __future__ import annotations

import pytest

from tests.support.axe import assert_accessible, assert_no_overflow
from tests.support.town import PASSWORD

pytestmark = pytest.mark.usefixtures("town")


def sign_in(page, username="admin"):
    page.goto("/login")
    page.get_by_label("Användarnamn").fill(username)
    page.get_by_label("Lösenord").fill(PASSWORD)
    page.get_by_role("button", name="Logga in").click()


def look_at(page):
    page.wait_for_load_state()
    assert_accessible(page)
    assert_no_overflow(page)


@pytest.mark.row("H04")
def test_the_login_page_says_what_is_wrong_and_keeps_the_name(page):
    page.goto("/login")
    look_at(page)
    page.get_by_label("Användarnamn").fill("admin")
    page.get_by_label("Lösenord").fill("fel-losenord")
    page.get_by_role("button", name="Logga in").click()
    assert page.get_by_role("alert").inner_text().count("Kontrollera båda") == 1
    assert page.get_by_label("Användarnamn").input_value() == "admin"
    look_at(page)


def test_the_overview_is_accessible(page):
    sign_in(page)
    assert page.get_by_role("heading", level=1).inner_text() == "Inställningar"
    look_at(page)


def test_lists_are_accessible(page):
    """One with filters and search, one that only shows, one that is empty."""
    sign_in(page)
    for name in ("fields", "roles", "closed-days"):
        page.goto(f"/admin/{name}/")
        look_at(page)


def test_a_form_is_accessible_also_when_it_is_refused(page):
    sign_in(page)
    page.goto("/admin/choice-lists/new/")
    look_at(page)
    page.get_by_role("main").get_by_role("link", name="Synpunkt Hjo", exact=True).click()
    page.get_by_role("button", name="Spara och stäng").click()
    assert page.locator(".error-summary").count() == 1
    look_at(page)


@pytest.mark.parametrize("name", ["event-templates", "users"])
def test_forms_with_texts_and_with_rows_are_accessible(page, name):
    sign_in(page)
    page.goto(f"/admin/{name}/")
    page.locator("td.cell-main a").first.click()
    look_at(page)


def test_a_choice_is_added_without_scripts(page_without_scripts):
    page = page_without_scripts
    sign_in(page)
    page.goto("/admin/choice-lists/")
    page.get_by_role("link", name="Kategori").first.click()
    blank = page.locator("fieldset.rows-item").filter(has_text="Ny rad").first
    blank.get_by_label("Text", exact=True).fill("Tillgänglighet på webben")
    page.get_by_role("button", name="Spara", exact=True).click()
    assert "Ändringarna är sparade." in page.locator("main").inner_text()
    assert page.locator("input[value='Tillgänglighet på webben']").count() == 1
