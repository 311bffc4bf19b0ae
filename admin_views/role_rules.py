"""System → Inloggning: from where and with what the people of each role sign in (manual H04)."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, request
from flask_admin import BaseView, expose
from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_login import current_user

from admin_views.base import GuardedView
from domain.errors import RuleBroken
from domain.permissions import Permission, Role
from extensions import db
from forms.config import words
from forms.config.sign_in import RoleRuleForm
from forms.fields import add_error
from models import User
from services.sign_in_rules import change_rules, demand_of, rules
from services.unit_of_work import unit_of_work
from web.rendering import sentence
from web.session import current_actor, own_address

Forms = dict[str, RoleRuleForm]


class RoleRulesView(GuardedView, BaseView):
    """One form with a part for each role."""

    read_permission = Permission.CONFIG_SYSTEM
    summary = _("Varifrån och hur de med varje roll loggar in.")

    @expose("/", methods=("GET", "POST"))
    def index(self) -> Any:
        now = rules()
        sent = request.form if request.method == "POST" else None
        forms: Forms = {
            role: RoleRuleForm(sent, rule=now.get(role), prefix=f"{role}-") for role in Role
        }
        if sent is not None and _save(forms):
            flash(gettext("Reglerna är sparade och gäller från och med nu."), "success")
            _tell_what_follows()
            return redirect(self.get_url(".index"))
        errors = [
            (f.id, gettext(words.ROLES[role]), text)
            for role, form in forms.items()
            for f in form
            for text in f.errors
        ]
        page = self.render(
            "admin/config/sign_in.html",
            forms=[(gettext(words.ROLES[role]), form) for role, form in forms.items()],
            error_items=errors,
            own_address=own_address(),
        )
        return page, 422 if errors else 200


def _save(forms: Forms) -> bool:
    """Save when all parts make sense; else the errors stand at their fields."""
    if not all([form.validate() for form in forms.values()]):  # noqa: C419 - all of them
        return False
    wanted = {role: form.rule() for role, form in forms.items()}
    try:
        with unit_of_work():
            change_rules(wanted, _myself(), own_address(), actor=current_actor())
    except RuleBroken as error:
        add_error(forms[error.field].networks, sentence(error))
        return False
    return True


def _tell_what_follows() -> None:
    """Who just asked for more than the own session has gives it at the next page."""
    user = _myself()
    if demand_of(user, own_address()).asks_factor and not user.totp_seal:
        flash(gettext("Regeln gäller dig också: ställ in tvåstegsinloggning nu."), "warning")


def _myself() -> User:
    return db.session.get_one(User, current_user.id)
