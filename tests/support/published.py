"""Published cases for tests of the public pages, without the staff's way to them."""

from __future__ import annotations

from datetime import date
from typing import Any

from extensions import db
from models import Case, Publication, PublishedCase, utcnow
from tests.support.cases import HJO, new_case


def publish(slug: str = "abc123", case: Case | None = None, **more: Any) -> PublishedCase:
    """A case whose public copy says what `more` says, and nothing of the case itself."""
    case = case or new_case(HJO)
    publication = Publication(case_id=case.id, state="published")
    db.session.add(publication)
    db.session.flush()
    given = {
        "title": "Lampan på Storgatan",
        "question": "Kan ni laga lampan vid övergångsstället?",
        "answer": "<div>Lampan är lagad.</div>",
        "measures": ["Åtgärdat"],
        "kind": "Fråga",
        "area": "Gata/park",
        "received_month": "2026-10",
        "published_on": date(2026, 11, 2),
        **more,
    }
    words = " ".join(given[name] for name in ("title", "question", "answer", "kind", "area"))
    given |= {"slug": slug, "words": words.casefold(), "changed_at": utcnow()}
    row = PublishedCase(publication_id=publication.id, **given)
    db.session.add(row)
    db.session.commit()
    return row


def take_back(row: PublishedCase) -> None:
    """As the staff's pages do."""
    db.session.delete(row)
    db.session.commit()
