"""The question of a report in the address: read from it, written to it, told in words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from domain.clock import local_today
from domain.dates import short_date
from domain.layout import CaseTypeLayout
from domain.permissions import RIGHTS, Actor, Permission, Reach, Role
from domain.row_ids import row_id
from domain.statistics.period import BASIS_WORDS, FIRST_YEAR, LAST_YEAR, Basis, Period
from domain.statistics.presets import OWN, PERIOD_NAMES, named_period
from domain.statistics.question import Question
from queries.configuration import configuration
from queries.statistics.reach import countable_units
from services.actors import case_types_for

BASES = {"inkom": Basis.RECEIVED, "registrerat": Basis.REGISTERED, "avslutat": Basis.CLOSED}
YEARS = range(FIRST_YEAR, LAST_YEAR + 1)
DEFAULT_PERIOD = "i-ar"


@dataclass
class Asked:
    """A question, what the form shows of it, and a sentence for each thing that was wrong.

    What was typed stays in `typed`; the question has the usual value in its place.
    """

    question: Question
    case_type: CaseTypeLayout
    typed: dict[str, str]
    errors: dict[str, str] = field(default_factory=dict)

    def args(self, **more: str) -> dict[str, Any]:
        """The question as arguments of an address."""
        return {**{name: value for name, value in self.typed.items() if value}, **more}


def read_question(args: MultiDict[str, str], actor: Actor) -> Asked | None:
    """What the address asks for. None when the reader may not count anything."""
    types = case_types_for(actor, Permission.STATISTICS_VIEW, configuration())
    if not types:
        return None
    typed = {name: args.get(name, "").replace("\0", "").strip()[:40] for name in NAMES}
    errors: dict[str, str] = {}
    case_type = next((t for t in types if t.key == typed["typ"]), None)
    if case_type is None:
        if typed["typ"]:
            errors["typ"] = _("Den ärendetypen finns inte, eller så får du inte se den.")
        case_type = types[0]
    typed["typ"] = case_type.key
    if "enhet" not in args:
        typed["enhet"] = own_unit(actor)
    typed["period"] = typed["period"] or DEFAULT_PERIOD
    question = Question(
        case_type.id,
        _period(typed, errors),
        basis=_known(BASES, typed, "dag", errors, Basis.RECEIVED),
        unit_id=_unit(typed, errors, actor),
        type_ids=_types(typed, errors, case_type),
        with_fault_reports=bool(typed["felanmalningar"]),
        with_secret=bool(typed["sekretess"]) and sees_secret(actor),
        hides_small=_hides_small(typed, case_type),
    )
    return Asked(question, case_type, typed, errors)


NAMES = (
    "typ", "enhet", "period", "fran", "till", "dag", "slag", "felanmalningar", "sekretess",
    "sma-tal",
)  # fmt: skip


def _known(
    words: dict[str, Any], typed: dict[str, str], name: str, errors: dict[str, str], usual: Any
) -> Any:
    if typed[name] and typed[name] not in words:
        errors[name] = _("Välj ett av alternativen.")
    return words.get(typed[name], usual)


def _period(typed: dict[str, str], errors: dict[str, str]) -> Period:
    usual = named_period(DEFAULT_PERIOD, local_today())
    name = typed["period"]
    if name != OWN:
        if name not in PERIOD_NAMES:
            errors["period"] = _("Välj ett av alternativen.")
            return usual
        return named_period(name, local_today())
    days = {name: _day(typed[name]) for name in ("fran", "till")}
    for name, day in days.items():
        if day is None:
            errors[name] = _("Skriv datum som 2026-11-22.")
    first, last = days["fran"], days["till"]
    if first is None or last is None:
        return usual
    if first > last:
        errors["till"] = _("Sista dagen är före den första. Byt plats på datumen.")
        return usual
    return Period(first, last)


def _day(text: str) -> date | None:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if day.year in YEARS else None


def _unit(typed: dict[str, str], errors: dict[str, str], actor: Actor) -> int:
    if typed["enhet"] in ("", "alla"):
        return 0
    number = row_id(typed["enhet"]) or 0
    if number in {unit.id for unit in countable_units(actor)}:
        return number
    errors["enhet"] = _("Den enheten finns inte, eller så får du inte ta fram statistik för den.")
    return 0


def _types(
    typed: dict[str, str], errors: dict[str, str], case_type: CaseTypeLayout
) -> tuple[int, ...]:
    if not typed["slag"]:
        return ()
    own = case_type.fields.get("types")
    number = row_id(typed["slag"]) or 0
    if own and number in {choice.id for choice in own.choices}:
        return (number,)
    errors["slag"] = _("Välj ett av alternativen.")
    return ()


def _hides_small(typed: dict[str, str], case_type: CaseTypeLayout) -> bool:
    """Unless it is said: hidden where the law protects more (domain notes §4.2)."""
    if typed["sma-tal"] in ("dolj", "visa"):
        return typed["sma-tal"] == "dolj"
    return case_type.secrecy_class != "open"


def own_unit(actor: Actor) -> str:
    """The unit of the reader's first role that may count; "alla" for those who count all."""
    reach = RIGHTS[Permission.STATISTICS_VIEW].reach
    held = [a for a in actor.assignments if reach[a.role] is not Reach.NONE]
    if not held or any(reach[a.role] is Reach.EVERY for a in held):
        return "alla"
    top = min(held, key=lambda a: a.unit_path.count("/"))
    return top.unit_path.rstrip("/").rpartition("/")[2]


