"""Ärendetyper, Flikar and Fält: what can be set there, and what is refused with a reason."""

from __future__ import annotations

import pytest

from extensions import db
from models import CaseType, Field, Tab
from queries.configuration import configuration
from tests.support.config import config_log, fill_in, new_row_of

pytestmark = pytest.mark.usefixtures("town")
HJO = "synpunkt-hjo"


@pytest.fixture(autouse=True)
def administrator(client):
    return client.login("admin")


def row(model, **by):
    db.session.expire_all()
    return db.session.scalars(db.select(model).filter_by(**by)).one()


def case_type_url(key=HJO):
    return f"/admin/case-types/edit/?id={row(CaseType, key=key).id}"


def field_of(key, case_type=HJO):
    return row(Field, key=key, case_type_id=row(CaseType, key=case_type).id)


def field_url(key):
    return f"/admin/fields/edit/?id={field_of(key).id}"


def test_saving_a_form_unchanged_changes_and_records_nothing(client):
    for url in (case_type_url(), field_url("status"), field_url("answered_on")):
        assert fill_in(client, url).status_code == 302
    assert config_log(f"case_types {row(CaseType, key=HJO).id}") == []
    assert config_log(f"fields {field_of('answered_on').id}") == []


def test_new_limits_are_used_at_once_and_recorded(client):
    assert fill_in(client, case_type_url(), answer_days="15").status_code == 302
    db.session.rollback()
    assert configuration().case_type(HJO).answer_days == 15
    log = config_log(f"case_types {row(CaseType, key=HJO).id}")
    assert log == [("config.changed", "answer_days", 10, 15)]


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"answer_days": "0"}, "Skriv ett heltal från 1 till 365."),
        ({"answer_days": "tio"}, "Skriv ett heltal från 1 till 365."),
        ({"position": "-1"}, "Skriv ett heltal från 0 till 9999."),
        ({"position": "²"}, "Skriv ett heltal från 0 till 9999."),
        ({"answer_days": "9" * 30}, "Skriv ett heltal från 1 till 365."),
        ({"sender_email": "synpunkt"}, "Skriv en e-postadress"),
        ({"sender_email": "a@b.se\r\nBcc: c@d.se"}, "Skriv en e-postadress"),
        ({"mail_content": "everything"}, ""),
        ({"name": ""}, "Fyll i det här fältet."),
        ({"list_columns-0-key": "password_hash"}, ""),
    ],
)
def test_what_makes_no_sense_is_refused_and_stays_in_the_form(client, changes, sentence):
    answer = fill_in(client, case_type_url(), **{"sender_name": "Nytt namn", **changes})
    assert answer.status_code == 422
    assert sentence in answer.text
    assert 'value="Nytt namn"' in answer.text
    assert row(CaseType, key=HJO).sender_name != "Nytt namn"


def test_the_key_of_a_case_type_never_changes(client):
    case_type = row(CaseType, key=HJO)
    answer = fill_in(client, case_type_url(), key="another", id="999", name="Synpunkter")
    assert answer.status_code == 302
    db.session.expire_all()
    assert (case_type.key, case_type.name) == (HJO, "Synpunkter")


def test_list_columns_are_chosen_named_and_put_in_order(client):
    url = case_type_url()
    n = new_row_of(client, url, "list_columns")
    n = len(row(CaseType, key=HJO).list_columns)
    changes = {
        f"list_columns-{n}-key": "channel",
        f"list_columns-{n}-label": "Inkom via",
        f"list_columns-{n}-position": "1",
        "list_columns-7-remove": "y",
    }
    assert fill_in(client, url, **changes).status_code == 302
    columns = row(CaseType, key=HJO).list_columns
    assert columns[:2] == [{"key": "id", "label": "ID"}, {"key": "channel", "label": "Inkom via"}]
    assert "closed" not in [column["key"] for column in columns]


def test_the_list_cannot_lose_the_column_that_opens_the_case(client):
    answer = fill_in(client, case_type_url(), **{"list_columns-0-remove": "y"})
    assert answer.status_code == 422
    assert "Kolumnen ID måste finnas" in answer.text


