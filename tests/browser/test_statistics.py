"""Statistik in a browser: two clicks to the own unit (S27), a report for a meeting (H29), files."""

from __future__ import annotations

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from cli.export_work import make_next_export
from domain.clock import local_today
from extensions import db
from services.exports.jobs import AT_ONCE
from tests.support.axe import assert_accessible
from tests.support.cases import HJO, SODERTALJE, choice, new_case, unit_id
from tests.support.walk import choose_option, looks_right, sign_in
from tests.web.test_case_export import many

pytestmark = pytest.mark.usefixtures("town", "app")


@pytest.fixture
def omsorg_cases(app: Flask) -> None:
    """Six synpunkter in two units of omsorgskontoret."""
    for unit in ("Hemtjänst", "Daglig verksamhet"):
        for number in range(3):
            new_case(
                SODERTALJE,
                title=f"Nr {number} om {unit}",
                unit=unit_id(unit),
                types=[choice(SODERTALJE, "types", "Klagomål")],
            )
    db.session.commit()


@pytest.mark.row("S27")
@pytest.mark.usefixtures("omsorg_cases")
def test_a_reader_gets_to_the_numbers_of_the_own_unit_in_two_clicks(screen: Page) -> None:
    sign_in(screen, "lasare.omsorg")
    screen.goto("/admin/")
    expect(screen.get_by_role("heading", level=1)).to_be_visible()
    screen.wait_for_load_state()  # the scripts are there
    if (screen.viewport_size or {"width": 0})["width"] < 600:
        screen.get_by_role("button", name="Meny").click()  # on a phone the bar is folded away
    screen.get_by_text("Statistik", exact=True).first.click()
    screen.get_by_role("link", name="Synpunkter och klagomål", exact=True).last.click()
    head = screen.locator(".statistics-head")
    year = local_today().year
    expect(head).to_contain_text("Omsorgskontoret")
    expect(head).to_contain_text(f"{year}-01-01 – {year}-12-31")
    row = screen.get_by_role("row").filter(has=screen.get_by_role("rowheader", name="Inkomna"))
    expect(row.get_by_role("cell").first).to_have_text("5")  # six, hidden as small numbers are
    looks_right(screen)
    screen.get_by_role("link", name="Per förvaltning, verksamhet och enhet").click()
    screen.get_by_text("Fler val").click()
    choose_option(screen, "Små tal", "Visa")
    choose_option(screen, "Enhet", "Hemtjänst")
    screen.get_by_role("button", name="Visa", exact=True).click()
    expect(head).to_contain_text("Hemtjänst")
    screen.wait_for_load_state()  # the style sheet hides the chart that is for another width
    chart = screen.get_by_role("img", name="Diagram: Per förvaltning")
    expect(chart).to_be_visible()
    looks_right(screen)
    screen.get_by_role("link", name="3 – visa ärendena: Hemtjänst, Klagomål").click()
    expect(screen.get_by_role("heading", level=1)).to_have_text("Ärendena bakom siffran")
    expect(screen.get_by_text("Nr 2 om Hemtjänst")).to_be_visible()
    looks_right(screen)
    screen.emulate_media(color_scheme="dark")
    screen.go_back()
    screen.wait_for_load_state()
    assert_accessible(screen)


@pytest.mark.row("H29")
def test_a_manager_takes_out_a_report_for_the_own_unit(screen: Page) -> None:
    new_case(
        HJO,
        title="Berit Ek saknar en bänk",
        unit=unit_id("Fritid"),
        types=[choice(HJO, "types", "Förslag")],
        categories=[choice(HJO, "categories", "Fysisk miljö")],
    )
    db.session.commit()
    sign_in(screen, "chef.hjo")
    screen.goto("/admin/")
    screen.get_by_role("link", name="Rapport för min enhet").click()
    expect(screen.get_by_role("heading", level=1)).to_have_text("Rapport för min enhet")
    for heading in ("Siffror", "Vad människor har sagt", "Vad som har gjorts"):
        expect(screen.get_by_role("heading", name=heading, level=2, exact=True)).to_be_visible()
    expect(screen.get_by_text("saknar en bänk")).to_be_visible()
    expect(screen.get_by_text("Berit Ek")).to_have_count(0)
    expect(screen.get_by_role("rowheader", name="Fysisk miljö")).to_be_visible()
    looks_right(screen)
    with screen.expect_download() as download:
        screen.get_by_role("link", name="Hämta Word").click()
    assert download.value.suggested_filename == "Rapport för min enhet.docx"
    screen.emulate_media(color_scheme="dark")
    screen.reload()  # colours that change on an open page fade into each other
    assert_accessible(screen)


def test_a_long_list_is_waited_for_without_scripts(page_without_scripts: Page) -> None:
    page = page_without_scripts
    many(AT_ONCE + 1)
    sign_in(page, "registrator.hjo")
    page.goto(f"/admin/case/?type={HJO}")
    page.get_by_role("link", name="Hämta listan").click()
    page.get_by_role("button", name="Hämta Excel").click()
    expect(page.get_by_text("Filen skapas: 0 av 2001 ärenden.")).to_be_visible()
    expect(page.get_by_role("progressbar")).to_be_visible()
    make_next_export()
    expect(page.get_by_text("Filen är klar: 2001 ärenden.")).to_be_visible()
    with page.expect_download() as download:
        page.get_by_role("button", name="Hämta filen").click()
    assert download.value.suggested_filename.endswith(".xlsx")
