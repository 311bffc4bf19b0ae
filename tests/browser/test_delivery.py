"""When a mail does not arrive: the card, the ways on, and the reply page's link given anew."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from extensions import db
from models import Case, utcnow
from services.correspondence import draft, send_email
from services.delivery import claim_due, finish_failed
from services.secret_links import current_link
from tests.support.cases import HJO, actor, choice, layout, mails, new_case, person, unit_id
from tests.support.walk import flashed, looks_right, sign_in, tab

pytestmark = pytest.mark.usefixtures("town")


@pytest.fixture
def failed_case(app: object) -> int:
    """A case whose confirmation the mail server refused."""
    case = new_case(
        HJO,
        title="Utfart från Malmgatan till Korsbergavägen",
        unit=unit_id("Fritid"),
        responsible=person("handlaggare.hjo").id,
        contact_way=choice(HJO, "contact_way", "E-post"),
    )
    for message in mails():
        message.state = "sent"
    template = next(t for t in layout(HJO).event_templates if t.key == "confirmation-email")
    user, who = person("handlaggare.hjo"), actor("handlaggare.hjo")
    made = draft(case, layout(HJO), template, actor=who, user=user)
    send_email(case, layout(HJO), template, made, confirmed_other=False, key="k", actor=who)
    mail = claim_due(utcnow(), 60)
    assert mail is not None
    reason = "Mejlservern tog inte emot mejlet: 550 5.1.1 no such user"
    finish_failed(mail.id, mail.claim, reason, now=utcnow(), permanent=True)
    number = case.id
    db.session.commit()
    return number


@pytest.mark.row("H15", "H16")
def test_a_mail_that_failed_is_tried_again_from_its_card(page: Page, failed_case: int) -> None:
    sign_in(page, "handlaggare.hjo")
    page.goto(f"/admin/case/edit/?id={failed_case}")
    expect(page.get_by_text("E-post kom inte fram")).to_be_visible()
    tab(page, "Handläggning/korrespondens")
    card = page.locator("#handelse-1")
    expect(card).to_contain_text("Orsak: Mejlservern tog inte emot mejlet: 550 5.1.1 no such user.")
    expect(card.get_by_role("link", name="Ändra adress och skicka igen")).to_be_visible()
    expect(card.get_by_role("link", name="Skriv brev i stället")).to_be_visible()
    looks_right(page)
    card.get_by_role("button", name="Försök igen").click()
    flashed(page, "Mejlet skickas igen.")
    expect(page.get_by_text("E-post kom inte fram")).to_have_count(0)
    expect(page.locator("#handelse-1")).to_contain_text("Väntar på att skickas")


@pytest.mark.row("H16")
def test_a_mail_that_failed_becomes_a_letter_on_a_phone(phone: Page, failed_case: int) -> None:
    sign_in(phone, "handlaggare.hjo")
    phone.goto(f"/admin/case/edit/?id={failed_case}")
    tab(phone, "Handläggning/korrespondens")
    looks_right(phone)
    phone.locator("#handelse-1").get_by_role("link", name="Skriv brev i stället").click()
    expect(phone).to_have_url(re.compile(r"/event/\d+/.*letter"))
    looks_right(phone)


@pytest.mark.row("H17")
def test_the_submitter_gets_a_new_link_and_the_old_one_helps_on(
    page: Page, failed_case: int, app: object
) -> None:
    old = current_link(db.session.get_one(Case, failed_case)).path
    db.session.rollback()
    sign_in(page, "registrator.hjo")
    page.goto(f"/admin/case/edit/?id={failed_case}")
    tab(page, "Synpunktslämnare")
    looks_right(page)
    page.get_by_role("link", name="Ny länk och kod till svarssidan").click()
    looks_right(page)
    page.get_by_role("button", name="Gör ny länk och kod").click()
    expect(page.get_by_text("Länken och koden visas bara nu.")).to_be_visible()
    looks_right(page)
    code = page.locator("dd").nth(1).inner_text()
    page.emulate_media(media="print")
    expect(page.get_by_text(code)).to_be_visible()
    expect(page.get_by_role("button", name="Skicka länken med e-post")).to_be_hidden()
    page.emulate_media(media="screen")
    page.get_by_role("button", name="Skicka länken med e-post").click()
    flashed(page, "Mejlet med den nya länken skickas nu.")
    tab(page, "Handläggning/korrespondens")
    expect(page.locator("#handelse-2")).to_contain_text("Ny länk till svarssidan")

    page.goto(old)
    expect(page.get_by_role("heading", level=1)).to_have_text("Länken fungerar inte")
    looks_right(page)
    page.get_by_role("link", name="Skriv nummer och kod").click()
    page.get_by_label(re.compile("^Nummer")).fill(str(failed_case))
    page.get_by_label(re.compile("^Kod")).fill(code)
    page.get_by_role("button", name="Visa svarssidan").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Skriv till handläggaren")
    looks_right(page)
