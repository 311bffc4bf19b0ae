"""Files as people see them: chosen by phone, shown small, fetched, settings of them (H10)."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from domain.permissions import CITIZEN
from extensions import db
from models import Case
from services.events import add_event
from services.secret_links import issue_link
from tests.support.cases import HJO, choice, new_case, person, unit_id
from tests.support.files import attach_file, worker_looks
from tests.support.pictures import photo
from tests.support.walk import flashed, looks_right, sign_in
from tests.unit.file_zoo import PDF
from tests.web.reply_site import add

pytestmark = pytest.mark.usefixtures("town")


def case_with_files() -> Case:
    case = new_case(
        title="Utfart från Malmgatan",
        types=[choice(HJO, "types", "Klagomål")],
        unit=unit_id("Fritid"),
        responsible=person("handlaggare.hjo").id,
    )
    view = photo(30, size=(640, 480), kind="JPEG")
    attach_file(case, "Utfarten från Malmgatan sedd från söder.jpg", view, source="submitter")
    attach_file(case, "ritning.png", photo(99, size=(200, 600)), source="submitter")
    attach_file(case, "röstmemo.mp3", b"ID3\x04" + bytes(900_000), source="submitter")
    attach_file(case, "protokoll.pdf", PDF)
    event = add_event(
        case, kind="note", purpose="note", title="Besök på plats", body="<div>Vi var där.</div>",
        actor=CITIZEN,
    )  # fmt: skip
    attach_file(case, "besök.jpg", photo(150, size=(500, 400), kind="JPEG"), event=event)
    worker_looks()
    return case


def picture_is_drawn(page: Page, name: str) -> None:
    """The browser has fetched and decoded it."""
    image = page.get_by_role("img", name=name).first
    image.scroll_into_view_if_needed()
    expect(image).to_be_visible()
    page.wait_for_function("image => image.naturalWidth > 0", arg=image.element_handle())


def shot(page: Page, name: str) -> None:
    """Keep a picture of the page, for who asked for it."""
    if folder := os.environ.get("SHOTS"):
        width = (page.viewport_size or {})["width"]
        page.screenshot(path=Path(folder) / f"{name}-{width}.png", full_page=True)


@pytest.mark.row("H10")
def test_the_files_of_a_case_are_seen_and_fetched(app, screen: Page) -> None:
    case = case_with_files()
    number = case.id
    db.session.commit()
    sign_in(screen, "handlaggare.hjo")
    screen.goto(f"/admin/case/edit/?id={number}")
    files = screen.locator("section.case-files")

    picture_is_drawn(screen, "Utfarten från Malmgatan sedd från söder.jpg")
    picture_is_drawn(screen, "ritning.png")
    expect(files.get_by_text("från synpunktslämnaren")).to_have_count(3)
    with screen.expect_download() as download:
        files.get_by_role("link", name="röstmemo.mp3").click()
    assert download.value.suggested_filename == "röstmemo.mp3"
    shot(screen, "case-files")
    looks_right(screen)


@pytest.mark.row("H10", "H17")
def test_the_citizen_sees_the_pictures_on_the_reply_page(app, screen: Page) -> None:
    case = case_with_files()
    answer = add(case, "sent_email", "answer", "Vi bygger om utfarten.")
    attach_file(case, "så blir det.jpg", photo(9, (600, 300), "JPEG"), event=answer)
    worker_looks()
    path = issue_link(case).path
    db.session.commit()

    screen.goto(path)

    picture_is_drawn(screen, "så blir det.jpg")
    with screen.expect_download() as download:
        screen.get_by_role("link", name="så blir det.jpg").click()
    assert download.value.suggested_filename == "så blir det.jpg"
    shot(screen, "reply-files")
    looks_right(screen)


@pytest.mark.row("H10")
def test_an_administrator_chooses_what_is_taken_in_and_the_form_follows(screen: Page) -> None:
    sign_in(screen, "admin")
    screen.goto("/admin/file-settings/")
    looks_right(screen)
    shot(screen, "file-settings")
    screen.get_by_label(".mp4").check()
    screen.get_by_label("Antal filer").fill("3")
    screen.get_by_label(re.compile("^MB per fil")).fill("60")
    screen.get_by_role("button", name="Spara", exact=True).click()
    expect(screen.locator(".error-summary")).to_contain_text("minst lika stora som en fil")
    expect(screen.get_by_label(".mp4")).to_be_checked()
    looks_right(screen)
    screen.get_by_label(re.compile("^MB tillsammans")).fill("60")
    screen.get_by_role("button", name="Spara", exact=True).click()
    flashed(screen, "Inställningarna för filer är sparade.")

    screen.goto("/synpunkt/hjo")

    expect(screen.get_by_text("Bilder, dokument, ljudfiler och filmer.")).to_be_visible()
    expect(screen.get_by_text("Högst 3 filer, 60 MB var och 60 MB tillsammans.")).to_be_visible()
    expect(screen.get_by_label("Filer")).to_have_attribute("accept", re.compile(r"\.mp4"))
