"""A folder in memory for databases that nobody keeps, where the machine has room for one."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

MEMORY = Path("/dev/shm")
ENOUGH = 2 * 1024**3


def fast_folder(purpose: str) -> Path:
    """A new folder, in memory if two gigabytes are free there. The caller removes it."""
    has_room = MEMORY.is_dir() and shutil.disk_usage(MEMORY).free > ENOUGH
    place = MEMORY if has_room else Path(tempfile.gettempdir())
    _sweep(place)
    return Path(tempfile.mkdtemp(prefix=f"gensvar-{purpose}-{os.getpid()}-", dir=place))


def _sweep(place: Path) -> None:
    """Remove what test runs that were killed could not remove."""
    for folder in place.glob("gensvar-*-*-*"):
        pid = folder.name.split("-")[2]
        if pid.isdigit() and not Path(f"/proc/{pid}").exists():
            shutil.rmtree(folder, ignore_errors=True)
