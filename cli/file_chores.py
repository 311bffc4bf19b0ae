"""What the worker does about files: looks at new ones, and removes what nobody names.

Every piece is a transaction of its own: neither a scanner nor a walk through the store holds up
anybody who writes.
"""

from __future__ import annotations

import time
from collections.abc import Callable

from flask import current_app

from gateways.database import reading
from gateways.files import KEEP_SECONDS, StoreAway
from models import utcnow
from services.attachments import file_store
from services.file_purging import forget_staged, forget_unused, used_among
from services.file_work import claim_file, examine, finish_file, wake_unscanned
from services.stored_files import adopt_unknown
from services.unit_of_work import unit_of_work

BUSY_SECONDS = 5.0
"""How long the mails may be kept waiting by files."""

AWAY_SECONDS = 60.0
"""How long to leave a scanner or a store alone that did not answer."""


class FileKeeper:
    """One worker's care for files."""

    def __init__(self) -> None:
        self._closed_until = 0.0

    def examine_some(self) -> None:
        """Scan and copy what is due, for a few seconds."""
        until = time.monotonic() + BUSY_SECONDS
        while self._closed_until < time.monotonic() < until:
            with unit_of_work():
                job = claim_file(utcnow())
            if job is None:
                return
            findings = examine(job)
            with unit_of_work():
                finish_file(job, findings, utcnow())
            if findings.is_away:
                self._closed_until = time.monotonic() + AWAY_SECONDS

    def tidy(self) -> None:
        """Forget the files of unsent forms; adopt contents that nobody has looked at; let old ones
        wait for a scanner that is new.
        """
        with unit_of_work():
            forget_staged(utcnow())
        _until_none_is_left(adopt_unknown)
        _until_none_is_left(lambda: wake_unscanned(utcnow()))

    def sweep(self) -> None:
        """Remove the contents that nothing names. About once a day: it walks through the store."""
        try:
            self._remove_forgotten()
            file_store().delete_unused(_used_among)
        except StoreAway as error:
            current_app.logger.warning("The file store could not be swept: %s", error)

    def _remove_forgotten(self) -> None:
        while True:
            with unit_of_work():
                forgotten = forget_unused(utcnow())
            if not forgotten:
                return
            for sha256 in set(forgotten) - _used_among(forgotten):
                file_store().delete(sha256, older_than=KEEP_SECONDS)


def _until_none_is_left(deed: Callable[[], int]) -> None:
    """Do it in transactions of their own until it finds nothing more to do."""
    while True:
        with unit_of_work():
            if not deed():
                return


def _used_among(hashes: list[str]) -> set[str]:
    with reading(), unit_of_work():
        return used_among(hashes)
