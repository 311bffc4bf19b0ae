"""/inbaddad/…: a form and its receipt inside a page of the municipality's web site (0016).

The same views as /synpunkt/ and /kvittens/, under addresses of their own: only these may be framed,
and only by the origins that the municipality has named. All other pages refuse every frame.

No cookie is needed. A browser sends SameSite cookies to no frame of another site, so there is no
session whose token could be checked. None is needed either: that token keeps a foreign page from
using the authority of somebody who is signed in, and this form uses nobody's. Whoever sends it
could have opened it. The submission key and the spam guard work as everywhere.
"""

from __future__ import annotations

from flask import request
from markupsafe import Markup

from domain.origins import origins_in
from queries.configuration import configuration
from services.unit_of_work import unit_of_work
from web.headers import allow_framing

ENDPOINTS = ("public.embedded", "public.embedded_receipt")


def is_embedded() -> bool:
    """Whether this request is for a page inside a frame."""
    return request.endpoint in ENDPOINTS


def new_tab() -> Markup:
    """The attribute of a link that would lead the frame away: those pages refuse frames."""
    return Markup(' target="_blank"') if is_embedded() else Markup()


def links_in_new_tabs(html: str) -> str:
    """Clean HTML of a form's text with its links made so, when the form is embedded."""
    return html.replace("<a href=", f"<a{new_tab()} href=") if is_embedded() else html


def open_frame() -> None:
    """Before each request: name who may frame it. Error pages of it are framed, too."""
    if is_embedded():
        with unit_of_work():  # ends the look-up, so that storing files holds no lock
            origins = configuration().municipality["embed_origins"]
        allow_framing(origins_in(origins))
