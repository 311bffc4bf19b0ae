"""Taking the submitter's contact data out of texts, for those who may not see it.

An answer greets the citizen by name. Whoever may not see who the submitter is (the rights table,
case.view_submitter) reads the answer without the name.
"""

from __future__ import annotations

from collections.abc import Callable

from domain.masking import masker
from domain.permissions import Actor, Permission, can
from models import Case

Mask = Callable[[str], str]


def as_it_is(text: str) -> str:
    """The mask of those who may see everything."""
    return text


def without_contact(case: Case) -> Mask:
    """A function that masks name, address, telephone and e-mail address of the submitter."""
    person = case.submitter
    return masker([person.name, person.address, person.postal, person.phone, person.email])


def mask_for(case: Case, actor: Actor) -> Mask:
    """What `actor` reads texts of `case` through."""
    sees = can(actor, Permission.CASE_VIEW_SUBMITTER, case)
    return as_it_is if sees else without_contact(case)
