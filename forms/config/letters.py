"""The form of System → Brev: window, head, foot and logo of the letters."""

from __future__ import annotations

from typing import Any, ClassVar

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import BooleanField, FileField, RadioField
from wtforms.validators import Length

from domain.documents import WINDOWS
from domain.text import _ as later
from forms.config_fields import ConfigForm, NumberField, options
from forms.fields import AreaField
from services.config_rules.letters import LEFT, TOP

OWN = "own"
WINDOW_WORDS: dict[str, str] = {
    "h2": later("H2, fönster till höger"),
    "v2": later("V2, fönster till vänster"),
    OWN: later("Egen placering"),
}


class LetterForm(ConfigForm):
    """How letters look. The logo is checked and kept by the view, before the row is changed."""

    columns = ("letter_left_mm", "letter_top_mm", "letter_head", "letter_foot")
    locked = ()
    shown_at: ClassVar[dict[str, str]] = {"logo_sha256": "logo", "logo_type": "logo"}

    window = RadioField(_("Fönsterkuvert"), choices=lambda: options(WINDOW_WORDS))
    letter_left_mm = NumberField(_("Adressen från vänster kant, mm"), *LEFT)
    letter_top_mm = NumberField(_("Adressen från överkanten, mm"), *TOP)
    letter_head = AreaField(
        _("Brevhuvud"),
        [Length(max=500)],
        description=_(
            "Står överst till höger, till exempel förvaltningens namn. Kommunens namn eller "
            "logotyp står alltid överst till vänster."
        ),
        render_kw={"rows": 3},
    )
    letter_foot = AreaField(
        _("Brevfot"),
        [Length(max=500)],
        description=_("Står längst ned på varje sida. Tomt: uppgifterna från Kommunen."),
        render_kw={"rows": 4},
    )
    logo = FileField(
        _("Välj en bild"),
        description=_("PNG eller JPEG, högst 1 MB och 4000 bildpunkter bred eller hög."),
        render_kw={"accept": ".png,.jpg,.jpeg"},
    )
    remove_logo = BooleanField(_("Ta bort logotypen"))

    def __init__(self, obj: Any = None, **kwargs: Any) -> None:
        super().__init__(obj=obj, **kwargs)
        if not self.is_submitted():
            places = {place: name for name, place in WINDOWS.items()}
            self.window.data = places.get((obj.letter_left_mm, obj.letter_top_mm), OWN)

    def validate(self, extra_validators: Any = None) -> bool:
        """The millimetres count only for a place of one's own."""
        numbers = (self.letter_left_mm, self.letter_top_mm)
        if self.window.data in WINDOWS:
            for field in numbers:
                field.process_errors = []
        is_valid = super().validate(extra_validators)
        for field in numbers if self.window.data == OWN else ():
            if field.data is None and not field.errors:
                field.errors = [gettext("Skriv hur många millimeter.")]
                is_valid = False
        return bool(is_valid)

    def values(self) -> dict[str, Any]:
        found = super().values()
        if self.window.data in WINDOWS:
            left, top = WINDOWS[self.window.data]
            found |= {"letter_left_mm": left, "letter_top_mm": top}
        return found
