"""Who is signed in: the session's limits, the actor of this request, and safe ways back."""

from __future__ import annotations

import re
import time

from flask import Flask, abort, g, redirect, request, session, url_for
from flask_login import current_user, login_user
from werkzeug.wrappers import Response

from domain.permissions import Actor
from extensions import db, login_manager
from models import User
from services.actors import actor_of

IDLE_SECONDS = 30 * 60
ABSOLUTE_SECONDS = 10 * 60 * 60
_SEEN_STEP = 60  # the cookie is rewritten at most once a minute

NOBODY = Actor(None, "", is_active=False)

_OWN_PATH = re.compile(r"/(?![/\\])[!-~]*")


def register(app: Flask) -> None:
    """Tell Flask-Login how a session becomes a person. `app` needs nothing else."""
    login_manager.user_loader(_load_user)
    login_manager.login_view = "auth.login"
    login_manager.session_protection = None


def start_session(user: User) -> None:
    """Sign `user` in with a new session; nothing of the old one lives on (fixation, T29)."""
    now = int(time.time())
    session.clear()
    login_user(user)
    session.update(stamp=user.session_stamp, started=now, seen=now)
    _forget_in_request("actor", "csrf_token")


def end_session() -> None:
    """Forget everything in this browser. The caller renews the stamp, so that copies die too."""
    session.clear()
    _forget_in_request("actor", "csrf_token", "_login_user")


def _forget_in_request(*names: str) -> None:
    """Drop what this request keeps of the session before: its pages would carry a dead token."""
    for name in names:
        g.pop(name, None)


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
    """The person of this session, or None when it has ended: idle, too old, stamp renewed."""
    now = int(time.time())
    seen = int(session.get("seen", 0))
    if now - seen > IDLE_SECONDS or now - int(session.get("started", 0)) > ABSOLUTE_SECONDS:
        return None
    user = db.session.get(User, int(user_id))
    if user is None or not user.is_active:
        return None
    if session.get("stamp") != user.session_stamp:
        return None
    if now - seen >= _SEEN_STEP:
        session["seen"] = now
    return user
