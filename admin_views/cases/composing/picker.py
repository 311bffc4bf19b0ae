"""Bifoga fil…: the files of one compose form, kept while the form is not sent."""

from __future__ import annotations

from typing import Any

from flask import request
from flask_babel import lazy_gettext as _

from admin_views.cases.composing.composer import Composition
from domain.errors import RuleBroken
from domain.file_policy import MEGABYTE
from domain.permissions import Permission, can
from forms.base import Form
from forms.file_field import FilesField, file_limits
from models import Attachment, StagedFile, TemplateFile
from queries.configuration import configuration
from queries.template_versions import files_of_template
from services.attachments import remove_staged, stage, staged
from services.correspondence.files import ChosenFiles, files_to_choose
from services.text_context import is_sensitive
from services.unit_of_work import unit_of_work
from web.rendering import sentence

FROM_CASE, FROM_TEMPLATE = "case_file", "template_file"
"""Names of the tick boxes."""


class UploadForm(Form):
    """New files."""

    files = FilesField(_("Nya filer"))


class FilePicker:
    """What can be chosen and what is. `sent` is what came back, or was saved, of the form.

    The template's own files are ticked until somebody unticks them.
    """

    def __init__(self, work: Composition, key: str, sent: Any) -> None:
        self._work, self._key, self._sent = work, key, sent
        self.may_upload = can(work.actor, Permission.ATTACHMENT_UPLOAD, work.case)
        self.of_template: list[TemplateFile] = files_of_template(work.item.id)
        self.of_case: list[Attachment] = files_to_choose(work.case, work.actor)
        self.upload = UploadForm()
        self.refused: list[str] = []

    @property
    def staged(self) -> list[StagedFile]:
        return staged(self._key)

    @property
    def stays_here(self) -> bool:
        """Whether the files are not mailed but fetched on the reply page."""
        return self._work.item.kind == "email" and is_sensitive(self._work.case)

    @property
    def mail_megabytes(self) -> int:
        return configuration().file_policy.mailed // MEGABYTE

    @property
    def limits(self) -> str:
        return file_limits()

    @property
    def any_of_case(self) -> bool:
        return any(self.is_ticked(row) for row in self.of_case)

    def is_ticked(self, row: Attachment | TemplateFile) -> bool:
        """Whether the file goes along."""
        if self._sent is None:
            return isinstance(row, TemplateFile)
        name = FROM_TEMPLATE if isinstance(row, TemplateFile) else FROM_CASE
        return row.public_id in self._sent.getlist(name)

    @property
    def chosen(self) -> ChosenFiles:
        return ChosenFiles(
            self._key,
            of_case=tuple(row.public_id for row in self.of_case if self.is_ticked(row)),
            of_template=tuple(row.public_id for row in self.of_template if self.is_ticked(row)),
        )

    def take(self, removed: str = "") -> None:
        """Keep what was uploaded, one by one; the refused ones are named. `removed` goes."""
        if not self.may_upload:
            return
        if removed:
            with unit_of_work():
                remove_staged(self._key, [removed])
        for upload in request.files.getlist("files"):
            if not upload.filename:
                continue
            try:
                with unit_of_work():
                    stage(self._key, upload.filename, upload.stream)
            except RuleBroken as error:
                self.refused.append(sentence(error))
