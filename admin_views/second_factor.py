"""Min sida → Tvåstegsinloggning: setting it up, turning it off, new recovery codes (manual S09)."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, url_for
from flask_admin import BaseView, expose
from flask_babel import gettext as _
from flask_login import current_user

from admin_views import factor_pages
from admin_views.base import GuardedView, telling_refusals
from domain.permissions import Permission
from extensions import db
from forms.sign_in_forms import CodeForm, SureForm
from models import User
from services import accounts
from services.passwords import verify_password
from services.second_factor import WRONG_CODE, codes_left, renew_codes, turn_off
from services.sessions import count_sessions
from services.sign_in_rules import demand_of
from services.unit_of_work import unit_of_work
from web.session import current_actor, forget_session, own_address, start_session

GET_POST = ("GET", "POST")


class SecondFactorView(GuardedView, BaseView):
    """Everybody's own second factor, and the own sessions. Linked from Min sida."""

    read_permission = Permission.PROFILE_EDIT

    def is_visible(self) -> bool:
        return False

    @expose("/")
    def index(self) -> Any:
        user = _myself()
        return self.render(
            "admin/second_factor/index.html",
            codes_left=codes_left(user),
            is_demanded=demand_of(user, own_address()).asks_factor,
        )

    @expose("/set-up", methods=GET_POST)
    def set_up(self) -> Any:
        """The QR code, and the first code that shows that the app has it."""
        user = _myself()
        if user.totp_seal:
            return redirect(url_for(".index"))
        form = CodeForm()
        status = 200
        if form.validate_on_submit():
            wait = factor_pages.seconds_to_wait(user)
            codes = None if wait else factor_pages.confirm(user, form.code.data)
            if codes is not None:
                start_session(user, is_strong=True)
                return factor_pages.show_codes(codes, url_for(".index"))
            form.code.errors = [_too_many(wait) if wait else _(WRONG_CODE)]
        if form.errors:
            status = 422
        page = self.render(
            "admin/second_factor/set_up.html",
            form=form,
            error_items=_errors(form),
            **factor_pages.picture(user),
        )
        return page, status

    @expose("/off", methods=GET_POST)
    def off(self) -> Any:
        """Back to the password alone."""
        form, user = SureForm(), _myself()
        if form.validate_on_submit() and _is_sure(form, user):
            with telling_refusals(form):
                with unit_of_work():
                    turn_off(user, own_address(), actor=current_actor())
                start_session(user)
                flash(_("Tvåstegsinloggningen är avstängd."), "success")
                return redirect(url_for(".index"))
        return self._sure_page(
            form, _("Stäng av tvåstegsinloggning"), _("Stäng av"), user, "btn-danger"
        )

    @expose("/codes", methods=GET_POST)
    def codes(self) -> Any:
        """New recovery codes in place of the old ones."""
        form, user = SureForm(), _myself()
        if form.validate_on_submit() and _is_sure(form, user):
            with unit_of_work():
                codes = renew_codes(user, actor=current_actor())
            return factor_pages.show_codes(codes, url_for(".index"))
        return self._sure_page(
            form, _("Nya återställningskoder"), _("Visa nya koder"), user, "btn-primary"
        )

    @expose("/log-out", methods=("POST",))
    def log_out(self) -> Any:
        """Logga ut överallt."""
        with unit_of_work():
            accounts.sign_out_everywhere(_myself())
        forget_session()
        flash(_("Du är utloggad på alla enheter."), "success")
        return redirect(url_for("auth.login"))

    def _sure_page(self, form: SureForm, title: str, button: str, user: User, tone: str) -> Any:
        if not user.totp_seal:
            return redirect(url_for(".index"))
        page = self.render(
            "admin/second_factor/sure.html",
            form=form,
            error_items=_errors(form),
            page_name=title,
            button=button,
            tone=tone,
        )
        return page, 422 if form.errors else 200


def own_sign_in() -> dict[str, Any]:
    """What the section of Min sida about signing in shows."""
    user = _myself()
    return {"is_on": bool(user.totp_seal), "sessions": count_sessions(user)}


def _is_sure(form: SureForm, user: User) -> bool:
    """Whether password and code are right. Tries are counted in a transaction of their own."""
    with unit_of_work():
        wait = accounts.seconds_before_code(user)
    if wait:
        form.code.errors = [_too_many(wait)]
        return False
    matches = verify_password(user.password_hash, form.present.data)
    with unit_of_work():
        is_right = matches and accounts.give_code(user, form.code.data)
        if not matches:
            accounts.note_wrong_password(user)
    if not is_right:
        form.code.errors = [_("Lösenordet eller koden stämmer inte. Kontrollera båda.")]
    return is_right


def _too_many(seconds: int) -> str:
    return _("För många försök. Vänta %(seconds)s sekunder och försök igen.", seconds=seconds)


def _errors(form: Any) -> list[tuple[str, str, str]]:
    return [(f.id, f.label.text, text) for f in form for text in f.errors]


def _myself() -> User:
    return db.session.get_one(User, current_user.id)
