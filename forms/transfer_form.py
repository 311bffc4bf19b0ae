"""Överför till annan process: which one, and why."""

from __future__ import annotations

from collections.abc import Mapping

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import HiddenField, RadioField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length

from domain.other_processes import LONGEST_NAME, LONGEST_REASON
from forms.fields import AreaField, LineField

OTHER = "other"
_TOO_LONG = _("Texten är för lång. Korta ned den.")


class TransferForm(FlaskForm):
    """One of the list, or another one by its name."""

    version = HiddenField()
    goes_to = RadioField(
        _("Vart hör det?"),
        [InputRequired(_("Välj en process, eller skriv vilken."))],
        validate_choice=False,
    )
    other = LineField(
        _("Annan process"),
        [Length(max=LONGEST_NAME, message=_TOO_LONG)],
        description=_("Fyll i när processen inte finns i listan."),
    )
    reason = AreaField(
        _("Varför överförs ärendet?"),
        [
            InputRequired(_("Skriv varför ärendet överförs.")),
            Length(max=LONGEST_REASON, message=_TOO_LONG),
        ],
        description=_("Skriv också vem som har tagit emot det. Sparas i ändringsloggen."),
        render_kw={"rows": 4},
    )

    def offer(self, processes: Mapping[str, str]) -> None:
        """Fill in the processes of the case type, each with what to mind."""
        rows = [
            SelectChoice(name, f"{gettext(name)}. {gettext(note)}" if note else gettext(name))
            for name, note in processes.items()
        ]
        self.goes_to.choices = [*rows, SelectChoice(OTHER, gettext("Annan process"))]

    def chosen(self) -> str:
        """The name of the process: a known one, or what was written."""
        if self.goes_to.data == OTHER:
            return self.other.data or ""
        known = {choice.value for choice in self.goes_to.choices or ()}
        return str(self.goes_to.data) if self.goes_to.data in known else ""
