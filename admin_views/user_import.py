"""Organisation → Personer → Importera: a file is tried first, then carried out."""

from __future__ import annotations

import base64
import binascii
import zlib
from typing import Any

from flask import flash, redirect, request, url_for
from flask_admin import BaseView, expose
from flask_babel import gettext as _

from admin_views.base import GuardedView, telling_refusals
from domain import text
from domain.permissions import Permission
from forms.config.words import ROLES
from services.unit_of_work import unit_of_work
from services.user_import import COLUMNS, LARGEST, Plan, carry_out, plan_import
from web.session import current_actor

KINDS = {
    "new": (text._("Ny"), "success"),
    "changed": (text._("Ändras"), "info"),
    "same": (text._("Oförändrad"), "neutral"),
    "wrong": (text._("Fel"), "danger"),
}


class UserImportView(GuardedView, BaseView):
    """Nothing is changed before every line's outcome was seen."""

    read_permission = Permission.CONFIG_USERS

    def is_visible(self) -> bool:
        return False

    @expose("/", methods=("GET", "POST"))
    def index(self) -> Any:
        if request.method == "GET":
            return self._show(None, b"")
        content = _content()
        plan = None
        with telling_refusals():
            roles = {key: _(name) for key, name in ROLES.items()}
            with unit_of_work():
                plan = plan_import(content, roles, actor=current_actor())
                wanted = request.form.get("seen") == _summary(plan)
                if "carry_out" in request.form and wanted:
                    number = carry_out(plan, actor=current_actor())
                    flash(_("Importen är klar. Antal konton: %(number)s", number=number), "success")
            if "carry_out" in request.form and wanted:
                return redirect(url_for("users.index_view"))
            if "carry_out" in request.form:
                flash(_("Något har ändrats sedan provet. Läs igenom raderna igen."), "warning")
        return self._show(plan, content)

    def _show(self, plan: Plan | None, content: bytes) -> Any:
        packed = base64.b64encode(zlib.compress(content)).decode() if plan else ""
        page = self.render(
            "admin/user_import.html",
            plan=plan,
            packed=packed,
            seen=_summary(plan) if plan else "",
            kinds=KINDS,
            columns=";".join(COLUMNS),
        )
        return page, 422 if request.method == "POST" and not (plan and plan.is_good) else 200


def _content() -> bytes:
    """The file, or the one that was tried: it comes back with the page, and is read anew."""
    if "carry_out" in request.form:
        try:
            packed = base64.b64decode(request.form.get("packed", ""), validate=True)
            return zlib.decompressobj().decompress(packed, LARGEST + 1)
        except (binascii.Error, ValueError, zlib.error):
            return b""
    file = request.files.get("file")
    if file is None:
        return b""
    with file.stream as stream:
        content: bytes = stream.read(LARGEST + 1)
    return content


def _summary(plan: Plan) -> str:
    """Every line's outcome in a few letters: whether it is still what was seen."""
    return "".join(outcome.kind[0] for outcome in plan.outcomes)
