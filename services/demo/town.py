"""The municipality of the demo: both presets in one installation, and its people."""

from __future__ import annotations

from domain.permissions import SYSTEM
from domain.sorting import sort_key
from extensions import db
from models import Municipality, Unit, User
from services.demo.people import load_people
from services.presets import load_preset
from services.presets.load_units import ROOT_KEY

NAME = "Demokommunen"
LINK = "https://www.demo.example"


def load_town() -> dict[str, User]:
    """Make municipality, case types, units, forms and accounts. User name → account."""
    db.session.add(_municipality())
    root = Unit(key=ROOT_KEY, name=NAME, sort_key=sort_key(NAME), kind="municipality")
    db.session.add(root)
    db.session.flush()
    for name in ("hjo", "sodertalje"):
        load_preset(name, actor=SYSTEM)
    return load_people()


def _municipality() -> Municipality:
    """Everything here is made up. The telephone numbers are among those that lead nowhere (PTS)."""
    return Municipality(
        id=1,
        name=NAME,
        service="Synpunkter och klagomål",
        phone="08-465 004 30",
        urgent_phone="08-465 004 31",
        address="Demokommunen, Kontaktcenter, 000 00 Demostad",
        website=LINK,
        organisation_number="212000-0000",
        data_protection_officer="Maja Lindvall",
        data_protection_email="dataskydd@demo.example",
        retention_text="Vi tar bort dina uppgifter två år efter att ärendet är avslutat, enligt "
        "nämndens dokumenthanteringsplan. Vissa ärenden bevaras för alltid.",
        fault_report_link=f"{LINK}/felanmalan",
        appeal_link=f"{LINK}/overklaga",
        whistleblower_link=f"{LINK}/visselblasning",
    )
