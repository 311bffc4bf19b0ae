"""event_templates.toml: what the event menu offers."""

from __future__ import annotations

from services.config_rules.common import check_key, check_one_line
from services.config_rules.event_templates import EVENT_KINDS
from services.presets.checks.common import Places, check_text, check_unique, obey
from services.presets.faults import Place, one_of
from services.presets.preset import Preset, Row


def check_templates(preset: Preset, places: Places) -> None:
    """Keys and labels are unique, kinds go together, statuses exist, texts can be filled in."""
    place = places["event_templates.toml"].at("templates")
    check_unique(preset.templates, "key", place)
    check_unique(preset.templates, "label", place)
    for number, row in enumerate(preset.templates, 1):
        _check_template(row, preset, place.row(number))


def _check_template(row: Row, preset: Preset, place: Place) -> None:
    if row["key"]:
        obey(check_key, row["key"], place.at("key"))
    for key in ("label", "subject"):
        obey(check_one_line, row[key], place.at(key))
        if key == "subject":
            check_text(row[key], place.at(key))
    check_text(row["body"], place.at("body"))
    _check_kinds(row, place)
    meaning = row["status_meaning"]
    sentence = f"Ingen status har betydelsen ”{meaning}”. Välj en som finns i choices.toml."
    place.at("status_meaning").need(not meaning or meaning in preset.meanings("status"), sentence)


def _check_kinds(row: Row, place: Place) -> None:
    kinds = EVENT_KINDS.get(row["kind"], ())
    if row["event_kind"] and kinds and row["event_kind"] not in kinds:
        sentence = f"kind = ”{row['kind']}” ger inte ”{row['event_kind']}”. Välj {one_of(kinds)}."
        place.at("event_kind").fault(sentence)
    needs_body = row["kind"] in ("email", "letter", "document")
    place.at("body").need(row["body"] or not needs_body, "Texten saknas. Skriv den.")
