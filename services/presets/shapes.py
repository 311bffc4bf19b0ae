"""The shape of tables in a preset: which keys there are, of which type, which words they take."""

from __future__ import annotations

from collections.abc import Collection
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import InstrumentedAttribute

from services.presets.faults import Place, one_of

TYPE_NAMES: dict[type, str] = {
    str: "en text inom citattecken",
    int: "ett heltal",
    bool: "true eller false",
    list: "en lista inom [ ]",
    dict: "en tabell",
}


@dataclass(frozen=True)
class Spec:
    """What one key may hold.

    `words` are the only values allowed (of a text, or of each item of a list); `item` is the
    type of a list's or table's values; `shape` describes a table, or each row of a list, and
    `short` is the key that a row means when it is only a text.
    """

    holds: type
    default: Any = None
    required: bool = False
    words: tuple[str, ...] = ()
    longest: int = 0
    item: type | None = None
    shape: Shape | None = None
    short: str = ""


Shape = dict[str, Spec]


def text(column: InstrumentedAttribute[Any] | None = None, *, required: bool = False) -> Spec:
    """A text as long as `column` has room for."""
    length = getattr(column.type, "length", 0) if column is not None else 0
    return Spec(str, "", required, longest=length or 0)


def word(words: Collection[str], default: str | None = None) -> Spec:
    """One of `words`; required when there is no default."""
    return Spec(str, default or "", required=default is None, words=tuple(words))


def words(known: Collection[str] = ()) -> Spec:
    """A list of texts, all of them among `known` if it is given."""
    return Spec(list, [], words=tuple(known), item=str)


def flag(default: bool = False) -> Spec:
    return Spec(bool, default)


def rows(shape: Shape, *, required: bool = False, short: str = "") -> Spec:
    """A list of tables. A row that is only a text gives the key `short`."""
    return Spec(list, [], required, shape=shape, short=short)


def table(shape: Shape, *, required: bool = False) -> Spec:
    return Spec(dict, {}, required, shape=shape)


def mapping(item: type) -> Spec:
    """A table with free keys whose values are all of the type `item`."""
    return Spec(dict, {}, item=item)


def shaped(value: dict[str, Any], shape: Shape, place: Place) -> dict[str, Any]:
    """`value` with every key of `shape`: wrong and missing values become defaults, and faults."""
    for key in value.keys() - shape.keys():
        place.at(key).fault(f"Nyckeln finns inte. Välj {one_of(shape)}.")
    return {key: _key_value(value, key, spec, place.at(key)) for key, spec in shape.items()}


def _key_value(value: dict[str, Any], key: str, spec: Spec, place: Place) -> Any:
    if key not in value:
        place.need(not spec.required, "Värdet saknas. Lägg till det.")
        return _empty(spec, place)
    found = value[key]
    if type(found) is not spec.holds:
        place.fault(f"Värdet ska vara {TYPE_NAMES[spec.holds]}.")
        return _empty(spec, place)
    return _CHECKS[spec.holds](found, spec, place)


def _empty(spec: Spec, place: Place) -> Any:
    if spec.holds is dict and spec.shape:
        return shaped({}, spec.shape, Place(place.file))  # defaults only: the fault is noted
    return deepcopy(spec.default)


def _text(found: str, spec: Spec, place: Place) -> str:
    if spec.words and found not in spec.words:
        place.fault(f"”{found}” finns inte. Välj {one_of(spec.words)}.")
        return spec.default
    place.need(found.strip() or not spec.required, "Texten får inte vara tom. Fyll i den.")
    if spec.longest and len(found) > spec.longest:
        place.fault(f"Texten är {len(found)} tecken. Korta den till högst {spec.longest}.")
    return found.strip("\n")


def _list(found: list[Any], spec: Spec, place: Place) -> list[Any]:
    if spec.shape is not None:
        return [_row(item, spec, place.row(i)) for i, item in enumerate(found, 1)]
    wrong = [item for item in found if type(item) is not spec.item]
    place.need(not wrong, "Varje värde i listan ska vara en text inom citattecken.")
    texts = [item for item in found if item not in wrong]
    for item in texts if spec.words else ():
        place.need(item in spec.words, f"”{item}” finns inte. Välj bland {', '.join(spec.words)}.")
    return [item for item in texts if not spec.words or item in spec.words]


def _row(item: Any, spec: Spec, place: Place) -> dict[str, Any]:
    assert spec.shape is not None
    if isinstance(item, str) and spec.short:
        item = {spec.short: item}
    if not isinstance(item, dict):
        place.fault(f"Värdet ska vara {TYPE_NAMES[dict]}.")
        return shaped({}, spec.shape, Place(place.file))
    return shaped(item, spec.shape, place)


def _table(found: dict[str, Any], spec: Spec, place: Place) -> dict[str, Any]:
    if spec.shape is not None:
        return shaped(found, spec.shape, place)
    kept = {key: item for key, item in found.items() if type(item) is spec.item}
    for key in found.keys() - kept.keys():
        place.at(key).fault(f"Värdet ska vara {TYPE_NAMES[spec.item or str]}.")
    return kept


def _as_is(found: Any, _spec: Spec, _place: Place) -> Any:
    return found


_CHECKS: dict[type, Any] = {str: _text, list: _list, dict: _table, int: _as_is, bool: _as_is}
