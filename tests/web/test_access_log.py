"""System → Åtkomstlogg, and the lines that refusals leave."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from domain.clock import as_of
from extensions import db
from models import AccessEntry, AuditEntry, Case
from services.audit import record_access
from services.chains import first_break
from tests.support.cases import actor, person
from tests.support.client import Client
from tests.support.event_cards import again, fetched, paper
from tests.support.files import attach_file, worker_looks
from tests.support.letters import HANDLER, hjo_case, letter
from tests.support.queries import counting

pytestmark = [pytest.mark.usefixtures("town"), pytest.mark.row("S24")]
ADMIN, REGISTRAR, STRANGER = "admin", "registrator.hjo", "chef.omsorg"
LOG = "/admin/access-log/"


def read_by(username: str, case: Case, day: int = 10, hour: int = 12, what: str = "case") -> None:
    """`username` read `case` on this day of November 2026 (UTC)."""
    with as_of(datetime(2026, 11, day, hour, tzinfo=UTC)):
        record_access(actor(username), what, case_id=case.id, detail="kanarie.pdf")
        db.session.commit()


def refusals() -> list[AuditEntry]:
    db.session.commit()
    query = select(AuditEntry).filter_by(action="access.refused").order_by(AuditEntry.id)
    return list(db.session.scalars(query))


def rows(page: str) -> int:
    return page.count('<td class="cell-main">')


def test_the_administrator_sees_who_read_which_case_when_and_no_content(client: Client):
    case = hjo_case(text="Kanariefågeln sjunger.")
    row = attach_file(case, "kanarie.txt", b"x")
    worker_looks()
    client.login(HANDLER)
    client.get(f"/admin/case/edit/?id={case.id}")
    client.get(f"/admin/case/do/{case.id}/file/{row.public_id}")
    client.login(ADMIN)
    page = client.get(LOG).text
    assert rows(page) == 2
    for words in (person(HANDLER).name, "Ärendet öppnat", "Fil hämtad", f">{case.id}<"):
        assert words in page
    assert "anarie" not in page


@pytest.mark.parametrize("username", [HANDLER, REGISTRAR, STRANGER])
def test_nobody_else_sees_it(client: Client, username: str):
    client.login(username)
    assert client.get(LOG).status_code == 403
    assert "access-log" not in client.get("/admin/my-page/").text


def test_it_is_filtered_by_person_case_and_days(client: Client):
    one, two = hjo_case(), hjo_case()
    read_by(HANDLER, one, 10)
    read_by(HANDLER, two, 11)
    read_by(REGISTRAR, one, 12)
    client.login(ADMIN)
    first = person(HANDLER).name.split()[0]
    found = {
        "": 3,
        f"person={first.lower()}": 2,
        f"person={REGISTRAR}": 1,
        "person=%25": 0,
        f"case={one.id}": 2,
        f"case={one.id}&person={HANDLER}": 1,
        "since=2026-11-11": 2,
        "until=2026-11-11": 2,
        "since=2026-11-11&until=2026-11-11": 1,
        "case=99999": 0,
    }
    for query, count in found.items():
        assert rows(client.get(f"{LOG}?{query}").text) == count, query


def test_days_are_days_in_sweden(client: Client):
    case = hjo_case()
    read_by(HANDLER, case, 10, hour=23)  # 00:00 on the 11th in Sweden
    client.login(ADMIN)
    assert rows(client.get(f"{LOG}?until=2026-11-10").text) == 0
    assert rows(client.get(f"{LOG}?since=2026-11-11").text) == 1


@pytest.mark.parametrize(
    "query", ["case=x", "case=99999999999", "since=igår", "until=9999-12-31", "since=%00"]
)
def test_what_cannot_be_read_of_the_filter_is_told_and_kept(client: Client, query: str):
    client.login(ADMIN)
    answer = client.get(f"{LOG}?{query}")
    assert answer.status_code == 422
    assert "aria-invalid" in answer.text
    assert 'value="igår"' in answer.text or "ig" not in query


def test_pages_follow_each_other_and_nothing_is_counted(client: Client):
    case = hjo_case()
    for _number in range(60):
        record_access(actor(HANDLER), "case", case_id=case.id)
    db.session.commit()
    client.login(ADMIN)
    with counting() as queries:
        page = client.get(f"{LOG}?case={case.id}").text
    assert not any("count(" in statement.lower() for statement in queries.statements)
    assert rows(page) == 50
    older = page.partition('rel="next" href="')[2].partition('"')[0].replace("&amp;", "&")
    assert rows(client.get(older).text) == 10


def test_the_kept_copy_of_a_posted_letter_is_recorded_too(client: Client):
    case = hjo_case()
    event = letter(case)
    assert event is not None
    client.login(HANDLER)
    fetched(client, paper(event, "show"))  # made, so that posting finds it
    assert client.post(paper(event, "post")).status_code == 302
    assert again(event).posted_at is not None
    fetched(client, paper(event, "pdf"))
    query = select(AccessEntry.detail).filter_by(case_id=case.id, what="letter")
    assert list(db.session.scalars(query)) == [str(event.number)] * 2


def test_a_foreign_case_leaves_a_line_with_its_number_and_a_missing_one_too(client: Client):
    case = hjo_case()
    client.login(STRANGER)
    client.get(f"/admin/case/edit/?id={case.id}")
    client.get("/admin/case/print/99999")
    client.get("/admin/nothing-here")
    foreign, missing = refusals()
    assert (foreign.case_id, foreign.actor_id) == (case.id, person(STRANGER).id)
    assert foreign.subject == "GET /admin/case/edit/"
    assert (missing.case_id, missing.new) == (None, {"status": 404, "number": 99999})
    assert first_break("audit_entries") is None


def test_a_refused_deed_leaves_a_line_and_nothing_else(client: Client):
    case = hjo_case()
    client.login(REGISTRAR)
    assert client.get(f"/admin/case/history/{case.id}/readers").status_code == 403
    assert client.get("/admin/users/").status_code == 403
    of_case, of_page = refusals()
    assert (of_case.case_id, of_case.new["status"]) == (case.id, 403)
    assert of_page.subject == "GET /admin/users/"
    assert db.session.get_one(Case, case.id).version == case.version


def test_strangers_and_ordinary_answers_leave_none(client: Client):
    case = hjo_case()
    client.get(f"/admin/case/edit/?id={case.id}")
    client.post(f"/admin/case/do/{case.id}/read")
    client.login(HANDLER)
    client.get(f"/admin/case/edit/?id={case.id}")
    assert refusals() == []


def test_a_refusal_is_named_in_the_change_log_of_the_system_and_not_in_the_cases(client: Client):
    case = hjo_case()
    client.login(STRANGER)
    client.get(f"/admin/case/edit/?id={case.id}")
    client.login(ADMIN)
    assert "Åtkomst nekad" in client.get("/admin/audit/").text
    client.login(HANDLER)
    assert "Åtkomst nekad" not in client.get(f"/admin/case/history/{case.id}").text


def test_the_chain_of_the_log_is_whole_after_readings(client: Client):
    case = hjo_case()
    client.login(HANDLER)
    for _try in range(3):
        client.get(f"/admin/case/edit/?id={case.id}")
    assert first_break("access_entries") is None
