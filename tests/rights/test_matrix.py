"""Every action of the rights table × every kind of person × every kind of case, over HTTP.

The usual run takes a fixed share of the combinations, `./dev faults` takes all (support/share.py).
"""

from __future__ import annotations

import csv
import itertools
import re
from pathlib import Path

import pytest
from werkzeug.test import TestResponse

from tests.rights.canaries import canary, forbidden_in, found_in, may_know
from tests.rights.deeds import CASELESS, DEEDS, NO_CASE, SEEN, Deed
from tests.rights.oracle import CaseFacts, Subject, expect
from tests.rights.people import CASES, SUBJECTS
from tests.rights.world import World
from tests.support.cases import HJO
from tests.support.share import is_chosen

pytestmark = pytest.mark.both

PAPER = ("ev.confirm2d.letter", "ev.answer.letter", "ev.refuse.letter")


def is_stopped(deed: Deed, case: CaseFacts) -> bool:
    """A guard that no right lifts: for somebody who is protected no letter, and no publication."""
    is_paper = deed.action in PAPER and not deed.name
    return case.is_protected and (is_paper or deed.action == "pub.publish")


def attempt(world: World, deed: Deed, who: Subject, case: CaseFacts, may: bool) -> list[str]:
    """Do it, and say in words what was not as expected."""
    before = world.rows(*deed.tables)
    answer = deed.send(world, who, case)
    after = world.rows(*deed.tables)
    changed = sorted(t for t in after if after[t] != before[t])
    world.free_locks()
    mails = world.leaking_mails() if "outbox_messages" in changed else []
    if changed:
        world.rewind()
    faults = [*_of_answer(world, answer, who, case), *_of_deed(deed, answer, changed, may), *mails]
    return [f"{deed} {who.name} {case.key or '-'} -> {answer.status_code}: {f}" for f in faults]


def _of_deed(deed: Deed, answer: TestResponse, changed: list[str], may: bool) -> list[str]:
    """Was it done if and only if it may be?"""
    is_done = deed.is_success(answer) if deed.is_reading else bool(changed)
    if is_done != may:
        return [f"should be {'allowed' if may else 'refused'}, changed {changed}"]
    return [f"changed {changed}"] if changed and not may else []


def _of_answer(world: World, answer: TestResponse, who: Subject, case: CaseFacts) -> list[str]:
    """What no answer may be, whatever was asked."""
    faults = ["breaks"] if answer.status_code >= 500 else []
    if leaked := forbidden_in(answer, world.table, who, CASES):
        faults.append(f"leaks {sorted(leaked)}")
    if case.key and not expect(world.table["case.view"], who, case):
        wanted = (403, 404) if who.is_signed_in else (302, 401)
        if answer.status_code not in wanted:
            faults.append("answers although the case may not be seen")
    return faults


@pytest.mark.parametrize("deed", DEEDS, ids=str)
def test_only_who_may_does_it_on_a_case(world: World, deed: Deed):
    faults, allowed = [], 0
    for who in SUBJECTS:
        for case in filter(deed.applies, CASES):
            may = world.may(deed.action, who, case, deed.author(case))
            may = may and not is_stopped(deed, case)
            allowed += may
            if is_chosen(str(deed), who.name, case.key, of=24):
                faults += attempt(world, deed, who, case, may)
    assert not faults, "\n".join(faults)
    assert allowed, "Nobody may do it at all: the row or the world is wrong."


@pytest.mark.parametrize("deed", CASELESS, ids=str)
def test_only_who_may_does_what_needs_no_case(world: World, deed: Deed):
    faults = []
    for who in SUBJECTS:
        may = expect(world.table[deed.action], who, NO_CASE)
        faults += attempt(world, deed, who, NO_CASE, may)
    assert not faults, "\n".join(faults)


def test_the_case_page_shows_each_field_to_whom_it_belongs(world: World):
    faults = []
    for who in SUBJECTS:
        for case in CASES:
            answer = world.get(who, f"/admin/case/edit/?id={world.numbers[case.key]}")
            seen = {field for key, field in found_in(answer) if key == case.key.casefold()}
            for action, field in SEEN.items():
                if (field in seen) != world.may(action, who, case):
                    faults.append(f"{action} {who.name} {case.key}: {answer.status_code}")
            if leaked := forbidden_in(answer, world.table, who, CASES):
                faults.append(f"{who.name} {case.key} leaks {sorted(leaked)}")
    assert not faults, "\n".join(faults)


def test_a_case_that_may_not_be_seen_answers_as_one_that_does_not_exist(world: World):
    for who in filter(lambda who: who.is_signed_in, SUBJECTS):
        missing = world.get(who, "/admin/case/edit/?id=987654321")
        for case in CASES:
            if not expect(world.table["case.view"], who, case):
                answer = world.get(who, f"/admin/case/edit/?id={world.numbers[case.key]}")
                assert answer.status_code == missing.status_code, (who.name, case.key)
                assert _plain(answer.text) == _plain(missing.text), (who.name, case.key)


def _plain(page: str) -> str:
    """The page without what every request draws anew."""
    return re.sub(r'(?:content|value|nonce)="[\w.-]{16,}"|id=\d+', "", page)


def test_the_list_shows_exactly_the_cases_of_the_table(world: World):
    for who in SUBJECTS:
        asked = itertools.product(("open", "closed", "all"), ("", "&mina=1", "&sort=title"))
        pages = [world.get(who, f"/admin/case/?type={HJO}&visa={v}{more}") for v, more in asked]
        rows = {key for page in pages for key, field in found_in(page) if field == "title"}
        wanted = {c.key.casefold() for c in CASES if expect(world.table["case.list"], who, c)}
        assert rows == wanted, who.name


def test_searching_finds_what_may_be_read_and_nothing_else(world: World):
    faults, hits = [], 0
    for who, case, field in itertools.product(SUBJECTS, CASES, ("text", "answer", "name", "mail")):
        if is_chosen("search", who.name, case.key, field, of=4):
            word = canary(case.key, field)
            page = world.get(who, f"/admin/case/?type={HJO}&visa=all&sok={word}")
            is_found = (case.key.casefold(), "title") in found_in(page)
            hits += is_found
            may = world.may("case.search", who, case)
            if is_found != (may and may_know(world.table, who, case, field)):
                faults.append(f"{who.name} {case.key} {field}: {page.status_code} {is_found}")
    assert not faults, "\n".join(faults)
    assert hits


def test_every_row_of_the_table_is_tried_and_the_others_are_named(world: World):
    tried = {deed.action for deed in (*DEEDS, *CASELESS)} | set(SEEN) | {"case.list", "case.search"}
    assert tried == set(world.table)
    text = Path(__file__).with_name("later.csv").read_text(encoding="utf-8")
    later = {line["action"] for line in csv.DictReader(text.splitlines())}
    assert not later & tried
