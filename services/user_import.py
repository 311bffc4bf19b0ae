"""People from a CSV file: a plan that says what every line would do, then the same in earnest.

One role a line; several lines with the same user name give several roles. Empty cells leave what
is there, and nothing is ever taken away. The own account is never touched.
"""

from __future__ import annotations

import csv
import io
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice

from sqlalchemy import select

from domain.errors import NotAllowed, RuleBroken
from domain.permissions import Actor, Permission, can
from domain.text import _
from extensions import db
from models import CaseType, Unit, User
from services.accounts import normal_username
from services.config_rules import check
from services.password_links import give_link
from services.people import Grant, add_person, change_person, grants_of

LARGEST, MOST_LINES = 1_000_000, 2_000
COLUMNS = {
    "användarnamn": "username", "namn": "name", "titel": "title", "telefon": "phone",
    "e-post": "email", "roll": "role", "enhet": "unit", "ärendetyp": "case_type",
    "sekretess": "secret",
}  # fmt: skip
DATA = ("name", "title", "phone", "email")
LENGTHS = {"username": 120, "name": 200, "title": 120, "phone": 60, "email": 254}
YES, NO = ("ja", "j", "x", "1"), ("", "nej", "n", "0")


@dataclass
class Outcome:
    """What one line does: new, changed, same or wrong. `error` says why it is wrong."""

    line: int
    username: str
    kind: str = "same"
    error: RuleBroken | None = None


@dataclass
class _Account:
    """A person as the file leaves it."""

    user: User | None
    values: dict[str, str]
    grants: set[Grant]
    given: dict[str, str] = field(default_factory=dict)
    is_changed: bool = False


@dataclass
class Plan:
    """Every line's outcome, and the accounts as they shall be."""

    outcomes: list[Outcome] = field(default_factory=list)
    accounts: dict[str, _Account] = field(default_factory=dict)

    @property
    def is_good(self) -> bool:
        """Whether it can be carried out: no line is wrong, and some line does something."""
        kinds = {outcome.kind for outcome in self.outcomes}
        return "wrong" not in kinds and bool(kinds & {"new", "changed"})


class _Names:
    """Roles, units and case types by what people write for them."""

    def __init__(self, roles: Mapping[str, str]) -> None:
        self.roles = {_fold(label): key for key, label in roles.items()} | {k: k for k in roles}
        self.units: dict[str, set[int]] = {}
        for unit in db.session.scalars(select(Unit).where(Unit.is_active)):
            for text in (unit.key, unit.name):
                self.units.setdefault(_fold(text), set()).add(unit.id)
        self.types = {
            _fold(text): row.id
            for row in db.session.scalars(select(CaseType))
            for text in (row.key, row.name)
        }


def plan_import(content: bytes, roles: Mapping[str, str], *, actor: Actor) -> Plan:
    """What the file would do; nothing is changed. `roles` are the names of the roles by key.

    Raises NotAllowed, or RuleBroken for a file that cannot be read at all.
    """
    if not can(actor, Permission.CONFIG_USERS):
        raise NotAllowed
    plan, names = Plan(), _Names(roles)
    people = {user.username: user for user in db.session.scalars(select(User))}
    with db.session.no_autoflush:
        for number, row in _rows(content):
            outcome = Outcome(number, row.get("username", ""))
            plan.outcomes.append(outcome)
            try:
                outcome.kind = _read(row, plan, people, names, actor)
            except RuleBroken as error:
                outcome.kind, outcome.error = "wrong", error
    return plan


def carry_out(plan: Plan, *, actor: Actor) -> int:
    """Do what the plan says, all of it; how many accounts were made or changed.

    New people are invited by mail. Raises NotAllowed, RuleBroken.
    """
    if not can(actor, Permission.CONFIG_USERS):
        raise NotAllowed
    if not plan.is_good:
        raise RuleBroken(_("Rätta raderna med fel i filen och läs in den på nytt."))
    changed = [(name, account) for name, account in plan.accounts.items() if account.is_changed]
    for username, account in changed:
        grants = sorted(account.grants, key=repr)
        if account.user is None:
            user = add_person({"username": username, **account.values}, grants, actor=actor)
            give_link(user, actor=actor)
        else:
            change_person(account.user, account.values, grants, actor=actor)
    return len(changed)


