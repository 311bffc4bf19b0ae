"""Pages that are watched: every complaint of the browser fails the test."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, ConsoleMessage, Page, Request, Response

DESKTOP = {"width": 1280, "height": 900}
PHONE = {"width": 375, "height": 740}
LAUNCH: dict[str, Any] = {
    "executable_path": "/usr/bin/chromium-headless-shell",
    "args": [
        "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
        "--disable-background-networking", "--disable-component-update", "--disable-sync",
        "--disable-dev-shm-usage",
        "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
    ],
}  # fmt: skip
TIMEOUT_MS = 15_000


@dataclass
class Watch:
    """What the browser complained about: console errors, CSP, page errors, foreign requests."""

    origin: str
    complaints: list[str] = field(default_factory=list)
    _refused_pages: set[str] = field(default_factory=set)

    def follow(self, page: Page) -> None:
        page.on("console", self._console)
        page.on("pageerror", lambda error: self.complaints.append(f"page error: {error}"))
        page.on("request", self._request)
        page.on("response", self._response)
        page.on("requestfailed", self._failed)

    def _request(self, request: Request) -> None:
        """Nothing is asked of anybody else. The browser finds no other host (LAUNCH): handling
        each request here instead would be slow, and would turn off the browser's cache."""
        if not self._is_own(request.url):
            self.complaints.append(f"foreign request: {request.url}")

    def _console(self, message: ConsoleMessage) -> None:
        if message.type not in ("error", "warning"):
            return
        place = message.location.get("url", "")
        if message.text.startswith("Failed to load resource") and place in self._refused_pages:
            return  # a page that answers 404, 409 or 422 on purpose
        self.complaints.append(f"console {message.type}: {message.text} ({place})")

    def _response(self, response: Response) -> None:
        if response.status >= 500:
            self.complaints.append(f"{response.status} from {response.url}")
        elif response.status >= 400 and response.request.is_navigation_request():
            self._refused_pages.add(response.url)

    def _failed(self, request: Request) -> None:
        reason = request.failure or ""
        if "ERR_ABORTED" not in reason:  # a page that was left while loading, a download
            self.complaints.append(f"request failed: {request.url} {reason}")

    def _is_own(self, url: str) -> bool:
        parts = urlsplit(url)
        return parts.scheme in ("data", "blob") or url.startswith(self.origin)


@contextmanager
def watched_page(
    browser: Browser, origin: str, viewport: dict[str, int], **options: Any
) -> Iterator[Page]:
    """A page in a browser context of its own. Complaints fail the test when the page is closed."""
    context = browser.new_context(
        base_url=origin,
        viewport=viewport,  # type: ignore[arg-type]
        locale="sv-SE",
        timezone_id="Europe/Stockholm",
        **options,
    )
    context.set_default_timeout(TIMEOUT_MS)
    watch = Watch(origin)
    context.on("page", watch.follow)
    page = context.new_page()
    try:
        yield page
    finally:
        context.close()
    assert not watch.complaints, "The browser complained:\n" + "\n".join(watch.complaints)
