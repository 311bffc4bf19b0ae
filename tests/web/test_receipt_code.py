"""The QR code of the receipt leads to the reply page, without an address of its own."""

from __future__ import annotations

import re
from urllib.parse import unquote

import pytest
import segno

from extensions import current_settings
from tests.support.client import Client
from tests.web.public_site import parsed, sent

pytestmark = pytest.mark.usefixtures("town")


def rows_of(svg: str) -> dict[int, set[int]]:
    """The dark modules of the picture, row by row: "M4 4.5h7m1 0h1 … m-20 1h3"."""
    found: dict[int, set[int]] = {}
    x = y = 0
    for command, first, second in re.findall(r"([Mmh])(-?[\d.]+)(?: (-?[\d.]+))?", svg):
        if command == "M":
            x, y = int(float(first)), int(float(second))
        elif command == "m":
            x, y = x + int(float(first)), y + int(float(second))
        else:
            found.setdefault(y, set()).update(range(x, x + int(first)))
            x += int(first)
    return found


def test_the_code_holds_the_address_of_the_reply_page(client: Client):
    page = parsed(client.get(sent(client, "hjo").location))
    base = current_settings().base_url
    (link,) = [a for a in page.all("a", class_="breakable")]
    address = link.attributes["href"]
    assert address.startswith(f"{base}/svar/")
    picture = page.one("img", class_="qr-code").attributes
    assert picture["alt"] == "QR-kod med länken till din svarssida"
    svg = unquote(picture["src"].partition(",")[2])
    drawn = rows_of(svg[svg.rindex(" d=") + 4 :])
    wanted = segno.make(address, error="m", micro=False).matrix
    modules = {y + 4: {x + 4 for x, dark in enumerate(row) if dark} for y, row in enumerate(wanted)}
    assert drawn == modules


def test_the_code_asks_the_server_for_nothing(client: Client):
    page = parsed(client.get(sent(client, "hjo").location))
    assert page.one("img", class_="qr-code").attributes["src"].startswith("data:image/svg+xml")
