"""The form that carries no token of its own: the page's token guards the whole request."""

from __future__ import annotations

from typing import Any

import wtforms
from flask_wtf.i18n import translations


class Form(wtforms.Form):
    """WTForms' form, but its ready-made sentences come in the language of the page."""

    class Meta:
        def get_translations(self, form: Any) -> Any:
            """What Flask-WTF gives its own forms."""
            return translations
