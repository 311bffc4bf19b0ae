"""Every action of the table as one HTTP request, and how one sees that it was done."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass

from werkzeug.test import TestResponse

from domain.clock import local_today
from domain.publication import CHECKS
from extensions import db
from models import Case, User
from queries.secrecy import grounds_on
from tests.rights.forms import Data, case_form, case_path, compose_form, compose_path, sent_by
from tests.rights.oracle import CaseFacts, Subject
from tests.rights.people import WRITERS
from tests.rights.world import World
from tests.support.cases import HJO, choice, layout, unit_id

Send = Callable[[World, Subject, CaseFacts], TestResponse]
NO_CASE = CaseFacts("", "K", "")


@dataclass(frozen=True)
class Deed:
    """One way of doing `action`. Done is: rows changed, or (`is_reading`) the answer is 200."""

    action: str
    send: Send
    name: str = ""
    is_reading: bool = False
    tables: tuple[str, ...] = ()
    author: Callable[[CaseFacts], str] = lambda case: ""
    applies: Callable[[CaseFacts], bool] = lambda case: bool(case.key)
    is_success: Callable[[TestResponse], bool] = lambda answer: answer.status_code in (200, 303)

    def __str__(self) -> str:
        return f"{self.action}{self.name and '-'}{self.name}"


def _saving(**changes: Callable[[World], object]) -> Send:
    """Save the case's form with these fields changed."""

    def send(world: World, who: Subject, case: CaseFacts) -> TestResponse:
        data = case_form(world, case) | {f"f_{k}": make(world) for k, make in changes.items()}
        return world.post(who, case_path(world, case), data)

    return send


def _pressing(button: str) -> Send:
    """Save the unchanged form and do what the button says."""

    def send(world: World, who: Subject, case: CaseFacts) -> TestResponse:
        return world.post(who, case_path(world, case), case_form(world, case) | {"_do": button})

    return send


def _uploading(world: World, who: Subject, case: CaseFacts) -> TestResponse:
    data = case_form(world, case) | {"files": (io.BytesIO(b"En ny fil."), "ny.txt")}
    return world.post(who, case_path(world, case), data)


def _composing(template: str, **words: str) -> Send:
    """Fill in an event and send or register it."""

    def send(world: World, who: Subject, case: CaseFacts) -> TestResponse:
        data = compose_form(world, case, template) | words | {"_do": "send"}
        return world.post(who, compose_path(world, case, template), data)

    return send


def _posting(path: str, data: Callable[[CaseFacts], Data] = lambda case: {}) -> Send:
    """A POST to a page of the case; {n} is its number, {file} a file of the staff's."""

    def send(world: World, who: Subject, case: CaseFacts) -> TestResponse:
        return world.post(who, _filled(world, case, path), data(case))

    return send


def _moving(kind: str, unit: str = "") -> Send:
    """Give the case to the chief, on the small page of this kind."""

    def send(world: World, who: Subject, case: CaseFacts) -> TestResponse:
        path = f"/admin/case/moving/{world.numbers[case.key]}/{kind}"
        data = sent_by(world, path, "moving-form") | {"reason": "Därför."}
        chosen = {"unit": str(unit_id(unit))} if unit else {}
        return world.post(who, path, {**data, **chosen, "responsible": _id_of("chief")})

    return send


def _transferring(world: World, who: Subject, case: CaseFacts) -> TestResponse:
    path = f"/admin/case/transfer/{world.numbers[case.key]}"
    said = {"goes_to": "Felanmälan", "reason": "Trasig lampa."}
    return world.post(who, path, sent_by(world, path, "transfer-form") | said)


def _getting(path: str) -> Send:
    def send(world: World, who: Subject, case: CaseFacts) -> TestResponse:
        return world.get(who, _filled(world, case, path))

    return send


def _filled(world: World, case: CaseFacts, path: str) -> str:
    if not case.key:
        return path
    files = world.files[case.key]
    kind = "submitter" if case.is_protected else "case"
    return path.format(n=world.numbers[case.key], sent=files[0], file=files[1], mark=kind)


def _assigning(world: World, who: Subject, case: CaseFacts) -> TestResponse:
    """Fördela on the first page, as the row of a new case would send it."""
    number = world.numbers[case.key]
    version = db.session.query(Case.version).filter_by(id=number).scalar()
    chosen = {"unit": unit_id("O2"), "responsible": _id_of("chief"), "version": version}
    data = {f"a{number}-{name}": str(value) for name, value in chosen.items()}
    return world.post(who, f"/admin/assign/{number}", data)


def _printing(world: World, who: Subject, case: CaseFacts) -> TestResponse:
    """Choose everything that the chief could, and fetch the document."""
    path = f"/admin/case/print/{world.numbers[case.key]}"
    answer = world.post(who, path, sent_by(world, path, "print-form") | {"as": "word"})
    return world.get(who, answer.location) if answer.status_code == 303 else answer


