"""The forms of the reply page: number and code, the code alone, the message to the handler."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm

from domain.fields import CORE_FIELDS
from forms.fields import AreaField, LineField
from forms.file_field import FilesField
from forms.guarded import KeyedForm
from forms.public_form import AtMost, Required


class CodeForm(FlaskForm):
    """The code of a case whose link is known."""

    code = LineField(
        _("Kod"),
        validators=[Required()],
        description=_("Tio tecken. Koden står på kvittensen."),
        render_kw={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"},
    )


class NumberAndCodeForm(FlaskForm):
    """The way to the reply page for those who have no link at hand."""

    number = LineField(
        _("Nummer"),
        validators=[Required()],
        render_kw={"inputmode": "numeric", "autocomplete": "off"},
    )
    code = LineField(
        _("Kod"),
        validators=[Required()],
        description=_("Tio tecken. Numret och koden står på kvittensen."),
        render_kw={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"},
    )

    @property
    def case_number(self) -> int:
        """The number as a number; 0, which no case has, when it is none."""
        typed = (self.number.data or "").replace(" ", "")
        return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 10 else 0


class ReplyForm(KeyedForm):
    """A message to the handler, with files."""

    text = AreaField(
        _("Ditt meddelande"),
        validators=[Required(), AtMost(CORE_FIELDS["text"].max_length)],
        render_kw={"rows": 6, "data-limit": CORE_FIELDS["text"].max_length},
    )
    files = FilesField(_("Filer"))
