"""The parts of a case page: a tab, an entry on it, a row of the event menu."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from admin_views.cases.composing.kinds import COMPOSERS
from domain.events import may_use
from domain.layout import CaseTypeLayout, EventTemplateItem, FieldLayout
from domain.permissions import Actor
from domain.verdict import Verdict
from forms.case_form import PREFIX
from models import Case
from services.case_facts import event_facts
from services.config_rules.event_templates import GROUPS
from services.correspondence.drafts import drafted_templates


@dataclass
class Entry:
    """One field on the page: an input (`input` is set) or a text."""

    layout: FieldLayout
    input: Any
    value: Any
    text: Any
    is_required: bool
    saved_text: str = ""
    visible: dict[str, Any] | None = None
    notes: dict[str, str] = field(default_factory=dict)

    @property
    def id(self) -> str:
        return PREFIX + self.layout.key

    @property
    def errors(self) -> list[str]:
        return [str(e) for e in self.input.errors] if self.input is not None else []


@dataclass
class TabView:
    """One tab with its entries."""

    number: int
    key: str
    label: str
    entries: list[Entry]

    @property
    def id(self) -> str:
        """The id of its pane, and so the #hash of its address."""
        return f"flik-{self.key}"

    @property
    def error_count(self) -> int:
        return sum(1 for entry in self.entries if entry.errors)


@dataclass(frozen=True)
class MenuEvent:
    """One row of Välj ny händelse…: a template, whether it may be used now, and whether the person
    has begun to write it.

    A row is also offered when the person can fill in what it still lacks: pressing it saves the
    form first, and then asks the same question again.
    """

    template: EventTemplateItem
    verdict: Verdict
    is_offered: bool
    has_draft: bool = False


def event_menu(
    case: Case, layout: CaseTypeLayout, actor: Actor, editable: set[str]
) -> dict[str, list[MenuEvent]]:
    """Templates by group, in order, each usable or with its reason.

    `editable` are the keys of the fields that the person can fill in on this page.
    """
    facts = event_facts(case, layout)
    drafted = drafted_templates(case.id, actor)
    groups: dict[str, list[MenuEvent]] = {group: [] for group in GROUPS}
    for template in layout.event_templates:
        if template.kind in COMPOSERS:
            verdict = may_use(template, facts, actor)
            is_offered = bool(verdict) or verdict.field in editable
            item = MenuEvent(template, verdict, is_offered, template.id in drafted)
            groups[template.group].append(item)
    return {group: items for group, items in groups.items() if items}
