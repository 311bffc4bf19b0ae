"""System → Kommunen: the logo of the citizens' pages. Its file is small: phones load it first."""

from __future__ import annotations

from collections.abc import Mapping
from typing import IO, Any

from domain.errors import RuleBroken
from domain.file_names import extension
from domain.file_types import check_file
from domain.image_sizes import sides
from domain.permissions import Actor
from domain.text import _
from gateways.pictures import PictureFailed, picture_copies
from models import Municipality
from services.attachments import file_store
from services.config_changes import change_row
from services.letter_settings import LOGO_POLICY, LONGEST_SIDE, KeptLogo

LARGEST = 15_000
"""Bytes of a logo that are sent: the first visit to a form is to stay below 60 kB in all."""


def keep_public_logo(filename: str, stream: IO[bytes]) -> KeptLogo:
    """Check a logo and keep a small copy of it without anything hidden in it. Raises RuleBroken.

    Touches no database: call it before the transaction.
    """
    checked = check_file(filename, stream, LOGO_POLICY)
    if max(sides(stream, extension(checked.name))) > LONGEST_SIDE:
        raise RuleBroken(
            _("Bilden är för stor. Gör den högst %(longest)s bildpunkter bred och hög."),
            field="logo",
            longest=LONGEST_SIDE,
        )
    stream.seek(0)
    try:
        with picture_copies(stream) as made:
            small = [
                (made.copy, made.copy_type),
                (made.thumbnail, made.thumbnail_type),
            ]
            return _first_small(small)
    except PictureFailed as error:
        raise RuleBroken(
            _("Bilden går inte att läsa. Spara den på nytt som PNG och välj den igen."),
            field="logo",
        ) from error


def change_municipality(
    row: Municipality,
    values: Mapping[str, Any],
    *,
    actor: Actor,
    logo: KeptLogo | None = None,
    remove_logo: bool = False,
) -> None:
    """Change the municipality's row. A new logo wins over taking the old one away."""
    changed = dict(values)
    if logo is not None:
        changed |= {"public_logo_sha256": logo.sha256, "public_logo_type": logo.content_type}
    elif remove_logo:
        changed |= {"public_logo_sha256": None, "public_logo_type": "", "public_logo_alt": ""}
    change_row(row, changed, actor=actor)


def _first_small(files: list[tuple[IO[bytes], str]]) -> KeptLogo:
    """The first of `files` that is small enough to be sent with every first visit."""
    for file, content_type in files:
        size = file.seek(0, 2)
        file.seek(0)
        if size <= LARGEST:
            sha256, _size = file_store().put(file)
            return KeptLogo(sha256, content_type)
    raise RuleBroken(
        _("Logotypen har för många detaljer för en webbsida. Välj en enklare eller mindre bild."),
        field="logo",
    )
