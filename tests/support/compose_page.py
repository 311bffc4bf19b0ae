"""The compose page through the test client: open it, press one of its buttons."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from werkzeug.test import TestResponse

from models import Case
from tests.support.client import Client
from tests.support.compose import ANSWER
from tests.support.forms import form_data

FORM = "compose-form"


def url(case: Case | int, key: str = ANSWER) -> str:
    """Where a template is filled in for a case."""
    return f"/admin/case/event/{case if isinstance(case, int) else case.id}/{key}"


def opened(client: Client, case: Case, key: str = ANSWER) -> dict[str, Any]:
    """What the page's form would send unchanged."""
    page = client.get(url(case, key))
    assert page.status_code == 200, page.location
    return sent_by(page)


def sent_by(page: TestResponse) -> dict[str, Any]:
    """What the form of this page would send unchanged."""
    return dict(form_data(page.text, FORM))


def press(
    client: Client, case: Case, what: str, form: dict[str, Any], key: str = ANSWER, **files: bytes
) -> TestResponse:
    """Press the button `what`, with new files: name → bytes ("_" for the dot)."""
    chosen = [(BytesIO(content), name.replace("_", ".")) for name, content in files.items()]
    return client.post(url(case, key), data={**form, "_do": what, "files": chosen})
