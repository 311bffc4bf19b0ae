"""Forms of the units and of the people with their roles."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import BooleanField
from wtforms.validators import Length

from forms.config import words
from forms.config_fields import (
    ConfigForm,
    PositionField,
    RowField,
    RowForm,
    RowsField,
    WordField,
    needed,
    row_options,
)
from forms.fields import LineField, RichTextField
from models import Unit, User
from queries import config_options
from queries.unit_cases import cases_of_unit
from services.people import Grant


class UnitForm(ConfigForm):
    """A unit and its place in the tree."""

    columns = (
        "key", "name", "kind", "parent_id", "position", "board", "secrecy_area",
        "default_responsible_id", "is_active",
    )  # fmt: skip

    name = LineField(_("Namn"), [needed(), Length(max=200)])
    key = LineField(_("Nyckel"), [needed(), Length(max=80)])
    kind = WordField(_("Sort"), words.UNIT_KINDS, default="unit")
    parent_id = RowField(_("Ligger under"), description=_("Enheter under flyttar med."))
    position = PositionField(_("Ordning"))
    default_responsible_id = RowField(
        _("Ansvarig för nya ärenden"),
        description=_("Den som får nya synpunkter som gäller enheten."),
    )
    board = LineField(_("Ansvarig nämnd"), [Length(max=200)])
    secrecy_area = WordField(_("Sekretessområde"), words.SECRECY_AREAS)
    confirm_area = BooleanField(
        _("Ja, enhetens ärenden ska byta sekretessområde"),
        description=_(
            "Det gäller genast: fritt inom det nya området, och bara efter beslut till andra "
            "områden."
        ),
    )
    is_active = BooleanField(_("Aktiv"), default=True)

    def __init__(self, obj: Unit | None = None, **kwargs: Any) -> None:
        super().__init__(obj=obj, **kwargs)
        units = config_options.units(outside=obj.path if obj is not None else "")
        self.parent_id.choices = row_options(units, empty=gettext("Överst"))
        people = config_options.active_people()
        self.default_responsible_id.choices = row_options(people, empty=gettext("Ingen"))
        self._ask_for_area(obj)

    def _ask_for_area(self, obj: Unit | None) -> None:
        """Another area is asked about once more when the unit has cases: it says what it means."""
        counts = (
            cases_of_unit(obj.id) if obj and obj.secrecy_area != self.secrecy_area.data else None
        )
        if counts is None or not counts.all:
            del self.confirm_area
            return

    @property
    def confirms_area(self) -> bool:
        """Whether the question was asked and answered."""
        return "confirm_area" in self and bool(self.confirm_area.data)


class GrantRow(RowForm):
    """One role of a person, somewhere in the organisation."""

    columns = ("role", "unit_id", "case_type_id", "sees_secret")
    telling = ("role", "unit_id")

    role = WordField(_("Roll"), words.ROLES, empty="")
    unit_id = RowField(_("Enhet, och alla under den"))
    case_type_id = RowField(_("Ärendetyp"))
    sees_secret = BooleanField(_("Ser sekretessbelagda ärenden"))


class PersonForm(ConfigForm):
    """A person with an account. The password is nobody else's."""

    columns = ("username", "name", "title", "phone", "email", "signature", "is_active")
    locked = ("username",)

    name = LineField(_("Namn"), [needed(), Length(max=200)])
    username = LineField(_("Användarnamn"), [needed(), Length(max=120)])
    title = LineField(_("Titel"), [Length(max=120)])
    phone = LineField(_("Telefon"), [Length(max=60)])
    email = LineField(
        _("E-post"),
        [Length(max=254)],
        description=_("Hit skickas länken där personen väljer sitt lösenord."),
    )
    signature = RichTextField(_("Signatur"), [Length(max=3_000)], render_kw={"rows": 3})
    is_active = BooleanField(_("Aktiv"), default=True)
    assignments = RowsField(GrantRow, _("Roller"))

    def __init__(self, obj: User | None = None, *, is_oneself: bool = False, **kw: Any) -> None:
        super().__init__(obj=obj, **kw)
        if is_oneself:
            del self.assignments, self.is_active
            return
        units = row_options(config_options.units(), empty="")
        types = row_options(config_options.case_types(), empty=gettext("Alla ärendetyper"))
        for entry in self.assignments.entries:
            entry.form.unit_id.choices = units
            entry.form.case_type_id.choices = types

    def grants(self) -> list[Grant] | None:
        """The roles as they shall be; None when this person may not change them."""
        if "assignments" not in self:
            return None
        return [Grant(**row.values()) for row in self.assignments.kept()]
