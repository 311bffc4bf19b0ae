"""What a kind of event template (e-mail, letter, document, event) gives to the compose page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol, runtime_checkable

from domain.layout import CaseTypeLayout, EventTemplateItem
from domain.permissions import Actor
from models import Case, Event
from services.correspondence import Draft
from services.correspondence.files import ChosenFiles
from services.mail_files import NamedFile


@dataclass(frozen=True)
class Composition:
    """One event in the making: the case, the template, and the prefilled draft."""

    case: Case
    layout: CaseTypeLayout
    item: EventTemplateItem
    first: Draft
    actor: Actor


class Composer(Protocol):
    """One per kind. `fields` is the template that draws the form's fields.

    A composer whose events take no files of their own says `takes_files = False`.
    """

    fields: str
    submit_label: str
    submit_icon: str
    done: str

    def form(self, work: Composition, formdata: Any, values: dict[str, Any]) -> Any:
        """The form, filled from `formdata` when something was sent, else from `values`.

        `formdata` may also be what the person wrote before and left. Every form has `key`.
        """

    def carry_out(self, work: Composition, form: Any, files: ChosenFiles) -> Event | None:
        """Hand the checked form to the service. None when it was carried out before."""


@dataclass(frozen=True)
class Preview:
    """A mail as its recipient will see it. The citizen's link and code stay hidden.

    `kept` is what is read on the reply page instead, when the mail is only a notice of it.
    """

    sender: str
    recipient: str
    subject: str
    html: str
    text: str
    files: Sequence[NamedFile] = ()
    kept: str = ""


@runtime_checkable
class Previewing(Protocol):
    """A composer that can show what will leave (Förhandsgranska)."""

    def preview(self, work: Composition, form: Any, files: ChosenFiles) -> Preview:
        """What the checked form would send. Changes nothing. Raises DomainError."""
