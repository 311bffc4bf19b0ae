"""/publicerat: what the public finds and reads, how it is kept, and that it is gone at once."""

from __future__ import annotations

import json
from xml.etree import ElementTree as ET

import pytest

from extensions import db
from models import PublishedCase
from tests.support.cases import HJO, new_case
from tests.support.published import publish, take_back

pytestmark = [pytest.mark.usefixtures("town"), pytest.mark.row("H24")]
LIST = "/publicerat"
FEEDS = (f"{LIST}/atom.xml", f"{LIST}/rss.xml", f"{LIST}/data.json")
HOSTILE = "<script>alert(1)</script> \"' & \x0b\x00 ]]> åäö"


def found(client, **asked):
    return client.get(LIST, query_string=asked).text


def test_a_published_case_is_found_and_read(client):
    publish()
    assert "Lampan på Storgatan" in found(client)
    page = client.get(f"{LIST}/abc123").text
    shown = ("Kan ni laga lampan", "Lampan är lagad.", "Åtgärdat", "Gata/park", "oktober 2026")
    for words in shown:
        assert words in page
    assert f'href="{LIST}"' in client.get("/").text


def test_nothing_leads_there_while_nothing_is_published(client):
    assert LIST not in client.get("/").text
    assert "Inga synpunkter är publicerade just nu." in found(client)


@pytest.mark.parametrize("word", ["lampor", "LAMPAN", "storgat", "övergångsställe", "lagad"])
def test_words_are_found_in_other_forms(client, word):
    publish()
    publish("annan", title="Badet", question="När öppnar badet?", answer="", area="Fritid")
    page = found(client, sok=word)
    assert "Lampan på Storgatan" in page
    assert "Badet" not in page


def test_the_list_is_narrowed_by_area_and_month(client):
    publish()
    publish("annan", title="Badet", area="Fritid", received_month="2026-09")
    assert "Badet" not in found(client, verksamhet="Gata/park")
    assert "Lampan på" not in found(client, manad="2026-09")
    assert "passar sökningen" in found(client, verksamhet="Fritid", manad="2026-10")


@pytest.mark.parametrize(
    "asked",
    [
        {"manad": "2026-13"}, {"manad": "x\0"}, {"sida": "-1"}, {"sida": "99999999999"},
        {"sida": "²"}, {"sok": "%_\\'\""}, {"sok": "x" * 5000}, {"verksamhet": "y" * 5000},
        {"sok": "\0"}, {"lang": "zz"},
    ],
)  # fmt: skip
@pytest.mark.parametrize("path", [LIST, *FEEDS])
def test_odd_addresses_are_answered(client, path, asked):
    publish()
    assert client.get(path, query_string=asked).status_code == 200


def test_pages_go_on_where_the_last_one_ended(client):
    for number in range(25):
        publish(f"slug-{number}", title=f"Rubrik {number:02}!")
    pages = found(client, sida="1") + found(client, sida="2")
    assert [pages.count(f"Rubrik {n:02}!") for n in range(25)] == [1] * 25
    assert "Sida 2 av 2" in found(client, sida="7")


def test_what_was_written_is_never_markup(client):
    publish(title=HOSTILE.replace("\0", ""), question=HOSTILE.replace("\0", ""), area="<b>x")
    for path in (LIST, f"{LIST}/abc123"):
        text = client.get(path).text
        assert "<script>alert" not in text
        assert "<b>x" not in text
    for path in FEEDS[:2]:
        ET.fromstring(client.get(path).data)


def test_the_feeds_hold_the_newest_with_whole_addresses(client):
    publish()
    atom = ET.fromstring(client.get(FEEDS[0]).data)
    entry = atom.find("{http://www.w3.org/2005/Atom}entry")
    assert entry is not None
    link = entry.find("{http://www.w3.org/2005/Atom}link")
    assert link is not None
    assert link.get("href", "").startswith("http")
    rss = ET.fromstring(client.get(FEEDS[1]).data)
    assert rss.findtext("channel/item/title") == "Lampan på Storgatan"


def test_open_data_says_what_it_is_and_pages_are_linked(client):
    for number in range(3):
        publish(f"slug-{number}")
    answer = client.get(FEEDS[2])
    data = json.loads(answer.data)
    assert (data["count"], data["pages"], data["next"]) == (3, 1, None)
    assert set(data["cases"][0]) == {
        "id", "title", "type", "area", "received", "published", "question", "answer", "measures",
        "url",
    }  # fmt: skip
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert "Access-Control-Allow-Origin" not in client.get(LIST).headers


@pytest.mark.parametrize("path", [LIST, f"{LIST}/abc123", *FEEDS])
def test_a_page_is_kept_until_something_changes(client, path):
    row = publish()
    first = client.get(path)
    assert first.headers["Cache-Control"] == "public, max-age=0, must-revalidate"
    assert "Set-Cookie" not in first.headers
    again = {"If-None-Match": first.headers["ETag"]}
    kept = client.get(path, headers=again)
    assert kept.status_code == 304
    assert "Content-Security-Policy" not in kept.headers
    take_back(row)
    now = client.get(path, headers=again)
    assert now.status_code == (404 if path.endswith("abc123") else 200)
    assert "Lampan på Storgatan" not in now.text


def test_a_language_is_not_answered_with_another_one(client):
    publish()
    tag = client.get(f"{LIST}?lang=sv").headers["ETag"]
    english = client.get(f"{LIST}?lang=en", headers={"If-None-Match": tag})
    assert english.status_code == 200
    assert "Published" in english.text


def test_no_byte_of_the_case_behind_is_shown(client):
    canaries = {
        "title": "KANARIE-rubrik", "text": "KANARIE-original", "internal_note": "KANARIE-not",
        "submitter_name": "KANARIE Namn", "submitter_email": "kanarie@example.org",
        "submitter_address": "KANARIEvägen 1", "delay_reason": "KANARIE-skäl",
    }  # fmt: skip
    case = new_case(HJO, **canaries)
    case.answer = "<div>KANARIE-svar</div>"
    publish(case=case)
    assert db.session.scalar(db.select(db.func.count()).select_from(PublishedCase)) == 1
    for path in (LIST, f"{LIST}/abc123", f"{LIST}?sok=kanarie", *FEEDS, "/"):
        body = client.get(path).text
        assert (
            "kanarie" not in body.replace("sok=kanarie", "").replace('value="kanarie"', "").lower()
        )
    assert "kanarie" not in client.get(f"{LIST}/{case.id}").text.lower()
    assert client.get(f"{LIST}/{case.id}").status_code == 404
