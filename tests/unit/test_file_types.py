"""Which files are taken in: the kinds of the domain notes §5.3, by name and content (T31, T32)."""

from __future__ import annotations

import io

import pytest

from domain.errors import RuleBroken
from domain.file_types import KINDS, MAX_FILE, MEGABYTE, check_file, check_room
from tests.unit.file_zoo import HONEST, HOSTILE


@pytest.mark.row("H10")
@pytest.mark.parametrize("name", HONEST)
def test_an_honest_file_is_taken_in(name: str) -> None:
    stream = io.BytesIO(HONEST[name])

    checked = check_file(name, stream)

    assert (checked.name, checked.size) == (name, len(HONEST[name]))
    assert checked.content_type == KINDS[name.rsplit(".", 1)[1].lower()].content_type
    assert stream.tell() == 0


def test_every_kind_has_an_honest_example() -> None:
    assert {name.rsplit(".", 1)[1].lower() for name in HONEST} == set(KINDS)


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_refused_with_its_name(name: str) -> None:
    with pytest.raises(RuleBroken) as refusal:
        check_file(name, io.BytesIO(HOSTILE[name]))

    assert name.strip(".") in str(refusal.value)
    assert "bifoga den igen" in str(refusal.value)


def test_macros_are_named_as_the_reason() -> None:
    with pytest.raises(RuleBroken, match="makron"):
        check_file("makron.docx", io.BytesIO(HOSTILE["makron.docx"]))


def test_a_file_may_be_exactly_as_large_as_the_limit() -> None:
    check_file("stor.pdf", io.BytesIO(b"%PDF-1.4".ljust(MAX_FILE)))

    with pytest.raises(RuleBroken, match="högst 20 MB"):
        check_file("stor.pdf", io.BytesIO(b"%PDF-1.4".ljust(MAX_FILE + 1)))


def test_ten_files_fit_and_the_eleventh_is_named() -> None:
    check_room("tionde.pdf", 1, count=9, together=9)

    with pytest.raises(RuleBroken, match=r"högst 10 filer.*elfte\.pdf"):
        check_room("elfte.pdf", 1, count=10, together=10)


def test_fifty_megabytes_fit_together() -> None:
    check_room("sista.pdf", MEGABYTE, count=3, together=49 * MEGABYTE)

    with pytest.raises(RuleBroken, match="högst 50 MB tillsammans"):
        check_room("sista.pdf", MEGABYTE + 1, count=3, together=49 * MEGABYTE)


class CountingFile(io.BytesIO):
    """A file that counts how often it is read."""

    reads = 0

    def read(self, size: int | None = -1) -> bytes:
        self.reads += 1
        return super().read(size)


def test_a_jpeg_of_endless_empty_segments_is_not_walked_to_its_end() -> None:
    hostile = CountingFile(b"\xff\xd8" + b"\xff\xe0\x00\x02" * MEGABYTE)

    check_file("segment.jpg", hostile)

    assert hostile.reads < 1_100
