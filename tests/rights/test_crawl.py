"""Everybody asks for every address that anybody else was ever led to.

Reading changes nothing, breaks nothing, and gives nobody a word that is not for them: in pages,
letters, Word files and files to fetch. The usual run takes a fixed share, `./dev faults` all.
"""

from __future__ import annotations

from tests.rights.canaries import forbidden_in
from tests.rights.crawl import addresses, shape_of
from tests.rights.people import CASES, SUBJECTS
from tests.rights.world import World
from tests.support.share import IS_FULL, is_chosen

GUIDES = ("chief", "sys", *(("reg", "helper", "reader_wide", "owner21") if IS_FULL else ()))
"""Those whose pages are walked. The first two are led almost everywhere."""


def test_nobody_gets_a_forbidden_word_from_any_address(world: World):
    guides = tuple(who for who in SUBJECTS if who.name in GUIDES)
    paths = addresses(world, guides)
    assert len({shape_of(path) for path in paths}) > 60
    before = world.rows()
    faults, reached = [], 0
    for path in paths:
        for who in SUBJECTS:
            if is_chosen("crawl", who.name, path, of=24):
                answer = world.get(who, path)
                reached += answer.status_code == 200
                leaked = forbidden_in(answer, world.table, who, CASES)
                if leaked or answer.status_code >= 500:
                    faults.append(f"{who.name} {path} {answer.status_code} {sorted(leaked)}")
    assert not faults, "\n".join(faults)
    after = world.rows()
    assert not [table for table in after if after[table] != before[table]]
    assert reached > 100
