"""Fields for files: drawn by the settings of System → Filer, checked one by one by the view."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext as _
from wtforms import MultipleFileField

from domain.file_policy import DOCUMENTS, FILMS, MEGABYTE, PICTURES, SOUNDS
from domain.file_types import accepted
from queries.configuration import configuration


class FilesField(MultipleFileField):
    """Any number of files. The view checks and keeps them one by one; the form only draws it."""

    def __init__(self, label: Any, **kw: Any) -> None:
        super().__init__(label, **{"render_kw": file_attributes(), **kw})


def file_attributes() -> dict[str, Any]:
    """The attributes of <input type="file">: what is taken in, and the limits for the script."""
    policy = configuration().file_policy
    return {
        "accept": accepted(policy),
        "multiple": True,
        "data-max-file": policy.each,
        "data-max-total": policy.together,
        "data-max-count": policy.count,
    }


def file_help(own: Any = "") -> str:
    """The help of a file field: what may be chosen, what its form says of it, how much."""
    return " ".join(str(part) for part in (file_kinds(), own, file_limits()) if part)


def file_limits() -> str:
    """How many files and how large, in words."""
    policy = configuration().file_policy
    each, together = policy.each // MEGABYTE, policy.together // MEGABYTE
    if policy.count == 1:
        return _("Högst en fil, %(each)s MB.", each=each)
    return _(
        "Högst %(count)s filer, %(each)s MB var och %(together)s MB tillsammans.",
        count=policy.count,
        each=each,
        together=together,
    )


def file_kinds() -> str:
    """What may be chosen, in words: "Bilder, dokument och ljudfiler." """
    policy = configuration().file_policy
    names = (
        (_("bilder"), PICTURES),
        (_("dokument"), DOCUMENTS),
        (_("ljudfiler"), SOUNDS),
        (_("filmer"), FILMS),
    )
    *first, last = [name for name, endings in names if policy.takes_any(endings)] or [_("filer")]
    conjunction = _("och")  # not in an f-string: the catalogue must find it
    kinds = f"{', '.join(first)} {conjunction} {last}" if first else last
    return f"{kinds[0].upper()}{kinds[1:]}."
