"""Adding and removing files, and the toolbar's commands, wait for the work lock as saving does."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO

import pytest
from sqlalchemy import func, select

from extensions import db
from models import Attachment, Case, StagedFile, WorkLock
from services.work_locks import overtake, take
from tests.support.cases import actor
from tests.support.compose import HANDLER, answered_case
from tests.support.files import attach_file
from tests.support.forms import form_data

pytestmark = [pytest.mark.usefixtures("town"), pytest.mark.row("S25")]
MANAGER = "chef.hjo"
TAB, OTHER_TAB = "flik-ett-0123456789", "flik-tva-0123456789"


def locked_by(case: Case, username: str, tab: str) -> None:
    take(case, actor(username), tab)
    db.session.commit()


def by_a_colleague(case: Case) -> None:
    locked_by(case, MANAGER, OTHER_TAB)


def by_the_own_other_tab(case: Case) -> None:
    locked_by(case, HANDLER, OTHER_TAB)


def by_overtaking(case: Case) -> None:
    locked_by(case, HANDLER, TAB)
    overtake(case, actor(HANDLER), OTHER_TAB)
    db.session.commit()


HOLDERS = [by_a_colleague, by_the_own_other_tab, by_overtaking]


def remove(client, case: Case, file: Attachment, tab: str = TAB):
    path = f"/admin/case/do/{case.id}/file/{file.public_id}/remove"
    return client.post(path, data={"_tab_token": tab}, follow_redirects=True)


def is_there(file: Attachment) -> bool:
    db.session.expire_all()
    return db.session.get_one(Attachment, file.id).removed_at is None


def count(model: type) -> int:
    db.session.expire_all()
    return db.session.scalar(select(func.count()).select_from(model)) or 0


def opened(client, case: Case) -> dict[str, list[str]]:
    return form_data(client.get(f"/admin/case/edit/?id={case.id}&flik=ny").text, "case-form")


@pytest.mark.parametrize("lock", HOLDERS)
def test_a_file_is_not_removed_while_another_tab_has_the_lock(client, lock: Callable[[Case], None]):
    case = answered_case()
    file = attach_file(case, "plan.txt", b"En plan.")
    client.login(HANDLER)
    lock(case)
    answer = remove(client, case, file)
    assert "arbetslåset. " in answer.text
    assert "Filen är borttagen" not in answer.text
    assert is_there(file)


def test_who_holds_the_lock_removes_a_file_and_keeps_the_lock(client):
    case = answered_case()
    file = attach_file(case, "plan.txt", b"En plan.")
    client.login(HANDLER)
    locked_by(case, HANDLER, TAB)
    assert "Filen är borttagen från ärendet." in remove(client, case, file).text
    assert not is_there(file)
    assert count(WorkLock) == 1


def test_removing_a_file_of_a_free_case_leaves_no_lock_behind(client):
    case = answered_case()
    file = attach_file(case, "plan.txt", b"En plan.")
    client.login(HANDLER)
    remove(client, case, file)
    assert not is_there(file)
    assert count(WorkLock) == 0


@pytest.mark.parametrize("lock", HOLDERS)
def test_a_file_is_not_added_while_another_tab_has_the_lock_but_stays_in_the_form(
    client, lock: Callable[[Case], None]
):
    case = answered_case()
    client.login(HANDLER)
    form = opened(client, case)
    lock(case)
    data = {**form, "_tab_token": [TAB], "_do": ["save"], "files": (BytesIO(b"Ny."), "ny.txt")}
    answer = client.post(f"/admin/case/edit/?id={case.id}", data=data)
    assert answer.status_code == 409
    assert "har arbetslåset" in answer.text
    assert "ny.txt" in answer.text  # kept with the form, so that it need not be chosen again
    assert (count(Attachment), count(StagedFile)) == (0, 1)


@pytest.mark.parametrize("lock", HOLDERS[:2])
def test_no_field_and_button_for_files_is_shown_while_another_tab_has_the_lock(
    client, lock: Callable[[Case], None]
):
    case = answered_case()
    file = attach_file(case, "plan.txt", b"En plan.")
    client.login(HANDLER)
    address = f"/admin/case/edit/?id={case.id}&flik=ny"
    free = client.get(address).text
    assert f"{file.public_id}/remove" in free
    assert 'name="files"' in free
    lock(case)
    locked = client.get(address).text
    assert f"{file.public_id}/remove" not in locked
    assert 'name="files"' not in locked
    assert "plan.txt" in locked


@pytest.mark.parametrize("lock", HOLDERS)
@pytest.mark.parametrize("button", ["close", "ready", "unready"])
def test_no_command_of_the_toolbar_is_carried_out_while_another_tab_has_the_lock(
    client, button: str, lock: Callable[[Case], None]
):
    case = answered_case()
    client.login(HANDLER)
    form = opened(client, case)
    lock(case)
    version = case.version
    data = {**form, "_tab_token": [TAB], "_do": [button]}
    answer = client.post(f"/admin/case/edit/?id={case.id}", data=data)
    assert answer.status_code == 409
    db.session.expire_all()
    assert (case.version, case.closed_at, case.ready_at) == (version, None, None)
