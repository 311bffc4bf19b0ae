"""Rules of the public forms and their questions."""

from __future__ import annotations

from sqlalchemy import select

from domain.fields import CORE_FIELDS, DISPLAY_KINDS, Kind
from domain.own_texts import LANGUAGES, LONG_TEXTS, OTHERS
from domain.template_language import check
from domain.template_names import PUBLIC_NAMES
from domain.text import _
from extensions import db
from models import ChoiceList, Field, PublicForm, PublicFormField
from services.config_rules.common import check_key, check_text, check_unique, need
from services.config_rules.fields import CHOICE_KINDS
from services.config_rules.texts import check_template_text

ASKABLE = tuple(
    key
    for key, core in CORE_FIELDS.items()
    if core.kind not in (*DISPLAY_KINDS, Kind.PERSON, Kind.PEOPLE, Kind.RICH)
    and key not in ("status", "internal_note", "delay_reason", "answered_on", "publication")
)
"""What a public form may ask for: not what only the municipality decides."""

DEFAULTABLE = tuple(key for key, core in CORE_FIELDS.items() if core.kind in CHOICE_KINDS)


def check_form(row: PublicForm) -> None:
    """A form has an own address and name, asks for the text, and its texts can be filled in."""
    check_key(row, "slug")
    check_unique(row, "slug")
    check_text(row, "name", _("Skriv formulärets namn."))
    check_template_text(row, "intro", PUBLIC_NAMES)
    check_template_text(row, "privacy", PUBLIC_NAMES)
    keys = [question.key for question in row.fields]
    need("text" in keys, "fields", _("Formuläret måste fråga efter synpunkten (text)."))
    need(len(keys) == len(set(keys)), "fields", _("Samma fråga kan bara stå en gång."))
    _check_defaults(row)
    _check_translations(row)


def _check_defaults(row: PublicForm) -> None:
    """A default names a choice field of the case type and a meaning that its list offers."""
    for key, meaning in (row.defaults or {}).items():
        need(key in DEFAULTABLE, "defaults", _("%(key)s är inget valfält."), key=key)
        query = select(Field).where(Field.case_type_id == row.case_type_id, Field.key == key)
        field = db.session.scalar(query)
        offered = field.choice_list.choices if field and field.choice_list else ()
        sentence = _("Inget val för %(key)s har betydelsen %(meaning)s.")
        known = meaning in {c.meaning for c in offered if c.is_active}
        need(known, "defaults", sentence, key=key, meaning=meaning)


def _check_translations(row: PublicForm) -> None:
    """Translations are texts of known languages, and those with names in them can be filled in."""
    for language, texts in (row.translations or {}).items():
        need(language in OTHERS, "translations", _("%(key)s är inget språk här."), key=language)
        for attribute in LONG_TEXTS:
            found = check(texts.get(getattr(row, attribute) or "", ""), PUBLIC_NAMES)
            sentence = _("Översättningen till %(language)s: rad %(line)s. %(fault)s")
            name = LANGUAGES[language].lower()
            first = found[0] if found else None
            values = {"line": first.line, "fault": first.sentence} if first else {}
            need(not found, "translations", sentence, language=name, **values)


def check_question(row: PublicFormField) -> None:
    """A question asks for a core field that citizens may give, from a list of the form's type."""
    known = row.key in ASKABLE
    need(known, "fields", _("%(key)s kan inte frågas i ett formulär."), key=row.key)
    need((row.label or "").strip(), "fields", _("Alla frågor behöver en ledtext."))
    if CORE_FIELDS[row.key].kind in CHOICE_KINDS:
        found = db.session.get(ChoiceList, row.choice_list_id) if row.choice_list_id else None
        fits = found and found.case_type_id == row.public_form.case_type_id
        sentence = _("Välj en vallista för %(label)s.")
        need(fits, "fields", sentence, label=row.label)
    else:
        sentence = _("%(label)s har ingen vallista.")
        need(not row.choice_list_id, "fields", sentence, label=row.label)
