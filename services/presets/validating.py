"""Validating a preset: the shape of each file, then what the files say about each other."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from domain.own_texts import LONG_TEXTS
from services.presets.checks import CHECKS
from services.presets.faults import Fault, Place, PresetFault
from services.presets.formats import FORMATS
from services.presets.preset import Preset, Row
from services.presets.reading import display_name, find_folder, read_files
from services.presets.shapes import shaped


def read_preset(name_or_path: str) -> Preset:
    """Read and validate. Raises PresetFault with all faults."""
    preset, faults = _read(name_or_path)
    if faults:
        raise PresetFault(faults)
    return preset


def check_preset(name_or_path: str) -> list[Fault]:
    """All faults of a preset, none when it can be loaded. Raises PresetFault without a folder."""
    return _read(name_or_path)[1]


def _read(name_or_path: str) -> tuple[Preset, list[Fault]]:
    folder = find_folder(name_or_path)
    faults: list[Fault] = []
    contents = read_files(folder, faults)
    places = {name: Place(f"{display_name(folder)}/{name}", "", faults) for name in FORMATS}
    filled = {
        name: shaped(contents[name], shape, places[name])
        if name in contents
        else shaped({}, shape, Place(name))  # that the file is not there is noted already
        for name, shape in FORMATS.items()
    }
    preset = _preset(folder, filled)
    if contents.keys() == FORMATS.keys():
        for check in CHECKS:
            check(preset, places)
    return preset, faults


def _preset(folder: Path, filled: dict[str, dict[str, Any]]) -> Preset:
    return Preset(
        name=folder.name,
        case_type=filled["case_type.toml"],
        tabs=filled["tabs.toml"]["tabs"],
        lists=filled["choices.toml"]["lists"],
        templates=filled["event_templates.toml"]["templates"],
        forms=_with_translations(filled["public_forms.toml"]),
        organisation=filled["organisation.toml"],
        phrases=filled["phrases.toml"]["phrases"],
    )


def _with_translations(content: dict[str, Any]) -> list[Row]:
    """The forms, each with its translations: by Swedish text, long ones as "slug.intro"."""
    forms = []
    for form in content["forms"]:
        found = {}
        for language, table in content["translations"].items():
            long = {f"{form['slug']}.{name}": form[name] for name in LONG_TEXTS if form[name]}
            found[language] = {
                long.get(key, key): text for key, text in table.items() if isinstance(text, str)
            }
        forms.append({**form, "translations": found})
    return forms
