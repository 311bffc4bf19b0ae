"""Borders of secrecy (OSL 8 kap. 1–2 §§): what may pass from one branch to another.

Secrecy holds between boards and between branches of their own, as it does against anybody else. So
a case does not move over such a border with its text unless somebody has decided that it may.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from domain.errors import RuleBroken
from domain.text import _

OPEN = "open"

AREAS: dict[str, str] = {
    "open": _("Öppet"),
    "social": _("Socialtjänst"),
    "health": _("Hälso- och sjukvård"),
    "school": _("Skola"),
}
"""The branches between which secrecy holds, and all else."""

GROUNDS: dict[str, str] = {
    "consent": _("Den som uppgifterna rör har gått med på det (OSL 12 kap. 2 §)"),
    "needed": _("Vi måste lämna uppgifterna för att kunna göra vårt arbete (OSL 10 kap. 2 §)"),
    "law": _("En lag eller förordning säger att uppgifterna ska lämnas (OSL 10 kap. 28 §)"),
    "harmless": _("Jag har prövat texten: den innehåller inga uppgifter som omfattas av sekretess"),
}
"""On which ground a case may pass with all that is in it."""


@dataclass(frozen=True)
class Border:
    """The border between two branches, by their keys in AREAS."""

    old: str
    new: str


@dataclass(frozen=True)
class Passing:
    """The decision that a case passes as it is. The notes stay behind unless they are said to."""

    ground: str
    reason: str
    with_notes: bool = False


class BorderAhead(RuleBroken):
    """The case would pass a border, and nobody has decided what goes along."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "Enheten ligger i ett annat sekretessområde. Bestäm först vilken text som ska "
                "följa med ärendet dit."
            ),
            field="unit",
        )


class PeopleBeyond(BorderAhead):
    """Somebody on the other side of a border would get to read the case where it is."""

    def __init__(self) -> None:
        RuleBroken.__init__(
            self,
            _(
                "Den du har valt hör till ett annat sekretessområde. Bestäm först om personen får "
                "läsa ärendet."
            ),
            field="people",
        )


def border_to_person(
    type_class: str, unit: tuple[str, str] | None, roles: Iterable[tuple[str, str]]
) -> Border | None:
    """The border between a case and a person who is given it to read.

    `unit` is the case's, `roles` are the units of the person's roles, each a path and an area. Who
    has a role above the unit, or somewhere in its area, stands on the same side.
    """
    places = list(roles)
    if unit is None or not places:
        return None
    path, area = unit
    found = [border_between(type_class, area, theirs) for _path, theirs in places]
    if None in found or any(path.startswith(above) for above, _area_of in places):
        return None
    return found[0]


def border_between(type_class: str, old_unit: str | None, new_unit: str | None) -> Border | None:
    """The border that a case passes between two units, each by its area (None: no unit).

    A unit without an area of its own lies in that of the case type. A case of an open type that
    nobody has sorted yet comes from no branch: there is no border around it.
    """
    if new_unit is None or (old_unit is None and type_class == OPEN):
        return None
    old, new = (_area(type_class, unit) for unit in (old_unit, new_unit))
    return Border(old, new) if old != new else None


def _area(type_class: str, unit: str | None) -> str:
    return type_class if unit in (None, OPEN) else str(unit)


def check_passing(
    border: Border | None, passing: Passing | None, ahead: type[BorderAhead] = BorderAhead
) -> None:
    """Refuse to let a case pass a border without a ground and a reason. Raises RuleBroken."""
    if border is None:
        return
    if passing is None:
        raise ahead
    if passing.ground not in GROUNDS:
        raise RuleBroken(_("Välj varför texten får lämnas över."), field="ground")
    if not passing.reason.strip():
        raise RuleBroken(_("Skriv hur du har bedömt det."), field="reason")
