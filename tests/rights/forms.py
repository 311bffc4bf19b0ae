"""What the pages would send: their forms, read as the person who may do everything."""

from __future__ import annotations

from typing import Any

from tests.rights.oracle import CaseFacts
from tests.rights.people import CHIEF
from tests.rights.world import World
from tests.support.forms import form_data

Data = dict[str, Any]
_read: dict[tuple[str, str], Data] = {}
"""(path, form) → data. The world is the same for every test, and so are its forms."""


def sent_by(world: World, path: str, form_id: str) -> Data:
    """What the form on this page sends unchanged; empty when there is no such form."""
    if (path, form_id) not in _read:
        world.rewind()
        data = dict(form_data(world.get(CHIEF, path).text, form_id))
        data.pop("csrf_token", None)  # the chief's; every client sends its own
        _read[path, form_id] = data
        world.rewind()
    return dict(_read[path, form_id])


def case_form(world: World, case: CaseFacts) -> Data:
    """The tabbed form of a case."""
    return sent_by(world, case_path(world, case), "case-form")


def compose_form(world: World, case: CaseFacts, template: str) -> Data:
    """The form of an event. What may not be written here is written as on an open case."""
    own = sent_by(world, compose_path(world, case, template), "compose-form")
    path = f"/admin/case/event/{world.numbers['c11']}/{template}"
    return own or sent_by(world, path, "compose-form")


def case_path(world: World, case: CaseFacts) -> str:
    return f"/admin/case/edit/?id={world.numbers[case.key]}"


def compose_path(world: World, case: CaseFacts, template: str) -> str:
    return f"/admin/case/event/{world.numbers[case.key]}/{template}"
