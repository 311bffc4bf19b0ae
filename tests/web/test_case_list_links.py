"""The case list's filter in its links: nothing that one has asked for is lost on the way."""

from __future__ import annotations

import re
from dataclasses import fields
from datetime import date
from html import unescape

import pytest
from flask import Flask
from sqlalchemy import update
from werkzeug.datastructures import MultiDict

from admin_views.cases.list_filter import NAMES, filter_args, read_filter
from domain.permissions import Role
from extensions import db
from models import AccessEntry, RoleAssignment
from queries.case_filter import NOBODY, CaseFilter
from tests.support.cases import HJO, layout, new_case, person, unit_id
from tests.support.client import Client
from tests.support.queries import counting

pytestmark = pytest.mark.usefixtures("town")
LIST = f"/admin/case/?type={HJO}"


def first_choice(field: str) -> int:
    return layout(HJO).fields[field].choices[0].id


def everything() -> CaseFilter:
    """A filter in which every part asks for something."""
    return CaseFilter(
        text="väg 100% & mer",
        status=(first_choice("status"),),
        workflow=(first_choice("workflow"),),
        channel=(first_choice("channel"),),
        publication=(first_choice("publication"),),
        types=(first_choice("types"),),
        categories=(first_choice("categories"),),
        unit=unit_id("Fritid"),
        responsible=NOBODY,
        received_from=date(2026, 1, 2),
        received_to=date(2026, 3, 4),
        registered_from=date(2026, 1, 3),
        registered_to=date(2026, 3, 5),
        closed_from=date(2026, 1, 4),
        closed_to=date(2026, 3, 6),
        deadline="3",
        secret=False,
    )


def test_a_filter_comes_back_whole_from_its_address(app: Flask) -> None:
    asked = everything()
    assert all(getattr(asked, f.name) != f.default for f in fields(asked))
    with app.test_request_context():
        written = filter_args(asked)
        assert set(written) == set(NAMES.values())
        read = read_filter(MultiDict(written), layout(HJO), secrecy=True)
    assert read.filter == asked
    assert read.notices == ()
    assert filter_args(CaseFilter()) == {}


@pytest.mark.parametrize("name, field", [("kanal", "channel"), ("publicering", "publication")])
def test_channel_and_publication_narrow_the_list(client: Client, name: str, field: str) -> None:
    one, other = layout(HJO).fields[field].choices[:2]
    chosen = new_case(title="Den ena")
    rest = new_case(title="Den andra")
    setattr(chosen, f"{field}_id", one.id)
    setattr(rest, f"{field}_id", other.id)
    db.session.commit()
    client.login("registrator.hjo")
    page = client.get(f"{LIST}&{name}={one.id}").text
    assert "[1 ärenden]" in page
    assert "Den ena" in page
    assert "Den andra" not in page


def links(page: str, css: str) -> list[str]:
    return [unescape(found) for found in re.findall(rf'class="{css}" href="([^"]*)"', page)]


def test_every_switch_above_the_list_keeps_the_filter(client: Client) -> None:
    new_case(text="Gräset växer på cykelvägen.")
    client.login("registrator.hjo")
    page = client.get(f"{LIST}&sok=cykel&enhet=ingen&visa=all&mina=1&sort=title&ordning=desc").text
    switches = links(page, "segment")
    assert len(switches) == 7  # three for which, two for whose, two for marked ones
    assert all("sok=cykel" in link and "enhet=ingen" in link for link in switches)
    hidden = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', page))
    wanted = {"type": HJO, "visa": "all", "mina": "1", "sort": "title", "ordning": "desc"}
    assert wanted.items() <= hidden.items()


