"""The list that a file is asked for, as JSON and back: the worker makes it later."""

from __future__ import annotations

from dataclasses import asdict, fields
from datetime import date
from typing import Any

from queries.case_filter import DAYS, CaseFilter
from queries.case_list import ListQuery


def packed(query: ListQuery) -> dict[str, Any]:
    """The query as JSON. Which page was open says nothing about the file."""
    values = asdict(query)
    values["page"] = 0
    values["filter"] = {
        name: value.isoformat() if isinstance(value, date) else value
        for name, value in values["filter"].items()
    }
    return values


def unpacked(values: dict[str, Any]) -> ListQuery:
    """The query of packed()."""
    kept = dict(values["filter"])
    for field in fields(CaseFilter):
        if isinstance(kept.get(field.name), list):
            kept[field.name] = tuple(kept[field.name])
    for name in (f"{day}_{end}" for day in DAYS for end in ("from", "to")):
        kept[name] = date.fromisoformat(kept[name]) if kept.get(name) else None
    return ListQuery(**{**values, "filter": CaseFilter(**kept)})
