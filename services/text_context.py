"""What texts may know: plain values under Swedish names (domain/template_names.py).

Never a row of the database, never an internal note (threat T44). What a sensitive case must not
say in a mail is empty here, so that no text, however it is written, can say it (JO 1376-2013).
"""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from sqlalchemy import func, select

from domain.clock import local_today
from domain.dates import number_word
from domain.layout import CaseTypeLayout, FormLayout
from domain.meanings import Meaning
from domain.permissions import Role
from domain.richtext import is_blank_html, text_to_html, trusted_html
from domain.secret_links import IssuedLink
from domain.template_names import NAMES, PUBLIC_NAMES, Names
from domain.working_days import WorkingCalendar
from extensions import current_settings, db
from models import Attachment, Case, User
from queries.configuration import board_of, configuration

Context = dict[str, dict[str, Any]]

_TAG = re.compile(r"</?[a-z][^>]*>")

_UNSAID = ("rubrik", "text", "svar", "kod")
"""Details of a sensitive case that no mail may carry."""

_NO_ANSWER = {Meaning.CONTACT_NONE: "ingen", Meaning.CONTACT_ALREADY_ANSWERED: "besvarad"}


def text_context(
    case: Case,
    *,
    actor_user: User | None = None,
    link: IssuedLink | None = None,
    extra: Context | None = None,
    in_mail: bool = True,
) -> Context:
    """Every name with every detail, for the texts of one case.

    `actor_user` is who sends; `link` the submitter's link and code; `extra` adds or replaces
    details, as {"skal": {"text": "..."}}. Only a text that does not leave as clear mail (a letter,
    a page behind the link) may say `in_mail=False`.
    """
    layout = configuration().case_type(case.case_type_id)
    person = db.session.get(User, case.responsible_id) if case.responsible_id else None
    found: Context = {
        **_empty(NAMES),
        **_municipality(),
        "konfig": _limits(case.case_type.acknowledge_days, case.case_type.answer_days),
        "arende": _case(case, layout, link),
        "lamnare": _submitter(case),
        "handlaggare": _responsible(case, person),
        "lank": _links(case.case_type_id, case, link),
        "dagar": _days(case.answer_by),
    }
    found["avsandare"] = _sender(actor_user, case.case_type.sender_name)
    if in_mail and found["arende"]["kansligt"]:
        found["arende"].update(dict.fromkeys(_UNSAID, ""))
    for name, details in (extra or {}).items():
        found[name] = {**found.get(name, {}), **details}
    return found


def form_context(form: FormLayout) -> Context:
    """The names for the texts of a public form (PUBLIC_NAMES)."""
    layout = configuration().case_type(form.case_type_id)
    days = (layout.acknowledge_days, layout.answer_days) if layout else (2, 10)
    links = {**_links(form.case_type_id), "formular": _address(f"/synpunkt/{form.slug}")}
    return {
        **_municipality(),
        "konfig": _limits(*days),
        "lank": {name: links[name] for name in PUBLIC_NAMES["lank"]},
        "formular": {"namnd": form.board},
    }


def is_sensitive(case: Case) -> bool:
    """Whether mails about `case` may say only that there is something to read."""
    marked = case.is_secret or case.has_protected_submitter
    return marked or case.case_type.mail_content == "notice"


def case_address(case_id: int) -> str:
    """The staff's address of a case, as mails give it; it leads through the login."""
    return _address(f"/arende/{case_id}")


def _address(path: str) -> str:
    """Links come from the settings, never from a request's Host header (threat T43)."""
    return current_settings().base_url + path


def _empty(names: Names) -> Context:
    return {name: dict.fromkeys(details, "") for name, details in names.items()}


def _municipality() -> Context:
    row = configuration().municipality
    return {
        "kommun": {
            "namn": row["name"],
            "tjanst": row["service"],
            "telefon": row["phone"],
            "adress": row["address"],
            "webb": row["website"],
            "orgnr": row["organisation_number"],
            "dataskyddsombud": row["data_protection_officer"],
            "dso_epost": row["data_protection_email"],
        },
        "bradska": {"telefon": row["urgent_phone"]},
    }


def _limits(acknowledge_days: int, answer_days: int) -> dict[str, Any]:
    return {
        "bekrafta_dagar": number_word(acknowledge_days),
        "svara_dagar": number_word(answer_days),
        "gallring_text": configuration().municipality["retention_text"],
    }


