"""Reading the versions and the files of event templates."""

from __future__ import annotations

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload

from extensions import db
from models import EventTemplateVersion, TemplateFile


def latest_version(template_id: int) -> EventTemplateVersion | None:
    """The version that the template has now; None before its first save."""
    return db.session.scalar(_of(template_id).limit(1))


def versions_of(template_id: int) -> list[EventTemplateVersion]:
    """Every version of a template, newest first, with who saved it."""
    query = _of(template_id).options(joinedload(EventTemplateVersion.saved_by))
    return list(db.session.scalars(query))


def version_of(template_id: int, number: int) -> EventTemplateVersion | None:
    """One version of one template."""
    return db.session.scalar(_of(template_id).where(EventTemplateVersion.number == number))


def files_of_template(template_id: int) -> list[TemplateFile]:
    """The files that go along with every event of a template, in the order they were added."""
    query = select(TemplateFile).where(TemplateFile.template_id == template_id)
    return list(db.session.scalars(query.order_by(TemplateFile.id)))


def file_of_template(template_id: int, public_id: str) -> TemplateFile | None:
    """One file of one template: no id opens another template's."""
    return db.session.scalar(
        select(TemplateFile).where(
            TemplateFile.template_id == template_id, TemplateFile.public_id == public_id
        )
    )


def _of(template_id: int) -> Select[EventTemplateVersion]:
    of_template = EventTemplateVersion.template_id == template_id
    return (
        select(EventTemplateVersion).where(of_template).order_by(EventTemplateVersion.number.desc())
    )
