"""Min sida: what one's mails say of oneself, which mails one gets, the password (manual H15)."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, request, url_for
from flask_admin import BaseView, expose
from flask_babel import gettext as _
from flask_login import current_user
from markupsafe import Markup

from admin_views.base import GuardedView, telling_refusals
from domain.mails import MUTABLE_NOTICES
from domain.permissions import Permission, Role
from domain.richtext import is_blank_html, text_to_html, trusted_html
from extensions import db
from forms.config.notice_words import ALWAYS
from forms.profile_form import PasswordForm, ProfileForm
from models import User
from queries.configuration import configuration
from services.actors import case_types_for
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
        form = _profile_form(user, sent)
        if sent is not None and form.validate() and sent.get("_do") != "preview":
            with telling_refusals(form), unit_of_work():
                change_profile(user, form.values(), actor=current_actor())
                flash(_("Dina uppgifter är sparade."), "success")
            if not form.errors:
                return redirect(url_for(".index"))
        return self._show(form, PasswordForm(), is_unsaved=sent is not None)

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
        return self._show(_profile_form(user), form)

    def _show(
        self, profile: ProfileForm, password: PasswordForm, *, is_unsaved: bool = False
    ) -> Any:
        errors = [
            (f.id, f.label.text, e) for form in (profile, password) for f in form for e in f.errors
        ]
        page = self.render(
            "admin/my_page.html",
            profile=profile,
            password=password,
            error_items=errors,
            is_unsaved=is_unsaved,
            always=ALWAYS.values(),
            sender=_sender_line(profile.sender_name.data or ""),
            signature=_signature(profile),
        )
        return page, 422 if errors else 200


def own_page_url() -> str:
    """For the menu behind the own name."""
    return url_for("my_page.index")


def _myself() -> User:
    return db.session.get_one(User, current_user.id)


def _profile_form(user: User, sent: Any = None) -> ProfileForm:
    tells_of_new = current_actor().roles & {Role.REGISTRAR, Role.OVERARCHING}
    offered = [name for name in MUTABLE_NOTICES if name != "new_case" or tells_of_new]
    return ProfileForm(sent, obj=user, offered=offered)


def _sender_line(own_name: str) -> str:
    """ "Lisa Olausson, Hjo kommun (synpunkten@hjo.se)": the sender of one's mails to citizens."""
    config = configuration()
    types = case_types_for(current_actor(), Permission.CASE_VIEW, config) or config.case_types
    if not types:
        return own_name
    return f"{own_name or types[0].sender_name} ({types[0].sender_email})"


def _signature(profile: ProfileForm) -> Markup:
    """What mails end with: the signature, else name and title."""
    own = profile.signature.data or ""
    if not is_blank_html(own):
        return trusted_html(own)
    lines = [line for line in (profile.name.data, profile.title.data) if line]
    return trusted_html(text_to_html("\n".join(lines)))
