"""Rules of choice lists and their choices. What cases carry is made inactive, never removed."""

from __future__ import annotations

from sqlalchemy import ColumnElement, or_, select

from domain.fields import CORE_FIELDS
from domain.meanings import Meaning
from domain.text import _
from extensions import db
from models import Case, CaseChoice, Choice, ChoiceList, Field, PublicFormField
from services.config_rules.common import check_key, check_text, check_unique, need

STATUS_LIST = "status"


def check_list(row: ChoiceList) -> None:
    """A list has a key and a name, and its choices make sense together."""
    check_key(row)
    check_unique(row, "key", "case_type_id")
    check_text(row, "name", _("Skriv ett namn på vallistan."))
    _check_labels(row)
    if row.key == STATUS_LIST:
        _check_status_list(row)


def _check_status_list(row: ChoiceList) -> None:
    """New cases take the status with the meaning status:new: there is exactly one, and active."""
    new = [c for c in row.choices if c.meaning == Meaning.STATUS_NEW and c.is_active]
    sentence = _("Precis ett aktivt val måste betyda ”nytt ärende” (status:new).")
    need(len(new) == 1, "choices", sentence)


def check_choice(row: Choice) -> None:
    """A choice has a label that no other of its list has, and a known meaning or none."""
    need((row.label or "").strip(), "choices", _("Alla val behöver en text."))
    known = not row.meaning or row.meaning in tuple(Meaning)
    need(known, "choices", _("Betydelsen %(meaning)s finns inte."), meaning=row.meaning)


def _check_labels(row: ChoiceList) -> None:
    """No two choices of a list look the same."""
    seen: set[str] = set()
    for choice in row.choices:
        sentence = _("”%(label)s” står två gånger i listan.")
        need(choice.label.casefold() not in seen, "choices", sentence, label=choice.label)
        seen.add(choice.label.casefold())


def check_choice_removal(row: Choice) -> None:
    """A choice goes while no case carries it."""
    sentence = _(
        "”%(label)s” finns i ärenden och kan inte tas bort. Ta bort bocken i Aktiv i stället."
    )
    need(not _is_used(row), "choices", sentence, label=row.label)


def _is_used(choice: Choice) -> bool:
    if db.session.scalar(
        select(CaseChoice.case_id).where(CaseChoice.choice_id == choice.id).limit(1)
    ):
        return True
    if db.session.scalar(select(Case.id).where(_taken(choice.id)).limit(1)):
        return True
    return _is_in_custom_field(choice)


def _taken(choice_id: int) -> ColumnElement[bool]:
    """The WHERE for cases that carry the choice in one of their columns."""
    return or_(
        *(
            column == choice_id
            for column in Case.__table__.columns
            if any(key.column.table is Choice.__table__ for key in column.foreign_keys)
        )
    )


def _is_in_custom_field(choice: Choice) -> bool:
    """Custom fields keep choice ids in a JSON column: with any case there, the choice stays."""
    query = select(Field).where(Field.choice_list_id == choice.choice_list_id)
    custom = [f for f in db.session.scalars(query) if f.key not in CORE_FIELDS]
    return any(
        db.session.scalar(select(Case.id).where(Case.case_type_id == f.case_type_id).limit(1))
        for f in custom
    )


def check_list_removal(row: ChoiceList) -> None:
    """A list goes when no field and no question of a public form offers it."""
    for model in (Field, PublicFormField):
        query = select(model.label).where(model.choice_list_id == row.id).limit(1)
        label = db.session.scalar(query)
        sentence = _("Listan används av %(label)s. Välj en annan lista där först.")
        need(label is None, "", sentence, label=label)
    for choice in row.choices:
        check_choice_removal(choice)
