"""Every unsafe address of the application, filled in as a page would send it.

A route that is not known here fails tests/web/test_foreign_tokens.py: write a line for it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from flask import Flask

from tests.support.cases import HJO
from tests.support.client import Client
from tests.support.compose import HANDLER
from tests.support.forms import form_data
from tests.support.routes import UNSAFE
from tests.support.town import PASSWORD
from tests.web.unsafe_places import ADMIN, REGISTRAR, TAB

NOBODY = ""
NEW = "sju gröna cyklar vid sjön"
TRANSFER = {"version": "{sent_version}", "goes_to": "Felanmälan", "reason": "Trasig lampa."}
HAND_OUT = {"_do": "make", "key": TAB, "parts": "text", "extent": "whole", "reviewed": "y"}
HAND_OUT["decided_by"] = "Eva"
MODEL_VIEW = ("edit_view", "create_view", "delete_view", "action_view")
"""What Flask-Admin makes for every model view."""

Place = Mapping[str, Any]
"""Name → something in the database, for the blanks of the table below."""


@dataclass(frozen=True)
class Try:
    """One request: what its page would send, with `says` changed. "{name}" is taken from Place.

    `has_effect`: with the right token it changes the database, as a test shows. The others do so
    only after more steps: a code of the minute, a file, a minute of waiting.
    """

    who: str = HANDLER
    blanks: Mapping[str, str] = field(default_factory=dict)
    query: str = ""
    says: Mapping[str, str] = field(default_factory=dict)
    has_effect: bool = True


def _of_case(number: str = "note", **says: str) -> Try:
    return Try(blanks={"number": f"{{{number}}}"}, says=says)


def _by_admin(query: str = "", *, has_effect: bool = True, **says: str) -> Try:
    return Try(ADMIN, query=query, says=says, has_effect=has_effect)


NEW_CASE = {
    "f_text": "En gunga.",
    "f_title": "Gungan",
    "f_unit": "{unit_id}",
    "f_responsible": "{handler_id}",
    "f_workflow": "{workflow}",
    "f_types": "{types}",
    "f_categories": "{categories}",
}
LOCKING = {"_tab_token": TAB}
TRIES: dict[str, Try] = {
    "admin.assign": Try(
        REGISTRAR,
        {"number": "{sent_id}"},
        says={
            "a{sent_id}-unit": "{unit_id}",
            "a{sent_id}-responsible": "{chief_id}",
            "a{sent_id}-version": "{sent_version}",
        },
    ),
    "bulk_edit.index": Try(
        REGISTRAR,
        says={
            "rowid": "{sent_id}",
            "atgard": "tilldela",
            "unit": "{unit_id}",
            "responsible": "{chief_id}",
            "version-{sent_id}": "{sent_version}",
            "_do": "save",
        },
        has_effect=False,
    ),
    "bulk_letters.post": _of_case(letter="{case_id}-{letter}-0", rowid="{case_id}"),
    "case.edit_view": Try(query="?id={case_id}", says={"f_internal_note": "Ny.", "_do": "save"}),
    "case.create_view": Try(REGISTRAR, query=f"?type={HJO}", says=NEW_CASE),
    "case_commands.read": _of_case(),
    "case_commands.remove_file": _of_case(**LOCKING),
    "case_commands.reopen": Try(blanks={"case_id": "{closed_id}"}, says={"reason": "Fel."}),
    "case_delivery.retry": Try(blanks={"case_id": "{sent_id}", "number": "{sent}"}),
    "case_event_commands.edit": _of_case(title="Ändrad"),
    "case_event_commands.remove": _of_case(reason="Fel."),
    "case_event_commands.void": Try(
        blanks={"case_id": "{sent_id}", "number": "{sent}"}, says={"reason": "Fel."}
    ),
    "case_events.compose": _of_case(_do="send", body="<div>Ringde.</div>"),
    "case_letters.post": _of_case("letter", versions="0"),
    "case_link.mail": Try(REGISTRAR, says={"key": "nyckel-0123456789"}),
    "case_link.reissue": Try(REGISTRAR, says={"key": "nyckel-0123456789"}),
    "case_locks.close": _of_case(**LOCKING),
    "case_locks.draft": _of_case(f_internal_note="Utkast."),
    "case_locks.drop": Try(has_effect=False),
    "case_locks.keep": Try(blanks={"case_id": "{sent_id}"}, says=LOCKING),
    "case_locks.overtake": _of_case(_tab_token="flik-tva-0123456789"),
    "case_locks.take": Try(blanks={"case_id": "{sent_id}"}, says=LOCKING),
    "case_copy.copy": _of_case(),
    "case_moving.responsible": Try(
        "chef.hjo",
        {"case_id": "{sent_id}"},
        says={"responsible": "{chief_id}", "reason": "Granne."},
        has_effect=False,
    ),
    "case_moving.unit": Try(
        REGISTRAR,
        {"case_id": "{sent_id}"},
        says={"unit": "{other_unit_id}", "reason": "Fel enhet."},
    ),
    "case_transfer.transfer": Try(blanks={"case_id": "{sent_id}"}, says=TRANSFER),
    "case_hand_out.hand_out": Try(blanks={"case_id": "{sent_id}"}, says=HAND_OUT),
    "case_related.answer": Try(has_effect=False),
    "case_related.remove": _of_case(),
    "case_related.show": Try(says={"number": "{closed_id}", "role": "related"}),
    "case_marks.favourite": _of_case(on="1"),
    "case_marks.flag": _of_case(reason="Viktigt."),
    "case_marks.unflag": Try(blanks={"case_id": "{sent_id}"}),
    "case_print.choose": Try(has_effect=False),
    "case_publishing.text": _of_case(_do="save", title="Ny rubrik"),
    "case_publishing.approve": Try(has_effect=False),
    "case_publishing.withdraw": Try(says={"reason": "Fel."}, has_effect=False),
    "case_export.file": Try(blanks={"token": "x"}, has_effect=False),
    "case_export.index": Try(REGISTRAR, query=f"?type={HJO}", says={"kind": "csv"}),
    "case_secrecy.mark": _of_case(ground="{ground}", covers="Allt", reason="Hot."),
    "event_templates.restore_view": _by_admin("?id={template_id}", has_effect=False),
    "handover.index": _by_admin("?id={person_id}"),
    "kept_reports.new": Try(
        "chef.hjo",
        says={"name": "Halvåret", "case_type": "{hjo_id}", "unit": "{unit_id}", "period": "i-ar"},
    ),
    "kept_reports.remove": Try("chef.hjo", says={"id": "{kept_id}"}),
    "kept_reports.show": Try(
        "chef.hjo", query="?id={kept_id}", says={"improvements": "Ny plog.", "version": "1"}
    ),
    "my_page.index": Try(says={"phone": "0123-45 67 89"}),
    "my_page.password": Try(
        says={"present_password": PASSWORD, "new_password": NEW, "repeated_password": NEW}
    ),
    "outbox.retry": _by_admin(id="{mail_id}"),
    "outbox.retry_many": _by_admin(rowid="{mail_id}"),
    "own_stand_in.index": Try("chef.hjo", has_effect=False),
    "own_stand_in.remove": Try(says={"id": "{stand_in_id}"}),
    "person_access.link": _by_admin(id="{person_id}"),
    "person_access.reset_factor": _by_admin(id="{person_id}", has_effect=False),
    "public_forms.translations": _by_admin("?id=1", has_effect=False),
    "report_schedules.edit": Try(
        REGISTRAR,
        says={
            "name": "Månadens siffror",
            "case_type": "{hjo_id}",
            "unit": "alla",
            "report": "oversikt",
            "rhythm": "manad",
            "readers": "{chief_id}",
        },
    ),
    "report_schedules.remove": Try(REGISTRAR, says={"id": "{schedule_id}"}),
    "role_rules.index": _by_admin(has_effect=False),
    "saved_views.columns": Try(says={"type": HJO, "show-title": "1", "do": "save"}),
    "saved_views.edit": Try(query=f"?type={HJO}&visa=closed", says={"name": "Avslutade"}),
    "saved_views.remove": Try(says={"id": "{view_id}"}),
    "second_factor.codes": Try(says={"present": PASSWORD}, has_effect=False),
    "second_factor.log_out": Try(),
    "second_factor.off": Try(says={"present": PASSWORD}, has_effect=False),
    "second_factor.set_up": Try(says={"code": "123456"}, has_effect=False),
    "statistics.file": Try("chef.hjo", {"key": "oversikt"}, says={"kind": "csv"}),
    "user_import.index": _by_admin(has_effect=False),
    "auth.login": Try(NOBODY, says={"username": HANDLER, "password": PASSWORD}),
    "auth.code": Try(NOBODY, says={"code": "123456"}, has_effect=False),
    "auth.set_up": Try(NOBODY, says={"code": "123456"}, has_effect=False),
    "auth.forgotten": Try(NOBODY, says={"account": HANDLER}),
    "auth.renew": Try(has_effect=False),
    "auth.logout": Try(),
    "auth.choose_password": Try(
        NOBODY, {"token": "{password_token}"}, says={"password": NEW, "repeated": NEW}
    ),
    "public.embedded": Try(NOBODY, says={"f_text": "En gunga."}, has_effect=False),
    "public.submit": Try(NOBODY, says={"f_text": "En gunga."}, has_effect=False),
    "public.reply": Try(NOBODY, says={"text": "Tack!"}),
    "public.reply_code": Try(NOBODY, says={"code": "123456"}, has_effect=False),
    "public.reply_entry": Try(NOBODY, says={"code": "123456"}, has_effect=False),
}
USUAL = {
    "case_id": "{case_id}",
    "public_id": "{file}",
    "token": "{link}",
    "template": "note",
    "kind": "case",
    "slug": "hjo",
    "link_id": "{link_id}",
}


def unknown(app: Flask) -> list[str]:
    """Unsafe routes that the table does not fill in."""
    return sorted(
        rule.endpoint
        for rule in app.url_map.iter_rules()
        if rule.methods & UNSAFE
        and rule.endpoint not in TRIES
        and rule.endpoint.rpartition(".")[2] not in MODEL_VIEW
    )


def tries(app: Flask) -> Iterator[tuple[str, Try]]:
    """Every unsafe endpoint with what is sent to it."""
    for rule in app.url_map.iter_rules():
        if rule.methods & UNSAFE:
            yield rule.endpoint, TRIES.get(rule.endpoint, _of_model_view(rule.endpoint))


def _of_model_view(endpoint: str) -> Try:
    query = "?id={unit_id}" if endpoint == "units.edit_view" else "?id=1"
    says = {"id": "1", "rowid": "1", "name": "Ändrat", "label": "Ändrat"}
    return Try(ADMIN, query=query, says=says, has_effect=endpoint == "units.edit_view")


def path_of(app: Flask, endpoint: str, attempt: Try, place: Place) -> str:
    """The address, with something real in every blank."""
    (rule,) = [r for r in app.url_map.iter_rules(endpoint) if r.methods & UNSAFE]
    wanted = USUAL | dict(attempt.blanks)
    blanks = {name: wanted[name].format_map(place) for name in rule.arguments}
    ints = {name: int(v) if v.isdigit() else v for name, v in blanks.items()}
    built = app.url_map.bind("localhost").build(endpoint, ints, method="POST")
    return built + attempt.query.format_map(place)


def data_of(client: Client, path: str, attempt: Try, place: Place) -> dict[str, Any]:
    """What the page at this address would send, with the person's own words in it."""
    page = client.get(path)
    sent: dict[str, Any] = {}
    if page.status_code == 200 and page.mimetype == "text/html":
        for form_id in re.findall(r'<form[^>]* id="([\w-]+)"', page.text):
            sent |= form_data(page.text, form_id)
    sent.pop("csrf_token", None)
    said = {n.format_map(place): value.format_map(place) for n, value in attempt.says.items()}
    return {**sent, **said}
