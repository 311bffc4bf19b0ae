"""The staff pages: every view in menu order, and the door in front of all of them."""

from __future__ import annotations

from typing import Any

from flask import Flask, request
from flask_admin import Admin
from flask_admin.theme import Theme
from flask_login import current_user

from admin_views import auth
from admin_views.access_log import AccessLogView
from admin_views.audit import AuditView
from admin_views.case_types import CaseTypeView
from admin_views.cases import (
    BulkEditView,
    BulkLettersView,
    CaseCommandsView,
    CaseCopyView,
    CaseDeliveryView,
    CaseEventsView,
    CaseExportView,
    CaseHandOutView,
    CaseHistoryView,
    CaseLinkView,
    CaseLocksView,
    CaseMarksView,
    CaseMovingView,
    CasePrintView,
    CasePublishingView,
    CaseRelatedView,
    CaseSecrecyView,
    CaseTransferView,
    CaseView,
    EventCommandsView,
    LettersView,
    SavedViewsView,
    direct_link,
)
from admin_views.choice_lists import ChoiceListView
from admin_views.closed_days import ClosedDayView
from admin_views.event_templates import EventTemplateView
from admin_views.fields import FieldView
from admin_views.file_settings import FileSettingsView
from admin_views.handover import HandoverView
from admin_views.help_links import page_help, tab_help
from admin_views.help_pages import HelpView
from admin_views.home import HomeView
from admin_views.legal_grounds import LegalGroundView
from admin_views.letter_settings import LetterSettingsView
from admin_views.municipality import MunicipalityView
from admin_views.my_page import MyPageView, own_page_url
from admin_views.navigation import CASE_TYPES, ORGANISATION, SYSTEM, navigation
from admin_views.outbox import OutboxView
from admin_views.person_access import PersonAccessView
from admin_views.phrases import PhraseView
from admin_views.public_forms import PublicFormView
from admin_views.role_rules import RoleRulesView
from admin_views.roles import RoleView
from admin_views.second_factor import SecondFactorView, own_sign_in
from admin_views.stand_ins import OwnStandInView, StandInView, own_stand_ins
from admin_views.statistics import KeptReportView, ScheduleView, StatisticsView
from admin_views.tabs import TabView
from admin_views.units import UnitView
from admin_views.user_import import UserImportView
from admin_views.users import UserView
from domain.text import _
from extensions import db
from models import (
    AuditEntry,
    Case,
    CaseType,
    ChoiceList,
    ClosedDay,
    EventTemplate,
    Field,
    LegalGround,
    Municipality,
    Phrase,
    PublicForm,
    RoleAssignment,
    StandIn,
    Tab,
    Unit,
    User,
)
from web import session
from web.headers import csp_nonce
from web.session import ask_for_login

CONFIGURATION = {
    CASE_TYPES: (
        (CaseTypeView, CaseType, _("Ärendetyper"), "case-types"),
        (TabView, Tab, _("Flikar"), "tabs"),
        (FieldView, Field, _("Fält"), "fields"),
        (ChoiceListView, ChoiceList, _("Vallistor"), "choice-lists"),
        (EventTemplateView, EventTemplate, _("Händelsemallar"), "event-templates"),
        (PublicFormView, PublicForm, _("Formulär"), "public-forms"),
    ),
    ORGANISATION: (
        (UnitView, Unit, _("Enheter"), "units"),
        (UserView, User, _("Personer"), "users"),
        (RoleView, RoleAssignment, _("Roller"), "roles"),
        (StandInView, StandIn, _("Ersättare"), "stand-ins"),
    ),
    SYSTEM: (
        (MunicipalityView, Municipality, _("Kommunen"), "municipality"),
        (FileSettingsView, Municipality, _("Filer"), "file-settings"),
        (LetterSettingsView, Municipality, _("Brev"), "letter-settings"),
        (PhraseView, Phrase, _("Standardtexter"), "phrases"),
        (ClosedDayView, ClosedDay, _("Egna lediga dagar"), "closed-days"),
        (LegalGroundView, LegalGround, _("Sekretessgrunder"), "legal-grounds"),
        (AuditView, AuditEntry, _("Ändringslogg"), "audit"),
    ),
}
"""The pages of configuration: menu heading → view, table, name in the menu, address."""


