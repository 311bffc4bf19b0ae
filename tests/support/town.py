"""The named cast: one municipality with both presets, and the people that tests speak of."""

from __future__ import annotations

from dataclasses import dataclass, field

from sqlalchemy import select

from domain.permissions import SYSTEM, Role
from extensions import db
from models import Unit
from services.people import Grant, add_person
from services.presets import load_preset

PASSWORD = "gensvar-demo-losen"


@dataclass(frozen=True)
class Part:
    """What one person plays. `only` limits the role to one preset's case type."""

    username: str
    name: str
    title: str
    role: Role
    unit: str
    sees_secret: bool = False
    only: str = ""


CAST = (
    Part("registrator.hjo", "Rut Registrator", "Synpunktsregistrerare", Role.REGISTRAR,
         "hjo-kommunforvaltningen", only="hjo"),
    Part("handlaggare.hjo", "Hans Handläggare", "Handläggare", Role.RESPONSIBLE, "hjo-fritid"),
    Part("chef.hjo", "Carin Chef", "Ansvarig chef", Role.RESPONSIBLE,
         "hjo-kommunforvaltningen", sees_secret=True),
    Part("chef.omsorg", "Olle Omsorg", "Enhetschef", Role.RESPONSIBLE,
         "sodertalje-vard-och-omsorgsboende", sees_secret=True),
    Part("bitradande.omsorg", "Bodil Biträde", "Biträdande utredare", Role.ASSISTANT,
         "sodertalje-omsorgskontoret"),
    Part("lasare.omsorg", "Lars Läsare", "Controller", Role.READER,
         "sodertalje-omsorgskontoret"),
    Part("strateg.omsorg", "Stina Strateg", "Verksamhetsstrateg", Role.OVERARCHING,
         "sodertalje-omsorgskontoret", sees_secret=True),
    Part("chef.social", "Sara Social", "Enhetschef", Role.RESPONSIBLE,
         "sodertalje-socialkontoret", sees_secret=True),
    Part("admin", "Ada Admin", "Systemadministratör", Role.ADMINISTRATOR, ""),
)  # fmt: skip


@dataclass
class Town:
    """What a test needs to know of the town without asking the database."""

    ids: dict[str, int] = field(default_factory=dict)
    """User name → id."""

    case_types: dict[str, int] = field(default_factory=dict)
    """Preset → id of its case type."""


def build_town(town: Town) -> None:
    """Load both presets and give every part of the cast an account. The caller commits."""
    for name in ("hjo", "sodertalje"):
        town.case_types[name] = load_preset(name, actor=SYSTEM).case_type_id
    db.session.flush()
    units = {unit.key: unit.id for unit in db.session.scalars(select(Unit))}
    root = db.session.scalars(select(Unit.id).where(Unit.parent_id.is_(None))).one()
    for part in CAST:
        grant = Grant(
            role=part.role,
            unit_id=units[part.unit] if part.unit else root,
            case_type_id=town.case_types.get(part.only),
            sees_secret=part.sees_secret,
        )
        values = {
            "username": part.username,
            "name": part.name,
            "title": part.title,
            "email": f"{part.username}@kommunen.example",
        }
        person = add_person(values, [grant], PASSWORD, actor=SYSTEM)
        db.session.flush()
        town.ids[part.username] = person.id
    for unit in db.session.scalars(select(Unit)):
        if unit.path.startswith(_path(units["sodertalje-vard-och-omsorgsboende"])):
            unit.default_responsible_id = town.ids["chef.omsorg"]


def _path(unit_id: int) -> str:
    return db.session.get_one(Unit, unit_id).path
