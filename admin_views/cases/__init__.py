"""The case pages: list, form, commands, events and secrecy marks."""

from admin_views.cases.bulk_edit import BulkEditView
from admin_views.cases.bulk_letters import BulkLettersView
from admin_views.cases.commands import CaseCommandsView
from admin_views.cases.composing.view import CaseEventsView
from admin_views.cases.copying import CaseCopyView
from admin_views.cases.delivery import CaseDeliveryView
from admin_views.cases.event_commands import EventCommandsView
from admin_views.cases.exporting import CaseExportView
from admin_views.cases.handing_out import CaseHandOutView
from admin_views.cases.history import CaseHistoryView
from admin_views.cases.letters import LettersView
from admin_views.cases.links import CaseRelatedView
from admin_views.cases.locks import CaseLocksView
from admin_views.cases.marks import CaseMarksView
from admin_views.cases.moving import CaseMovingView
from admin_views.cases.printing import CasePrintView
from admin_views.cases.publishing import CasePublishingView
from admin_views.cases.reissue import CaseLinkView
from admin_views.cases.saved_views import SavedViewsView
from admin_views.cases.secrecy import CaseSecrecyView
from admin_views.cases.transferring import CaseTransferView
from admin_views.cases.view import CaseView

__all__ = [
    "BulkEditView",
    "BulkLettersView",
    "CaseCommandsView",
    "CaseCopyView",
    "CaseDeliveryView",
    "CaseEventsView",
    "CaseHandOutView",
    "CaseExportView",
    "CaseHistoryView",
    "CaseLinkView",
    "CaseLocksView",
    "CaseMarksView",
    "CaseMovingView",
    "CasePrintView",
    "CasePublishingView",
    "CaseRelatedView",
    "CaseSecrecyView",
    "CaseTransferView",
    "CaseView",
    "EventCommandsView",
    "LettersView",
    "SavedViewsView",
]
