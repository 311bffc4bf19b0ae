"""A forgotten password, and the page of the one-time link. Looking at a link changes nothing."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from admin_views.base import telling_refusals
from forms.sign_in_forms import ForgottenForm, NewPasswordForm
from services import password_links
from services.unit_of_work import unit_of_work
from web.session import forget_session, own_address

Page = tuple[str, int]


def forgotten() -> str | Page:
    """Ask for a link. The answer is the same whether there is such an account or not (T26)."""
    form = ForgottenForm()
    if not form.validate_on_submit():
        return _forgotten_page(form, 422 if form.errors else 200)
    with unit_of_work():
        may_ask = password_links.may_ask(own_address())
    if not may_ask:
        form.account.errors = [_("För många försök. Vänta en timme, eller ring administratören.")]
        return _forgotten_page(form, 429)
    with unit_of_work():
        password_links.ask_for_link(form.account.data)
    return _forgotten_page(form, 200, is_sent=True)


def choose(token: str) -> Response | Page:
    """Choose a password with a one-time link."""
    user = password_links.person_behind(token)
    if user is None:
        return render_template("admin/login_link_gone.html"), 404
    form = NewPasswordForm()
    if form.validate_on_submit():
        done = None
        with telling_refusals(form), unit_of_work():
            done = password_links.choose_password(token, form.password.data)
        if done is not None:
            forget_session()
            flash(_("Lösenordet är valt. Logga in med det."), "success")
            return redirect(url_for("auth.login"))
    problems = [(f.id, f.label.text, text) for f in form for text in f.errors]
    page = render_template("admin/login_password.html", form=form, problems=problems, user=user)
    return page, 422 if problems else 200


def _forgotten_page(form: ForgottenForm, status: int, *, is_sent: bool = False) -> Page:
    problems = [(f.id, f.label.text, text) for f in form for text in f.errors]
    page = render_template(
        "admin/login_forgotten.html", form=form, problems=problems, is_sent=is_sent
    )
    return page, status
