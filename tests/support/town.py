"""The named cast: one municipality with both presets and the people that tests speak of."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass
class Town:
    """People by user name, filled by build_town()."""


def build_town(town: Town) -> None:
    """Load both presets and the people."""
    raise NotImplementedError
