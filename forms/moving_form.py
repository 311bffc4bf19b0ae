"""The small pages Flytta till annan enhet and Byt ansvarig – jäv."""

from __future__ import annotations

from collections.abc import Sequence

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import HiddenField, SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired

from domain.layout import UnitNode
from forms.fields import AreaField, to_id
from queries.people import Person


class ResponsibleForm(FlaskForm):
    """Who takes the case over, and what the conflict of interest is."""

    version = HiddenField()
    responsible = SelectField(
        _("Ny ansvarig"),
        [InputRequired(_("Välj en ny ansvarig."))],
        coerce=to_id,
        validate_choice=False,
    )
    reason = AreaField(
        _("Vad består jävet i?"),
        [InputRequired(_("Skriv kort vad jävet består i."))],
        description=_("Sparas i ändringsloggen. Skriv inte mer än vad som behövs."),
        render_kw={"rows": 4},
    )

    def offer(self, people: Sequence[Person]) -> None:
        """Fill in those who can take the case over."""
        rows = [SelectChoice(person.id, person.name) for person in people]
        self.responsible.choices = [SelectChoice("", str(_("Välj …"))), *rows]


class UnitForm(FlaskForm):
    """The new unit, its responsible or another one, and why."""

    version = HiddenField()
    unit = SelectField(
        _("Ny enhet"),
        [InputRequired(_("Välj en enhet i listan."))],
        coerce=to_id,
        validate_choice=False,
    )
    responsible = SelectField(_("Ansvarig"), coerce=to_id, validate_choice=False)
    reason = AreaField(
        _("Varför flyttas ärendet?"),
        [InputRequired(_("Skriv varför ärendet flyttas."))],
        description=_("Sparas i ändringsloggen."),
        render_kw={"rows": 4},
    )

    def offer(self, units: Sequence[UnitNode], people: Sequence[Person]) -> None:
        """Fill in the units in use, as a tree, and the people; a script keeps those of the unit."""
        self.unit.choices = [SelectChoice("", str(_("Välj …")))]
        for unit in units:
            indent = "\u2003" * max(unit.depth - 1, 0)
            own = {"data-path": unit.path}
            self.unit.choices.append(SelectChoice(unit.id, indent + unit.name, own))
        self.responsible.choices = [SelectChoice("", str(_("Enhetens ansvariga")))]
        for person in people:
            own = {"data-paths": " ".join(person.paths)}
            self.responsible.choices.append(SelectChoice(person.id, person.name, own))
        self.responsible.render_kw = {"data-depends-on": self.unit.id}
