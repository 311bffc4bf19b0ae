"""Collects every sentence that people see into messages.pot. --check: is it current?"""

from __future__ import annotations

import io
import os
import sys
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.pofile import write_po

FOLDER = Path(__file__).parent
TARGET = FOLDER / "messages.pot"
KEYWORDS = {
    "_": None, "gettext": None, "lazy_gettext": None, "ngettext": (1, 2), "pgettext": ((1, "c"), 2),
}  # fmt: skip


def template() -> bytes:
    """The catalogue template. It names files, not lines, so that it changes only with sentences."""
    with (FOLDER / "babel.cfg").open(encoding="utf-8") as stream:
        methods, options = parse_mapping_cfg(stream)
    catalog = Catalog(project="Gensvar", charset="utf-8", fuzzy=False)
    root = FOLDER.parent
    found = extract_from_dir(
        root, methods, options, keywords=KEYWORDS, comment_tags=("Translators:",)
    )
    for path, _line, message, comments, context in found:
        place = [(path.replace(os.sep, "/"), None)]
        catalog.add(message, None, place, auto_comments=comments, context=context)
    stream = io.BytesIO()
    write_po(stream, catalog, sort_output=True, omit_header=True, width=100)
    return stream.getvalue()


if __name__ == "__main__":
    if "--check" not in sys.argv:
        TARGET.write_bytes(template())
    elif not TARGET.is_file() or TARGET.read_bytes() != template():
        sys.exit("translations/messages.pot is not current. Run: ./dev translations")
