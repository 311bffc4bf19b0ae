"""The case list's filters through HTTP: each narrows the list, and no address breaks it."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta
from html import unescape

import pytest

from domain.clock import local_today
from domain.permissions import Role
from extensions import db
from models import Case, RoleAssignment
from tests.support.cases import HJO, choice, layout, new_case, person, unit_id
from tests.support.client import Client
from tests.support.queries import counting

pytestmark = pytest.mark.usefixtures("town")
LIST = f"/admin/case/?type={HJO}"


@pytest.fixture
def cases(town: object) -> dict[str, int]:
    """One case that is different in everything, and a plain one."""
    special = new_case(
        title="Särskild",
        text="Gräset växer på cykelvägen.",
        received_on=date(2026, 3, 2),
        types=[choice(HJO, "types", "Klagomål")],
        categories=[choice(HJO, "categories", "Fysisk miljö")],
        workflow=choice(HJO, "workflow", "Synpunkten"),
        unit=unit_id("Fritid"),
        responsible=person("handlaggare.hjo").id,
    )
    plain = new_case(title="Vanlig", text="Maten är god.")
    special.received_on = date(2026, 3, 2)
    special.answer_by = local_today() + timedelta(days=2)
    plain.answer_by = local_today() + timedelta(days=60)
    plain.received_on = date(2026, 6, 2)
    for name in ("types", "categories"):
        plain.choices = [c for c in plain.choices if c.field_key != name]
    plain.workflow_id = plain.responsible_id = plain.unit_id = None
    db.session.commit()
    return {"Särskild": special.id, "Vanlig": plain.id}


def shown(client: Client, address: str) -> list[str]:
    """The titles on the page; its number is held to be theirs."""
    answer = client.get(address)
    assert answer.status_code == 200
    titles = re.findall(r'class="cell-title">([^<]*)<', answer.text)
    assert f"[{len(titles)} ärenden]" in answer.text
    return sorted(unescape(title).strip() for title in titles)


def parts() -> dict[str, str]:
    return {
        "sok": "väg",
        "enhet": str(unit_id("Kommunförvaltningen")),
        "ansvarig": str(person("handlaggare.hjo").id),
        "slag": str(choice(HJO, "types", "Klagomål")),
        "kategori": str(choice(HJO, "categories", "Fysisk miljö")),
        "process": str(choice(HJO, "workflow", "Synpunkten")),
        "till": "2026-03-02",
        "svara": "3-dagar",
    }


@pytest.mark.parametrize(
    "name", ["sok", "enhet", "ansvarig", "slag", "kategori", "process", "till", "svara"]
)
def test_each_filter_narrows_and_has_a_chip(
    client: Client, cases: dict[str, int], name: str
) -> None:
    client.login("registrator.hjo")
    assert shown(client, LIST) == ["Särskild", "Vanlig"]
    address = f"{LIST}&{name}={parts()[name]}"
    assert shown(client, address) == ["Särskild"]
    page = client.get(address).text
    assert page.count('class="chip"') == 1
    rest = unescape(re.findall(r'class="chip" href="([^"]*)"', page)[0])
    assert shown(client, rest) == ["Särskild", "Vanlig"]


def test_the_others_are_found_by_what_they_lack_or_by_later_dates(
    client: Client, cases: dict[str, int]
) -> None:
    client.login("registrator.hjo")
    for part in ("enhet=ingen", "ansvarig=ingen", "fran=2026-03-03"):
        assert shown(client, f"{LIST}&{part}") == ["Vanlig"], part


def test_each_day_of_a_case_narrows_from_and_to(client: Client, cases: dict[str, int]) -> None:
    client.login("registrator.hjo")
    for case_id, day in zip(cases.values(), (date(2026, 3, 2), date(2026, 6, 2)), strict=True):
        case = db.session.get_one(Case, case_id)
        case.registered_at = datetime.combine(day, time(12), UTC)
        case.closed_at, case.closed_by_id = case.registered_at, person("handlaggare.hjo").id
    db.session.commit()
    for name in ("", "registrerad-", "avslutad-"):
        both = f"{LIST}&visa=all&{name}fran=2026-03-02&{name}till=2026-06-02"
        assert shown(client, both) == ["Särskild", "Vanlig"], name
        assert shown(client, f"{LIST}&visa=all&{name}fran=2026-03-03") == ["Vanlig"], name
        assert shown(client, f"{LIST}&visa=all&{name}till=2026-06-01") == ["Särskild"], name
        turned = client.get(f"{LIST}&visa=all&{name}fran=2026-06-02&{name}till=2026-03-02").text
        assert "är senare än till och med. Byt plats på datumen." in turned, name


def test_closed_days_among_open_cases_are_told(client: Client, cases: dict[str, int]) -> None:
    client.login("registrator.hjo")
    sentence = "Listan visar bara ärenden som inte är avslutade."
    assert sentence in client.get(f"{LIST}&avslutad-fran=2026-01-01").text
    assert sentence not in client.get(f"{LIST}&visa=closed&avslutad-fran=2026-01-01").text
    assert sentence not in client.get(LIST).text


def test_several_statuses_are_one_or_the_other(client: Client, cases: dict[str, int]) -> None:
    client.login("registrator.hjo")
    first, second = _two_statuses()
    db.session.get_one(Case, cases["Särskild"]).status_id = first
    db.session.get_one(Case, cases["Vanlig"]).status_id = second
    assert shown(client, f"{LIST}&status={first}") == ["Särskild"]
    assert shown(client, f"{LIST}&status={first}&status={second}") == ["Särskild", "Vanlig"]


def _two_statuses() -> tuple[int, int]:
    items = layout(HJO).fields["status"].choices
    return items[0].id, items[1].id


def test_overdue_are_those_past_their_last_day(client: Client, cases: dict[str, int]) -> None:
    client.login("registrator.hjo")
    assert shown(client, f"{LIST}&svara=forsenade") == []
    db.session.get_one(Case, cases["Vanlig"]).answer_by = local_today() - timedelta(days=1)
    assert shown(client, f"{LIST}&svara=forsenade") == ["Vanlig"]
    assert shown(client, f"{LIST}&svara=7-dagar") == ["Särskild"]


def test_secrecy_is_a_filter_for_those_with_the_right(
    client: Client, cases: dict[str, int]
) -> None:
    db.session.get_one(Case, cases["Särskild"]).is_secret = True
    client.login("chef.hjo")
    assert shown(client, f"{LIST}&sekretess=ja") == ["Särskild"]
    db.session.query(RoleAssignment).filter_by(user_id=person("chef.hjo").id).update(
        {"role": Role.READER, "sees_secret": False}
    )
    assert shown(client, f"{LIST}&sekretess=ja") == []
    assert "Sekretess" not in client.get(LIST).text


def test_filters_work_together_and_stay_with_every_link(
    client: Client, cases: dict[str, int]
) -> None:
    client.login("registrator.hjo")
    address = LIST + "".join(f"&{name}={value}" for name, value in parts().items())
    assert shown(client, address) == ["Särskild"]
    page = client.get(address).text
    links = [unescape(link) for link in re.findall(r'class="sort-link" href="([^"]*)"', page)]
    assert links
    assert all("sok=v%C3%A4g" in link and "svara=3-dagar" in link for link in links)
    assert shown(client, links[1]) == ["Särskild"]
    assert shown(client, f"{address}&process={parts()['process']}&enhet=ingen") == ["Särskild"]


@pytest.mark.parametrize("name", ["status", "enhet", "ansvarig", "slag", "kategori", "process",
                                  "kanal", "publicering", "fran", "till", "svara",
                                  "registrerad-fran", "avslutad-till"])  # fmt: skip
@pytest.mark.parametrize(
    "value", ["x", "0", "-1", "9" * 30, "%00", "2026-13-45", "1%27", "%F0%9F%98%80"]
)
def test_bad_values_are_left_out_with_a_sentence(
    client: Client, cases: dict[str, int], name: str, value: str
) -> None:
    client.login("registrator.hjo")
    answer = client.get(f"{LIST}&{name}={value}")
    assert answer.status_code == 200
    assert "kunde inte läsas och används inte." in answer.text
    assert "[2 ärenden]" in answer.text


@pytest.mark.parametrize("text", ["%00", "%22", "*", "%F0%9F%98%80", "x" * 3000, "%FF", "a+" * 900])
def test_odd_searches_break_nothing(client: Client, cases: dict[str, int], text: str) -> None:
    client.login("registrator.hjo")
    assert client.get(f"{LIST}&sok={text}").status_code == 200


def test_a_full_filter_costs_no_more_questions_to_the_database(
    client: Client, cases: dict[str, int]
) -> None:
    client.login("registrator.hjo")
    client.get(LIST)
    address = LIST + "".join(f"&{name}={value}" for name, value in parts().items())
    with counting() as plain:
        client.get(LIST)
    with counting() as narrowed:
        client.get(address)
    written = 5  # the line of the access log, with its head
    assert narrowed.count - written <= plain.count <= 20, (
        plain.statements
    )  # two are favourites and flags, two the saved views and the chosen columns
