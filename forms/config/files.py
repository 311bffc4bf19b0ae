"""The form of System → Filer: which files are taken in, how many, and how large."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _
from wtforms.validators import InputRequired

from domain.file_policy import (
    DOCUMENTS,
    FILMS,
    MOST_COUNT,
    MOST_EACH,
    MOST_MAILED,
    MOST_TOGETHER,
    PICTURES,
    SOUNDS,
)
from forms.config_fields import ConfigForm, NumberField, WordsField

GROUPS = {"pictures": PICTURES, "documents": DOCUMENTS, "sounds": SOUNDS, "films": FILMS}


def _named(endings: tuple[str, ...]) -> dict[str, str]:
    return {ending: f".{ending}" for ending in endings}


def _number(label: Any, most: int, help_text: Any = "") -> NumberField:
    needed = InputRequired(_("Fyll i det här fältet."))
    return NumberField(label, 1, most, validators=[needed], description=help_text)


class ColumnLabel:
    """What the change log calls a column that no single field of the form shows."""

    def __init__(self, label: Any) -> None:
        self.args = (label,)


class FilesForm(ConfigForm):
    """The endings stand in groups; together they are one column."""

    columns = (
        "file_endings", "file_count", "file_megabytes", "file_total_megabytes", "mail_megabytes",
    )  # fmt: skip
    locked = ()

    file_endings = ColumnLabel(_("Filtyper"))
    pictures = WordsField(_("Bilder"), _named(PICTURES))
    documents = WordsField(_("Dokument"), _named(DOCUMENTS))
    sounds = WordsField(_("Ljud"), _named(SOUNDS))
    films = WordsField(
        _("Film"),
        _named(FILMS),
        description=_("Filmer är stora och visar ofta andra människor."),
    )
    file_count = _number(
        _("Antal filer"), MOST_COUNT, _("I ett formulär eller ett meddelande, från 1 till 20.")
    )
    file_megabytes = _number(_("MB per fil"), MOST_EACH, _("Från 1 till 100."))
    file_total_megabytes = _number(_("MB tillsammans"), MOST_TOGETHER, _("Från 1 till 200."))
    mail_megabytes = _number(
        _("MB i ett mejl"),
        MOST_MAILED,
        _("Från 1 till 25. Många mottagare tar inte emot mer än 10."),
    )

    def __init__(self, obj: Any = None, **kwargs: Any) -> None:
        chosen = getattr(obj, "file_endings", [])
        grouped = {name: [e for e in chosen if e in all_] for name, all_ in GROUPS.items()}
        super().__init__(obj=obj, **{**grouped, **kwargs})

    def values(self) -> dict[str, Any]:
        endings = [ending for name in GROUPS for ending in self[name].data or []]
        numbers = {name: self[name].data for name in self.columns if name in self}
        return {"file_endings": endings, **numbers}
