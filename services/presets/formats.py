"""The seven files of a preset: what each may hold. docs/how-to/presets.md explains them."""

from __future__ import annotations

from sqlalchemy import String

from domain.events import CONDITIONS, KINDS, PURPOSES
from domain.fields import CUSTOM_KINDS
from domain.meanings import Meaning
from domain.permissions import Role
from models import (
    CaseType,
    Choice,
    ChoiceList,
    EventTemplate,
    Field,
    Municipality,
    Phrase,
    PublicForm,
    PublicFormField,
    Tab,
    Unit,
)
from queries.phrases import CATEGORY_FIELDS
from services.config_rules.case_types import MAIL_CONTENT, SECRECY_AREAS
from services.config_rules.event_templates import GROUPS, RECIPIENTS, TEMPLATE_KINDS
from services.config_rules.fields import REQUIRED_WHEN, WIDTHS
from services.config_rules.public_forms import ASKABLE
from services.organisation import UNIT_KINDS
from services.presets.shapes import Shape, Spec, flag, mapping, rows, table, text, word, words

KEY = text(CaseType.key, required=True)
MEANING = word(tuple(Meaning), "")
ROLES = tuple(Role)

CASE_TYPE: Shape = {
    "key": KEY,
    "name": text(CaseType.name, required=True),
    "acknowledge_days": Spec(int, 2),
    "answer_days": Spec(int, 10),
    "reminds": flag(True),
    "remind_before": Spec(int, 3),
    "remind_every": Spec(int, 5),
    "publishes": flag(False),
    "publish_days": Spec(int, 7),
    "publish_working_days": flag(False),
    "unpublish_months": Spec(int, 24),
    "two_eyes": flag(False),
    "noindex": flag(False),
    "publishes_measures": flag(True),
    "secrecy_class": word(SECRECY_AREAS, "open"),
    "mail_content": word(MAIL_CONTENT),
    "sender": table(
        {
            "name": text(CaseType.sender_name, required=True),
            "email": text(CaseType.sender_email, required=True),
        },
        required=True,
    ),
    "list_columns": rows(
        {"key": KEY, "label": text(Field.label, required=True)},
        required=True,
    ),
}

CHOICES: Shape = {
    "lists": rows(
        {
            "key": KEY,
            "name": text(ChoiceList.name, required=True),
            "choices": rows(
                {
                    "label": text(Choice.label, required=True),
                    "meaning": MEANING,
                    "instruction": text(),
                    "aliases": words(),
                },
                required=True,
                short="label",
            ),
        },
        required=True,
    )
}

TABS: Shape = {
    "tabs": rows(
        {
            "key": KEY,
            "label": text(Tab.label, required=True),
            "role_positions": mapping(int),
            "fields": rows(
                {
                    "key": KEY,
                    "kind": word(tuple(CUSTOM_KINDS), ""),
                    "label": text(Field.label, required=True),
                    "help": text(),
                    "width": word(WIDTHS, "full"),
                    "is_many": flag(),
                    "list": text(ChoiceList.key),
                    "required_when": word(REQUIRED_WHEN, "never"),
                    "visible_when": table({"field": text(), "meaning": MEANING}),
                    "readonly_roles": words(ROLES),
                },
                required=True,
            ),
        },
        required=True,
    )
}

EVENT_TEMPLATES: Shape = {
    "templates": rows(
        {
            "key": KEY,
            "label": text(EventTemplate.label, required=True),
            "group": word(GROUPS),
            "kind": word(TEMPLATE_KINDS),
            "event_kind": word(tuple(KINDS)),
            "purpose": word(tuple(PURPOSES)),
            "recipient": word(RECIPIENTS),
            "subject": text(EventTemplate.subject, required=True),
            "body": text(),
            "conditions": words(tuple(CONDITIONS)),
            "status_meaning": MEANING,
            "marks_acknowledged": flag(),
            "marks_answered": flag(),
        },
        required=True,
    )
}

PUBLIC_FORMS: Shape = {
    "translations": mapping(dict),
    "forms": rows(
        {
            "slug": text(PublicForm.slug, required=True),
            "name": text(PublicForm.name, required=True),
            "summary": text(PublicForm.summary),
            "intro": text(),
            "privacy": text(required=True),
            "notice": text(),
            "board": text(PublicForm.board, required=True),
            "root_unit": text(Unit.key),
            "defaults": mapping(str),
            "fields": rows(
                {
                    "key": word(ASKABLE),
                    "label": text(PublicFormField.label, required=True),
                    "help": text(),
                    "section": text(PublicFormField.section),
                    "section_help": text(),
                    "is_required": flag(),
                    "list": text(ChoiceList.key),
                },
                required=True,
            ),
        }
    ),
}

ORGANISATION: Shape = {
    "municipality": table(
        {
            column.name: text(getattr(Municipality, column.name), required=column.name == "name")
            for column in Municipality.__table__.columns
            if isinstance(column.type, String) and "logo_" not in column.name
        },
        required=True,
    ),
    "units": rows(
        {
            "key": text(Unit.key, required=True),
            "name": text(Unit.name, required=True),
            "kind": word(UNIT_KINDS, "unit"),
            "parent": text(Unit.key),
            "board": text(Unit.board),
            "secrecy_area": word(SECRECY_AREAS, "open"),
        },
        required=True,
    ),
    "positions": rows(
        {
            "key": KEY,
            "title": text(Unit.name, required=True),
            "role": word(ROLES),
            "unit": text(Unit.key, required=True),
            "sees_secret": flag(),
        }
    ),
}

PHRASES: Shape = {
    "phrases": rows(
        {
            "title": text(Phrase.title, required=True),
            "list": word(CATEGORY_FIELDS, "types"),
            "choice": text(Choice.label),
            "body": text(required=True),
        }
    )
}

FORMATS: dict[str, Shape] = {
    "case_type.toml": CASE_TYPE,
    "tabs.toml": TABS,
    "choices.toml": CHOICES,
    "event_templates.toml": EVENT_TEMPLATES,
    "public_forms.toml": PUBLIC_FORMS,
    "organisation.toml": ORGANISATION,
    "phrases.toml": PHRASES,
}
