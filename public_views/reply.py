"""/svar/<token>: the citizen reads what was answered, and writes back (manual H17, S20)."""

from __future__ import annotations

from dataclasses import replace

from flask import (
    Response,
    abort,
    flash,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)
from flask_babel import gettext as _
from werkzeug.wrappers import Response as BaseResponse

from domain.file_types import megabytes
from domain.secret_links import IssuedLink
from forms.file_field import file_help
from forms.reply_form import CodeForm, ReplyForm
from models import SecretLink, utcnow
from public_views.reply_entry import code_page, gone_page, is_open
from public_views.sending import (
    HourlyLimit,
    error_items,
    private,
    take_files,
    token_error,
)
from queries.public_case import PublicCase, find_public_file, public_case
from services.attachments import staged
from services.link_seals import show_link
from services.replies import receive_reply, reply_promised_by
from services.secret_links import find_case, link_of
from services.submissions import AlreadyReceived, is_received
from services.unit_of_work import unit_of_work
from web.file_responses import attachment_response, thumbnail_response
from web.language import date_in_words

REPLIES = HourlyLimit("replies", 20)


def reply(token: str) -> BaseResponse:
    """Show the case as its submitter may see it, or take in a message."""
    form = ReplyForm()
    form.prepare()
    with unit_of_work():  # ends the look-up, so that storing files holds no lock
        row = find_case(token)
        if row is None:
            return gone_page()
        may_read, link_id = is_open(row), row.id
        is_sent = request.method == "POST" and is_received(form.key)
    if not may_read:
        return code_page(token, CodeForm(formdata=None))
    if is_sent:
        return _thanks(token, row)
    return _post(token, row, form, link_id) if request.method == "POST" else _page(token, row, form)


def attachment(token: str, public_id: str) -> Response:
    """A file of the citizen's own, or of an answer that was sent."""
    row = _link_or_404(token)
    file = find_public_file(row.case_id, public_id) if is_open(row) else None
    if file is None:
        abort(404)
    return private(attachment_response(file, as_copy=file.source == "staff"))


def thumbnail(token: str, public_id: str) -> Response:
    """The small picture beside such a file."""
    row = _link_or_404(token)
    file = find_public_file(row.case_id, public_id) if is_open(row) else None
    return private((file and thumbnail_response(file)) or abort(404))


def _post(token: str, row: SecretLink, form: ReplyForm, link_id: int) -> BaseResponse:
    refusals = take_files(form.key, form.files.name)
    stale = token_error()
    if not form.validate() or refusals or stale:
        return _page(token, row, form, status=422, refusals=refusals, notice=stale)
    if not REPLIES.has_room(str(link_id)):
        wait = _("Du har skrivit många gånger på kort tid. Vänta en timme och skicka igen.")
        return _page(token, row, form, status=429, notice=wait)
    try:
        with unit_of_work():
            receive_reply(row, form.text.data or "", key=form.key, now=utcnow())
            REPLIES.count(str(link_id))
    except AlreadyReceived:
        pass  # the same message, sent twice: it is there
    return _thanks(token, row)


def _thanks(token: str, row: SecretLink) -> BaseResponse:
    person = row.case.responsible
    promised = date_in_words(reply_promised_by(row.case, utcnow()))
    if person:
        text = _("Tack! Ditt meddelande har kommit fram till %(name)s.", name=person.name)
    else:
        text = _("Tack! Ditt meddelande har kommit fram.")
    answer = _("Vi svarar senast %(day)s.", day=promised)  # not in an f-string: it must be found
    flash(f"{text} {answer}", "success")
    return redirect(url_for("public.reply", token=token), 303)


def _page(
    token: str,
    row: SecretLink,
    form: ReplyForm,
    *,
    status: int = 200,
    refusals: list[str] | None = None,
    notice: str = "",
) -> Response:
    page = render_template(
        "public/reply.html",
        token=token,
        case=_with_own_link(public_case(row.case), link_of(row)),
        form=form,
        megabytes=megabytes,
        files=[(f.public_id, f.filename, megabytes(f.size)) for f in staged(form.key)],
        file_help=file_help,
        refusals=refusals or [],
        errors=error_items(form, form.files.id, refusals or []),
        notice=notice,
    )
    return private(make_response(page, status))


def _with_own_link(case: PublicCase, link: IssuedLink) -> PublicCase:
    """The mails as they arrived: the stored events hide the citizen's link and code from staff."""
    messages = [replace(m, body=show_link(m.body, link)) for m in case.messages]
    return replace(case, messages=tuple(messages))


def _link_or_404(token: str) -> SecretLink:
    row = find_case(token)
    if row is None:
        abort(404)
    return row
