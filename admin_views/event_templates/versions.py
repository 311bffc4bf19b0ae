"""Tidigare versioner: reading one, what differs from now, and bringing it back."""

from __future__ import annotations

from typing import Any

from flask import abort, flash, redirect, request
from flask_admin import expose
from flask_babel import gettext as _

from admin_views.base import telling_refusals
from domain import text_diff
from domain.events import KINDS
from domain.row_ids import row_id
from forms.config import words
from forms.config.event_templates import EventTemplateForm
from models import EventTemplate, EventTemplateVersion
from queries.template_versions import latest_version, version_of
from services.config_changes import change_row
from services.template_versions import values_of
from services.unit_of_work import unit_of_work
from web.session import current_actor

WORDS = {
    "group": words.GROUPS,
    "kind": words.TEMPLATE_KINDS,
    "event_kind": KINDS,
    "purpose": words.PURPOSES,
    "recipient": words.RECIPIENTS,
    "conditions": words.CONDITIONS,
    "status_meaning": words.STATUS_MEANINGS,
}


class VersionsOfTemplates:
    """The part of the template pages that looks back."""

    wanted: Any
    render: Any
    get_url: Any
    return_url: Any

    @expose("/version/")
    def version_view(self) -> Any:
        """One version and its differences to the template as it is now."""
        model = self.wanted()
        version = _version(model)
        now = latest_version(model.id) or abort(404)
        return self.render(
            "admin/config/template_version.html",
            model=model,
            version=version,
            is_current=version.number == now.number,
            subject_lines=text_diff.compare(version.subject, now.subject),
            body_lines=text_diff.compare(version.body, now.body),
            rule_changes=_rule_changes(version, now),
            return_url=self.get_url(".edit_view", id=model.id),
        )

    @expose("/restore", methods=("POST",))
    def restore_view(self) -> Any:
        """Återställ: the old text and rules become a new version."""
        model = self.wanted()
        version = _version(model)
        with telling_refusals():
            with unit_of_work():
                change_row(model, values_of(version), actor=current_actor())
            told = {"old": version.number, "new": model.version}
            flash(_("Version %(old)s gäller igen, nu som version %(new)s.", **told), "success")
            return redirect(self.get_url(".edit_view", id=model.id))
        return redirect(self.get_url(".version_view", id=model.id, number=version.number))


def _version(model: EventTemplate) -> EventTemplateVersion:
    number = row_id(request.values.get("number", ""))
    return (version_of(model.id, number) if number else None) or abort(404)


def _rule_changes(
    old: EventTemplateVersion, new: EventTemplateVersion
) -> list[tuple[Any, str, str]]:
    """(label, what it was, what it is) of every rule that differs."""
    names = [name for name in new.rules if old.rules.get(name) != new.rules[name]]
    return [
        (_label(name), _shown(name, old.rules.get(name)), _shown(name, new.rules[name]))
        for name in names
    ]


def _label(name: str) -> Any:
    return getattr(EventTemplateForm, name).args[0]


def _shown(name: str, value: Any) -> str:
    known = WORDS.get(name, {})
    if isinstance(value, bool):
        return _("Ja") if value else _("Nej")
    if isinstance(value, list):
        return ", ".join(_(known.get(item, item)) for item in value)
    return _(known[value]) if value in known else str(value or "")
