"""The citizens' pages in Swedish, English and Finnish, and what has no translation."""

from __future__ import annotations

import pytest

from domain.meanings import Meaning
from extensions import db
from models import OutboxMessage, PublicForm, Submission
from queries.configuration import configuration
from services.unit_of_work import unit_of_work
from tests.support.client import Client
from tests.web.public_site import answers, cases, choice_id, opened, parsed, post, sent

pytestmark = pytest.mark.usefixtures("app", "town")
FORMS = ("hjo", "omsorgskontoret", "socialkontoret")


def lang_of(client: Client, address: str) -> str:
    return parsed(client.get(address)).one("html").attributes["lang"]


def test_pages_are_swedish_until_somebody_asks(client: Client):
    assert lang_of(client, "/synpunkt/hjo") == "sv"
    assert client.get("/", headers={"Accept-Language": "en"}).text.count('<html lang="sv">') == 1


@pytest.mark.parametrize(("language", "button"), [("en", "Send"), ("fi", "Lähetä")])
@pytest.mark.parametrize("slug", FORMS)
def test_a_form_is_whole_in_every_language(client: Client, slug: str, language: str, button: str):
    page = parsed(client.get(f"/synpunkt/{slug}?lang={language}"))
    assert page.one("html").attributes["lang"] == language
    assert button in [b.text for b in page.all("button")]
    swedish = [p for p in page.all("span", "div", "p") if p.attributes.get("lang") == "sv"]
    assert [part.text for part in swedish] == []
    units = {unit.name for unit in configuration().units}
    options = [p.text.strip() for p in page.all("option") if p.attributes.get("lang") == "sv"]
    assert set(options) <= units


def test_the_choice_is_kept_in_a_cookie_without_a_session(client: Client):
    answer = client.get("/?lang=fi")
    cookies = answer.headers.getlist("Set-Cookie")
    assert [c.split(";")[0] for c in cookies] == ["gensvar-lang=fi"]
    assert "SameSite=Lax" in cookies[0]
    assert "HttpOnly" in cookies[0]
    assert lang_of(client, "/personuppgifter") == "fi"
    assert lang_of(client, "/personuppgifter?lang=sv") == "sv"
    assert lang_of(client, "/personuppgifter") == "sv"


def test_without_cookies_the_address_keeps_the_choice(client: Client):
    links = [a.attributes["href"] for a in parsed(client.get("/?lang=en")).all("a")]
    assert "/synpunkt/hjo?lang=en" in links
    assert "/svar?lang=en" in links


@pytest.mark.parametrize("language", ["de", "", "<script>", "en-GB"])
def test_a_language_that_is_not_there_changes_nothing(client: Client, language: str):
    answer = client.get("/", query_string={"lang": language})
    assert '<html lang="sv">' in answer.text
    assert "Set-Cookie" not in answer.headers


def test_each_page_links_to_itself_in_the_other_languages(client: Client):
    page = parsed(client.get("/synpunkt/hjo"))
    found = {
        a.attributes["hreflang"]: a.attributes["href"] for a in page.all("a")
        if "hreflang" in a.attributes
    }  # fmt: skip
    assert found == {code: f"/synpunkt/hjo?lang={code}" for code in ("sv", "en", "fi")}
    assert page.one("a", hreflang="sv").attributes["aria-current"] == "true"
    assert page.one("a", hreflang="fi").text == "Suomi"


def test_errors_and_the_receipt_speak_the_language(client: Client):
    hidden = opened(client)
    client.get("/?lang=en")
    refused = post(client, "/synpunkt/hjo", hidden)
    assert refused.status_code == 422
    assert "Fill this in." in refused.text
    assert "Error:" in refused.text
    assert "hreflang" not in refused.text  # a link would leave what was typed

    receipt = client.get(post(client, "/synpunkt/hjo", {**answers("hjo"), **hidden}).location)
    assert "Thank you! We have received your feedback" in receipt.text
    assert "I do not want to be contacted" in receipt.text
    assert "Vill ej bli kontaktad" not in receipt.text
    assert "Complaint" in receipt.text


@pytest.mark.parametrize(
    ("language", "subject", "words"),
    [
        ("en", "We have received your feedback", "Thank you for contacting us. We received"),
        ("fi", "Olemme vastaanottaneet palautteesi", "Kiitos yhteydenotostasi."),
        ("sv", "Vi har tagit emot din synpunkt", "Tack för att du hörde av dig."),
    ],
)
def test_the_receipt_mail_is_in_the_language_of_the_form(client, language, subject, words):
    client.get(f"/?lang={language}")
    way = choice_id("hjo", "contact_way", Meaning.CONTACT_EMAIL)
    assert sent(client, contact_way=way, submitter_email="asa@example.se").status_code == 303
    query = db.select(OutboxMessage).where(OutboxMessage.recipient_email == "asa@example.se")
    (mail,) = db.session.scalars(query)
    assert mail.subject.startswith(subject)
    assert words in mail.text
    if language != "sv":
        assert "november" not in mail.text.replace("November", "")
        assert "synpunkt " not in mail.text.lower()
    assert db.session.scalars(db.select(Submission.language)).all() == [language]


def test_the_case_holds_the_same_whatever_the_language(client: Client):
    for language in ("sv", "fi"):
        client.get(f"/?lang={language}")
        sent(client)
    first, second = cases()
    assert first.choice_ids("types") == second.choice_ids("types")
    assert first.contact_way_id == second.contact_way_id


def test_what_has_no_translation_is_swedish_and_says_so(client: Client):
    with unit_of_work():
        db.session.query(PublicForm).filter_by(slug="hjo").one().translations = {}
    page = parsed(client.get("/synpunkt/hjo?lang=en"))
    marked = [p.text.strip() for p in page.all("span", "div") if p.attributes.get("lang") == "sv"]
    assert "Vad vill du lämna?" in marked
    assert "Klagomål" in marked
    assert any(text.startswith("Berätta vad du tycker om") for text in marked)
    assert page.one("title").text.startswith("Synpunkten – ")
    assert page.one("h1").text == "Synpunkten"


def test_staff_pages_stay_swedish(client: Client):
    client.get("/?lang=en")
    client.login("admin")
    page = client.get("/admin/municipality/edit/?id=1&lang=en")
    assert '<html lang="sv">' in page.text
    assert "Spara" in page.text


def test_an_address_that_is_not_there_answers_in_the_language(client: Client):
    answer = client.get("/finns-inte?lang=fi")
    assert answer.status_code == 404
    assert "Sivua ei ole" in answer.text
    assert '<html lang="fi">' in answer.text
