"""public_forms.toml: what citizens are asked."""

from __future__ import annotations

from domain.fields import CORE_FIELDS
from domain.template_names import PUBLIC_NAMES
from services.config_rules.common import check_key
from services.config_rules.public_forms import DEFAULTABLE
from services.presets.checks.common import Places, check_text, check_unique, obey
from services.presets.faults import Place, one_of
from services.presets.preset import CHOICE_KINDS, Preset, Row, list_of


def check_forms(preset: Preset, places: Places) -> None:
    """Each form has its own address, asks for the text, and offers lists and units that exist."""
    place = places["public_forms.toml"].at("forms")
    check_unique(preset.forms, "slug", place)
    check_unique(preset.forms, "name", place)
    for number, form in enumerate(preset.forms, 1):
        _check_form(form, preset, place.row(number))


def _check_form(form: Row, preset: Preset, place: Place) -> None:
    if form["slug"]:
        obey(check_key, form["slug"], place.at("slug"))
    for key in ("intro", "privacy", "notice"):
        check_text(form[key], place.at(key), PUBLIC_NAMES)
    units = {unit["key"] for unit in preset.organisation["units"]}
    root = form["root_unit"]
    sentence = f"Enheten ”{root}” finns inte i organisation.toml. Rätta nyckeln."
    place.at("root_unit").need(not root or root in units, sentence)
    _check_defaults(form, preset, place.at("defaults"))
    _check_questions(form, preset, place.at("fields"))


def _check_defaults(form: Row, preset: Preset, place: Place) -> None:
    for key, meaning in form["defaults"].items():
        field = preset.fields.get(key)
        if key not in DEFAULTABLE or field is None:
            known = [k for k in DEFAULTABLE if k in preset.fields]
            place.at(key).fault(f"Fältet finns inte bland ärendets valfält. Välj {one_of(known)}.")
        elif meaning not in preset.meanings(list_of(field)):
            sentence = f"Inget val har betydelsen ”{meaning}”. Välj en som finns i choices.toml."
            place.at(key).fault(sentence)


def _check_questions(form: Row, preset: Preset, place: Place) -> None:
    check_unique(form["fields"], "key", place)
    check_unique(form["fields"], "label", place)
    for number, question in enumerate(form["fields"], 1):
        _check_list(question, preset, place.row(number).at("list"))
    asks = any(q["key"] == "text" and q["is_required"] for q in form["fields"])
    place.need(asks, "Frågan text med is_required = true saknas. Lägg till den.")


def _check_list(question: Row, preset: Preset, place: Place) -> None:
    core = CORE_FIELDS.get(question["key"])
    if core is None:
        return
    if core.kind not in CHOICE_KINDS:
        place.need(not question["list"], "Frågan har inga val. Ta bort raden.")
    elif list_of(question) not in preset.list_keys:
        sentence = f"Listan ”{list_of(question)}” finns inte i choices.toml. Rätta nyckeln."
        place.fault(sentence)
