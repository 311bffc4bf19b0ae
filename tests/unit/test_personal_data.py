"""Personal data is found in every usual spelling, and numbers that are something else are not."""

from __future__ import annotations

import time
from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from domain.personal_data import KIND_WORDS, DataKind, passes_luhn, personal_data

K = DataKind


def found(text: str, **more) -> list[tuple[DataKind, str]]:
    return [(f.kind, f.text) for f in personal_data(text, **more)]


def number(born: date, serial: int, *, coordination: bool = False) -> str:
    """The ten digits of a personal number with the right check digit."""
    day = born.day + (60 if coordination else 0)
    nine = f"{born:%y%m}{day:02}{serial:03}"
    return next(nine + str(last) for last in range(10) if passes_luhn(nine + str(last)))


DAYS = st.dates(date(1900, 1, 1), date(2026, 12, 31))
SERIALS = st.integers(1, 999)


@given(DAYS, SERIALS, st.booleans(), st.sampled_from(["", "-", "+", " "]), st.booleans())
def test_every_personal_number_is_found(born, serial, coordination, sign, with_century):
    ten = number(born, serial, coordination=coordination)
    written = f"{f'{born:%Y}'[:2] if with_century else ''}{ten[:6]}{sign}{ten[6:]}"
    assert found(f"Hej {written}, tack.") == [(K.PERSONAL_NUMBER, written)]


@given(DAYS, SERIALS, st.integers(1, 9))
def test_a_wrong_check_digit_is_no_personal_number(born, serial, add):
    ten = number(born, serial)
    wrong = f"{ten[:6]}-{ten[6:9]}{(int(ten[9]) + add) % 10}"
    assert K.PERSONAL_NUMBER not in [kind for kind, _text in found(wrong)]


@given(st.integers(10, 99), st.integers(20, 99), st.integers(0, 999_999))
def test_an_organisation_number_is_nothing(first, month, rest):
    digits = f"{first}{month}{rest:06}"
    assert found(f"Org.nr {digits[:6]}-{digits[6:]}") == []


@given(st.integers(1, 999_999))
def test_a_case_number_is_nothing(case_id):
    assert found(f"Ärende (ID: {case_id}), nummer {case_id}.") == []


@given(st.dates(date(1990, 1, 1), date(2040, 12, 31)))
@example(date(2026, 12, 8))
@example(date(2026, 7, 7))
def test_a_day_is_nothing(day):
    for pattern in ("%Y-%m-%d", "%d-%m-%Y", "%Y%m%d", "%d/%m %Y", "%d.%m.%Y", "%y%m%d", "%d/%m/%Y"):
        assert found(f"Mötet är den {day.strftime(pattern)} i huset.") == []


@given(st.integers(0, 99_999_999), st.sampled_from(["kr", "kronor", ":-", "SEK"]))
def test_a_price_is_nothing(amount, unit):
    grouped = f"{amount:,}".replace(",", " ")
    assert found(f"Det kostar {grouped} {unit} i år.") == []


@pytest.mark.parametrize("before", ["tel:", "Tel.", "tel.:", "Mobil:", "tel: ", "tel:+46"])
def test_a_number_written_together_with_the_word_before_it_is_found(before):
    digits = "731234567" if before.endswith("+46") else "0731234567"
    assert [kind for kind, _text in found(f"Ring mig ({before}{digits}) i dag.")] == [K.PHONE]


@pytest.mark.parametrize("text", ["2017:0731234567", "12.0731234567", "1:08 123 456 78"])
def test_the_end_of_a_longer_number_is_no_telephone_number(text):
    assert K.PHONE not in [kind for kind, _text in found(f"Se {text}.")]


@given(st.sampled_from(["070", "072", "073", "076", "079"]), st.integers(0, 9_999_999))
def test_every_mobile_number_is_found(area, rest):
    digits = f"{rest:07}"
    groups = f"{digits[:3]} {digits[3:5]} {digits[5:]}"
    for written in (
        f"{area}-{groups}", f"{area}{digits}", f"{area} {groups}", f"+46 {area[1:]} {groups}",
        f"+46{area[1:]}{digits}", f"0046{area[1:]}{digits}", f"+46 (0){area[1:]}-{groups}",
    ):  # fmt: skip
        assert (K.PHONE, written) in found(f"Ring {written}.") or (
            found(f"Ring {written}.")[0][0] is K.PERSONAL_NUMBER
        )