def test_a_new_case_type_appears_in_the_menu(client):
    changes = {
        "name": "Felanmälan", "key": "felanmalan",
        "list_columns-0-key": "id", "list_columns-0-label": "ID",
    }  # fmt: skip
    assert fill_in(client, "/admin/case-types/new/", **changes).status_code == 302
    assert row(CaseType, key="felanmalan").answer_days == 10
    again = fill_in(client, "/admin/case-types/new/", **changes)
    assert again.status_code == 422
    assert "felanmalan finns redan. Välj något annat." in again.text


def test_a_new_tab_asks_for_its_case_type_first(client):
    page = client.get("/admin/tabs/new/")
    assert "Vilken ärendetyp?" in page.text
    url = f"/admin/tabs/new/?case_type={HJO}"
    answer = fill_in(client, url, label="Extra", key="extra", position="9", position_registrar="0")
    assert answer.status_code == 302
    tab = row(Tab, key="extra")
    assert tab.role_positions == {"registrar": 0}
    assert tab.case_type_id == row(CaseType, key=HJO).id
    assert client.get("/admin/tabs/new/?case_type=nope").status_code == 404


def test_a_tab_goes_only_when_it_is_empty(client):
    fill_in(client, f"/admin/tabs/new/?case_type={HJO}", label="Extra", key="extra")
    full = field_of("status").tab_id
    for tab_id in (row(Tab, key="extra").id, full):
        client.post("/admin/tabs/delete/", data={"id": tab_id})
    page = client.get("/admin/tabs/").text
    assert "Fliken har fält. Flytta dem till en annan flik först." in page
    assert db.session.get(Tab, full) is not None
    assert db.session.scalar(db.select(Tab).filter_by(key="extra")) is None


def test_a_field_moves_becomes_required_and_read_only_for_some(client):
    answer = fill_in(
        client, field_url("channel"), required_when="close", width="half",
        readonly_roles=["assistant", "responsible"], help="Hur den kom in.",
    )  # fmt: skip
    assert answer.status_code == 302
    field = field_of("channel")
    assert (field.required_when, field.readonly_roles) == ("close", ["assistant", "responsible"])


def test_a_field_depends_on_another_by_its_meaning(client):
    url = field_url("delay_reason")
    given = {"visible_field": "status", "visible_meaning": "status:answered"}
    assert fill_in(client, url, **given).status_code == 302
    assert field_of("delay_reason").visible_when == {
        "field": "status",
        "meaning": "status:answered",
    }
    answer = fill_in(client, url, visible_meaning="contact:none")
    assert answer.status_code == 422
    assert "Inget val i det fältets lista har den betydelsen." in answer.text
    assert fill_in(client, url, visible_field="", visible_meaning="").status_code == 302
    assert field_of("delay_reason").visible_when == {}


def test_a_custom_field_is_added_to_a_tab(client):
    tab = field_of("status").tab_id
    url = f"/admin/fields/new/?case_type={HJO}"
    given = {"core_key": "", "key": "diarienummer", "label": "Diarienummer", "tab_id": tab}
    refused = fill_in(client, url, **given)
    assert refused.status_code == 422
    assert fill_in(client, url, **given, kind="line").status_code == 302
    made = field_of("diarienummer")
    assert (made.kind, made.label) == ("line", "Diarienummer")
    fill_in(client, f"/admin/fields/edit/?id={made.id}", kind="date", key="x", core_key="title")
    assert (field_of("diarienummer").kind, made.key) == ("line", "diarienummer")


def test_a_tab_of_another_case_type_is_no_choice(client):
    foreign = field_of("status", "synpunkter-och-klagomal").tab_id
    assert fill_in(client, field_url("channel"), tab_id=foreign).status_code == 422
    assert field_of("channel").tab_id != foreign


def test_a_field_that_every_case_needs_cannot_be_deleted(client):
    client.post("/admin/fields/delete/", data={"id": field_of("status").id})
    assert "Fältet behövs i alla ärenden" in client.get("/admin/fields/").text
    assert field_of("status")
