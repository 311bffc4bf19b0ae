"""/tillganglighet: the accessibility statement (lag 2018:1937, 13 §) and *Rapportera brist*."""

from __future__ import annotations

from urllib.parse import quote

from flask import render_template, url_for
from flask_babel import gettext as _

from domain.accessibility import STATUS_SENTENCES
from domain.layout import FormLayout
from domain.own_texts import SWEDISH, SwedishText
from public_views.pages import open_forms
from queries.configuration import configuration
from web.language import chosen_language

SUPERVISION = "https://www.digg.se/tdosanmalan"
"""Where Digg takes reports about public bodies."""


def accessibility() -> str:
    """How well the pages follow the law, what is lacking, and how to report it."""
    own = configuration().municipality
    status = STATUS_SENTENCES[own["accessibility_status"]]
    return render_template(
        "public/accessibility.html",
        status=_(status),
        faults=_own(own["accessibility_faults"]),
        tested=_own(own["accessibility_tested"]),
        report=_report_address(own["accessibility_email"]),
        email=own["accessibility_email"],
        supervision=SUPERVISION,
    )


def _own(text: str) -> str:
    """A text of the municipality's own: Swedish, and said to be so on other pages."""
    return text if chosen_language() == SWEDISH else SwedishText(text)


def _report_address(email: str) -> str:
    """A mail to the address of the settings, else the form that asks for a heading."""
    if email:
        return f"mailto:{email}?subject={quote(_('Brist i tillgänglighet'))}"
    forms = open_forms()
    form = next((f for f in forms if _asks_for_title(f)), None) or next(iter(forms), None)
    return url_for("public.submit", slug=form.slug, brist=1) if form else ""


def _asks_for_title(form: FormLayout) -> bool:
    return any(field.key == "title" for field in form.fields)
