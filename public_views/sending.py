"""What all forms of citizens share: the token, the files, the address, the list of errors."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Response, request
from flask_babel import gettext as _
from flask_wtf import FlaskForm
from flask_wtf.csrf import CSRFError
from werkzeug.datastructures import FileStorage

from domain.errors import DomainError, RuleBroken
from extensions import csrf
from services.attachments import KeptFile, keep_file, remove_staged, stage_kept
from services.rate_limits import allowed, has_room, network_of
from services.unit_of_work import unit_of_work

HOUR = 3600

ErrorItem = tuple[str, str, str]
"""(id of the field, its label, what to do), as the error summary takes it."""


def sender_network() -> str:
    """Whom a rate limit counts. Used for that only, and never stored as it is (G32)."""
    return network_of(request.remote_addr)


@dataclass(frozen=True)
class HourlyLimit:
    """At most `most` of something an hour, from one network (or by another `subject`)."""

    name: str
    most: int

    def has_room(self, subject: str = "") -> bool:
        """Whether one more is within the limit. Counts nothing."""
        return has_room(self.name, subject or sender_network(), self.most, HOUR)

    def count(self, subject: str = "") -> bool:
        """Count one, in the caller's transaction; False when that is one too many."""
        return allowed(self.name, subject or sender_network(), self.most, HOUR)


FORMS_WITH_FILES = HourlyLimit("files", 60)


def token_error() -> str:
    """A sentence when the form's CSRF token is not right, else ""."""
    try:
        csrf.protect()
    except CSRFError:
        return _(
            "Sidan har varit öppen länge, eller så tillåter webbläsaren inte kakor. Allt du har "
            "skrivit finns kvar. Skicka en gång till."
        )
    return ""


def take_files(form_key: str, name: str) -> list[str]:
    """Keep the files of this request for the form and drop those ticked; returns the refusals.

    Bytes go to disk before the database is asked for anything: other writers need not wait.
    """
    chosen = [file for file in request.files.getlist(name) if file.filename]
    if chosen and not _count_files():
        return [_("Det har kommit många filer från din uppkoppling. Vänta en timme.")]
    refusals: list[str] = []
    kept = [found for file in chosen if (found := _keep(file, refusals))]
    with unit_of_work():
        remove_staged(form_key, request.form.getlist("remove_file"))
        for file in kept:
            _stage(form_key, file, refusals)
    return refusals


def _count_files() -> bool:
    with unit_of_work():
        return FORMS_WITH_FILES.count()


def _keep(file: FileStorage, refusals: list[str]) -> KeptFile | None:
    try:
        return keep_file(file.filename or "", file.stream)
    except RuleBroken as refusal:
        refusals.append(translated(refusal))
        return None


def _stage(form_key: str, file: KeptFile, refusals: list[str]) -> None:
    try:
        stage_kept(form_key, file)
    except RuleBroken as refusal:
        refusals.append(translated(refusal))


def translated(error: DomainError) -> str:
    """The sentence of a domain error in the reader's language."""
    return _(error.sentence, **error.values)


def error_items(form: FlaskForm, files_id: str, refusals: list[str]) -> list[ErrorItem]:
    """Every error of a form in the order of its fields, each with the field to jump to."""
    items: list[ErrorItem] = []
    for field in form:
        label = str(field.label.text)
        items += [(field.id, label, str(text)) for text in field.errors]
        if field.id == files_id:
            items += [(field.id, label, text) for text in refusals]
    return items


def private(response: Response) -> Response:
    """For pages that a secret address opens: not kept, not indexed, not told to other sites."""
    response.headers["Cache-Control"] = "no-store"
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response
