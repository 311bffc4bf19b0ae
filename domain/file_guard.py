"""Whether a stored content may leave, and how that is told (threat T35)."""

from __future__ import annotations

from enum import StrEnum

from domain.text import _


class Guard(StrEnum):
    """Whether a content may leave: as a download, a thumbnail, a part of a mail or a document."""

    FREE = "free"
    WAITING = "waiting"
    INFECTED = "infected"


BADGES = {
    Guard.WAITING: (_("Ej kontrollerad än"), "warning", "clock"),
    Guard.INFECTED: (_("Smittad, spärrad"), "danger", "exclamation-triangle"),
}
"""Text, tone and icon of the mark beside a file that may not leave."""

REASONS = {
    Guard.FREE: "",
    Guard.WAITING: _("Filen är inte kontrollerad än. Försök igen om en stund."),
    Guard.INFECTED: _("Filen är smittad av skadlig kod och är spärrad."),
}
NO_COPY_YET = _("Bilden förbereds. Försök igen om en stund.")
NO_COPY = _(
    "Bilden går inte att läsa, så uppgifter om plats och kamera kan inte tas bort. "
    "Spara den på nytt, till exempel som PDF, och bifoga den igen."
)
