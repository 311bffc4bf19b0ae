"""The question at a border of secrecy: what text goes along, and on which ground."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _
from wtforms import BooleanField, RadioField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Length

from domain.secrecy_border import GROUNDS, Passing
from forms.base import Form
from forms.fields import AreaField

PREFIX = "border_"
SUMMARY, ALL = "summary", "all"
_TOO_LONG = _("Texten är för lång. Korta ned den.")


class DecisionForm(Form):
    """On which ground something passes, and how that was judged."""

    ground = RadioField(
        _("Varför får personen läsa ärendet?"),
        choices=[SelectChoice(key, _(label)) for key, label in GROUNDS.items()],
        validate_choice=False,
    )
    reason = AreaField(
        _("Hur har du bedömt det?"),
        [Length(max=2000, message=_TOO_LONG)],
        description=_("Syns i ändringsloggen för dem som får se ärendet."),
        render_kw={"rows": 3},
    )

    def passing(self) -> Passing:
        """The decision, as the services ask for it."""
        return Passing(self.ground.data or "", self.reason.data or "")


def decision_form(formdata: Any = None) -> DecisionForm:
    """The question when people on the other side are to read a case."""
    return DecisionForm(formdata, prefix=PREFIX)


class BorderForm(Form):
    """The least goes along unless something else is chosen."""

    way = RadioField(
        _("Vilken text ska den nya enheten få?"),
        choices=[
            SelectChoice(SUMMARY, _("Bara en avidentifierad text, i ett nytt ärende")),
            SelectChoice(ALL, _("Allt: flytta ärendet med all text")),
        ],
        default=SUMMARY,
    )
    summary = AreaField(
        _("Avidentifierad text"),
        [Length(max=20_000, message=_TOO_LONG)],
        description=_("Skriv vad saken gäller utan namn och annat som pekar ut någon."),
        render_kw={"rows": 8},
    )
    ground = RadioField(
        _("Varför får all text lämnas över?"),
        choices=[SelectChoice(key, _(label)) for key, label in GROUNDS.items()],
        validate_choice=False,
    )
    reason = AreaField(
        _("Hur har du bedömt det?"),
        [Length(max=2000, message=_TOO_LONG)],
        description=_("Syns i ändringsloggen för dem som får se ärendet."),
        render_kw={"rows": 3},
    )
    with_notes = BooleanField(
        _("Ta med de interna anteckningarna"),
        description=_(
            "Annars töms de när ärendet flyttas, och det som har stått i dem visas inte i Historik."
        ),
    )

    def passing(self) -> Passing:
        """The decision that all goes along, as the service asks for it."""
        return Passing(self.ground.data or "", self.reason.data or "", bool(self.with_notes.data))


def border_form(formdata: Any) -> BorderForm:
    """The form of this request, filled in only when its page was sent."""
    is_sent = f"{PREFIX}way" in formdata
    return BorderForm(formdata if is_sent else None, prefix=PREFIX)
