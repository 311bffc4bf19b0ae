"""Every route is in exactly one access list, and refuses whom it must."""

from __future__ import annotations

from flask import Flask

from domain.permissions import SYSTEM, Permission
from extensions import db
from services.people import add_person
from tests.support.client import Client
from tests.support.routes import UNSAFE, requests_of

# Open to everybody. A new public page is named here, after a thought.
PUBLIC = {
    "auth.choose_password",
    "auth.forgotten",
    "auth.login",
    "healthz",
    "public.accessibility",
    "public.attachment",
    "public.embedded",
    "public.embedded_receipt",
    "public.home",
    "public.logo",
    "public.manifest",
    "public.privacy",
    "public.published",
    "public.published_atom",
    "public.published_case",
    "public.published_data",
    "public.published_rss",
    "public.receipt",
    "public.reply",
    "public.reply_code",
    "public.reply_entry",
    "public.style_sheet",
    "public.submit",
    "public.thumbnail",
    "static",
}
# For everybody who is signed in, whatever the roles.
SIGNED_IN = {
    "admin.index",
    "auth.code",
    "auth.logout",
    "auth.renew",
    "auth.session_left",
    "auth.set_up",
    "direct_link",
    "help.index",
    "help.page",
}


def permission_of(app: Flask, endpoint: str) -> Permission | None:
    """What the Flask-Admin view behind `endpoint` asks for."""
    views = {view.endpoint: view for view in app.extensions["admin"][0]._views}
    view = views.get(endpoint.partition(".")[0])
    return getattr(view, "read_permission", None)


def guarded(app: Flask) -> set[str]:
    """Endpoints whose view names a permission."""
    open_ones = PUBLIC | SIGNED_IN
    return {e for e, _, _ in requests_of(app) if e not in open_ones and permission_of(app, e)}


def test_every_route_is_in_one_access_list(app: Flask):
    endpoints = {endpoint for endpoint, _, _ in requests_of(app)}
    assert endpoints - guarded(app) == PUBLIC | SIGNED_IN


def test_a_stranger_is_sent_to_the_login_or_refused(client: Client):
    for endpoint, method, path in requests_of(client.application):
        if endpoint in PUBLIC:
            continue
        answer = client.open(path, method=method)
        if method in UNSAFE and endpoint != "auth.logout":
            assert answer.status_code == 401, (method, path)
        else:
            assert answer.status_code == 302, (method, path)
            assert answer.location.startswith("/login"), (method, path)


def test_who_has_no_role_is_refused(client: Client, town: object):
    values = {"username": "utan.roll", "name": "Utan Roll"}
    add_person(values, [], actor=SYSTEM)
    db.session.commit()
    client.login("utan.roll")
    for endpoint, method, path in requests_of(client.application):
        if endpoint in guarded(client.application):
            assert client.open(path, method=method).status_code in (403, 404), (method, path)
