"""Flytta till annan enhet, and Byt ansvarig because of a conflict of interest (jäv)."""

from __future__ import annotations

from typing import Any

from domain.errors import NotAllowed, RuleBroken
from domain.layout import CaseTypeLayout
from domain.permissions import Actor
from domain.text import _
from extensions import db
from models import Case, User
from queries.configuration import configuration
from services import audit, notices
from services.cases.editing import edit_case, may_edit_field
from services.work_locks import release, require

LONGEST = 2000


def may_move(case: Case, layout: CaseTypeLayout, actor: Actor) -> bool:
    """Whether `actor` may give the case to another unit: its unit and its responsible."""
    return _may(case, layout, actor, "unit") and _may(case, layout, actor, "responsible")


def may_recuse(case: Case, layout: CaseTypeLayout, actor: Actor) -> bool:
    """Whether `actor` may give the case to another responsible; there is one to replace."""
    return case.responsible_id is not None and _may(case, layout, actor, "responsible")


def _may(case: Case, layout: CaseTypeLayout, actor: Actor, key: str) -> bool:
    placed = layout.fields.get(key)
    return placed is not None and may_edit_field(placed, case, actor)


def move_case(
    case: Case,
    layout: CaseTypeLayout,
    unit_id: int | None,
    responsible_id: int | None,
    reason: str,
    *,
    seen_version: int,
    tab: str,
    actor: Actor,
) -> None:
    """Give the case to another unit, and to `responsible_id` or the unit's default responsible.

    The new one is told by mail. Raises NotAllowed, RuleBroken with the field, CaseLocked.
    """
    if not may_move(case, layout, actor):
        raise NotAllowed
    unit = configuration().units_by_id.get(unit_id or 0)
    if unit is None or not unit.is_active:
        raise RuleBroken(_("Välj en enhet i listan."), field="unit")
    if unit.id == case.unit_id:
        raise RuleBroken(_("Ärendet hör redan till den enheten."), field="unit")
    responsible_id = responsible_id or unit.default_responsible_id
    if not responsible_id:
        raise RuleBroken(_("Enheten har ingen ansvarig. Välj en person."), field="responsible")
    said = _said(reason, _("Skriv varför ärendet flyttas."))
    values = {"unit": unit.id, "responsible": responsible_id}
    _save(case, layout, values, seen_version, tab, actor)
    audit.record(actor, "case.moved", case_id=case.id, new=said)
    release(case.id, actor, tab)


def recuse_responsible(
    case: Case,
    layout: CaseTypeLayout,
    responsible_id: int | None,
    reason: str,
    *,
    seen_version: int,
    tab: str,
    actor: Actor,
) -> None:
    """Byt ansvarig – jäv: the log says why, the former responsible and the new one are told.

    The former one keeps the rights of the own roles: to take part no more is a duty (FL 16 §),
    and who must not read the case at all is kept out with a mark. Raises as move_case().
    """
    if not may_recuse(case, layout, actor):
        raise NotAllowed
    former = db.session.get_one(User, case.responsible_id)
    if not responsible_id:
        raise RuleBroken(_("Välj en ny ansvarig."), field="responsible")
    if responsible_id == former.id:
        raise RuleBroken(_("Välj någon annan än den som är ansvarig nu."), field="responsible")
    said = _said(reason, _("Skriv kort vad jävet består i."))
    _save(case, layout, {"responsible": responsible_id}, seen_version, tab, actor)
    audit.record(actor, "case.recused", case_id=case.id, old=former.name, new=said)
    if former.id != actor.id:
        notices.notify_recused(case, former, actor=actor)
    release(case.id, actor, tab)


def _said(reason: str, missing: str) -> str:
    reason = reason.replace("\0", " ").strip()
    if not reason:
        raise RuleBroken(missing, field="reason")
    if len(reason) > LONGEST:
        raise RuleBroken(
            _("Texten är för lång. Korta den till högst %(limit)s tecken."),
            field="reason",
            limit=LONGEST,
        )
    return reason


def _save(
    case: Case,
    layout: CaseTypeLayout,
    values: dict[str, Any],
    seen_version: int,
    tab: str,
    actor: Actor,
) -> None:
    """Through edit_case(), so that every rule of the case form holds here too."""
    require(case, actor, tab)
    edit_case(case, layout, values, seen_version=seen_version, actor=actor)
