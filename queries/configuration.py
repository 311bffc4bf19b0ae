"""The configuration of the installation as one frozen snapshot, cached per process by its version.

Configuration changes rarely and every page needs it. A request reads one number
(config_version) and, only when that has grown, the dozen tables behind it.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property

from sqlalchemy import event, select, update
from sqlalchemy.orm import Session

from domain.documents import LetterSettings
from domain.fields import CORE_FIELDS, Kind
from domain.file_policy import FilePolicy
from domain.layout import (
    CaseTypeLayout,
    ChoiceItem,
    EventTemplateItem,
    FieldLayout,
    FormField,
    FormLayout,
    TabLayout,
    UnitNode,
)
from extensions import db
from models import (
    CaseType,
    Choice,
    ChoiceList,
    ClosedDay,
    ConfigVersion,
    EventTemplate,
    Field,
    Municipality,
    PublicForm,
    PublicFormField,
    Tab,
    Unit,
)
from queries.municipality import file_policy_of, letters_of, names_of

CONFIG_TABLES = (
    CaseType, Choice, ChoiceList, ClosedDay, EventTemplate, Field, Municipality, PublicForm,
    PublicFormField, Tab, Unit,
)  # fmt: skip


@dataclass(frozen=True)
class Configuration:
    """Everything that is configured, in order, without a database behind it."""

    version: int
    municipality: dict[str, str]
    file_policy: FilePolicy
    letters: LetterSettings
    lock_minutes: int
    case_types: tuple[CaseTypeLayout, ...]
    units: tuple[UnitNode, ...]
    forms: tuple[FormLayout, ...]
    closed_days: frozenset

    def case_type(self, key_or_id: str | int) -> CaseTypeLayout | None:
        """A case type by its key or id."""
        return next((t for t in self.case_types if key_or_id in (t.key, t.id)), None)

    @cached_property
    def units_by_id(self) -> dict[int, UnitNode]:
        return {unit.id: unit for unit in self.units}

    def subtree(self, path: str) -> list[UnitNode]:
        """The units at and below `path`."""
        return [unit for unit in self.units if unit.path.startswith(path)]

    def form(self, slug: str) -> FormLayout | None:
        return next((form for form in self.forms if form.slug == slug), None)


_cache: dict[str, Configuration] = {}


def configuration() -> Configuration:
    """The current configuration. One small query per transaction when nothing has changed."""
    info = db.session().info
    if "configuration" not in info:
        info["configuration"] = _current()
    current: Configuration = info["configuration"]
    return current


def _current() -> Configuration:
    number = db.session.scalar(select(ConfigVersion.number)) or 0
    key = db.engine.url.render_as_string(hide_password=False)
    cached = _cache.get(key)
    if cached is None or cached.version != number:
        cached = _load(number)
        if not _has_pending_changes(db.session()):
            _cache[key] = cached
    return cached


def board_of(config: Configuration, unit_id: int | None) -> str:
    """The board of a unit, or of the nearest unit above it that names one; "" for none."""
    unit = config.units_by_id.get(unit_id or 0)
    while unit is not None and not unit.board:
        unit = config.units_by_id.get(unit.parent_id or 0)
    return unit.board if unit else ""


def forget_configuration() -> None:
    """Empty the cache. For tests that swap databases under one process."""
    _cache.clear()


def _has_pending_changes(session: Session) -> bool:
    """A snapshot taken inside an uncommitted change of configuration may not be kept."""
    return bool(session.info.get("configuration_changed"))


@event.listens_for(Session, "before_flush")
def _count_change(session: Session, *_: object) -> None:
    changed = [*session.new, *session.dirty, *session.deleted]
    if any(isinstance(thing, CONFIG_TABLES) for thing in changed):
        session.info["configuration_changed"] = True
        session.info.pop("configuration", None)
        session.execute(update(ConfigVersion).values(number=ConfigVersion.number + 1))


@event.listens_for(Session, "after_commit")
@event.listens_for(Session, "after_rollback")
def _change_ended(session: Session) -> None:
    session.info.pop("configuration_changed", None)
    session.info.pop("configuration", None)


def _load(number: int) -> Configuration:
    lists = _lists()
    municipality = db.session.get(Municipality, 1)
    return Configuration(
        version=number,
        municipality=names_of(municipality),
        file_policy=file_policy_of(municipality),
        letters=letters_of(municipality),
        lock_minutes=municipality.lock_minutes if municipality else 15,
        case_types=_case_types(lists),
        units=_units(),
        forms=_forms(lists),
        closed_days=frozenset(db.session.scalars(select(ClosedDay.day))),
    )


def _lists() -> dict[int, tuple[ChoiceItem, ...]]:
    """All choices by list id, in order. Inactive ones too: old cases still carry them."""
    rows = db.session.execute(
        select(Choice, ChoiceList.key)
        .join(ChoiceList, Choice.choice_list_id == ChoiceList.id)
        .order_by(Choice.choice_list_id, Choice.position, Choice.id)
    )
    found: dict[int, list[ChoiceItem]] = defaultdict(list)
    for choice, list_key in rows:
        found[choice.choice_list_id].append(
            ChoiceItem(
                choice.id, choice.label, choice.meaning, choice.instruction, choice.is_active,
                list_key,
            )
        )  # fmt: skip
    return {list_id: tuple(items) for list_id, items in found.items()}


def _case_types(lists: dict[int, tuple[ChoiceItem, ...]]) -> tuple[CaseTypeLayout, ...]:
    tabs = _tabs(lists)
    templates = _templates()
    keys: dict[int, dict[str, tuple[ChoiceItem, ...]]] = defaultdict(dict)
    for choice_list in db.session.scalars(select(ChoiceList)):
        keys[choice_list.case_type_id][choice_list.key] = lists.get(choice_list.id, ())
    rows = db.session.scalars(
        select(CaseType).where(CaseType.is_active).order_by(CaseType.position, CaseType.id)
    )
    return tuple(
        CaseTypeLayout(
            id=row.id,
            key=row.key,
            name=row.name,
            acknowledge_days=row.acknowledge_days,
            answer_days=row.answer_days,
            sender_name=row.sender_name,
            sender_email=row.sender_email,
            secrecy_class=row.secrecy_class,
            mail_content=row.mail_content,
            list_columns=tuple(row.list_columns),
            tabs=tuple(tabs.get(row.id, ())),
            lists=dict(keys.get(row.id, {})),
            event_templates=tuple(templates.get(row.id, ())),
        )
        for row in rows
    )


def _tabs(lists: dict[int, tuple[ChoiceItem, ...]]) -> dict[int, list[TabLayout]]:
    fields: dict[int, list[FieldLayout]] = defaultdict(list)
    for row in db.session.scalars(select(Field).order_by(Field.tab_id, Field.position, Field.id)):
        core = CORE_FIELDS.get(row.key)
        fields[row.tab_id].append(
            FieldLayout(
                key=row.key,
                kind=core.kind if core else Kind(row.kind),
                label=row.label,
                help=row.help,
                width=row.width,
                is_many=row.is_many,
                required_when=row.required_when,
                visible_when=dict(row.visible_when),
                readonly_roles=tuple(row.readonly_roles),
                choices=lists.get(row.choice_list_id or 0, ()),
            )
        )
    found: dict[int, list[TabLayout]] = defaultdict(list)
    for tab in db.session.scalars(select(Tab).order_by(Tab.position, Tab.id)):
        found[tab.case_type_id].append(
            TabLayout(
                tab.key,
                tab.label,
                tab.position,
                dict(tab.role_positions),
                tuple(fields[tab.id]),
            )
        )
    return found


def _templates() -> dict[int, list[EventTemplateItem]]:
    found: dict[int, list[EventTemplateItem]] = defaultdict(list)
    rows = db.session.scalars(
        select(EventTemplate)
        .where(EventTemplate.is_active)
        .order_by(EventTemplate.position, EventTemplate.id)
    )
    names = [f for f in EventTemplateItem.__dataclass_fields__ if f != "conditions"]
    for row in rows:
        values = {name: getattr(row, name) for name in names}
        found[row.case_type_id].append(
            EventTemplateItem(**values, conditions=tuple(row.conditions))
        )
    return found


def _units() -> tuple[UnitNode, ...]:
    """Units in the order of the tree: a parent stands before its children, siblings in order."""
    rows = list(db.session.scalars(select(Unit)))
    children: dict[int | None, list[Unit]] = defaultdict(list)
    for row in sorted(rows, key=lambda u: (u.position, u.sort_key)):
        children[row.parent_id].append(row)
    ordered: list[Unit] = []

    def walk(parent_id: int | None) -> None:
        for row in children[parent_id]:
            ordered.append(row)
            walk(row.id)

    walk(None)
    names = UnitNode.__dataclass_fields__
    return tuple(UnitNode(**{name: getattr(row, name) for name in names}) for row in ordered)


def _forms(lists: dict[int, tuple[ChoiceItem, ...]]) -> tuple[FormLayout, ...]:
    rows = db.session.scalars(
        select(PublicForm).where(PublicForm.is_active).order_by(PublicForm.position, PublicForm.id)
    )
    names = [f for f in FormLayout.__dataclass_fields__ if f not in ("fields", "defaults")]
    return tuple(
        FormLayout(
            **{name: getattr(row, name) for name in names},
            defaults=dict(row.defaults),
            fields=tuple(
                FormField(
                    f.key, f.label, f.help, f.section, f.is_required,
                    lists.get(f.choice_list_id or 0, ()), f.section_help,
                )
                for f in row.fields
            ),
        )
        for row in rows
    )  # fmt: skip
