"""What the worker does about documents: makes those that took too long for a request."""

from __future__ import annotations

import time

from flask import current_app

from models import utcnow
from services.documents.jobs import claim_due, finish, make, purge_jobs
from services.unit_of_work import unit_of_work

BUSY_SECONDS = 5.0
"""How long the mails may be kept waiting by documents; one that is begun is finished."""


def make_documents() -> None:
    """Make what waits, oldest first, for a few seconds."""
    until = time.monotonic() + BUSY_SECONDS
    while time.monotonic() < until and make_next_document():
        pass


def make_next_document() -> bool:
    """Make one document if one waits. True when there was one."""
    with unit_of_work():
        job = claim_due(utcnow())
    if job is None:
        return False
    result_sha256, problem = make(job)
    if problem:
        current_app.logger.warning("Document %s was not made (%s)", job.key[:12], problem)
    with unit_of_work():
        finish(job, result_sha256, problem, utcnow())
    return True


def forget_old_documents() -> None:
    """Forget the documents of yesterday."""
    purge_jobs(utcnow())
