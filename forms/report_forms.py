"""Forms of kept reports and of reports by mail."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import HiddenField, SelectField, SelectMultipleField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, ValidationError

from domain.layout import CaseTypeLayout, UnitNode
from domain.statistics.period import FIRST_YEAR, LAST_YEAR
from domain.statistics.presets import PERIOD_NAMES
from forms.config_fields import WordField, needed, options
from forms.fields import AreaField, DayField, LineField, to_id
from queries.people import Person

WHOLE = "alla"


class ScopeMixin:
    """The fields case type and unit, as both forms have them."""

    case_type = SelectField(_("Ärendetyp"), coerce=to_id, validate_choice=True)
    unit = SelectField(_("Nämnd, förvaltning eller enhet"), [needed()], validate_choice=True)

    def offer(
        self, types: Sequence[CaseTypeLayout], units: Sequence[UnitNode], *, whole: bool
    ) -> None:
        """Fill in what the person may count; `whole`: also the whole organisation."""
        self.case_type.choices = [SelectChoice(t.id, t.name) for t in types]
        top = min((unit.depth for unit in units), default=0)
        indent = "\N{NO-BREAK SPACE}" * 3
        first = [SelectChoice(WHOLE, gettext("Hela organisationen"))] if whole else []
        self.unit.choices = first + [
            SelectChoice(str(u.id), indent * (u.depth - top) + u.name) for u in units
        ]

    @property
    def unit_id(self) -> int | None:
        """The chosen unit; None for the whole organisation."""
        return None if self.unit.data == WHOLE else int(self.unit.data)


class NewReportForm(ScopeMixin, FlaskForm):
    """What a new report to a board is about."""

    name = LineField(
        _("Rapportens namn"),
        [needed(), Length(max=200, message=_("Namnet får ha högst 200 tecken."))],
        description=_("Till exempel Synpunkter första halvåret 2026, kommunstyrelsen."),
    )
    period = WordField(
        _("Period"),
        PERIOD_NAMES,
        default="forra-halvaret",
        description=_("Väljer du egna datum, fyll i Från och med och Till och med."),
    )
    first_day = DayField(_("Från och med"))
    last_day = DayField(_("Till och med"))

    def validate_first_day(self, field: Any) -> None:
        """Own dates need both days."""
        if self.period.data == "egen":
            _check_day(field)

    def validate_last_day(self, field: Any) -> None:
        if self.period.data != "egen":
            return
        _check_day(field)
        if self.first_day.data and field.data and field.data < self.first_day.data:
            raise ValidationError(_("Sista dagen är före den första. Byt plats på datumen."))


def _check_day(field: Any) -> None:
    if field.data is None:
        raise ValidationError(_("Skriv datumet som åååå-mm-dd, till exempel 2026-11-22."))
    if not FIRST_YEAR <= field.data.year <= LAST_YEAR:
        raise ValidationError(_("Välj en dag mellan år 2000 och 2099."))


class CommentForm(FlaskForm):
    """What was done and got better. The comments under the tables are fields beside it."""

    version = HiddenField()
    improvements = AreaField(
        _("Åtgärder och förbättringar"),
        description=_("Vad synpunkterna har lett till. Skriv inte så att någon kan kännas igen."),
        render_kw={"rows": 6},
    )


class ScheduleForm(ScopeMixin, FlaskForm):
    """Which report goes to whom, and how often."""

    name = LineField(
        _("Utskickets namn"),
        [needed(), Length(max=200, message=_("Namnet får ha högst 200 tecken."))],
    )
    report = SelectField(_("Rapport"), [needed()])
    rhythm = SelectField(_("Hur ofta"), [needed()])
    readers = SelectMultipleField(
        _("Läsare"),
        [InputRequired(_("Välj minst en läsare."))],
        coerce=to_id,
        description=_("Var och en får siffrorna med sin egen behörighet den dag mejlet skickas."),
        render_kw={"data-combobox": ""},
    )

    def offer_rest(
        self, reports: dict[str, str], rhythms: dict[str, str], people: Sequence[Person]
    ) -> None:
        """Fill in reports, rhythms and people."""
        self.report.choices = options(reports)
        self.rhythm.choices = options(rhythms)
        self.readers.choices = [SelectChoice(person.id, person.name) for person in people]
