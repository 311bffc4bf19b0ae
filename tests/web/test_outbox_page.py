"""System → Utkorg: who sees what of the mails, the demo's mailbox, and Försök igen."""

from __future__ import annotations

import re

import pytest

from domain.permissions import Role
from extensions import current_settings, db
from models import OutboxMessage, RoleAssignment
from services.notices import send_receipt
from services.secret_links import current_link
from tests.support.cases import HJO, SODERTALJE, mails, new_case, person, unit_id
from tests.support.client import Client
from tests.support.queries import counting
from tests.support.smtp import Mailbox

pytestmark = pytest.mark.usefixtures("town")


def receipt(type_key: str = HJO, *, secret: bool = False, **values: object) -> OutboxMessage:
    """The receipt of a new case."""
    case = new_case(type_key, **values)
    case.is_secret = secret
    send_receipt(case, current_link(case))
    db.session.commit()
    return mails("receipt")[-1]


def page_of(client: Client, message: OutboxMessage) -> str:
    answer = client.get(f"/admin/outbox/details/?id={message.id}")
    return answer.text if answer.status_code == 200 else str(answer.status_code)


def test_the_administrator_sees_that_mails_leave_and_nothing_of_what_they_say(
    client: Client, smtp: Mailbox
) -> None:
    message = receipt(text="KANARIE-text", title="KANARIE-title")
    message.last_error = "550 <berit.ek@example.org> unknown"
    db.session.commit()
    client.login("admin")
    text = client.get("/admin/outbox/").text + page_of(client, message)
    assert "Kvittens" in text
    assert "•••@example.org" in text
    assert "550 &lt;•••@example.org&gt; unknown" in text
    for word in ("KANARIE", "Berit", "berit.ek", "Vi har tagit emot din synpunkt"):
        assert word not in text


def test_the_registrar_reads_the_mails_of_the_process_without_the_citizens_secrets(
    client: Client, smtp: Mailbox
) -> None:
    message = receipt(text="KANARIE-text")
    link = current_link(new_case())  # another case's, only to have its shape
    client.login("registrator.hjo")
    text = page_of(client, message)
    assert "KANARIE-text" in text
    assert "Berit Ek (berit.ek@example.org)" in text
    assert f'href="/admin/case/edit/?id={message.case_id}"' in text
    assert not re.search(rf"/svar/[\w-]{{{len(link.token)}}}", text)
    assert "••••••••••" in text


def test_mails_of_other_processes_and_of_secret_cases_do_not_exist_for_the_registrar(
    client: Client, smtp: Mailbox
) -> None:
    foreign = receipt(SODERTALJE, unit=unit_id("Hemtjänst"))
    secret = receipt(secret=True)
    client.login("registrator.hjo")
    missing = client.get("/admin/outbox/details/?id=999999")
    for message in (foreign, secret):
        answer = client.get(f"/admin/outbox/details/?id={message.id}")
        assert (answer.status_code, len(answer.data)) == (404, len(missing.data))
        assert f"id={message.id}" not in client.get("/admin/outbox/").text
        again = client.post("/admin/outbox/retry/", data={"id": message.id})
        assert again.status_code == 404


def test_a_handler_has_no_outbox(client: Client) -> None:
    client.login("handlaggare.hjo")
    assert client.get("/admin/outbox/").status_code == 403
    assert "Utkorg" not in client.get("/admin/", follow_redirects=True).text


def test_without_a_mail_server_the_outbox_is_a_mailbox_with_links_that_work(
    client: Client,
) -> None:
    message = receipt()
    client.login("admin")
    assert "Ingen e-postserver är angiven" in client.get("/admin/outbox/").text
    text = page_of(client, message)
    base = re.escape(current_settings().base_url)
    found = re.search(rf'href="{base}(/svar/[\w-]{{43}})"', text)
    assert found
    assert client.get(found[1]).status_code == 200


