"""What strangers wrote reaches nothing: no server, no file, no memory without end."""

from __future__ import annotations

import io
import socket
import threading
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from domain.errors import RuleBroken
from gateways import pdf
from gateways.pdf_pages import ClosedFetcher
from services.documents.rendering import pdf_at_once, pdf_of, word_of
from tests.support.papers import letter, long_letter, read, text_of

CANARY = "KANARIEFÅGEL"
URL, FILE = "{url}", "{file}"
PAYLOADS = [
    "<img src='{url}'>",
    "<img src='{file}' width='400'>",
    "<img src='//{host}/x.png'>",
    "<img srcset='{url} 2x'>",
    "<picture><source srcset='{url}'><img></picture>",
    '<img src=\'data:image/svg+xml,<svg xmlns="http://www.w3.org/2000/svg">'
    '<image href="{url}"/></svg>\'>',
    "<iframe src='{file}'></iframe>",
    "<iframe srcdoc='<img src={url}>'></iframe>",
    "<object data='{file}' type='text/html'></object>",
    "<object data='{url}'></object>",
    "<embed src='{url}'>",
    "<embed src='{file}'>",
    "<link rel='stylesheet' href='{url}'>",
    "<link rel='stylesheet' href='{file}'>",
    "<link rel='attachment' href='{file}'>",
    "<link rel='attachment' href='{url}'>",
    "<a rel='attachment' href='{file}'>fil</a>",
    "<a href='{file}'>fil</a>",
    "<style>@import '{url}';</style>",
    "<style>@import url({file});</style>",
    "<style>body {{ background: url({url}) }}</style>",
    "<style>@font-face {{ font-family: x; src: url({url}) }} * {{ font-family: x }}</style>",
    "<style>@page {{ background: url({file}) }}</style>",
    "<style>p::before {{ content: url({url}) }}</style><p>text</p>",
    "<p style='background: url({url})'>text</p>",
    "<p style='list-style-image: url({url}); display: list-item'>text</p>",
    "<p style='border-image: url({url}) 1; mask: url({url}); cursor: url({url})'>text</p>",
    "<svg xmlns='http://www.w3.org/2000/svg'><image href='{url}' width='9' height='9'/></svg>",
    "<svg><use href='{file}#x'/></svg>",
    "<svg><style>@import '{url}';</style><script href='{url}'/></svg>",
    "<svg><foreignObject><iframe src='{url}'></iframe></foreignObject></svg>",
    "<script src='{url}'></script><script>fetch('{url}')</script>",
    "<video src='{url}' poster='{url}'></video><audio src='{url}'></audio>",
    "<base href='{url}'><img src='x.png'>",
    "<meta http-equiv='refresh' content='0;url={url}'>",
    "<form action='{url}'><input type='image' src='{url}'><button>x</button></form>",
    "<math><mi xlink:href='{url}'>x</mi></math>",
    "<!DOCTYPE x [<!ENTITY e SYSTEM '{file}'>]><p>&e;</p>",
    "<?xml-stylesheet href='{url}'?><p>text</p>",
    "<!--[if IE]><img src='{url}'><![endif]--><![CDATA[<img src='{url}'>]]>",
    "<img src='gensvar:font/latin-normal'><img src='gensvar:picture'>",
    "<p>\x00\x07\x1b \ufffe \u202e desrever \u2066 \u200b \ufeff</p>",
    "<p>👩‍👩‍👧‍👦 🇸🇪 ﷽ Z͑ͫ̓ͪ̂ͫ̽͏̴̙̤̞͉͚̯̞̠͍A̴̵̜̰͔ͫ͗͢ 中文 العربية ไทย</p>",
    "<b><i></b></i><li><td></table></div></div></body></html><p>efter</p>",
    "<p>" + "a" * 5000 + "</p>",
]


@pytest.fixture
def listener() -> Iterator[tuple[str, list[str]]]:
    """The address of a server on this machine, and who came."""
    visits: list[str] = []
    with socket.create_server(("127.0.0.1", 0)) as server:

        def count() -> None:
            while True:
                try:
                    connection, _address = server.accept()
                except OSError:
                    return
                visits.append("came")
                connection.close()

        threading.Thread(target=count, daemon=True).start()
        yield f"127.0.0.1:{server.getsockname()[1]}", visits
        server.shutdown(socket.SHUT_RDWR)


