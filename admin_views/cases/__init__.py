"""The case pages: list, form, commands and events."""

from admin_views.cases.commands import CaseCommandsView
from admin_views.cases.composing.view import CaseEventsView
from admin_views.cases.view import CaseView

__all__ = ["CaseCommandsView", "CaseEventsView", "CaseView"]
