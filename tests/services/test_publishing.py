"""Publishing a case: the rules by every door, the second pair of eyes, the worker, the way back."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from threading import Thread

import pytest

from cli.publishing import keep_published
from domain.clock import as_of, local_today
from domain.errors import ChangedMeanwhile, NotAllowed, RuleBroken
from domain.publication import CHECKS, PublicText
from extensions import db
from models import Case, CaseChoice, utcnow
from services.publishing.chores import publish_next
from services.publishing.deeds import Check, approve, publish, save_draft, version_of, withdraw
from services.publishing.reading import facts_of, own_text
from services.unit_of_work import unit_of_work
from tests.support.cases import (
    HJO,
    SODERTALJE,
    actor,
    choice,
    edit,
    layout,
    log_of,
    new_case,
    unit_id,
)
from tests.support.compose import HANDLER
from tests.support.publishing import (
    ANSWER,
    NO,
    QUESTION,
    TITLE,
    YES,
    chosen,
    drafted,
    public_rows,
    published,
    ready_case,
    setting,
    state_of,
)

pytestmark = [pytest.mark.usefixtures("app", "town"), pytest.mark.row("H24")]
CHIEF, REGISTRAR, READER = "chef.hjo", "registrator.hjo", "lasare.omsorg"
ALL = tuple(CHECKS)
SECRET = {"covers": "Allt", "reason": "Hälsa."}


def try_to_publish(case: Case, text: PublicText | None = None, **check) -> None:
    publish(
        case, layout(HJO), text or own_text(case), Check(**{"ticks": ALL, **check}),
        seen_version=version_of(case), actor=actor(REGISTRAR),
    )  # fmt: skip


def test_what_the_public_reads_are_the_allowed_words_and_nothing_else():
    case = ready_case(
        title="Till Berit", text="Original med Berit Ek.", received_on=local_today(),
        internal_note="Internt.", own_type="Eget ord",
    )  # fmt: skip
    text = PublicText(TITLE, QUESTION + "\u200b", f"<div>{ANSWER}<script>x</script></div>")
    row = published(case, text)
    (shown,) = public_rows()
    assert (shown.title, shown.question, shown.answer) == (TITLE, QUESTION, f"<div>{ANSWER}</div>")
    assert (shown.kind, shown.area) == ("Klagomål", "Kultur och fritid")
    assert shown.measures == ["Åtgärdat"]
    assert shown.received_month == f"{local_today():%Y-%m}"
    assert (shown.published_on, row.state) == (local_today(), "published")
    assert shown.words.startswith("fler cykelställ ställ upp")
    assert len(shown.slug) >= 16
    values = repr([getattr(shown, column.key) for column in shown.__table__.columns])
    assert not any(word in values for word in ("Berit", "Internt", "Eget ord", "berit.ek"))


HARD = ("internal", "refused", "unit", "unanswered")


def spoil(case: Case, how: str) -> None:
    """Make the case one that is not published, behind the back of the services."""
    if how == "internal":
        case.choices = [
            CaseChoice(
                field_key="categories", choice_id=choice(HJO, "categories", "Intern synpunkt")
            )
        ]
    elif how == "refused":
        case.refused_for = "unclear"
    elif how == "unit":
        case.unit_id = unit_id("Hemvård")
    else:
        case.answered_on = case.closed_at = case.closed_by_id = None
    db.session.commit()


@pytest.mark.parametrize("how", HARD)
def test_the_worker_asks_every_rule_again_on_the_day(how: str):
    case = ready_case()
    published(case, publish_on=local_today() + timedelta(days=3))
    assert (state_of(case.id), public_rows()) == ("approved", [])
    spoil(case, how)
    with as_of(utcnow() + timedelta(days=4)):
        keep_published()
    assert (state_of(case.id), public_rows()) == ("withdrawn", [])
    assert log_of(case, "publication.withdrawn")[-1].actor_name == "Systemet"


def test_the_worker_publishes_what_is_due_once_and_takes_it_back_when_its_time_is_over():
    case = ready_case()
    day = local_today() + timedelta(days=3)
    published(case, publish_on=day)
    keep_published()
    assert public_rows() == []
    with as_of(utcnow() + timedelta(days=4)):
        keep_published()
        keep_published()
    (row,) = public_rows()
    assert row.published_on == day + timedelta(days=1)
    with as_of(utcnow() + timedelta(days=24 * 32)):
        keep_published()
    assert (state_of(case.id), public_rows()) == ("withdrawn", [])


@pytest.mark.parametrize("named", ["Berit Ek", "Berit", "berit.ek@example.org", "Storgatan 1"])
@pytest.mark.parametrize("where", ["title", "question", "answer"])
def test_the_submitters_own_name_and_contact_data_stop_it_wherever_they_stand(named, where):
    case = ready_case()
    text = replace(own_text(case), **{where: f"Hej {named}, tack."})
    with pytest.raises(RuleBroken, match="Ta bort uppgiften") as caught:
        try_to_publish(case, text, confirmed=[f"submitter:{named}", f"street:{named}"])
    assert caught.value.field == "findings"
    db.session.rollback()
    assert (state_of(case.id), public_rows()) == ("", [])


@pytest.mark.parametrize(
    "hidden", ["Be\u00adrit Ek", "Berit\u200b Ek", "Berit<b> Ek</b>", "BERIT EK"]
)
def test_a_name_that_hides_between_signs_is_found(hidden: str):
    case = ready_case()
    with pytest.raises(RuleBroken, match="Ta bort uppgiften"):
        try_to_publish(case, replace(own_text(case), answer=f"<div>Hej {hidden}!</div>"))


def test_other_personal_data_is_confirmed_one_by_one():
    case = ready_case(text="Ring 073-999 45 67 eller 811228-9874.")
    looked_at = ["phone:073-999 45 67", "personal_number:811228-9874"]
    for some in ([], looked_at[:1], looked_at[1:]):
        with pytest.raises(RuleBroken, match="Kontrollera varje fynd"):
            try_to_publish(case, confirmed=some)
        db.session.rollback()
    try_to_publish(case, confirmed=looked_at)
    db.session.commit()
    assert len(public_rows()) == 1


@pytest.mark.parametrize("missing", CHECKS)
def test_every_line_of_the_check_list_is_ticked(missing: str):
    case = ready_case()
    with pytest.raises(RuleBroken, match="kontrollistan"):
        try_to_publish(case, ticks=[key for key in CHECKS if key != missing])


def test_it_appears_no_earlier_than_the_case_type_allows():
    case = ready_case(answered_on=local_today())
    case.answered_on = local_today()
    db.session.commit()
    with pytest.raises(RuleBroken, match="tidigast") as caught:
        try_to_publish(case, publish_on=local_today() + timedelta(days=6))
    assert caught.value.field == "publish_on"
    db.session.rollback()
    assert published(case).publish_on == local_today() + timedelta(days=7)


def test_a_second_person_approves_and_never_the_one_who_checked():
    setting(two_eyes=True)
    case = ready_case()
    row = published(case)
    assert (row.state, public_rows()) == ("checked", [])
    with pytest.raises(RuleBroken, match="själv kontrollerat"):
        approve(case, layout(HJO), seen_version=row.version, actor=actor(HANDLER))
    db.session.rollback()
    with pytest.raises(NotAllowed):
        approve(case, layout(HJO), seen_version=row.version, actor=actor(READER))
    db.session.rollback()
    keep_published()
    assert public_rows() == []
    approve(case, layout(HJO), seen_version=version_of(case), actor=actor(REGISTRAR))
    db.session.commit()
    assert len(public_rows()) == 1
    deeds = [line.action for line in log_of(case) if line.action.startswith("publication.")]
    assert deeds == ["publication.checked", "publication.approved", "publication.published"]


def test_a_text_that_changed_after_the_check_must_be_checked_anew():
    setting(two_eyes=True)
    case = ready_case()
    row = published(case)
    seen = row.version
    drafted(case, replace(own_text(case), title="En annan rubrik"), REGISTRAR)
    with pytest.raises(ChangedMeanwhile):
        approve(case, layout(HJO), seen_version=seen, actor=actor(REGISTRAR))
    db.session.rollback()
    with pytest.raises(RuleBroken, match="inget att godkänna"):
        approve(case, layout(HJO), seen_version=version_of(case), actor=actor(CHIEF))


def test_a_change_of_what_is_public_keeps_its_address_and_day_and_waits_for_two_eyes():
    case = ready_case()
    published(case)
    (before,) = [(row.slug, row.published_on) for row in public_rows()]
    published(case, replace(own_text(case), title="Ny rubrik"))
    assert [(r.slug, r.published_on, r.title) for r in public_rows()] == [(*before, "Ny rubrik")]
    setting(two_eyes=True)
    published(case, replace(own_text(case), title="Ännu nyare"))
    assert (state_of(case.id), public_rows()) == ("checked", [])


def test_nobody_saves_over_what_somebody_else_saved():
    case = ready_case()
    drafted(case)
    with pytest.raises(ChangedMeanwhile):
        save_draft(case, own_text(case), seen_version=0, actor=actor(HANDLER))


def test_avpublicera_takes_a_reason_and_the_choice_says_so():
    case = ready_case()
    published(case)
    assert case.publication_id == chosen(YES)
    with pytest.raises(RuleBroken, match="Skriv varför"):
        withdraw(case, layout(HJO), " ", actor=actor(HANDLER))
    db.session.rollback()
    withdraw(case, layout(HJO), "Fel bild av saken.", actor=actor(HANDLER))
    db.session.commit()
    assert (state_of(case.id), public_rows(), case.publication_id) == ("withdrawn", [], chosen(NO))
    assert log_of(case, "publication.withdrawn")[-1].new == {"reason": "Fel bild av saken."}


def test_a_case_of_a_type_that_is_not_published_is_not():
    setting(publishes=False)
    case = ready_case()
    with pytest.raises(RuleBroken, match="Ärendetypen publiceras inte"):
        try_to_publish(case)


def test_a_synpunkt_from_staff_is_internal():
    origin = choice(SODERTALJE, "origin", "Synpunkt från anställd")
    assert facts_of(new_case(SODERTALJE, origin=origin)).is_internal
    assert not facts_of(new_case(SODERTALJE)).is_internal


@pytest.mark.parametrize("how", HARD)
def test_no_rule_is_passed_by_the_person_who_publishes(how: str):
    case = ready_case()
    spoil(case, how)
    with pytest.raises(RuleBroken):
        try_to_publish(case)
    db.session.rollback()
    assert (state_of(case.id), public_rows()) == ("", [])


def test_what_is_never_published_cannot_be_chosen_in_the_case_form():
    case = ready_case()
    spoil(case, "internal")
    with pytest.raises(RuleBroken, match="Interna synpunkter") as caught:
        edit(case, HANDLER, publication=chosen(YES))
    assert caught.value.field == "publication"


def test_choosing_to_publish_begins_a_draft_that_waits():
    case = ready_case()
    edit(case, HANDLER, publication=chosen(YES))
    db.session.commit()
    assert (state_of(case.id), public_rows()) == ("draft", [])
    edit(case, HANDLER, publication=chosen(NO))
    edit(case, HANDLER, publication=chosen(YES))
    db.session.commit()
    assert state_of(case.id) == "draft"


def test_the_workers_share_the_cases_between_them(app):
    """Two transactions at once, as two workers have: the second finds nothing to do."""
    published(ready_case(), publish_on=local_today() + timedelta(days=1))
    done: list[bool] = []

    def work() -> None:
        with app.app_context(), as_of(utcnow() + timedelta(days=2)), unit_of_work():
            done.append(publish_next())

    threads = [Thread(target=work) for _number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(done) == [False, False, False, True]
    assert len(public_rows()) == 1