CANARIES = {
    "html": f"<p>{CANARY}</p>",
    "css": f"body::after {{ content: '{CANARY}' }}",
    "svg": f"<svg xmlns='http://www.w3.org/2000/svg' width='400' height='50'>"
    f"<text x='9' y='30'>{CANARY}</text></svg>",
}
"""Files that would be seen in the document, as a page, a style sheet or a picture."""


def filled(host: str, folder: Path) -> list[str]:
    """The payloads with the addresses of this test; those about files once for each canary."""
    found = []
    for kind, text in CANARIES.items():
        (folder / f"canary.{kind}").write_text(text, encoding="utf-8")
        file = (folder / f"canary.{kind}").as_uri()
        words = {"url": f"http://{host}/x", "file": file, "host": host}
        for payload in PAYLOADS:
            if kind == "html" or "{file}" in payload:
                found.append(payload.format(**words) if "{" in payload else payload)
    return found


def test_there_are_forty():
    assert len(PAYLOADS) >= 40


@pytest.mark.parametrize("is_ours", [False, True], ids=["cleaned", "as if it were ours"])
def test_no_payload_reaches_a_server_or_a_file(
    app: Flask, listener: tuple[str, list[str]], tmp_path: Path, is_ours: bool
):
    """The second way around: without the cleaning, the child alone must hold."""
    host, visits = listener
    letters = [
        letter(title=f"Brev {number}", body=body + "<p>slut</p>", is_ours=is_ours)
        for number, body in enumerate(filled(host, tmp_path))
    ]
    raw = pdf_at_once(letters, patience=200)
    text = text_of(raw)
    for number in range(len(letters)):
        assert f"Brev {number}" in text
    assert CANARY not in text
    assert not read(raw).attachments
    for paper in letters:
        with zipfile.ZipFile(io.BytesIO(word_of(paper))) as parts:
            assert not any(CANARY.encode() in parts.read(name) for name in parts.namelist())
            assert not any(name.startswith("word/media") for name in parts.namelist())
    assert visits == []


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1:9/x", "https://exempel.se/", "ftp://127.0.0.1/", "file:///etc/passwd",
        "data:text/css,x", "gensvar:font/../../../config.py", "gensvar:logo", "", "x.png",
    ],
)  # fmt: skip
def test_the_fetcher_hands_out_nothing_but_what_came_with_the_job(url: str):
    fetcher = ClosedFetcher({"gensvar:picture": (b"bild", "image/png")})
    assert fetcher.fetch("gensvar:picture").read() == b"bild"
    with pytest.raises(ValueError, match="not ours"):
        fetcher.fetch(url)


def test_the_listener_would_have_noticed(listener: tuple[str, list[str]]):
    host, visits = listener
    socket.create_connection((host.split(":")[0], int(host.split(":")[1]))).close()
    for _wait in range(100):
        if visits:
            break
        threading.Event().wait(0.02)
    assert visits == ["came"]


@pytest.mark.parametrize("make", [pdf_of, word_of])
def test_a_megabyte_is_refused_before_any_process_is_started(app: Flask, make):
    pdf.workshop.close()
    with pytest.raises(RuleBroken, match="för lång"):
        make(letter(body="<div>" + "<b>x</b>" * 130_000))
    with pytest.raises(RuleBroken, match="för lång"):
        make(letter(title="x" * 30_000))
    assert pdf.workshop.pid is None


@pytest.mark.parametrize("make", [pdf_of, word_of])
@pytest.mark.parametrize("tag", ["blockquote", "ul", "b"])
def test_deep_nesting_is_refused(app: Flask, make, tag: str):
    with pytest.raises(RuleBroken, match="nivåer"):
        make(letter(body=f"<{tag}>" * 3000 + "x" + f"</{tag}>" * 3000))


def test_as_much_as_is_allowed_is_printed(app: Flask):
    words = "ord " * 49_000
    assert len(words) < 200_000
    assert text_of(pdf_of(letter(body=f"<div>{words}</div>"), patience=60)).count("ord") == 49_000


def test_many_pages_do_not_cost_the_last_word(app: Flask):
    assert text_of(pdf_of(long_letter(20), patience=60)).count("Synpunkten har lämnats") == 960
