"""Ändra: the form of a registered letter or note, and what happens when two people change it."""

from __future__ import annotations

from typing import Any

from flask import abort, flash, request
from flask_admin import expose
from flask_babel import gettext as _

from admin_views.cases.commands import case_or_404
from admin_views.cases.letters import back_to_event
from domain.errors import DomainError
from domain.event_rules import NO_RIGHT, is_paper, may_edit
from domain.row_ids import row_id
from forms.fields import add_error
from forms.letter_form import ChangedEventForm, ChangedLetterForm
from models import Case, Event
from queries.event_revisions import event_of, revision_count
from services.correspondence.revising import Change, EventChanged, revise
from services.unit_of_work import unit_of_work
from web.access import note_access
from web.rendering import sentence
from web.session import current_actor

PAGE = "admin/case/event/edit.html"
NOT_WORDS = ("key", "seen", "confirm_recipient")


class EventEditing:
    """The page behind Ändra."""

    @expose("/<int:case_id>/<int:number>/edit", methods=("GET", "POST"))
    def edit(self, case_id: int, number: int) -> Any:
        """The same form as when it was made. What it said before is kept."""
        case = case_or_404(case_id)
        # Who wrote while another one removed the event gets the text back, not a 404.
        is_sent = request.method == "POST"
        event = event_of(case.id, number, removed_too=is_sent) or abort(404)
        verdict = may_edit(event, case, current_actor())
        if verdict == NO_RIGHT:
            abort(403)
        if not verdict and not is_sent:
            flash(_(verdict.reason), "danger")
            return back_to_event(event)
        form = _form(event, request.form if is_sent else None)
        if is_sent and form.validate():
            return self._save(case, event, form)
        return self._page_of(case, event, form, 422 if is_sent else 200)

    def _save(self, case: Case, event: Event, form: Any) -> Any:
        try:
            with unit_of_work():
                changed = revise(event, case, _change(form), actor=current_actor())
        except DomainError as error:
            return self._refused(case.id, event.number, form, error)
        flash(_("Ändringarna är sparade.") if changed else _("Inget var ändrat."), "success")
        return back_to_event(event)

    def _refused(self, case_id: int, number: int, form: Any, error: DomainError) -> Any:
        """The form again, with what was typed; after a conflict the saved words stand below."""
        case = case_or_404(case_id)
        event = event_of(case_id, number, removed_too=True) or abort(404)
        name = getattr(error, "field", "")
        if name and name in form:
            add_error(form[name], sentence(error))
        else:
            flash(sentence(error), "danger")
        if isinstance(error, EventChanged):
            form.seen.data = str(revision_count(event.id))
            return self._page_of(case, event, form, error.status, saved=event)
        return self._page_of(case, event, form, error.status)

    def _page_of(
        self, case: Case, event: Event, form: Any, status: int, *, saved: Event | None = None
    ) -> Any:
        """`saved` is shown below the form: what somebody else wrote meanwhile."""
        note_access("event", case.id, str(event.number))
        page = self.render(  # type: ignore[attr-defined]
            PAGE,
            case=case,
            event=event,
            form=form,
            fields_template=_template(form),
            error_items=[(f.id, f.label.text, e) for f in form for e in f.errors],
            saved=saved,
            is_refused=status != 200,
        )
        return page, status


def _form(event: Event, formdata: Any) -> Any:
    values = {
        "title": event.title,
        "body": event.body,
        "recipient": event.recipient,
        "address": event.address,
        "sender": event.sender,
        "happened_at": event.happened_at,
        "seen": str(revision_count(event.id)),
    }
    made = ChangedLetterForm if is_paper(event) else ChangedEventForm
    return made(formdata, data=values)


def _template(form: Any) -> str:
    name = "_letter" if isinstance(form, ChangedLetterForm) else "_note"
    return f"admin/case/compose/{name}.html"


def _change(form: Any) -> Change:
    seen = row_id(form.seen.data)
    return Change(
        values={f.short_name: f.data for f in form if f.short_name not in NOT_WORDS},
        seen=-1 if seen is None else seen,
        confirmed_other="confirm_recipient" in form and bool(form.confirm_recipient.data),
    )
