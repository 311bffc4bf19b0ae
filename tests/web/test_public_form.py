"""The three forms as the manuals list them, and what they say to mistakes (S02, S03, S04, G25)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from domain.clock import local_today
from domain.meanings import Meaning
from tests.support.client import Client
from tests.support.fingerprint import everything
from tests.web.public_site import TEXT, answers, cases, choice_id, opened, parsed, sent

pytestmark = pytest.mark.usefixtures("app", "town")

CONTACT = ["Namn", "Adress", "Postnummer, ort", "Telefon", "E-post"]


@pytest.mark.row("S02")
def test_the_form_of_omsorgskontoret_asks_in_the_order_of_the_manual(client: Client):
    assert parsed(client.get("/synpunkt/omsorgskontoret")).labels == [
        "Synpunkten gäller *",
        "Beskriv synpunkten *",
        "Synpunkten inkom",
        "Inkom via",
        "Togs emot av",
        "Mottagarens arbetsplats",
        "Intern kommentar/förbättringsförslag",
        "Filer",
        "Den som lämnat synpunkten är:",
        "Önskar svar *",
        *CONTACT,
    ]


@pytest.mark.row("S03")
def test_the_form_of_socialkontoret_asks_intern_or_extern_first(client: Client):
    assert parsed(client.get("/synpunkt/socialkontoret")).labels == [
        "Intern/extern *",
        "Synpunkten gäller *",
        "Beskriv synpunkten *",
        "Intern kommentar/förbättringsförslag",
        "Filer",
        "Önskar svar *",
        *CONTACT,
    ]


def test_the_form_of_hjo_asks_what_its_case_shows(client: Client):
    assert parsed(client.get("/synpunkt/hjo")).labels == [
        "Vad vill du lämna? *",
        "Rubrik",
        "Synpunkt/felanmälan *",
        "Filer",
        "Kontaktsätt *",
        *CONTACT,
    ]


@pytest.mark.row("S02")
def test_the_choices_are_those_of_the_manual(client: Client):
    text = parsed(client.get("/synpunkt/omsorgskontoret")).one("form").text

    for label in ("Brukare/klient", "Anhörig", "God man", "Annan"):
        assert label in text
    for label in ("Per e-post", "Per brev", "Per telefon", "Vill ej bli kontaktad"):
        assert label in text
    assert "Synpunkten har besvarats" in text


@pytest.mark.row("S03")
def test_intern_and_extern_are_spelled_as_in_the_manual(client: Client):
    text = parsed(client.get("/synpunkt/socialkontoret")).one("form").text

    assert "Synpunkt från anställd" in text
    assert "Synpunkt från allmänheten (brukare, anhörig etc.)" in text


@pytest.mark.row("S02")
def test_anonymity_is_explained_where_the_contact_data_begin(client: Client):
    text = parsed(client.get("/synpunkt/omsorgskontoret")).one("form").text

    heading = text.index("Kontaktuppgifter")
    explanation = text.index("Det går bra att vara anonym, men vi har då ingen möjlighet")
    assert heading < explanation < text.index("Den som lämnat synpunkten är:")


@pytest.mark.row("S04")
def test_help_texts_open_with_a_button_and_stars_are_explained(client: Client):
    page = parsed(client.get("/synpunkt/omsorgskontoret"))

    opener = next(p for p in page.all("summary") if "Synpunkten gäller" in p.text)
    assert "Hjälp om" in opener.text
    assert any("Verksamhetsområde" in part.text for part in page.all("details"))
    assert "Fält märkta med * är obligatoriska." in page.one("form").text


def test_the_intro_tells_protected_persons_what_to_do(client: Client):
    for slug in ("hjo", "omsorgskontoret", "socialkontoret"):
        text = parsed(client.get(f"/synpunkt/{slug}")).one("main").text
        assert "Har du skyddade personuppgifter? Lämna inga kontaktuppgifter här. Ring" in text


@pytest.mark.parametrize(
    ("slug", "inside", "outside"),
    [
        ("omsorgskontoret", "Boendestöd VFF", "Socialkontoret"),
        ("socialkontoret", "", "Boendestöd VFF"),
    ],
)
def test_a_form_offers_the_units_below_its_own(
    client: Client, slug: str, inside: str, outside: str
):
    names = [p.text.strip() for p in parsed(client.get(f"/synpunkt/{slug}")).all("option")]

    assert not inside or inside in names
    assert outside not in names


def test_an_unknown_form_is_not_found(client: Client):
    assert client.get("/synpunkt/finns-inte").status_code == 404
    assert client.post("/synpunkt/finns-inte").status_code == 404


def test_looking_at_a_form_fifty_times_changes_nothing(client: Client):
    before = everything()
    for _ in range(25):
        client.get("/synpunkt/omsorgskontoret")
        client.head("/synpunkt/omsorgskontoret")

    assert everything() == before


def test_an_empty_form_names_each_question_that_must_be_answered(client: Client):
    response = client.post("/synpunkt/omsorgskontoret", data=opened(client, "omsorgskontoret"))

    page = parsed(response)
    assert response.status_code == 422
    summary = page.one("div", id="error-summary")
    links = [p for p in page.all("a") if p.attributes["href"].startswith("#f_")]
    assert [p.text for p in links] == [
        "Synpunkten gäller: Välj ett alternativ.",
        "Beskriv synpunkten: Fyll i det här.",
        "Önskar svar: Välj ett alternativ.",
    ]
    assert all(p.text in summary.text for p in links)
    ids = {p.attributes.get("id") for p in page.parts}
    assert {p.attributes["href"][1:] for p in links} <= ids
    assert cases() == []


def test_everything_typed_comes_back_after_a_mistake(client: Client):
    typed = {
        "title": 'Rubrik med "tecken" & <b>annat</b>',
        "text": TEXT,
        "submitter_name": "Åsa Öberg",
        "submitter_phone": "070-123 45 67",
        "submitter_email": "inte en adress",
    }
    response = sent(client, "hjo", **typed)

    page = parsed(response)
    assert response.status_code == 422
    for key in ("title", "submitter_name", "submitter_phone", "submitter_email"):
        assert page.one("input", name=f"f_{key}").attributes["value"] == typed[key]
    assert page.one("textarea", name="f_text").text.replace("\r\n", "\n").strip() == TEXT
    chosen = str(choice_id("hjo", "contact_way", Meaning.CONTACT_NONE))
    radio = page.one("input", name="f_contact_way", value=chosen)
    assert "checked" in radio.attributes
    assert "E-post: Skriv e-postadressen med @" in page.one("div", id="error-summary").text


@pytest.mark.parametrize(
    ("way", "given", "missing"),
    [
        (Meaning.CONTACT_EMAIL, {}, ["E-post"]),
        (Meaning.CONTACT_LETTER, {}, ["Namn", "Adress", "Postnummer, ort"]),
        (Meaning.CONTACT_LETTER, {"submitter_name": "Anna"}, ["Adress", "Postnummer, ort"]),
        (Meaning.CONTACT_PHONE, {}, ["Telefon"]),
        (Meaning.CONTACT_EMAIL, {"submitter_email": "anna@example.se"}, []),
        (Meaning.CONTACT_NONE, {}, []),
        (Meaning.CONTACT_ALREADY_ANSWERED, {}, []),
    ],
)
def test_the_wanted_way_of_contact_takes_what_it_needs(
    client: Client, way: Meaning, given: dict[str, str], missing: list[str]
):
    slug = "omsorgskontoret"
    response = sent(client, slug, contact_way=choice_id(slug, "contact_way", way), **given)

    links = [p for p in parsed(response).all("a") if p.attributes["href"].startswith("#f_")]
    assert [p.text.split(": ")[0] for p in links] == missing
    assert all("eftersom du har valt Per" in p.text for p in links)
    assert response.status_code == (422 if missing else 303)


def test_twenty_thousand_characters_are_kept_exactly(client: Client):
    text = (
        "å\r\n" * 6_666 + "\u0061\u030a" + "😀"
    )  # 2 per line once broken with \n, NFC makes å one
    kept = "å\n" * 6_666 + "å😀"
    filling = "x" * (20_000 - len(kept))

    assert sent(client, "hjo", text=text + filling).status_code == 303

    assert cases()[0].text == kept + filling
    assert len(cases()[0].text) == 20_000


def test_one_character_more_is_refused_and_still_there(client: Client):
    text = "ö" * 20_001

    response = sent(client, "hjo", text=text)

    page = parsed(response)
    assert response.status_code == 422
    assert page.one("textarea", name="f_text").text.strip() == text
    assert "20001 tecken" in page.one("div", id="error-summary").text
    assert "Korta texten med 1 tecken" in page.one("div", id="error-summary").text


@pytest.mark.parametrize(("days", "status"), [(1, 422), (0, 303), (-1, 303), (-366 * 40, 422)])
def test_nothing_came_in_tomorrow_or_last_century(client: Client, days: int, status: int):
    day = (local_today() + timedelta(days=days)).isoformat()

    assert sent(client, "omsorgskontoret", received_on=day).status_code == status


@pytest.mark.parametrize("value", ["999999", "-1", "abc", "1e3", "1;drop", "²"])
@pytest.mark.parametrize("key", ["unit", "contact_way", "submitter_kind"])
def test_a_choice_that_is_not_offered_is_refused(client: Client, key: str, value: str):
    response = sent(client, "omsorgskontoret", **{key: value})

    required = key != "submitter_kind"
    expected = 422 if required or value == "999999" else 303
    assert response.status_code == expected


def test_a_unit_outside_the_form_is_refused(client: Client):
    from tests.web.public_site import unit_id

    response = sent(client, "socialkontoret", unit=unit_id("Boendestöd VFF"))

    assert response.status_code == 422
    assert "finns inte längre" in response.get_data(as_text=True)


@pytest.mark.parametrize(
    "text",
    ["\x00början", "a\x1ab", "\ud83d\ude00".encode("utf-16", "surrogatepass").decode("utf-16"),
     "\u202eomvänt", "x" * 19_000, "{{ 7*7 }}", "<script>alert(1)</script>", "%s %(name)s"],
)  # fmt: skip
def test_odd_texts_are_taken_in(client: Client, text: str):
    assert sent(client, "hjo", text=text).status_code == 303
    assert cases()[0].text == text.replace("\x00", "")


def test_a_form_without_a_valid_token_gives_the_text_back(client: Client):
    data: dict[str, Any] = {**answers("hjo"), **opened(client)}
    response = client.post("/synpunkt/hjo", data=data, csrf=False)

    page = parsed(response)
    assert response.status_code == 422
    assert page.one("textarea", name="f_text").text.strip() == TEXT
    assert "Skicka en gång till" in page.one("div", role="alert").text
    assert cases() == []


@pytest.mark.parametrize(("megabytes", "status"), [(1, 422), (10, 413)])
def test_a_name_of_megabytes_is_refused_without_a_crash(
    client: Client, megabytes: int, status: int
):
    fields = {**answers("hjo"), **opened(client), "f_submitter_name": "x" * megabytes * 1_000_000}
    body = "".join(
        f'--edge\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
        for name, value in fields.items()
    )
    response = client.post(
        "/synpunkt/hjo",
        data=f"{body}--edge--\r\n".encode(),
        content_type="multipart/form-data; boundary=edge",
    )

    assert response.status_code == status
