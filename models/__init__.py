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
from models.event_draft import EventDraft
from models.event_revision import EventRevision
from models.event_template import EventTemplate
from models.event_template_version import EventTemplateVersion
from models.field import Field
from models.municipality import Municipality
from models.outbox_file import OutboxFile
from models.outbox_message import OutboxMessage
from models.public_form import PublicForm, PublicFormField
from models.rate_window import RateWindow
from models.render_job import RenderJob
from models.role_assignment import RoleAssignment
from models.secret_link import SecretLink
from models.staged_file import StagedFile
from models.stored_file import StoredFile
from models.submission import Submission
from models.submitter import Submitter
from models.tab import Tab
from models.template_file import TemplateFile
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
    "EventDraft",
    "EventRevision",
    "EventTemplate",
    "EventTemplateVersion",
    "Field",
    "Municipality",
    "OutboxFile",
    "OutboxMessage",
    "PublicForm",
    "PublicFormField",
    "RateWindow",
    "RenderJob",
    "RoleAssignment",
    "SecretLink",
    "StagedFile",
    "StoredFile",
    "Submission",
    "Submitter",
    "Tab",
    "TemplateFile",
    "Unit",
    "User",
    "utcnow",
]
