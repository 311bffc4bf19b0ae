"""Another web site: a page on a port of its own that shows a form of ours in a frame."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@contextmanager
def other_site(frame: str) -> Iterator[str]:
    """Serve a page that holds the HTML `frame`; gives the origin of that site.

    By its name it is another site to the browser (not only another port): cookies stay away.
    """
    page = (
        "<!doctype html><html lang='sv'><head><meta charset='utf-8'><title>Kommunen</title>"
        "<link rel='icon' href='data:,'></head>"
        f"<body><main><h1>Kommunens webbplats</h1>{frame}</main></body></html>"
    ).encode()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(page)))
            self.end_headers()
            self.wfile.write(page)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002
            """Access lines would bury what pytest has to say."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://localhost:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()
