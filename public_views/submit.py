"""/synpunkt/<slug>: the form of a citizen, from the first look to the receipt."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

from flask import Response, abort, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as BaseResponse

from domain.file_types import megabytes
from domain.layout import CaseTypeLayout, FormField, FormLayout
from domain.own_texts import form_in_language
from domain.spam import CALM_PER_HOUR, MOST_PER_HOUR
from forms.file_field import file_help
from forms.public_form import PREFIX, PublicForm, build_public_form
from models import utcnow
from public_views.embedding import is_embedded
from public_views.sending import HourlyLimit, error_items, take_files, token_error
from public_views.texts import form_texts
from queries.configuration import Configuration, configuration
from services.attachments import staged
from services.submissions import AlreadyReceived, is_received, receive
from services.unit_of_work import unit_of_work
from web.language import chosen_language

FILES = f"{PREFIX}files"
CALM = HourlyLimit("calm", CALM_PER_HOUR)
MOST = HourlyLimit("submissions", MOST_PER_HOUR)


@dataclass(frozen=True)
class Section:
    """Questions under one heading; the first ones stand without."""

    title: str
    help: str
    fields: tuple[FormField, ...]


def submit(slug: str) -> BaseResponse | tuple[str, int]:
    """Show the form, or take it in. Whatever is wrong, the text comes back."""
    with unit_of_work():  # ends the look-up, so that storing files holds no lock
        config = configuration()
    found = config.form(slug)
    layout = form_in_language(found, chosen_language()) if found else None
    case_type = config.case_type(layout.case_type_id) if layout else None
    if layout is None or case_type is None:
        abort(404)
    if request.method == "POST":
        return _post(config, layout, case_type)
    form = build_public_form(layout, case_type, config.units)
    title = form.question("title")
    if title is not None and "brist" in request.args:
        title.data = _("Brist i tillgänglighet")
    return make_response(_page(layout, form))


def _post(
    config: Configuration, layout: FormLayout, case_type: CaseTypeLayout
) -> BaseResponse | tuple[str, int]:
    form = build_public_form(layout, case_type, config.units)
    with unit_of_work():
        seen = is_received(form.key)
    if seen:
        return _receipt(form)
    refusals = take_files(form.key, FILES)
    stale = "" if is_embedded() else token_error()
    if not form.validate() or refusals or stale:
        return _page(layout, form, refusals=refusals, notice=stale), 422
    if form.looks_like_a_machine(is_calm=CALM.has_room()):
        form.ask_question()
        return _page(layout, form, is_asking=True), 422
    if not MOST.has_room():
        return _page(layout, form, notice=_too_many()), 429
    try:
        with unit_of_work():
            receive(
                layout,
                form.values(),
                key=form.key,
                now=utcnow(),
                language=chosen_language(),
                is_protected=bool(form.is_protected.data),
            )
            CALM.count()
            MOST.count()
    except AlreadyReceived:
        pass  # another request with the same form was first: its receipt is the receipt
    return _receipt(form)


def _receipt(form: PublicForm) -> Response:
    endpoint = "public.embedded_receipt" if is_embedded() else "public.receipt"
    return redirect(url_for(endpoint, key=form.key), 303)  # type: ignore[return-value]


def _too_many() -> str:
    return _(
        "Just nu kommer det väldigt många synpunkter från din uppkoppling. Allt du har skrivit "
        "finns kvar här. Vänta en stund och skicka igen, eller ring oss."
    )


def _page(
    layout: FormLayout,
    form: PublicForm,
    *,
    refusals: list[str] | None = None,
    notice: str = "",
    is_asking: bool = False,
) -> str:
    errors = error_items(form, FILES, refusals or [])
    return render_template(
        "public/submit.html",
        layout=layout,
        title=str(layout.name),  # a title has no element that could tell its language
        form=form,
        prefix=PREFIX,
        sections=_sections(layout),
        texts=form_texts(layout),
        phone=configuration().municipality["phone"],
        files=[(f.public_id, f.filename, megabytes(f.size)) for f in staged(form.key)],
        file_help=file_help,
        refusals=refusals or [],
        errors=errors,
        notice=notice,
        is_asking=is_asking,
    )


def _sections(layout: FormLayout) -> list[Section]:
    """A field that names a section begins it; those after it belong to it."""
    number = 0
    numbered = []
    for field in layout.fields:
        number += bool(field.section)
        numbered.append((number, field))
    found = []
    for _number, group in groupby(numbered, key=lambda pair: pair[0]):
        fields = tuple(field for _n, field in group)
        found.append(Section(fields[0].section, fields[0].section_help, fields))
    return found
