"""The file store: bytes under their SHA-256, never under a name that a user gave.

Two stores keep the same promises: a folder (here) and a bucket (gateways/s3_files.py).
A file is complete and durable before anything can refer to it: the row that names it
commits afterwards. A crash in between leaves a file without a row, which delete_unused() takes
away a day later; it never leaves a row without a file.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import secrets
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Protocol

CHUNK = 256 * 1024
KEEP_SECONDS = 24 * 3600
"""How long a file without a row is left alone: its row may still be on the way."""

SWEPT_SECONDS = 7 * KEEP_SECONDS
"""Older files were looked at before: a large store is not searched through every hour."""

SPARE_BYTES = 500 * 1024 * 1024
"""What files must leave free for the database."""


class StoreAway(OSError):
    """The store does not answer, is full or may not be used. The text is for the log."""


UsedAmong = Callable[[list[str]], set[str]]
"""Which of some hashes are named by a row."""


class FileStore(Protocol):
    """What both stores do. Every method raises StoreAway when the store fails."""

    def put(self, stream: IO[bytes]) -> tuple[str, int]:
        """Keep the rest of `stream`; returns (SHA-256 in hex, size in bytes). Durable on return."""

    def open(self, sha256: str) -> IO[bytes]:
        """The file, for reading. Raises FileNotFoundError."""

    def has(self, sha256: str) -> bool:
        """Whether the file is there."""

    def delete(self, sha256: str, *, older_than: float = 0) -> bool:
        """Remove one file unless it was put (again) less than `older_than` seconds ago."""

    def delete_unused(self, used_among: UsedAmong) -> int:
        """Remove the files put a day to a week ago that no row names; returns how many went.

        `used_among` is asked about some hashes at a time, and holds nothing in between.
        """

    def has_room(self) -> bool:
        """Whether it can take more files (threat T34)."""

    def check(self) -> None:
        """Raise StoreAway unless files can be put and read. For doctor."""


class FolderStore:
    """Files below `folder`, spread over 256 folders by the first two signs of their hash."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def put(self, stream: IO[bytes]) -> tuple[str, int]:
        with _as_store_away():
            return self._put(stream)

    def _put(self, stream: IO[bytes]) -> tuple[str, int]:
        incoming = self._made(self.folder / "incoming")
        temporary = incoming / secrets.token_hex(16)
        try:
            sha256, size = _copy(stream, temporary)
            target = self._path(sha256)
            with self._turn():
                self._made(target.parent)
                # Also over an equal file: its new time keeps it safe from delete_unused().
                temporary.replace(target)
            _sync_folder(target.parent)
        finally:
            temporary.unlink(missing_ok=True)
        return sha256, size

    def open(self, sha256: str) -> IO[bytes]:
        with _as_store_away():
            return self._path(sha256).open("rb")

    def has(self, sha256: str) -> bool:
        return self._path(sha256).is_file()

    def delete(self, sha256: str, *, older_than: float = 0) -> bool:
        path = self._path(sha256)
        if not path.is_file():
            return False
        with _as_store_away(), self._turn():
            if not path.is_file() or path.stat().st_mtime > time.time() - older_than:
                return False
            path.unlink()
            _sync_folder(path.parent)
        return True

    def delete_unused(self, used_among: UsedAmong) -> int:
        removed = 0
        for folder in sorted(self.folder.glob("[0-9a-f][0-9a-f]")):
            names = [path.name for path in folder.iterdir() if _is_swept(path)]
            for name in set(names) - (used_among(names) if names else set()):
                removed += self.delete(name, older_than=KEEP_SECONDS)
        for path in self.folder.glob("incoming/*"):
            if _age(path) > KEEP_SECONDS:
                path.unlink(missing_ok=True)
        return removed

    def has_room(self) -> bool:
        """Whether the disk can take more files without coming near its end."""
        with _as_store_away():
            return shutil.disk_usage(self._made(self.folder)).free > SPARE_BYTES

    def check(self) -> None:
        with _as_store_away():
            folder = self._made(self.folder)
            if not os.access(folder, os.R_OK | os.W_OK | os.X_OK):
                raise PermissionError(f"{folder} cannot be written to")

    def _path(self, sha256: str) -> Path:
        return self.folder / place_of(sha256)

    def _made(self, folder: Path) -> Path:
        if not folder.is_dir():
            folder.mkdir(parents=True, exist_ok=True)
            _sync_folder(folder.parent)
        return folder

    @contextmanager
    def _turn(self) -> Iterator[None]:
        """One process at a time moves or removes: a file put again cannot vanish under its row."""
        with (self.folder / "lock").open("a") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield


def place_of(sha256: str) -> str:
    """Where a file lies in its store: "ab/abcdef…". Raises ValueError for what is no hash."""
    if len(sha256) != 64 or not set(sha256) <= set("0123456789abcdef"):
        raise ValueError("Not a SHA-256.")
    return f"{sha256[:2]}/{sha256}"


@contextmanager
def _as_store_away() -> Iterator[None]:
    """A full or broken disk is StoreAway; a missing file stays a missing file."""
    try:
        yield
    except FileNotFoundError:
        raise
    except OSError as error:
        raise StoreAway(f"{type(error).__name__}: {error}") from error


def _copy(stream: IO[bytes], path: Path) -> tuple[str, int]:
    digest = hashlib.sha256()
    size = 0
    with path.open("xb") as file:
        while chunk := stream.read(CHUNK):
            digest.update(chunk)
            size += file.write(chunk)
        file.flush()
        os.fsync(file.fileno())
    return digest.hexdigest(), size


def _age(path: Path) -> float:
    return time.time() - path.stat().st_mtime


def _is_swept(path: Path) -> bool:
    return KEEP_SECONDS < _age(path) < KEEP_SECONDS + SWEPT_SECONDS


def _sync_folder(folder: Path) -> None:
    """Make a new or removed name in `folder` survive a power cut."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
