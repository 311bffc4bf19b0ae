"""Ny länk och kod till svarssidan: the old ones die, and the new ones are shown once."""

from __future__ import annotations

import secrets
from typing import Any

from flask import Response, abort, flash, make_response, redirect, request, url_for
from flask_admin import BaseView, expose
from flask_babel import gettext as _
from werkzeug.wrappers import Response as BaseResponse

from admin_views.base import GuardedView, telling_refusals
from admin_views.cases.commands import case_or_404
from domain.addresses import usable_address
from domain.permissions import Permission, can
from domain.secret_links import IssuedLink
from extensions import current_settings
from models import Case
from services.notices import send_new_link
from services.secret_links import reissue_link
from services.unit_of_work import unit_of_work
from web.session import current_actor


class CaseLinkView(GuardedView, BaseView):
    """Two steps: what it means, then the new secrets. No menu entry."""

    read_permission = Permission.CASE_VIEW

    def is_visible(self) -> bool:
        return False

    @expose("/")
    def index(self) -> Any:
        abort(404)

    @expose("/<int:case_id>", methods=("GET", "POST"))
    def reissue(self, case_id: int) -> Any:
        """GET explains and changes nothing; POST issues."""
        case = _case(case_id)
        if request.method == "GET":
            return self.render("admin/case/reissue.html", case=case, key=_new_key())
        link = None
        with telling_refusals(), unit_of_work():
            link = reissue_link(case, key=_sent_key(), actor=current_actor())
        if link is None:
            flash(
                _("Länken och koden är redan utfärdade och visas bara en gång. Gör om vid behov."),
                "warning",
            )
            return _back(case)
        return self._issued(case, link)

    @expose("/<int:case_id>/mail", methods=("POST",))
    def mail(self, case_id: int) -> Any:
        """Skicka länken med e-post, to the address that the submitter left."""
        case = _case(case_id)
        with telling_refusals():
            with unit_of_work():
                event = send_new_link(case, key=_sent_key(), actor=current_actor())
            flash(
                _("Mejlet med den nya länken skickas nu.")
                if event
                else _("Mejlet var redan skickat."),
                "success",
            )
        return _back(case)

    def _issued(self, case: Case, link: IssuedLink) -> Response:
        """Straight from the POST, kept by nobody: a reload shows nothing more."""
        base_url = current_settings().base_url
        page = self.render(
            "admin/case/reissued.html",
            case=case,
            link=link,
            address=base_url + link.path,
            entry=base_url + url_for("public.reply_entry"),
            email=usable_address(case.submitter.email),
            key=_new_key(),
        )
        response = make_response(page)
        response.headers["Cache-Control"] = "no-store"
        response.headers["Referrer-Policy"] = "no-referrer"
        return response


def _case(case_id: int) -> Case:
    case = case_or_404(case_id)
    if not can(current_actor(), Permission.CASE_REISSUE_LINK, case):
        abort(403)
    return case


def _new_key() -> str:
    return secrets.token_urlsafe(24)


def _sent_key() -> str:
    """The form's random key; without one every POST would count as new."""
    return request.form.get("key", "")[:200] or abort(400)


def _back(case: Case) -> BaseResponse:
    return redirect(url_for("case.edit_view", id=case.id))