def test_looking_at_the_mailbox_changes_nothing(client: Client) -> None:
    message = receipt()
    client.login("admin")
    before = [dict(row._mapping) for row in db.session.execute(db.select(OutboxMessage.__table__))]
    client.get("/admin/outbox/")
    page_of(client, message)
    after = [dict(row._mapping) for row in db.session.execute(db.select(OutboxMessage.__table__))]
    assert before == after


def test_a_failed_mail_can_be_tried_again(client: Client, smtp: Mailbox) -> None:
    message = receipt()
    client.login("registrator.hjo")
    assert "Försök igen" not in page_of(client, message)
    message.state = "failed"
    db.session.commit()
    assert "Försök igen" in page_of(client, message)
    answer = client.post("/admin/outbox/retry/", data={"id": message.id}, follow_redirects=True)
    assert "Mejlet skickas igen." in answer.text
    assert db.session.get_one(OutboxMessage, message.id).state == "queued"
    twice = client.post("/admin/outbox/retry/", data={"id": message.id}, follow_redirects=True)
    assert "väntar redan på att skickas" in twice.text


@pytest.mark.parametrize(
    ("show", "states"),
    [("", {"queued", "sent", "failed"}), ("waiting", {"queued"}), ("sent", {"sent"}),
     ("failed", {"failed"}), ("annat", {"queued", "sent", "failed"})],
)  # fmt: skip
def test_the_list_can_be_limited_by_state(
    client: Client, show: str, states: set[str], smtp: Mailbox
) -> None:
    ids = {}
    for state in ("queued", "sent", "failed"):
        message = receipt()
        message.state = state
        ids[state] = message.id
    db.session.commit()
    client.login("admin")
    text = client.get(f"/admin/outbox/?show={show}").text
    assert {s for s, number in ids.items() if f"details/?id={number}" in text} == states


def copy(message: OutboxMessage, count: int) -> None:
    """More mails like this one."""
    table = OutboxMessage.__table__
    columns = {c.name: getattr(message, c.name) for c in table.columns if c.name != "id"}
    for number in range(count):
        db.session.add(OutboxMessage(**{**columns, "message_id": f"<{number}@x.example>"}))
    db.session.commit()


def test_the_number_of_queries_does_not_grow_with_the_mails(client: Client, smtp: Mailbox) -> None:
    first = receipt()
    client.login("registrator.hjo")
    client.get("/admin/outbox/")
    with counting() as few:
        client.get("/admin/outbox/")
    copy(first, 40)
    with counting() as many:
        client.get("/admin/outbox/")
    assert many.count == few.count


def test_pages_follow_each_other_without_a_gap(client: Client, smtp: Mailbox) -> None:
    copy(receipt(), 119)
    client.login("admin")
    seen, url = [], "/admin/outbox/"
    while url:
        text = client.get(url).text
        seen += [int(n) for n in re.findall(r"details/\?id=(\d+)", text)]
        older = re.search(r'rel="next" href="([^"]+)"', text)
        url = older[1].replace("&amp;", "&") if older else ""
    wanted = [m.id for m in mails()]
    assert seen == sorted(wanted, reverse=True)


@pytest.mark.parametrize("query", ["id=", "id=x", "id=-1", "id=1,2", f"id={'9' * 30}", "id=1%00"])
def test_odd_numbers_are_not_found(client: Client, query: str) -> None:
    client.login("admin")
    assert client.get(f"/admin/outbox/details/?{query}").status_code == 404
    assert client.get(f"/admin/outbox/?before={query[3:]}").status_code == 200


def test_who_is_both_administrator_and_registrar_reads_what_the_registrar_reads(
    client: Client, smtp: Mailbox
) -> None:
    own = receipt(text="KANARIE-text")
    foreign = receipt(SODERTALJE, unit=unit_id("Hemtjänst"), text="KANARIE-annan")
    unit = unit_id("Kommunförvaltningen")
    process = new_case().case_type_id
    role = RoleAssignment(role=Role.REGISTRAR, unit_id=unit, case_type_id=process)
    administrator = person("admin")
    administrator.assignments.append(role)
    db.session.commit()
    client.login("admin")
    assert "KANARIE-text" in page_of(client, own)
    assert "KANARIE" not in page_of(client, foreign)
