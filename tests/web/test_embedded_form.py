"""System → Kommunen, Länk och QR-kod and /inbaddad/: a form inside a page of another web site."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from extensions import db
from models import Municipality, PublicForm
from tests.support.config import fill_in
from tests.web.public_site import TEXT, answers, cases, opened, parsed, post

pytestmark = pytest.mark.usefixtures("town")
PAGE = "/admin/municipality/edit/?id=1"
SITE = "https://www.hjo.se"


def allow(client, text: str = SITE):
    client.login("admin")
    answer = fill_in(client, PAGE, embed_origins=text)
    client.get("/")
    return answer


def ancestors(answer) -> str:
    policy = answer.headers["Content-Security-Policy"]
    return next(p.strip() for p in policy.split(";") if p.strip().startswith("frame-ancestors"))


def sent_embedded(client, **more):
    return post(client, "/inbaddad/hjo", {**answers("hjo", **more), **opened(client)})


def test_nobody_may_frame_a_form_until_a_site_is_named(client):
    answer = client.get("/inbaddad/hjo")
    assert ancestors(answer) == "frame-ancestors 'none'"
    assert answer.headers["X-Frame-Options"] == "DENY"


def test_exactly_the_named_sites_may_frame_the_embedded_form(client):
    allow(client, f"{SITE}/\n\n HTTPS://intra.HJO.se:8443 \n{SITE}")
    kept = db.session.get_one(Municipality, 1).embed_origins
    assert kept == "https://www.hjo.se\nhttps://intra.hjo.se:8443"
    answer = client.get("/inbaddad/hjo")
    assert ancestors(answer) == f"frame-ancestors {SITE} https://intra.hjo.se:8443"
    assert "X-Frame-Options" not in answer.headers


@pytest.mark.parametrize(
    "path", ["/", "/synpunkt/hjo", "/synpunkt/hjo?inbaddad=1", "/svar", "/login", "/admin/", "/x"]
)
def test_every_other_page_still_refuses_frames(client, path):
    allow(client)
    answer = client.get(path)
    assert ancestors(answer) == "frame-ancestors 'none'"
    assert answer.headers["X-Frame-Options"] == "DENY"


def test_the_embedded_form_is_sent_without_any_cookie(client):
    allow(client)
    stranger = FlaskClient(client.application, client.application.response_class, use_cookies=False)
    shown = stranger.get("/inbaddad/hjo")
    assert "Set-Cookie" not in shown.headers
    assert not parsed(shown).all("input", name="csrf_token")
    hidden = opened(client)
    answer = post(stranger, "/inbaddad/hjo", {**answers("hjo"), **hidden, "csrf_token": ""})
    assert answer.status_code == 303
    (case,) = cases()
    assert answer.location == f"/inbaddad/kvittens/{hidden['form_key']}"
    receipt = stranger.get(answer.location)
    assert str(case.id) in receipt.text
    assert TEXT.split("\n", maxsplit=1)[0] in receipt.text
    assert ancestors(receipt) == f"frame-ancestors {SITE}"
    assert receipt.headers["Cache-Control"] == "no-store"


def test_the_ordinary_form_still_asks_for_its_token(client):
    allow(client)
    data = {**answers("hjo"), **opened(client)}
    assert client.post("/synpunkt/hjo", data=data, csrf=False).status_code == 422
    assert cases() == []


def test_sent_twice_in_the_frame_and_outside_is_one_case(client):
    allow(client)
    data = {**answers("hjo"), **opened(client)}
    assert post(client, "/inbaddad/hjo", data).status_code == 303
    assert post(client, "/inbaddad/hjo", data).status_code == 303
    assert post(client, "/synpunkt/hjo", data).status_code == 303
    assert len(cases()) == 1


def test_a_machine_is_asked_in_the_frame_too(client):
    allow(client)
    answer = post(client, "/inbaddad/hjo", {**answers("hjo"), "website": "http://spam"})
    assert answer.status_code == 422
    assert "Skriv ordet" in answer.text
    assert cases() == []


def test_errors_in_the_frame_can_be_read_there(client):
    allow(client)
    answer = sent_embedded(client, text="")
    assert answer.status_code == 422
    assert ancestors(answer) == f"frame-ancestors {SITE}"
    missing = client.get("/inbaddad/finns-inte")
    assert missing.status_code == 404
    assert ancestors(missing) == f"frame-ancestors {SITE}"


def test_links_of_the_frame_that_lead_away_open_a_new_tab(client):
    allow(client)
    links = parsed(client.get("/inbaddad/hjo")).all("a")
    away = [a for a in links if not a.attributes["href"].startswith(("#", "/inbaddad/"))]
    assert away
    assert {a.attributes.get("target") for a in away} == {"_blank"}
    plain = parsed(client.get("/synpunkt/hjo")).all("a")
    assert {a.attributes.get("target") for a in plain} == {None}


@pytest.mark.parametrize(
    "text",
    [
        "http://www.hjo.se",
        "https://*.hjo.se",
        "*",
        "https://www.hjo.se/synpunkter",
        "https://www.hjo.se; script-src *",
        "https://a.se https://b.se",
        "'self'",
        "https://www.hjo.se:99999",
        "https://www.hjö.se",
        "www.hjo.se",
    ],
)
def test_what_is_no_site_is_refused_and_stays_in_the_form(client, text):
    answer = allow(client, f"{SITE}\n{text}")
    assert answer.status_code == 422
    assert "går inte att använda. Skriv https:// och webbplatsens namn" in answer.text
    boxes = parsed(answer).all("textarea", name="embed_origins")
    assert text in boxes[0].text
    db.session.expire_all()
    assert db.session.get_one(Municipality, 1).embed_origins == ""


def test_more_sites_than_a_header_carries_are_refused(client):
    answer = allow(client, "\n".join(f"https://s{n}.hjo.se" for n in range(21)))
    assert "Skriv högst 20 webbplatser." in answer.text


def test_the_administrator_copies_the_code_where_the_link_is(client):
    form = db.session.scalars(db.select(PublicForm).filter_by(slug="hjo")).one()
    share = f"/admin/public-forms/share?id={form.id}"
    client.login("admin")
    assert "Ingen webbplats får bädda in formulär än." in client.get(share).text
    allow(client)
    box = parsed(client.get(share)).one("textarea", id="frame-code")
    assert box.text.startswith('<iframe src="http')
    assert "/inbaddad/hjo" in box.text
    assert f'title="{form.name}"' in box.text
