"""The dialogs Sekretessbelägg and Häv sekretessmarkering."""

from __future__ import annotations

from collections.abc import Iterable

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Length

from forms.fields import AreaField, LineField, to_id
from models import LegalGround

_TOO_LONG = _("Texten är för lång. Korta ned den.")


class MarkForm(FlaskForm):
    """The provision, what it covers, and why."""

    ground = SelectField(
        _("Bestämmelse"),
        [DataRequired(_("Välj vilken bestämmelse du stöder dig på."))],
        coerce=to_id,
    )
    covers = LineField(
        _("Vad markeringen gäller"),
        [DataRequired(_("Skriv vad markeringen gäller.")), Length(max=300, message=_TOO_LONG)],
        description=_("Till exempel hela ärendet, eller en viss handling."),
    )
    reason = AreaField(
        _("Varför"),
        [DataRequired(_("Skriv varför.")), Length(max=2000, message=_TOO_LONG)],
        description=_("Syns i ändringsloggen för dem som får se ärendet."),
        render_kw={"rows": 4},
    )

    def offer(self, grounds: Iterable[LegalGround]) -> None:
        """Fill in the grounds that may be chosen today."""
        rows = [
            (g.id, f"{g.label}, {g.description}" if g.description else g.label) for g in grounds
        ]
        self.ground.choices = [
            SelectChoice("", str(_("Välj bestämmelse"))),
            *(SelectChoice(number, label) for number, label in rows),
        ]


class ClearForm(FlaskForm):
    """Why the mark is lifted."""

    reason = AreaField(
        _("Varför hävs markeringen?"),
        [
            DataRequired(_("Skriv varför markeringen hävs.")),
            Length(max=2000, message=_TOO_LONG),
        ],
        render_kw={"rows": 4},
    )
