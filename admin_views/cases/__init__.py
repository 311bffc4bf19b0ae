"""The case pages: list, form, commands, events and secrecy marks."""

from admin_views.cases.commands import CaseCommandsView
from admin_views.cases.composing.view import CaseEventsView
from admin_views.cases.locks import CaseLocksView
from admin_views.cases.secrecy import CaseSecrecyView
from admin_views.cases.view import CaseView

__all__ = ["CaseCommandsView", "CaseEventsView", "CaseLocksView", "CaseSecrecyView", "CaseView"]
