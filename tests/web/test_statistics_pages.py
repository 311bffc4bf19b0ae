"""The pages of Statistik: who gets there, what they show, and that no address breaks them."""

from __future__ import annotations

import csv
import re
from datetime import timedelta
from html import unescape
from io import BytesIO

import pytest
from openpyxl import load_workbook

from domain.clock import local_today
from extensions import db
from models import Choice
from queries.statistics.catalogue import REPORTS
from tests.support.cases import HJO, SODERTALJE, choice, new_case, unit_id
from tests.support.client import Client

pytestmark = pytest.mark.usefixtures("town")
PAGE = "/admin/statistics/"
READER = "lasare.omsorg"


@pytest.fixture
def hjo_cases() -> dict[str, int]:
    """Three cases in two units, one of them secret."""
    kinds = {"Fritid": "Klagomål", "Bibliotek": "Beröm"}
    found = {}
    for unit, kind in kinds.items():
        case = new_case(
            HJO,
            title=f"Om {unit}",
            unit=unit_id(unit),
            types=[choice(HJO, "types", kind)],
        )
        found[unit] = case.id
    secret = new_case(HJO, title="Hemlig gåva", unit=unit_id("Fritid"))
    secret.is_secret = True
    db.session.commit()
    return {**found, "secret": secret.id}


def cells(page: str, label: str) -> list[str]:
    """What stands in the row called `label`."""
    row = next(r for r in re.findall(r"<tr[ >].*?</tr>", page, re.DOTALL) if f">{label}" in r)
    found = re.findall(r"<td[^>]*>(.*?)</td>", row, re.DOTALL)
    return [unescape(re.sub(r"<[^>]+>", "", cell)).strip() for cell in found]


@pytest.mark.row("S27")
@pytest.mark.parametrize(
    ("username", "status"),
    [
        (READER, 200), ("chef.omsorg", 200), ("registrator.hjo", 200), ("strateg.omsorg", 200),
        ("bitradande.omsorg", 403), ("admin", 403),
    ],
)  # fmt: skip
def test_who_may_take_out_statistics(client: Client, username: str, status: int):
    client.login(username)
    assert client.get(PAGE).status_code == status
    assert client.get(f"{PAGE}svarstider").status_code == status
    assert client.get(f"{PAGE}min-enhet").status_code == status
    assert client.post(f"{PAGE}oversikt/file", data={"kind": "csv"}).status_code == status
    menu = client.get("/admin/", follow_redirects=True).text
    assert ("/admin/statistics/" in menu) is (status == 200)


@pytest.mark.row("S27")
def test_a_reader_comes_to_the_own_unit_and_cannot_ask_for_another(client: Client):
    inside = new_case(SODERTALJE, unit=unit_id("Hemtjänst"))
    new_case(SODERTALJE, unit=unit_id("Socialkontoret"))
    client.login(READER)
    page = client.get(f"{PAGE}?typ={SODERTALJE}&sma-tal=visa").text
    assert cells(page, "Inkomna")[0] == "1"
    assert re.search(r'<option value="\d+" selected>Omsorgskontoret', page)
    assert "Socialkontoret" not in page
    foreign = client.get(f"{PAGE}?typ={SODERTALJE}&enhet={unit_id('Socialkontoret')}")
    assert foreign.status_code == 422
    assert "eller så får du inte ta fram statistik för den" in foreign.text
    assert client.get(f"{PAGE}?typ={HJO}").status_code == 422
    behind = client.get(f"{PAGE}oversikt/cases?typ={SODERTALJE}&sma-tal=visa").text
    assert f"id={inside.id}" in behind
    assert behind.count("case/edit/?id=") == 1


def test_the_load_of_single_people_is_for_those_who_give_cases_to_them(client: Client):
    for username, may in (("chef.omsorg", True), ("registrator.hjo", True), (READER, False)):
        client.login(username)
        assert client.get(f"{PAGE}belastning").status_code == (200 if may else 404), username
        assert client.post(f"{PAGE}belastning/file", data={"kind": "csv"}).status_code == (
            200 if may else 404
        )
        assert ("Arbetsbelastning" in client.get(PAGE).text) is may


