"""case_type.toml: limits, sender and the columns of the case list."""

from __future__ import annotations

from domain.fields import CORE_FIELDS, DISPLAY_KINDS
from domain.publication import LONGEST_SHOWN, LONGEST_WAIT
from domain.reminders import LONGEST_NOTICE, LONGEST_STEP
from services.config_rules.case_types import LONGEST_LIMIT, OWN_LIST_COLUMNS
from services.config_rules.common import check_email, check_key, check_one_line
from services.presets.checks.common import Places, check_unique, obey
from services.presets.faults import Place, one_of
from services.presets.preset import Preset


def check_case_type(preset: Preset, places: Places) -> None:
    """The limits can be kept, mail can be sent, and every column of the list is known."""
    place, row = places["case_type.toml"], preset.case_type
    if row["key"]:
        obey(check_key, row["key"], place.at("key"))
    obey(check_one_line, row["name"], place.at("name"))
    for key in ("acknowledge_days", "answer_days"):
        sentence = f"Antalet arbetsdagar ska vara mellan 1 och {LONGEST_LIMIT}."
        place.at(key).need(1 <= row[key] <= LONGEST_LIMIT, sentence)
    for key, least, most in (
        ("remind_before", 0, LONGEST_NOTICE),
        ("remind_every", 1, LONGEST_STEP),
    ):
        sentence = f"Antalet arbetsdagar ska vara mellan {least} och {most}."
        place.at(key).need(least <= row[key] <= most, sentence)
    for key, most in (("publish_days", LONGEST_WAIT), ("unpublish_months", LONGEST_SHOWN)):
        place.at(key).need(0 <= row[key] <= most, f"Talet ska vara mellan 0 och {most}.")
    open_kind = row["secrecy_class"] == "open" or not row["publishes"]
    place.at("publishes").need(open_kind, "Bara ärendetyper med secrecy_class open publiceras.")
    sender = place.at("sender")
    obey(check_one_line, row["sender"]["name"], sender.at("name"))
    obey(check_email, row["sender"]["email"], sender.at("email"))
    _check_columns(preset, place.at("list_columns"))


def _check_columns(preset: Preset, place: Place) -> None:
    columns = preset.case_type["list_columns"]
    shown = [key for key, core in CORE_FIELDS.items() if core.kind not in DISPLAY_KINDS]
    own = [key for key in preset.fields if key not in CORE_FIELDS]
    known = [*OWN_LIST_COLUMNS, *sorted(shown), *own]
    check_unique(columns, "key", place)
    for number, column in enumerate(columns, 1):
        if column["key"] and column["key"] not in known:
            sentence = f"Kolumnen ”{column['key']}” finns inte. Välj {one_of(known)}."
            place.row(number).at("key").fault(sentence)
    sentence = "Kolumnen id saknas. Lägg till den: den öppnar ärendet."
    place.need(any(column["key"] == "id" for column in columns), sentence)
