"""Which files are taken in: the kinds of the domain notes §5.3, by name and content (T31, T32)."""

from __future__ import annotations

import io

import pytest

from domain.errors import RuleBroken
from domain.file_policy import DOCUMENTS, FILMS, MEGABYTE, PICTURES, SOUNDS, FilePolicy
from domain.file_types import KINDS, accepted, check_file, check_room, name_as
from tests.unit.file_zoo import HONEST, HOSTILE

USUAL = FilePolicy()
EVERYTHING = FilePolicy(endings=tuple(KINDS))


@pytest.mark.row("H10")
@pytest.mark.parametrize("name", HONEST)
def test_an_honest_file_is_taken_in(name: str) -> None:
    stream = io.BytesIO(HONEST[name])

    checked = check_file(name, stream, EVERYTHING)

    assert (checked.name, checked.size) == (name, len(HONEST[name]))
    assert checked.content_type == KINDS[name.rsplit(".", 1)[1].lower()].content_type
    assert stream.tell() == 0


def test_every_kind_has_an_honest_example() -> None:
    assert {name.rsplit(".", 1)[1].lower() for name in HONEST} == set(KINDS)


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_refused_with_its_name(name: str) -> None:
    with pytest.raises(RuleBroken) as refusal:
        check_file(name, io.BytesIO(HOSTILE[name]), USUAL)

    assert name.strip(".") in str(refusal.value)
    assert "bifoga den igen" in str(refusal.value)


def test_macros_are_named_as_the_reason() -> None:
    with pytest.raises(RuleBroken, match="makron"):
        check_file("makron.docx", io.BytesIO(HOSTILE["makron.docx"]), USUAL)


def test_a_file_may_be_exactly_as_large_as_the_limit() -> None:
    check_file("stor.pdf", io.BytesIO(b"%PDF-1.4".ljust(USUAL.each)), USUAL)

    with pytest.raises(RuleBroken, match="högst 20 MB"):
        check_file("stor.pdf", io.BytesIO(b"%PDF-1.4".ljust(USUAL.each + 1)), USUAL)


def test_ten_files_fit_and_the_eleventh_is_named() -> None:
    check_room("tionde.pdf", 1, USUAL, count=9, together=9)

    with pytest.raises(RuleBroken, match=r"högst 10 filer.*elfte\.pdf"):
        check_room("elfte.pdf", 1, USUAL, count=10, together=10)


def test_fifty_megabytes_fit_together() -> None:
    check_room("sista.pdf", MEGABYTE, USUAL, count=3, together=49 * MEGABYTE)

    with pytest.raises(RuleBroken, match="högst 50 MB tillsammans"):
        check_room("sista.pdf", MEGABYTE + 1, USUAL, count=3, together=49 * MEGABYTE)


class CountingFile(io.BytesIO):
    """A file that counts how often it is read."""

    reads = 0

    def read(self, size: int | None = -1) -> bytes:
        self.reads += 1
        return super().read(size)


def test_a_jpeg_of_endless_empty_segments_is_not_walked_to_its_end() -> None:
    hostile = CountingFile(b"\xff\xd8" + b"\xff\xe0\x00\x02" * MEGABYTE)

    check_file("segment.jpg", hostile, USUAL)

    assert hostile.reads < 1_100


def test_every_kind_stands_in_one_group_of_the_settings() -> None:
    assert sorted((*PICTURES, *DOCUMENTS, *SOUNDS, *FILMS)) == sorted(KINDS)


def test_film_is_taken_in_only_when_it_was_switched_on() -> None:
    film = HONEST["film.mp4"]
    with pytest.raises(RuleBroken, match="av en typ som vi inte tar emot"):
        check_file("film.mp4", io.BytesIO(film), USUAL)

    assert check_file("film.mp4", io.BytesIO(film), EVERYTHING).content_type == "video/mp4"


def test_a_kind_that_was_switched_off_is_refused_with_those_that_are_on() -> None:
    only_pdf = FilePolicy(endings=("pdf", "docx"))

    with pytest.raises(RuleBroken, match=r"Vi tar emot pdf, docx\. ") as refusal:
        check_file("bild.png", io.BytesIO(HONEST["bild.png"]), only_pdf)

    assert "bild.png" in str(refusal.value)
    assert accepted(only_pdf) == ".pdf,.docx"


def test_own_limits_hold_and_are_named() -> None:
    small = FilePolicy(count=2, each=1 * MEGABYTE, together=2 * MEGABYTE)
    with pytest.raises(RuleBroken, match="högst 1 MB"):
        check_file("stor.pdf", io.BytesIO(b"%PDF-1.4".ljust(MEGABYTE + 1)), small)
    with pytest.raises(RuleBroken, match="högst 2 filer"):
        check_room("tredje.pdf", 1, small, count=2, together=2)
    with pytest.raises(RuleBroken, match="högst 2 MB tillsammans"):
        check_room("andra.pdf", MEGABYTE + 1, small, count=1, together=MEGABYTE)


@pytest.mark.parametrize(
    ("name", "content_type", "expected"),
    [
        ("mobil.HEIC", "image/jpeg", "mobil.jpg"),
        ("skannat.tif", "image/jpeg", "skannat.jpg"),
        ("skannat.tif", "image/tiff", "skannat.tif"),
        ("bild.jpeg", "image/jpeg", "bild.jpeg"),
        ("två.punkter.heic", "image/jpeg", "två.punkter.jpg"),
        ("utan", "image/jpeg", "utan"),
    ],
)
def test_a_copy_is_named_as_what_it_is(name: str, content_type: str, expected: str) -> None:
    assert name_as(name, content_type) == expected


@pytest.mark.parametrize("megabytes", [1, 50, 200])
def test_a_request_has_room_for_more_than_the_files_and_has_an_end(megabytes: int) -> None:
    policy = FilePolicy(together=megabytes * MEGABYTE)

    assert policy.together < policy.largest_request <= 256 * MEGABYTE
