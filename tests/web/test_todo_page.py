"""Att göra: what each person sees on the first page, and giving a new case away in its row."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from domain.clock import local_today
from domain.sorting import sort_key
from extensions import db
from models import CaseParticipant, utcnow
from services.cases.deadlines import calendar
from services.work_locks import take
from tests.support.cases import (
    HJO,
    SODERTALJE,
    actor,
    choice,
    edit,
    log_of,
    mails,
    new_case,
    person,
    unit_id,
)
from tests.support.forms import form_data
from tests.support.queries import counting

pytestmark = pytest.mark.usefixtures("town")
HANDLER, CHIEF, REGISTRAR = "handlaggare.hjo", "chef.hjo", "registrator.hjo"
LATE, SOON, LATER = -timedelta(days=9), timedelta(0), timedelta(days=30)


def a_case(title, *, due=LATER, who=HANDLER, unit="Fritid", kind=HJO, **values):
    """A case of this title whose last day is `due` from today."""
    case = new_case(kind, unit=unit_id(unit) if unit else None, title=title) if unit else None
    case = case or new_case(kind, title=title)
    case.responsible_id = person(who).id if who else None
    case.answer_by = local_today() + due
    case.acknowledge_by = local_today()
    case.title_key = sort_key(title)
    for name, value in values.items():
        setattr(case, name, value)
    db.session.commit()
    return case


def groups(client, username, address="/admin/"):
    """Heading → titles of its rows, as the page shows them."""
    answer = client.login(username).get(address)
    assert answer.status_code == 200
    found = {}
    for part in answer.text.split('<h2 class="section-title" id="group-')[1:]:
        name = re.match(r'\w+">([^<]+?) <', part)[1]
        rows = re.findall(r'class="case-link"[^>]*>\d+ ([^<]+)</a>', part)
        found[name] = rows
    return found


def test_a_handler_sees_each_case_in_its_group(client):
    today = local_today()
    a_case("sen", due=LATE)
    a_case("snart", due=SOON)
    a_case("obekräftad")
    a_case("bekräftad", acknowledged_on=today)
    a_case("skrev", acknowledged_on=today, has_new_reply=True)
    a_case("svarad", answered_on=today)
    a_case("annans", who=CHIEF, due=LATE, unit="Kommunförvaltningen")
    a_case("stängd", due=LATE, closed_at=utcnow(), closed_by_id=person(HANDLER).id)
    assert groups(client, HANDLER) == {
        "Försenade": ["sen"],
        "Snart sista dag": ["snart"],
        "Nytt svar från synpunktslämnaren": ["skrev"],
        "Att bekräfta": ["obekräftad"],
        "Att besvara": ["bekräftad", "skrev"],
        "Att publicera": ["svarad"],
        "Att avsluta": ["svarad"],
    }


def test_what_is_to_be_published_shows_when_it_was_answered(client):
    a_case("svarad", answered_on=local_today())
    a_case("tidigare", answered_on=(day := local_today() - timedelta(days=5)), due=LATER * 2)
    assert groups(client, HANDLER)["Att publicera"] == ["tidigare", "svarad"]
    section = client.get("/admin/").text.split('id="publicera"')[1].split("</section>")[0]
    assert "Svara senast" not in section and f'Besvarades <time datetime="{day}"' in section


def test_a_case_that_owes_no_answer_is_only_to_be_closed(client):
    none = choice(HJO, "contact_way", "Vill ej bli kontaktad")
    a_case("vill inte", due=LATE, contact_way_id=none)
    assert groups(client, HANDLER) == {"Att avsluta": ["vill inte"]}


def test_the_oldest_deadline_stands_first(client):
    for days in (5, 3, 9):
        a_case(f"sen {days}", due=-timedelta(days=days))
    assert groups(client, HANDLER)["Försenade"] == ["sen 9", "sen 5", "sen 3"]


def test_a_day_off_is_not_counted_in_soon(client):
    last = calendar().add(local_today(), 3)
    a_case("tre", due=last - local_today(), acknowledged_on=local_today())
    a_case("fyra", due=calendar().add(last, 1) - local_today(), acknowledged_on=local_today())
    found = groups(client, HANDLER)
    assert found["Snart sista dag"] == ["tre"]
    assert found["Att besvara"] == ["fyra"]


def test_a_manager_sees_what_is_overdue_in_the_own_units(client):
    a_case("handläggarens", due=LATE)
    a_case("handläggarens senare")
    assert groups(client, CHIEF) == {"Försenade": ["handläggarens"]}


def test_the_overarching_see_what_is_overdue_in_their_branch_only(client):
    a_case("boende", kind=SODERTALJE, who="chef.omsorg", due=LATE,
           unit="Vård- och omsorgsboende norr")  # fmt: skip
    a_case("i Hjo", due=LATE)
    assert groups(client, "strateg.omsorg") == {"Försenade": ["boende"]}


def test_a_secret_case_is_on_nobodys_page_who_may_not_see_it(client):
    a_case("hemlig", due=LATE, is_secret=True)
    assert groups(client, REGISTRAR) == {}
    assert groups(client, HANDLER) == {"Försenade": ["hemlig"]}


def test_a_registrar_sees_the_inflow_and_no_other_process(client):
    a_case("ny", who=None, unit="Fritid")
    a_case("annan process", kind=SODERTALJE, who=None, unit="Vård- och omsorgsboende norr")
    a_case("obekräftad")
    assert groups(client, REGISTRAR) == {
        "Nya att fördela": ["ny"],
        "Att bekräfta": ["obekräftad"],
    }


def test_an_assistant_sees_the_own_part_until_it_is_ready_and_the_responsible_after(client):
    norr = "Vård- och omsorgsboende norr"
    case = a_case("hjälp", kind=SODERTALJE, who="chef.omsorg", unit=norr,
                  acknowledged_on=local_today())  # fmt: skip
    edit(case, "chef.omsorg", assistants=[person("bitradande.omsorg").id])
    db.session.commit()
    assert groups(client, "bitradande.omsorg") == {"Att besvara": ["hjälp"]}
    db.session.query(CaseParticipant).filter_by(case_id=case.id).one().ready_at = utcnow()
    db.session.commit()
    assert groups(client, "bitradande.omsorg") == {}
    assert groups(client, "chef.omsorg")["Klarmarkerade av biträdande"] == ["hjälp"]


def test_a_reader_sees_what_is_for_information_and_no_button(client):
    norr = "Vård- och omsorgsboende norr"
    case = a_case("läs", kind=SODERTALJE, who="chef.omsorg", unit=norr)
    edit(case, "chef.omsorg", informed=[person("lasare.omsorg").id])
    db.session.commit()
    a_case("annan", kind=SODERTALJE, who=None, unit=norr)
    assert groups(client, "lasare.omsorg") == {"För kännedom": ["läs"]}
    page = client.get("/admin/").text
    assert "Fördela" not in page
    answer = client.post(f"/admin/assign/{case.id}", data={})
    assert answer.status_code == 404


def test_who_has_nothing_to_do_is_told_so(client):
    page = client.login(HANDLER).get("/admin/").text
    assert "Allt är gjort" in page
    assert "Inget just nu" not in page


def test_empty_groups_are_one_quiet_line(client):
    a_case("sen", due=LATE)
    page = client.login(HANDLER).get("/admin/").text
    quiet = re.search(r"Inget just nu: ([^\n]+)</p>", page)[1]
    assert "Att besvara" in quiet
    assert "Försenade" not in quiet


def test_the_page_asks_no_more_statements_for_more_cases(client):
    def asked():
        with counting() as counted:
            client.get("/admin/")
        return counted.count

    def more():
        a_case("ny", who=None, unit="Fritid")
        a_case("sen", due=LATE)
        a_case("annan", due=LATE, who=CHIEF)

    more()
    client.login(REGISTRAR).get("/admin/")
    few = asked()
    for _n in range(4):
        more()
    client.login(REGISTRAR).get("/admin/")
    assert asked() == few
    assert few <= 25


def test_more_rows_are_one_click_away(client):
    for number in range(7):
        a_case(f"sen {number}", due=LATE)
    page = client.login(HANDLER).get("/admin/").text
    assert len(groups(client, HANDLER)["Försenade"]) == 5
    assert "Visa fler: försenade" in page
    assert len(groups(client, HANDLER, "/admin/?grupp=forsenade")["Försenade"]) == 7
    assert list(groups(client, HANDLER, "/admin/?grupp=finns-inte")) == ["Försenade"]


def sent(client, case, **chosen):
    """What the form of the row would send, with these choices."""
    data = form_data(client.get("/admin/").text, f"assign-{case.id}")
    return data | {f"a{case.id}-{name}": value for name, value in chosen.items()}


def test_a_case_is_given_away_in_its_row_by_the_rules_of_the_case_form(client):
    case = a_case("ny", who=None, unit=None)
    client.login(REGISTRAR)
    data = sent(client, case, unit=unit_id("Fritid"), responsible=person(HANDLER).id)
    answer = client.post(f"/admin/assign/{case.id}", data=data)
    assert (answer.status_code, answer.location) == (302, "/admin/")
    db.session.refresh(case)
    assert (case.unit_id, case.responsible_id) == (unit_id("Fritid"), person(HANDLER).id)
    fields = {line.field for line in log_of(case, "case.edited")}
    assert fields == {"unit", "responsible"}
    assert [m.recipient_email for m in mails("assigned")] == [person(HANDLER).email]
    assert "är fördelat till Christer Svensson" in client.get("/admin/").text


def test_without_a_person_the_case_goes_to_who_answers_for_the_unit(client):
    case = a_case("ny", who=None, unit=None)
    client.login(REGISTRAR)
    client.post(f"/admin/assign/{case.id}", data=sent(client, case, unit=unit_id("Fritid")))
    db.session.refresh(case)
    assert case.responsible_id == person(HANDLER).id


def refused(client, case, status, sentence, **chosen):
    """The page after a refusal; the case is as it was, and what was chosen is still chosen."""
    data = sent(client, case, **chosen)
    answer = client.post(f"/admin/assign/{case.id}", data=data)
    assert answer.status_code == status, answer.text
    assert sentence in answer.text
    db.session.refresh(case)
    assert case.responsible_id is None
    again = form_data(answer.text, f"assign-{case.id}")
    for name, value in chosen.items():
        if f"a{case.id}-{name}" in again:
            assert again[f"a{case.id}-{name}"] == [str(value)]
    return answer.text


def test_what_is_wrong_stands_beside_the_row_and_the_choice_is_kept(client):
    case = a_case("ny", who=None, unit=None)
    client.login(REGISTRAR)
    refused(client, case, 422, "Välj en enhet.", responsible=person(HANDLER).id)
    other = unit_id("Vård- och omsorgsboende norr")
    refused(client, case, 422, "Välj en ansvarig som hör till den valda enheten.",
            unit=other, responsible=person(HANDLER).id)  # fmt: skip
    refused(client, case, 422, "Välj en enhet i listan.", unit=987654)


def test_somebody_elses_change_is_not_written_over(client):
    case = a_case("ny", who=None, unit=None)
    client.login(REGISTRAR)
    data = sent(client, case, unit=unit_id("Fritid"))
    edit(case, REGISTRAR, title="ändrad")
    db.session.commit()
    answer = client.post(f"/admin/assign/{case.id}", data=data)
    assert answer.status_code == 409
    db.session.refresh(case)
    assert case.responsible_id is None
    assert f'value="{case.version}"' in answer.text


def test_who_works_on_the_case_keeps_it(client):
    case = a_case("ny", who=None, unit="Fritid")
    take(case, actor(CHIEF), "annans-flik-annans-flik")
    db.session.commit()
    client.login(REGISTRAR)
    refused(client, case, 409, "Annica Carter har arbetslåset", unit=unit_id("Fritid"))


def test_a_case_of_another_process_cannot_be_given_away(client):
    case = a_case("annan", kind=SODERTALJE, who=None, unit="Vård- och omsorgsboende norr")
    client.login(REGISTRAR)
    data = {f"a{case.id}-unit": unit_id("Fritid"), f"a{case.id}-version": case.version}
    assert client.post(f"/admin/assign/{case.id}", data=data).status_code == 404


@pytest.mark.parametrize("bad", ["x", "-1", "9" * 40, "\0"])
def test_odd_values_are_refused_and_nothing_breaks(client, bad):
    case = a_case("ny", who=None, unit=None)
    client.login(REGISTRAR)
    for name in ("unit", "responsible", "version"):
        good = {"unit": unit_id("Fritid"), "responsible": "", "version": 1}
        data = {f"a{case.id}-{n}": v for n, v in (good | {name: bad}).items()}
        assert client.post(f"/admin/assign/{case.id}", data=data).status_code in (409, 422)
