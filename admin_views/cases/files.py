"""Files chosen in a case form: accepted one by one and kept, even when the form has errors."""

from __future__ import annotations

from flask import request

from admin_views.cases.page import CasePage
from domain.errors import RuleBroken
from domain.permissions import Permission, can
from services.attachments import remove_staged, stage
from services.unit_of_work import unit_of_work
from web.rendering import sentence


def stage_uploads(page: CasePage) -> bool:
    """Keep the sent files under the form's key. True when one of them was refused."""
    if not page.is_new and not can(page.actor, Permission.ATTACHMENT_UPLOAD, page.case):
        return False
    key = str(page.form.key.data)
    refused = False
    with unit_of_work():
        remove_staged(key, request.form.getlist("remove_file"))
    for upload in request.files.getlist("files"):
        if not upload.filename:
            continue
        try:
            with unit_of_work():
                stage(key, upload.filename, upload.stream)
        except RuleBroken as error:
            page.problems.append(("f_files", "", sentence(error)))
            refused = True
    return refused
