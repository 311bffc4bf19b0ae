"""Organisation → Ersättare, and one's own stand-in behind Min sida."""

from __future__ import annotations

from typing import Any

from flask import abort, flash, redirect, request, url_for
from flask_admin import BaseView, expose
from flask_babel import gettext
from flask_babel import lazy_gettext as _
from sqlalchemy.orm import joinedload

from admin_views.base import GuardedView, telling_refusals
from admin_views.config_view import ConfigView
from domain.clock import local_today
from domain.permissions import Permission
from domain.row_ids import row_id
from extensions import db
from forms.stand_in_form import OwnStandInForm, StandInForm
from models import StandIn
from queries.stand_ins import own_rows
from services.stand_ins import add_stand_in, change_days, remove_stand_in
from services.unit_of_work import unit_of_work
from web.session import current_actor


class StandInView(ConfigView):
    """Who stands in for whom, from which day to which."""

    read_permission = Permission.CONFIG_USERS
    form_class = StandInForm
    can_delete = True
    summary = _("Vem som tar hand om ärendena när någon är borta.")
    column_list = ("absent", "stand_in", "first_day", "last_day")
    column_labels = {
        "absent": _("Den som är borta"),
        "stand_in": _("Ersättare"),
        "first_day": _("Från och med"),
        "last_day": _("Till och med"),
    }
    column_sortable_list = ("first_day", "last_day")
    column_default_sort = ("first_day", True)

    def list_options(self) -> Any:
        return (joinedload(StandIn.absent), joinedload(StandIn.stand_in))

    def add(self, form: StandInForm) -> StandIn:
        return add_stand_in(form.values(), actor=current_actor())

    def change(self, model: StandIn, form: StandInForm) -> None:
        values = form.values()
        change_days(model, values["first_day"], values["last_day"], actor=current_actor())

    def remove(self, model: StandIn) -> None:
        remove_stand_in(model, actor=current_actor())


class OwnStandInView(GuardedView, BaseView):
    """Everybody chooses the own stand-in, for the days one is away."""

    read_permission = Permission.PROFILE_EDIT

    def is_visible(self) -> bool:
        return False

    @expose("/", methods=("GET", "POST"))
    def index(self) -> Any:
        form = OwnStandInForm(current_actor())
        if form.validate_on_submit():
            with telling_refusals(form), unit_of_work():
                add_stand_in(form.values(), actor=current_actor())
                flash(gettext("Ersättaren är vald."), "success")
            if not form.errors:
                return redirect(url_for(".index"))
        errors = [(field.id, field.label.text, e) for field in form for e in field.errors]
        page = self.render("admin/own_stand_in.html", form=form, error_items=errors)
        return page, 422 if request.method == "POST" else 200

    @expose("/remove", methods=("POST",))
    def remove(self) -> Any:
        """Take the own stand-in back. Somebody else's does not exist here."""
        number = row_id(request.form.get("id", ""))
        row = db.session.get(StandIn, number) if number else None
        if row is None or row.absent_id != current_actor().id:
            abort(404)
        with telling_refusals():
            with unit_of_work():
                remove_stand_in(row, actor=current_actor())
            flash(gettext("Ersättaren är borttagen."), "success")
        return redirect(url_for(".index"))


def own_stand_ins() -> list[StandIn]:
    """For Min sida: who stands in for me, now or later."""
    return own_rows(current_actor().id or 0, local_today())
