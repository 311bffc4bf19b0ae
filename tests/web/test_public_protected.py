"""Jag har skyddade personuppgifter: the box of the public form hides who has written (H08)."""

from __future__ import annotations

import pytest

from domain.meanings import Meaning
from extensions import db
from models import PublicFormField
from queries.secrecy import standing_mark
from tests.support.client import Client
from tests.web.public_site import answers, cases, choice_id, opened, parsed, post, sent

pytestmark = [pytest.mark.usefixtures("app", "town"), pytest.mark.row("H08")]

LABEL = "Jag har skyddade personuppgifter"
PERSON = {"submitter_name": "KANARIE Åsa", "submitter_email": "kanarie@example.se"}
BY_LETTER = Meaning.CONTACT_LETTER


def protected(client: Client, slug: str = "hjo", **more):
    data = {**answers(slug, **more), **opened(client, slug), "is_protected": "y"}
    return post(client, f"/synpunkt/{slug}", data)


@pytest.mark.parametrize("slug", ["hjo", "omsorgskontoret", "socialkontoret"])
def test_the_box_stands_before_the_contact_data_of_every_form_and_says_what_to_do(client, slug):
    page = parsed(client.get(f"/synpunkt/{slug}"))
    box = page.one("input", type="checkbox", name="is_protected")
    names = [p.attributes.get("name") for p in page.all("input")]
    assert names.index("is_protected") < names.index("f_submitter_name")
    assert "checked" not in box.attributes
    assert LABEL in page.one("label", for_="is_protected").text
    assert "Skriv då helst inga kontaktuppgifter." in page.one("main").text


def test_a_form_that_asks_for_no_contact_data_has_no_box(client):
    for asked in db.session.query(PublicFormField).filter(PublicFormField.key.like("submitter_%")):
        db.session.delete(asked)
    db.session.commit()
    assert LABEL not in client.get("/synpunkt/hjo").text


def test_the_ticked_box_hides_the_contact_data_from_the_first_moment(client):
    response = protected(client, **PERSON)

    assert response.status_code == 303
    (case,) = cases()
    assert standing_mark(case.id, "submitter") is not None
    client.login("registrator.hjo")
    page = client.get(f"/admin/case/edit/?id={case.id}").text
    history = client.get(f"/admin/case/history/{case.id}").text
    assert "SKYDDADE PERSONUPPGIFTER" in page
    assert "kanarie" not in (page + history).lower()


def test_without_the_box_nothing_is_hidden(client):
    sent(client, **PERSON)
    (case,) = cases()
    assert standing_mark(case.id, "submitter") is None
    client.login("registrator.hjo")
    assert "KANARIE Åsa" in client.get(f"/admin/case/edit/?id={case.id}").text


def test_nobody_protected_must_say_where_they_live(client):
    by_letter = choice_id("hjo", "contact_way", BY_LETTER)
    assert sent(client, contact_way=by_letter).status_code == 422
    assert protected(client, contact_way=by_letter).status_code == 303


def test_a_required_name_is_not_required_of_protected_people(client):
    field = db.session.query(PublicFormField).filter_by(key="submitter_name").first()
    form_slug = field.public_form.slug
    field.is_required = True
    db.session.commit()
    assert sent(client, form_slug).status_code == 422
    assert protected(client, form_slug).status_code == 303


def test_the_tick_survives_a_form_that_comes_back(client):
    back = protected(client, text=" ")
    assert back.status_code == 422
    box = parsed(back).one("input", type="checkbox", name="is_protected")
    assert "checked" in box.attributes