@pytest.mark.parametrize("username", ["chef.hjo", "strateg.omsorg", "chef.social", READER])
def test_every_report_opens_and_leads_only_to_pages_that_open(client: Client, username: str):
    new_case(HJO, unit=unit_id("Fritid"), types=[choice(HJO, "types", "Klagomål")])
    new_case(SODERTALJE, unit=unit_id("Hemtjänst"))
    client.login(username)
    start = client.get(f"{PAGE}?sma-tal=visa").text
    reports = set(re.findall(r'href="(/admin/statistics/[a-z-]+\?[^"]*)"', start))
    assert len(reports) > 10
    for address in reports:
        page = client.get(unescape(address))
        assert page.status_code == 200, address
        links = re.findall(r'href="(/admin/statistics/[a-z-]+/cases[^"]*)"', page.text)
        for link in links[:2]:
            assert client.get(unescape(link)).status_code == 200, link


def test_a_number_is_the_number_of_the_cases_behind_it(client: Client, hjo_cases: dict[str, int]):
    client.login("registrator.hjo")
    page = client.get(f"{PAGE}enheter?enhet=alla").text
    numbers = re.findall(r'href="([^"]*/enheter/cases[^"]*)"[^>]*>(\d+)<', page)
    assert numbers
    for link, number in numbers:
        behind = client.get(unescape(link)).text
        assert behind.count("case/edit/?id=") == int(number), link
        assert "Hemlig gåva" not in behind


def test_cases_that_the_reader_may_not_open_are_counted_but_not_shown(
    client: Client, hjo_cases: dict[str, int]
):
    client.login("chef.hjo")
    with_secret = client.get(f"{PAGE}oversikt/cases?enhet=alla&sekretess=ja&del=state%3Dopen")
    assert "Siffran räknar 3 ärenden." in with_secret.text
    client.login("registrator.hjo")
    page = client.get(f"{PAGE}?enhet=alla&sekretess=ja")
    assert "Räkna med sekretessmarkerade" not in page.text
    assert cells(page.text, "Inkomna")[0] == "2"


ODD = (
    "typ=finns-inte", "enhet=x", "enhet=999999999999", "enhet=-1", "period=finns-inte",
    "period=egen", "period=egen&fran=2026-13-01&till=x",
    "period=egen&fran=2026-05-01&till=2026-01-01",
    "period=egen&fran=0001-01-01&till=9999-12-31", "dag=x", "slag=x", "slag=99999999",
    "dag=%F0%9F%98%80", "enhet=%27%3B--", "period=" + "a" * 3000,
)  # fmt: skip


@pytest.mark.parametrize("odd", ODD)
def test_what_cannot_be_read_gets_a_sentence_and_the_form_keeps_it(client: Client, odd: str):
    client.login("chef.hjo")
    for address in ("", "enheter", "min-enhet"):
        answer = client.get(f"{PAGE}{address}?{odd}")
        assert answer.status_code == 422, odd
        assert 'class="field-error"' in answer.text
    if "2026-13-01" in odd:
        assert 'value="2026-13-01"' in answer.text


@pytest.mark.parametrize(
    "odd",
    ["del=x", "del=", "del=choice%3D", "del=choice%3Dtypes:x", "del=month%3D2026-99",
     "del=under%3D99999999999", "del=year%3D0", "del=days%3Dx", "del=receiver%3D%00",
     "del=until-month%3Dx", "&".join(["del=state%3Dopen"] * 20), "del=refused%3D%25"],
)  # fmt: skip
def test_no_number_behind_breaks(client: Client, odd: str):
    client.login("chef.hjo")
    assert client.get(f"{PAGE}oversikt/cases?{odd}").status_code in (200, 404)
    assert client.get(f"{PAGE}finns-inte/cases?{odd}").status_code == 404


