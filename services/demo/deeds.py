"""Playing one step of a story through the services, as the person who did it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from sqlalchemy import select

from domain.clock import now
from domain.event_rules import is_unposted
from domain.layout import CaseTypeLayout, EventTemplateItem
from domain.permissions import Actor
from domain.publication import CHECKS, mark_of, to_confirm
from domain.richtext import text_to_html
from extensions import db
from models import Case, SecretLink, User
from queries.configuration import configuration
from queries.events import events_of
from services import cases, correspondence, replies
from services.actors import actor_of
from services.correspondence.files import ChosenFiles
from services.correspondence.letters import register_letter
from services.correspondence.posting import mark_posted
from services.demo.labels import ids_of
from services.demo.story import Step
from services.publishing.deeds import Check, publish, version_of
from services.publishing.reading import findings, publication_of, text_of


def play(case: Case, step: Step, key: str) -> None:
    """Carry out `step` on `case`. `key` is the key of the form that would have been sent."""
    layout = configuration().case_type(case.case_type_id)
    assert layout is not None
    DEEDS[step.deed](case, layout, step, key)
    db.session.flush()
    db.session.refresh(case)


def _person(username: str) -> tuple[User, Actor]:
    user = db.session.scalars(select(User).filter_by(username=username)).one()
    return user, actor_of(user)


def _template(layout: CaseTypeLayout, key: str) -> EventTemplateItem:
    return next(t for t in layout.event_templates if t.key == key)


def _edit(case: Case, layout: CaseTypeLayout, step: Step, _key: str) -> None:
    _, actor = _person(step.who)
    values = ids_of(step.values or {}, layout)
    cases.edit_case(case, layout, values, seen_version=case.version, actor=actor)


def _close(case: Case, layout: CaseTypeLayout, step: Step, key: str) -> None:
    _edit(case, layout, step, key)
    db.session.flush()
    cases.close_case(case, layout, actor=_person(step.who)[1])


def _mark_ready(case: Case, layout: CaseTypeLayout, step: Step, _key: str) -> None:
    cases.mark_ready(case, layout, actor=_person(step.who)[1])


def _send(case: Case, layout: CaseTypeLayout, step: Step, key: str) -> None:
    user, actor = _person(step.who)
    template = _template(layout, step.template)
    mail = correspondence.draft(case, layout, template, actor=actor, user=user)
    mail = replace(mail, body=_with_text(mail.body, step))
    correspondence.send_email(
        case, layout, template, mail, confirmed_other=False, key=key, actor=actor
    )


def _letter(case: Case, layout: CaseTypeLayout, step: Step, key: str) -> None:
    user, actor = _person(step.who)
    template = _template(layout, step.template)
    made = correspondence.draft(case, layout, template, actor=actor, user=user)
    register_letter(
        case, layout, template, made,
        files=ChosenFiles(key), confirmed_other=False, key=key, actor=actor,
    )  # fmt: skip


def _post(case: Case, _layout: CaseTypeLayout, step: Step, _key: str) -> None:
    """Without a PDF, which takes time: its copy is made when somebody looks at it."""
    letters = (event for event in events_of(case.id) if is_unposted(event))
    mark_posted(next(letters), case, seen=0, actor=_person(step.who)[1])


def _with_text(body: str, step: Step) -> str:
    """The draft as the person changed it before sending."""
    if not step.text:
        return body
    if step.instead:
        return body.replace(step.instead, step.text)
    end = f"{step.after}</p>"
    assert end in body, f"The draft of {step.template} has no paragraph that ends so: {step.after}"
    return body.replace(end, end + text_to_html(step.text), 1)


def _register(case: Case, layout: CaseTypeLayout, step: Step, key: str) -> None:
    user, actor = _person(step.who)
    template = _template(layout, step.template)
    made = correspondence.draft(case, layout, template, actor=actor, user=user)
    made = replace(made, body=made.body + text_to_html(step.text))
    correspondence.register_event(
        case, layout, template, made, happened_at=now(), key=key, actor=actor
    )


def _reply(case: Case, _layout: CaseTypeLayout, step: Step, key: str) -> None:
    link = db.session.scalars(select(SecretLink).filter_by(case_id=case.id)).one()
    replies.receive_reply(link, step.text, key=key, now=now())


def _publish(case: Case, layout: CaseTypeLayout, step: Step, _key: str) -> None:
    text = text_of(case, publication_of(case.id))
    if step.instead:
        text = replace(text, answer=text.answer.replace(f" {step.instead}", ""))
    looked_at = to_confirm(findings(case, layout, text))
    check = Check(ticks=tuple(CHECKS), confirmed=[mark_of(found) for found in looked_at])
    actor = _person(step.who)[1]
    publish(case, layout, text, check, seen_version=version_of(case), actor=actor)


DEEDS: dict[str, Callable[[Case, CaseTypeLayout, Step, str], None]] = {
    "edit": _edit,
    "close": _close,
    "publish": _publish,
    "mark_ready": _mark_ready,
    "send": _send,
    "letter": _letter,
    "post": _post,
    "register": _register,
    "reply": _reply,
}
