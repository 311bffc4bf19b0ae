"""The town: one municipality with both presets and the demo's people, without cases.

Tests speak of people by user name: `client.login("handlaggare.hjo")`. Who they are and what they
may do: services/demo/people.py.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from services.demo import PASSWORD, load_town

__all__ = ["PASSWORD", "Town", "build_town"]


@dataclass
class Town:
    """What a test may know of the town without asking the database."""

    ids: dict[str, int] = field(default_factory=dict)
    """User name → id."""


def build_town(town: Town) -> None:
    """Load it and note who is who. The caller commits."""
    people = load_town()
    town.ids.update({username: person.id for username, person in people.items()})
