"""A citizen's browser in a few words: open a form, fill it in, send it, read what comes back."""

from __future__ import annotations

import io
import time
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

from werkzeug.datastructures import FileStorage
from werkzeug.test import TestResponse, encode_multipart

from domain.meanings import Meaning
from domain.spam import sign
from extensions import db
from models import Case
from queries.configuration import configuration
from tests.support.client import Client
from tests.support.site import KEY
from tests.unit.file_zoo import PDF, png

TEXT = "Lampan vid övergångsstället är trasig.\n\nDet är mörkt på morgonen."
A_WHILE_AGO = 60  # seconds: a person needs time to write


@dataclass
class Part:
    """One element of a page, with its attributes and all text inside."""

    tag: str
    attributes: dict[str, str]
    text: str = ""


@dataclass
class Parsed:
    """The elements of a page in order."""

    parts: list[Part] = field(default_factory=list)

    def all(self, *tags: str, **attributes: str) -> list[Part]:
        wanted = {name.rstrip("_"): value for name, value in attributes.items()}
        return [
            part
            for part in self.parts
            if part.tag in tags and wanted.items() <= part.attributes.items()
        ]

    def one(self, *tags: str, **attributes: str) -> Part:
        (part,) = self.all(*tags, **attributes)
        return part

    def hidden(self, name: str) -> str:
        return self.one("input", type="hidden", name=name).attributes["value"]

    @property
    def labels(self) -> list[str]:
        """The questions in order: labels of fields, legends of groups; the star as " *"."""
        found = self.all("label", "legend")
        asked = [part for part in found if "form-label" in part.attributes.get("class", "")]
        return [
            part.text.replace("(obligatoriskt)", "").replace("\u00a0", " ").strip()
            for part in asked
        ]


class _Reader(HTMLParser):
    VOID = ("input", "br", "meta", "link", "img", "hr")

    def __init__(self) -> None:
        super().__init__()
        self.page = Parsed()
        self._open: list[Part] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        part = Part(tag, {name: value or "" for name, value in attrs})
        self.page.parts.append(part)
        if tag not in self.VOID:
            self._open.append(part)

    def handle_endtag(self, tag: str) -> None:
        if any(part.tag == tag for part in self._open):
            while self._open.pop().tag != tag:
                pass

    def handle_data(self, data: str) -> None:
        for part in self._open:
            part.text += data


def parsed(response: TestResponse) -> Parsed:
    """The page of a response."""
    reader = _Reader()
    reader.feed(response.get_data(as_text=True))
    return reader.page


def choice_id(slug: str, key: str, meaning: Meaning | str) -> int:
    """The id of a choice of a form's question, by its meaning or its label."""
    form = configuration().form(slug)
    assert form is not None
    items = next(f.choices for f in form.fields if f.key == key)
    return next(c.id for c in items if str(meaning) in (c.meaning, c.label))


def unit_id(name: str) -> int:
    return next(u.id for u in configuration().units if u.name == name)


def answers(slug: str, **more: Any) -> dict[str, Any]:
    """What a person fills in at the least. `more` adds or replaces, by core field key."""
    filled: dict[str, Any] = {"text": TEXT}
    filled["contact_way"] = choice_id(slug, "contact_way", Meaning.CONTACT_NONE)
    if slug == "hjo":
        filled["types"] = choice_id(slug, "types", "Klagomål")
    else:
        filled["unit"] = next(u.id for u in configuration().units if _is_offered(slug, u))
    if slug == "socialkontoret":
        filled["origin"] = choice_id(slug, "origin", Meaning.ORIGIN_EXTERNAL)
    return {f"f_{key}": value for key, value in {**filled, **more}.items() if value is not None}


def _is_offered(slug: str, unit: Any) -> bool:
    form = configuration().form(slug)
    assert form is not None
    root = configuration().units_by_id[form.root_unit_id or 0]
    return unit.path.startswith(root.path) and unit.id != root.id


def opened(client: Client, slug: str = "hjo") -> dict[str, str]:
    """Open the form and take a while to write: its hidden fields."""
    page = parsed(client.get(f"/synpunkt/{slug}"))
    shown = sign(KEY, "shown", str(int(time.time()) - A_WHILE_AGO))
    return {"form_key": page.hidden("form_key"), "shown_at": shown}


def sent(
    client: Client, slug: str = "hjo", hidden: dict[str, str] | None = None, **more: Any
) -> TestResponse:
    """Open the form (unless `hidden` says which one), fill it in and send it."""
    data = {**answers(slug, **more), **(hidden or opened(client, slug))}
    return post(client, f"/synpunkt/{slug}", data)


def upload(name: str, content: bytes | None = None) -> FileStorage:
    """A file as a browser sends it."""
    if content is None:
        content = PDF if name.endswith(".pdf") else png()
    return FileStorage(io.BytesIO(content), name)


def post(client: Client, path: str, data: dict[str, Any]) -> TestResponse:
    """Send a form with files, encoded in memory: the test client forgets its temporary files."""
    values = {k: v if isinstance(v, list | FileStorage) else str(v) for k, v in data.items()}
    boundary, body = encode_multipart(values)
    kind = f"multipart/form-data; boundary={boundary}"
    return client.post(path, data=body, content_type=kind)


def cases() -> list[Case]:
    """All cases there are, oldest first."""
    return list(db.session.scalars(db.select(Case).order_by(Case.id)))
