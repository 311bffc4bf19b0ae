"""Min sida: what one's mails say of oneself, and the own password (manual H15)."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, request, url_for
from flask_admin import BaseView, expose
from flask_babel import gettext as _
from flask_login import current_user

from admin_views.base import GuardedView, telling_refusals
from domain.permissions import Permission
from extensions import db
from forms.profile_form import PasswordForm, ProfileForm
from models import User
from services.profile import change_password, change_profile, count_try
from services.unit_of_work import unit_of_work
from web.session import current_actor, is_strong_session, start_session


class MyPageView(GuardedView, BaseView):
    """Everybody's own page, behind the own name at the top right."""

    read_permission = Permission.PROFILE_EDIT

    def is_visible(self) -> bool:
        return False

    @expose("/", methods=("GET", "POST"))
    def index(self) -> Any:
        user = _myself()
        sent = request.form if request.method == "POST" else None
        form = ProfileForm(sent, obj=user)
        if sent is not None and form.validate():
            with telling_refusals(form), unit_of_work():
                change_profile(user, form.data, actor=current_actor())
                flash(_("Dina uppgifter är sparade."), "success")
            if not form.errors:
                return redirect(url_for(".index"))
        return self._show(form, PasswordForm())

    @expose("/password", methods=("POST",))
    def password(self) -> Any:
        user = _myself()
        form, is_strong = PasswordForm(request.form), is_strong_session()
        with unit_of_work():
            count_try(user)
        if form.validate():
            with telling_refusals(form), unit_of_work():
                change_password(
                    user, form.present_password.data, form.new_password.data, actor=current_actor()
                )
                flash(_("Lösenordet är bytt. Du är utloggad på andra enheter."), "success")
            if not form.errors:
                start_session(user, is_strong=is_strong)
                return redirect(url_for(".index"))
        return self._show(ProfileForm(obj=user), form)

    def _show(self, profile: ProfileForm, password: PasswordForm) -> Any:
        errors = [
            (f.id, f.label.text, e) for form in (profile, password) for f in form for e in f.errors
        ]
        page = self.render(
            "admin/my_page.html", profile=profile, password=password, error_items=errors
        )
        return page, 422 if errors else 200


def own_page_url() -> str:
    """For the menu behind the own name."""
    return url_for("my_page.index")


def _myself() -> User:
    return db.session.get_one(User, current_user.id)
