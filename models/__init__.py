"""Tables, one per file."""

from models.attachment import Attachment
from models.audit_entry import AuditEntry
from models.base import Base, utcnow
from models.case import Case
from models.case_choice import CaseChoice
from models.case_original import CaseOriginal
from models.case_participant import CaseParticipant
from models.case_type import CaseType
from models.choice import Choice
from models.choice_list import ChoiceList
from models.closed_day import ClosedDay
from models.config_version import ConfigVersion
from models.event import Event
from models.event_template import EventTemplate
from models.field import Field
from models.municipality import Municipality
from models.outbox_message import OutboxMessage
from models.public_form import PublicForm, PublicFormField
from models.rate_window import RateWindow
from models.role_assignment import RoleAssignment
from models.secret_link import SecretLink
from models.staged_file import StagedFile
from models.submission import Submission
from models.submitter import Submitter
from models.tab import Tab
from models.unit import Unit
from models.user import User

__all__ = [
    "Attachment",
    "AuditEntry",
    "Base",
    "Case",
    "CaseChoice",
    "CaseOriginal",
    "CaseParticipant",
    "CaseType",
    "Choice",
    "ChoiceList",
    "ClosedDay",
    "ConfigVersion",
    "Event",
    "EventTemplate",
    "Field",
    "Municipality",
    "OutboxMessage",
    "PublicForm",
    "PublicFormField",
    "RateWindow",
    "RoleAssignment",
    "SecretLink",
    "StagedFile",
    "Submission",
    "Submitter",
    "Tab",
    "Unit",
    "User",
    "utcnow",
]
