"""A crawl of all that the public can reach of published cases: no byte of what stands behind."""

from __future__ import annotations

import re
from html import unescape
from urllib.parse import urljoin, urlsplit

import pytest

from domain.publication import PublicText
from extensions import db
from models import Case
from tests.support.client import Client
from tests.support.files import attach_file
from tests.support.letters import note
from tests.support.publishing import ANSWER, QUESTION, published, ready_case

pytestmark = [pytest.mark.usefixtures("town"), pytest.mark.row("H24"), pytest.mark.both]
LIST = "/publicerat"
FEEDS = (f"{LIST}/atom.xml", f"{LIST}/rss.xml", f"{LIST}/data.json")
SIGN = "kanarie"
HIDDEN = {
    "text": f"{QUESTION} {SIGN}-original",
    "submitter_name": f"{SIGN} Hemligsson",
    "submitter_email": f"{SIGN}@example.org",
    "submitter_phone": "070-123 45 67",
    "submitter_address": f"{SIGN}vägen 1",
    "internal_note": f"{SIGN}-not",
    "internal_comment": f"{SIGN}-kommentar",
    "delay_reason": f"{SIGN}-skäl",
    "own_type": f"{SIGN}-typ",
}
LINK = re.compile(rb"""(?:href|src|action)=["']([^"']+)|<(?:link|id|guid)[^>]*>([^<]+)""")


def full_case(title: str) -> Case:
    """One with a canary in every place that is not the public text."""
    case = ready_case(title=f"{title} {SIGN}-rubrik", **HIDDEN)
    case.answer = f"<div>{ANSWER} {SIGN}-svar</div>"
    db.session.commit()
    note(case)  # "Ringde."
    attach_file(case, f"{SIGN}-fil.txt", f"{SIGN}-bilaga".encode())
    return case


def links(body: bytes, at: str) -> set[str]:
    """The addresses of published cases that a page, a feed or a JSON answer names."""
    found = {unescape((one or other).decode()) for one, other in LINK.findall(body)}
    found |= {unescape(word.decode()) for word in re.findall(rb'"(https?://[^"]+|/[^"]*)"', body)}
    whole = (urlsplit(urljoin(f"http://localhost{at}", address)) for address in found)
    return {
        f"{part.path}?{part.query}".rstrip("?")
        for part in whole
        if part.scheme in ("http", "https") and part.path.startswith(LIST)
    }


def test_a_crawl_from_the_first_page_finds_no_byte_that_was_not_published(client: Client):
    for number in range(12):
        case = full_case(f"Sak {number}")
        published(case, PublicText(f"Sak {number}", QUESTION, f"<div>{ANSWER}</div>"))
    seen: dict[str, bytes] = {}
    waiting = {"/", LIST, *FEEDS, f"{LIST}?sok=cykel", f"{LIST}/{case.id}", "/robots.txt"}
    while waiting and len(seen) < 400:
        address = waiting.pop()
        answer = client.get(address)
        seen[address] = answer.data + repr(list(answer.headers)).encode()
        waiting |= links(answer.data, address) - seen.keys()
    assert waiting == set()
    told = [address for address, raw in seen.items() if SIGN.encode() in raw.lower()]
    assert told == []
    details = {a for a in seen if a.startswith(f"{LIST}/") and QUESTION.encode() in seen[a]}
    assert len(details - set(FEEDS)) >= 12
    whole = b"".join(seen.values())
    assert b"070-123 45 67" not in whole
    assert b"Ringde" not in whole