def sees_secret(actor: Actor) -> bool:
    """Whether cases with a secrecy mark can be asked for."""
    reach = RIGHTS[Permission.STATISTICS_VIEW].reach
    return any(
        a.sees_secret and a.role is not Role.READER and reach[a.role] is not Reach.NONE
        for a in actor.assignments
    )


def selection(asked: Asked) -> Iterator[tuple[str, str]]:
    """The head of a report: (what, its value), as it is printed above the tables."""
    question, config = asked.question, configuration()
    unit = config.units_by_id.get(question.unit_id)
    first, last = question.period.first, question.period.last
    yield _("Ärendetyp"), asked.case_type.name
    yield _("Enhet"), unit.name if unit else _("Alla som du får se")
    yield _(BASIS_WORDS[question.basis]), f"{short_date(first)} – {short_date(last)}"
    for choice_id in question.type_ids:
        yield _("Synpunktstyp"), asked.case_type.label_of(choice_id)
    if question.with_fault_reports:
        yield _("Felanmälningar"), _("Räknas med")
    if question.with_secret:
        yield _("Sekretessmarkerade"), _("Räknas med")
    if question.hides_small:
        yield _("Små tal"), _("Döljs")


def options(asked: Asked, actor: Actor) -> dict[str, list[tuple[str, str]]]:
    """What each list of the form offers: name → (value, label)."""
    indent = "\N{NO-BREAK SPACE}" * 3
    units = countable_units(actor)
    top = min((unit.depth for unit in units), default=0)
    own = asked.case_type.fields.get("types")
    types = case_types_for(actor, Permission.STATISTICS_VIEW, configuration())
    return {
        "typ": [(t.key, t.name) for t in types],
        "enhet": [
            ("alla", _("Alla som du får se")),
            *((str(u.id), indent * (u.depth - top) + u.name) for u in units),
        ],
        "period": [(key, _(label)) for key, label in PERIOD_NAMES.items()],
        "dag": [(key, _(BASIS_WORDS[basis])) for key, basis in BASES.items()],
        "slag": [("", _("Alla")), *((str(c.id), c.label) for c in (own.choices if own else ()))],
        "sma-tal": [
            ("", _("Som ärendetypen säger")), ("visa", _("Visa")), ("dolj", _("Dölj små tal")),
        ],
    }  # fmt: skip
