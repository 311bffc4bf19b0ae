"""System → Brev: how the municipality's letters look, and a letter to try it with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import IO, Any

from domain.clock import local_today
from domain.dates import long_date
from domain.documents import Document
from domain.errors import RuleBroken
from domain.file_names import extension
from domain.file_policy import MEGABYTE, FilePolicy
from domain.file_types import check_file
from domain.image_sizes import sides
from domain.permissions import Actor
from domain.text import _
from gateways.pictures import PictureFailed, picture_copies
from models import Municipality
from queries.configuration import configuration
from services.attachments import file_store
from services.config_changes import change_row

LOGO_POLICY = FilePolicy(endings=("png", "jpg", "jpeg"), each=MEGABYTE)
LONGEST_SIDE = 4_000

SAMPLE_ADDRESS = ("Exempla Exempelsson", "Exempelgatan 1", "123 45 Exempelstad")
SAMPLE_BODY = (
    "<div>Det här är ett provbrev. Vik det och lägg det i ett fönsterkuvert: hela adressen ska "
    "synas i fönstret, även när brevet glider i kuvertet.<br><br>Kontrollera också brevhuvudet, "
    "logotypen och uppgifterna längst ned på sidan.</div>"
)


@dataclass(frozen=True)
class KeptLogo:
    """A logo that was checked, drawn anew and put into the file store."""

    sha256: str
    content_type: str


def keep_logo(filename: str, stream: IO[bytes]) -> KeptLogo:
    """Check a logo and keep a copy of it without anything hidden in it. Raises RuleBroken.

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
            sha256, _size = file_store().put(made.copy)
            return KeptLogo(sha256, made.copy_type)
    except PictureFailed as error:
        raise RuleBroken(
            _("Bilden går inte att läsa. Spara den på nytt som PNG och välj den igen."),
            field="logo",
        ) from error


def change_letters(
    row: Municipality,
    values: Mapping[str, Any],
    *,
    actor: Actor,
    logo: KeptLogo | None = None,
    remove_logo: bool = False,
) -> None:
    """Change how letters look. A new logo wins over taking the old one away. Raises RuleBroken."""
    changed = dict(values)
    if logo is not None:
        changed |= {"logo_sha256": logo.sha256, "logo_type": logo.content_type}
    elif remove_logo:
        changed |= {"logo_sha256": None, "logo_type": ""}
    change_row(row, changed, actor=actor)


def sample_letter() -> Document:
    """A letter to nobody, with the settings as they are saved."""
    config = configuration()
    return Document(
        title=_("Provbrev"),
        body=SAMPLE_BODY,
        settings=config.letters,
        municipality=config.municipality["name"],
        date=long_date(local_today()),
        address=SAMPLE_ADDRESS,
        references=((_("Ärende-ID"), "1234"),),
    )
