"""Around a case in a browser, wide and on a phone: Kopiera, Mer, neighbours, links, moving, jäv."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from extensions import db
from models import Case
from services.cases.links import link_cases
from tests.support.cases import HJO, actor, choice, edit, new_case, person, unit_id
from tests.support.walk import choose_option, flashed, looks_right, sign_in, tab

pytestmark = pytest.mark.usefixtures("town", "app")
HANDLER, REGISTRAR = "handlaggare.hjo", "registrator.hjo"


def a_case(title: str, **values: object) -> int:
    """A case that can be saved at once; its number."""
    case = new_case(
        HJO,
        title=title,
        unit=unit_id("Fritid"),
        responsible=person(HANDLER).id,
        contact_way=choice(HJO, "contact_way", "E-post"),
        types=[choice(HJO, "types", "Klagomål")],
        categories=[choice(HJO, "categories", "Fysisk miljö")],
        workflow=choice(HJO, "workflow", "Synpunkten"),
        **values,
    )
    number = case.id
    db.session.commit()
    return number


def opened(page: Page, number: int, username: str = HANDLER) -> None:
    """The case's page, its scripts and its work lock are there."""
    sign_in(page, username)
    page.goto(f"/admin/case/edit/?id={number}")
    page.wait_for_load_state("networkidle")


def more(page: Page, name: str) -> None:
    """Mer in the toolbar, and one of its rows."""
    page.wait_for_load_state("networkidle")
    page.get_by_role("toolbar").locator("summary", has_text="Mer").click()
    page.get_by_role("link", name=name, exact=True).click()


def heading(page: Page, text: str) -> None:
    expect(page.get_by_role("heading", level=1)).to_contain_text(text)


@pytest.mark.row("H08")
def test_kopiera_says_what_goes_along_and_opens_the_new_case(screen: Page) -> None:
    number = a_case("Bänkarna i parken")
    opened(screen, number)
    screen.get_by_role("link", name="Kopiera", exact=True).click()
    heading(screen, "Kopiera ärendet")
    expect(screen.get_by_role("heading", name="Det här följer inte med")).to_be_visible()
    looks_right(screen)
    screen.get_by_role("button", name="Kopiera", exact=True).click()
    flashed(screen, f"är en kopia av ärende {number}.")
    heading(screen, f"(ID: {number + 1}) Bänkarna i parken")
    looks_right(screen)


@pytest.mark.row("H08")
def test_mer_opens_by_keyboard_and_copies_the_link(screen: Page) -> None:
    number = a_case("Bänkarna i parken")
    opened(screen, number)
    menu = screen.get_by_role("toolbar").locator("summary", has_text="Mer")
    menu.focus()
    screen.keyboard.press("Enter")
    expect(screen.get_by_role("link", name="Åtkomstlogg")).to_be_visible()
    looks_right(screen)
    screen.get_by_role("button", name="Kopiera länk").click()
    flashed(screen, "Länken är kopierad.")
    screen.keyboard.press("Escape")
    expect(screen.get_by_role("link", name="Åtkomstlogg")).to_be_hidden()
    expect(menu).to_be_focused()
    more(screen, "Historik")
    heading(screen, "Ändringslogg")


@pytest.mark.row("H08")
def test_without_scripts_mer_shows_the_link_and_the_steps_work(
    page_without_scripts: Page,
) -> None:
    page = page_without_scripts
    first, second = a_case("Första"), a_case("Andra")
    sign_in(page, HANDLER)
    page.goto(f"/admin/case/edit/?id={first}")
    page.get_by_role("toolbar").locator("summary", has_text="Mer").click()
    expect(page.get_by_label("Länk till ärendet")).to_have_value(re.compile(f"/arende/{first}$"))
    expect(page.get_by_role("button", name="Kopiera länk")).to_be_hidden()
    page.get_by_role("button", name="Föregående ärende").first.click()
    heading(page, f"(ID: {second})")


@pytest.mark.row("S11")
def test_steps_follow_the_list_at_both_ends_and_give_the_lock_back(screen: Page) -> None:
    b, a, c = a_case("B"), a_case("A"), a_case("C")
    sign_in(screen, HANDLER)
    screen.goto(f"/admin/case/?type={HJO}&sort=title&ordning=asc")
    screen.get_by_role("link", name=str(b), exact=True).click()
    expect(screen.get_by_text("ARBETSLÅS:")).to_be_visible()
    looks_right(screen)
    screen.get_by_role("button", name="Nästa ärende").last.click()
    heading(screen, f"(ID: {c})")
    expect(screen.get_by_text("Sista ärendet i listan").first).to_be_visible()
    looks_right(screen)
    screen.get_by_role("button", name="Föregående ärende").first.click()
    heading(screen, f"(ID: {b})")
    screen.get_by_role("button", name="Föregående ärende").first.click()
    heading(screen, f"(ID: {a})")
    screen.wait_for_load_state("networkidle")
    screen.get_by_role("button", name="Stäng", exact=True).click()
    expect(screen).to_have_url(re.compile(f"sort=title&ordning=asc#arende-{a}$"))
    row = screen.locator(f"#arende-{c}")
    expect(row).not_to_contain_text("Låst")


