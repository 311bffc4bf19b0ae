"""The ways to the reply page: /svar with number and code, and the code asked of sensitive cases."""

from __future__ import annotations

from flask import Response, make_response, redirect, render_template, request, session, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as BaseResponse

from forms.reply_form import CodeForm, NumberAndCodeForm
from models import SecretLink
from public_views.sending import HourlyLimit, error_items, private
from queries.public_case import asks_for_code
from services.secret_links import code_fits, find_by_code, find_case, link_of
from services.unit_of_work import unit_of_work

TRIES = HourlyLimit("codes", 20)
REMEMBERED = 20
OPENED = "opened_links"
LONGEST_WRITTEN = 20_000


def reply_entry() -> BaseResponse:
    """Number and code. A wrong number and a wrong code get the very same answer."""
    form = NumberAndCodeForm()
    notice, status = "", 200
    if form.is_submitted():
        if not _count_try():
            notice, status = _too_many(), 429
        elif form.validate():
            row = find_by_code(form.case_number, form.code.data or "")
            if row is not None:
                remember_opened(row)
                return redirect(url_for("public.reply", token=link_of(row).token), 303)
            notice, status = _no_match(), 422
        else:
            status = 422
    page = render_template(
        "public/reply_entry.html", form=form, notice=notice, errors=error_items(form, "", [])
    )
    return private(make_response(page, status))


def code(token: str) -> BaseResponse:
    """The code of a sensitive case, whose link alone does not open it."""
    row = find_case(token)
    if row is None:
        return gone_page()
    form = CodeForm()
    if not _count_try():
        return code_page(token, form, _too_many(), 429)
    if not form.validate():
        return code_page(token, form, "", 422)
    if not code_fits(row, form.code.data or ""):
        return code_page(token, form, _no_match(), 422)
    remember_opened(row)
    return redirect(url_for("public.reply", token=token), 303)


def code_page(token: str, form: CodeForm, notice: str = "", status: int = 200) -> Response:
    """The page that asks for the code. It tells nothing of the case, not even its number."""
    page = render_template(
        "public/reply_code.html",
        form=form,
        token=token,
        notice=notice,
        errors=error_items(form, "", []),
    )
    return private(make_response(page, status))


def gone_page() -> Response:
    """For a link that opens nothing: never did, or does no more. What was typed is not lost."""
    written = request.form.get("text", "")[:LONGEST_WRITTEN]
    return private(make_response(render_template("public/reply_gone.html", written=written), 404))


def is_open(row: SecretLink) -> bool:
    """Whether this browser may read the case behind the link now."""
    return not asks_for_code(row.case) or row.id in session.get(OPENED, [])


def remember_opened(row: SecretLink) -> None:
    """This browser has shown the code: it may read the case until it is closed."""
    session[OPENED] = [*session.get(OPENED, []), row.id][-REMEMBERED:]


def _count_try() -> bool:
    """Counted before the code is looked at, right or wrong: guesses at once do not slip by."""
    with unit_of_work():
        return TRIES.count()


def _no_match() -> str:
    return _(
        "Numret och koden hör inte ihop. Kontrollera båda. De står på kvittensen. Hittar du den "
        "inte kan du ringa oss."
    )


def _too_many() -> str:
    return _("Det har varit många försök. Vänta en timme och försök igen, eller ring oss.")
