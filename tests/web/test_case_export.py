"""Hämta listan: the file holds the list and what its reader may know, once, and the log tells."""

from __future__ import annotations

import csv
import io
import re
from datetime import timedelta
from html import unescape
from io import BytesIO

import pytest
from openpyxl import load_workbook
from sqlalchemy import insert, select

from cli.export_work import make_next_export
from domain.clock import local_today
from domain.permissions import Role
from extensions import db
from models import AccessEntry, AuditEntry, Case, ExportJob, RoleAssignment, Submitter, utcnow
from queries.case_export import HELPING
from services.exports.asked import unpacked
from services.exports.cases import write_cases
from services.exports.jobs import AT_ONCE, KEPT, LIMIT, purge_exports
from tests.support.cases import HJO, SODERTALJE, actor, choice, layout, new_case, person, unit_id
from tests.support.client import Client

pytestmark = pytest.mark.usefixtures("town")
EXPORT = f"/admin/case/export/?type={HJO}"


def taken(client: Client, address: str = EXPORT, kind: str = "csv") -> list[list[str]]:
    """The rows of the file, its heads first."""
    answer = client.post(address, data={"kind": kind})
    assert answer.status_code == 200, answer.text
    assert answer.headers["Cache-Control"] == "no-store"
    return rows_of(answer.data)


def rows_of(raw: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(raw.decode("utf-8-sig"), newline=""), delimiter=";"))


def as_dicts(rows: list[list[str]]) -> list[dict[str, str]]:
    return [dict(zip(rows[0], row, strict=True)) for row in rows[1:]]


def many(count: int) -> None:
    """So many plain cases, quickly."""
    first = db.session.scalar(select(db.func.max(Case.id))) or 0
    pattern = new_case(unit=unit_id("Fritid"))
    kept = {column.key: getattr(pattern, column.key) for column in Case.__table__.columns}
    numbers = range(first + 2, first + 1 + count)
    db.session.execute(insert(Case), [{**kept, "id": n, "title": f"Nr {n}"} for n in numbers])
    db.session.execute(insert(Submitter), [{"case_id": n, "name": f"Namn {n}"} for n in numbers])
    db.session.commit()


def test_the_file_has_the_cases_of_the_list_with_their_words(client: Client):
    case = new_case(
        title='Åäö; "citat"',
        text="Rad ett\nrad två",
        unit=unit_id("Fritid"),
        types=[choice(HJO, "types", "Klagomål"), choice(HJO, "types", "Förslag")],
    )
    other = new_case(title="+46 i rubriken", unit=unit_id("Bibliotek"))
    client.login("registrator.hjo")
    (first, second) = as_dicts(taken(client))
    assert (first["Ärende-ID"], second["Ärende-ID"]) == (str(other.id), str(case.id))
    assert first["Rubrik"] == "'+46 i rubriken"
    assert second["Rubrik"] == 'Åäö; "citat"'
    assert second["Inkom"] == local_today().isoformat()
    assert second["Synpunktstyp"] == "Förslag, Klagomål"
    assert second["Namn"] == "Berit Ek"
    narrowed = taken(client, f"{EXPORT}&enhet={unit_id('Bibliotek')}")
    assert [row["Ärende-ID"] for row in as_dicts(narrowed)] == [str(other.id)]


@pytest.mark.row("S27")
def test_a_reader_takes_no_texts_and_no_contact_data(client: Client):
    new_case(SODERTALJE, title="Maten", text="Kanin kan arinpalv.", unit=unit_id("Hemtjänst"))
    client.login("lasare.omsorg")
    page = client.get(f"/admin/case/export/?type={SODERTALJE}")
    assert "eftersom du bara läser" in page.text
    answer = client.post(f"/admin/case/export/?type={SODERTALJE}", data={"kind": "csv"})
    assert "Maten" in answer.text
    for canary in ("Kanin", "Berit", "berit.ek", "Storgatan", "544 30", "Namn", "E-post"):
        assert canary not in answer.text


def test_mixed_roles_get_contact_data_only_where_they_reach(client: Client):
    """One who answers for one unit and reads another."""
    near = new_case(title="Nära", unit=unit_id("Fritid"), submitter_name="Nära Namn")
    far = new_case(title="Långt bort", unit=unit_id("Bibliotek"), submitter_name="Fjärran Namn")
    user = person("handlaggare.hjo")
    db.session.execute(db.delete(RoleAssignment).where(RoleAssignment.user_id == user.id))
    for role, unit in ((Role.RESPONSIBLE, "Fritid"), (Role.READER, "Bibliotek")):
        db.session.add(RoleAssignment(user_id=user.id, role=role, unit_id=unit_id(unit)))
    db.session.commit()
    client.login("handlaggare.hjo")
    rows = {row["Ärende-ID"]: row for row in as_dicts(taken(client))}
    assert set(rows) == {str(near.id), str(far.id)}
    assert rows[str(near.id)]["Namn"] == "Nära Namn"
    assert rows[str(far.id)]["Namn"] == rows[str(far.id)]["E-post"] == ""
    assert not any("Det är svårt" in cell for cell in rows[str(far.id)].values())


def test_secret_cases_and_protected_submitters_stay_out(client: Client):
    secret = new_case(title="Hemlig", unit=unit_id("Fritid"))
    secret.is_secret = True
    guarded = new_case(title="Skyddad", unit=unit_id("Fritid"))
    guarded.submitter.is_protected = True
    db.session.commit()
    client.login("registrator.hjo")
    (row,) = as_dicts(taken(client))
    assert (row["Rubrik"], row["Namn"]) == ("Skyddad", "")


