"""What a kind of event template (e-mail, letter, document, event) gives to the compose page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Protocol

from domain.layout import CaseTypeLayout, EventTemplateItem
from domain.permissions import Actor
from models import Case, Event
from services.correspondence import Draft
from services.correspondence.files import ChosenFiles


@dataclass(frozen=True)
class Composition:
    """One event in the making: the case, the template, and the prefilled draft."""

    case: Case
    layout: CaseTypeLayout
    item: EventTemplateItem
    first: Draft
    actor: Actor


class Composer(Protocol):
    """One per kind. `fields` is the template that draws the form's fields."""

    fields: str
    submit_label: str
    submit_icon: str
    done: str

    def form(self, work: Composition, formdata: Any, values: dict[str, Any]) -> Any:
        """The form, filled from `formdata` when something was sent, else from `values`.

        `values` has the prefilled draft, or what the person wrote before and left. Every form has
        `key`, `title` and `body`.
        """

    def carry_out(self, work: Composition, form: Any, files: ChosenFiles) -> Event | None:
        """Hand the checked form to the service. None when it was carried out before."""
