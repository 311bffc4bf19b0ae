"""What the rules of several tables share: keys, names, uniqueness, known words."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Any

from sqlalchemy import select

from domain.errors import RuleBroken
from domain.text import _
from extensions import db

_KEY = re.compile(r"[a-z][a-z0-9]*([_-][a-z0-9]+)*")
_EMAIL = re.compile(r"[^\s@<>,;:\"()\\]+@[^\s@<>,;:\"()\\]+\.[^\s@<>,;:\"()\\.]+")
_LINK = re.compile(r"https?://[^\s<>\"]+")


def need(condition: object, field: str, sentence: str, **values: object) -> None:
    """Raise RuleBroken about `field` unless `condition` holds."""
    if not condition:
        raise RuleBroken(sentence, field=field, **values)


def check_key(row: Any, field: str = "key") -> None:
    """Keys are written in files and addresses: plain letters, digits, - and _."""
    sentence = _(
        "Skriv bara små bokstäver a–z, siffror, bindestreck och understreck. Börja med en bokstav."
    )
    value = getattr(row, field)
    need(_KEY.fullmatch(value or "") and len(value) <= 80, field, sentence)


def check_text(row: Any, field: str, sentence: str) -> None:
    """The text must not be empty."""
    need((getattr(row, field) or "").strip(), field, sentence)


def check_unique(row: Any, field: str, *within: str) -> None:
    """No other row (with the same `within`) has the same value in `field`."""
    model = type(row)
    query = select(model.id).where(
        *(getattr(model, n) == getattr(row, n) for n in (field, *within))
    )
    taken = [found for found in db.session.scalars(query) if found != row.id]
    sentence = _("%(value)s finns redan. Välj något annat.")
    need(not taken, field, sentence, value=getattr(row, field))


def check_known(row: Any, field: str, known: Collection[str]) -> None:
    """The value is one of the words that the program knows."""
    value = getattr(row, field)
    need(value in known, field, _("%(value)s är inget giltigt val."), value=value)


def check_all_known(row: Any, field: str, known: Collection[str]) -> None:
    """Every value of the list (or key of the mapping) is one that the program knows."""
    strangers = [value for value in getattr(row, field) or () if value not in known]
    sentence = _("%(value)s är inget giltigt val.")
    need(not strangers, field, sentence, value=", ".join(map(str, strangers)))


def check_email(row: Any, field: str) -> None:
    """Empty, or one plain address that may stand in a mail's header."""
    value = getattr(row, field) or ""
    sentence = _("Skriv en e-postadress, till exempel synpunkter@kommunen.se.")
    need(not value or _EMAIL.fullmatch(value), field, sentence)


def check_link(row: Any, field: str) -> None:
    """Empty, or an address that begins with http:// or https://."""
    value = getattr(row, field) or ""
    sentence = _("Skriv hela webbadressen, till exempel https://www.kommunen.se.")
    need(not value or _LINK.fullmatch(value), field, sentence)


def check_one_line(row: Any, *fields: str) -> None:
    """Names and subjects end up in mail headers: no line breaks, no control characters."""
    for field in fields:
        value = getattr(row, field) or ""
        need(value.isprintable() or not value, field, _("Skriv på en rad, utan radbrytningar."))
