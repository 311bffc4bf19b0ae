"""Drafts of events: kept for the person who wrote them, and for nobody else."""

from __future__ import annotations

from datetime import timedelta

import pytest

from domain.errors import NotAllowed, RuleBroken
from extensions import db
from models import EventDraft, StagedFile, utcnow
from services.attachments import staged
from services.correspondence.drafts import draft_of, drafted_templates, forget_draft, save_draft
from services.file_purging import forget_staged
from services.once import claim_key
from tests.support.cases import actor, new_case
from tests.support.compose import ANSWER, HANDLER, SECOND, hjo_case, staged_files, template

pytestmark = pytest.mark.usefixtures("app", "town")
KEY, OTHER_KEY = "k" * 32, "m" * 32


def keep(case, text, *, username=HANDLER, key=KEY, event=ANSWER):
    row = save_draft(case, template(event).id, key, {"body": [text]}, actor=actor(username))
    db.session.commit()
    return row


def text_of(case, username=HANDLER, event=ANSWER):
    row = draft_of(case, template(event).id, actor(username))
    return row and row.values["body"][0]


@pytest.mark.row("H15")
def test_what_was_typed_last_is_kept_once():
    case = hjo_case()
    keep(case, "Först")
    keep(case, "Sedan", key=OTHER_KEY)
    assert text_of(case) == "Sedan"
    (row,) = db.session.query(EventDraft).all()
    assert row.form_key == OTHER_KEY


def test_a_draft_belongs_to_its_person_case_and_template():
    case, other = hjo_case(), hjo_case()
    keep(case, "Handläggarens")
    keep(case, "Chefens", username="chef.hjo")
    assert (text_of(case), text_of(case, "chef.hjo")) == ("Handläggarens", "Chefens")
    assert text_of(case, "registrator.hjo") is None
    assert text_of(other) is None
    assert text_of(case, event=SECOND) is None
    assert drafted_templates(case.id, actor(HANDLER)) == {template(ANSWER).id}
    assert drafted_templates(case.id, actor("registrator.hjo")) == frozenset()


def test_throwing_a_draft_away_leaves_those_of_others():
    case = hjo_case()
    keep(case, "Handläggarens")
    keep(case, "Chefens", username="chef.hjo")
    forget_draft(case.id, template(ANSWER).id, actor(HANDLER))
    assert (text_of(case), text_of(case, "chef.hjo")) == (None, "Chefens")


def test_a_late_save_does_not_bring_back_what_was_sent():
    case = hjo_case()
    assert claim_key(KEY, case.id)
    db.session.commit()
    assert keep(case, "För sent") is None
    assert db.session.query(EventDraft).count() == 0


def test_a_draft_whose_form_was_sent_meanwhile_is_not_shown():
    case = hjo_case()
    keep(case, "Skickas strax")
    claim_key(KEY, case.id)
    db.session.commit()
    assert text_of(case) is None
    assert drafted_templates(case.id, actor(HANDLER)) == frozenset()


@pytest.mark.parametrize("username", ["lasare.omsorg", "admin"])
def test_who_may_write_nothing_keeps_nothing(username):
    with pytest.raises(NotAllowed):
        keep(new_case(), "Hej", username=username)


def test_a_text_without_end_is_refused():
    with pytest.raises(RuleBroken, match="för lång"):
        keep(hjo_case(), "x" * 500_001)


def test_the_files_of_a_draft_outlive_two_days_and_those_of_other_forms_do_not():
    case = hjo_case()
    staged_files(KEY, plan_txt=b"Plan")
    staged_files(OTHER_KEY, glomd_txt=b"Bort")
    keep(case, "Med fil")
    db.session.query(StagedFile).update({"created_at": utcnow() - timedelta(days=3)})
    forget_staged(utcnow())
    assert [row.filename for row in staged(KEY)] == ["plan.txt"]
    assert staged(OTHER_KEY) == []
    forget_draft(case.id, template(ANSWER).id, actor(HANDLER))
    forget_staged(utcnow())
    assert staged(KEY) == []
