"""Who tries, and on which cases: the world of the rights table (notes on reliability, part d)."""

from __future__ import annotations

from tests.rights.oracle import CaseFacts, Grant, Subject

NOBODY = Subject("nobody")
CHIEF = Subject(
    "chief", (Grant("responsible", "K", True), Grant("registrar", "K", True))
)  # may do whatever anybody may: pages are read as this person to learn what a form sends

SUBJECTS = (
    NOBODY,
    CHIEF,
    Subject("reg", (Grant("registrar", "K"),)),
    Subject("sys", (Grant("administrator", "K"),)),
    Subject("over", (Grant("overarching", "O1"),)),
    Subject("over_flag", (Grant("overarching", "O1", True),)),
    Subject("owner", (Grant("responsible", "U11"),)),
    Subject("peer", (Grant("responsible", "U11"),)),
    Subject("peer_flag", (Grant("responsible", "U11", True),)),
    Subject("owner12", (Grant("responsible", "U12"),)),
    Subject("owner21", (Grant("responsible", "U21", True),)),
    Subject("helper", (Grant("assistant", "U11"),)),
    Subject("helper_idle", (Grant("assistant", "U11", True),)),
    Subject("reader", (Grant("reader", "U11"),)),
    Subject("reader_wide", (Grant("reader", "O1", True),)),
    Subject("reader21", (Grant("reader", "U21"),)),
    Subject("mixed", (Grant("reader", "U11"), Grant("responsible", "U12"))),
    Subject("mixed_flag", (Grant("reader", "U11", True), Grant("assistant", "U12"))),
    Subject("gone", (Grant("responsible", "U11", True),), is_active=False),
)

_HELD = {"unit": "U11", "responsible": "owner", "assistants": ("helper",)}
CASES = (
    CaseFacts("c11", **_HELD),  # type: ignore[arg-type]
    CaseFacts("c11s", **_HELD, is_secret=True),  # type: ignore[arg-type]
    CaseFacts("c11c", **_HELD, is_closed=True),  # type: ignore[arg-type]
    CaseFacts("c11sc", **_HELD, is_secret=True, is_closed=True),  # type: ignore[arg-type]
    CaseFacts("c11p", **_HELD, is_protected=True),  # type: ignore[arg-type]
    CaseFacts("c12", "U12", "owner12", ("mixed_flag",)),
    CaseFacts("c21", "U21", "owner21"),
    CaseFacts("cO1", "O1", "over"),
)
WRITERS = ("owner", "helper", "reg")
"""Each has written a note on the cases of U11."""
