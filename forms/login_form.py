"""The login form."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import HiddenField, PasswordField, StringField
from wtforms.validators import InputRequired, Length


class LoginForm(FlaskForm):
    """User name and password. `next` is where the person was going."""

    username = StringField(
        _("Användarnamn"),
        [InputRequired(_("Skriv ditt användarnamn.")), Length(max=120)],
        render_kw={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"},
    )
    password = PasswordField(
        _("Lösenord"),
        [InputRequired(_("Skriv ditt lösenord."))],
        render_kw={"autocomplete": "current-password"},
    )
    next = HiddenField()
