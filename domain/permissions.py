"""Who may do what. One table, one pure can(); queries/cases.py holds the SQL twin.

The table is the rights table of the project (reliability notes, decisions D1-D12). Deny is the
default: a permission that a role does not name is refused.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol


class Role(StrEnum):
    """The roles of the manuals (S01, Hjo), each with its Swedish name in ROLE_NAMES."""

    READER = "reader"
    ASSISTANT = "assistant"
    RESPONSIBLE = "responsible"
    OVERARCHING = "overarching"
    REGISTRAR = "registrar"
    ADMINISTRATOR = "administrator"


class Permission(StrEnum):
    """Named `resource:action`. Keep each block alphabetical."""

    ATTACHMENT_DELETE = "attachment:delete"
    ATTACHMENT_DOWNLOAD = "attachment:download"
    ATTACHMENT_LIST = "attachment:list"
    ATTACHMENT_UPLOAD = "attachment:upload"
    CASE_CLOSE = "case:close"
    CASE_COPY = "case:copy"
    CASE_CREATE = "case:create"
    CASE_EDIT_ANSWER = "case:edit-answer"
    CASE_EDIT_ASSISTANTS = "case:edit-assistants"
    CASE_EDIT_CATEGORISATION = "case:edit-categorisation"
    CASE_EDIT_CLASSIFICATION = "case:edit-classification"
    CASE_EDIT_DELAY_REASON = "case:edit-delay-reason"
    CASE_EDIT_INTERNAL = "case:edit-internal"
    CASE_EDIT_PUBLICATION = "case:edit-publication"
    CASE_EDIT_RESPONSIBLE = "case:edit-responsible"
    CASE_EDIT_STATUS = "case:edit-status"
    CASE_EDIT_SUBMITTER = "case:edit-submitter"
    CASE_EDIT_TEXT = "case:edit-text"
    CASE_INFORM = "case:inform"
    CASE_LIST = "case:list"
    CASE_MARK_READY = "case:mark-ready"
    CASE_MOVE_UNIT = "case:move-unit"
    CASE_PRINT = "case:print"
    CASE_PUBLISH = "case:publish"
    CASE_REISSUE_LINK = "case:reissue-link"
    CASE_REOPEN = "case:reopen"
    CASE_SEARCH = "case:search"
    CASE_SECRECY_CLEAR = "case:secrecy-clear"
    CASE_SECRECY_SET = "case:secrecy-set"
    CASE_TRANSFER = "case:transfer"
    CASE_UNPUBLISH = "case:unpublish"
    CASE_VIEW = "case:view"
    CASE_VIEW_ACCESS = "case:view-access"
    CASE_VIEW_HISTORY = "case:view-history"
    CASE_VIEW_INTERNAL = "case:view-internal"
    CASE_VIEW_ORIGINAL = "case:view-original"
    CASE_VIEW_SUBMITTER = "case:view-submitter"
    CONFIG_CASE_TYPES = "config:case-types"
    CONFIG_ORGANISATION = "config:organisation"
    CONFIG_SYSTEM = "config:system"
    CONFIG_USERS = "config:users"
    EVENT_ANSWER = "event:answer"
    EVENT_ANSWER_PHONE = "event:answer-phone"
    EVENT_ANSWER_SECOND = "event:answer-second"
    EVENT_CONFIRM = "event:confirm"
    EVENT_DELETE = "event:delete"
    EVENT_EDIT = "event:edit"
    EVENT_EXTERNAL = "event:external"
    EVENT_NOTE = "event:note"
    EVENT_REFUSE = "event:refuse"
    EVENT_REGISTER_MAIL = "event:register-mail"
    EVENT_REMIND = "event:remind"
    EVENT_VIEW = "event:view"
    LETTER_DOWNLOAD = "letter:download"
    LOCK_TAKE = "lock:take"
    LOG_VIEW = "log:view"
    OUTBOX_RETRY = "outbox:retry"
    OUTBOX_VIEW = "outbox:view"
    PROFILE_EDIT = "profile:edit"
    STATISTICS_VIEW = "statistics:view"


class Reach(StrEnum):
    """How far a right reaches. The letters are those of the rights table."""

    NONE = "-"
    ANY = "A"  # needs no case
    SUBTREE = "U"  # cases of the assignment's unit and all below it
    BRANCH = "O"  # the same for the overarching node: the whole branch (D11)
    ASSIGNED = "T"  # cases on which the person is an assistant
    RESPONSIBLE = "R"  # cases the person is responsible for, inside the subtree
    EVERY = "*"  # every case (of the assignment's case type, if it names one)


@dataclass(frozen=True)
class Right:
    """One row: reach by role, what a secrecy mark does, and the states it is allowed in."""

    reach: dict[Role, Reach]
    secrecy: str
    states: frozenset[str]


_STATES = {"o": "open", "c": "closed", "p": "published", "x": "erased"}


def _right(reaches: str, secrecy: str, states: str) -> Right:
    """Read "U T U O * -": reader, assistant, responsible, overarching, registrar, administrator."""
    reach = {role: Reach(mark) for role, mark in zip(Role, reaches.split(), strict=True)}
    return Right(reach, secrecy, frozenset(_STATES[s] for s in states))


P = Permission
RIGHTS: dict[Permission, Right] = {
    P.ATTACHMENT_DELETE: _right("- - U O - -", "named", "o"),
    P.ATTACHMENT_DOWNLOAD: _right("- T U O * -", "named", "ocp"),
    P.ATTACHMENT_LIST: _right("U T U O * -", "named", "ocp"),
    P.ATTACHMENT_UPLOAD: _right("- T U O * -", "named", "o"),
    P.CASE_CLOSE: _right("- - U O - -", "named", "o"),
    P.CASE_COPY: _right("- - U O * -", "flag", "oc"),
    P.CASE_CREATE: _right("A A A A A -", "keep", "o"),
    P.CASE_EDIT_ANSWER: _right("- T U O - -", "named", "o"),
    P.CASE_EDIT_ASSISTANTS: _right("- - U O - -", "named", "o"),
    P.CASE_EDIT_CATEGORISATION: _right("- T U O * -", "named", "o"),
    P.CASE_EDIT_CLASSIFICATION: _right("- T U O - -", "named", "o"),
    P.CASE_EDIT_DELAY_REASON: _right("- T U O - -", "named", "o"),
    P.CASE_EDIT_INTERNAL: _right("- T U O * -", "named", "o"),
    P.CASE_EDIT_PUBLICATION: _right("- - U O * -", "none", "oc"),
    P.CASE_EDIT_RESPONSIBLE: _right("- - U O * -", "named", "o"),
    P.CASE_EDIT_STATUS: _right("- T U O * -", "named", "o"),
    P.CASE_EDIT_SUBMITTER: _right("- - U O * -", "named", "o"),
    P.CASE_EDIT_TEXT: _right("- - U O * -", "named", "o"),
    P.CASE_INFORM: _right("- - U O * -", "flag", "oc"),
    P.CASE_LIST: _right("U T U O * -", "named", "ocp"),
    P.CASE_MARK_READY: _right("- T U O - -", "named", "o"),
    P.CASE_MOVE_UNIT: _right("- - U O * -", "named", "o"),
    P.CASE_PRINT: _right("U T U O * -", "named", "ocp"),
    P.CASE_PUBLISH: _right("- - U O * -", "none", "oc"),
    P.CASE_REISSUE_LINK: _right("- - U O * -", "named", "oc"),
    P.CASE_REOPEN: _right("- - U O * -", "named", "c"),
    P.CASE_SEARCH: _right("- T U O * -", "named", "ocp"),
    P.CASE_SECRECY_CLEAR: _right("- - U O - -", "named", "ocp"),
    P.CASE_SECRECY_SET: _right("- T U O * -", "keep", "ocp"),
    P.CASE_TRANSFER: _right("- - U O * -", "named", "o"),
    P.CASE_UNPUBLISH: _right("- - U O * -", "keep", "ocp"),
    P.CASE_VIEW: _right("U T U O * -", "named", "ocp"),
    P.CASE_VIEW_ACCESS: _right("- - U O - -", "named", "ocp"),
    P.CASE_VIEW_HISTORY: _right("U T U O * -", "named", "ocp"),
    P.CASE_VIEW_INTERNAL: _right("U T U O * -", "named", "ocp"),
    P.CASE_VIEW_ORIGINAL: _right("- T U O * -", "named", "ocp"),
    P.CASE_VIEW_SUBMITTER: _right("- T U O * -", "named", "ocp"),
    P.CONFIG_CASE_TYPES: _right("- - - - - A", "keep", "ocpx"),
    P.CONFIG_ORGANISATION: _right("- - - - - A", "keep", "ocpx"),
    P.CONFIG_SYSTEM: _right("- - - - - A", "keep", "ocpx"),
    P.CONFIG_USERS: _right("- - - - - A", "keep", "ocpx"),
    P.EVENT_ANSWER: _right("- - U O - -", "named", "o"),
    P.EVENT_ANSWER_PHONE: _right("- T U O - -", "named", "o"),
    P.EVENT_ANSWER_SECOND: _right("- - U O - -", "named", "oc"),
    P.EVENT_CONFIRM: _right("- - U O * -", "named", "o"),
    P.EVENT_DELETE: _right("- T U O * -", "named", "o"),
    P.EVENT_EDIT: _right("- T U O * -", "named", "o"),
    P.EVENT_EXTERNAL: _right("- - U O * -", "flag", "oc"),
    P.EVENT_NOTE: _right("- T U O * -", "named", "oc"),
    P.EVENT_REFUSE: _right("- - U O * -", "named", "o"),
    P.EVENT_REGISTER_MAIL: _right("- T U O * -", "named", "oc"),
    P.EVENT_REMIND: _right("- - U O * -", "named", "o"),
    P.EVENT_VIEW: _right("U T U O * -", "named", "ocp"),
    P.LETTER_DOWNLOAD: _right("- T U O * -", "named", "ocp"),
    P.LOCK_TAKE: _right("- T U O * -", "named", "o"),
    P.LOG_VIEW: _right("- - - - - A", "meta", "ocpx"),
    P.OUTBOX_RETRY: _right("- - - - A A", "meta", "ocpx"),
    P.OUTBOX_VIEW: _right("- - - - A A", "meta", "ocpx"),
    P.PROFILE_EDIT: _right("A A A A A A", "keep", "ocpx"),
    P.STATISTICS_VIEW: _right("U - U O * -", "keep", "ocpx"),
}


@dataclass(frozen=True)
class Assignment:
    """One role of one person, as the rules see it."""

    role: Role
    unit_path: str
    sees_secret: bool = False
    case_type_id: int | None = None


@dataclass(frozen=True)
class Actor:
    """Who does something. Built anew for every request: no right is cached across requests."""

    id: int | None
    name: str
    is_active: bool = True
    assignments: tuple[Assignment, ...] = ()
    stands_in_for: frozenset[int] = frozenset()

    @property
    def ids(self) -> frozenset[int]:
        """The person, and those whose stand-in (Ersättare) the person is today."""
        return self.stands_in_for | ({self.id} if self.id is not None else set())

    @property
    def roles(self) -> frozenset[Role]:
        return frozenset(a.role for a in self.assignments)


SYSTEM = Actor(None, "Systemet")
CITIZEN = Actor(None, "Synpunktslämnaren")


class CaseFacts(Protocol):
    """What the rules need to know of a case. models.Case has it all."""

    @property
    def case_type_id(self) -> int: ...
    @property
    def responsible_id(self) -> int | None: ...
    @property
    def is_secret(self) -> bool: ...
    @property
    def has_protected_submitter(self) -> bool: ...
    @property
    def unit_path(self) -> str | None: ...
    @property
    def assistant_ids(self) -> frozenset[int]: ...
    @property
    def state(self) -> str: ...


def can(actor: Actor, permission: Permission, case: CaseFacts | None = None) -> bool:
    """Say whether `actor` holds `permission` and, given a case, whether it reaches that case.

    Rights are the OR over assignments. Without a case the question is "on some case at least?".
    """
    if not actor.is_active:
        return False
    right = RIGHTS[permission]
    if case is None:
        return any(right.reach[a.role] is not Reach.NONE for a in actor.assignments)
    if case.state not in right.states:
        return False
    return any(
        _reaches(right.reach[a.role], a, actor, case)
        and _passes_secrecy(right, a, actor, case, is_hidden(permission, case))
        for a in actor.assignments
    )


ABOUT_SUBMITTER = (
    Permission.CASE_EDIT_SUBMITTER,
    Permission.CASE_REISSUE_LINK,
    Permission.CASE_SECRECY_CLEAR,
    Permission.CASE_VIEW_SUBMITTER,
    Permission.EVENT_ANSWER,
    Permission.EVENT_ANSWER_SECOND,
    Permission.EVENT_CONFIRM,
    Permission.EVENT_REFUSE,
    Permission.LETTER_DOWNLOAD,
)
"""Rights that a mark on the submitter (skyddade personuppgifter) narrows, as secrecy does: who may
not know whom a mail or a letter goes to can neither write it nor read its address."""


def is_hidden(permission: Permission, case: CaseFacts) -> bool:
    """Whether a mark stands in the way of `permission` for those whom the mark shuts out."""
    return case.is_secret or (permission in ABOUT_SUBMITTER and case.has_protected_submitter)


def _reaches(reach: Reach, assignment: Assignment, actor: Actor, case: CaseFacts) -> bool:
    if assignment.case_type_id not in (None, case.case_type_id):
        return False
    inside = case.unit_path is not None and case.unit_path.startswith(assignment.unit_path)
    return {
        Reach.NONE: False,
        Reach.ANY: True,
        Reach.EVERY: True,
        Reach.SUBTREE: inside,
        Reach.BRANCH: inside,
        Reach.ASSIGNED: not actor.ids.isdisjoint(case.assistant_ids),
        Reach.RESPONSIBLE: inside and case.responsible_id in actor.ids,
    }[reach]


def _passes_secrecy(
    right: Right, assignment: Assignment, actor: Actor, case: CaseFacts, hidden: bool
) -> bool:
    if not hidden or right.secrecy in ("keep", "meta"):
        return True
    if assignment.role is Role.READER or right.secrecy == "none":
        return False
    named = case.responsible_id in actor.ids or not actor.ids.isdisjoint(case.assistant_ids)
    return assignment.sees_secret or (right.secrecy == "named" and named)
