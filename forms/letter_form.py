"""The form of a letter (manual H16, S19 B), and of changing what was registered."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from wtforms import BooleanField, HiddenField
from wtforms.validators import DataRequired, Length, ValidationError

from forms.base import Form
from forms.event_form import MAX_BODY, EventForm
from forms.fields import AreaField, LineField, RichTextField
from forms.refusal_form import ReasonMixin

MAX_LINES = 7
MAX_LINE = 60
_TOO_LONG = _("Texten är för lång. Korta ned den.")


class AddressField(AreaField):
    """What stands in the window: tidy lines, none empty."""

    def process_formdata(self, valuelist: list[str]) -> None:
        super().process_formdata(valuelist)
        lines = (" ".join(line.split()) for line in (self.data or "").split("\n"))
        self.data = "\n".join(line for line in lines if line)

    def pre_validate(self, form: Form) -> None:
        lines = (self.data or "").split("\n")
        if len(lines) > MAX_LINES:
            raise ValidationError(
                _("Adressen har för många rader. Högst sju får plats i fönstret på kuvertet.")
            )
        if any(len(line) > MAX_LINE for line in lines):
            raise ValidationError(_("En rad i adressen är för lång. Dela den på två rader."))


class LetterForm(Form):
    """Mottagare is who it is to; Adress is what stands in the envelope's window."""

    key = HiddenField()
    recipient = LineField(
        _("Mottagare"),
        [DataRequired(_("Fyll i mottagarens namn.")), Length(max=300, message=_TOO_LONG)],
    )
    address = AddressField(
        _("Adress"),
        [DataRequired(_("Fyll i adressen, som den ska stå på kuvertet."))],
        render_kw={"rows": 4},
    )
    confirm_recipient = BooleanField(_("Ja, brevet ska till den här mottagaren"))
    title = LineField(
        _("Titel"), [DataRequired(_("Fyll i en titel.")), Length(max=300, message=_TOO_LONG)]
    )
    body = RichTextField(
        _("Meddelande"),
        [DataRequired(_("Skriv ett meddelande.")), Length(max=MAX_BODY, message=_TOO_LONG)],
    )


class RefusalLetterForm(ReasonMixin, LetterForm):
    """A synpunkt that is not treated: the reason is chosen from a list (manual H18)."""


class ChangedLetterForm(LetterForm):
    """Ändra. `seen` is the number of earlier versions when the page was shown."""

    seen = HiddenField()


class ChangedEventForm(EventForm):
    """The same for a note, a meeting, a call."""

    seen = HiddenField()
