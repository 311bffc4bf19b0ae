"""Rules of case types and of their tabs."""

from __future__ import annotations

from sqlalchemy import select

from domain.fields import CORE_FIELDS, DISPLAY_KINDS
from domain.permissions import Role
from domain.publication import LONGEST_SHOWN, LONGEST_WAIT
from domain.reminders import LONGEST_NOTICE, LONGEST_STEP
from domain.secrecy_border import OPEN
from domain.text import _
from extensions import db
from models import CaseType, Field, Tab
from services.config_rules.common import (
    check_all_known,
    check_email,
    check_key,
    check_known,
    check_one_line,
    check_text,
    check_unique,
    need,
)

MAIL_CONTENT = ("full", "notice")
SECRECY_AREAS = ("open", "social", "health", "school")
OWN_LIST_COLUMNS = ("id", "registered", "ready", "closed")
"""Columns of the case list that are not fields of the case."""

LONGEST_LIMIT = 365  # working days


def list_column_keys(case_type: CaseType) -> list[str]:
    """What the case list of this type can show: own columns, core fields, the type's own fields."""
    shown = [key for key, core in CORE_FIELDS.items() if core.kind not in DISPLAY_KINDS]
    query = select(Field.key).where(Field.case_type_id == case_type.id)
    own = sorted(set(db.session.scalars(query)) - set(CORE_FIELDS)) if case_type.id else []
    return [*OWN_LIST_COLUMNS, *sorted(shown), *own]


def check_case_type(row: CaseType) -> None:
    """A case type has a key, a name, limits in working days, a sender and known list columns."""
    check_key(row)
    check_unique(row, "key")
    check_text(row, "name", _("Skriv ett namn på ärendetypen."))
    check_one_line(row, "name", "sender_name")
    for field in ("acknowledge_days", "answer_days"):
        days = getattr(row, field) or 0
        sentence = _("Skriv ett antal arbetsdagar mellan 1 och %(longest)s.")
        need(1 <= days <= LONGEST_LIMIT, field, sentence, longest=LONGEST_LIMIT)
    for field, least, most in (
        ("remind_before", 0, LONGEST_NOTICE),
        ("remind_every", 1, LONGEST_STEP),
    ):
        days = getattr(row, field)
        sentence = _("Skriv ett antal arbetsdagar mellan %(least)s och %(longest)s.")
        given = days is None or least <= days <= most
        need(given, field, sentence, least=least, longest=most)
    check_email(row, "sender_email")
    check_known(row, "secrecy_class", SECRECY_AREAS)
    check_known(row, "mail_content", MAIL_CONTENT)
    _check_publication(row)
    _check_list_columns(row)


def _check_publication(row: CaseType) -> None:
    """Numbers that make sense, and no publication of what is under secrecy by law."""
    for field, most in (("publish_days", LONGEST_WAIT), ("unpublish_months", LONGEST_SHOWN)):
        number = getattr(row, field)
        sentence = _("Skriv ett tal mellan 0 och %(longest)s.")
        need(number is None or 0 <= number <= most, field, sentence, longest=most)
    sentence = _("Ärendetyper inom ett sekretessområde kan inte publiceras.")
    need(not row.publishes or row.secrecy_class in (None, OPEN), "publishes", sentence)


def _check_list_columns(row: CaseType) -> None:
    keys = [column.get("key") for column in row.list_columns or ()]
    need("id" in keys, "list_columns", _("Kolumnen ID måste finnas: den öppnar ärendet."))
    sentence = _("Samma kolumn kan bara stå en gång i listan.")
    need(len(keys) == len(set(keys)), "list_columns", sentence)
    strangers = [key for key in keys if key not in list_column_keys(row)]
    sentence = _("%(value)s är inget giltigt val.")
    need(not strangers, "list_columns", sentence, value=", ".join(map(str, strangers)))
    sentence = _("Alla kolumner behöver en rubrik.")
    need(all(column.get("label") for column in row.list_columns), "list_columns", sentence)


def check_tab(row: Tab) -> None:
    """A tab has a key of its own within the case type, a name, and a place per known role."""
    check_key(row)
    check_unique(row, "key", "case_type_id")
    check_text(row, "label", _("Skriv ett namn på fliken."))
    check_all_known(row, "role_positions", tuple(Role))


def check_tab_removal(row: Tab) -> None:
    """A tab goes when its fields have gone to other tabs."""
    used = db.session.scalar(select(Field.id).where(Field.tab_id == row.id).limit(1))
    need(used is None, "", _("Fliken har fält. Flytta dem till en annan flik först."))
