"""gunicorn's settings, read by itself from this folder. Ours come from GENSVAR_..., as everywhere.

SQLite has one writer at a time, so one process with threads; PostgreSQL gets more processes.
More of either: gunicorn's own --workers and --threads, or WEB_CONCURRENCY.
"""

import os
import threading

from config import settings_or_exit
from services.documents.rendering import get_ready

_settings = settings_or_exit()
_host = f"[{_settings.host}]" if ":" in _settings.host else _settings.host

bind = f"{_host}:{_settings.port}"
worker_class = "gthread"
threads = 8
workers = int(
    os.environ.get("WEB_CONCURRENCY", 1 if _settings.database_url.startswith("sqlite") else 3)
)
loglevel = "warning"
timeout = 60
graceful_timeout = 10


def post_worker_init(_worker: object) -> None:
    """Have the process that makes PDFs ready before the first letter, but not in the way of it."""
    ready = threading.Timer(3, get_ready)
    ready.daemon = True
    ready.start()
