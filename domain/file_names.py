"""File names as data: what a user's own name for a file may look like when it is shown or sent."""

from __future__ import annotations

import unicodedata
from pathlib import PurePosixPath

MAX_LENGTH = 150
UNNAMED = "fil"

_RESERVED = '<>:"|?*'
_DEVICES = {"con", "prn", "aux", "nul", *(f"{d}{n}" for d in ("com", "lpt") for n in range(10))}
"""Names that Windows opens as a device, whatever their ending."""


def display_name(raw: str) -> str:
    """`raw` without folders, controls, direction marks and reserved signs; never empty (T33).

    It is never used as a path: the store knows files by their hash.
    """
    name = unicodedata.normalize("NFC", raw).replace("\\", "/").rsplit("/", 1)[-1]
    name = "".join(_plain(sign) for sign in name)
    name = " ".join(name.split()).strip(". ")
    stem, suffix = _parts(name)
    if stem.casefold() in _DEVICES:
        stem = f"_{stem}"
    stem = stem[: MAX_LENGTH - len(suffix)].rstrip(". ")
    return f"{stem or UNNAMED}{suffix}"


def extension(name: str) -> str:
    """The ending of a name in small letters, without the dot: "pdf"."""
    return PurePosixPath(name).suffix.lower().removeprefix(".")


def _plain(sign: str) -> str:
    """Controls and spaces of all kinds become a space, invisible format signs vanish."""
    category = unicodedata.category(sign)
    if category in ("Cc", "Zl", "Zp", "Zs"):
        return " "
    if category in ("Cf", "Cs", "Co", "Cn"):  # bidi overrides are Cf
        return ""
    return "_" if sign in _RESERVED else sign


def _parts(name: str) -> tuple[str, str]:
    suffix = PurePosixPath(name).suffix
    if not 1 < len(suffix) <= 11:
        return name, ""
    return name.removesuffix(suffix), suffix
