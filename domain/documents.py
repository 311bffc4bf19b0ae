"""A letter or another document, as it is printed: the same parts make the PDF and the Word file."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class LetterSettings:
    """The settings of System → Brev: where the address begins (mm from the page's edges), head and
    foot (plain text, a line each), and the logo in the file store.
    """

    left_mm: int = 105
    top_mm: int = 52
    head: str = ""
    foot: str = ""
    logo_sha256: str | None = None
    logo_type: str = ""


WINDOWS: dict[str, tuple[int, int]] = {"h2": (105, 52), "v2": (20, 52)}
"""The two Swedish window envelopes: right (H2) and left (V2); where the address begins, in mm."""


@dataclass(frozen=True)
class Appendix:
    """A file that is printed behind the document, from the file store."""

    sha256: str
    filename: str
    content_type: str


@dataclass(frozen=True)
class Document:
    """One document. `address` stands in the envelope's window; without one there is no window.

    `references` are pairs as ("Ärende-ID", "3868"). `body` is clean HTML (domain/richtext.py), or
    HTML that our own templates made of escaped values; `is_ours` says which.
    """

    title: str
    body: str
    settings: LetterSettings
    municipality: str
    date: str = ""
    address: tuple[str, ...] = ()
    references: tuple[tuple[str, str], ...] = ()
    appendices: tuple[Appendix, ...] = ()
    is_ours: bool = False
    language: str = "sv"
