"""The file store in a bucket that speaks S3: the same promises, for several machines.

Keys are prefix/ab/abcdef…. What is read is fetched whole into a temporary file and held against
its hash first: an answer that breaks off or was changed is never sent on as a file.
"""

from __future__ import annotations

import hashlib
import tempfile
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from functools import lru_cache
from typing import IO, TYPE_CHECKING

from config import S3Settings
from gateways.files import CHUNK, KEEP_SECONDS, SWEPT_SECONDS, StoreAway, UsedAmong, place_of

if TYPE_CHECKING:
    from obstore import ObjectMeta
    from obstore.store import S3Store

PART = 5 * 1024 * 1024
"""S3 wants parts of at least this size. Two of them are in memory at a time."""

IN_MEMORY = 1024 * 1024
ANSWER_SECONDS = 60
PATIENCE_SECONDS = 10
"""How long a store that fails is asked again."""

LISTED = 1000


class S3FileStore:
    """Files in one bucket. Every error of the store is StoreAway."""

    def __init__(self, settings: S3Settings) -> None:
        self._settings = settings

    @property
    def _bucket(self) -> S3Store:
        return _connected(self._settings)

    def put(self, stream: IO[bytes]) -> tuple[str, int]:
        import obstore

        with tempfile.SpooledTemporaryFile(max_size=IN_MEMORY) as copy:
            sha256, size = _copied(stream, copy)
            with _as_store_away(missing_is_away=True):
                # Also over an equal file: its new time keeps it safe from delete_unused().
                what = copy.read() if size <= PART else _parts(copy)
                obstore.put(
                    self._bucket, place_of(sha256), what, chunk_size=PART, max_concurrency=2
                )
        return sha256, size

    def open(self, sha256: str) -> IO[bytes]:
        import obstore

        place = place_of(sha256)
        copy = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 - the caller closes
        try:
            with _as_store_away():
                digest = hashlib.sha256()
                for chunk in obstore.get(self._bucket, place).stream(CHUNK):
                    digest.update(chunk)
                    copy.write(chunk)
                if digest.hexdigest() != sha256:
                    raise StoreAway(f"{place} does not hold what it held")
        except BaseException:
            copy.close()
            raise
        copy.seek(0)
        return copy

    def has(self, sha256: str) -> bool:
        return self._age(place_of(sha256)) is not None

    def delete(self, sha256: str, *, older_than: float = 0) -> bool:
        import obstore

        age = self._age(place_of(sha256))
        if age is None or age < older_than:
            return False
        with _as_store_away(missing_is_away=True):
            obstore.delete(self._bucket, place_of(sha256))
        return True

    def delete_unused(self, used_among: UsedAmong) -> int:
        import obstore

        removed = 0
        with _as_store_away(missing_is_away=True):
            for found in obstore.list(self._bucket, chunk_size=LISTED):
                names = list(_swept(found))
                for name in set(names) - (used_among(names) if names else set()):
                    removed += self.delete(name, older_than=KEEP_SECONDS)
        return removed

    def has_room(self) -> bool:
        """A bucket has no end that could be seen from here."""
        return True

    def check(self) -> None:
        import obstore

        with _as_store_away(missing_is_away=True):
            next(iter(obstore.list(self._bucket, chunk_size=1)), None)
            obstore.put(self._bucket, "doctor", b"")
            obstore.delete(self._bucket, "doctor")

    def _age(self, place: str) -> float | None:
        """Seconds since the file was put, None when there is none."""
        import obstore

        try:
            with _as_store_away():
                meta = obstore.head(self._bucket, place)
        except FileNotFoundError:
            return None
        return time.time() - meta["last_modified"].timestamp()


@lru_cache(maxsize=8)
def _connected(settings: S3Settings) -> S3Store:
    """The client of a bucket. It keeps its connections, so one per process."""
    from obstore.store import S3Store

    return S3Store(
        settings.bucket,
        prefix=settings.prefix or None,
        config={
            "region": settings.region,
            "access_key_id": settings.access_key,
            "secret_access_key": settings.secret_key,
            **({"endpoint": settings.endpoint} if settings.endpoint else {}),
        },
        client_options={
            "allow_http": settings.endpoint.startswith("http://"),
            "connect_timeout": timedelta(seconds=5),
            "timeout": timedelta(seconds=ANSWER_SECONDS),
        },
        retry_config={"max_retries": 2, "retry_timeout": timedelta(seconds=PATIENCE_SECONDS)},
    )


def _copied(stream: IO[bytes], copy: IO[bytes]) -> tuple[str, int]:
    """The key is the hash, so the stream is read once to the end before anything is sent."""
    digest = hashlib.sha256()
    size = 0
    while chunk := stream.read(CHUNK):
        digest.update(chunk)
        size += copy.write(chunk)
    copy.seek(0)
    return digest.hexdigest(), size


def _parts(copy: IO[bytes]) -> Iterator[bytes]:
    while part := copy.read(PART):
        yield part


def _swept(found: Iterable[ObjectMeta]) -> Iterator[str]:
    """The hashes among `found` that are old enough to be asked about, and not too old."""
    for meta in found:
        name = meta["path"].rpartition("/")[2]
        age = time.time() - meta["last_modified"].timestamp()
        if len(name) == 64 and KEEP_SECONDS < age < KEEP_SECONDS + SWEPT_SECONDS:
            yield name


@contextmanager
def _as_store_away(*, missing_is_away: bool = False) -> Iterator[None]:
    """A missing file stays FileNotFoundError, unless only the bucket itself can be missing."""
    from obstore.exceptions import BaseError

    try:
        yield
    except FileNotFoundError as error:
        if missing_is_away:
            raise StoreAway(_first_line(error)) from None
        raise
    except (BaseError, OSError, ValueError) as error:
        raise StoreAway(_first_line(error)) from None


def _first_line(error: Exception) -> str:
    return str(error).partition("\n")[0][:300] or type(error).__name__
