"""One transaction around one deed. Only the edges use this: views, command line, worker."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.orm.exc import StaleDataError

from domain.errors import ChangedMeanwhile
from extensions import db


@contextmanager
def unit_of_work() -> Iterator[None]:
    """Commit what happened inside, or none of it.

    Raises ChangedMeanwhile when somebody else saved the same row first.
    """
    try:
        yield
        db.session.commit()
    except StaleDataError as error:
        db.session.rollback()
        raise ChangedMeanwhile from error
    except BaseException:
        db.session.rollback()
        raise
