"""Who is signed in: the session's limits, the actor of this request, and safe ways back."""

from __future__ import annotations

import re

from flask import Flask, abort, g, redirect, request, session, url_for
from flask_login import current_user, login_user
from werkzeug.wrappers import Response

from domain.permissions import Actor
from domain.sign_in import Standing
from extensions import db, login_manager
from gateways.database import writing
from models import User, utcnow
from services.accounts import record_refusal
from services.actors import actor_of
from services.sessions import OpenSession, end_session, find_session, keep_alive, open_session
from services.sign_in_rules import standing_of
from services.unit_of_work import unit_of_work

NOBODY = Actor(None, "", is_active=False)
LOOKING = frozenset({"auth.session_left"})
"""Endpoints that only ask about the session: they do not keep it alive."""

_OWN_PATH = re.compile(r"/(?![/\\])[!-~]*")


def register(app: Flask) -> None:
    """Tell Flask-Login how a session becomes a person. `app` needs nothing else."""
    login_manager.user_loader(_load_user)
    login_manager.login_view = "auth.login"
    login_manager.session_protection = None


def start_session(user: User, *, is_strong: bool = False) -> None:
    """Begin a new session for `user`; nothing of the old one lives on (fixation, T29).

    `is_strong`: the second factor was given. The token of open forms stays good only for the
    person they were opened by: after signing in again in another tab, they can still be sent.
    """
    was_own = session.get("_user_id") == str(user.id)
    form_token = session.get("csrf_token") if was_own else None
    with unit_of_work():
        if old := session.get("token"):
            end_session(old)
        token = open_session(user, address=own_address(), is_strong=is_strong)
    session.clear()
    login_user(user)
    session["token"] = token
    if form_token:
        session["csrf_token"] = form_token
    _forget_in_request("actor", "csrf_token", "standing", "open_session")


def forget_session() -> None:
    """Forget everything in this browser. The caller ends the session itself."""
    session.clear()
    _forget_in_request("actor", "csrf_token", "_login_user", "standing", "open_session")


def _forget_in_request(*names: str) -> None:
    """Drop what this request keeps of the session before: its pages would carry a dead token."""
    for name in names:
        g.pop(name, None)


def own_address() -> str:
    """The address that this request came from; behind a proxy only as GENSVAR_PROXY_HOPS says."""
    return request.remote_addr or ""


def session_token() -> str:
    """The token in this browser, "" without one."""
    return str(session.get("token", ""))


def open_session_of_request() -> OpenSession | None:
    """The living session of this browser, read once; the request counts as a sign of life."""
    if "open_session" not in g:
        token = session_token()
        found = find_session(token) if token else None
        if found and request.endpoint not in LOOKING:
            found = keep_alive(found)
        g.open_session = found
    found_before: OpenSession | None = g.open_session
    return found_before


def is_strong_session() -> bool:
    """Whether the second factor was given in this session."""
    opened = open_session_of_request()
    return opened is not None and opened.is_strong


def half_signed_in() -> tuple[User, Standing] | None:
    """Who gave the right password and must still give a code, or set up the second factor."""
    found = _standing()
    if found is None or found[1] not in (Standing.CODE, Standing.SET_UP):
        return None
    return found


def current_actor() -> Actor:
    """The actor of this request, built anew for each: a right that was taken away is gone."""
    if "actor" not in g:
        g.actor = actor_of(current_user) if current_user.is_authenticated else NOBODY
    actor: Actor = g.actor
    return actor


def ask_for_login() -> Response:
    """Send a reader to the login page and back; refuse anything that would change something."""
    if request.method not in ("GET", "HEAD") or "X-Requested-With" in request.headers:
        abort(401)
    return redirect(url_for("auth.login", next=request.full_path.rstrip("?")))


def safe_next(target: str | None) -> str | None:
    """`target` if it is a path on this site, else None (open redirects, T12)."""
    if not target or len(target) > 2000 or "\\" in target or "//" in target:
        return None
    return target if _OWN_PATH.fullmatch(target) else None


def _load_user(user_id: str) -> User | None:
    """The person of this session, or None when it has ended or something is missing."""
    found = _standing()
    if found is None or found[1] is not Standing.SIGNED_IN or str(found[0].id) != user_id:
        return None
    return found[0]


def _standing() -> tuple[User, Standing] | None:
    """The person of this session and how far the sign-in came, by the rules of this moment."""
    if "standing" not in g:
        g.standing = _read_standing()
    found: tuple[User, Standing] | None = g.standing
    return found


def _read_standing() -> tuple[User, Standing] | None:
    opened = open_session_of_request()
    user = db.session.get(User, opened.user_id) if opened else None
    if opened is None or user is None or not user.is_active or opened.ends_at <= utcnow():
        return None
    standing = standing_of(user, own_address(), is_strong=opened.is_strong)
    if standing is Standing.REFUSED:
        _end_refused(user.id)
        return None
    return user, standing


def _end_refused(user_id: int) -> None:
    """The person may no longer be signed in from here: the session ends, and the log tells.

    In a transaction of its own, before the request's: a page that fails takes nothing of it back.
    """
    db.session.rollback()
    with writing(), unit_of_work():
        end_session(session_token())
        record_refusal(db.session.get(User, user_id), "address")
