"""Utskick: reports that go out by mail when a period has ended."""

from __future__ import annotations

from typing import Any

from flask import abort, flash, redirect, request, url_for
from flask_admin import BaseView, expose
from flask_babel import gettext

from admin_views.base import GuardedView, telling_refusals
from admin_views.statistics.kept import error_items
from domain.permissions import RIGHTS, Permission, Reach
from extensions import db
from forms.report_forms import WHOLE, ScheduleForm
from models import ReportSchedule, User
from queries.configuration import configuration
from queries.kept_reports import find_schedule, schedules
from queries.people import people_with
from queries.statistics.catalogue import REPORTS, offered
from queries.statistics.reach import countable_units, counts_everything
from services.actors import case_types_for
from services.reports.keeping import may_keep
from services.reports.scheduling import RHYTHMS, remove_schedule, save_schedule
from services.unit_of_work import unit_of_work
from web.session import current_actor


class ScheduleView(GuardedView, BaseView):
    """Who gets which report by itself."""

    read_permission = Permission.STATISTICS_VIEW

    def is_visible(self) -> bool:
        return False

    def is_accessible(self) -> bool:
        return super().is_accessible() and may_keep(current_actor())

    @expose("/")
    def index(self) -> Any:
        """The schedules of one's own part of the organisation."""
        rows = schedules(current_actor())
        ids = {reader for row in rows for reader in row.reader_ids}
        names = db.session.execute(db.select(User.id, User.name).where(User.id.in_(ids)))
        return self.render(
            "admin/statistics/schedule_list.html",
            schedules=rows,
            names={row.id: row.name for row in names},
            reports=REPORTS,
            rhythms=RHYTHMS,
            config=configuration(),
        )

    @expose("/edit", methods=("GET", "POST"))
    def edit(self) -> Any:
        """Make one, or change the one with `id`."""
        row = self._wanted() if request.values.get("id") else None
        form = ScheduleForm(data=_data(row) if row else None)
        _offer(form)
        if form.validate_on_submit():
            with telling_refusals(form):
                with unit_of_work():
                    save_schedule(row, _values(form), actor=current_actor())
                flash(gettext("Utskicket är sparat."), "success")
                return redirect(url_for(".index"))
        page = self.render(
            "admin/statistics/schedule_edit.html",
            form=form,
            schedule=row,
            error_items=error_items(form),
        )
        return page, 422 if request.method == "POST" else 200

    @expose("/remove", methods=("POST",))
    def remove(self) -> Any:
        """End a schedule."""
        row = self._wanted()
        with telling_refusals():
            with unit_of_work():
                remove_schedule(row, actor=current_actor())
            flash(gettext("Utskicket är borttaget."), "success")
        return redirect(url_for(".index"))

    def _wanted(self) -> ReportSchedule:
        return find_schedule(request.values.get("id", ""), current_actor()) or abort(404)


def _offer(form: ScheduleForm) -> None:
    actor = current_actor()
    types = case_types_for(actor, Permission.STATISTICS_VIEW, configuration())
    form.offer(types, countable_units(actor), whole=counts_everything(actor))
    kinds = {kind.key: kind.name for case_type in types for kind in offered(case_type, actor)}
    reach = RIGHTS[Permission.STATISTICS_VIEW].reach
    readers = people_with(tuple(role for role in reach if reach[role] is not Reach.NONE))
    form.offer_rest(kinds, RHYTHMS, readers)


def _data(row: ReportSchedule) -> dict[str, Any]:
    return {
        "name": row.name,
        "report": row.report_key,
        "case_type": row.case_type_id,
        "unit": str(row.unit_id or WHOLE),
        "rhythm": row.rhythm,
        "readers": row.reader_ids,
    }


def _values(form: ScheduleForm) -> dict[str, Any]:
    return {
        "name": form.name.data,
        "report_key": form.report.data,
        "case_type_id": form.case_type.data,
        "unit_id": form.unit_id,
        "rhythm": form.rhythm.data,
        "reader_ids": list(form.readers.data),
    }
