"""Carrying a form that was interrupted through the login, whatever steps the login has."""

from __future__ import annotations

from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from web.session import safe_next

KEPT = "kept-"
"""Begins the names of the fields that the pages of the login carry for an interrupted form."""

NEVER_KEPT = {
    KEPT + name
    for name in (
        "csrf_token", "code", "password", "present", "repeated",
        "present_password", "new_password", "repeated_password",
    )
}  # fmt: skip

Fields = list[tuple[str, str]]


def target() -> str:
    """Where the person was going: a path on this site."""
    return safe_next(request.values.get("next")) or url_for("admin.index")


def carried() -> Fields:
    """The fields of an interrupted form, as the pages of the login carry them."""
    return [item for item in request.form.items(multi=True) if item[0].startswith(KEPT)]


def taken_up() -> Fields:
    """The fields of the form that was interrupted just now. Passwords are never among them."""
    fields = [(KEPT + name, value) for name, value in request.form.items(multi=True)]
    return [(name, value) for name, value in fields if name not in NEVER_KEPT]


def own_names(fields: Fields) -> Fields:
    """Carried fields by the names that their own form gave them."""
    return [(name.removeprefix(KEPT), value) for name, value in fields]


def go_on(place: str) -> Response | str:
    """The end of the login: to `place`, or first to what was typed before it."""
    if kept := own_names(carried()):
        return render_template("admin/resume.html", target=place, kept=kept)
    return redirect(place)
