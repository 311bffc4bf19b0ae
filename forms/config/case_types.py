"""Forms of the case types and of their tabs."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import BooleanField, SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Length

from domain.permissions import Role
from domain.publication import LONGEST_SHOWN, LONGEST_WAIT
from domain.reminders import LONGEST_NOTICE, LONGEST_STEP
from forms.config import words
from forms.config_fields import (
    ConfigForm,
    NumberField,
    OfCaseTypeForm,
    PositionField,
    RowForm,
    RowsField,
    WordField,
    needed,
)
from forms.fields import LineField
from models import CaseType
from services.config_rules.case_types import LONGEST_LIMIT, list_column_keys


class ListColumnRow(RowForm):
    """One column of the case list."""

    columns = ("key", "label")
    telling = ("key", "label")

    key = SelectField(_("Kolumn"), choices=[])
    label = LineField(_("Rubrik"), [Length(max=200)])
    position = PositionField(empty=None)


class CaseTypeForm(ConfigForm):
    """A case type: names, limits, sender, secrecy and the columns of its list."""

    columns = (
        "key", "name", "position", "acknowledge_days", "answer_days", "sender_name",
        "sender_email", "secrecy_class", "mail_content", "reminds", "remind_before", "remind_every",
        "publishes", "publish_days", "publish_working_days", "unpublish_months", "two_eyes",
        "noindex", "publishes_measures", "is_active",
    )  # fmt: skip

    name = LineField(
        _("Namn"), [needed(), Length(max=120)], description=_("Står i menyn och i mejl.")
    )
    key = LineField(
        _("Nyckel"),
        [needed(), Length(max=80)],
        description=_("Kort namn i webbadressen, till exempel synpunkt-hjo."),
    )
    acknowledge_days = NumberField(_("Bekräftelse inom (arbetsdagar)"), 1, LONGEST_LIMIT, empty=2)
    answer_days = NumberField(_("Svar inom (arbetsdagar)"), 1, LONGEST_LIMIT, empty=10)
    sender_name = LineField(_("Avsändare i mejl, namn"), [Length(max=120)])
    sender_email = LineField(_("Avsändare i mejl, e-postadress"), [Length(max=254)])
    mail_content = WordField(
        _("Mejl till synpunktslämnaren innehåller"),
        words.MAIL_CONTENT,
        description=_("Välj bara en länk om synpunkterna kan röra hälsa, omsorg eller stöd."),
    )
    secrecy_class = WordField(_("Sekretessområde"), words.SECRECY_AREAS)
    reminds = BooleanField(
        _("Påminn om sista dagen"),
        default=True,
        description=_("Mejl till den ansvariga, och efter sista dagen även till nivån ovanför."),
    )
    remind_before = NumberField(
        _("Första påminnelsen, arbetsdagar före sista dagen"),
        0,
        LONGEST_NOTICE,
        empty=3,
        description=_("0 betyder att den första påminnelsen kommer på sista dagen."),
    )
    remind_every = NumberField(
        _("Arbetsdagar mellan påminnelser om försenade svar"), 1, LONGEST_STEP, empty=5
    )
    publishes = BooleanField(
        _("Synpunkter får publiceras på webben"),
        description=_("Var och en kontrolleras först av en person. Bara öppna ärendetyper."),
    )
    publish_days = NumberField(
        _("Publicera tidigast, dagar efter svaret"), 0, LONGEST_WAIT, empty=7
    )
    publish_working_days = BooleanField(_("Räkna arbetsdagar"))
    unpublish_months = NumberField(
        _("Avpublicera efter (månader)"),
        0,
        LONGEST_SHOWN,
        empty=24,
        description=_("0 betyder att synpunkten ligger kvar tills någon avpublicerar den."),
    )
    two_eyes = BooleanField(
        _("Tvåpersonsgranskning"),
        description=_("En annan person än den som har kontrollerat godkänner före publicering."),
    )
    noindex = BooleanField(_("Be sökmotorer att inte visa publicerade synpunkter"))
    publishes_measures = BooleanField(_("Visa åtgärder för publicerade synpunkter"), default=True)
    position = PositionField(_("Ordning i menyn"))
    is_active = BooleanField(_("Aktiv"), default=True)
    list_columns = RowsField(ListColumnRow, _("Ärendelistans kolumner"))

    def __init__(self, obj: CaseType | None = None, **kwargs: Any) -> None:
        super().__init__(obj=obj, **kwargs)
        offered = _column_options(obj or CaseType())
        for entry in self.list_columns.entries:
            entry.form.key.choices = offered
            if entry.form.position.data is None and entry.form.key.data and not self.is_submitted():
                entry.form.position.data = self.list_columns.entries.index(entry) + 1

    def values(self) -> dict[str, Any]:
        rows = [row.values() for row in self.list_columns.kept()]
        return {**super().values(), "list_columns": rows}


def _column_options(case_type: CaseType) -> list[SelectChoice]:
    names = {**words.CORE_FIELDS, **words.LIST_COLUMNS}
    keys = list_column_keys(case_type)
    return [SelectChoice("", "")] + [
        SelectChoice(key, gettext(names[key]) if key in names else key) for key in keys
    ]


class TabForm(OfCaseTypeForm):
    """A tab: its name and its place, which may differ for some roles."""

    columns = ("key", "label", "position")
    shown_at = {"role_positions": "position"}

    label = LineField(_("Namn på fliken"), [needed(), Length(max=120)])
    key = LineField(_("Nyckel"), [needed(), Length(max=80)])
    position = PositionField(_("Ordning"))

    def __init__(self, obj: Any = None, **kwargs: Any) -> None:
        places = obj.role_positions if obj is not None else {}
        super().__init__(obj=obj, data={_place_name(r): n for r, n in places.items()}, **kwargs)

    def values(self) -> dict[str, Any]:
        places = {role.value: self[_place_name(role)].data for role in Role}
        own = {role: place for role, place in places.items() if place is not None}
        return {**super().values(), "role_positions": own}


def _place_name(role: str) -> str:
    return f"position_{role}"


for _role in Role:
    setattr(
        TabForm,
        _place_name(_role),
        PositionField(
            _("Ordning för %(role)s", role=words.ROLES[_role].lower()),
            empty=None,
            description=_("Tomt: samma som för alla."),
        ),
    )
