"""The steps after the password: a code of the second factor, or setting the factor up."""

from __future__ import annotations

from flask import abort, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from admin_views import factor_pages
from admin_views.auth import carrying
from domain.sign_in import Standing
from forms.sign_in_forms import CodeForm
from models import User
from services import accounts
from services.second_factor import WRONG_CODE
from services.unit_of_work import unit_of_work
from web.session import half_signed_in, start_session

Page = tuple[str, int]
PLACES = {Standing.CODE: "auth.code", Standing.SET_UP: "auth.set_up"}


def next_step(place: str) -> Response | str:
    """Go to the step that is missing; with a form to carry it is shown at once."""
    half = half_signed_in()
    if half is None:
        return redirect(place)
    if kept := carrying.carried():
        return show_step(place, kept, 200)[0]
    return redirect(url_for(PLACES[half[1]], next=place))


def show_step(place: str, kept: carrying.Fields, status: int) -> Page:
    """The page of the step that is missing, whatever the address was."""
    half = half_signed_in()
    if half is None:
        abort(401)
    form = CodeForm(formdata=None, next=place)
    if half[1] is Standing.CODE:
        return _code_page(form, status, kept)
    return _set_up_page(half[0], form, status, kept)


def code() -> Response | str | Page:
    """Ask for a code of the second factor, or a recovery code."""
    user = _expected(Standing.CODE)
    if user is None:
        return _elsewhere()
    form = CodeForm(next=carrying.target())
    if not form.validate_on_submit():
        return _code_page(form, 422 if form.errors else 200)
    wait, is_right = _try_code(user, form.code.data)
    if not is_right:
        form.code.errors = [_wait(wait) if wait else _(WRONG_CODE)]
        return _code_page(form, 429 if wait else 422)
    _let_in(user)
    return carrying.go_on(carrying.target())


def set_up() -> Response | str | Page:
    """Set up the second factor that a role asks for, before anything else."""
    user = _expected(Standing.SET_UP)
    if user is None:
        return _elsewhere()
    form = CodeForm(next=carrying.target())
    if not form.validate_on_submit():
        return _set_up_page(user, form, 422 if form.errors else 200)
    wait = factor_pages.seconds_to_wait(user)
    codes = None if wait else factor_pages.confirm(user, form.code.data)
    if codes is None:
        form.code.errors = [_wait(wait) if wait else _(WRONG_CODE)]
        return _set_up_page(user, form, 429 if wait else 422)
    _let_in(user)
    kept = carrying.own_names(carrying.carried())
    return factor_pages.show_codes(codes, carrying.target(), kept)


def _let_in(user: User) -> None:
    """A new session for who has given all that was asked for."""
    with unit_of_work():
        accounts.note_started(user)
    start_session(user, is_strong=True)


def _try_code(user: User, typed: str) -> tuple[int, bool]:
    """(seconds to wait, whether the code is right). What is refused is counted and recorded."""
    with unit_of_work():
        wait = accounts.seconds_before_code(user)
    if wait:
        return wait, False
    with unit_of_work():
        return 0, accounts.give_code(user, typed)


def _expected(standing: Standing) -> User | None:
    half = half_signed_in()
    return half[0] if half and half[1] is standing else None


def _elsewhere() -> Response | str:
    """Nothing is to be done at this step."""
    place = carrying.target()
    if current_user.is_authenticated:
        return carrying.go_on(place)
    if half_signed_in():
        return next_step(place)
    if request.method == "POST":
        abort(401)
    return redirect(url_for("auth.login", next=place))


def _wait(seconds: int) -> str:
    return _("För många försök. Vänta %(seconds)s sekunder och försök igen.", seconds=seconds)


def _code_page(form: CodeForm, status: int, kept: carrying.Fields | None = None) -> Page:
    return _page("admin/login_code.html", form, status, kept)


def _set_up_page(
    user: User, form: CodeForm, status: int, kept: carrying.Fields | None = None
) -> Page:
    return _page("admin/login_set_up.html", form, status, kept, **factor_pages.picture(user))


def _page(
    template: str, form: CodeForm, status: int, kept: carrying.Fields | None, **more: str
) -> Page:
    problems = [(f.id, f.label.text, text) for f in form for text in f.errors]
    kept = carrying.carried() if kept is None else kept
    return render_template(template, form=form, problems=problems, kept=kept, **more), status
