"""The work lock and the drafts through the pages: in the list, on the case, when saving."""

from __future__ import annotations

import re

import pytest
from sqlalchemy import func, select

from extensions import db
from models import Case, CaseDraft, WorkLock
from services.work_locks import take
from tests.support.cases import HJO, actor, choice, new_case, person, unit_id
from tests.support.forms import form_data

pytestmark = [pytest.mark.usefixtures("town"), pytest.mark.both]
HANDLER, MANAGER, REGISTRAR = "handlaggare.hjo", "chef.hjo", "registrator.hjo"
TAB, OTHER_TAB = "flik-ett-0123456789", "flik-tva-0123456789"


def a_case(**values) -> Case:
    given = {
        "unit": unit_id("Fritid"),
        "responsible": person(HANDLER).id,
        "workflow": choice(HJO, "workflow", "Synpunkten"),
        "types": [choice(HJO, "types", "Klagomål")],
        "categories": [choice(HJO, "categories", "Fysisk miljö")],
    }
    return new_case(**(given | values))


def locked_by(case: Case, username: str, tab: str = TAB) -> None:
    take(case, actor(username), tab)
    db.session.commit()


def locks() -> int:
    return db.session.scalar(select(func.count()).select_from(WorkLock)) or 0


def opened(client, case: Case) -> dict[str, list[str]]:
    """The form of the case page as it is now, to be sent back."""
    page = client.get(f"/admin/case/edit/?id={case.id}&flik=ny").text
    return form_data(page, "case-form")


def save(client, case: Case, form: dict[str, list[str]], tab: str, **fields: str):
    """Spara in one tab, with some fields changed."""
    data = {**form, "_tab_token": [tab], "_do": ["save"], **{k: [v] for k, v in fields.items()}}
    return client.post(f"/admin/case/edit/?id={case.id}", data=data)


def saving(client, case: Case, tab: str, **fields: str):
    """Open the case and save it."""
    return save(client, case, opened(client, case), tab, **fields)


@pytest.mark.row("S25")
def test_reading_a_case_a_hundred_times_locks_nothing(client):
    case = a_case()
    client.login(HANDLER)
    for method in ("GET", "HEAD") * 50:
        client.open(f"/admin/case/edit/?id={case.id}", method=method)
    client.get("/admin/case/?type=synpunkt-hjo")
    assert locks() == 0


@pytest.mark.row("S25")
def test_others_read_and_the_bar_and_the_list_name_the_holder(client):
    case = a_case()
    locked_by(case, HANDLER)
    name = person(HANDLER).name
    client.login(MANAGER)
    page = client.get(f"/admin/case/edit/?id={case.id}").text
    assert f"ARBETSLÅS: {name.upper()}" in page
    assert "Du kan läsa men inte ändra." in page
    assert 'name="f_answer"' not in page
    assert 'value="save"' not in page
    listed = client.get("/admin/case/?type=synpunkt-hjo").text
    assert "row-mark-lock" in listed
    assert name in listed.partition("row-mark-lock")[2]


@pytest.mark.row("S25")
def test_the_own_lock_is_shown_in_the_list_too(client):
    case = a_case()
    locked_by(case, HANDLER)
    client.login(HANDLER)
    assert "row-mark-lock" in client.get("/admin/case/?type=synpunkt-hjo").text


@pytest.mark.row("S25")
def test_saving_without_scripts_takes_the_lock_and_stang_frees_it(client):
    case = a_case()
    client.login(HANDLER)
    assert saving(client, case, TAB, f_internal_note="Ringt verkstaden.").status_code == 302
    assert locks() == 1
    page = client.get(f"/admin/case/edit/?id={case.id}").text
    assert f'value="{TAB}"' in page  # the page after Spara is the one that holds the lock
    answer = client.post(f"/admin/case/lock/{case.id}/close", data={"_tab_token": TAB})
    assert answer.location.startswith("/admin/case/?type=synpunkt-hjo")
    assert locks() == 0


@pytest.mark.row("S25")
def test_who_saves_while_another_holds_the_lock_is_refused_and_loses_no_word(client):
    case = a_case()
    client.login(HANDLER)
    form = opened(client, case)
    locked_by(case, MANAGER)
    refused = save(client, case, form, OTHER_TAB, f_internal_note="KANARIE min text")
    assert refused.status_code == 409
    assert "KANARIE min text" in refused.text
    assert "har arbetslåset" in refused.text
    db.session.expire_all()
    assert db.session.get_one(Case, case.id).internal_note == ""
    draft = db.session.scalars(select(CaseDraft)).one()
    assert (draft.user_id, draft.cause) == (person(HANDLER).id, "lock")
    assert draft.values["f_internal_note"] == ["KANARIE min text"]


