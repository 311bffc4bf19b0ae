"""/arende/<number>: the direct link of every mail to staff, through login to the case (H02)."""

from __future__ import annotations

from flask import Flask, redirect, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from web.session import ask_for_login


def register(app: Flask) -> None:
    """Add the route. It says nothing about whether the case exists: the case page does."""
    app.add_url_rule("/arende/<int:number>", "direct_link", direct_link)


def direct_link(number: int) -> Response:
    """To the case, or to the login page and then here again."""
    if not current_user.is_authenticated:
        return ask_for_login()
    return redirect(url_for("case.edit_view", id=number))
