"""The two forms of Min sida: about oneself, and a new password."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from wtforms import Form, PasswordField
from wtforms.validators import DataRequired, Email, EqualTo, Length, Optional

from forms.fields import AreaField, LineField
from services.passwords import LONGEST, SHORTEST


class ProfileForm(Form):
    """Name, title, phone, e-mail and signature, as mails to citizens carry them."""

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
    signature = AreaField(
        _("Signatur i mejl"),
        [Length(max=1000, message=_("Signaturen är för lång. Korta den till 1000 tecken."))],
        description=_("Står sist i de mejl du skickar till synpunktslämnare."),
        render_kw={"rows": 3},
    )


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
