"""How people may sign in: from where, and with what (manual H04, decision 0011).

A role can have one rule. Whoever holds several roles is held to the strictest of their rules.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from ipaddress import IPv6Address, ip_address, ip_network

OUTSIDE_FACTOR = "factor"
OUTSIDE_REFUSED = "refused"
MOST_NETWORKS = 200


@dataclass(frozen=True)
class Rule:
    """The rule of one role. `networks` is the inside; without any there is no inside."""

    networks: tuple[str, ...] = ()
    outside: str = OUTSIDE_FACTOR
    always_factor: bool = False

    def is_inside(self, address: str) -> bool:
        """Whether `address` lies in one of the networks. What is no address lies nowhere."""
        return any(_holds(network, address) for network in self.networks)


@dataclass(frozen=True)
class Demand:
    """What is asked of a person at one address.

    `may_set_up`: a second factor can be set up from there with the password alone. Only where
    the password alone would be trusted, or where there is no such place at all.
    """

    is_refused: bool = False
    asks_factor: bool = False
    may_set_up: bool = True


class Standing(StrEnum):
    """Where somebody stands who gave the right password."""

    SIGNED_IN = "signed-in"
    CODE = "code"  # a code of the second factor is missing
    SET_UP = "set-up"  # the second factor itself is missing, and may be set up now
    REFUSED = "refused"


def demand(rules: Iterable[Rule], address: str) -> Demand:
    """The strictest of `rules` for somebody who comes from `address`."""
    refused = factor = False
    may_set_up = True
    for rule in rules:
        inside = rule.is_inside(address)
        asks = rule.always_factor or not inside
        refused |= not inside and rule.outside == OUTSIDE_REFUSED
        factor |= asks
        may_set_up &= not asks or inside or not rule.networks
    return Demand(refused, factor, may_set_up)


def standing(asked: Demand, *, has_factor: bool, is_strong: bool) -> Standing:
    """Where a person stands. Who has set up the second factor is always asked for it."""
    if asked.is_refused:
        return Standing.REFUSED
    if is_strong or not (asked.asks_factor or has_factor):
        return Standing.SIGNED_IN
    if has_factor:
        return Standing.CODE
    return Standing.SET_UP if asked.may_set_up else Standing.REFUSED


def normal_network(text: str) -> str | None:
    """`text` as a network in its usual spelling ("10.0.0.5" is 10.0.0.5/32), or None."""
    try:
        return str(ip_network(text.strip(), strict=False))
    except ValueError:
        return None


def _holds(network: str, address: str) -> bool:
    try:
        found = ip_address(address)
        wanted = ip_network(network, strict=False)
    except ValueError:
        return False
    if isinstance(found, IPv6Address) and found.ipv4_mapped is not None:
        found = found.ipv4_mapped
    return found.version == wanted.version and found in wanted
