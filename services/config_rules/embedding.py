"""Rules of the web sites that may embed a form: whole https origins, one a line."""

from __future__ import annotations

from domain.origins import MOST, is_origin, origins_in
from domain.text import _
from models import Municipality
from services.config_rules.common import need

FIELD = "embed_origins"


def check_embedding(row: Municipality) -> None:
    """Each line is an origin that a header can carry. The text is kept as it will be used."""
    origins = origins_in(row.embed_origins or "")
    wrong = next((origin for origin in origins if not is_origin(origin)), "")
    need(
        not wrong,
        FIELD,
        _(
            "%(origin)s går inte att använda. Skriv https:// och webbplatsens namn, till exempel "
            "https://www.kommunen.se, utan sökväg, stjärna eller blanksteg."
        ),
        origin=wrong,
    )
    need(len(origins) <= MOST, FIELD, _("Skriv högst %(most)s webbplatser."), most=MOST)
    row.embed_origins = "\n".join(origins)
