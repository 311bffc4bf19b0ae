"""Fixtures of the browser: one Chromium per test process, a fresh context per test."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.support.browser import DESKTOP, LAUNCH, PHONE, watched_page

if TYPE_CHECKING:
    from tests.support.site import Site

expect.set_options(timeout=15_000)  # milliseconds: a busy machine is not a fault


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's Chromium, with Swedish widgets (needs chromium-l10n and LANGUAGE)."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(env={**os.environ, "LANGUAGE": "sv"}, **LAUNCH)
        yield browser
        browser.close()


@pytest.fixture
def page(browser: Browser, server: Site) -> Iterator[Page]:
    with watched_page(browser, server.url, DESKTOP) as page:
        yield page


@pytest.fixture
def phone(browser: Browser, server: Site) -> Iterator[Page]:
    options = {"has_touch": True, "is_mobile": True, "device_scale_factor": 2}
    with watched_page(browser, server.url, PHONE, **options) as page:
        yield page


@pytest.fixture
def page_without_scripts(browser: Browser, server: Site) -> Iterator[Page]:
    with watched_page(browser, server.url, DESKTOP, java_script_enabled=False) as page:
        yield page


@pytest.fixture
def open_browser(browser: Browser, server: Site) -> Iterator[Callable[[], Page]]:
    """Another person's browser: each call gives a page with its own cookies."""
    with ExitStack() as stack:
        yield lambda: stack.enter_context(watched_page(browser, server.url, DESKTOP))
