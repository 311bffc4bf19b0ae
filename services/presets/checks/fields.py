"""tabs.toml: the tabs and the fields on them."""

from __future__ import annotations

from domain.fields import CORE_FIELDS, CUSTOM_KINDS, Kind
from domain.permissions import Role
from services.config_rules.common import check_key
from services.config_rules.fields import ESSENTIAL
from services.presets.checks.common import Places, check_unique, obey
from services.presets.faults import Place, one_of
from services.presets.preset import CHOICE_KINDS, Preset, Row, kind_of, list_of

MEANINGS_OF = {
    "categories": "type:",
    "channel": "channel:",
    "contact_way": "contact:",
    "origin": "origin:",
    "publication": "publish:",
    "status": "status:",
    "types": "type:",
    "workflow": "workflow:",
}
"""Core field → how the meanings of its choices begin. Choices of other fields have none."""


def check_tabs(preset: Preset, places: Places) -> None:
    """Every field stands once, is known, and has the list it offers."""
    place = places["tabs.toml"].at("tabs")
    check_unique(preset.tabs, "key", place)
    check_unique(preset.tabs, "label", place)
    seen: set[str] = set()
    for number, tab in enumerate(preset.tabs, 1):
        _check_tab(tab, place.row(number))
        fields = place.row(number).at("fields")
        check_unique(tab["fields"], "label", fields)
        for row_number, field in enumerate(tab["fields"], 1):
            _check_key(field, seen, fields.row(row_number).at("key"))
            _check_field(field, preset, fields.row(row_number))
    missing = [key for key in ESSENTIAL if key not in preset.fields]
    place.need(not missing, f"Fälten {', '.join(missing)} saknas. Lägg till dem.")


def _check_tab(tab: Row, place: Place) -> None:
    if tab["key"]:
        obey(check_key, tab["key"], place.at("key"))
    for role in tab["role_positions"]:
        known = f"Rollen ”{role}” finns inte. Välj {one_of(Role)}."
        place.at("role_positions").need(role in tuple(Role), known)


def _check_key(field: Row, seen: set[str], place: Place) -> None:
    key = field["key"]
    if not key:
        return
    obey(check_key, key, place)
    place.need(key not in seen, f"Fältet ”{key}” står två gånger. Ta bort det ena.")
    seen.add(key)


def _check_field(field: Row, preset: Preset, place: Place) -> None:
    _check_kind(field, place)
    if kind_of(field) in CHOICE_KINDS:
        _check_list(field, preset, place.at("list"))
    else:
        place.at("list").need(not field["list"], "Fältet har inga val. Ta bort raden.")
    can_be_many = kind_of(field) in (Kind.CHOICES, Kind.PEOPLE, Kind.FILES)
    sentence = "Fältet rymmer bara ett värde. Ta bort raden."
    place.at("is_many").need(can_be_many or not field["is_many"], sentence)
    _check_visible_when(field, preset, place.at("visible_when"))


def _check_kind(field: Row, place: Place) -> None:
    if not field["key"]:
        return
    if field["key"] in CORE_FIELDS:
        sentence = "Fältet finns i Gensvar och har redan en sort. Ta bort raden."
        place.at("kind").need(not field["kind"], sentence)
    else:
        sentence = (
            f"”{field['key']}” finns inte i Gensvar. Rätta key, eller gör ett eget fält: "
            f"skriv kind = {one_of(CUSTOM_KINDS)}."
        )
        place.at("key").need(field["kind"], sentence)


def _check_list(field: Row, preset: Preset, place: Place) -> None:
    key = list_of(field)
    if key not in preset.list_keys:
        place.fault(f"Listan ”{key}” finns inte i choices.toml. Välj {one_of(preset.list_keys)}.")
        return
    beginning = MEANINGS_OF.get(field["key"])
    for meaning in preset.meanings(key):
        if beginning is None or not meaning.startswith(beginning):
            place.fault(
                f"Listan ”{key}” har betydelsen {meaning}, som hör till ett annat fält. "
                "Välj en annan lista eller ta bort betydelsen."
            )


def _check_visible_when(field: Row, preset: Preset, place: Place) -> None:
    """Empty, or another field and a meaning that one of its choices has."""
    rule = field["visible_when"]
    if not rule["field"] and not rule["meaning"]:
        return
    other = preset.fields.get(rule["field"])
    if other is None or other["key"] == field["key"]:
        place.at("field").fault(f"Fältet ”{rule['field']}” finns inte. Välj ett annat fält.")
    elif rule["meaning"] not in preset.meanings(list_of(other)):
        sentence = f"Inget val i det fältets lista har betydelsen ”{rule['meaning']}”."
        place.at("meaning").fault(f"{sentence} Välj en betydelse som finns i choices.toml.")
