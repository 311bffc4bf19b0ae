"""How far the citizens' pages follow the law on accessibility, in the words of the statement."""

from __future__ import annotations

from domain.text import _

STATUS_WORDS = {
    "": _("Inte granskat än"),
    "full": _("Följer lagen helt"),
    "partly": _("Följer lagen delvis"),
    "not": _("Följer inte lagen"),
}
STATUS_SENTENCES = {
    "": _(
        "Vi har inte granskat sidorna än. När det är gjort står det här hur väl de följer lagen."
    ),
    "full": _("Sidorna följer lagen om tillgänglighet till digital offentlig service helt."),
    "partly": _("Sidorna följer lagen om tillgänglighet till digital offentlig service delvis."),
    "not": _("Sidorna följer inte lagen om tillgänglighet till digital offentlig service."),
}
"""Every status has both: what administrators choose and what citizens read."""
