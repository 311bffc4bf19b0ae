"""Citizens with a stubborn browser: they send their form until they have seen the receipt."""

from __future__ import annotations

import re
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from dataclasses import dataclass, field
from http.client import HTTPException
from http.cookiejar import CookieJar

from domain.spam import sign

HIDDEN = re.compile(r'<input[^>]*name="(csrf_token|form_key|shown_at)"[^>]*value="([^"]+)"')


@dataclass
class Citizen:
    """One person with one thing to say. `receipt` is the page that acknowledged it."""

    number: int
    secret_key: str
    data: dict[str, str] = field(default_factory=dict)
    receipt: str = ""
    tries: int = 0

    def __post_init__(self) -> None:
        jar = urllib.request.HTTPCookieProcessor(CookieJar())
        self._browser = urllib.request.build_opener(jar)
        # A network of its own: the limit per network is not what is tested here.
        self._browser.addheaders = [("X-Forwarded-For", f"198.51.100.{self.number + 1}")]

    @property
    def key(self) -> str:
        return self.data["form_key"]

    @property
    def text(self) -> str:
        return f"Gungan nummer {self.number} är trasig."

    def open_form(self, url: str) -> None:
        """Read the form and fill it in, as if a minute had gone by."""
        page = self._read(f"{url}/synpunkt/hjo")
        minute_ago = str(int(time.time()) - 60)
        self.data = {
            **dict(HIDDEN.findall(page)),
            "shown_at": sign(self.secret_key, "shown", minute_ago),
            "f_types": _value(page, "Förslag"),
            "f_contact_way": _value(page, "E-post"),
            "f_text": self.text,
            "f_submitter_email": f"medborgare.{self.number}@example.org",
        }

    def send(self, url: str) -> None:
        """Send the form once. A receipt is noted; a broken connection says nothing."""
        self.tries += 1
        body = urllib.parse.urlencode(self.data).encode()
        try:
            page = self._read(f"{url}/synpunkt/hjo", body)
        except urllib.error.HTTPError as refusal:
            raise AssertionError(f"{refusal.code}: {refusal.read().decode()}") from refusal
        except (OSError, HTTPException):
            return
        assert "Tack!" in page, page
        self.receipt = page

    def send_until_received(self, url: str, given_up: threading.Event) -> None:
        while not self.receipt and not given_up.is_set():
            self.send(url)
            if not self.receipt:
                time.sleep(0.05)

    def _read(self, url: str, body: bytes | None = None) -> str:
        with self._browser.open(url, body, timeout=30) as response:
            return str(response.read().decode())


def _value(page: str, label: str) -> str:
    """The value of the tick or radio button with this label."""
    found = re.search(rf'value="(\d+)"><label[^>]*>{label}<', page)
    assert found, label
    return found[1]