def _editing_event(number: int) -> Send:
    def send(world: World, who: Subject, case: CaseFacts) -> TestResponse:
        path = f"/admin/case/events/{world.numbers[case.key]}/{number}/edit"
        data = sent_by(world, path, "event-form") | {"body": "<div>Ändrat.</div>"}
        return world.post(who, path, data)

    return send


def _by(index: int) -> Callable[[CaseFacts], str]:
    """Who wrote note number `index` + 1 (tests/rights/building.py)."""
    return lambda case: WRITERS[index] if case.unit == "U11" else "chief"


def _creating(world: World, who: Subject, case: CaseFacts) -> TestResponse:
    path = f"/admin/case/new/?type={HJO}"
    data = sent_by(world, path, "case-form")
    chosen = {f"f_{k}": str(layout(HJO).fields[k].choices[0].id) for k in ("types", "categories")}
    words = {"f_title": "Ny", "f_text": "Ny synpunkt.", "f_unit": str(unit_id("U12"))}
    return world.post(who, path, {**data, **chosen, **words, "f_responsible": _id_of("owner12")})


def _profile(world: World, who: Subject, case: CaseFacts) -> TestResponse:
    page = sent_by(world, "/admin/my-page/", "profile-form")
    page.pop("wanted_notices", None)  # each person is offered others
    name = f"Person {who.name}"
    return world.post(who, "/admin/my-page/", {**page, "name": name, "title": "Ny titel"})


def _id_of(username: str) -> str:
    return str(db.session.query(User.id).filter_by(username=username).scalar())


def _ground(case: CaseFacts) -> Data:
    """A ground that suits a mark on the submitter and on the case."""
    ground = next(row.id for row in grounds_on(local_today()) if row.for_submitter)
    return {"ground": str(ground), "covers": "Allt", "reason": "Hälsa."}


def _reason(case: CaseFacts) -> Data:
    return {"reason": "Därför."}


def _open_status(world: World) -> object:
    return str(choice(HJO, "status", "Inkommen"))


def _second(field: str) -> Callable[[World], object]:
    """Another choice than the first, which the cases have."""
    return lambda world: str(layout(HJO).fields[field].choices[1].id)


def _say(words: str) -> Callable[[World], object]:
    return lambda world: words


EXTERNAL = {
    "recipient": "Attendo AB", "address": "Attendo AB\r\nBox 715\r\n182 17 Danderyd",
    "ground": "Avtalet", "reviewed": "y", "extent": "whole",
}  # fmt: skip
POST = "/admin/case/letters/{n}/4/post"
SECOND = {"body": "<div>Mer.</div>", "answer": "<div>Mer.</div>", "answer__format": "html"}
PUBLISHING = "/admin/case/publishing/{n}"
PUBLIC = {
    "version": "1", "title": "Rubrik", "question": "Fråga.", "checks": list(CHECKS),
    "_do": "publish",
}  # fmt: skip
SET_KIND = "/admin/case/secrecy/{n}/"
EVENTS = "/admin/case/events/{n}/"

