"""Tables, one per file."""

from models.access_entry import AccessEntry
from models.attachment import Attachment
from models.audit_entry import AuditEntry
from models.base import Base, utcnow
from models.case import Case
from models.case_choice import CaseChoice
from models.case_draft import CaseDraft
from models.case_fact import CaseFact, DayNumber
from models.case_link import CaseLink
from models.case_mark import CaseFavourite, CaseFlag
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
from models.export_job import ExportJob
from models.field import Field
from models.kept_report import KeptReport, ReportSchedule
from models.legal_ground import LegalGround
from models.log_head import LogHead
from models.municipality import Municipality
from models.outbox_file import OutboxFile
from models.outbox_message import OutboxMessage
from models.password_token import PasswordToken
from models.phrase import Phrase
from models.public_form import PublicForm, PublicFormField
from models.publication import Publication, PublishedCase
from models.rate_window import RateWindow
from models.recovery_code import RecoveryCode
from models.reminder import Reminder, ReminderLine
from models.render_job import RenderJob
from models.role_assignment import RoleAssignment
from models.role_rule import RoleRule
from models.saved_view import ListColumns, SavedView
from models.secrecy_mark import SecrecyMark
from models.secret_link import SecretLink
from models.staged_file import StagedFile
from models.stand_in import StandIn
from models.stored_file import StoredFile
from models.submission import Submission
from models.submitter import Submitter
from models.tab import Tab
from models.template_file import TemplateFile
from models.unit import Unit
from models.user import User
from models.user_session import UserSession
from models.work_lock import WorkLock

__all__ = [
    "AccessEntry",
    "Attachment",
    "AuditEntry",
    "Base",
    "Case",
    "CaseChoice",
    "CaseDraft",
    "CaseFavourite",
    "CaseFlag",
    "CaseFact",
    "CaseLink",
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
    "ExportJob",
    "Field",
    "KeptReport",
    "LegalGround",
    "ListColumns",
    "LogHead",
    "Municipality",
    "OutboxFile",
    "OutboxMessage",
    "PasswordToken",
    "Phrase",
    "Publication",
    "PublishedCase",
    "DayNumber",
    "PublicForm",
    "PublicFormField",
    "RateWindow",
    "RecoveryCode",
    "Reminder",
    "ReminderLine",
    "RenderJob",
    "ReportSchedule",
    "RoleAssignment",
    "RoleRule",
    "SavedView",
    "SecrecyMark",
    "SecretLink",
    "StagedFile",
    "StandIn",
    "StoredFile",
    "Submission",
    "Submitter",
    "Tab",
    "TemplateFile",
    "Unit",
    "User",
    "UserSession",
    "WorkLock",
    "utcnow",
]
