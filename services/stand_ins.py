"""Ersättare: setting, changing and ending who stands in for whom, with a line in the log."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from domain.clock import local_today
from domain.errors import NotAllowed, RuleBroken
from domain.permissions import Actor, Permission, can
from domain.text import _
from extensions import db
from models import StandIn, User, utcnow
from queries.stand_ins import overlaps
from services.audit import record
from services.config_changes import record_changes, record_new, subject_of


def add_stand_in(values: Mapping[str, Any], *, actor: Actor) -> StandIn:
    """Let `stand_in_id` stand in for `absent_id` from `first_day` to `last_day`, both included.

    People do it for themselves, administrators for others. Raises NotAllowed, RuleBroken.
    """
    row = StandIn(created_at=utcnow(), created_by_id=actor.id, **values)
    _check_right(row, actor)
    with db.session.no_autoflush:
        _check_rules(row)
    db.session.add(row)
    db.session.flush()
    record_new(row, values, actor)
    return row


def change_days(row: StandIn, first_day: date, last_day: date, *, actor: Actor) -> None:
    """Move the days; the people stay. Raises NotAllowed, RuleBroken."""
    wanted = {"first_day": first_day, "last_day": last_day}
    old = {name: getattr(row, name) for name in wanted if getattr(row, name) != wanted[name]}
    if not old:
        return
    _check_right(row, actor)
    with db.session.no_autoflush:
        row.first_day, row.last_day = first_day, last_day
        _check_rules(row)
    record_changes(row, old, actor)


def remove_stand_in(row: StandIn, *, actor: Actor) -> None:
    """End it: at the next request the rights are gone. Raises NotAllowed."""
    if row.absent_id != actor.id and not can(actor, Permission.CONFIG_USERS):
        raise NotAllowed
    gone = {"absent_id": row.absent_id, "stand_in_id": row.stand_in_id}
    days = {"first_day": row.first_day.isoformat(), "last_day": row.last_day.isoformat()}
    record(actor, "config.removed", subject=subject_of(row), old={**gone, **days})
    db.session.delete(row)


def _check_right(row: StandIn, actor: Actor) -> None:
    """One's own stand-in, or the right to people; never a right for oneself."""
    if row.absent_id == actor.id:
        return
    if not can(actor, Permission.CONFIG_USERS):
        raise NotAllowed
    if row.stand_in_id == actor.id:
        raise NotAllowed(
            _(
                "Du kan inte göra dig själv till ersättare. Den som är borta gör det på Min sida, "
                "eller en annan administratör."
            )
        )


def _check_rules(row: StandIn) -> None:
    if row.absent_id is None or db.session.get(User, row.absent_id) is None:
        raise RuleBroken(_("Välj vem som är borta."), field="absent_id")
    if row.stand_in_id == row.absent_id:
        raise RuleBroken(_("Välj någon annan som ersättare."), field="stand_in_id")
    stand_in = db.session.get(User, row.stand_in_id) if row.stand_in_id else None
    if stand_in is None or not stand_in.is_active:
        raise RuleBroken(_("Välj en ersättare som har ett aktivt konto."), field="stand_in_id")
    if row.last_day < row.first_day:
        raise RuleBroken(_("Sista dagen kan inte vara före den första."), field="last_day")
    if row.last_day < local_today():
        raise RuleBroken(_("Sista dagen har redan varit."), field="last_day")
    if overlaps(row):
        raise RuleBroken(
            _("Personen är redan ersättare en del av de dagarna."), field="stand_in_id"
        )
