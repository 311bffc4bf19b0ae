"""Biträdande utredare on the case page: several are appointed, and one is taken away again."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page

from extensions import db
from models import Case
from tests.support.cases import SODERTALJE, choice, mails, new_case, person, unit_id
from tests.support.walk import flashed, looks_right, sign_in, tab

pytestmark = pytest.mark.usefixtures("town")
TAB = "Ansvarig handläggare"


@pytest.mark.row("S14")
def test_several_assistants_are_appointed_and_one_is_removed(page: Page, app) -> None:
    case = new_case(
        SODERTALJE,
        unit=unit_id("Vård- och omsorgsboende norr"),
        types=[choice(SODERTALJE, "types", "Klagomål")],
        categories=[choice(SODERTALJE, "categories", "Bemötande")],
        contact_way=choice(SODERTALJE, "contact_way", "Per e-post"),
    )
    number, helpers = case.id, [person("bitradande.omsorg"), person("strateg.omsorg")]
    names = [helper.name for helper in helpers]
    db.session.commit()
    sign_in(page, "chef.omsorg")
    page.goto(f"/admin/case/edit/?id={number}")
    tab(page, TAB)
    for name in names:
        box = page.get_by_role("combobox", name=re.compile("^Biträdande utredare"))
        box.fill(name)
        box.press("Enter")
    save(page)
    assert appointed(number) == set(names)
    assert told() == sorted(names)
    tab(page, TAB)
    chosen = page.locator(".ts-control .item").filter(has_text=names[0])
    chosen.locator(".remove").click()
    save(page)
    assert appointed(number) == {names[1]}
    assert told() == sorted(names)
    looks_right(page)


def save(page: Page) -> None:
    page.get_by_role("button", name="Spara", exact=True).click()
    flashed(page, "Ändringarna är sparade.")


def appointed(number: int) -> set[str]:
    db.session.rollback()
    case = db.session.get_one(Case, number)
    found = {p.user.name for p in case.participants if p.capacity == "assistant"}
    db.session.rollback()  # the server can write again
    return found


def told() -> list[str]:
    found = sorted(message.recipient_name for message in mails("assistant"))
    db.session.rollback()
    return found