DEEDS: tuple[Deed, ...] = (
    Deed("case.edit.text", _saving(text=_say("Ny text."))),
    Deed("case.edit.answer", _saving(answer=_say("<div>Nytt svar.</div>"))),
    Deed("case.edit.internal", _saving(internal_note=_say("Ny anteckning."))),
    Deed("case.edit.status", _saving(status=_open_status)),
    Deed("case.edit.classification", _saving(measures=_second("measures"))),
    Deed("case.edit.delay_reason", _saving(delay_reason=_say("Sjukdom."))),
    Deed("case.edit.publication_choice", _saving(publication=_second("publication"))),
    Deed("pub.publish", _posting(PUBLISHING, lambda c: dict(PUBLIC))),
    Deed("pub.unpublish", _posting(PUBLISHING + "/withdraw", _reason)),
    Deed("case.edit.categorisation", _saving(title=_say("Ny rubrik"))),
    Deed(
        "case.edit.move_unit",
        _saving(unit=lambda w: str(unit_id("O2")), responsible=lambda w: _id_of("chief")),
    ),
    Deed("case.edit.responsible", _saving(responsible=lambda w: _id_of("chief"))),
    Deed("case.edit.move_unit", _assigning, "row", applies=lambda c: bool(c.key)),
    Deed("case.edit.assistants", _saving(assistants=lambda w: [_id_of("helper_idle")])),
    Deed("case.edit.submitter", _saving(submitter_name=_say("Någon Annan"))),
    Deed("case.fyi.send", _saving(informed=lambda w: [_id_of("owner21")])),
    Deed("case.mark_done", _pressing("ready")),
    Deed("case.close", _pressing("close")),
    Deed("case.transfer", _transferring),
    Deed("case.reopen", _posting("/admin/case/do/{n}/reopen", _reason)),
    Deed("case.reissue_link", _posting("/admin/case/link/{n}", lambda c: {"key": "k" * 24})),
    Deed("case.copy", _posting("/admin/case/copy/{n}", lambda c: {"key": "c" * 24})),
    Deed("case.edit.move_unit", _moving("unit", "O2"), "page"),
    Deed("case.edit.responsible", _moving("responsible"), "jäv",
         applies=lambda c: bool(c.responsible)),
    Deed("case.secrecy.set", _posting(SET_KIND + "case", _ground), "case",
         applies=lambda c: bool(c.key) and not c.is_secret),
    Deed("case.secrecy.set", _posting(SET_KIND + "submitter", _ground), "submitter",
         applies=lambda c: bool(c.key) and not c.is_protected),
    Deed("case.secrecy.clear", _posting(SET_KIND + "{mark}", _reason),
         applies=lambda c: c.is_secret or c.is_protected),
    Deed("lock.take", _posting("/admin/case/lock/{n}/take"), tables=("work_locks",)),
    Deed("lock.takeover_own", _posting("/admin/case/lock/{n}/overtake"), is_reading=True,
         is_success=lambda a: a.status_code == 302 and "/login" not in a.location),
    Deed("att.upload", _uploading),
    Deed("att.download", _getting("/admin/case/do/{n}/file/{sent}"), is_reading=True),
    Deed("att.delete", _posting("/admin/case/do/{n}/file/{file}/remove")),
    Deed("case.view_history", _getting("/admin/case/history/{n}"), is_reading=True),
    Deed("case.view_access", _getting("/admin/case/history/{n}/readers"), is_reading=True),
    Deed("case.print", _printing, is_reading=True),
    Deed("ev.confirm2d.mail", _composing("confirmation-email")),
    Deed("ev.confirm2d.letter", _composing("confirmation-letter")),
    Deed("ev.answer.mail", _composing("answer-email")),
    Deed("ev.answer.letter", _composing("answer-letter")),
    Deed("ev.letter.post", _posting(POST), author=lambda c: c.responsible,
         applies=lambda c: bool(c.key) and not c.is_closed),
    Deed("ev.letter.post_closed", _posting(POST), author=lambda c: c.responsible,
         applies=lambda c: c.is_closed),
    Deed("ev.answer.phone", _composing("answer-phone", body="<div>Svarade.</div>")),
    Deed("ev.answer.second", _composing("second-answer", **SECOND)),
    Deed("ev.external.print", _composing("external", **EXTERNAL)),
    Deed("ev.refuse.mail", _composing("refusal-email", reason="unclear")),
    Deed("ev.refuse.letter", _composing("refusal-letter", reason="unclear")),
    Deed("ev.remind", _composing("reminder")),
    Deed("ev.register.mail", _composing("received-email", body="<div>Hej.</div>")),
    Deed("ev.note", _composing("note", body="<div>Ringde.</div>")),
    Deed("ev.letter.download", _getting("/admin/case/letters/{n}/4/word"), "word", is_reading=True),
    Deed("ev.letter.download", _getting("/admin/case/letters/{n}/4/pdf"), "pdf", is_reading=True),
    *(Deed("ev.edit", _editing_event(n + 1), w, author=_by(n)) for n, w in enumerate(WRITERS)),
    *(
        Deed("ev.delete", _posting(f"{EVENTS}{n + 1}/remove", _reason), w, author=_by(n))
        for n, w in enumerate(WRITERS)
    ),
    Deed("ev.delete", _posting(EVENTS + "5/void", _reason), "void", author=lambda c: c.responsible),
)  # fmt: skip

_PAGES = {
    "adm.templates": "/admin/event-templates/",
    "adm.org": "/admin/units/",
    "adm.categories": "/admin/choice-lists/",
    "adm.users": "/admin/users/",
    "adm.roles": "/admin/roles/",
    "adm.forms": "/admin/public-forms/",
    "adm.outbox.view": "/admin/outbox/",
    "adm.audit.global": "/admin/audit/",
    "adm.settings": "/admin/closed-days/",
}
CASELESS: tuple[Deed, ...] = (
    Deed("case.create", _creating),
    Deed("ses.profile.edit", _profile),
    *(Deed(action, _getting(path), is_reading=True) for action, path in _PAGES.items()),
)
SEEN = {
    "case.view": "title", "case.view_original": "original", "case.view_submitter": "name",
    "case.view_internal": "internal", "att.list": "file", "ev.view": "event",
}  # fmt: skip
"""Actions that are a sight of the case page: the field by whose canary it is known."""
