"""Changing cases. Each function is one deed: check, change, record. None commits."""

from services.cases.attending import mark_replies_read, remove_attachment
from services.cases.closing import (
    close_case,
    close_problems,
    mark_ready,
    reopen_case,
    unmark_ready,
)
from services.cases.editing import edit_case, may_edit_field, may_view_field
from services.cases.opening import open_case

__all__ = [
    "close_case",
    "close_problems",
    "edit_case",
    "mark_ready",
    "mark_replies_read",
    "may_edit_field",
    "may_view_field",
    "open_case",
    "remove_attachment",
    "reopen_case",
    "unmark_ready",
]