def register(app: Flask) -> None:
    """Bind the login pages, the menu and every view to `app`."""
    session.register(app)
    app.register_blueprint(auth.blueprint)
    app.register_error_handler(401, auth.ask_again)
    app.before_request(_keep_strangers_out)
    direct_link.register(app)
    app.jinja_env.globals.update(
        navigation=navigation,
        own_page_url=own_page_url,
        own_sign_in=own_sign_in,
        own_stand_ins=own_stand_ins,
        page_help=page_help,
        tab_help=tab_help,
    )
    admin = Admin(
        app,
        name="Gensvar",
        theme=Theme(folder="bootstrap4", base_template="admin/base.html"),
        index_view=HomeView(name="Start", endpoint="admin", url="/admin"),
        csp_nonce_generator=csp_nonce,
    )
    _add_views(admin)


def _add_views(admin: Admin) -> None:
    """Every page, in menu order."""
    _add_case_views(admin)
    admin.add_view(MyPageView(endpoint="my_page", url="my-page"))
    admin.add_view(SecondFactorView(endpoint="second_factor", url="my-page/sign-in"))
    admin.add_view(OwnStandInView(endpoint="own_stand_in", url="my-page/stand-in"))
    admin.add_view(StatisticsView(name=_("Statistik"), endpoint="statistics", url="statistics"))
    admin.add_view(KeptReportView(endpoint="kept_reports", url="board-reports"))
    admin.add_view(ScheduleView(endpoint="report_schedules", url="report-schedules"))
    admin.add_view(HelpView(name=_("Hjälp"), endpoint="help", url="help"))
    admin.add_view(UserImportView(endpoint="user_import", url="user-import"))
    admin.add_view(HandoverView(endpoint="handover", url="handover"))
    admin.add_view(PersonAccessView(endpoint="person_access", url="person-access"))
    for category, pages in CONFIGURATION.items():
        for view, model, name, url in pages:
            endpoint = url.replace("-", "_")
            admin.add_view(
                view(model, db, name=name, category=category, endpoint=endpoint, url=url)
            )
    admin.add_view(
        RoleRulesView(
            name=_("Inloggning"), category=SYSTEM, endpoint="role_rules", url="role-rules"
        )
    )
    admin.add_view(
        AccessLogView(
            name=_("Åtkomstlogg"), category=SYSTEM, endpoint="access_log", url="access-log"
        )
    )
    admin.add_view(OutboxView(name=_("Utkorg"), category=SYSTEM, endpoint="outbox", url="outbox"))


def _add_case_views(admin: Admin) -> None:
    """The case list, the case, and its small pages, which the menu does not name."""
    admin.add_view(CaseView(Case, db, name="Ärenden", endpoint="case", url="case"))
    admin.add_view(CaseCommandsView(endpoint="case_commands", url="case/do"))
    admin.add_view(CaseEventsView(endpoint="case_events", url="case/event"))
    admin.add_view(EventCommandsView(endpoint="case_event_commands", url="case/events"))
    admin.add_view(LettersView(endpoint="case_letters", url="case/letters"))
    admin.add_view(CaseTransferView(endpoint="case_transfer", url="case/transfer"))
    admin.add_view(CaseHandOutView(endpoint="case_hand_out", url="case/hand-out"))
    admin.add_view(CasePrintView(endpoint="case_print", url="case/print"))
    admin.add_view(CaseMarksView(endpoint="case_marks", url="case/marks"))
    admin.add_view(SavedViewsView(endpoint="saved_views", url="case/views"))
    admin.add_view(CaseCopyView(endpoint="case_copy", url="case/copy"))
    admin.add_view(CaseRelatedView(endpoint="case_related", url="case/related"))
    admin.add_view(CaseMovingView(endpoint="case_moving", url="case/moving"))
    admin.add_view(BulkEditView(endpoint="bulk_edit", url="case/bulk"))
    admin.add_view(BulkLettersView(endpoint="bulk_letters", url="case/bulk-letters"))
    admin.add_view(CaseDeliveryView(endpoint="case_delivery", url="case/delivery"))
    admin.add_view(CaseLinkView(endpoint="case_link", url="case/link"))
    admin.add_view(CaseLocksView(endpoint="case_locks", url="case/lock"))
    admin.add_view(CaseSecrecyView(endpoint="case_secrecy", url="case/secrecy"))
    admin.add_view(CasePublishingView(endpoint="case_publishing", url="case/publishing"))
    admin.add_view(CaseExportView(endpoint="case_export", url="case/export"))
    admin.add_view(CaseHistoryView(endpoint="case_history", url="case/history"))


def _keep_strangers_out() -> Any:
    """Everything below /admin is for people who are signed in, whatever a view says (T06)."""
    inside = request.path == "/admin" or request.path.startswith("/admin/")
    if inside and not current_user.is_authenticated:
        return ask_for_login()
    return None
