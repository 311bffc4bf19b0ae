"""What a person must give to sign in, over every rule, place and state there is."""

from __future__ import annotations

import itertools

import pytest

from domain.sign_in import Rule, Standing, demand, normal_network, standing

NETWORKS = ("192.0.2.0/24",)
INSIDE, OUTSIDE = "192.0.2.17", "203.0.113.9"
KINDS = [
    Rule(networks, outside, always)
    for networks in ((), NETWORKS)
    for outside in ("factor", "refused")
    for always in (False, True)
]


def stand(rules: list[Rule], address: str, *, factor: bool = False, strong: bool = False) -> str:
    return standing(demand(rules, address), has_factor=factor, is_strong=strong)


def test_without_a_rule_the_password_is_enough_and_an_own_factor_is_always_asked_for() -> None:
    assert stand([], OUTSIDE) == Standing.SIGNED_IN
    assert stand([], OUTSIDE, factor=True) == Standing.CODE
    assert stand([], OUTSIDE, factor=True, strong=True) == Standing.SIGNED_IN


@pytest.mark.parametrize(
    ("rule", "address", "expected"),
    [
        (Rule(NETWORKS), INSIDE, Standing.SIGNED_IN),
        (Rule(NETWORKS), OUTSIDE, Standing.REFUSED),
        (Rule(NETWORKS, always_factor=True), INSIDE, Standing.SET_UP),
        (Rule(NETWORKS, always_factor=True), OUTSIDE, Standing.REFUSED),
        (Rule(NETWORKS, "refused"), INSIDE, Standing.SIGNED_IN),
        (Rule(NETWORKS, "refused"), OUTSIDE, Standing.REFUSED),
        (Rule((), "factor"), OUTSIDE, Standing.SET_UP),
    ],
)
def test_somebody_without_a_factor(rule: Rule, address: str, expected: Standing) -> None:
    assert stand([rule], address) == expected


def test_two_rules_never_ask_for_less_than_either_of_them() -> None:
    order = [Standing.SIGNED_IN, Standing.CODE, Standing.SET_UP, Standing.REFUSED]
    states = list(itertools.product((INSIDE, OUTSIDE), (False, True), (False, True)))
    for one, other in itertools.product(KINDS, repeat=2):
        for address, factor, strong in states:
            alone = [stand([r], address, factor=factor, strong=strong) for r in (one, other)]
            both = stand([one, other], address, factor=factor, strong=strong)
            assert order.index(both) >= max(order.index(s) for s in alone)


def test_no_state_that_lacks_the_factor_is_signed_in_where_it_is_asked_for() -> None:
    for rule, address in itertools.product(KINDS, (INSIDE, OUTSIDE)):
        if demand([rule], address).asks_factor:
            for factor in (False, True):
                assert stand([rule], address, factor=factor) != Standing.SIGNED_IN


@pytest.mark.parametrize("address", ["", "nonsense", "192.0.2", "fe80::1%eth0", "2001:db8::1"])
def test_what_is_no_address_of_the_network_is_outside(address: str) -> None:
    assert stand([Rule(NETWORKS, "refused")], address) == Standing.REFUSED


def test_networks_are_written_in_one_way() -> None:
    assert normal_network(" 192.0.2.99/24 ") == "192.0.2.0/24"
    assert normal_network("192.0.2.5") == "192.0.2.5/32"
    assert normal_network("2001:DB8::/32") == "2001:db8::/32"
    assert [normal_network(text) for text in ("", "x", "192.0.2.0/33", "1.2.3")] == [None] * 4
