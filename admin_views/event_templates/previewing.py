"""Förhandsgranska: the template as the form holds it now, filled in, with nothing saved."""

from __future__ import annotations

from typing import Any

from flask import Response, request
from flask_babel import gettext as _
from flask_login import current_user

from admin_views.base import telling_refusals
from admin_views.config_view import errors_in_place
from domain.errors import RuleBroken
from models import EventTemplate
from services.config_rules import check
from services.documents.rendering import get_ready, pdf_of
from services.template_preview import (
    Preview,
    case_for_preview,
    document_of,
    preview,
    sees_cases,
)
from web.downloads import pdf_response
from web.session import current_actor

PREVIEWS = ("preview", "preview-pdf")
PATIENCE_SECONDS = 5.0
"""A preview is kept nowhere, so no worker can take it over."""


class PreviewOfTemplates:
    """The part of the template pages that previews. The row it fills in is never in a session."""

    form_page: Any

    @property
    def is_preview(self) -> bool:
        """Whether the request asks for a preview, not for saving."""
        return request.method == "POST" and request.form.get("_do") in PREVIEWS

    def show_preview(self, form: Any, model: EventTemplate | None = None) -> Any:
        """The same form with the preview above it, or the PDF of a letter alone."""
        shown = None
        if form.validate_on_submit():
            with telling_refusals(form):
                shown = _preview(form, model)
        if shown is None:
            return self.form_page(form, model), 422
        if request.form["_do"] == "preview-pdf":
            with telling_refusals():
                return _pdf(shown)
        if shown.kind in ("letter", "document"):
            get_ready()  # the next click is the PDF
        return self.form_page(form, model, preview=shown, is_unsaved=True)


def _preview(form: Any, model: EventTemplate | None) -> Preview:
    row = EventTemplate(**form.values(), **({"id": model.id} if model else {}))
    with errors_in_place(form):
        check(row)
    actor, case = current_actor(), None
    if sees_cases(actor):
        try:
            case = case_for_preview(form.preview_case.data or "", row, actor)
        except RuleBroken as error:
            error.field = "preview_case"
            raise
    return preview(row, case, current_user)


def _pdf(shown: Preview) -> Response:
    raw = pdf_of(document_of(shown), patience=PATIENCE_SECONDS)
    if raw is None:
        raise RuleBroken(_("Det tog för lång tid att göra brevet. Försök igen om en stund."))
    return pdf_response(raw, "forhandsgranskning.pdf", inline=True)
