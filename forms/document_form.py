"""The form of a case that goes to an external party (manual S23)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask_babel import lazy_gettext as _
from wtforms import BooleanField, HiddenField, RadioField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Length

from forms.event_form import MAX_BODY
from forms.fields import AreaField, LineField, RichTextField
from forms.letter_form import AddressField
from forms.print_form import USUAL_DATA, PartsForm

MASK = "mask_"
MAX_TEXT = 60_000
SHORT = 120
WHOLE, MASKED = "whole", "masked"
_TOO_LONG = _("Texten är för lång. Korta ned den.")


class DocumentForm(PartsForm):
    """Who gets the case, why, and what of it."""

    key = HiddenField()
    recipient = LineField(
        _("Mottagare"),
        [DataRequired(_("Fyll i vem som ska få ärendet.")), Length(max=300, message=_TOO_LONG)],
        description=_("Företaget, myndigheten eller personen som ärendet skickas till."),
    )
    address = AddressField(
        _("Adress"),
        [DataRequired(_("Fyll i adressen, som den ska stå på kuvertet."))],
        description=_("Står i fönstret på kuvertet, en rad för varje rad."),
        render_kw={"rows": 4},
    )
    title = LineField(
        _("Titel"), [DataRequired(_("Fyll i en titel.")), Length(max=300, message=_TOO_LONG)]
    )
    body = RichTextField(
        _("Meddelande"),
        [DataRequired(_("Skriv ett meddelande.")), Length(max=MAX_BODY, message=_TOO_LONG)],
        description=_("Följebrevet. Ärendet kommer på sidorna efter."),
    )
    ground = LineField(
        _("Grund för utlämnandet"),
        [
            DataRequired(_("Skriv varför parten får ärendet.")),
            Length(max=300, message=_("Grunden är för lång. Skriv högst 300 tecken.")),
        ],
        description=_(
            "Varför parten får ärendet, till exempel ”Utföraren ska åtgärda felet enligt avtalet”. "
            "Sparas i ändringsloggen och står inte i dokumentet."
        ),
    )


class ReviewedForm(DocumentForm):
    """The same for a sensitive case, which is tried for secrecy first."""

    reviewed = BooleanField(
        _("Jag har gjort en sekretessprövning"),
        [DataRequired(_("Gör en sekretessprövning och kryssa i att den är gjord."))],
        description=_(
            "Ärendet är känsligt. Pröva varje uppgift innan den lämnas ut, och skriv vad du stöder "
            "dig på i rutan nedanför."
        ),
    )
    extent = RadioField(
        _("Så lämnas ärendet ut"),
        [DataRequired(_("Välj om ärendet lämnas ut helt eller maskat."))],
        choices=[
            SelectChoice(WHOLE, _("I sin helhet")),
            SelectChoice(MASKED, _("Maskat: jag tar bort det som inte får lämnas ut ur texterna")),
        ],
        validate_choice=False,
    )
    left_out = AreaField(
        _("Vad som maskats"),
        [Length(max=2000, message=_TOO_LONG)],
        description=_("Din egen anteckning om vad du tog bort och varför. Lämnas inte ut."),
        render_kw={"rows": 3},
    )

    @property
    def masks(self) -> list[Any]:
        """The editable copies of the case's texts."""
        return [field for field in self if field.name.startswith(MASK)]

    def masked(self) -> dict[str, str] | None:
        """The texts that go out, by field key. None when the case goes out whole."""
        if self.extent.data != MASKED:
            return None
        return {field.name.removeprefix(MASK): field.data or "" for field in self.masks}


def document_form(
    texts: Sequence[tuple[str, str, str]] | None, formdata: Any, values: dict[str, Any]
) -> DocumentForm:
    """The form. `texts` are (field key, label, text) of what can be masked; None for a case that
    needs no trial of secrecy.
    """
    data = {**USUAL_DATA, **values}
    if texts is None:
        return DocumentForm(formdata, data=data)
    copies = {
        MASK + key: AreaField(
            label,
            [Length(max=MAX_TEXT, message=_TOO_LONG)],
            render_kw={"rows": 2 if len(text) < SHORT else 6},
        )
        for key, label, text in texts
    }
    stored = {MASK + key: text for key, _label, text in texts}
    made: ReviewedForm = type("BuiltReviewedForm", (ReviewedForm,), copies)(
        formdata, data={**stored, **data}
    )
    return made
