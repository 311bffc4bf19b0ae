"""The bucket when something is wrong: away, missing, changed behind our back, slow to be read."""

from __future__ import annotations

import io
import os
import socket
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from config import S3Settings
from gateways.files import FolderStore, StoreAway
from gateways.s3_files import S3FileStore
from tests.support.s3 import keys_in, new_bucket, s3_server, spoil_key


def unused_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


@pytest.fixture(scope="module")
def s3_url() -> Iterator[str]:
    with s3_server() as url:
        yield url


@pytest.fixture
def settings(s3_url: str) -> S3Settings:
    return new_bucket(s3_url)


def test_keys_stand_below_the_prefix_and_in_256_folders(settings: S3Settings):
    sha256, _size = S3FileStore(settings).put(io.BytesIO(b"abc"))

    assert keys_in(settings) == {f"gensvar/filer/{sha256[:2]}/{sha256}"}


def test_without_a_prefix_they_stand_alone(settings: S3Settings):
    sha256, _size = S3FileStore(replace(settings, prefix="")).put(io.BytesIO(b"abc"))

    assert keys_in(settings) == {f"{sha256[:2]}/{sha256}"}


def test_bytes_that_changed_in_the_bucket_are_never_handed_out(settings: S3Settings):
    store = S3FileStore(settings)
    sha256, _size = store.put(io.BytesIO(b"abc"))
    spoil_key(settings, sha256)

    with pytest.raises(StoreAway, match="does not hold what it held"):
        store.open(sha256)


def test_every_deed_on_a_bucket_that_is_not_there_says_so(settings: S3Settings):
    store = S3FileStore(replace(settings, bucket="finns-inte"))

    with pytest.raises(StoreAway):
        store.put(io.BytesIO(b"abc"))
    with pytest.raises(StoreAway):
        store.delete_unused(lambda _hashes: set())
    with pytest.raises(StoreAway):
        store.check()


def test_a_server_that_does_not_answer_is_given_up_soon(settings: S3Settings):
    store = S3FileStore(replace(settings, endpoint=f"http://127.0.0.1:{unused_port()}"))
    began = time.monotonic()

    for deed in (
        lambda: store.put(io.BytesIO(b"abc")),
        lambda: store.open("0" * 64),
        lambda: store.has("0" * 64),
        store.check,
    ):
        with pytest.raises(StoreAway) as refusal:
            deed()
        assert "hemlighet" not in str(refusal.value)
    assert time.monotonic() - began < 20


class WatchedFile(io.BytesIO):
    """A file that knows the largest piece that was asked of it."""

    largest = 0

    def read(self, size: int | None = -1) -> bytes:
        assert size is not None
        assert size > 0, "all of it was asked for at once"
        self.largest = max(self.largest, size)
        return super().read(size)


def test_a_large_file_goes_through_in_small_pieces(settings: S3Settings):
    content = os.urandom(12 * 1024 * 1024)
    stream = WatchedFile(content)
    store = S3FileStore(settings)

    sha256, size = store.put(stream)

    assert stream.largest <= 1024 * 1024
    with store.open(sha256) as file:
        assert size == len(content)
        assert file.read(100) == content[:100]


def test_a_folder_on_a_broken_disk_says_so_too(tmp_path: Path):
    blocked = tmp_path / "fil"
    blocked.write_text("")

    with pytest.raises(StoreAway):
        FolderStore(blocked / "files").put(io.BytesIO(b"abc"))