@pytest.mark.row("S26")
def test_the_own_lock_in_another_tab_is_overtaken(client):
    case = a_case()
    client.login(HANDLER)
    form = opened(client, case)
    locked_by(case, HANDLER)
    page = client.get(f"/admin/case/edit/?id={case.id}").text
    assert f"ARBETSLÅS: {person(HANDLER).name.upper()} (ANNAN WEBBLÄSARE/FLIK)" in page
    assert "Överta arbetslås" in page
    answer = client.post(
        f"/admin/case/lock/{case.id}/overtake",
        data={"_tab_token": OTHER_TAB},
        follow_redirects=True,
    )
    assert "Du har arbetslåset här nu." in answer.text
    assert 'name="f_answer"' in answer.text
    refused = save(client, case, form, TAB, f_internal_note="KANARIE från den gamla fliken")
    assert refused.status_code == 409
    assert "KANARIE från den gamla fliken" in refused.text


def test_a_draft_is_offered_on_return_shown_saved_and_gone(client):
    case = a_case()
    client.login(HANDLER)
    kept = client.post(
        f"/admin/case/lock/{case.id}/draft",
        data={"version": str(case.version), "f_internal_note": "KANARIE utkast", "_tab_token": TAB},
    )
    assert kept.status_code == 204
    page = client.get(f"/admin/case/edit/?id={case.id}").text
    assert "Du har ett utkast från" in page
    assert "KANARIE utkast" not in page
    shown = client.get(f"/admin/case/edit/?id={case.id}&utkast=1").text
    assert "KANARIE utkast" in shown
    assert saving(client, case, TAB, f_internal_note="KANARIE utkast").status_code == 302
    assert db.session.scalar(select(func.count()).select_from(CaseDraft)) == 0


def test_a_draft_can_be_thrown_away(client):
    case = a_case()
    client.login(HANDLER)
    client.post(f"/admin/case/lock/{case.id}/draft", data={"f_internal_note": "x"})
    client.post(f"/admin/case/lock/{case.id}/drop-draft")
    assert db.session.scalar(select(func.count()).select_from(CaseDraft)) == 0


def test_nobody_sees_the_draft_of_another(client):
    case = a_case()
    client.login(HANDLER)
    client.post(f"/admin/case/lock/{case.id}/draft", data={"f_internal_note": "KANARIE"})
    client.login(MANAGER)
    for address in (f"/admin/case/edit/?id={case.id}", f"/admin/case/edit/?id={case.id}&utkast=1"):
        assert "KANARIE" not in client.get(address).text


def test_a_draft_of_an_older_version_is_shown_beside_what_was_saved_since(client):
    case = a_case()
    client.login(HANDLER)
    client.post(
        f"/admin/case/lock/{case.id}/draft",
        data={"version": str(case.version), "f_internal_note": "KANARIE mitt"},
    )
    client.login(MANAGER)
    assert saving(client, case, TAB, f_internal_note="KANARIE ditt").status_code == 302
    client.post(f"/admin/case/lock/{case.id}/close", data={"_tab_token": TAB})
    client.login(HANDLER)
    shown = client.get(f"/admin/case/edit/?id={case.id}&utkast=1").text
    assert "KANARIE mitt" in shown
    assert "KANARIE ditt" in shown


@pytest.mark.parametrize("deed", ["take", "keep", "overtake", "close", "draft", "drop-draft"])
def test_foreign_and_missing_cases_are_the_same_404(client, deed: str):
    case = a_case()
    client.login("chef.social")
    for number in (case.id, 99999):
        assert client.post(f"/admin/case/lock/{number}/{deed}").status_code == 404


@pytest.mark.parametrize("token", ["", "kort", "x" * 65, "' OR 1=1 --------------", "åäö" * 10])
def test_odd_tokens_are_nobodys(client, token: str):
    case = a_case()
    client.login(HANDLER)
    answer = client.post(f"/admin/case/lock/{case.id}/take", data={"_tab_token": token})
    assert (answer.status_code, answer.json["hold"]) == (200, "here")
    again = client.post(f"/admin/case/lock/{case.id}/take", data={"_tab_token": token})
    assert again.json["hold"] == "elsewhere"


def test_the_place_in_the_list_is_kept_through_draft_and_overtaking(client):
    case = a_case()
    client.login(HANDLER)
    place = {"lista": "visa=all&sort=title"}
    address = f"/admin/case/edit/?id={case.id}&lista=visa%3Dall%26sort%3Dtitle"
    client.post(f"/admin/case/lock/{case.id}/draft", data={"f_internal_note": "x", "version": "1"})
    locked_by(case, HANDLER)
    page = client.get(address).text
    link = re.search(r'href="([^"]+)">Visa utkastet', page)
    assert link and "lista=visa%3Dall%26sort%3Dtitle" in link[1]
    assert 'name="lista" value="visa=all&amp;sort=title"' in page.split("Överta arbetslås")[0]
    for deed in ("overtake", "drop-draft"):
        answer = client.post(
            f"/admin/case/lock/{case.id}/{deed}", data={"_tab_token": OTHER_TAB, **place}
        )
        assert "lista=visa%3Dall%26sort%3Dtitle" in answer.location, deed