def _case(case: Case, layout: CaseTypeLayout | None, link: IssuedLink | None) -> dict[str, Any]:
    unit = configuration().units_by_id.get(case.unit_id or 0)
    return {
        "nummer": case.id,
        "rubrik": case.title,
        "text": case.text,
        "inkom": case.received_on,
        "bekrafta_senast": case.acknowledge_by,
        "svara_senast": case.answer_by,
        "ny_svara_senast": _calendar().add(local_today(), case.case_type.answer_days),
        "enhet": unit.name if unit else "",
        "namnd": board_of(configuration(), case.unit_id),
        "typ": _type(case, layout),
        "kansligt": is_sensitive(case),
        "svar": trusted_html(case.answer),
        "kod": link.code if link else "",
        "bilagor": _attachment_count(case),
        "status": "avslutat" if case.is_closed else _label(layout, case.status_id),
        "kontaktsatt": _contact_way(case, layout),
        "fordrojning_orsak": case.delay_reason,
    }


def _label(layout: CaseTypeLayout | None, choice_id: int | None) -> str:
    return layout.label_of(choice_id) if layout else ""


def _type(case: Case, layout: CaseTypeLayout | None) -> str:
    labels = [_label(layout, choice_id) for choice_id in case.choice_ids("types")]
    return ", ".join(label for label in [*labels, case.own_type] if label)


def _contact_way(case: Case, layout: CaseTypeLayout | None) -> str:
    """A word that texts can compare with when no answer is owed, else the choice's label."""
    meaning = layout.meaning_of(case.contact_way_id) if layout else ""
    for wanted, word in _NO_ANSWER.items():
        if meaning == wanted:
            return word
    return _label(layout, case.contact_way_id)


def _attachment_count(case: Case) -> int:
    of_case = (Attachment.case_id == case.id, Attachment.removed_at.is_(None))
    return db.session.scalar(select(func.count()).select_from(Attachment).where(*of_case)) or 0


def _submitter(case: Case) -> dict[str, Any]:
    person = case.submitter
    if person.is_protected:  # no name or address leaves, in any text (domain notes §1.6)
        return dict.fromkeys(NAMES["lamnare"], "")
    return {
        "namn": person.name,
        "adress": person.address,
        "postadress": person.postal,
        "epost": person.email,
    }


def _sender(user: User | None, fallback: str) -> dict[str, Any]:
    """Who signs: the person who sends, else the sender of the case type (manual H15)."""
    if user is None:
        return {"namn": fallback, "signatur": fallback}
    return {"namn": user.name, "signatur": _signature(user)}


def _signature(user: User) -> str:
    """Clean HTML, as blocks of their own (arende.svar too); name and title when there is none.

    Signatures of before they were rich text are plain lines.
    """
    if is_blank_html(user.signature):
        return "\n".join(line for line in (user.name, user.title) if line)
    written = user.signature.strip()
    return trusted_html(written if _TAG.search(written) else text_to_html(written))


def _responsible(case: Case, person: User | None) -> dict[str, Any]:
    if person is None:
        return dict.fromkeys(NAMES["handlaggare"], "")
    return {
        "namn": person.name,
        "titel": person.title,
        "enhet": _unit_of(person, case),
        "telefon": person.phone,
        "epost": person.email,
    }


def _unit_of(person: User, case: Case) -> str:
    """Where the responsible works: the unit of the role that reaches the case, nearest first.

    A role for the whole municipality says nothing of a place: then the case's own unit.
    """
    units = configuration().units_by_id
    own = units.get(case.unit_id or 0)
    roles = (Role.RESPONSIBLE, Role.OVERARCHING)
    held = [units[a.unit_id] for a in person.assignments if a.role in roles and a.unit_id in units]
    near = [u for u in held if u.depth > 0 and own is not None and own.path.startswith(u.path)]
    found = max(near, key=lambda u: u.depth, default=own)
    return found.name if found else ""


def _links(
    case_type_id: int, case: Case | None = None, link: IssuedLink | None = None
) -> dict[str, Any]:
    config = configuration()
    form = next((f for f in config.forms if f.case_type_id == case_type_id), None)
    return {
        "formular": _address(f"/synpunkt/{form.slug}" if form else "/"),
        "svarssida": _address(link.path if link else "/svar"),
        "arende": case_address(case.id) if case else "",
        "personuppgifter": _address("/personuppgifter"),
        "felanmalan": config.municipality["fault_report_link"],
        "overklaga": config.municipality["appeal_link"],
        "visselblasning": config.municipality["whistleblower_link"],
    }


def _days(answer_by: date) -> dict[str, int]:
    today = local_today()
    days = _calendar()
    return {"kvar": days.between(today, answer_by), "over": days.between(answer_by, today)}


def _calendar() -> WorkingCalendar:
    return WorkingCalendar(configuration().closed_days)
