"""Context help: which section of the manual a page, a tab or a kind of event leads to."""

from __future__ import annotations

from collections.abc import Iterable

from flask import request, url_for

PAGE_HELP = {
    "admin": "borja#att-gora",
    "case.index_view": "listan#listorna",
    "case.create_view": "registrera#nytt-arende",
    "case.edit_view": "utreda#sidan",
    "case_commands": "avsluta#oppna-igen",
    "case_delivery": "svara#kom-inte-fram",
    "case_event_commands": "svara#handelser",
    "case_events": "svara#skriva",
    "case_history": "historik#andringslogg",
    "case_history.accesses": "historik#atkomstlogg",
    "case_letters": "svara#brev",
    "bulk_edit": "listan#markerade",
    "case_marks": "listan#favorit-flagga",
    "bulk_letters": "svara#flera-brev",
    "case_copy": "utreda#mer",
    "case_link": "svara#ny-lank",
    "case_moving": "utreda#mer",
    "case_related": "utreda#dubbletter",
    "case_transfer": "utreda#overfora",
    "case_hand_out": "sekretess#handling",
    "case_print": "historik#skriva-ut",
    "case_publishing": "avsluta#publiceringstext",
    "case_secrecy": "sekretess#markera",
    "case_export": "statistik#lista",
    "kept_reports": "statistik#namndrapporter",
    "report_schedules": "statistik#utskick",
    "saved_views": "listan#vyer",
    "statistics": "statistik#oversikt",
    "statistics.cases": "statistik#siffror",
    "statistics.own_unit": "statistik#min-enhet",
    "my_page": "min-sida#uppgifter",
    "second_factor": "min-sida#tvasteg",
    "own_stand_in": "min-sida#ersattare",
    "case_types": "arendetyper#arendetyp",
    "tabs": "arendetyper#flikar",
    "fields": "arendetyper#falt",
    "choice_lists": "arendetyper#vallistor",
    "event_templates": "arendetyper#mallar",
    "public_forms": "arendetyper#formular",
    "units": "organisation#enheter",
    "users": "organisation#personer",
    "roles": "organisation#roller",
    "stand_ins": "organisation#ersattare",
    "user_import": "organisation#importera",
    "handover": "organisation#lamna-over",
    "person_access": "organisation#personer",
    "municipality": "system#kommunen",
    "file_settings": "system#filer",
    "letter_settings": "system#brev",
    "phrases": "system#standardtexter",
    "closed_days": "system#lediga-dagar",
    "legal_grounds": "system#sekretessgrunder",
    "audit": "system#andringslogg",
    "role_rules": "system#inloggning",
    "access_log": "system#atkomstlogg",
    "outbox": "system#utkorg",
}
"""Endpoint, or the view it belongs to → page#section."""

EVENT_HELP = {
    "email": "svara#e-post",
    "letter": "svara#brev",
    "document": "sekretess#lamna-ut",
    "event": "svara#telefon",
    "note": "utreda#interna",
    "meeting": "utreda#interna",
    "phone_in": "utreda#interna",
    "phone_out": "svara#telefon",
}
"""Kind of template, or of the event that it makes → page#section, where it is written."""

TAB_HELP = (
    ("correspondence", "svara#handelser"),
    ("responsible", "fordela#fliken"),
    ("types", "registrera#kategorisera"),
    ("text", "registrera#granska"),
    ("submitter_name", "registrera#lamnaren"),
)
"""Field → page#section. A tab is what its fields are: the first that it holds decides."""

OF_A_CASE = "utreda#sidan"
"""For the small pages of a case that have no place of their own."""

OTHER_TABS = "utreda#flikar"


def page_help(kind: str = "") -> str:
    """The address of the help for the page that is open, "" when it has none of its own.

    `kind` is the kind of event, on the page where it is written.
    """
    endpoint = request.endpoint or ""
    view = endpoint.partition(".")[0]
    known = PAGE_HELP if not view.startswith("case_") else {view: OF_A_CASE} | PAGE_HELP
    place = known.get(endpoint) or known.get(view)
    if view == "case_events":
        place = EVENT_HELP.get(kind, place)
    return _address(place) if place else ""


def tab_help(fields: Iterable[str]) -> str:
    """The address of the help for a tab of a case that holds `fields`."""
    held = set(fields)
    return _address(next((place for key, place in TAB_HELP if key in held), OTHER_TABS))


def _address(place: str) -> str:
    slug, _hash, anchor = place.partition("#")
    return url_for("help.page", slug=slug, _anchor=anchor)
