"""The forms behind Välj ny händelse…: an e-mail (manual H15), and everything else (manual S22)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from flask_babel import lazy_gettext as _
from wtforms import BooleanField, DateTimeLocalField, HiddenField
from wtforms.validators import DataRequired, Email, Length

from domain.clock import STOCKHOLM
from forms.base import Form
from forms.fields import FIRST_YEAR, LineField, RichTextField
from forms.refusal_form import ReasonMixin

MAX_BODY = 60_000
LAST_YEAR = 2100
_TOO_LONG = _("Texten är för lång. Korta ned den.")


class EmailForm(Form):
    """Avsändare is shown, not typed: it is the case type's address."""

    key = HiddenField()
    recipient = LineField(
        _("Mottagare"),
        [
            DataRequired(_("Fyll i mottagarens e-postadress.")),
            Email(_("Skriv e-postadressen med @, till exempel namn@exempel.se.")),
            Length(max=254, message=_("E-postadressen är för lång.")),
        ],
        render_kw={"type": "email", "maxlength": 254},
    )
    confirm_recipient = BooleanField(_("Ja, meddelandet ska till den här adressen"))
    title = LineField(
        _("Ämne"),
        [DataRequired(_("Fyll i ett ämne.")), Length(max=300, message=_TOO_LONG)],
    )
    body = RichTextField(
        _("Meddelande"),
        [DataRequired(_("Skriv ett meddelande.")), Length(max=MAX_BODY, message=_TOO_LONG)],
    )


class RefusalForm(ReasonMixin, EmailForm):
    """A synpunkt that is not treated: the reason is chosen from a list (manual H18)."""


class NoticeForm(EmailForm):
    """The second answer of a sensitive case: the mail is a notice that nobody writes in, and the
    answer is read on the reply page.
    """

    body = None  # type: ignore[assignment]
    answer = RichTextField(
        _("Svar (läses på svarssidan)"),
        [DataRequired(_("Skriv ditt svar.")), Length(max=MAX_BODY, message=_TOO_LONG)],
    )


class MomentField(DateTimeLocalField):
    """A local time (Europe/Stockholm) in the form, an aware one in `data`."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, format=["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"], **kwargs)

    def process_formdata(self, valuelist: list[str]) -> None:
        try:
            super().process_formdata(valuelist)
        except ValueError:
            self.data = None
        if self.data is None:
            raise ValueError(_("Skriv tiden som åååå-mm-dd tt:mm, till exempel 2026-11-22 14:30."))
        if not FIRST_YEAR <= self.data.year < LAST_YEAR:
            raise ValueError(_("Kontrollera årtalet. Skriv tiden som åååå-mm-dd tt:mm."))
        self.data = self.data.replace(tzinfo=STOCKHOLM)

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        if not isinstance(self.data, datetime):
            return ""
        return self.data.astimezone(STOCKHOLM).strftime("%Y-%m-%dT%H:%M")


class EventForm(Form):
    """A note, a meeting, a call, a mail kept by hand."""

    key = HiddenField()
    happened_at = MomentField(_("Datum/tid"))
    sender = LineField(_("Initiativtagare"), [Length(max=300, message=_TOO_LONG)])
    recipient = LineField(_("Mottagare"), [Length(max=300, message=_TOO_LONG)])
    title = LineField(
        _("Titel"), [DataRequired(_("Fyll i en titel.")), Length(max=300, message=_TOO_LONG)]
    )
    body = RichTextField(
        _("Meddelande"),
        [DataRequired(_("Skriv ett meddelande.")), Length(max=MAX_BODY, message=_TOO_LONG)],
    )
