"""Taking a published case back: by what forbids it, in the transaction that forbids it."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from threading import Event, Thread

import pytest
from sqlalchemy import select

from cli.publishing import keep_published
from domain.clock import local_today
from domain.errors import NotAllowed
from domain.publication import CHECKS
from extensions import db
from models import Case, Unit
from queries.secrecy import grounds_on
from services.cases import reopen_case
from services.cases.bulk import ACTIONS, change_case
from services.correspondence.removing import void_event
from services.publishing.deeds import Check, publish, version_of, withdraw
from services.publishing.reading import own_text
from services.secrecy import set_mark
from services.unit_of_work import unit_of_work
from tests.support.cases import HJO, actor, choice, edit, layout, log_of, person, unit_id
from tests.support.compose import ANSWER as ANSWER_MAIL
from tests.support.compose import HANDLER, REFUSAL, prepare, send
from tests.support.publishing import (
    NO,
    YES,
    chosen,
    public_rows,
    published,
    ready_case,
    setting,
    state_of,
)

pytestmark = [pytest.mark.usefixtures("app", "town"), pytest.mark.row("H24")]
CHIEF, REGISTRAR = "chef.hjo", "registrator.hjo"
CHECKED = Check(tuple(CHECKS))
SECRET = {"covers": "Allt", "reason": "Hälsa."}


def mark(case: Case, kind: str) -> None:
    ground = next(g.id for g in grounds_on(local_today()) if g.for_submitter)
    set_mark(case, kind, ground_id=ground, actor=actor(HANDLER), **SECRET)


def _secret(case: Case) -> None:
    mark(case, "case")


def _protect(case: Case) -> None:
    mark(case, "submitter")


def _choose_no(case: Case) -> None:
    edit(case, HANDLER, publication=chosen(NO))


def _choose_nothing(case: Case) -> None:
    edit(case, HANDLER, publication=None)


def _reopen(case: Case) -> None:
    reopen_case(case, "Mer har hänt.", actor=actor(HANDLER))


def _move_in_bulk(case: Case) -> None:
    case.closed_at = case.closed_by_id = None
    case.unit_id = None  # from no branch: no border to pass
    db.session.flush()
    chosen_values = {"unit": unit_id("Hemvård"), "responsible": person(CHIEF).id}
    change_case(
        case, layout(HJO), ACTIONS["tilldela"], chosen_values,
        seen_version=case.version, tab="flik-ett-0123456789", actor=actor(REGISTRAR),
    )  # fmt: skip


def _name(case: Case) -> None:
    """What was said of nobody turns out to be the submitter's name."""
    case.closed_at = case.closed_by_id = None
    db.session.flush()
    edit(case, HANDLER, submitter_name="Cykelställ Karlsson")


def _no_contact(case: Case) -> None:
    case.closed_at = case.closed_by_id = None
    db.session.flush()
    edit(case, HANDLER, contact_way=choice(HJO, "contact_way", "Vill ej bli kontaktad"))


@pytest.mark.parametrize(
    "change",
    [_secret, _protect, _choose_no, _choose_nothing, _reopen, _name, _no_contact, _move_in_bulk],
)
def test_what_forbids_it_takes_it_back_in_the_same_transaction(change):
    case, other = ready_case(), ready_case(title="En annan")
    published(case)
    published(other)
    change(case)
    db.session.rollback()
    assert len(public_rows()) == 2, "What was not committed may not be seen."
    change(case)
    db.session.commit()
    assert [row.title for row in public_rows()] == ["En annan"]
    assert state_of(case.id) == "withdrawn"
    assert db.session.get_one(Case, case.id).publication_id != chosen(YES)
    assert log_of(case, "publication.withdrawn")[-1].new["reason"]


def test_refusing_a_case_and_voiding_its_answer_take_it_back():
    for template in (REFUSAL, ANSWER_MAIL):
        case = ready_case(answer="")
        case.closed_at = case.closed_by_id = None
        db.session.commit()
        event = None
        if template == ANSWER_MAIL:
            event = send(case, template)
        published(case)
        if event is None:
            made = prepare(case, template)
            send(case, template, replace(made, body=made.body.replace("[skriv skälet här]", "x")))
        else:
            void_event(event, case, "Fel svar.", actor=actor(HANDLER))
            db.session.commit()
        assert (state_of(case.id), public_rows()) == ("withdrawn", []), template


@pytest.mark.parametrize(
    "change",
    [
        lambda: setting(publishes=False),
        lambda: setting(secrecy_class="health"),
        lambda: db.session.scalars(select(Unit).filter_by(name="Fritid")).one().__setattr__(
            "secrecy_area", "social"
        ),
    ],
)  # fmt: skip
def test_a_change_of_the_configuration_takes_back_at_the_workers_next_round(change):
    case = ready_case()
    published(case)
    change()
    db.session.commit()
    keep_published()
    assert (state_of(case.id), public_rows()) == ("withdrawn", [])


def test_marking_and_publishing_at_the_same_time_ends_with_nothing_public(app):
    """The handler has read the case and publishes; somebody marks it meanwhile. On SQLite one of
    them waits for the other, on PostgreSQL the mark is first.
    """
    case = ready_case()
    published(case)
    withdraw(case, layout(HJO), "Skrivs om.", actor=actor(HANDLER))
    case.publication_id = chosen(YES)
    db.session.commit()
    number, has_read, is_marked = case.id, Event(), Event()

    def publish_slowly() -> None:
        with app.app_context(), suppress(NotAllowed), unit_of_work():
            own = db.session.get_one(Case, number)
            text, seen, who = own_text(own), version_of(own), actor(HANDLER)
            has_read.set()
            is_marked.wait(1)
            publish(own, layout(HJO), text, CHECKED, seen_version=seen, actor=who)

    db.session.rollback()
    other = Thread(target=publish_slowly)
    other.start()
    assert has_read.wait(10)
    mark(db.session.get_one(Case, number), "case")
    db.session.commit()
    is_marked.set()
    other.join()
    db.session.rollback()
    assert db.session.get_one(Case, number).is_secret
    assert public_rows() == []
