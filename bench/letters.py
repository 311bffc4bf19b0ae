"""How long a letter takes as PDF: p50 and p95 of 200 letters, as a request would ask for them.

./dev bench letters. It says what is so on this machine now; no test depends on it.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from pathlib import Path

from app import create_app
from config import load_settings
from domain.documents import Document, LetterSettings
from extensions import db
from services.documents.rendering import get_ready, pdf_at_once, word_of

LETTERS = 200
SENTENCE = "Vi har tagit emot din synpunkt och gått igenom den tillsammans med enheten. "


def main() -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as folder:
        values = {
            "GENSVAR_ENV": "test",
            "GENSVAR_SECRET_KEY": "only-for-measuring-0123456789abcdef",
            "GENSVAR_DATA_DIR": folder,
            "GENSVAR_DATABASE_URL": f"sqlite:///{Path(folder).resolve() / 'bench.db'}",
        }
        with create_app(load_settings(values)).app_context():
            db.create_all()
            get_ready()
            pdf_at_once([_letter(0)], patience=30)
            _report("PDF, en sida", [_timed(lambda n=n: _pdf(_letter(n))) for n in range(LETTERS)])
            _report("PDF, tre sidor", [_timed(lambda n=n: _pdf(_letter(n, 60))) for n in range(20)])
            _report("Word", [_timed(lambda n=n: word_of(_letter(n))) for n in range(20)])


def _letter(number: int, paragraphs: int = 4) -> Document:
    return Document(
        title="Svar på din synpunkt",
        body=f"<div>Hej {number}!<br><br></div>" + f"<div>{SENTENCE * 3}</div>" * paragraphs,
        settings=LetterSettings(head="Samhällsbyggnad", foot="Hjo kommun\nTorggatan 2, 544 30 Hjo"),
        municipality="Hjo kommun",
        date="22 november 2026",
        address=("Berit Ek", "Storgatan 1", "544 30 Hjo"),
        references=(("Ärende-ID", str(number)),),
    )


def _pdf(document: Document) -> None:
    if pdf_at_once([document], patience=30) is None:
        raise SystemExit("A letter took more than 30 seconds.")


def _timed(deed: object) -> float:
    began = time.perf_counter()
    assert callable(deed)
    deed()
    return time.perf_counter() - began


def _report(name: str, seconds: list[float]) -> None:
    p50, p95 = statistics.median(seconds), statistics.quantiles(seconds, n=20)[18]
    sys.stdout.write(
        f"{name}: {len(seconds)} st, p50 {p50:.2f} s, p95 {p95:.2f} s, "
        f"längst {max(seconds):.2f} s\n"
    )


if __name__ == "__main__":
    main()
