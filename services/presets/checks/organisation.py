"""organisation.toml: the municipality, its units, and the positions that somebody must hold."""

from __future__ import annotations

from services.config_rules.common import check_email, check_key, check_link
from services.presets.checks.common import Places, check_unique, obey
from services.presets.faults import Place
from services.presets.preset import Preset


def check_organisation(preset: Preset, places: Places) -> None:
    """Units form a tree, written from the top down; positions belong to units that exist."""
    place = places["organisation.toml"]
    _check_municipality(preset, place.at("municipality"))
    _check_units(preset, place.at("units"))
    positions = preset.organisation["positions"]
    check_unique(positions, "key", place.at("positions"))
    units = {unit["key"] for unit in preset.organisation["units"]}
    for number, row in enumerate(positions, 1):
        sentence = f"Enheten ”{row['unit']}” finns inte. Rätta nyckeln."
        found = not row["unit"] or row["unit"] in units
        place.at("positions").row(number).at("unit").need(found, sentence)


def _check_municipality(preset: Preset, place: Place) -> None:
    row = preset.organisation["municipality"]
    obey(check_email, row["data_protection_email"], place.at("data_protection_email"))
    for key in ("website", "fault_report_link", "appeal_link", "whistleblower_link"):
        obey(check_link, row[key], place.at(key))


def _check_units(preset: Preset, place: Place) -> None:
    units = preset.organisation["units"]
    check_unique(units, "key", place)
    above: set[str] = set()
    names: set[tuple[str, str]] = set()
    for number, unit in enumerate(units, 1):
        row = place.row(number)
        if unit["key"]:
            obey(check_key, unit["key"], row.at("key"))
        sentence = (
            f"Enheten ”{unit['parent']}” finns inte ovanför. Rätta nyckeln eller flytta upp den."
        )
        row.at("parent").need(not unit["parent"] or unit["parent"] in above, sentence)
        name = (unit["parent"], unit["name"].casefold())
        sentence = f"”{unit['name']}” står två gånger under samma enhet. Ändra den ena."
        row.at("name").need(not unit["name"] or name not in names, sentence)
        above.add(unit["key"])
        names.add(name)
