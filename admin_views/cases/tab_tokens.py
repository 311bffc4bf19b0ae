"""Which tab of which browser: the token that a work lock belongs to.

With scripts every tab makes a token of its own (static/js/worklock.js), and a cookie of the
script's says which tab had a case last. Without them the browser's
session remembers one per case, so that the page after Spara is still the one that holds the lock.
"""

from __future__ import annotations

import re
import secrets

from flask import request, session

FIELD = "_tab_token"
_TOKEN = re.compile(r"[A-Za-z0-9_-]{16,64}")
_KEPT = "tabs"
MOST = 20


def sent_tab() -> str:
    """The token that the browser sent, or a new one that nobody holds a lock with."""
    sent = request.form.get(FIELD, "")
    return sent if _TOKEN.fullmatch(sent) else secrets.token_urlsafe(24)


def tab_of(case_id: int) -> str:
    """The token to draw into the page of a case.

    `flik=` in the address carries the token that has just overtaken the lock; `flik=ny` asks for
    a new one.
    """
    if _TOKEN.fullmatch(request.args.get("flik", "")):
        return request.args["flik"]
    number, _dot, token = request.cookies.get("gensvar_tab", "").partition(".")
    if number == str(case_id) and _TOKEN.fullmatch(token) and request.args.get("flik") != "ny":
        return token
    kept = session.get(_KEPT, {}).get(str(case_id))
    if kept and request.args.get("flik") != "ny":
        return str(kept)
    return secrets.token_urlsafe(24)


def remember_tab(case_id: int, tab: str) -> None:
    """Keep the token with the session, for pages without scripts."""
    others = {k: v for k, v in session.get(_KEPT, {}).items() if k != str(case_id)}
    session[_KEPT] = {**dict(list(others.items())[-MOST + 1 :]), str(case_id): tab}


def forget_tab(case_id: int) -> None:
    """After Stäng the next page of the case is a new one."""
    session[_KEPT] = {k: v for k, v in session.get(_KEPT, {}).items() if k != str(case_id)}
