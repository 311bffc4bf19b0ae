"""/utseende.css, /logotyp, /manifest.webmanifest: the municipality's own colours, logo and name."""

from __future__ import annotations

import hashlib

from flask import Response, abort, jsonify, make_response, request, send_file, url_for
from flask_babel import gettext as _

from domain.colours import ACCENT, MAIN, WHITE, dark_palette, light_palette
from gateways.files import StoreAway
from queries.configuration import configuration
from services.attachments import file_store
from web.downloads import NOTHING_POLICY
from web.language import chosen_language
from web.rendering import asset

A_YEAR = 365 * 24 * 3600
SHORT = 12
"""Letters that fit under an icon."""

ICONS = (
    ("icon-192", "192x192", "any"),
    ("icon-512", "512x512", "any"),
    ("icon-maskable-512", "512x512", "maskable"),
)
"""(file, size, what for): drawn from favicon.svg by docs/icons.py."""


def style_version() -> str:
    """The version of the colours for the address, "" when the municipality has chosen none."""
    own = configuration().municipality
    chosen = own["main_colour"] + own["accent_colour"]
    return hashlib.sha256(_style_sheet().encode()).hexdigest()[:10] if chosen else ""


def logo_version() -> str:
    """The version of the logo for the address, "" when there is none."""
    return configuration().municipality["public_logo_sha256"][:10]


def style_sheet() -> Response:
    """The design tokens that the chosen colours replace. Never inline: the CSP allows none."""
    response = make_response(_style_sheet())
    response.content_type = "text/css; charset=utf-8"
    return _kept(response, style_version())


def manifest() -> Response:
    """What a phone needs to keep the pages as an app: name, colours, icons."""
    own = configuration().municipality
    service = own["service"] or _("Synpunkter och klagomål")
    icons = [
        {"src": asset(f"img/{name}.png"), "sizes": size, "type": "image/png", "purpose": purpose}
        for name, size, purpose in ICONS
    ]
    response = jsonify(
        id="/",
        name=f"{own['name']} – {service}",
        short_name=service if len(service) <= SHORT else _("Synpunkter"),
        lang=chosen_language(),
        start_url=url_for("public.home"),
        scope="/",
        display="minimal-ui",
        background_color=WHITE,
        theme_color=theme_colour(),
        icons=icons,
    )
    response.content_type = "application/manifest+json"
    return _kept(response, "")


def theme_colour() -> str:
    """The colour of the window around the pages: the municipality's own main colour."""
    return configuration().municipality["main_colour"] or MAIN


def logo() -> Response:
    """The logo at the head of the citizens' pages: a copy that our own program has drawn."""
    own = configuration().municipality
    if not own["public_logo_sha256"]:
        abort(404)
    try:
        file = file_store().open(own["public_logo_sha256"])
    except (FileNotFoundError, StoreAway):
        abort(404)
    response = send_file(file, mimetype=own["public_logo_type"], etag=False)
    response.headers["Content-Security-Policy"] = NOTHING_POLICY
    return _kept(response, logo_version())


def _style_sheet() -> str:
    own = configuration().municipality
    main, accent = own["main_colour"] or MAIN, own["accent_colour"] or own["main_colour"] or ACCENT
    light, dark = _rules(light_palette(main, accent)), _rules(dark_palette(main, accent))
    return f":root{{{light}}}\n@media (prefers-color-scheme:dark){{:root{{{dark}}}}}\n"


def _rules(palette: dict[str, str]) -> str:
    return ";".join(f"--{token}:{colour}" for token, colour in palette.items())


def _kept(response: Response, version: str) -> Response:
    """A year under the address with this very version; anew each time under any other."""
    is_current = bool(version) and request.args.get("v") == version
    response.headers["Cache-Control"] = (
        f"public, max-age={A_YEAR}, immutable" if is_current else "no-cache, max-age=0"
    )
    return response
