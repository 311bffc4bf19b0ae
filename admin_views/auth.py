"""Signing in and out. The link in a mail leads through here to its case (manual H02, H04, S10)."""

from __future__ import annotations

from collections.abc import Sequence

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from sqlalchemy import select
from werkzeug.exceptions import Unauthorized
from werkzeug.wrappers import Response

from extensions import current_settings, db
from forms.login_form import LoginForm
from models import User
from services import accounts
from services.demo.people import USERNAMES
from services.passwords import verify_password
from services.unit_of_work import unit_of_work
from web.session import end_session, safe_next, start_session

blueprint = Blueprint("auth", __name__)

KEPT = "kept-"
"""Begins the names of the fields that the login page carries for an interrupted form."""
NEVER_KEPT = {KEPT + name for name in ("csrf_token", "password")}


@blueprint.route("/login", methods=("GET", "POST"))
def login() -> Response | str | tuple[str, int]:
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
    if kept := _kept_fields():
        return render_template("admin/resume.html", target=target, kept=kept)
    return redirect(target)


def ask_again(_error: Unauthorized) -> tuple[str, int]:
    """Whoever sends a form after the session ended signs in on the spot; the text is carried along.

    Only forms with a valid token come here: what is carried was typed in that person's browser.
    """
    fields = [(KEPT + name, value) for name, value in request.form.items(multi=True)]
    kept = [(name, value) for name, value in fields if name not in NEVER_KEPT]
    form = LoginForm(formdata=None, next=request.full_path.rstrip("?"))
    sentence = _("Du har varit borta en stund och är utloggad. Logga in igen för att fortsätta.")
    return _page(form, 401, sentence, kept)


def _kept_fields() -> list[tuple[str, str]]:
    """The fields of a form that was interrupted, by their own names."""
    sent = request.form.items(multi=True)
    return [(name.removeprefix(KEPT), value) for name, value in sent if name.startswith(KEPT)]


def _page(
    form: LoginForm, status: int, problem: str = "", kept: Sequence[tuple[str, str]] = ()
) -> tuple[str, int]:
    """The login page with what is wrong; the user name stays, the password never does."""
    kept = kept or [(KEPT + name, value) for name, value in _kept_fields()]
    problems = [(f.id, f.label.text, text) for f in form for text in f.errors]
    if problem:
        problems.append((form.username.id, "", problem))
    page = render_template(
        "admin/login.html", form=form, problems=problems, kept=kept, demo=_demo_accounts()
    )
    return page, status


def _demo_accounts() -> list[tuple[str, str]]:
    """(user name, title) of the demo's accounts, while it is one. A production never is (T30)."""
    if current_settings().is_production:
        return []
    query = select(User.username, User.title).where(User.username.in_(USERNAMES), User.is_active)
    titles = {row.username: row.title for row in db.session.execute(query)}
    return [(name, titles[name]) for name in USERNAMES if name in titles]


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
