"""Rapport för min enhet (manual H29): the page, and the same as PDF and Word."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from flask import abort, flash, redirect, url_for
from flask_admin import expose
from flask_babel import gettext as _

from admin_views.statistics.asking import Asked, selection
from domain.errors import DomainError
from domain.file_names import display_name
from domain.permissions import Actor, Permission, Role, can
from models import utcnow
from queries.configuration import configuration
from services.documents.rendering import get_ready, word_of
from services.exports.unit_report import NOT_FOR_PUBLIC, UnitReport, unit_document, unit_report
from web.access import note_access
from web.downloads import document_response, word_response
from web.rendering import sentence
from web.session import current_actor


def offers_unit_report() -> bool:
    """Whether the person leads or answers for something: then Att göra has the button."""
    actor = current_actor()
    leads = bool(actor.roles & {Role.RESPONSIBLE, Role.OVERARCHING})
    return leads and can(actor, Permission.STATISTICS_VIEW)


class OwnUnitPages:
    """The addresses of the report, below those of Statistik."""

    @expose("/min-enhet")
    def own_unit(self) -> Any:
        asked = self._own_asked()
        get_ready()
        return self._page(  # type: ignore[attr-defined]
            "admin/statistics/own_unit.html",
            asked,
            whole=_answered(asked, current_actor()),
            closed=_of_closed(asked),
            note=NOT_FOR_PUBLIC,
        )

    @expose("/min-enhet/<kind>")
    def own_unit_file(self, kind: str) -> Any:
        """The report as PDF or Word. Asked for again by the page that waits for it."""
        if kind not in ("pdf", "word"):
            abort(404)
        asked, actor = self._own_asked(), current_actor()
        if asked.errors:
            return redirect(url_for(".own_unit", **asked.args()))
        made = unit_document(_answered(asked, actor), list(selection(asked)), actor, _this_minute())
        name = _("Rapport för min enhet")
        try:
            response = (
                word_response(word_of(made), display_name(f"{name}.docx"))
                if kind == "word"
                else document_response([made], display_name(f"{name}.pdf"), inline=False)
            )
        except DomainError as error:
            flash(sentence(error), "danger")
            return redirect(url_for(".own_unit", **asked.args()))
        if response.status_code == 200:
            note_access("report", None, name)
        return response

    def _own_asked(self) -> Asked:
        """Small numbers are shown: the report is for those who work with the cases."""
        asked: Asked = self._asked()  # type: ignore[attr-defined]
        asked.question = replace(asked.question, hides_small=False)
        asked.typed["sma-tal"] = "visa"
        return asked


def _answered(asked: Asked, actor: Actor) -> UnitReport:
    layout = configuration().case_type(asked.question.case_type_id) or abort(404)
    return unit_report(asked.question, layout, actor)


def _of_closed(asked: Asked) -> Asked:
    """The question of what was done: the cases behind its numbers are those closed."""
    return replace(asked, typed={**asked.typed, "dag": "avslutat"})


def _this_minute() -> datetime:
    """When it was made: a document that the worker makes keeps its key for a while."""
    return utcnow().replace(second=0, microsecond=0)
