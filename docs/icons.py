"""Draws the icons of the installed pages from favicon.svg: python -m docs.icons. Look at them."""

from __future__ import annotations

import re
from pathlib import Path

from playwright.sync_api import sync_playwright

FOLDER = Path(__file__).parent.parent / "static" / "img"
LAUNCH = {"executable_path": "/usr/bin/chromium", "args": ["--no-sandbox", "--disable-gpu"]}
GROUND = "#0b5563"
SAFE = 0.72
"""How much of a maskable icon the drawing takes: phones cut its edge to any shape."""


def main() -> None:
    """Write the three files that the manifest names."""
    svg = (FOLDER / "favicon.svg").read_text(encoding="utf-8")
    full = re.sub(r' rx="\d+"', "", svg)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(**LAUNCH)  # type: ignore[arg-type]
        page = browser.new_page()
        for name, side, drawing, part in (
            ("icon-192", 192, svg, 1.0),
            ("icon-512", 512, svg, 1.0),
            ("icon-maskable-512", 512, full, SAFE),
        ):
            ground = "transparent" if part == 1 else GROUND
            page.set_viewport_size({"width": side, "height": side})
            page.set_content(
                f"<body style='margin:0;display:grid;place-items:center;height:{side}px;"
                f"background:{ground}'><div style='width:{side * part}px'>{drawing}</div>"
            )
            page.screenshot(path=FOLDER / f"{name}.png", omit_background=True)
        browser.close()


if __name__ == "__main__":
    main()
