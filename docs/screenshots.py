"""Takes the screenshots of docs/screenshots: `./dev screenshots`. Look at them with a hard eye."""

from __future__ import annotations

import io
import logging
import os
import tempfile
import threading
from pathlib import Path

from flask_migrate import upgrade
from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright
from werkzeug.serving import make_server

from app import create_app
from config import load_settings
from services.demo import PASSWORD, ensure_demo
from services.unit_of_work import unit_of_work

FOLDER = Path(__file__).parent / "screenshots"
LAUNCH = {
    "executable_path": "/usr/bin/chromium",
    "args": [
        "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
        "--disable-background-networking", "--disable-component-update", "--disable-sync",
    ],
}  # fmt: skip
HEIGHTS = {375: 812, 1280: 900, 1920: 1080}
"""Width of the window → its height, in pixels."""

CASE = "/admin/case/edit/?id=29"
SHOTS: tuple[tuple[str, str, str], ...] = (
    ("home", "", "/"),
    ("form", "", "/synpunkt/omsorgskontoret"),
    ("todo", "handlaggare.hjo", "/admin/"),
    ("case-list", "chef.hjo", "/admin/case/?type=synpunkt-hjo"),
    ("case", "handlaggare.hjo", CASE),
    ("compose", "handlaggare.hjo", "/admin/case/event/29/confirmation-email"),
    ("publishing", "registrator.hjo", "/admin/case/publishing/10"),
    ("statistics", "chef.hjo", "/admin/statistics/svarstider"),
    ("published", "", "/publicerat"),
    ("settings", "admin", "/admin/"),
    ("help", "handlaggare.hjo", "/admin/help/"),
)
"""(file, who, page). Each at every width."""


def main() -> None:
    """Serve a fresh demo in this process and photograph it."""
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    FOLDER.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        environ = {"GENSVAR_DATA_DIR": folder, "GENSVAR_PORT": "5099"}
        app = create_app(load_settings(environ))
        with app.app_context():
            upgrade()
            with unit_of_work():
                ensure_demo()
        server = make_server("127.0.0.1", 5099, app, threaded=True)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        with sync_playwright() as playwright:
            env = {**os.environ, "LANGUAGE": "sv"}
            browser = playwright.chromium.launch(env=env, **LAUNCH)  # type: ignore[arg-type]
            for width in HEIGHTS:
                for name, who, path in SHOTS:
                    _shoot(browser, f"{name}-{width}", who, width, path)
            browser.close()
        server.shutdown()


def _shoot(browser: Browser, name: str, who: str, width: int, path: str) -> None:
    context = browser.new_context(
        viewport={"width": width, "height": HEIGHTS[width]},
        locale="sv-SE",
        timezone_id="Europe/Stockholm",
        base_url="http://127.0.0.1:5099",
    )
    page = context.new_page()
    if who:
        _sign_in(page, who)
    page.goto(path)
    _save(page.screenshot(), FOLDER / f"{name}.png")
    closing = page.get_by_role("button", name="Stäng", exact=True)
    if closing.count():  # gives the work lock back, for the next picture of the case
        closing.first.click()
    context.close()


def _save(png: bytes, path: Path) -> None:
    """With a palette: a third of the bytes, and nobody sees the difference."""
    with Image.open(io.BytesIO(png)) as picture:
        picture.convert("RGB").quantize(200, dither=Image.Dither.NONE).save(path, optimize=True)


def _sign_in(page: Page, who: str) -> None:
    page.goto("/login")
    page.get_by_label("Användarnamn").fill(who)
    page.get_by_label("Lösenord").fill(PASSWORD)
    page.get_by_role("button", name="Logga in").click()
    page.wait_for_url("**/admin/**")


if __name__ == "__main__":
    main()
