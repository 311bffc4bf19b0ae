"""choices.toml: the lists and their choices."""

from __future__ import annotations

from domain.meanings import Meaning
from services.config_rules.common import check_key
from services.presets.checks.common import Places, check_unique, obey
from services.presets.faults import Place
from services.presets.preset import Preset, Row


def check_lists(preset: Preset, places: Places) -> None:
    """Keys and labels are unique, and new cases have a status to begin in."""
    place = places["choices.toml"].at("lists")
    check_unique(preset.lists, "key", place)
    for number, row in enumerate(preset.lists, 1):
        if row["key"]:
            obey(check_key, row["key"], place.row(number).at("key"))
        choices = place.row(number).at("choices")
        choices.need(row["choices"], "Listan är tom. Lägg till minst ett val.")
        check_unique(row["choices"], "label", choices)
        _check_aliases(row["choices"], choices)
    _check_status(preset, place)


def _check_aliases(choices: list[Row], place: Place) -> None:
    """An older spelling means one choice only."""
    taken = {choice["label"].casefold() for choice in choices}
    for number, choice in enumerate(choices, 1):
        for alias in choice["aliases"]:
            sentence = f"”{alias}” är redan ett val eller ett alias. Ta bort det ena."
            place.row(number).at("aliases").need(alias.casefold() not in taken, sentence)
            taken.add(alias.casefold())


def _check_status(preset: Preset, place: Place) -> None:
    number = next((n for n, row in enumerate(preset.lists, 1) if row["key"] == "status"), None)
    if number is None:
        place.fault("Listan status saknas. Lägg till den.")
        return
    meanings = preset.meanings("status")
    choices = place.row(number).at("choices")
    sentence = "Inget val har meaning = ”status:new”. Ge startläget den betydelsen."
    choices.need(Meaning.STATUS_NEW in meanings, sentence)
    for meaning in sorted({m for m in meanings if meanings.count(m) > 1}):
        choices.fault(f"Flera val har meaning = ”{meaning}”. Låt ett av dem ha den.")
