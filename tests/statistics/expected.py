"""What each report must say: key of the report → its tables, as rows of {column: value}."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy import select

from domain.statistics.period import Period
from extensions import db
from models import User
from queries.configuration import configuration
from tests.statistics.oracle import Oracle, Seen, change, count, in_time, mean, median, p90, times
from tests.statistics.oracle import quotient as share
from tests.statistics.world import TODAY

Line = dict[str, Any]
Lines = dict[str, Line]
"""Label or key of a row → its cells by the key of their column."""
Words = ("in-time", "late", "overdue", "running", "no-answer")
MONTHS = ("januari", "februari", "mars", "april", "maj", "juni", "juli", "augusti", "september",
          "oktober", "november", "december")  # fmt: skip


def choices(oracle: Oracle, field: str) -> list[Any]:
    layout = configuration().case_type(oracle.question.case_type_id)
    return list(layout.fields[field].choices) if field in layout.fields else []


def now_and_before(now: float | None, before: float | None) -> Line:
    return {"now": now, "before": before, "change": change(now, before)}


def r01(o: Oracle) -> list[Lines]:
    now, old = _figures(o), _figures(o.year_before())
    return [{label: now_and_before(now[label], old[label]) for label in now}]


def _figures(o: Oracle) -> dict[str, float | None]:
    kinds = {c.meaning: c.id for c in choices(o, "types") if c.meaning}
    praise = count(o.cases, lambda c: kinds["type:praise"] in c.ticks.get("types", ()))
    blame = count(o.cases, lambda c: kinds["type:complaint"] in c.ticks.get("types", ()))
    return {
        "Inkomna": len(o.cases),
        "Avslutade": count(o.cases, lambda c: c.row.closed_at),
        "Öppna": count(o.cases, lambda c: not c.row.closed_at),
        "Förfallna": count(o.cases, lambda c: c.answered == "overdue"),
        "Bekräftade i tid": in_time(c.confirmed for c in o.cases),
        "Besvarade i tid": in_time(c.answered for c in o.cases),
        "Svarstid, median": median(times(o.cases)),
        "Svar ej önskat": share(count(o.cases, lambda c: not c.wants), len(o.cases)),
        "Beröm per klagomål": share(praise, blame),
    }


def r02(o: Oracle) -> list[Lines]:
    found = Counter(_month(o, c) for c in o.cases)
    before = Counter(_month(o, c) for c in o.year_before().cases)
    lines, total, old_total = {}, 0, 0
    period = o.question.period
    months = [(y, m) for y in range(period.first.year, period.last.year + 1) for m in range(1, 13)]
    for year, month in months:
        if not (period.first.year, period.first.month) <= (year, month):
            continue
        if not (year, month) <= (period.last.year, period.last.month):
            continue
        now, old = found[year, month], before[year - 1, month]
        total, old_total = total + now, old_total + old
        lines[f"{MONTHS[month - 1]} {year}"] = {
            **now_and_before(now, old), "total": total, "total-before": old_total,
        }  # fmt: skip
    return [lines]


def _month(o: Oracle, case: Seen) -> tuple[int, int]:
    day = case.day(o.question.basis)
    assert day is not None
    return day.year, day.month


def ticks(field: str) -> Callable[[Oracle], list[Lines]]:
    def lines(o: Oracle) -> list[Lines]:
        before = o.year_before()
        marks = sum(len(c.ticks.get(field, ())) for c in o.cases)
        found = {}
        for item in choices(o, field):
            now, old = (
                count(x.cases, lambda c, i=item: i.id in c.ticks.get(field, ()))
                for x in (o, before)
            )
            found[item.label] = {
                "cases": now, "of-ticks": share(now, marks), "of-cases": share(now, len(o.cases)),
                "before": old, "change": change(now, old),
            }  # fmt: skip
        return [found]

    return lines


def single(field: str) -> Callable[[Oracle], list[Lines]]:
    def lines(o: Oracle) -> list[Lines]:
        before, found = o.year_before(), {}
        labels = [(c.id, c.label) for c in choices(o, field)] + [(None, "Ej angivet")]
        for number, label in labels:
            now, old = (
                count(x.cases, lambda c, n=number: getattr(c.row, f"{field}_id") == n)
                for x in (o, before)
            )
            found[label] = {
                "cases": now, "share": share(now, len(o.cases)), "before": old,
                "change": change(now, old),
            }  # fmt: skip
        return [found]

    return lines


def _by_unit(o: Oracle, line: Callable[[Callable[[Seen], bool]], Line]) -> Lines:
    """A line for every unit there is, and one for cases without a unit."""
    found = {u.name: line(lambda c, u=u: c.path.startswith(u.path)) for u in o.units.values()}
    found["Utan enhet"] = line(lambda c: not c.path)
    return found


def r05(o: Oracle) -> list[Lines]:
    before = o.year_before()

    def line(inside: Callable[[Seen], bool]) -> Line:
        mine = [c for c in o.cases if inside(c)]
        old = count(before.cases, inside)
        types = {
            f"type-{t.id}": count(mine, lambda c, t=t: t.id in c.ticks.get("types", ()))
            for t in choices(o, "types")
        }
        return {**types, "cases": len(mine), "before": old, "change": change(len(mine), old)}

    return [_by_unit(o, line)]


def r06(o: Oracle) -> list[Lines]:
    def line(inside: Callable[[Seen], bool]) -> Line:
        mine = [c for c in o.cases if inside(c)]
        words, days = Counter(c.answered for c in mine), times(mine)
        return {
            **{word: words[word] for word in Words},
            "wanted": count(mine, lambda c: c.wants),
            "answered": count(mine, lambda c: c.wants and c.row.answered_on),
            "share": in_time(c.answered for c in mine),
            "median": median(days), "mean": mean(days), "p90": p90(days),
            "longest": max(days, default=None),
        }  # fmt: skip

    days = times(o.cases)
    spans = {"0–2": (0, 2), "3–5": (3, 5), "6–10": (6, 10), "11–15": (11, 15), "16–20": (16, 20),
             "Mer än 20": (21, 9999)}  # fmt: skip
    spread = {}
    for label, (least, most) in spans.items():
        number = sum(least <= day <= most for day in days)
        spread[label] = {"cases": number, "share": share(number, len(days))}
    return [_by_unit(o, line), spread]


def r07(o: Oracle) -> list[Lines]:
    def line(inside: Callable[[Seen], bool]) -> Line:
        words = [c.confirmed for c in o.cases if inside(c)]
        return {**{w: words.count(w) for w in Words}, "share": in_time(words)}

    return [_by_unit(o, line)]


def r13(o: Oracle) -> list[Lines]:
    late = [c for c in o.cases if c.answered in ("late", "overdue")]
    explained = count(late, lambda c: c.row.delay_reason)
    rows = {
        str(c.row.id): {
            "title": c.row.title,
            "unit": o.units[c.row.unit_id].name if c.row.unit_id else None,
            "responsible": c.row.responsible.name if c.row.responsible else None,
            "answer_by": c.row.answer_by,
            "answered_on": c.row.answered_on,
            "over": o.calendar.between(c.row.answer_by, c.row.answered_on or TODAY),
            "reason": c.row.delay_reason or None,
        }
        for c in late
    }
    groups = {"Förklarade": explained, "Utan förklaring": len(late) - explained}
    return [{label: {"cases": n} for label, n in groups.items()}, rows]


def r14(o: Oracle) -> list[Lines]:
    before = o.year_before()
    labels = {"offensive": "Kränkande eller hotfullt", "own": "Annat skäl"}
    found = {
        label: {
            "cases": count(o.refused, lambda c, k=key: c.row.refused_for == k),
            "before": count(before.refused, lambda c, k=key: c.row.refused_for == k),
        }
        for key, label in labels.items()
    }
    found["Refuserade sammanlagt"] = {"cases": len(o.refused), "before": len(before.refused)}
    return [*single("publication")(o), found]


def r15(o: Oracle) -> list[Lines]:
    before = o.year_before()
    kinds = {
        t.label: {
            "cases": count(o.cases, lambda c, t=t: t.id in c.ticks.get("types", ())),
            "before": count(before.cases, lambda c, t=t: t.id in c.ticks.get("types", ())),
        }
        for t in choices(o, "types")
        if t.meaning == "type:not-ours"
    }
    names = {name for x in (o, before) for c in x.cases for name in c.receivers}
    sent = {
        name: {
            "cases": count(o.cases, lambda c, n=name: n in c.receivers),
            "before": count(before.cases, lambda c, n=name: n in c.receivers),
        }
        for name in names
    }
    return [kinds, sent]


def r16(o: Oracle) -> list[Lines]:
    last = o.question.period.last.year
    lines = {}
    for year in range(last - 9, last + 1):
        period = Period(date(year, 1, 1), date(year, 12, 31))
        mine = o.asked(replace(o.question, period=period))
        line: Line = {"cases": len(mine.cases)}
        for field, key in (("types", "type"), ("categories", "category")):
            line[key], line[f"{key}-share"] = _commonest(mine, field)
        line["in-time"] = in_time(c.answered for c in mine.cases)
        line["median"] = median(times(mine.cases))
        lines[str(year)] = line
    return [lines]


def _commonest(o: Oracle, field: str) -> tuple[str | None, float | None]:
    found = {
        item.label: count(o.cases, lambda c, i=item: i.id in c.ticks.get(field, ()))
        for item in choices(o, field)
    }
    most = max(found.values(), default=0)
    if not most:
        return None, None
    return min(label for label, n in found.items() if n == most), share(most, len(o.cases))


def r17(o: Oracle) -> list[Lines]:
    def labels(case: Seen, field: str) -> str | None:
        known = {item.id: item.label for item in choices(o, field)}
        return ", ".join(known[n] for n in sorted(case.ticks.get(field, ()))) or None

    return [
        {
            str(c.row.id): {
                "received": c.row.received_on,
                "unit": o.units[c.row.unit_id].name if c.row.unit_id else None,
                "types": labels(c, "types"),
                "categories": labels(c, "categories"),
                "text": "Sekretessmarkerat ärende" if c.row.is_secret else "Ingen publiceringstext",
                "answer": None,
                "measures": None if c.row.is_secret else labels(c, "measures"),
            }
            for c in o.cases
        }
    ]


def r21(o: Oracle) -> list[Lines]:
    question = replace(o.question, period=Period(date(2000, 1, 1), TODAY))
    mine = [c for c in o.asked(replace(question, basis="received")).cases if not c.row.closed_at]
    names = {u.id: u.name for u in db.session.scalars(select(User))}
    found = {}
    for person in {c.row.responsible_id for c in mine}:
        own = [c for c in mine if c.row.responsible_id == person]
        age = sum((TODAY - c.row.received_on).days for c in own)
        found[names.get(person, "Ingen ansvarig")] = {
            "open": len(own),
            "running": count(own, lambda c: c.answered == "running"),
            "overdue": count(own, lambda c: c.answered == "overdue"),
            "age": share(age, len(own)),
        }
    return [found]


EXPECTED: dict[str, Callable[[Oracle], list[Lines]]] = {
    "oversikt": r01, "manader": r02, "synpunktstyp": ticks("types"),
    "kategori": ticks("categories"), "enheter": r05, "svarstider": r06, "bekraftelser": r07,
    "inkom-via": single("channel"), "kontaktsatt": single("contact_way"),
    "atgarder": ticks("measures"), "resultat": single("result"),
    "lamnare": single("submitter_kind"), "intern-extern": single("origin"), "forsenade": r13,
    "publicering": r14, "extern": r15, "flera-ar": r16, "arendelista": r17, "belastning": r21,
}  # fmt: skip