def test_the_next_page_keeps_the_filter_and_no_page_costs_more(client: Client) -> None:
    client.login("registrator.hjo")
    new_case(title="Löv", text="Hela gatan är full av löv.")
    address = f"{LIST}&sok=löv&enhet=ingen"
    client.get(address)
    with counting() as one_row:
        client.get(address)
    for _ in range(55):
        new_case(title="Löv", text="Hela gatan är full av löv.")
    with counting() as many_rows:
        page = client.get(address).text
    assert many_rows.count == one_row.count, many_rows.statements
    assert "[56 ärenden]" in page
    following = next(unescape(a) for a in re.findall(r'href="([^"]*sida=2[^"]*)"', page))
    assert "enhet=ingen" in following
    second = client.get(following).text
    assert second.count('class="cell-title"') == 6
    assert "Sida 2 av 2 [56 ärenden]" in second


@pytest.fixture
def canaries(town: object) -> dict[str, int]:
    """A secret case and one with a protected submitter, both in Fritid."""
    secret = new_case(title="Kanariehemlig", text="kanarieord", unit=unit_id("Fritid"))
    protected = new_case(title="Synlig", submitter_name="Kanarienamn", unit=unit_id("Fritid"))
    secret.is_secret = True
    protected.submitter.is_protected = True
    db.session.commit()
    return {"secret": secret.id, "protected": protected.id}


def assert_nothing(client: Client, question: str) -> None:
    page = client.get(f"{LIST}&visa=all&{question}").text
    assert "[0 ärenden]" in page, question
    assert "Kanariehemlig" not in page, question
    assert "case-link" not in page, question


def test_no_search_and_no_filter_shows_or_counts_what_may_not_be_seen(
    client: Client, canaries: dict[str, int]
) -> None:
    client.login("registrator.hjo")
    for words in ("kanarieord", "kanariehemlig", "kanarienamn", str(canaries["secret"])):
        assert_nothing(client, f"sok={words}")
    page = client.get(f"{LIST}&visa=all&enhet={unit_id('Fritid')}").text
    assert "[1 ärenden]" in page
    assert_nothing(client, "sekretess=ja")


def test_a_reader_is_not_told_by_the_submitters_name(client: Client) -> None:
    case = new_case(title="Synlig", submitter_name="Kanarienamn", unit=unit_id("Fritid"))
    client.login("handlaggare.hjo")
    assert "[1 ärenden]" in client.get(f"{LIST}&sok=kanarienamn").text
    db.session.execute(
        update(RoleAssignment)
        .where(RoleAssignment.user_id == person("handlaggare.hjo").id)
        .values(role=Role.READER, sees_secret=False)
    )
    db.session.commit()
    assert_nothing(client, "sok=kanarienamn")
    refused = client.get(f"{LIST}&sok=synlig").text
    assert "[0 ärenden]" in refused
    assert "kan söka på ärendets nummer, men inte på ord" in refused
    assert "[1 ärenden]" in client.get(f"{LIST}&sok={case.id}").text


def test_the_words_of_a_search_are_recorded(client: Client) -> None:
    client.login("handlaggare.hjo")
    client.get(LIST)
    client.get(f"{LIST}&sok=löv+grannen")
    rows = db.session.query(AccessEntry).filter_by(what="search")
    assert [(row.case_id, row.detail) for row in rows] == [(None, "löv grannen")]


def test_mine_and_a_filter_are_both_held(client: Client) -> None:
    client.login("handlaggare.hjo")
    own = {"unit": unit_id("Fritid"), "responsible": person("handlaggare.hjo").id}
    new_case(title="Min om löv", text="Hela gatan är full av löv.", **own)
    new_case(title="Min om mat", text="Maten blev kall.", **own)
    new_case(
        title="Annans om löv",
        text="Mer löv.",
        unit=unit_id("Fritid"),
        responsible=person("chef.hjo").id,
    )
    assert "[2 ärenden]" in client.get(f"{LIST}&sok=löv").text
    page = client.get(f"{LIST}&mina=1&sok=löv").text
    assert "[1 ärenden]" in page
    assert "Min om löv" in page
