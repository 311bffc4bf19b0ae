"""Files on the reply page: own ones and those of sent answers, nothing else (T31, T33, T39)."""

from __future__ import annotations

import pytest

from extensions import db
from models import Attachment, utcnow
from tests.support.cases import new_case
from tests.support.client import Client
from tests.web.public_site import parsed, upload
from tests.web.reply_site import add, attach, reply_path, write

pytestmark = pytest.mark.usefixtures("app", "town")


def test_own_files_and_those_of_answers_can_be_fetched_and_no_others(client: Client):
    case = new_case()
    path = reply_path(case)
    answer = add(case, "sent_email", "answer", "Se bilagan.")
    note = add(case, "note", "note", "Internt", "registered")
    own = attach(case, "min bild på ön.pdf", "submitter")
    sent = attach(case, "svar.pdf", "staff", answer)
    inside = [attach(case, "internt.pdf", "staff"), attach(case, "n.pdf", "staff", note)]
    foreign = attach(new_case(), "annans.pdf", "submitter")

    for public_id in (own, sent):
        response = client.get(f"{path}/fil/{public_id}")
        assert response.status_code == 200
        assert response.headers["Content-Disposition"].startswith("attachment;")
        assert response.headers["X-Content-Type-Options"] == "nosniff"
        assert "sandbox" in response.headers["Content-Security-Policy"]
        assert response.headers["Cache-Control"] == "no-store"
    for public_id in (*inside, foreign, "x" * 43):
        assert client.get(f"{path}/fil/{public_id}").status_code == 404
    name = client.get(f"{path}/fil/{own}").headers["Content-Disposition"]
    assert "filename*=UTF-8''min%20bild%20p%C3%A5%20%C3%B6n.pdf" in name
    assert {own, sent} == {
        link.attributes["href"].rsplit("/", 1)[1]
        for link in parsed(client.get(path)).all("a")
        if "/fil/" in link.attributes["href"]
    }


def test_a_removed_file_is_gone(client: Client):
    case = new_case()
    path = reply_path(case)
    public_id = attach(case, "bild.pdf", "submitter")
    db.session.query(Attachment).one().removed_at = utcnow()
    db.session.commit()

    assert client.get(f"{path}/fil/{public_id}").status_code == 404
    assert "bild.pdf" not in client.get(path).get_data(as_text=True)


def test_a_refused_file_keeps_message_and_other_files(client: Client):
    path = reply_path(new_case())

    response = write(client, path, "Se bilden", files=[upload("x.svg", b"<svg/>"), upload("a.png")])

    page = parsed(response)
    assert response.status_code == 422
    assert page.one("textarea", name="text").text.strip() == "Se bilden"
    assert "Ta bort a.png" in page.one("form").text
    assert "Filen x.svg" in page.one("div", id="error-summary").text
