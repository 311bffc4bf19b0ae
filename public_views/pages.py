"""The front page and the page about personal data."""

from __future__ import annotations

from flask import render_template

from public_views.texts import form_texts
from queries.configuration import configuration


def home() -> str:
    """What this is, the forms, the way to the reply page, and the other ways to us."""
    return render_template("public/home.html", forms=configuration().forms)


def privacy() -> str:
    """How each form's board handles personal data (GDPR article 13)."""
    forms = [(form, form_texts(form)) for form in configuration().forms]
    return render_template("public/privacy.html", forms=forms)
