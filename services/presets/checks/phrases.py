"""phrases.toml: titles are unique, and each phrase is meant for a choice that there is."""

from __future__ import annotations

from services.config_rules.phrases import LONGEST
from services.presets.checks.common import Places, check_unique
from services.presets.preset import Preset


def check_phrases(preset: Preset, places: Places) -> None:
    """Note the faults of the standard phrases."""
    place = places["phrases.toml"].at("phrases")
    check_unique(preset.phrases, "title", place)
    labels = {row["key"]: {choice["label"] for choice in row["choices"]} for row in preset.lists}
    for number, row in enumerate(preset.phrases, 1):
        here = place.row(number)
        known = not row["choice"] or row["choice"] in labels.get(row["list"], ())
        sentence = f"”{row['choice']}” finns inte i listan {row['list']}. Ändra choice eller list."
        here.at("choice").need(known, sentence)
        too_long = f"Texten är {len(row['body'])} tecken. Korta den till högst {LONGEST}."
        here.at("body").need(len(row["body"]) <= LONGEST, too_long)