def test_what_people_named_may_hold_a_per_cent_sign(client: Client):
    label = db.session.get_one(Choice, choice(HJO, "types", "Klagomål"))
    label.label = "100 % <b>klagomål</b> %(x)s"
    db.session.commit()
    new_case(HJO, unit=unit_id("Fritid"), types=[label.id])
    client.login("chef.hjo")
    for report in ("synpunktstyp", "enheter", "min-enhet"):
        page = client.get(f"{PAGE}{report}?enhet=alla")
        assert page.status_code == 200
        assert "100 % &lt;b&gt;klagomål&lt;/b&gt; %(x)s" in page.text


def test_small_numbers_are_hidden_where_the_law_protects_more(client: Client):
    new_case(SODERTALJE, unit=unit_id("Hemtjänst"))
    client.login("chef.omsorg")
    page = client.get(f"{PAGE}?enhet=alla").text
    assert cells(page, "Inkomna")[0] == "<5"
    assert "/cases?" not in page
    assert "skrivs &lt;5" in page
    chart = client.get(f"{PAGE}enheter?enhet=alla").text
    assert ">1<" not in chart
    assert client.get(f"{PAGE}oversikt/cases?enhet=alla&del=state%3Dopen").status_code == 404


@pytest.mark.parametrize("report", ["arendelista", "forsenade"])
def test_no_list_of_single_cases_where_small_numbers_are_hidden(client: Client, report: str):
    case = new_case(SODERTALJE, unit=unit_id("Hemtjänst"), title="Om hemtjänsten i natt")
    case.received_on = case.answer_by = local_today() - timedelta(days=1)
    db.session.commit()
    client.login("chef.omsorg")
    address = f"{PAGE}{report}?enhet=alla&period=egen&fran=2000-01-01&till=2049-12-31"
    row = re.compile(rf">\s*{case.id}\s*</")
    assert row.search(client.get(f"{address}&sma-tal=visa").text)
    page = client.get(address).text
    assert not row.search(page) and case.title not in page
    assert "varje rad är ett enda ärende" in page
    for kind in ("csv", "xlsx"):
        rows = lines(client.post(address.replace("?", "/file?"), data={"kind": kind}).data, kind)
        assert str(case.id) not in [cell for row in rows for cell in row]
        assert any("varje rad är ett enda ärende" in cell for row in rows for cell in row)


def lines(file: bytes, kind: str) -> list[list[str]]:
    """The cells of a report's file as text."""
    if kind == "csv":
        return list(csv.reader(file.decode("utf-8-sig").splitlines(), delimiter=";"))
    sheets = load_workbook(BytesIO(file)).worksheets
    return [[str(cell) for cell in row] for sheet in sheets for row in sheet.values]


def test_a_chart_speaks_and_carries_no_style(client: Client, hjo_cases: dict[str, int]):
    client.login("chef.hjo")
    page = client.get(f"{PAGE}enheter?enhet=alla").text
    pictures = re.findall(r"<svg class=\"chart-picture.*?</svg>", page, re.DOTALL)
    assert len(pictures) == 2  # for wide and for narrow windows
    for picture in pictures:
        assert 'role="img" aria-label="Diagram: Per förvaltning, verksamhet och enhet.' in picture
        assert "style=" not in picture
        assert "<title>Fritid, Klagomål: 1</title>" in picture
    assert all('scope="' in th for th in re.findall(r"<th[ >][^>]*", page))


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_report_is_taken_out_as_a_file_and_the_log_tells(
    client: Client, hjo_cases: dict[str, int], kind: str
):
    client.login("chef.hjo")
    answer = client.post(f"{PAGE}enheter/file?enhet=alla", data={"kind": kind})
    assert answer.status_code == 200
    assert re.search(rf'filename="?enheter-20.*\.{kind}', answer.headers["Content-Disposition"])
    assert answer.data.startswith(b"\xef\xbb\xbf" if kind == "csv" else b"PK")
    assert client.post(f"{PAGE}enheter/file", data={"kind": "exe"}).status_code == 404
    db.session.commit()
    assert "Hemlig" not in answer.get_data(as_text=False).decode("utf-8", "replace")


def test_every_report_has_a_name_of_its_own():
    assert len({(kind.name, kind.field) for kind in REPORTS.values()}) == len(REPORTS)
