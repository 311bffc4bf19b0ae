"""What every file store promises: the folder's and the bucket's, by the same tests (T33, T34)."""

from __future__ import annotations

import hashlib
import io
import os
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from config import S3Settings
from gateways.files import FileStore, FolderStore
from gateways.s3_files import PART, S3FileStore
from tests.support.s3 import age_key, keys_in, new_bucket, s3_server


@dataclass
class Cupboard:
    """A store with what tests do to it behind its back."""

    store: FileStore
    other: FileStore
    folder: Path | None = None
    bucket: S3Settings | None = None

    def age(self, sha256: str, hours: int) -> None:
        if self.bucket:
            age_key(self.bucket, sha256, hours)
        else:
            assert self.folder
            long_ago = time.time() - hours * 3600
            os.utime(self.folder / sha256[:2] / sha256, (long_ago, long_ago))

    def names(self) -> set[str]:
        if self.bucket:
            return {key.rpartition("/")[2] for key in keys_in(self.bucket)}
        assert self.folder
        return {path.name for path in self.folder.glob("??/*")}


@pytest.fixture(scope="module")
def s3_url() -> Iterator[str]:
    with s3_server() as url:
        yield url


@pytest.fixture(params=["folder", "bucket"])
def cupboard(request: pytest.FixtureRequest, tmp_path: Path) -> Cupboard:
    if request.param == "folder":
        folder = tmp_path / "files"
        return Cupboard(FolderStore(folder), FolderStore(folder), folder=folder)
    settings = new_bucket(request.getfixturevalue("s3_url"))
    return Cupboard(S3FileStore(settings), S3FileStore(settings), bucket=settings)


def read(store: FileStore, sha256: str) -> bytes:
    with store.open(sha256) as file:
        return file.read()


@pytest.mark.parametrize("size", [0, 1, PART, 2 * PART + 17], ids=["0", "1", "part", "parts"])
def test_what_is_put_is_read_back_by_another_process(cupboard: Cupboard, size: int):
    content = os.urandom(size)

    sha256, stored = cupboard.store.put(io.BytesIO(content))

    assert (sha256, stored) == (hashlib.sha256(content).hexdigest(), size)
    assert cupboard.other.has(sha256)
    assert read(cupboard.other, sha256) == content
    assert cupboard.names() == {sha256}


def test_only_the_rest_of_a_stream_is_put(cupboard: Cupboard):
    stream = io.BytesIO(b"huvud och text")
    stream.seek(10)

    sha256, size = cupboard.store.put(stream)

    assert (read(cupboard.store, sha256), size) == (b"text", 4)


def test_what_is_read_can_be_read_again_from_its_start(cupboard: Cupboard):
    sha256, _size = cupboard.store.put(io.BytesIO(b"abc"))

    with cupboard.store.open(sha256) as file:
        assert (file.read(2), file.seek(0), file.read()) == (b"ab", 0, b"abc")


def test_a_missing_file_is_a_missing_file(cupboard: Cupboard):
    cupboard.store.put(io.BytesIO(b"en annan"))

    assert not cupboard.store.has("0" * 64)
    assert not cupboard.store.delete("0" * 64)
    with pytest.raises(FileNotFoundError):
        cupboard.store.open("0" * 64)


@pytest.mark.parametrize("name", ["../../etc/passwd", "A" * 64, "0" * 63, ""])
def test_nothing_but_a_hash_is_a_name(cupboard: Cupboard, name: str):
    for deed in (cupboard.store.open, cupboard.store.has, cupboard.store.delete):
        with pytest.raises(ValueError, match="SHA-256"):
            deed(name)


def test_a_file_is_removed_unless_it_is_too_young(cupboard: Cupboard):
    sha256, _size = cupboard.store.put(io.BytesIO(b"abc"))
    cupboard.age(sha256, hours=2)

    assert not cupboard.store.delete(sha256, older_than=3 * 3600)
    assert cupboard.store.delete(sha256, older_than=1 * 3600)
    assert not cupboard.store.has(sha256)


def test_a_sweep_takes_the_unnamed_of_the_last_week_only(cupboard: Cupboard):
    ages = {"new": 1, "used": 30, "unused": 30, "ancient": 24 * 30}
    names = {}
    for word, hours in ages.items():
        names[word], _size = cupboard.store.put(io.BytesIO(word.encode()))
        cupboard.age(names[word], hours)
    asked: list[str] = []

    def used_among(hashes: list[str]) -> set[str]:
        asked.extend(hashes)
        return {names["used"]}

    assert cupboard.store.delete_unused(used_among) == 1
    assert set(asked) == {names["used"], names["unused"]}
    assert cupboard.names() == {names["new"], names["used"], names["ancient"]}


def test_a_file_put_again_survives_the_sweep_that_was_about_to_take_it(cupboard: Cupboard):
    sha256, _size = cupboard.store.put(io.BytesIO(b"abc"))
    cupboard.age(sha256, hours=30)

    def put_again_meanwhile(_hashes: list[str]) -> set[str]:
        cupboard.other.put(io.BytesIO(b"abc"))
        return set()

    assert cupboard.store.delete_unused(put_again_meanwhile) == 0
    assert read(cupboard.store, sha256) == b"abc"


def test_many_put_the_same_and_other_files_at_once(cupboard: Cupboard):
    contents = [b"samma"] * 4 + [bytes([n]) * 100_000 for n in range(4)]
    found: list[str] = []

    def put(content: bytes) -> None:
        found.append(cupboard.store.put(io.BytesIO(content))[0])

    threads = [threading.Thread(target=put, args=[content]) for content in contents]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(found) == 8
    assert {read(cupboard.other, sha256) for sha256 in found} == set(contents)


def test_a_store_that_works_is_told_so(cupboard: Cupboard):
    cupboard.store.check()
    assert cupboard.store.has_room()
    assert cupboard.names() == set()
