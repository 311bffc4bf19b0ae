"""System → Utkorg in the browser: reading a mail in the demo's mailbox and following its link."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from extensions import db
from services.notices import send_receipt
from services.secret_links import current_link
from tests.support.cases import mails, new_case
from tests.support.walk import looks_right, sign_in

pytestmark = pytest.mark.usefixtures("town")


@pytest.fixture
def receipt(app: object) -> None:
    """One receipt that waits, and one that failed."""
    for _number in range(2):
        case = new_case(title="Utfart från Malmgatan", text="Det är svårt att se trafiken.")
        send_receipt(case, current_link(case))
    failed = mails("receipt")[0]
    failed.state = "failed"
    failed.last_error = "Mejlservern tog inte emot mejlet: 550 no such user"
    db.session.commit()


def test_the_citizens_link_is_followed_from_the_mailbox(page: Page, receipt: None) -> None:
    sign_in(page, "admin")
    page.goto("/admin/outbox/")
    looks_right(page)
    page.get_by_role("link", name="Vi har tagit emot din synpunkt").first.click()
    expect(page.get_by_role("heading", name="Mejlets text")).to_be_visible()
    looks_right(page)
    page.get_by_role("link", name="/svar/").click()
    expect(page).to_have_url(re.compile(r"/svar/[\w-]{43}$"))


def test_a_failed_mail_is_tried_again_on_a_phone(phone: Page, receipt: None) -> None:
    sign_in(phone, "registrator.hjo")
    phone.goto("/admin/outbox/?show=failed")
    looks_right(phone)
    phone.get_by_role("link", name="Vi har tagit emot din synpunkt").click()
    phone.get_by_role("button", name="Försök igen").click()
    expect(phone.get_by_text("Mejlet skickas igen.")).to_be_visible()
    looks_right(phone)


def test_many_failed_mails_are_tried_again_from_the_filtered_list(
    page: Page, receipt: None, smtp: object
) -> None:
    sign_in(page, "admin")
    page.goto("/admin/outbox/")
    page.get_by_role("link", name="Kom inte fram").click()
    page.get_by_label("Slag").select_option("Kvittens")
    page.get_by_label("Ålder").select_option("Senaste dygnet")
    page.get_by_role("button", name="Visa", exact=True).click()
    looks_right(page)
    page.get_by_label("Markera mejlet till •••@example.org").check()
    page.get_by_role("button", name="Försök igen med markerade").click()
    expect(page.get_by_text("1 mejl skickas igen.")).to_be_visible()
    expect(page.get_by_text("Inga mejl här")).to_be_visible()
    looks_right(page)
