"""Every address of the staff pages, as the address table has it: who is let in, who is not."""

from __future__ import annotations

import pytest

from extensions import db
from models import AuditEntry, Base
from tests.support.town import PASSWORD

pytestmark = pytest.mark.usefixtures("town")

CONFIGURATION = (
    "case-types", "tabs", "fields", "choice-lists", "event-templates", "public-forms",
    "units", "users", "roles", "municipality", "closed-days", "audit",
)  # fmt: skip
CASE_PEOPLE = (
    "registrator.hjo", "handlaggare.hjo", "chef.hjo", "chef.omsorg", "bitradande.omsorg",
    "lasare.omsorg", "strateg.omsorg", "chef.social",
)  # fmt: skip

ODD_IDS = ("abc", "", "0", "-1", "1,2", "²", "9" * 25, "1 OR 1=1", "\0", "1.0")
ODD_QUERIES = (
    "page=1000000000000000000000", "page=-1", "page=abc", "sort=99", "sort=-1&desc=x",
    "sort=0&desc=1", "search=%00abc%25_%5C", f"search={'x' * 5000}", "flt0_0=",
    "flt0_0=99999999999999999999", "flt0_0=%00", "flt9_9=1", "flt=1", "flt0_0=abc",
    "_external=1&_scheme=x&_method=POST&_anchor=a", "endpoint=x&self=y", "url=//evil.test",
)  # fmt: skip


def addresses(app, method):
    """Every address below /admin that takes `method`, with made-up parts filled in."""
    for rule in app.url_map.iter_rules():
        if rule.rule.startswith("/admin") and method in rule.methods:
            parts = {name: "1" for name in rule.arguments}
            yield app.url_map.bind("localhost").build(rule.endpoint, parts, method=method)


def snapshot():
    """How many rows each table has, and nothing of the log."""
    db.session.rollback()
    tables = [t for t in Base.metadata.sorted_tables if t is not AuditEntry.__table__]
    return {t.name: db.session.scalar(db.select(db.func.count()).select_from(t)) for t in tables}


def test_a_stranger_reads_nothing_and_is_asked_to_sign_in(app, client):
    found = list(addresses(app, "GET"))
    assert len(found) > 40
    for address in found:
        answer = client.get(address)
        assert (answer.status_code, answer.location.split("?")[0]) == (302, "/login"), address


def test_a_stranger_does_not_even_learn_which_pages_there_are(client):
    for address in ("/admin", "/admin/nothing-here/", "/admin/case/nope"):
        answer = client.get(address, follow_redirects=False)
        while answer.status_code == 308:
            answer = client.get(answer.location)
        assert (answer.status_code, answer.location.split("?")[0]) == (302, "/login"), address
    assert client.get("/administration").status_code == 404


def test_a_stranger_changes_nothing(app, client):
    before = snapshot()
    for address in addresses(app, "POST"):
        assert client.post(address, data={"id": "1"}).status_code == 401, address
    assert snapshot() == before


def test_no_address_takes_a_post_without_a_token(app, client):
    client.login("admin")
    before = snapshot()
    for address in addresses(app, "POST"):
        answer = client.post(address, data={"id": "1", "rowid": "1"}, csrf=False)
        assert answer.status_code == 400, address
    assert snapshot() == before


def test_a_token_of_another_person_is_worth_nothing(app, client):
    other = app.test_client().login("chef.hjo")
    with other.session_transaction() as session:
        session["csrf_token"] = "1" * 40
    stolen = other.csrf_token()
    client.login("admin")
    headers = {"X-CSRFToken": stolen}
    for address in addresses(app, "POST"):
        answer = client.post(address, data={"id": "1"}, csrf=False, headers=headers)
        assert answer.status_code == 400, address


@pytest.mark.parametrize("username", CASE_PEOPLE)
def test_configuration_is_closed_to_those_who_work_with_cases(app, client, username):
    client.login(username)
    before = snapshot()
    for method in ("GET", "POST"):
        for address in addresses(app, method):
            if address.split("/")[2] in CONFIGURATION:
                answer = client.open(address, method=method, data={"id": "1"})
                assert answer.status_code == 403, (method, address)
    assert snapshot() == before


@pytest.mark.parametrize("page", CONFIGURATION)
def test_the_administrator_opens_every_page_of_configuration(client, page):
    answer = client.login("admin").get(f"/admin/{page}/", follow_redirects=True)
    assert answer.status_code == 200
    assert "<h1" in answer.text


@pytest.mark.parametrize("page", CONFIGURATION)
def test_an_odd_number_is_a_missing_row(client, page):
    client.login("admin")
    for odd in ODD_IDS:
        answer = client.get(f"/admin/{page}/edit/", query_string={"id": odd})
        assert answer.status_code == 404, odd
        assert client.post(f"/admin/{page}/delete/", data={"id": odd}).status_code == 404, odd


@pytest.mark.parametrize("page", [p for p in CONFIGURATION if p != "municipality"])
def test_odd_questions_to_a_list_never_break_it(client, page):
    client.login("admin")
    for query in ODD_QUERIES:
        answer = client.get(f"/admin/{page}/?{query}")
        assert answer.status_code == 200, query
        assert "evil.test" not in answer.text


def test_a_page_after_the_last_shows_the_last(client):
    client.login("admin")
    last = client.get("/admin/fields/?page=500").text
    assert last.count("/admin/fields/edit/?id=") > 0
    assert 'aria-current="page">2<' in last.replace("\n", "")


def test_flask_admins_own_doors_do_not_exist(app):
    own = ("export", "ajax_lookup", "ajax_update", "static")
    endpoints = [r.endpoint for r in app.url_map.iter_rules() if r.rule.startswith("/admin")]
    assert not [e for e in endpoints if e.rpartition(".")[2] in own]


def test_a_foreign_return_address_is_not_followed(client):
    client.login("admin")
    data = {"day": "2026-12-23", "name": "Klämdag", "url": "https://evil.test/"}
    answer = client.post("/admin/closed-days/new/?url=//evil.test", data=data)
    assert answer.location == "/admin/closed-days/"


def test_passwords_are_nowhere_on_the_pages(client):
    hashes = list(
        db.session.scalars(db.select(db.text("password_hash")).select_from(db.text("users")))
    )
    client.login("admin")
    pages = [client.get("/admin/users/").text, client.get("/admin/audit/").text]
    pages.append(client.get("/admin/users/edit/?id=1").text)
    for page in pages:
        assert not any(value in page for value in hashes)
        assert PASSWORD not in page
