"""Forms for a stand-in: an administrator's, and one's own on Min sida."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _
from wtforms import SelectField
from wtforms.validators import InputRequired

from domain.clock import local_today
from domain.permissions import Actor
from forms.config_fields import ConfigForm, RowField, needed, row_options
from forms.fields import DayField
from models import StandIn
from queries import config_options
from queries.people import possible_informed


class StandInForm(ConfigForm):
    """Who is away, who stands in, and when."""

    columns = ("absent_id", "stand_in_id", "first_day", "last_day")
    locked = ("absent_id", "stand_in_id")

    absent_id = RowField(_("Den som är borta"), validators=[needed()])
    stand_in_id = RowField(
        _("Ersättare"),
        validators=[needed()],
        description=_("Ser och gör samma saker i ärenden som den som är borta, och får mejlen."),
    )
    first_day = DayField(_("Från och med"), [InputRequired(_("Välj första dagen."))])
    last_day = DayField(_("Till och med"), [InputRequired(_("Välj sista dagen."))])

    def __init__(self, obj: StandIn | None = None, **kwargs: Any) -> None:
        super().__init__(obj=obj, **kwargs)
        people = config_options.active_people()
        known = {person_id for person_id, _name in people}
        for field, person in (
            (self.absent_id, obj.absent if obj else None),
            (self.stand_in_id, obj.stand_in if obj else None),
        ):
            missing = [(person.id, person.name)] if person and person.id not in known else []
            field.choices = row_options([*missing, *people], empty="")


class OwnStandInForm(StandInForm):
    """One's own: the person who is away is oneself."""

    def __init__(self, actor: Actor, **kwargs: Any) -> None:
        kwargs.setdefault("data", {"first_day": local_today()})
        super().__init__(None, **kwargs)
        del self.absent_id
        people = [(p.id, p.name) for p in possible_informed() if p.id != actor.id]
        chooser: SelectField = self.stand_in_id
        chooser.choices = row_options(people, empty="")
        self.own_id = actor.id

    def values(self) -> dict[str, Any]:
        return {**super().values(), "absent_id": self.own_id}
