"""The password: signing in, signing out, and what happens to a form whose session ended."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from sqlalchemy import select
from werkzeug.exceptions import Unauthorized
from werkzeug.wrappers import Response

from admin_views.auth import carrying, steps
from extensions import current_settings, db
from forms.login_form import LoginForm
from models import User
from services import accounts
from services.demo.people import USERNAMES
from services.passwords import verify_password
from services.sign_in_rules import rules
from services.unit_of_work import unit_of_work
from web.session import (
    forget_session,
    half_signed_in,
    own_address,
    session_token,
    start_session,
)

Page = tuple[str, int]


def login() -> Response | str | Page:
    """The login page. Who is signed in already goes on to where the address leads."""
    place = carrying.target()
    if current_user.is_authenticated:
        return redirect(place)
    if request.method == "GET" and half_signed_in():
        return steps.next_step(place)
    form = LoginForm(next=place)
    if not form.validate_on_submit():
        return _page(form, 422 if form.errors else 200)
    attempt = _begin(form)
    if attempt.wait:
        sentence = _("För många försök. Vänta %(seconds)s sekunder och försök igen.")
        return _page(form, 429, sentence % {"seconds": attempt.wait})
    user = _finish(form, attempt)
    if user is None:
        return _page(form, 422, _refusal())
    start_session(user)
    return steps.next_step(place) if half_signed_in() else carrying.go_on(place)


def ask_again(_error: Unauthorized) -> Page:
    """Whoever sends a form after the session ended signs in on the spot; the text is carried along.

    Only forms with a valid token come here: what is carried was typed in that person's browser.
    """
    if request.blueprint == "auth":
        place, kept = carrying.target(), carrying.carried()
    else:
        place, kept = request.full_path.rstrip("?"), carrying.taken_up()
    if half_signed_in():
        return steps.show_step(place, kept, 401)
    form = LoginForm(formdata=None, next=place)
    sentence = _("Du har varit borta en stund och är utloggad. Logga in igen för att fortsätta.")
    return _page(form, 401, sentence, kept)


def logout() -> Response:
    """Sign out, from the menu under the own name. Other devices stay signed in."""
    half = half_signed_in()
    if current_user.is_authenticated or half:
        user = half[0] if half else current_user._get_current_object()
        with unit_of_work():
            accounts.sign_out(user, session_token())
    forget_session()
    flash(_("Du är utloggad."), "success")
    return redirect(url_for("auth.login"))


def _page(
    form: LoginForm, status: int, problem: str = "", kept: carrying.Fields | None = None
) -> Page:
    """The login page with what is wrong; the user name stays, the password never does."""
    problems = [(f.id, f.label.text, text) for f in form for text in f.errors]
    if problem:
        problems.append((form.username.id, "", problem))
    page = render_template(
        "admin/login.html",
        form=form,
        problems=problems,
        kept=carrying.carried() if kept is None else kept,
        demo=_demo_accounts(),
    )
    return page, status


def _refusal() -> str:
    """One answer for unknown, wrong, inactive and refused: it says what to do in each case."""
    sentence = _("Användarnamnet eller lösenordet stämmer inte. Kontrollera båda.")
    if rules():
        sentence += " " + _(
            "En del konton går bara att använda i kommunens nät, eller med tvåstegsinloggning som "
            "ställs in där. Försök därifrån, eller fråga din administratör."
        )
    return sentence


def _demo_accounts() -> list[tuple[str, str]]:
    """(user name, title) of the demo's accounts, while it is one. A production never is (T30)."""
    if current_settings().is_production:
        return []
    query = select(User.username, User.title).where(User.username.in_(USERNAMES), User.is_active)
    titles = {row.username: row.title for row in db.session.execute(query)}
    return [(name, titles[name]) for name in USERNAMES if name in titles]


def _begin(form: LoginForm) -> accounts.Attempt:
    with unit_of_work():
        return accounts.begin_sign_in(form.username.data, own_address())


def _finish(form: LoginForm, attempt: accounts.Attempt) -> User | None:
    """Compare the password outside any transaction, then record what came of it."""
    password = form.password.data
    matches = verify_password(attempt.stored, password)
    with unit_of_work():
        return accounts.finish_sign_in(attempt, matches=matches, password=password)