def test_the_logs_tell_who_took_what_and_how_much(client: Client):
    new_case(title="Gungan", unit=unit_id("Fritid"))
    client.login("registrator.hjo")
    taken(client, f"{EXPORT}&sok=gungan")
    db.session.commit()
    line = db.session.scalars(select(AuditEntry).filter_by(action="cases.exported")).one()
    assert line.new == {"as": "csv", "rows": 1, "filter": "Ej avslutade, Sök: gungan"}
    read = db.session.scalars(select(AccessEntry).filter_by(what="export")).one()
    assert (read.actor_name, read.detail) == (person("registrator.hjo").name, "1 ärende")


def test_six_files_an_hour(client: Client):
    new_case(unit=unit_id("Fritid"))
    client.login("registrator.hjo")
    for _try in range(LIMIT):
        taken(client)
    refused = client.post(EXPORT, data={"kind": "csv"})
    assert refused.status_code == 422
    assert "Du har hämtat listor 6 gånger den senaste timmen" in refused.text
    client.login("chef.hjo")
    taken(client)


@pytest.mark.parametrize(
    ("address", "kind", "status"),
    [
        (EXPORT, "exe", 422), (EXPORT, "", 422), (f"{EXPORT}&sok=finns-inte", "csv", 422),
        ("/admin/case/export/", "csv", 404), ("/admin/case/export/?type=x", "csv", 404),
        (f"/admin/case/export/?type={SODERTALJE}", "csv", 404),
        (f"{EXPORT}&sida=99999&sort=%00&slag=x&fran=2026-99-99", "csv", 200),
    ],
)  # fmt: skip
def test_odd_requests_are_answered(client: Client, address: str, kind: str, status: int):
    new_case(unit=unit_id("Fritid"))
    client.login("registrator.hjo")
    assert client.post(address, data={"kind": kind}).status_code == status


def test_who_has_no_cases_has_no_file(client: Client):
    assert client.login("admin").get(EXPORT).status_code == 403


@pytest.fixture
def waiting(client: Client) -> str:
    """The address of a file that the worker is to make: too many rows for a request."""
    many(AT_ONCE + 1)
    client.login("registrator.hjo")
    answer = client.post(EXPORT, data={"kind": "xlsx"})
    assert answer.status_code == 303
    return str(answer.location)


def test_a_long_list_is_made_by_the_worker_and_fetched_once(client: Client, waiting: str):
    page = client.get(waiting)
    assert page.headers["Refresh"] == "2"
    assert f"Filen skapas: 0 av {AT_ONCE + 1} ärenden." in page.text
    assert client.post(f"{waiting}/file").status_code == 303
    make_next_export()
    page = client.get(waiting)
    assert "Refresh" not in page.headers
    assert f"Filen är klar: {AT_ONCE + 1} ärenden." in page.text
    file = client.post(f"{waiting}/file")
    assert file.status_code == 200
    book = load_workbook(BytesIO(file.data), read_only=True)
    rows = list(book.worksheets[0].iter_rows(values_only=True))
    numbers = [row[0] for row in rows[1:]]
    assert len(numbers) == len(set(numbers)) == AT_ONCE + 1
    assert numbers == sorted(numbers, reverse=True)
    again = client.post(f"{waiting}/file", follow_redirects=True).text
    assert "Filen är redan hämtad." in again
    assert "Filen är hämtad." in again


def test_nobody_else_gets_the_file(client: Client, waiting: str):
    make_next_export()
    client.login("chef.hjo")
    assert client.get(waiting).status_code == 404
    assert client.post(f"{waiting}/file").status_code == 404
    assert client.get("/admin/case/export/" + "x" * 43).status_code == 404
    client.login("registrator.hjo")
    assert client.post(f"{waiting}/file").status_code == 200


def test_a_file_made_by_other_rights_is_not_given(client: Client, waiting: str):
    make_next_export()
    row = person("registrator.hjo").assignments[0]
    row.sees_secret = not row.sees_secret
    db.session.commit()
    refused = client.post(f"{waiting}/file", follow_redirects=True)
    assert "Din behörighet har ändrats sedan filen gjordes." in refused.text


def test_who_lost_the_right_meanwhile_gets_no_file(client: Client, waiting: str):
    person("registrator.hjo").is_active = False
    db.session.commit()
    make_next_export()
    assert db.session.scalars(select(ExportJob)).one().state == "failed"


def test_a_file_is_forgotten_after_a_day(client: Client, waiting: str):
    make_next_export()
    purge_exports(utcnow() + KEPT - timedelta(minutes=1))
    assert client.get(waiting).status_code == 200
    purge_exports(utcnow() + KEPT + timedelta(minutes=1))
    db.session.commit()
    assert client.get(waiting).status_code == 404


def test_the_file_is_read_in_small_helpings(client: Client, waiting: str):
    assert AT_ONCE > HELPING
    told: list[int] = []
    job = db.session.scalars(select(ExportJob)).one()
    query = unpacked(job.query)
    write_cases(io.BytesIO(), "csv", query, layout(HJO), actor("registrator.hjo"), told.append)
    assert told == [HELPING, 2 * HELPING, AT_ONCE + 1]


def test_the_list_leads_there_with_what_it_is_narrowed_to(client: Client):
    case = new_case(title="Gungan", unit=unit_id("Fritid"))
    client.login("registrator.hjo")
    page = client.get(f"/admin/case/?type={HJO}&sok=gungan&visa=all").text
    (link,) = re.findall(r'href="(/admin/case/export/[^"]*)"', page)
    shown = client.get(unescape(link))
    assert "Sök: gungan" in shown.text
    (row,) = as_dicts(taken(client, unescape(link)))
    assert row["Ärende-ID"] == str(case.id)
