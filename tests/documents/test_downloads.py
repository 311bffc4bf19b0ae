"""How documents leave: shown by the browser's own viewer, or saved, and never kept."""

from __future__ import annotations

from urllib.parse import unquote

import pytest
from flask import Flask, Response

from domain.errors import RuleBroken
from extensions import db
from models import RenderJob
from services.documents import rendering
from services.documents.rendering import pdf_of
from tests.support.papers import letter, text_of
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