@pytest.mark.parametrize(
    "written",
    [
        "08-12 34 56", "08-123 456 78", "08-508 000 00", "0503-350 00", "(0503) 350 00",
        "0503/35000", "+46 (0)503 350 00", "031-368 00 00", "040 34 10 00", "0850800000",
    ],
)  # fmt: skip
def test_usual_landlines_are_found(written):
    assert found(f"Ring mig på {written}, tack.") == [(K.PHONE, written)]


@pytest.mark.parametrize(
    "text",
    [
        "kl. 08.30–16.00", "08:30-16:00", "0,50 kr", "543 81 Hjo", "Bankgiro 123-4567",
        "SFS 2018:218", "OSL 26 kap. 1 §", "OSL 100", "väg 195", "Riksväg 40", "Länsväg 195",
        "Vi har 08 300 cyklar", "Dnr 2026/0123", "KS 2026-00123", "ABC-123", "GDPR 123",
        "I Storgatan 2025", "2026 var ett bra år", "ISO 9001", "10 000 000", "rum RUM 101",
    ],
)  # fmt: skip
def test_other_numbers_are_nothing(text):
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("bor på Storgatan 12.", "Storgatan 12"),
        ("Norra Storgatan 12 B är stängd", "Norra Storgatan 12 B"),
        ("vid Nils Dackes väg 3", "Nils Dackes väg 3"),
        ("Stora gatan 5", "Stora gatan 5"),
        ("Hjovägen 3a", "Hjovägen 3a"),
        ("Lilla torget 1", "Lilla torget 1"),
    ],
)
def test_street_addresses_are_found(text, what):
    assert found(text) == [(K.STREET, what)]


@given(st.from_regex(r"[A-HJ-PR-UW-Z]{3} ?\d\d[0-9A-HJ-NPR-UW-Z]", fullmatch=True))
def test_registration_plates_are_found(plate):
    expected = [] if plate[:3] in ("OSL", "SFS", "KPL", "RUM", "SAL", "BUS", "LED") else [plate]
    assert [text for kind, text in found(f"bilen {plate} står") if kind is K.PLATE] == expected


def test_e_mail_addresses_are_found_but_not_the_municipalitys_own():
    text = "Till anna.ek@example.se, chef@hjo.example, a@mail.hjo.example och b@nhjo.example"
    assert found(text, own_domains=["hjo.example"]) == [
        (K.EMAIL, "anna.ek@example.se"),
        (K.EMAIL, "b@nhjo.example"),
    ]


def test_what_stands_in_the_signature_does_not_count_however_it_is_written():
    known = ["Växel 0503-350 00, Torget 1 A", "chef.privat@example.com"]
    text = "Ring +46 503 350 00 eller 0503 351 11. Torget 2. chef.privat@example.com"
    assert found(text, known=known) == [(K.PHONE, "0503 351 11")]


def test_the_submitters_own_data_counts_and_is_named_once():
    text = "Berit Ek, 070-123 45 67. BERIT  EK ringde från +46701234567. Ekorre."
    assert found(text, of_submitter=["Berit Ek", "0701234567", "Ek"]) == [
        (K.SUBMITTER, "Berit Ek"),
        (K.SUBMITTER, "070-123 45 67"),
        (K.SUBMITTER, "BERIT  EK"),
        (K.SUBMITTER, "+46701234567"),
    ]


def test_each_finding_stands_once_in_the_order_of_the_text():
    text = "ABC123, anna@example.se och ABC123"
    assert found(text) == [(K.PLATE, "ABC123"), (K.EMAIL, "anna@example.se")]


@given(st.text(max_size=400))
def test_any_text_is_read(text):
    assert all(f.text in text for f in personal_data(text, of_submitter=["Berit Ek"]))


@pytest.mark.parametrize(
    "part", ["a", ".", "0", "070-", "Aa ", "Aa aa ", "@", "a@", "+46 ", "é", " "]
)
def test_long_odd_texts_take_no_time(part):
    started = time.perf_counter()
    personal_data(part * (60_000 // len(part)))
    assert time.perf_counter() - started < 5


def test_every_kind_has_its_word():
    assert KIND_WORDS.keys() == set(DataKind)
