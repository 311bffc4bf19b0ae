"""Copies of pictures that tell nothing but the picture, made where a bomb can do no harm.

A picture of others is decoded in a process of its own, with hard limits on memory and time
(gateways/picture_child.py). The web processes never decode one (threat T32).
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

CHILD = Path(__file__).with_name("picture_child.py")
SECONDS = 30
MEMORY = 1024 * 1024 * 1024


class PictureFailed(Exception):
    """It cannot be decoded within the limits. The text is for the log."""


@dataclass(frozen=True)
class PictureCopies:
    """The two files, and their types. They are gone when the with block ends."""

    copy: IO[bytes]
    copy_type: str
    thumbnail: IO[bytes]
    thumbnail_type: str


@contextmanager
def picture_copies(
    original: IO[bytes], *, seconds: float = SECONDS, memory: int = MEMORY
) -> Iterator[PictureCopies]:
    """Make the copy without metadata and the thumbnail of a picture. Raises PictureFailed."""
    with tempfile.TemporaryDirectory(prefix="gensvar-picture-") as folder:
        paths = [Path(folder) / name for name in ("original", "copy", "thumbnail")]
        with paths[0].open("wb") as file:
            shutil.copyfileobj(original, file)
        types = _made([str(memory), *map(str, paths)], folder, seconds)
        with paths[1].open("rb") as copy, paths[2].open("rb") as thumbnail:
            yield PictureCopies(copy, types["copy"], thumbnail, types["thumbnail"])


def _made(arguments: list[str], folder: str, seconds: float) -> dict[str, str]:
    """Run the child. It gets no environment of ours: there are secrets in it."""
    try:
        done = subprocess.run(  # noqa: S603 - our own program only
            [sys.executable, "-I", str(CHILD), *arguments],
            cwd=folder,
            env={"LANG": "C.UTF-8", "PATH": "/usr/bin:/bin"},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=seconds,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise PictureFailed("took too long") from error
    if done.returncode != 0:
        last = done.stderr.decode(errors="replace").strip().rpartition("\n")[2]
        raise PictureFailed(f"code {done.returncode}: {last[:200]}")
    types: dict[str, str] = json.loads(done.stdout)
    return types
