"""What can be done with a case, each as one step of a random walk. None commits."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from io import BytesIO

from domain.clock import local_today
from domain.errors import NotAllowed
from domain.event_rules import may_edit, may_post, may_remove, may_void
from domain.events import may_use
from domain.fields import DISPLAY_KINDS, Kind
from domain.permissions import Actor, Permission, can
from domain.verdict import Verdict
from domain.workflow import missing_fields
from extensions import db
from models import Attachment, Case, Event, SecretLink, User, utcnow
from queries.configuration import configuration
from queries.event_revisions import revision_count
from queries.secrecy import grounds_on, standing_mark
from services import cases
from services.attachments import attach, keep_file
from services.case_facts import event_facts
from services.cases.values import read_values
from services.correspondence import draft, register_event, send_email
from services.correspondence.files import ChosenFiles
from services.correspondence.letters import register_letter
from services.correspondence.posting import mark_posted
from services.correspondence.removing import remove_event, void_event
from services.correspondence.revising import Change, revise
from services.replies import receive_reply
from services.secrecy import clear_mark, set_mark
from services.secret_links import issue_link
from services.work_locks import overtake, release, take
from tests.support.walk_of_deeds import Walk


def open_one(walk: Walk) -> None:
    walk.keep_below(30, Case)
    layout = walk.pick(configuration().case_types)
    values = {
        "text": walk.words(),
        "submitter_name": walk.words(),
        "unit": walk.pick(configuration().units).id,
    }
    if walk.likely(0.8):
        values |= {"submitter_email": "någon@example.org"}
    issue_link(cases.open_case(layout, values, actor=walk.somebody()))


def edit(walk: Walk) -> None:
    case = walk.case()
    fields = [
        f for f in walk.layout(case).fields.values() if f.kind not in (*DISPLAY_KINDS, Kind.FILES)
    ]
    _save(walk, case, {f.key for f in walk.some(fields, 4)})


def assign(walk: Walk) -> None:
    _save(walk, walk.case(is_open=True), {"unit", "responsible"})


def appoint(walk: Walk) -> None:
    _save(walk, walk.case(is_open=True), {"assistants", "informed"})


def _save(walk: Walk, case: Case, keys: set[str]) -> None:
    layout, who = walk.layout(case), walk.who_for(case)
    chosen = [f for key, f in layout.fields.items() if key in keys]
    if walk.likely(0.8):  # mostly what the person's own form has
        chosen = [f for f in chosen if cases.may_edit_field(f, case, who)]
    values = {field.key: walk.value(field) for field in chosen}
    seen = case.version - walk.likely(0.05)
    cases.edit_case(case, layout, values, seen_version=seen, actor=who)


def fill_and_close(walk: Walk) -> None:
    case = walk.case(is_open=True)
    layout, who = walk.layout(case), walk.who_for(case)
    values = read_values(case, layout)
    missing = {f.key: walk.value(f) for f in missing_fields(layout, values, "close")}
    status = layout.fields["status"]
    missing |= {"status": walk.value(status), "delay_reason": walk.words()}
    if walk.likely(0.8):
        cases.edit_case(case, layout, missing, seen_version=case.version, actor=who)
        db.session.flush()
    cases.close_case(case, layout, actor=who)


def reopen(walk: Walk) -> None:
    case = walk.case(is_open=False)
    cases.reopen_case(case, walk.pick(["", "Nytt har kommit fram."]), actor=walk.who_for(case))


def ready(walk: Walk) -> None:
    case = walk.case()
    cases.mark_ready(case, walk.layout(case), actor=walk.who_for(case))


def unready(walk: Walk) -> None:
    case = walk.case()
    cases.unmark_ready(case, actor=walk.who_for(case))


def read_reply(walk: Walk) -> None:
    case = walk.case()
    cases.mark_replies_read(case, actor=walk.who_for(case))


def citizen_replies(walk: Walk) -> None:
    case = walk.case()
    walk.keep_below(12, Event, case_id=case.id)
    link = walk.row(SecretLink, case_id=case.id)
    receive_reply(link, walk.words(), key=f"svar-{walk.number}", now=utcnow())


def write_event(walk: Walk) -> None:
    """A mail, a letter, a note, a call: whatever the case type has."""
    case = walk.case()
    walk.keep_below(25, Event, case_id=case.id)
    layout, who = walk.layout(case), walk.who_for(case)
    known = [t for t in layout.event_templates if t.recipient != "external"]
    usable = [t for t in known if may_use(t, event_facts(case, layout), who)]
    template = walk.pick(usable if usable and walk.likely(0.8) else known)
    user = db.session.get_one(User, who.id)
    made = draft(case, layout, template, actor=who, user=user)
    made = replace(made, body=f"<div>{walk.words()}</div>")
    key, none = f"steg-{walk.number}", ChosenFiles("none")
    if template.kind == "email":
        send_email(
            case, layout, template, made, confirmed_other=walk.likely(0.5), key=key, actor=who
        )
    elif template.kind == "letter":
        register_letter(
            case, layout, template, made, files=none, confirmed_other=True, key=key, actor=who
        )
    else:
        register_event(case, layout, template, made, happened_at=utcnow(), key=key, actor=who)


def _event(walk: Walk, rule: Callable[[Event, Case, Actor], Verdict]) -> tuple[Event, Case, Actor]:
    """Mostly an event with somebody who may; after a few tries whatever was found."""
    for _ in range(8):
        event = walk.row(Event)
        case = db.session.get_one(Case, event.case_id)
        who = walk.who_for(case)
        if rule(event, case, who):
            break
    return event, case, who


def revise_event(walk: Walk) -> None:
    event, case, who = _event(walk, may_edit)
    values = {
        "title": walk.words(),
        "body": f"<div>{walk.words()}</div>",
        "recipient": walk.words(),
    }
    seen = revision_count(event.id) - walk.likely(0.1)
    revise(event, case, Change(values, seen, walk.likely(0.5)), actor=who)


def take_event_away(walk: Walk) -> None:
    event, case, who = _event(walk, may_remove)
    remove_event(event, case, walk.pick(["", "Fel ärende."]), actor=who)


def strike_event(walk: Walk) -> None:
    event, case, who = _event(walk, may_void)
    void_event(event, case, walk.pick(["", "Fel mottagare."]), actor=who)


def post_letter(walk: Walk) -> None:
    event, case, who = _event(walk, may_post)
    mark_posted(event, case, seen=revision_count(event.id), actor=who)


def add_file(walk: Walk) -> None:
    case = walk.case()
    walk.keep_below(6, Attachment, case_id=case.id, removed_at=None)
    who = walk.who_for(case)
    if not can(who, Permission.ATTACHMENT_UPLOAD, case):
        raise NotAllowed
    kept = keep_file(f"{walk.words()}.txt", BytesIO(walk.words().encode()))
    attach(kept, case, source=walk.pick(["staff", "submitter"]), actor=who, event=None)


def remove_file(walk: Walk) -> None:
    file = walk.row(Attachment, removed_at=None)
    case = db.session.get_one(Case, file.case_id)
    cases.remove_attachment(file, case, actor=walk.who_for(case))


def mark_or_lift(walk: Walk) -> None:
    case, kind = walk.case(), walk.pick(["case", "submitter"])
    who = walk.who_for(case)
    if standing_mark(case.id, kind) and walk.likely(0.9):
        clear_mark(case, kind, walk.pick(["", "Utrett."]), actor=who)
    else:
        ground = walk.pick([*(g.id for g in grounds_on(local_today())), 0])
        words = {"covers": walk.words(), "reason": walk.pick(["", "Hot."])}
        set_mark(case, kind, ground_id=ground, actor=who, **words)


def lock(walk: Walk) -> None:
    case = walk.case()
    who, tab = walk.who_for(case), walk.pick(["flik-ett", "flik-tva"])
    if walk.likely(0.3):
        release(case.id, who, tab)
    else:
        walk.pick([take, overtake])(case, who, tab)
