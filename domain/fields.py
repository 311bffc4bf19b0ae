"""The core fields a case can have: the kind of each, where it is stored, who may change it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from domain.permissions import Permission

P = Permission


class Kind(StrEnum):
    """What a field looks like and holds."""

    LINE = "line"  # str
    AREA = "area"  # str, several lines
    RICH = "rich"  # str, clean HTML
    DATE = "date"  # datetime.date
    CHECK = "check"  # bool
    CHOICE = "choice"  # one choice id, or None
    CHOICES = "choices"  # a list of choice ids (one at most when the field is not `is_many`)
    UNIT = "unit"  # one unit id, or None
    PERSON = "person"  # one user id, or None
    PEOPLE = "people"  # a list of user ids
    EMAIL = "email"  # str
    FILES = "files"  # attachments
    CORRESPONDENCE = "correspondence"  # the event menu and list; holds no value of its own
    WISH = "wish"  # the wanted way of contact, shown beside the answer (manual S18)


CUSTOM_KINDS = (Kind.LINE, Kind.AREA, Kind.DATE, Kind.CHECK, Kind.CHOICE, Kind.CHOICES)
"""Kinds that a custom field may have; its value lies in cases.values[key]."""

DISPLAY_KINDS = (Kind.CORRESPONDENCE, Kind.WISH)
"""Kinds that only show something."""


@dataclass(frozen=True)
class CoreField:
    """`attribute` is the attribute of models.Case (or of its submitter, "submitter.x")."""

    kind: Kind
    attribute: str
    edit: P
    view: P = P.CASE_VIEW
    max_length: int = 0


CORE_FIELDS: dict[str, CoreField] = {
    "answer": CoreField(Kind.RICH, "answer", P.CASE_EDIT_ANSWER, max_length=40_000),
    "answered_on": CoreField(Kind.DATE, "answered_on", P.CASE_EDIT_STATUS),
    "assistants": CoreField(Kind.PEOPLE, "participants", P.CASE_EDIT_ASSISTANTS),
    "categories": CoreField(Kind.CHOICES, "choices", P.CASE_EDIT_CATEGORISATION),
    "channel": CoreField(Kind.CHOICE, "channel_id", P.CASE_EDIT_CATEGORISATION),
    "contact_way": CoreField(Kind.CHOICE, "contact_way_id", P.CASE_EDIT_SUBMITTER),
    "correspondence": CoreField(Kind.CORRESPONDENCE, "", P.EVENT_NOTE, P.EVENT_VIEW),
    "delay_reason": CoreField(
        Kind.AREA, "delay_reason", P.CASE_EDIT_DELAY_REASON, max_length=2_000
    ),
    "files": CoreField(Kind.FILES, "attachments", P.ATTACHMENT_UPLOAD, P.ATTACHMENT_LIST),
    "informed": CoreField(Kind.PEOPLE, "participants", P.CASE_INFORM),
    "internal_comment": CoreField(
        Kind.AREA,
        "internal_comment",
        P.CASE_EDIT_INTERNAL,
        P.CASE_VIEW_INTERNAL,
        20_000,
    ),
    "internal_note": CoreField(
        Kind.AREA, "internal_note", P.CASE_EDIT_INTERNAL, P.CASE_VIEW_INTERNAL, 20_000
    ),
    "keywords": CoreField(Kind.CHOICES, "choices", P.CASE_EDIT_CATEGORISATION),
    "measures": CoreField(Kind.CHOICES, "choices", P.CASE_EDIT_CLASSIFICATION),
    "origin": CoreField(Kind.CHOICE, "origin_id", P.CASE_EDIT_CATEGORISATION),
    "own_type": CoreField(Kind.LINE, "own_type", P.CASE_EDIT_CATEGORISATION, max_length=200),
    "publication": CoreField(Kind.CHOICE, "publication_id", P.CASE_EDIT_PUBLICATION),
    "received_by": CoreField(Kind.LINE, "received_by", P.CASE_EDIT_CATEGORISATION, max_length=200),
    "received_on": CoreField(Kind.DATE, "received_on", P.CASE_EDIT_CATEGORISATION),
    "receiver_workplace": CoreField(
        Kind.LINE, "receiver_workplace", P.CASE_EDIT_CATEGORISATION, max_length=200
    ),
    "responsible": CoreField(Kind.PERSON, "responsible_id", P.CASE_EDIT_RESPONSIBLE),
    "result": CoreField(Kind.CHOICE, "result_id", P.CASE_EDIT_CLASSIFICATION),
    "status": CoreField(Kind.CHOICE, "status_id", P.CASE_EDIT_STATUS),
    "submitter_address": CoreField(
        Kind.LINE,
        "submitter.address",
        P.CASE_EDIT_SUBMITTER,
        P.CASE_VIEW_SUBMITTER,
        200,
    ),
    "submitter_email": CoreField(
        Kind.EMAIL, "submitter.email", P.CASE_EDIT_SUBMITTER, P.CASE_VIEW_SUBMITTER, 254
    ),
    "submitter_kind": CoreField(Kind.CHOICE, "submitter_kind_id", P.CASE_EDIT_SUBMITTER),
    "submitter_name": CoreField(
        Kind.LINE, "submitter.name", P.CASE_EDIT_SUBMITTER, P.CASE_VIEW_SUBMITTER, 200
    ),
    "submitter_phone": CoreField(
        Kind.LINE, "submitter.phone", P.CASE_EDIT_SUBMITTER, P.CASE_VIEW_SUBMITTER, 60
    ),
    "submitter_postal": CoreField(
        Kind.LINE, "submitter.postal", P.CASE_EDIT_SUBMITTER, P.CASE_VIEW_SUBMITTER, 120
    ),
    "text": CoreField(Kind.AREA, "text", P.CASE_EDIT_TEXT, max_length=20_000),
    "title": CoreField(Kind.LINE, "title", P.CASE_EDIT_CATEGORISATION, max_length=300),
    "types": CoreField(Kind.CHOICES, "choices", P.CASE_EDIT_CATEGORISATION),
    "unit": CoreField(Kind.UNIT, "unit_id", P.CASE_MOVE_UNIT),
    "wish": CoreField(Kind.WISH, "contact_way_id", P.CASE_EDIT_SUBMITTER),
    "work_orders": CoreField(Kind.CHOICES, "choices", P.CASE_EDIT_CLASSIFICATION),
    "workflow": CoreField(Kind.CHOICE, "workflow_id", P.CASE_EDIT_CATEGORISATION),
}
