"""A line of the change log as one person may read it: in words, old → new, or *Dolt*."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from flask_babel import gettext as _

from admin_views.cases.history_rights import NOTES, part_rights, rights_of
from domain import text_diff
from domain.case_parts import FILE_LABELS, PART_LABELS, Files, Part
from domain.events import KINDS
from domain.fields import Kind
from domain.layout import CaseTypeLayout, FieldLayout
from domain.permissions import Actor, can
from domain.richtext import html_to_text
from forms.config.log_words import ACTIONS, PARTS, field_name
from models import AuditEntry, Case

LONG = 80
"""Longer values, and those of several lines, are compared line by line."""

MOST_LINES, MOST_CHARACTERS = 400, 20_000
"""Of both texts together; larger ones stand as wholes: comparing them would take too long."""

Lines = list[text_diff.Line]


@dataclass
class HistoryLine:
    """One row of the page. `about`: the field, the event. `facts`: what was told, by name."""

    at: datetime
    who: str
    what: str
    about: str = ""
    old: str = ""
    new: str = ""
    is_hidden: bool = False
    difference: Lines = field(default_factory=list)
    facts: list[tuple[str, str]] = field(default_factory=list)


def history_line(
    entry: AuditEntry, case: Case, layout: CaseTypeLayout, actor: Actor, left: int = 0
) -> HistoryLine:
    """What `actor` may read of `entry`, a line about `case`; at line `left` notes stayed."""
    line = HistoryLine(entry.at, entry.actor_name, _(ACTIONS.get(entry.action, entry.action)))
    known = layout.fields.get(entry.field)
    line.about = _about(entry, known)
    is_behind = entry.id < left and entry.field in NOTES
    if is_behind or not all(can(actor, right, case) for right in rights_of(entry, known)):
        line.is_hidden = True
        return line
    for value in (entry.old, entry.new):
        if isinstance(value, dict):
            line.facts += _facts(value, case, actor)
    line.old, line.new = (_text(value, known) for value in (entry.old, entry.new))
    if _is_long(line.old) or _is_long(line.new):
        line.difference = _difference(line.old, line.new)
    return line


def _about(entry: AuditEntry, known: FieldLayout | None) -> str:
    thing, _blank, number = entry.subject.partition(" ")
    if thing == "event":
        return _("Händelse %(number)s", number=number)
    if entry.action.startswith("secrecy."):
        return _("Personuppgifterna") if entry.field == "submitter" else _("Ärendet")
    if known is not None:
        return known.label
    return _(str(field_name("", entry.field))) if entry.field else ""


def _text(value: Any, known: FieldLayout | None) -> str:
    if value is None or isinstance(value, dict):
        return ""
    if isinstance(value, bool):
        return _("Ja") if value else _("Nej")
    if isinstance(value, list):
        return ", ".join(_(PARTS.get(str(item), str(item))) for item in value)
    if known is not None and known.kind is Kind.RICH:
        return html_to_text(str(value))
    return str(value).replace("\r\n", "\n")


def _facts(told: dict[str, Any], case: Case, actor: Actor) -> list[tuple[str, str]]:
    """The named parts of a value, each only for whom it is meant."""
    found = []
    for name, value in told.items():
        if value in (None, "", []):
            continue
        is_open = all(can(actor, right, case) for right in part_rights(name))
        found.append((_(PARTS.get(name, name)), _part(name, value) if is_open else _("Dolt")))
    return found


def _part(name: str, value: Any) -> str:
    if name == "kind":
        return _(KINDS.get(value, value))
    if name == "files" and value in set(Files):
        return _(FILE_LABELS[Files(value)])
    if name == "parts" and isinstance(value, list):
        return ", ".join(_(PART_LABELS[Part(v)]) if v in set(Part) else str(v) for v in value)
    return _(PARTS.get(f"{name}:{value}", str(value)))


def _is_long(text: str) -> bool:
    return len(text) > LONG or "\n" in text


def _difference(old: str, new: str) -> Lines:
    """What changed, with a line of what stayed on either side of it."""
    if len(old) + len(new) > MOST_CHARACTERS or f"{old}{new}".count("\n") > MOST_LINES:
        texts = (("old", old), ("new", new))
        return [text_diff.Line(kind, (text_diff.Part(text),)) for kind, text in texts if text]
    lines = text_diff.compare(old, new)
    if not old or not new:
        lines = [line for line in lines if any(part.text for part in line.parts)]
    return list(_shortened(lines))


def _shortened(lines: Lines) -> Lines:
    """Lines that are the same and stand far from a change become one line of dots."""
    changed = [line.kind != "same" for line in lines]
    found: Lines = []
    for number, line in enumerate(lines):
        if any(changed[max(0, number - 1) : number + 2]):
            found.append(line)
        elif not found or found[-1] is not GAP:
            found.append(GAP)
    return found


GAP = text_diff.Line("same", (text_diff.Part("…"),))
