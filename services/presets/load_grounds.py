"""Loading the grounds for secrecy that every installation begins with."""

from __future__ import annotations

import tomllib

from sqlalchemy import select

from config import ROOT
from extensions import db
from models import LegalGround

GROUNDS = ROOT / "presets" / "legal_grounds.toml"


def load_grounds() -> None:
    """Add the grounds that are not there yet. What people have changed stays as it is."""
    known = set(db.session.scalars(select(LegalGround.key)))
    rows = tomllib.loads(GROUNDS.read_text(encoding="utf-8"))["grounds"]
    for position, row in enumerate(rows, 1):
        if row["key"] not in known:
            db.session.add(LegalGround(**{"position": position, "is_active": True, **row}))
    db.session.flush()
