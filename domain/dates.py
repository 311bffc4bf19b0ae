"""Dates and small numbers in Swedish words. No locale of the machine is asked."""

from __future__ import annotations

from datetime import date, datetime

from domain.clock import local_date, local_datetime

MONTHS = (
    "januari", "februari", "mars", "april", "maj", "juni",
    "juli", "augusti", "september", "oktober", "november", "december",
)  # fmt: skip
MONTHS_ABROAD = {
    "en": (
        "January", "February", "March", "April", "May", "June",
        "July", "August", "September", "October", "November", "December",
    ),
    "fi": (
        "tammikuuta", "helmikuuta", "maaliskuuta", "huhtikuuta", "toukokuuta", "kesäkuuta",
        "heinäkuuta", "elokuuta", "syyskuuta", "lokakuuta", "marraskuuta", "joulukuuta",
    ),
}  # fmt: skip
NUMBERS = (
    "noll", "en", "två", "tre", "fyra", "fem", "sex", "sju", "åtta", "nio", "tio", "elva", "tolv",
)  # fmt: skip


def long_date(value: date | datetime | None) -> str:
    """ "22 november 2026", for running text. A time is shown as its day in Sweden; None is ""."""
    day = _day(value)
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}" if day else ""


def day_in_words(value: date | datetime | None, language: str) -> str:
    """ "22 November 2026", "22. marraskuuta 2026"; as long_date() in every other language."""
    day = _day(value)
    if day is None or language not in MONTHS_ABROAD:
        return long_date(value)
    point = "." if language == "fi" else ""
    return f"{day.day}{point} {MONTHS_ABROAD[language][day.month - 1]} {day.year}"


def month_in_words(day: date, language: str) -> str:
    """ "november 2026", "November 2026", "marraskuu 2026"."""
    names = MONTHS_ABROAD.get(language, MONTHS)
    name = names[day.month - 1]
    return f"{name.removesuffix('ta') if language == 'fi' else name} {day.year}"


def short_date(value: date | datetime | None) -> str:
    """ "2026-11-22", for tables and subjects. A time is shown as its day in Sweden; None is ""."""
    day = _day(value)
    return day.isoformat() if day else ""


def day_and_time(moment: datetime) -> str:
    """ "22 november kl. 14.30", for what happened lately."""
    local = local_datetime(moment)
    return f"{local.day} {MONTHS[local.month - 1]} kl. {local:%H.%M}"


def number_word(number: int) -> str:
    """Numbers up to twelve as words, as Swedish writes them in running text ("tio dagar")."""
    return NUMBERS[number] if 0 <= number < len(NUMBERS) else str(number)


def _day(value: date | datetime | None) -> date | None:
    return local_date(value) if isinstance(value, datetime) else value
