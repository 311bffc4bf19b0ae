"""What can happen in a town, and how often."""

from __future__ import annotations

from collections.abc import Callable

from tests.support import random_case_deeds as on_cases
from tests.support import random_town_deeds as in_town
from tests.support.walk_of_deeds import Walk

Deed = Callable[[Walk], None]

DEEDS: dict[Deed, int] = {
    on_cases.open_one: 3,
    on_cases.edit: 25,
    on_cases.assign: 6,
    on_cases.appoint: 6,
    on_cases.fill_and_close: 6,
    on_cases.reopen: 4,
    on_cases.ready: 4,
    on_cases.unready: 2,
    on_cases.read_reply: 2,
    on_cases.citizen_replies: 3,
    on_cases.write_event: 12,
    on_cases.revise_event: 5,
    on_cases.take_event_away: 4,
    on_cases.strike_event: 4,
    on_cases.post_letter: 3,
    on_cases.add_file: 4,
    on_cases.remove_file: 3,
    on_cases.mark_or_lift: 5,
    on_cases.lock: 3,
    in_town.change_roles: 4,
    in_town.change_somebody: 4,
    in_town.add_somebody: 1,
    in_town.change_own_profile: 2,
    in_town.change_unit_of_town: 3,
    in_town.add_unit_to_town: 1,
    in_town.choose_stand_in: 3,
    in_town.hand_everything_over: 1,
}
"""Each with its share of the steps."""
