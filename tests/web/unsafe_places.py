"""What the blanks of tests/web/unsafe_requests.py are filled with: one of everything."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select, update

from domain.case_links import RELATED
from domain.clock import local_today
from domain.statistics.presets import named_period
from domain.statistics.question import Question
from extensions import db
from models import Case, KeptReport, OutboxMessage, ReportSchedule, StandIn, utcnow
from queries.secrecy import grounds_on
from services.cases.links import link_cases
from services.cases.marking import raise_flag
from services.password_links import hand_over_link
from services.reports.keeping import make_report
from services.reports.scheduling import save_schedule
from services.saved_views import save_view
from services.secret_links import current_link
from services.stand_ins import add_stand_in
from services.work_locks import take
from tests.support.cases import HJO, actor, choice, layout, person, unit_id
from tests.support.compose import ANSWER, HANDLER, answered_case, send
from tests.support.files import attach_file
from tests.support.letters import letter, note

ADMIN, REGISTRAR, NOBODY = "admin", "registrator.hjo", ""
NEW = "sju gröna cyklar vid sjön"
TAB = "flik-ett-0123456789"


def _of_lists_and_reports() -> dict[str, Any]:
    view = save_view(
        None,
        case_type_id=layout(HJO).id,
        name="Stängda",
        address="visa=closed",
        is_shared=False,
        is_default=False,
        actor=actor(HANDLER),
    )
    return {
        "hjo_id": layout(HJO).id,
        "kept_id": _kept_report().id,
        "schedule_id": _schedule().id,
        "view_id": view.id,
        "handler_id": person(HANDLER).id,
        "chief_id": person("chef.hjo").id,
    }


def _stand_in() -> StandIn:
    days = {"first_day": local_today(), "last_day": local_today()}
    absent = {"absent_id": person(HANDLER).id, "stand_in_id": person("chef.hjo").id, **days}
    return add_stand_in(absent, actor=actor(HANDLER))


def _kept_report() -> KeptReport:
    period = named_period("i-ar", local_today())
    question = Question(layout(HJO).id, period, unit_id=unit_id("Fritid"))
    return make_report("Kvartalet", question, actor=actor("chef.hjo"))


def _schedule() -> ReportSchedule:
    values = {
        "name": "Kvartalets siffror", "report_key": "oversikt", "case_type_id": layout(HJO).id,
        "unit_id": unit_id("Fritid"), "rhythm": "kvartal", "reader_ids": [person("chef.hjo").id],
    }  # fmt: skip
    return save_schedule(None, values, actor=actor(REGISTRAR))


def _linked(case: Case, other: Case) -> int:
    link = link_cases(case, other, RELATED, actor=actor(HANDLER))
    db.session.flush()
    return link.id


def _password_token() -> str:
    address = hand_over_link(person("lasare.omsorg"), actor=actor(ADMIN))
    return address.rpartition("/")[2]


def make_place() -> dict[str, Any]:
    """A case with everything that can be done to it, and a few more. Commits."""
    case, closed, sent = answered_case(), answered_case(), answered_case()
    closed.closed_at, closed.closed_by_id = utcnow(), person(HANDLER).id
    take(case, actor(HANDLER), TAB)
    paper, event = letter(case), note(case)
    answer = send(sent, ANSWER)
    db.session.execute(update(OutboxMessage).values(state="failed"))
    case.has_new_reply = True
    raise_flag(sent, "Pressen frågar.", actor=actor(HANDLER))
    link = current_link(case).path.rpartition("/")[2]
    assert paper is not None
    mailed = db.session.scalars(select(OutboxMessage).filter_by(event_id=answer.id)).one()
    place = {
        "case_id": case.id,
        "closed_id": closed.id,
        "sent_id": sent.id,
        "sent": answer.number,
        "file": attach_file(case, "plan.txt", b"En plan.").public_id,
        "letter": paper.number,
        "note": event.number,
        "link": link,
        "password_token": _password_token(),
        "mail_id": mailed.id,
        "stand_in_id": _stand_in().id,
        "person_id": person("chef.omsorg").id,
        "ground": grounds_on(local_today())[0].id,
        "workflow": choice(HJO, "workflow", "Synpunkten"),
        "types": choice(HJO, "types", "Klagomål"),
        "categories": choice(HJO, "categories", "Fysisk miljö"),
        "template_id": 1,
        "unit_id": unit_id("Fritid"),
        "other_unit_id": unit_id("Bibliotek"),
        "link_id": _linked(case, sent),
        "sent_version": sent.version,
    }
    place |= _of_lists_and_reports()
    db.session.commit()
    return place
