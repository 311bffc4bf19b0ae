"""The buttons of an event's card: what this person may do with it now, in the manual's order."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from flask import url_for
from flask_babel import gettext as _

from domain.event_rules import may_edit, may_fetch, may_post, may_remove, may_void
from domain.permissions import Actor
from models import Case, Event, OutboxMessage


@dataclass(frozen=True)
class Action:
    """One button: a link, or a POST without a page of its own. `style` is a btn-… of design.md."""

    label: str
    url: str
    method: str = "get"
    style: str = "secondary"
    new_tab: bool = False
    icon: str = ""


@dataclass(frozen=True)
class Subject:
    """What the buttons depend on: one event of a case, its mail, its earlier versions, the person.

    `versions` is how many earlier ones there are.
    """

    event: Event
    case: Case
    actor: Actor
    mail: OutboxMessage | None = None
    versions: int = 0

    def url(self, endpoint: str) -> str:
        return url_for(endpoint, case_id=self.case.id, number=self.event.number)

    @property
    def asked(self) -> tuple[Event, Case, Actor]:
        """What the rules of domain/event_rules.py ask for."""
        return self.event, self.case, self.actor


def _show(of: Subject) -> Action | None:
    if not may_fetch(*of.asked):
        return None
    return Action(_("Visa"), of.url("case_letters.show"), new_tab=True, icon="eye")


def _pdf(of: Subject) -> Action | None:
    if not may_fetch(*of.asked):
        return None
    return Action(_("Hämta PDF"), of.url("case_letters.pdf"), icon="download")


def _word(of: Subject) -> Action | None:
    if not may_fetch(*of.asked):
        return None
    return Action(_("Hämta Word"), of.url("case_letters.word"), icon="download")


def _post(of: Subject) -> Action | None:
    if not may_post(*of.asked):
        return None
    url = of.url("case_letters.post")
    return Action(_("Markera som postat"), url, method="post", style="success", icon="check2")


def _edit(of: Subject) -> Action | None:
    if not may_edit(*of.asked):
        return None
    return Action(_("Ändra"), of.url("case_event_commands.edit"), icon="pencil")


def _versions(of: Subject) -> Action | None:
    if not of.versions:
        return None
    url = of.url("case_event_commands.versions")
    return Action(_("Tidigare versioner"), url, icon="clock-history")


def _remove(of: Subject) -> Action | None:
    if not may_remove(*of.asked):
        return None
    return Action(_("Ta bort"), of.url("case_event_commands.remove"), icon="trash")


def _void(of: Subject) -> Action | None:
    if not may_void(*of.asked):
        return None
    url = of.url("case_event_commands.void")
    return Action(_("Makulera"), url, icon="slash-circle")


MAKERS: tuple[Callable[[Subject], Action | None], ...] = (
    _show,
    _pdf,
    _word,
    _post,
    _edit,
    _versions,
    _remove,
    _void,
)
"""Each gives a button or none. A new button is a function and a line here."""


def actions_of(subject: Subject) -> list[Action]:
    """The buttons of one card."""
    return [action for make in MAKERS if (action := make(subject)) is not None]
