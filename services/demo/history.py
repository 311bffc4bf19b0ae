"""Two months of cases, played through the services on the days they are said to have happened."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, time, timedelta

from sqlalchemy import update

from domain.clock import STOCKHOLM, as_of, local_today, now
from extensions import db
from models import Case, Event, OutboxMessage
from queries.configuration import configuration
from services.cases.deadlines import calendar
from services.demo.deeds import play
from services.demo.labels import ids_of
from services.demo.stories_hjo import HJO_CLOSED
from services.demo.stories_hjo_open import HJO_OPEN
from services.demo.stories_omsorg import OMSORG
from services.demo.stories_social import SOCIAL
from services.demo.story import Story
from services.submissions import receive

STORIES = tuple(sorted((*HJO_CLOSED, *HJO_OPEN, *OMSORG, *SOCIAL), key=lambda s: (-s.ago, s.clock)))
FIRST_DEED, BETWEEN_DEEDS = time(8, 30), timedelta(minutes=25)


def load_history() -> list[Case]:
    """Open and handle all cases of the demo; their mails count as sent."""
    return [_tell(story, number) for number, story in enumerate(STORIES, 1)]


def _tell(story: Story, number: int) -> Case:
    moments = _moments(story)
    with as_of(next(moments)):
        case = _submit(story, f"demo-{number}")
        _count_as_sent()
    for count, step in enumerate(story.steps, 1):
        with as_of(next(moments)):
            play(case, step, f"demo-{number}-{count}")
            _count_as_sent()
    return case


def _submit(story: Story, key: str) -> Case:
    form = configuration().form(story.form)
    assert form is not None
    layout = configuration().case_type(form.case_type_id)
    assert layout is not None
    contact = {f"submitter_{name}": value for name, value in story.citizen._asdict().items()}
    values = {**ids_of(story.values, layout), **contact}
    return receive(form, values, key=key, now=now())


def _moments(story: Story) -> Iterator[datetime]:
    """When the case came in, then when each step was taken: all of it before today."""
    last = _moment(story.ago, time.fromisoformat(story.clock))
    yield last
    for step in story.steps:
        last = max(_moment(step.ago, FIRST_DEED), last + BETWEEN_DEEDS)
        yield last


def _moment(ago: int, clock: time) -> datetime:
    """`clock` on the day that lies `ago` working days before today."""
    days, day = calendar(), local_today()
    for _ in range(ago):
        day = days.previous_working_day(day)
    return datetime.combine(day, clock, STOCKHOLM)


def _count_as_sent() -> None:
    """No mail of the demo may wait to be sent: it would go out when a server is named."""
    db.session.flush()
    sent_at = now() + timedelta(minutes=1)
    db.session.execute(
        update(OutboxMessage)
        .where(OutboxMessage.state == "queued")
        .values(state="sent", sent_at=sent_at, attempts=1)
        .execution_options(synchronize_session="fetch")
    )
    db.session.execute(
        update(Event)
        .where(Event.state == "queued")
        .values(state="sent")
        .execution_options(synchronize_session="fetch")
    )
