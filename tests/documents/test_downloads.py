"""How documents leave: shown by the browser's own viewer, or saved, and never kept."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import unquote

import pytest
from flask import Flask, Response
from playwright.sync_api import Browser, Page, Route, expect

from cli.document_work import make_next_document
from domain.errors import RuleBroken
from extensions import db
from models import RenderJob
from services.documents import rendering
from services.documents.rendering import pdf_of
from tests.support.cases import SODERTALJE, new_case, unit_id
from tests.support.client import settle
from tests.support.papers import letter, text_of
from tests.support.site import Site
from tests.support.walk import looks_right, sign_in
from web.downloads import (
    being_made_response,
    document_response,
    pdf_response,
    word_response,
)


def made() -> bytes:
    raw = pdf_of(letter())
    assert raw is not None
    return raw


def test_a_shown_pdf_and_a_saved_one(app: Flask):
    with app.test_request_context("/x"):
        shown = pdf_response(b"%PDF", "Svar åäö.pdf", inline=True)
        saved = pdf_response(b"%PDF", "Svar åäö.pdf", inline=False)
    assert shown.headers["Content-Disposition"].startswith("inline")
    assert saved.headers["Content-Disposition"].startswith("attachment")
    for response in (shown, saved):
        assert response.mimetype == "application/pdf"
        assert "Svar åäö.pdf" in unquote(response.headers["Content-Disposition"])
        assert_kept_to_itself(response)


def test_a_word_file_is_saved(app: Flask):
    with app.test_request_context("/x"):
        response = word_response(b"PK", "Svar.docx")
    assert response.headers["Content-Disposition"] == "attachment; filename=Svar.docx"
    assert "sandbox" in response.headers["Content-Security-Policy"]
    assert_kept_to_itself(response)


def assert_kept_to_itself(response: Response) -> None:
    headers = response.headers
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Cache-Control"] == "no-store"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert headers["Content-Security-Policy"].startswith("default-src 'none'")
    assert "script" not in headers["Content-Security-Policy"]


def test_the_page_of_patience_asks_again_for_the_same_address(app: Flask):
    with app.test_request_context("/admin/brev?id=3&view=1"):
        response = being_made_response()
    assert response.status_code == 202
    assert response.headers["Refresh"] == "2"
    assert "Dokumentet skapas" in response.get_data(as_text=True)
    assert 'href="/admin/brev?id=3&amp;view=1"' in response.get_data(as_text=True)


def test_a_document_that_takes_long_is_ordered_and_then_shown(app: Flask, monkeypatch):
    monkeypatch.setattr(rendering, "PATIENCE_SECONDS", 0.001)
    with app.test_request_context("/x"):
        first = document_response([letter()], "Svar.pdf", inline=True)
        again = document_response([letter()], "Svar.pdf", inline=True)
    assert (first.status_code, again.status_code) == (202, 202)
    db.session.rollback()
    assert db.session.query(RenderJob).count() == 1
    app.test_cli_runner().invoke(args=["worker", "--once"])
    with app.test_request_context("/x"):
        last = document_response([letter()], "Svar.pdf", inline=True)
    assert last.status_code == 200
    last.direct_passthrough = False
    assert "Berit Ek" in text_of(last.get_data())


def test_a_refused_document_is_a_sentence_and_no_row(app: Flask):
    with app.test_request_context("/x"), pytest.raises(RuleBroken):
        document_response([letter(body="x" * 300_000)], "x.pdf", inline=True)
    assert db.session.query(RenderJob).count() == 0


@pytest.fixture
def shown_at(app: Flask) -> Iterator[str]:
    """The address of a server that sends a letter exactly as pdf_response() does."""
    with app.test_request_context("/x"):
        response = app.process_response(pdf_response(made(), "Svar.pdf", inline=True))
        response.direct_passthrough = False
        raw, headers = response.get_data(), response.headers.to_wsgi_list()

    class Answer(BaseHTTPRequestHandler):
        def do_GET(self) -> None:  # noqa: N802
            self.send_response(200)
            for name, value in headers:
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(raw)

        def log_message(self, *_: object) -> None: ...

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answer)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}/brev.pdf"
    server.shutdown()
    server.server_close()


@pytest.mark.browser
def test_the_browsers_own_viewer_shows_the_letter(shown_at: str, browser: Browser):
    """Its page is not ours to read; that it painted our white paper can be seen."""
    page = browser.new_page(viewport={"width": 900, "height": 1000})
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.goto(shown_at)
    page.wait_for_timeout(2500)
    frames = [frame.url for frame in page.frames]
    page.close()
    assert complaints == []
    assert any(url.startswith("chrome-extension://") for url in frames), frames


@pytest.mark.browser
@pytest.mark.parametrize("window", ["page", "phone"])
def test_the_page_of_patience_gives_way_to_the_document_by_itself(
    request: pytest.FixtureRequest, server: Site, app: Flask, town: object, monkeypatch, window: str
):
    monkeypatch.setattr(rendering, "PATIENCE_SECONDS", 0.001)
    page: Page = request.getfixturevalue(window)
    case = new_case(SODERTALJE, unit=unit_id("Vård- och omsorgsboende norr"))
    address = f"/arende/{case.id}"
    settle()
    page.goto(address)
    sign_in(page, "chef.omsorg")
    page.get_by_role("link", name="Skriv ut").click()
    page.context.route("**/document/**", without_refresh)
    with page.context.expect_page() as opened:
        page.get_by_role("button", name="Visa").click()
    patience = opened.value
    expect(patience.get_by_role("heading", level=1)).to_have_text("Dokumentet skapas …")
    looks_right(patience)
    page.context.unroute("**/document/**", without_refresh)
    patience.get_by_role("link", name="Försök igen").click()
    expect(patience.get_by_role("heading", level=1)).to_have_text("Dokumentet skapas …")
    assert make_next_document()
    settle()
    with patience.expect_response(
        lambda answer: answer.headers.get("content-type") == "application/pdf"
    ) as shown:
        pass
    assert shown.value.status == 200


def without_refresh(route: Route) -> None:
    """The same answer, standing still while it is looked at."""
    answer = route.fetch()
    kept = {name: value for name, value in answer.headers.items() if name != "refresh"}
    assert kept != answer.headers
    route.fulfill(response=answer, headers=kept)
