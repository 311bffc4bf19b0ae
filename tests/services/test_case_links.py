"""Links between cases: rules, log lines, what others may know of them, one answer for several."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from domain.case_links import DUPLICATE_OF, HAS_DUPLICATE, RELATED, stems
from domain.errors import DomainError, NotAllowed, RuleBroken
from extensions import db
from models import CaseLink, utcnow
from queries.case_links import links_of, suggestions_for
from services.cases.links import (
    answer_verdicts,
    link_cases,
    put_answer,
    unlink_cases,
)
from services.work_locks import look, take
from tests.support.cases import HJO, SODERTALJE, actor, edit, log_of, new_case, person, unit_id

pytestmark = [pytest.mark.usefixtures("app", "town"), pytest.mark.row("H08")]
CHIEF, HANDLER, REGISTRAR = "chef.hjo", "handlaggare.hjo", "registrator.hjo"
ANSWER = "<div>Vi lagar bänken i maj.</div>"


def a_case(**values):
    given = {"unit": unit_id("Fritid"), "responsible": person(HANDLER).id, **values}
    return new_case(HJO, **given)


def link(one, two, role=RELATED, who=HANDLER):
    made = link_cases(one, two, role, actor=actor(who))
    db.session.commit()
    return made


def test_a_link_reads_right_from_both_ends_and_stands_in_both_logs():
    one, two, three = a_case(), a_case(title="Den andra"), a_case()
    link(two, one, DUPLICATE_OF)
    link(one, three)
    assert [(x.number, x.role) for x in links_of(one.id, actor(HANDLER))] == [
        (two.id, HAS_DUPLICATE),
        (three.id, RELATED),
    ]
    (found,) = links_of(two.id, actor(HANDLER))
    assert (found.number, found.role, found.status) == (one.id, DUPLICATE_OF, "Inkommen")
    assert [(e.subject, e.new) for e in log_of(two, "case.linked")] == [
        (f"case {one.id}", "Dubblett av")
    ]
    assert [e.new for e in log_of(one, "case.linked")] == ["Har dubbletten", "Hör ihop med"]


def test_unlinking_is_logged_on_both_and_leaves_nothing():
    one, two = a_case(), a_case()
    made = link(one, two, HAS_DUPLICATE)
    unlink_cases(two, one, made, actor=actor(REGISTRAR))
    db.session.commit()
    assert links_of(one.id, actor(HANDLER)) == []
    assert [e.old for e in log_of(one, "case.unlinked")] == ["Har dubbletten"]
    assert [e.old for e in log_of(two, "case.unlinked")] == ["Dubblett av"]


def test_of_a_case_that_one_may_not_see_nothing_shows():
    one, secret = a_case(), a_case(title="KANARIE")
    link(one, secret)
    secret.is_secret = True
    db.session.commit()
    assert links_of(one.id, actor(REGISTRAR)) == []
    assert [x.title for x in links_of(one.id, actor(CHIEF))] == ["KANARIE"]


@pytest.mark.parametrize("case", ["self", "twice", "chain", "second main", "own duplicates"])
def test_links_that_would_make_no_sense_are_refused(case):
    one, two, three = a_case(), a_case(), a_case()
    pairs = {
        "self": (one, one, RELATED, "sig självt"),
        "twice": (two, one, RELATED, "redan kopplade"),
        "chain": (three, two, DUPLICATE_OF, "självt en dubblett"),
        "second main": (two, three, DUPLICATE_OF, "redan en dubblett"),
        "own duplicates": (one, three, DUPLICATE_OF, "egna dubbletter"),
    }
    link(two, one, DUPLICATE_OF)
    first, second, role, said = pairs[case]
    with pytest.raises(RuleBroken) as refused:
        link_cases(first, second, role, actor=actor(HANDLER))
    assert said in str(refused.value) and refused.value.field == "number"
    assert len(db.session.scalars(select(CaseLink)).all()) == 1


def test_a_foreign_case_and_a_missing_one_are_refused_in_the_same_words():
    mine, foreign = a_case(), new_case(SODERTALJE, unit=unit_id("Hemtjänst"))
    said = []
    for other in (foreign, None):
        with pytest.raises(RuleBroken) as refused:
            link_cases(mine, other, RELATED, actor=actor(HANDLER))
        said.append(str(refused.value))
    assert said[0] == said[1]
    with pytest.raises(NotAllowed):
        link_cases(foreign, foreign, RELATED, actor=actor("lasare.omsorg"))
    with pytest.raises(RuleBroken):
        link_cases(mine, a_case(), "något annat", actor=actor(HANDLER))


def test_suggestions_come_from_the_person_and_from_the_title():
    case = a_case(title="Trasiga bänkar i stadsparken")
    same = a_case(title="Något helt annat")
    similar = a_case(title="Stadsparkens bänk är trasig", submitter_email="kalle@example.org")
    a_case(title="Bussens tider", submitter_email="kalle@example.org")
    found = suggestions_for(case, actor(HANDLER))
    assert [(s.number, s.same_submitter) for s in found] == [(same.id, True), (similar.id, False)]
    link(case, same)
    assert [s.number for s in suggestions_for(case, actor(HANDLER))] == [similar.id]


def test_suggestions_never_tell_who_a_protected_person_is():
    case, other = a_case(title="Ett"), a_case(title="Två")
    other.submitter.is_protected = True
    db.session.commit()
    assert suggestions_for(case, actor(REGISTRAR)) == []
    assert suggestions_for(other, actor(REGISTRAR)) == []
    assert [s.number for s in suggestions_for(case, actor(CHIEF))] == [other.id]


def test_stems_forget_endings_and_short_words():
    assert stems("Trasiga bänkar på ön") == {"trasig", "bänkar"}
    assert stems("") == frozenset()


def with_duplicates(count):
    main = a_case()
    edit(main, HANDLER, answer=ANSWER)
    copies = [a_case() for _time in range(count)]
    for copy in copies:
        link(copy, main, DUPLICATE_OF)
    return main, copies


def test_the_answer_goes_into_each_duplicate_and_nothing_is_sent():
    main, (copy,) = with_duplicates(1)
    link(main, a_case())  # related cases get no answer
    assert [v.case.id for v in answer_verdicts(main, actor(HANDLER))] == [copy.id]
    put_answer(main, copy, seen_version=copy.version, actor=actor(HANDLER))
    db.session.commit()
    assert copy.answer == ANSWER and copy.answered_on is None and copy.event_count == 0
    assert [e.subject for e in log_of(copy, "case.answer-shared")] == [f"case {main.id}"]
    (verdict,) = answer_verdicts(main, actor(HANDLER))
    assert "finns redan" in str(verdict.reason)


def test_each_duplicate_that_does_not_get_it_says_why():
    main, (closed, own, answered, locked, fine) = with_duplicates(5)
    closed.closed_at, closed.closed_by_id = utcnow(), person(CHIEF).id
    edit(own, HANDLER, answer="<div>Eget svar</div>")
    answered.answered_on = answered.received_on
    db.session.commit()
    take(locked, actor(CHIEF), "k" * 24)
    db.session.commit()
    verdicts = {v.case.id: str(v.reason or "") for v in answer_verdicts(main, actor(HANDLER))}
    assert "avslutat" in verdicts[closed.id] and "eget svar" in verdicts[own.id]
    assert "redan besvarat" in verdicts[answered.id] and verdicts[fine.id] == ""
    assert verdicts[locked.id]
    for case in (closed, own, answered, locked):
        with pytest.raises(DomainError):
            put_answer(main, case, seen_version=case.version, actor=actor(HANDLER))
    assert own.answer == "<div>Eget svar</div>" and locked.answer == ""


def test_the_own_lock_in_another_tab_does_not_stand_in_the_way():
    main, (copy,) = with_duplicates(1)
    take(copy, actor(HANDLER), "k" * 24)
    db.session.commit()
    put_answer(main, copy, seen_version=copy.version, actor=actor(HANDLER))
    db.session.commit()
    assert copy.answer == ANSWER and look(copy.id, actor(HANDLER), "k" * 24).hold == "here"


def test_the_answer_of_a_secret_case_stays_there_and_a_registrar_gives_none():
    main, (copy,) = with_duplicates(1)
    (verdict,) = answer_verdicts(main, actor(REGISTRAR))
    assert isinstance(verdict.reason, NotAllowed)
    main.is_secret = True
    db.session.commit()
    (verdict,) = answer_verdicts(main, actor(HANDLER))
    assert "sekretessmarkerat" in str(verdict.reason)
    with pytest.raises(RuleBroken):
        put_answer(main, copy, seen_version=copy.version, actor=actor(HANDLER))
