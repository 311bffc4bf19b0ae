"""Forms beside the password: a code, a forgotten password, a new one, turning the factor off."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import HiddenField, PasswordField
from wtforms.validators import EqualTo, InputRequired, Length

from forms.fields import LineField
from services.passwords import LONGEST, SHORTEST

PLAIN = {"autocapitalize": "none", "spellcheck": "false"}


class CodeForm(FlaskForm):
    """One code of the second factor. `next` is where the person was going."""

    code = LineField(
        _("Kod"),
        [InputRequired(_("Skriv koden.")), Length(max=40)],
        render_kw={"autocomplete": "one-time-code", **PLAIN},
    )
    next = HiddenField()


class ForgottenForm(FlaskForm):
    """Whose password is forgotten."""

    account = LineField(
        _("Användarnamn eller e-postadress"),
        [InputRequired(_("Skriv ditt användarnamn eller din e-postadress.")), Length(max=254)],
        render_kw={"autocomplete": "username", **PLAIN},
    )


class NewPasswordForm(FlaskForm):
    """A password, twice. The rules are said before anything is typed."""

    password = PasswordField(
        _("Nytt lösenord"),
        [
            InputRequired(_("Skriv ett nytt lösenord.")),
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
        render_kw={"autocomplete": "new-password"},
    )
    repeated = PasswordField(
        _("Nytt lösenord igen"),
        [EqualTo("password", _("De två lösenorden är inte lika."))],
        render_kw={"autocomplete": "new-password"},
    )


class SureForm(FlaskForm):
    """The password and a code: for what weakens or renews the second factor."""

    present = PasswordField(
        _("Ditt lösenord"),
        [InputRequired(_("Skriv ditt lösenord."))],
        render_kw={"autocomplete": "current-password"},
    )
    code = LineField(
        _("Kod"),
        [InputRequired(_("Skriv koden.")), Length(max=40)],
        description=_("Sex siffror från appen, eller en återställningskod."),
        render_kw={"autocomplete": "one-time-code", **PLAIN},
    )
