"""Which files this installation takes in, how many and how large (domain notes §5.3)."""

from __future__ import annotations

from dataclasses import dataclass

MEGABYTE = 1024 * 1024

DEFAULT_ENDINGS = (
    "pdf", "jpg", "jpeg", "png", "heic", "webp", "gif", "tif", "tiff", "docx", "odt", "rtf",
    "txt", "xlsx", "ods", "eml", "msg", "mp3", "m4a", "wav",
)  # fmt: skip
"""Film (mp4, mov) may be chosen too: it is off because the files are large and show people."""


@dataclass(frozen=True)
class FilePolicy:
    """The settings of System → Filer. Sizes in bytes; `mailed` is the limit of one mail."""

    endings: tuple[str, ...] = DEFAULT_ENDINGS
    count: int = 10
    each: int = 20 * MEGABYTE
    together: int = 50 * MEGABYTE
    mailed: int = 10 * MEGABYTE
