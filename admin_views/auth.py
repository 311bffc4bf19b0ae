"""Signing in and out. The link in a mail leads through here to its case (manual H02, H04, S10)."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from forms.login_form import LoginForm
from models import User
from services import accounts
from services.passwords import verify_password
from services.unit_of_work import unit_of_work
from web.session import end_session, safe_next, start_session

blueprint = Blueprint("auth", __name__)


@blueprint.route("/login", methods=("GET", "POST"))
def login() -> Response | tuple[str, int]:
    """The login page. Who is signed in already goes on to where the address leads."""
    target = safe_next(request.values.get("next")) or url_for("admin.index")
    if current_user.is_authenticated:
        return redirect(target)
    form = LoginForm(next=target)
    if not form.validate_on_submit():
        return _page(form, 422 if form.errors else 200)
    attempt = _begin(form)
    if attempt is None:
        return _page(form, 429, _("För många försök. Vänta en minut och försök igen."))
    user = _finish(form, attempt)
    if user is None:
        sentence = _("Användarnamnet eller lösenordet stämmer inte. Kontrollera båda.")
        return _page(form, 422, sentence)
    start_session(user)
    return redirect(target)


def _page(form: LoginForm, status: int, problem: str = "") -> tuple[str, int]:
    """The login page with what is wrong; the user name stays, the password never does."""
    problems = [(f.id, f.label.text, text) for f in form for text in f.errors]
    if problem:
        problems.append((form.username.id, "", problem))
    return render_template("admin/login.html", form=form, problems=problems), status


def _begin(form: LoginForm) -> accounts.Attempt | None:
    with unit_of_work():
        return accounts.begin_sign_in(form.username.data, request.remote_addr or "")


def _finish(form: LoginForm, attempt: accounts.Attempt) -> User | None:
    """Compare the password outside any transaction, then record what came of it."""
    password = form.password.data
    matches = verify_password(attempt.stored, password)
    with unit_of_work():
        return accounts.finish_sign_in(attempt, matches=matches, password=password)


@blueprint.post("/logout")
def logout() -> Response:
    """Sign out, from the menu under the own name."""
    if current_user.is_authenticated:
        with unit_of_work():
            accounts.sign_out(current_user._get_current_object())
    end_session()
    flash(_("Du är utloggad."), "success")
    return redirect(url_for("auth.login"))
