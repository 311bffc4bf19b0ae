"""The rules of signing in, one per role (manual H04): asking them, and changing them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import asdict

from sqlalchemy import select

from domain.clock import local_today
from domain.errors import RuleBroken
from domain.permissions import Actor, Role
from domain.sign_in import Demand, Rule, Standing, demand, standing
from domain.text import _
from extensions import db
from models import RoleRule, User
from queries.stand_ins import absent_people
from services.audit import record


def rules() -> dict[str, Rule]:
    """The rules as they are now, by role. Roles without one sign in with a password anywhere."""
    rows = db.session.scalars(select(RoleRule).order_by(RoleRule.role))
    return {row.role: _rule(row) for row in rows}


def demand_of(user: User, address: str) -> Demand:
    """What is asked of `user` at `address`: the strictest of the rules of the roles.

    The roles of those for whom the person stands in today count too: their rights are the same.
    """
    inherited = {a.role for p in absent_people(user.id, local_today()) for a in p.assignments}
    return _demand(user, address, rules(), inherited - {Role.ADMINISTRATOR})


def standing_of(user: User, address: str, *, is_strong: bool) -> Standing:
    """Whether `user`, whose password was right, is signed in, or what is missing."""
    return standing(demand_of(user, address), has_factor=bool(user.totp_seal), is_strong=is_strong)


def change_rules(
    wanted: Mapping[str, Rule | None], user: User, address: str, *, actor: Actor
) -> None:
    """Set the rule of each role (None: no rule). Raises RuleBroken, with the role as the field.

    `user` is who does it, from `address`: rules that would shut that very person out are refused,
    since nobody might be left who can take them back.
    """
    for role, rule in wanted.items():
        if rule and rule.outside == "refused" and not rule.networks:
            sentence = _("Skriv kommunens nät. Utan nät kan ingen med rollen logga in.")
            raise RuleBroken(sentence, field=role)
    _check_own_way_in({role: rule for role, rule in wanted.items() if rule}, user, address)
    now = rules()
    for role in Role:
        old, new = now.get(role), wanted.get(role)
        if old != new:
            _store(role, new)
            record(
                actor,
                "sign-in.rule-changed",
                subject=f"role_rules {role}",
                field=role,
                old=_plain(old),
                new=_plain(new),
            )


def remove_all_rules(*, actor: Actor) -> int:
    """Let everybody in with a password again: the way out when nobody can sign in. How many."""
    rows = list(db.session.scalars(select(RoleRule)))
    for row in rows:
        record(
            actor,
            "sign-in.rule-changed",
            subject=f"role_rules {row.role}",
            field=row.role,
            old=_plain(_rule(row)),
        )
        db.session.delete(row)
    return len(rows)


def _check_own_way_in(wanted: Mapping[str, Rule], user: User, address: str) -> None:
    asked = _demand(user, address, wanted)
    if standing(asked, has_factor=bool(user.totp_seal), is_strong=False) is not Standing.REFUSED:
        return
    if asked.is_refused:
        sentence = _(
            "Du skulle stänga ute dig själv: din adress %(address)s ligger utanför näten. "
            "Lägg till den, eller ändra regeln från en dator i nätet."
        )
    else:
        sentence = _(
            "Du skulle stänga ute dig själv: din adress %(address)s ligger utanför näten och du "
            "har ingen tvåstegsinloggning. Ställ in den på Min sida först."
        )
    field = next(a.role for a in user.assignments if _asks_most(wanted.get(a.role), address))
    raise RuleBroken(sentence, field=field, address=address)


def _asks_most(rule: Rule | None, address: str) -> bool:
    return rule is not None and not rule.is_inside(address)


def _demand(
    user: User, address: str, by_role: Mapping[str, Rule], inherited: Collection[str] = ()
) -> Demand:
    held = {assignment.role for assignment in user.assignments} | set(inherited)
    return demand([rule for role, rule in by_role.items() if role in held], address)


def _store(role: str, rule: Rule | None) -> None:
    row = db.session.get(RoleRule, role)
    if rule is None:
        if row is not None:
            db.session.delete(row)
        return
    if row is None:
        row = RoleRule(role=role)
        db.session.add(row)
    row.networks = list(rule.networks)
    row.outside, row.always_factor = rule.outside, rule.always_factor


def _rule(row: RoleRule) -> Rule:
    return Rule(tuple(row.networks), row.outside, row.always_factor)


def _plain(rule: Rule | None) -> dict[str, object] | None:
    return {**asdict(rule), "networks": list(rule.networks)} if rule else None
