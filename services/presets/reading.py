"""Reading the files of a preset from its folder."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

from config import ROOT
from services.presets.faults import Fault, PresetFault

FOLDER = ROOT / "presets"
FILES = (
    "case_type.toml",
    "tabs.toml",
    "choices.toml",
    "event_templates.toml",
    "public_forms.toml",
    "organisation.toml",
    "phrases.toml",
)
OPTIONAL = ("phrases.toml",)
"""Files that a preset can do without."""


def available_presets() -> list[str]:
    """The names of the presets that come with Gensvar."""
    return sorted(path.parent.name for path in FOLDER.glob("*/case_type.toml"))


def find_folder(name_or_path: str) -> Path:
    """The folder of a preset that comes with Gensvar, else of one of the municipality's own.

    Raises PresetFault when there is none.
    """
    shipped = FOLDER / name_or_path
    if name_or_path in available_presets():
        return shipped
    folder = Path(name_or_path)
    if folder.is_dir():
        return folder
    names = ", ".join(available_presets())
    raise PresetFault(
        [
            Fault(
                name_or_path,
                "",
                f"Det finns ingen sådan mapp. Ange en mapp eller någon av {names}.",
            )
        ]
    )


def display_name(folder: Path) -> str:
    """How faults name the folder: from the project's folder for those that come with Gensvar."""
    return f"presets/{folder.name}" if folder.parent == FOLDER else str(folder)


def read_files(folder: Path, faults: list[Fault]) -> dict[str, dict[str, Any]]:
    """File name → content, for the files that can be read. What cannot goes to `faults`."""
    shown = display_name(folder)
    for path in sorted(folder.glob("*.toml")):
        if path.name not in FILES:
            sentence = f"Filen hör inte till en förinställning. Filerna heter {', '.join(FILES)}."
            faults.append(Fault(f"{shown}/{path.name}", "", sentence))
    contents = {name: _read_file(folder / name, f"{shown}/{name}", faults) for name in FILES}
    return {name: content for name, content in contents.items() if content is not None}


def _read_file(path: Path, shown: str, faults: list[Fault]) -> dict[str, Any] | None:
    try:
        with path.open("rb") as file:
            return tomllib.load(file)
    except FileNotFoundError:
        if path.name in OPTIONAL:
            return {}
        faults.append(Fault(shown, "", "Filen saknas. Lägg till den i mappen."))
    except UnicodeDecodeError:
        faults.append(Fault(shown, "", "Filen är inte sparad som UTF-8. Spara om den."))
    except tomllib.TOMLDecodeError as error:
        sentence = f"Filen går inte att läsa som TOML ({error}). Rätta raden."
        faults.append(Fault(shown, "", sentence))
    return None
