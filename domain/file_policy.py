"""Which files this installation takes in, how many and how large (domain notes §5.3)."""

from __future__ import annotations

from dataclasses import dataclass

MEGABYTE = 1024 * 1024

PICTURES = ("jpg", "jpeg", "png", "heic", "webp", "gif", "tif", "tiff")
DOCUMENTS = ("pdf", "docx", "odt", "rtf", "txt", "xlsx", "ods", "eml", "msg")
SOUNDS = ("mp3", "m4a", "wav")
FILMS = ("mp4", "mov")

DEFAULT_ENDINGS = (
    "pdf", "jpg", "jpeg", "png", "heic", "webp", "gif", "tif", "tiff", "docx", "odt", "rtf",
    "txt", "xlsx", "ods", "eml", "msg", "mp3", "m4a", "wav",
)  # fmt: skip
"""Film (mp4, mov) may be chosen too: it is off because the files are large and show people."""

MOST_COUNT = 20
MOST_EACH = 100
MOST_TOGETHER = 200
MOST_MAILED = 25
"""How high the settings go: a number, and megabytes."""

USUAL_REQUEST = 64 * MEGABYTE
MOST_REQUEST = 256 * MEGABYTE


@dataclass(frozen=True)
class FilePolicy:
    """The settings of System → Filer. Sizes in bytes; `mailed` is the limit of one mail."""

    endings: tuple[str, ...] = DEFAULT_ENDINGS
    count: int = 10
    each: int = 20 * MEGABYTE
    together: int = 50 * MEGABYTE
    mailed: int = 10 * MEGABYTE

    def takes_any(self, endings: tuple[str, ...]) -> bool:
        """Whether files with one of `endings` are taken in."""
        return any(ending in self.endings for ending in endings)

    @property
    def largest_request(self) -> int:
        """How large a whole form may be. More than the files may be together: too many files
        shall be refused by name, with the text still there, and not with an error page.
        """
        return min(USUAL_REQUEST // 2 + 2 * self.together, MOST_REQUEST)
