"""A border of secrecy on the way to another unit: the save is held until the person has decided.

Nothing typed is lost meanwhile: the page carries the whole form, and a draft of it is kept.
"""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, request, url_for
from flask_babel import gettext as _

from admin_views.cases.locks import seen_version, typed_fields
from admin_views.cases.neighbours import list_url
from admin_views.cases.page import CasePage
from domain.errors import RuleBroken
from domain.row_ids import row_id
from domain.secrecy_border import AREAS, Border, BorderAhead, Passing
from extensions import db
from forms.border_form import ALL, PREFIX, BorderForm, border_form, decision_form
from forms.case_form import PREFIX as FIELD
from forms.fields import add_error
from models import Case
from queries.cases import find_case
from queries.configuration import configuration
from services.case_drafts import keep_draft
from services.cases import edit_case
from services.cases.border import border_ahead, hand_over_text
from services.cases.showing import border_to_people
from services.contact_mask import mask_for
from services.unit_of_work import unit_of_work
from web.access import note_access
from web.rendering import sentence
from web.session import current_actor

TEMPLATE = "admin/case/border.html"
WANTS_BACK = "back"
ASKED = ("way", "summary", "ground", "reason")
"""Fields of the question, as the service names them."""


def is_about_border(error: RuleBroken) -> bool:
    """Whether the question must be asked, or asked again."""
    return isinstance(error, BorderAhead) or (_is_answered() and error.field in ASKED)


def store_values(page: CasePage) -> tuple[list[str], str]:
    """Save what was sent, by what was decided: the keys that changed, and what to tell."""
    values, form = page.sent_values(), _answered()
    if form is not None and form.way.data != ALL:
        return _hand_over(page, values, str(form.summary.data))
    passing = form.passing() if form else None
    changed = _edit(page, values, passing=passing)
    has_moved = passing is not None and "unit" in changed
    return changed, _("Ärendet är flyttat med all text.") if has_moved else ""


def sent_passing() -> Passing | None:
    """The decision that people on the other side may read it, if it was asked for and made."""
    form = _answered()
    return form.passing() if form else None


def _answered() -> BorderForm | None:
    """The answers, None when nothing was asked yet. Raises RuleBroken for what is wrong in them."""
    if not _is_answered():
        return None
    form = border_form(request.form)
    if not form.validate():
        name, problems = next(iter(form.errors.items()))
        raise RuleBroken(str(problems[0]), field=str(name))
    return form


def _hand_over(page: CasePage, values: dict[str, Any], text: str) -> tuple[list[str], str]:
    """The case stays where it is; all else that was typed is saved on it."""
    unit_id = values.pop("unit", None) or 0
    responsible_id = values.pop("responsible", None)
    changed = _edit(page, values)
    db.session.flush()
    new = hand_over_text(
        page.case,
        page.layout,
        text,
        unit_id=unit_id,
        responsible_id=None if responsible_id == page.case.responsible_id else responsible_id,
        actor=page.actor,
    )
    said = _(
        "Ärende %(number)s med den avidentifierade texten finns nu på %(unit)s. Det här ärendet "
        "är kvar här.",
        number=new.id,
        unit=configuration().units_by_id[unit_id].name,
    )
    return changed, said


def _edit(page: CasePage, values: dict[str, Any], **more: Any) -> list[str]:
    return edit_case(
        page.case, page.layout, values, seen_version=seen_version(), actor=page.actor, **more
    )


def _is_answered() -> bool:
    return f"{PREFIX}way" in request.form


class CaseBorder:
    """The page between the form and the save."""

    def _ask_border(self, case_id: int, error: RuleBroken) -> Any:
        """What goes along? The whole form waits on the page, and as a draft."""
        actor = current_actor()
        with unit_of_work():
            case = db.session.get_one(Case, case_id)
            keep_draft(case, typed_fields(), seen_version(), "typing", actor=actor)
        case = db.session.get_one(Case, case_id)
        form = _asked_again(error)
        unit_id = row_id(request.form.get(f"{FIELD}unit"))
        border = border_ahead(case, unit_id)
        people = None if border else self._people_border(case)
        if people:
            form.ground.label.text = decision_form().ground.label.text
        units, mask = configuration().units_by_id, mask_for(case, actor)
        note_access("case", case.id)
        html = self.render(  # type: ignore[attr-defined]
            TEMPLATE,
            crumb=f"(ID: {case.id}) {mask(request.form.get(f'{FIELD}title') or case.title)}",
            action=url_for("case.edit_view", id=case.id),
            form=form,
            areas=_sides(border or people),
            is_about_people=people is not None,
            places=[units[n].name if n in units else "" for n in (case.unit_id or 0, unit_id or 0)],
            title=mask(request.form.get(f"{FIELD}title") or case.title),
            text=mask(request.form.get(f"{FIELD}text") or case.text),
            has_notes=bool(request.form.get(f"{FIELD}internal_note") or case.internal_note),
            carried=_carried(),
            errors=[(f.id, str(f.label.text), str(e)) for f in form for e in f.errors],
        )
        return html, error.status

    def _ask_people(self, page: CasePage, error: RuleBroken) -> Any:
        """Somebody on the other side is to read a case that is not stored yet."""
        form = _asked_again(error)
        form.ground.label.text = decision_form().ground.label.text
        html = self.render(  # type: ignore[attr-defined]
            TEMPLATE,
            crumb=_("Nytt ärende"),
            action=url_for("case.create_view", type=page.layout.key),
            form=form,
            areas=_sides(border_to_people(page.case, page.sent_values())),
            is_about_people=True,
            title=request.form.get(f"{FIELD}title", ""),
            text=request.form.get(f"{FIELD}text", ""),
            carried=_carried(),
            errors=[(f.id, str(f.label.text), str(e)) for f in form for e in f.errors],
        )
        return html, error.status

    def _people_border(self, case: Case) -> Border | None:
        """The border to the people who were chosen on the form that was sent."""
        page = self._page(case, request.form)  # type: ignore[attr-defined]
        here = frozenset(p.user_id for p in case.participants)
        return border_to_people(case, page.sent_values(), here)

    def _beyond(self, case: Case, said: str) -> Any:
        """Say what happened. To the list, for those who may not see the case where it is now."""
        if not said:
            return None
        flash(said, "success")
        if find_case(case.id, current_actor()) is not None:
            return None
        flash(_("Du har inte längre behörighet att se ärendet."), "info")
        return redirect(list_url(case))


def _asked_again(error: RuleBroken) -> BorderForm:
    """The form of the question, with what is wrong in answers that were sent."""
    form = border_form(request.form)
    if _is_answered():
        form.validate()
        if error.field in ASKED and not form[error.field].errors:
            add_error(form[error.field], sentence(error))
    return form


def _sides(border: Border | None) -> list[str]:
    return [_(AREAS[key]) for key in (border.old, border.new)] if border else ["", ""]


def _carried() -> list[tuple[str, str]]:
    """All that was sent with the form, but the token and the answers to this very question."""
    sent = request.form.items(multi=True)
    own = ("csrf_token", "_border")
    return [(name, text) for name, text in sent if name not in own and not name.startswith(PREFIX)]
