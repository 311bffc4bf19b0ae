"""What the worker does about files of case lists: makes those that took too long for a request."""

from __future__ import annotations

from flask import current_app
from sqlalchemy.exc import OperationalError

from gateways.files import StoreAway
from models import utcnow
from services.exports.jobs import claim_export, finish_export, make_export, purge_exports
from services.unit_of_work import unit_of_work


def make_next_export() -> None:
    """Make one file if one waits. What goes wrong is tried again when the claim has ended."""
    with unit_of_work():
        job = claim_export(utcnow())
    if job is None:
        return
    try:
        made = make_export(job)
    except (OperationalError, StoreAway) as error:
        current_app.logger.warning("The export %s was not made (%s)", job.id, type(error).__name__)
        return
    with unit_of_work():
        finish_export(job, made)


def forget_old_exports() -> None:
    """Forget the files of yesterday."""
    purge_exports(utcnow())
