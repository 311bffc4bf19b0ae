"""Makes messages.mo of each messages.po. --check: are they current?"""

from __future__ import annotations

import io
import sys
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

FOLDER = Path(__file__).parent


def sources() -> list[Path]:
    """Every catalogue that people edit."""
    return sorted(FOLDER.glob("*/LC_MESSAGES/messages.po"))


def catalogue(source: Path) -> Catalog:
    """The sentences of one language."""
    with source.open("rb") as stream:
        return read_po(stream, locale=source.parts[-3], abort_invalid=True)


def compiled(source: Path) -> bytes:
    """What gettext reads."""
    stream = io.BytesIO()
    write_mo(stream, catalogue(source))
    return stream.getvalue()


if __name__ == "__main__":
    for path in sources():
        target = path.with_suffix(".mo")
        if "--check" not in sys.argv:
            target.write_bytes(compiled(path))
        elif not target.is_file() or target.read_bytes() != compiled(path):
            sys.exit(f"{target} is not current. Run: ./dev translations")
