"""Security headers on every response (G35), and the nonce that lets our own scripts run."""

from __future__ import annotations

import secrets
from collections.abc import Sequence

from flask import Flask, Response, g, request

from extensions import current_settings

NOBODY = "'none'"


def allow_framing(origins: Sequence[str]) -> None:
    """Let pages of exactly these origins show this response in a frame. None: nobody may."""
    g.frame_ancestors = " ".join(origins)


def csp_nonce() -> str:
    """This response's nonce. The same one for every script and style of one page."""
    if "csp_nonce" not in g:
        g.csp_nonce = secrets.token_urlsafe(16)
    return str(g.csp_nonce)


def register(app: Flask) -> None:
    """Put the headers on every response of `app`, errors and files included."""
    app.after_request(_add_headers)
    app.jinja_env.globals["csp_nonce"] = csp_nonce


def _policy() -> str:
    nonce = csp_nonce()
    return (
        f"default-src 'self'; script-src 'self' 'nonce-{nonce}'; style-src 'self' 'nonce-{nonce}'; "
        "img-src 'self' data:; object-src 'none'; base-uri 'none'; "
        f"frame-ancestors {g.get('frame_ancestors') or NOBODY}; form-action 'self'"
    )


def _add_headers(response: Response) -> Response:
    headers = response.headers
    if response.status_code != 304:  # a kept page goes with the nonce that it was sent with
        headers.setdefault("Content-Security-Policy", _policy())
    headers.setdefault("X-Content-Type-Options", "nosniff")
    if not g.get("frame_ancestors"):  # the old header cannot name sites: it would refuse them all
        headers.setdefault("X-Frame-Options", "DENY")
    headers.setdefault("Referrer-Policy", "same-origin")
    headers.setdefault("Cross-Origin-Opener-Policy", "same-origin")
    headers.setdefault("Permissions-Policy", "camera=(), geolocation=(), microphone=()")
    if current_settings().is_https:
        headers.setdefault("Strict-Transport-Security", "max-age=63072000; includeSubDomains")
    if request.endpoint != "static" and "max-age" not in headers.get("Cache-Control", ""):
        headers["Cache-Control"] = "no-store"
    return response
