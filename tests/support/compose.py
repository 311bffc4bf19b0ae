"""Short words for tests about composing: a case that can be answered, an event in the making."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from domain.layout import EventTemplateItem
from extensions import db
from models import Case, Event, TemplateFile, utcnow
from services.attachments import keep_file, stage
from services.correspondence import Draft, draft, send_email
from services.correspondence.files import ChosenFiles
from tests.support.cases import HJO, actor, choice, edit, layout, new_case, person, unit_id

HANDLER = "handlaggare.hjo"
ANSWER, SECOND, REFUSAL, DELAY = "answer-email", "second-answer", "refusal-email", "delay-email"
OTHER = "granne@example.org"


def hjo_case(**values: Any) -> Case:
    """A case at Fritid that can be saved, and whose submitter has an e-mail address."""
    given = {
        "contact_way": choice(HJO, "contact_way", "E-post"),
        "types": [choice(HJO, "types", "Klagomål")],
        "categories": [choice(HJO, "categories", "Fysisk miljö")],
        "workflow": choice(HJO, "workflow", "Synpunkten"),
        "unit": unit_id("Fritid"),
        "responsible": person(HANDLER).id,
    }
    return new_case(**(given | values))


def answered_case(*, is_secret: bool = False) -> Case:
    """The same with an answer written."""
    case = hjo_case()
    edit(case, HANDLER, answer="<div>Vi bygger en plan.</div>")
    case.is_secret = is_secret
    db.session.commit()
    return case


def template(key: str) -> EventTemplateItem:
    """One of Hjo's event templates."""
    return next(t for t in layout(HJO).event_templates if t.key == key)


def prepare(case: Case, key: str, username: str = HANDLER) -> Draft:
    """The prefilled event."""
    who = person(username)
    return draft(case, layout(HJO), template(key), actor=actor(username), user=who)


def send(
    case: Case,
    key: str,
    made: Draft | None = None,
    *,
    files: ChosenFiles | None = None,
    confirmed: bool = False,
    username: str = HANDLER,
) -> Event:
    """Send it and commit."""
    event = send_email(
        case,
        layout(HJO),
        template(key),
        made or prepare(case, key, username),
        confirmed_other=confirmed,
        key=f"{key}-{case.id}-{case.event_count}",
        actor=actor(username),
        files=files,
    )
    db.session.commit()
    assert event is not None
    return event


def staged_files(key: str, **contents: bytes) -> ChosenFiles:
    """New files chosen in the form `key`: name → bytes ("_" for the dot: plan_txt)."""
    for name, content in contents.items():
        stage(key, name.replace("_", "."), BytesIO(content))
    db.session.commit()
    return ChosenFiles(key)


def template_file(key: str, name: str, content: bytes) -> TemplateFile:
    """A file that goes along with every event of a template. Commits."""
    kept = keep_file(name, BytesIO(content))
    row = TemplateFile(
        public_id=f"mallfil-{name}",
        template_id=template(key).id,
        sha256=kept.sha256,
        filename=kept.checked.name,
        content_type=kept.checked.content_type,
        size=kept.checked.size,
        created_at=utcnow(),
    )
    db.session.add(row)
    db.session.commit()
    return row
