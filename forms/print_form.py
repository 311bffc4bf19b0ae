"""What goes along when a case is printed: a tick box for each part, and one way for its files."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import RadioField, SelectMultipleField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired
from wtforms.widgets import CheckboxInput, ListWidget

from domain.case_parts import (
    FILE_LABELS,
    PART_LABELS,
    PART_MEANINGS,
    USUAL,
    Choices,
    Files,
    Part,
    chosen,
    offered_files,
    offered_parts,
)
from domain.permissions import Actor, CaseFacts
from forms.base import Form


class PartsField(SelectMultipleField):
    """Tick boxes. What was never offered is passed over: the services cut it anyway."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class PartsForm(Form):
    """The two questions. offer() fills in what this person may choose of this case."""

    parts = PartsField(
        _("Det här följer med"),
        [DataRequired(_("Välj minst en del av ärendet."))],
        validate_choice=False,
    )
    files = RadioField(_("Filer"), validate_choice=False)

    def offer(self, case: CaseFacts, actor: Actor) -> None:
        """Set the boxes: those that this person has the right to."""
        self.parts.choices = [
            SelectChoice(part.value, gettext(PART_LABELS[part]))
            for part in offered_parts(case, actor)
        ]
        self.files.choices = [
            SelectChoice(way.value, gettext(FILE_LABELS[way])) for way in offered_files(case, actor)
        ]

    def choices(self) -> Choices:
        """What was chosen."""
        return chosen(self.parts.data or (), self.files.data or "")

    @staticmethod
    def meaning(part: str) -> str:
        """What a tick in this box means."""
        return gettext(PART_MEANINGS[Part(part)])


USUAL_DATA = {"parts": [part.value for part in Part if part in USUAL], "files": Files.NONE.value}
"""How the form stands when it is opened."""


class PrintForm(PartsForm):
    """*Skriv ut*."""


def print_form(case: CaseFacts, actor: Actor, formdata: Any = None) -> PrintForm:
    """The form of *Skriv ut* for one case and person."""
    form = PrintForm(formdata, data=USUAL_DATA)
    form.offer(case, actor)
    return form
