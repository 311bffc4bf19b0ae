"""Signing in as people do it: password, code, forgotten password, staying signed in."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from extensions import db
from models import RoleRule, UserSession, utcnow
from tests.support.cases import person
from tests.support.factor import code_of, with_factor
from tests.support.town import PASSWORD
from tests.support.walk import flashed, link_in, looks_right, sign_in_by_page, sign_out

pytestmark = pytest.mark.usefixtures("town")
ME = "handlaggare.hjo"
NEW = "blåbär och fil i juli"


@pytest.mark.row("H04")
@pytest.mark.row("S10")
def test_in_with_the_right_password_only_and_out_through_the_own_name(screen: Page) -> None:
    screen.goto("/login")
    looks_right(screen)
    screen.get_by_label("Användarnamn").fill(ME)
    screen.get_by_label("Lösenord").fill("fel-losenord-som-ar-langt")
    screen.get_by_role("button", name="Logga in").click()
    expect(screen.get_by_role("alert")).to_contain_text("Kontrollera båda.")
    expect(screen.get_by_label("Användarnamn")).to_have_value(ME)
    looks_right(screen)
    screen.get_by_label("Lösenord").fill(PASSWORD)
    screen.get_by_role("button", name="Logga in").click()
    expect(screen).to_have_url(re.compile(r"/admin/$"))
    sign_out(screen)
    flashed(screen, "Du är utloggad.")


@pytest.mark.row("S09")
def test_the_second_factor_from_the_qr_code_to_a_recovery_code(screen: Page) -> None:
    sign_in_by_page(screen, ME)
    screen.goto("/admin/my-page/")
    screen.get_by_role("main").get_by_role("link", name="Tvåstegsinloggning").click()
    looks_right(screen)
    screen.get_by_role("link", name="Ställ in").click()
    picture = screen.get_by_role("img", name="QR-kod")
    expect(picture).to_be_visible()
    assert picture.evaluate("image => image.naturalWidth") > 100
    looks_right(screen)
    screen.get_by_label("Kod", exact=False).fill("123")
    screen.get_by_role("button", name="Slå på").click()
    expect(screen.get_by_role("alert")).to_contain_text("Koden stämmer inte.")
    looks_right(screen)
    screen.get_by_label("Kod", exact=False).fill(code_of(screen.content()))
    screen.get_by_role("button", name="Slå på").click()
    codes = screen.locator(".recovery-codes code").all_inner_texts()
    assert len(codes) == 10
    looks_right(screen)
    screen.get_by_role("link", name="Fortsätt").click()
    sign_out(screen)
    sign_in_by_page(screen, ME)
    expect(screen.get_by_role("heading", level=1)).to_have_text("Skriv din kod")
    looks_right(screen)
    screen.get_by_label("Kod", exact=False).fill(codes[0])
    screen.get_by_role("button", name="Logga in").click()
    expect(screen).to_have_url(re.compile(r"/admin/$"))


@pytest.mark.row("S09")
def test_the_code_of_the_app_opens_after_the_password(page: Page, app: object) -> None:
    device, _codes = with_factor(ME)
    sign_in_by_page(page, ME)
    page.get_by_label("Kod", exact=False).fill(device.now())
    page.get_by_role("button", name="Logga in").click()
    expect(page).to_have_url(re.compile(r"/admin/$"))


@pytest.mark.row("H04")
def test_an_administrator_asks_a_role_for_two_steps_and_its_people_are_led_there(
    screen: Page, open_browser: object
) -> None:
    sign_in_by_page(screen, "admin")
    screen.goto("/admin/role-rules/")
    looks_right(screen)
    role = screen.get_by_role("group", name="Ansvarig handläggare")
    role.get_by_label("Så loggar de in").select_option(label="Bara i nätet, med lösenord")
    screen.get_by_role("button", name="Spara").click()
    expect(screen.get_by_role("alert")).to_contain_text("Skriv minst ett nät.")
    looks_right(screen)
    role.get_by_label("Så loggar de in").select_option(label="Tvåstegsinloggning krävs överallt")
    screen.get_by_role("button", name="Spara").click()
    flashed(screen, "Reglerna är sparade")
    colleague: Page = open_browser()  # type: ignore[operator]
    sign_in_by_page(colleague, ME)
    expect(colleague.get_by_role("heading", level=1)).to_have_text("Ställ in tvåstegsinloggning")
    looks_right(colleague)
    colleague.get_by_label("Kod", exact=False).fill(code_of(colleague.content()))
    colleague.get_by_role("button", name="Fortsätt").click()
    colleague.get_by_role("link", name="Fortsätt").click()
    expect(colleague).to_have_url(re.compile(r"/admin/$"))


def test_a_forgotten_password_by_the_link_in_the_mail(
    screen: Page, deliver: object, smtp: object
) -> None:
    screen.goto("/login")
    screen.get_by_role("link", name="Glömt lösenordet?").click()
    looks_right(screen)
    screen.get_by_label("Användarnamn eller e-postadress").fill(ME)
    screen.get_by_role("button", name="Skicka länken").click()
    flashed(screen, "Om kontot finns har vi skickat ett mejl")
    looks_right(screen)
    deliver()  # type: ignore[operator]
    screen.goto(link_in(smtp.mails[-1], "/losenord/"))  # type: ignore[attr-defined]
    looks_right(screen)
    screen.get_by_label("Nytt lösenord", exact=False).first.fill(NEW)
    screen.get_by_label("Nytt lösenord igen").fill("något annat")
    screen.get_by_role("button", name="Spara lösenordet").click()
    expect(screen.get_by_role("alert")).to_contain_text("De två lösenorden är inte lika.")
    looks_right(screen)
    screen.get_by_label("Nytt lösenord", exact=False).first.fill(NEW)
    screen.get_by_label("Nytt lösenord igen").fill(NEW)
    screen.get_by_role("button", name="Spara lösenordet").click()
    flashed(screen, "Lösenordet är valt.")
    screen.get_by_label("Användarnamn").fill(ME)
    screen.get_by_label("Lösenord").fill(NEW)
    screen.get_by_role("button", name="Logga in").click()
    expect(screen).to_have_url(re.compile(r"/admin/$"))


def idle_for(minutes: int) -> None:
    """All sessions were last used so many minutes ago."""
    seen = utcnow() - timedelta(minutes=minutes)
    db.session.execute(db.update(UserSession).values(seen_at=seen))
    db.session.commit()


def test_five_minutes_before_the_end_a_notice_offers_to_stay(screen: Page, app: object) -> None:
    screen.clock.install()
    sign_in_by_page(screen, ME)
    screen.goto("/admin/my-page/")
    screen.wait_for_load_state()
    notice = screen.locator("#session-notice")
    screen.clock.fast_forward("20:00")
    expect(notice).to_be_empty()
    screen.get_by_label("Titel").fill("Fritidschef")
    idle_for(26)
    screen.clock.fast_forward("06:00")
    expect(notice).to_contain_text("loggas ut klockan")
    looks_right(screen)
    screen.get_by_role("button", name="Fortsätt vara inloggad").click()
    expect(notice).to_be_empty()
    (row,) = db.session.scalars(db.select(UserSession))
    assert utcnow() - row.seen_at < timedelta(minutes=1)
    expect(screen.get_by_label("Titel")).to_have_value("Fritidschef")


def test_another_tab_that_is_used_keeps_this_one_quiet(page: Page, app: object) -> None:
    page.clock.install()
    sign_in_by_page(page, ME)
    page.goto("/admin/my-page/")
    page.wait_for_load_state()
    with page.expect_response("**/login/session"):
        page.clock.fast_forward("26:00")
    expect(page.locator("#session-notice")).to_be_empty()


def test_too_late_the_text_is_carried_through_the_login(screen: Page, app: object) -> None:
    device, _codes = with_factor(ME)
    sign_in_by_page(screen, ME)
    screen.get_by_label("Kod", exact=False).fill(device.now())
    screen.get_by_role("button", name="Logga in").click()
    screen.goto("/admin/my-page/")
    screen.get_by_label("Titel").fill("Fritidschef")
    idle_for(31)
    screen.get_by_role("button", name="Spara").first.click()
    expect(screen.get_by_role("alert")).to_contain_text("Logga in igen för att fortsätta.")
    looks_right(screen)
    screen.get_by_label("Användarnamn").fill(ME)
    screen.get_by_label("Lösenord").fill(PASSWORD)
    screen.get_by_role("button", name="Logga in").click()
    screen.get_by_label("Kod", exact=False).fill(device.at(utcnow() + timedelta(seconds=30)))
    screen.get_by_role("button", name="Logga in").click()
    screen.get_by_role("button", name="Fortsätt").click()
    expect(screen.get_by_label("Titel")).to_have_value("Fritidschef")
    db.session.expire_all()
    assert person(ME).title == "Fritidschef"


def test_a_person_gets_a_link_from_the_administrator(page: Page, app: object) -> None:
    person("chef.hjo").email = ""
    address = f"/admin/users/edit/?id={person('chef.hjo').id}"
    db.session.commit()
    sign_in_by_page(page, "admin")
    page.goto(address)
    page.get_by_role("button", name="Visa en länk där personen väljer lösenord").click()
    flashed(page, "Lämna över den här länken själv.")
    looks_right(page)


def test_without_scripts_everything_works(page_without_scripts: Page, app: object) -> None:
    page = page_without_scripts
    db.session.add(RoleRule(role="responsible", networks=[], always_factor=True))
    db.session.commit()
    sign_in_by_page(page, ME)
    page.get_by_label("Kod", exact=False).fill(code_of(page.content()))
    page.get_by_role("button", name="Fortsätt").click()
    page.get_by_role("link", name="Fortsätt").click()
    expect(page).to_have_url(re.compile(r"/admin/$"))
