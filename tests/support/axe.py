"""Accessibility and reflow of the page that is open."""

from __future__ import annotations

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"]
OPTIONS = {
    "runOnly": {"type": "tag", "values": RULES},
    "resultTypes": ["violations"],  # the details of what passed take as long as the finding
}
NARROWEST = 320  # WCAG 1.4.10
_axe = Axe()


def assert_accessible(page: Page) -> None:
    """axe finds nothing: WCAG 2.0-2.2 A and AA, and its best practices."""
    results = _axe.run(page, options=OPTIONS)
    assert results.violations_count == 0, f"{page.url}\n{results.generate_report()}"


def assert_no_overflow(page: Page, width: int = NARROWEST) -> None:
    """Nothing sticks out sideways when the window is `width` pixels wide."""
    before = page.viewport_size
    page.set_viewport_size({"width": width, "height": before["height"] if before else 740})
    wide = page.evaluate(
        """() => {
            const limit = document.documentElement.clientWidth;
            if (document.documentElement.scrollWidth <= limit) return [];
            return [...document.body.querySelectorAll('*')]
                .filter(e => e.getBoundingClientRect().right > limit + 1)
                .slice(0, 5).map(e => e.outerHTML.slice(0, 120));
        }"""
    )
    assert wide == [], f"{page.url} overflows at {width} px: {wide}"
    if before:
        page.set_viewport_size(before)