def _rows(content: bytes) -> Iterator[tuple[int, dict[str, str]]]:
    """(line, column → cell) of every line that is not blank. Raises RuleBroken."""
    if len(content) > LARGEST:
        raise RuleBroken(_("Filen är för stor. Den får vara högst 1 MB."), field="file")
    try:
        text = unicodedata.normalize("NFC", content.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise RuleBroken(
            _("Filen är inte sparad som UTF-8. Välj CSV UTF-8 när du sparar."), field="file"
        ) from error
    head = text.partition("\n")[0]
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=";" if ";" in head else ",")
    try:
        lines = [(reader.line_num, cells) for cells in islice(reader, MOST_LINES + 2)]
    except csv.Error as error:
        raise RuleBroken(_("Filen går inte att läsa som CSV."), field="file") from error
    if len(lines) > MOST_LINES + 1:
        raise RuleBroken(_("Filen har för många rader. Högst 2 000 går åt gången."), field="file")
    columns = [COLUMNS.get(_fold(cell)) for cell in (lines[0][1] if lines else [])]
    if "username" not in columns or None in columns or len(set(columns)) < len(columns):
        raise RuleBroken(
            _("Första raden ska ha rubrikerna %(columns)s."), field="file",
            columns=";".join(COLUMNS),
        )  # fmt: skip
    for number, cells in lines[1:]:
        if any(cell.strip() for cell in cells):
            known = zip(columns, [*cells, *[""] * len(columns)], strict=False)
            row = {str(name): cell.strip() for name, cell in known}
            yield number, row | ({"extra": "x"} if len(cells) > len(columns) else {})


def _read(
    row: dict[str, str], plan: Plan, people: dict[str, User], names: _Names, actor: Actor
) -> str:
    """Take one line into the plan; its kind. Raises RuleBroken and leaves the plan as it was."""
    if "extra" in row:
        raise RuleBroken(_("Raden har fler kolumner än rubrikraden."))
    username = normal_username(row["username"])
    user = people.get(username)
    if user and user.id == actor.id:
        raise RuleBroken(_("Ditt eget konto ändras inte här."))
    if user and not user.is_active:
        raise RuleBroken(_("Kontot är inte aktivt. Gör det aktivt först."))
    account = plan.accounts.get(username) or _account_of(user)
    given = {name: row[name] for name in DATA if row.get(name)}
    for name, value in given.items():
        if account.given.get(name, value) != value:
            raise RuleBroken(_("En tidigare rad säger något annat om samma person."))
    values = {**account.values, **given}
    _check_values(username, values, user)
    grants = _with(account.grants, _grant(row, names))
    is_first = username not in plan.accounts
    differs = values != account.values or grants != account.grants
    plan.accounts[username] = account
    account.values, account.grants, account.given = values, grants, {**account.given, **given}
    account.is_changed = account.is_changed or differs or user is None
    if user is None and is_first:
        return "new"
    return "changed" if differs else "same"


def _account_of(user: User | None) -> _Account:
    values = {name: getattr(user, name) if user else "" for name in DATA}
    return _Account(user, values, grants_of(user) if user else set())


def _check_values(username: str, values: dict[str, str], user: User | None) -> None:
    """The rules of a person, and what the columns of the table hold."""
    for name, value in {**values, "username": username}.items():
        if len(value) > LENGTHS[name] or "\0" in value:
            raise RuleBroken(
                _("%(value)s är för långt. Högst %(most)s tecken får plats."),
                value=value[:40].replace("\0", ""),
                most=LENGTHS[name],
            )
    check(User(id=user.id if user else None, username=username, **values))


def _grant(row: dict[str, str], names: _Names) -> Grant | None:
    """The role of one line; None when it names none. Raises RuleBroken."""
    role, unit, kind, secret = (row.get(n, "") for n in ("role", "unit", "case_type", "secret"))
    if not role:
        if unit or kind or secret:
            raise RuleBroken(_("Skriv vilken roll personen ska ha på enheten."))
        return None
    if _fold(role) not in names.roles:
        raise RuleBroken(_("Rollen %(value)s finns inte."), value=role[:60])
    found = names.units.get(_fold(unit), set())
    if len(found) != 1:
        sentence = _("Enheten %(value)s finns inte.")
        if found:
            sentence = _("Flera enheter heter %(value)s. Skriv enhetens nyckel.")
        raise RuleBroken(sentence, value=unit[:60])
    if kind and _fold(kind) not in names.types:
        raise RuleBroken(_("Ärendetypen %(value)s finns inte."), value=kind[:60])
    if _fold(secret) not in YES + NO:
        raise RuleBroken(_("Skriv ja eller nej i kolumnen sekretess."))
    case_type_id = names.types[_fold(kind)] if kind else None
    return Grant(names.roles[_fold(role)], next(iter(found)), case_type_id, _fold(secret) in YES)


def _with(grants: set[Grant], grant: Grant | None) -> set[Grant]:
    """The roles and one more; the same role at the same place takes the new flag."""
    if grant is None:
        return set(grants)
    place = (grant.role, grant.unit_id, grant.case_type_id)
    others = {g for g in grants if (g.role, g.unit_id, g.case_type_id) != place}
    return others | {grant}


def _fold(text: str) -> str:
    return " ".join(text.split()).casefold()
