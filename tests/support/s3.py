"""A real S3 server on a port of this machine (moto), with a bucket of its own for each test."""

from __future__ import annotations

import itertools
import logging
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

from moto.s3.models import s3_backends
from moto.server import ThreadedMotoServer

from config import S3Settings
from gateways.files import place_of

_numbers = itertools.count()
ACCOUNT = "123456789012"


@contextmanager
def s3_server() -> Iterator[str]:
    """The address of a server that answers until the block ends."""
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    try:
        host, port = server.get_host_and_port()
        yield f"http://{host}:{port}"
    finally:
        server.stop()


def new_bucket(url: str) -> S3Settings:
    """A new bucket on the server, and the settings that name it."""
    name = f"hink{next(_numbers)}"
    urllib.request.urlopen(urllib.request.Request(f"{url}/{name}", method="PUT")).close()
    return S3Settings(name, "gensvar/filer", url, "us-east-1", "nyckel", "hemlighet")


def keys_in(settings: S3Settings) -> set[str]:
    """The keys in the bucket."""
    return set(s3_backends[ACCOUNT]["aws"].buckets[settings.bucket].keys)


def age_key(settings: S3Settings, sha256: str, hours: int) -> None:
    """Make a stored file look as if it had been put so many hours ago."""
    bucket = s3_backends[ACCOUNT]["aws"].buckets[settings.bucket]
    key = bucket.keys[f"{settings.prefix}/{place_of(sha256)}"]
    key.last_modified = (datetime.now(UTC) - timedelta(hours=hours)).replace(tzinfo=None)


def spoil_key(settings: S3Settings, sha256: str) -> None:
    """Change the bytes of a stored file behind the store's back."""
    bucket = s3_backends[ACCOUNT]["aws"].buckets[settings.bucket]
    bucket.keys[f"{settings.prefix}/{place_of(sha256)}"].value = b"nagot annat"
