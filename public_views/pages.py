"""The front page and the page about personal data."""

from __future__ import annotations

from flask import render_template

from domain.layout import FormLayout
from domain.own_texts import form_in_language
from public_views.texts import form_texts
from queries.configuration import configuration
from queries.published import anything_published
from web.language import chosen_language


def home() -> str:
    """What this is, the forms, the way to the reply page, and the other ways to us."""
    return render_template(
        "public/home.html", forms=open_forms(), has_published=anything_published()
    )


def privacy() -> str:
    """How each form's board handles personal data (GDPR article 13)."""
    forms = [(form, form_texts(form)) for form in open_forms()]
    return render_template("public/privacy.html", forms=forms)


def open_forms() -> list[FormLayout]:
    """The forms that can be sent: active, and so is their case type."""
    config = configuration()
    open_ones = [form for form in config.forms if config.case_type(form.case_type_id)]
    return [form_in_language(form, chosen_language()) for form in open_ones]
