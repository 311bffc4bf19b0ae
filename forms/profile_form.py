"""The two forms of Min sida: about oneself, and a new password."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, ClassVar

from flask_babel import lazy_gettext as _
from wtforms import BooleanField, PasswordField
from wtforms.validators import DataRequired, Email, EqualTo, Length, Optional

from domain.richtext import is_blank_html
from forms.base import Form
from forms.config.notice_words import NOTICES
from forms.config_fields import WordsField
from forms.fields import LineField, RichTextField
from models import User
from services.passwords import LONGEST, SHORTEST

LONGEST_SIGNATURE = 3_000
"""As HTML: some ten lines with links."""


class ProfileForm(Form):
    """Name, title, phone, e-mail, sender and signature, and which mails one wants oneself."""

    shown_at: ClassVar[dict[str, str]] = {"muted_notices": "wanted_notices"}

    name = LineField(
        _("Namn"),
        [DataRequired(_("Fyll i ditt namn.")), Length(max=200)],
        render_kw={"autocomplete": "name", "maxlength": 200},
    )
    title = LineField(
        _("Titel"),
        [Length(max=120)],
        render_kw={"autocomplete": "organization-title", "maxlength": 120},
    )
    phone = LineField(
        _("Telefon"),
        [Length(max=60)],
        render_kw={"type": "tel", "autocomplete": "tel", "maxlength": 60},
    )
    email = LineField(
        _("E-post"),
        [Optional(), Email(_("Skriv e-postadressen med @, till exempel namn@exempel.se."))],
        description=_("Hit kommer mejl om nya ärenden, svar och påminnelser."),
        render_kw={"type": "email", "autocomplete": "email", "maxlength": 254},
    )
    sender_name = LineField(
        _("Avsändarnamn"),
        [Length(max=120)],
        description=_(
            "Står före e-postadressen i mejl till synpunktslämnare. Lämna tomt för kommunens namn."
        ),
        render_kw={"maxlength": 120},
    )
    signature = RichTextField(
        _("Signatur"),
        [Length(max=LONGEST_SIGNATURE, message=_("Signaturen är för lång. Korta den."))],
        description=_("Står sist i de mejl och brev du skickar till synpunktslämnare."),
        render_kw={"rows": 5},
    )
    wanted_notices = WordsField(_("Mejla mig när …"), NOTICES)
    gathers_reminders = BooleanField(
        _("Samla påminnelser i ett mejl per dag"),
        description=_(
            "Mejlet kommer på morgonen, de arbetsdagar då det finns något att påminna om."
        ),
    )

    def __init__(self, formdata: Any = None, *, obj: User, offered: Collection[str]) -> None:
        """`offered` are the notices that this person can do without."""
        super().__init__(formdata, obj=obj, wanted_notices=_wanted(obj, offered))
        self.user = obj
        self.wanted_notices.choices = [
            choice for choice in self.wanted_notices.choices if choice.value in offered
        ]
        self.offered = tuple(offered)

    def values(self) -> dict[str, Any]:
        """Column → value, for the service. Notices that were not offered stay as they are."""
        names = ("name", "title", "phone", "email", "sender_name", "signature", "gathers_reminders")
        kept = [n for n in self.user.muted_notices if n not in self.offered]
        refused = [n for n in self.offered if n not in (self.wanted_notices.data or ())]
        signature = self.signature.data or ""
        return {
            **{name: self[name].data for name in names},
            "signature": "" if is_blank_html(signature) else signature,
            "muted_notices": sorted([*kept, *refused]),
        }


def _wanted(user: User, offered: Collection[str]) -> list[str]:
    return [name for name in offered if name not in user.muted_notices]


class PasswordForm(Form):
    """The present password, and the new one twice."""

    present_password = PasswordField(
        _("Nuvarande lösenord"),
        [DataRequired(_("Skriv ditt nuvarande lösenord."))],
        render_kw={"autocomplete": "current-password", "maxlength": LONGEST},
    )
    new_password = PasswordField(
        _("Nytt lösenord"),
        [
            DataRequired(_("Skriv ett nytt lösenord.")),
            Length(
                min=SHORTEST,
                max=LONGEST,
                message=_(
                    "Lösenordet ska ha minst %(shortest)s och högst %(longest)s tecken.",
                    shortest=SHORTEST,
                    longest=LONGEST,
                ),
            ),
        ],
        description=_(
            "Minst %(shortest)s tecken. En mening är lätt att minnas.", shortest=SHORTEST
        ),
        render_kw={"autocomplete": "new-password", "maxlength": LONGEST},
    )
    repeated_password = PasswordField(
        _("Nytt lösenord igen"),
        [EqualTo("new_password", _("De två nya lösenorden är inte lika."))],
        render_kw={"autocomplete": "new-password", "maxlength": LONGEST},
    )