@pytest.mark.row("S11")
def test_typed_text_is_not_left_behind_by_a_step(screen: Page) -> None:
    number = a_case("Första")
    a_case("Andra")
    opened(screen, number)
    asked: list[str] = []

    def stay(dialog) -> None:  # type: ignore[no-untyped-def]
        asked.append(dialog.type)
        dialog.dismiss()

    screen.on("dialog", stay)
    field = screen.get_by_label(re.compile("^Info/åtgärder"))
    field.click()
    field.press_sequentially("Ring Eva")
    screen.get_by_role("button", name="Föregående ärende").first.click()
    expect(field).to_have_value("Ring Eva")
    assert asked == ["beforeunload"]
    heading(screen, f"(ID: {number})")


@pytest.mark.row("S11")
def test_a_tab_can_be_reached_by_its_own_address_and_by_keys(screen: Page) -> None:
    number = a_case("Första")
    opened(screen, number)
    tab(screen, "Kategorisering")
    address = screen.url
    assert "#" in address
    screen.keyboard.press("ArrowRight")
    expect(screen.get_by_role("tab", selected=True)).not_to_have_text(re.compile("Kategorisering"))
    screen.goto("/admin/")
    screen.goto(address)
    expect(screen.get_by_role("tab", selected=True)).to_contain_text("Kategorisering")


@pytest.mark.row("H08")
def test_a_duplicate_is_linked_from_the_suggestions_and_gets_the_answer(screen: Page) -> None:
    main, copy = a_case("Trasiga bänkar"), a_case("Bänkarna är trasiga")
    opened(screen, copy)
    more(screen, "Koppla till annat ärende")
    expect(screen.get_by_text("Samma person", exact=True)).to_be_visible()
    looks_right(screen)
    screen.get_by_role("link", name=f"Välj ärende {main}").click()
    screen.get_by_label("Dubblett av").check()
    screen.get_by_role("button", name="Koppla", exact=True).click()
    flashed(screen, f"Ärende {main} är kopplat.")
    looks_right(screen)
    edit(db.session.get_one(Case, main), HANDLER, answer="<div>I maj.</div>")
    db.session.commit()
    screen.goto(f"/admin/case/edit/?id={main}")
    expect(screen.get_by_text("Har dubbletten")).to_be_visible()
    looks_right(screen)
    more(screen, "Koppla till annat ärende")
    screen.get_by_role("link", name="Lägg svaret i kopplade dubbletter").click()
    expect(screen.get_by_text("Får svaret", exact=True)).to_be_visible()
    looks_right(screen)
    screen.get_by_role("button", name="Lägg svaret i kopplade dubbletter").click()
    flashed(screen, "Svaret ligger i 1 dubblett.")


@pytest.mark.row("H08")
def test_a_link_is_taken_away_again(screen: Page) -> None:
    one, two = a_case("Ett"), a_case("Två")
    cases = (db.session.get_one(Case, one), db.session.get_one(Case, two))
    link_cases(*cases, "related", actor=actor(HANDLER))
    db.session.commit()
    sign_in(screen, HANDLER)
    screen.goto(f"/admin/case/related/{one}")
    screen.get_by_role("button", name=f"Ta bort kopplingen till ärende {two}").click()
    flashed(screen, "Kopplingen är borttagen.")
    screen.get_by_label(re.compile("^Det andra ärendets nummer")).fill("999999")
    screen.get_by_role("button", name="Koppla", exact=True).click()
    flashed(screen, "Du kan inte se något ärende med det numret.")
    looks_right(screen)


@pytest.mark.row("H08")
def test_a_case_is_moved_to_another_unit(screen: Page) -> None:
    number = a_case("Böckerna")
    opened(screen, number, REGISTRAR)
    more(screen, "Flytta till annan enhet")
    heading(screen, "Flytta till annan enhet")
    screen.get_by_role("button", name="Flytta", exact=True).click()
    flashed(screen, "Välj en enhet i listan.")
    looks_right(screen)
    choose_option(screen, "Ny enhet", "Bibliotek")
    choose_option(screen, "Ansvarig", "Annica Carter")
    screen.get_by_label(re.compile("^Varför flyttas ärendet")).fill("Hör hemma där.")
    screen.get_by_role("button", name="Flytta", exact=True).click()
    flashed(screen, "Ärendet har fått en ny ansvarig.")


@pytest.mark.row("H08")
def test_because_of_jav_somebody_else_is_responsible(screen: Page) -> None:
    number = a_case("Grannens staket")
    opened(screen, number)
    more(screen, "Byt ansvarig – jäv")
    heading(screen, "Byt ansvarig – jäv")
    looks_right(screen)
    choose_option(screen, "Ny ansvarig", "Annica Carter")
    screen.get_by_label(re.compile("^Vad består jävet i")).fill("Granne.")
    screen.get_by_role("button", name="Byt ansvarig", exact=True).click()
    flashed(screen, "Ärendet har fått en ny ansvarig.")
    more(screen, "Historik")
    expect(screen.get_by_text("Ny ansvarig på grund av jäv").first).to_be_visible()
