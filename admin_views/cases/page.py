"""What a case page shows: tabs with their fields, cut to what this person may see and change."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from functools import cached_property
from typing import Any

from flask_babel import gettext

from admin_views.cases.event_cards import EventCard, event_cards
from admin_views.cases.file_cards import FileCard, case_files
from admin_views.cases.parts import Entry, MenuEvent, TabView, event_menu
from admin_views.cases.standing import CaseStanding
from domain.case_parts import WORDS
from domain.fields import DISPLAY_KINDS, Kind
from domain.layout import CaseTypeLayout, FieldLayout
from domain.locks import Hold, LockView
from domain.permissions import Actor, Permission, can
from domain.workflow import STAGES, is_visible, missing_fields
from extensions import db
from forms.case_form import PREFIX, CaseForm, Offers, build_case_form, form_values
from forms.fields import add_error
from forms.file_field import file_attributes, file_help
from models import Case, CaseDraft, CaseOriginal, SecrecyMark, StagedFile
from queries.case_marks import Flag, favourites_of, flags_of
from queries.configuration import board_of, configuration
from queries.people import Person, possible_assistants, possible_informed, possible_responsibles
from queries.secrecy import marks_of
from services.attachments import staged
from services.case_drafts import draft_of
from services.cases import may_edit_field, may_view_field
from services.cases.values import display_value, read_values
from services.contact_mask import Mask, as_it_is, mask_for


class CasePage(CaseStanding):
    """A case as one person sees it. `formdata` is what the browser sent, if it did."""

    def __init__(
        self,
        case: Case,
        layout: CaseTypeLayout,
        actor: Actor,
        formdata: Any = None,
        *,
        is_new: bool = False,
        lock: LockView | None = None,
        tab: str = "",
    ) -> None:
        """`lock` is the work lock as the tab `tab` sees it; a sent form keeps its inputs."""
        self.case, self.layout, self.actor, self.is_new = case, layout, actor, is_new
        self.lock = lock or LockView(Hold.FREE)
        self.tab = tab
        self.keeps_inputs = formdata is not None
        self.is_unsaved = False
        self.values = read_values(case, layout)
        self.saved_texts: dict[str, str] = {}
        self.has_conflict = False
        self.problems: list[tuple[str, str, str]] = []
        self.form = self._form(formdata)

    def _form(self, formdata: Any) -> CaseForm:
        key = (formdata or {}).get("key") or secrets.token_urlsafe(24)
        return build_case_form(
            self.layout,
            self.editable,
            self.values,
            self._offers(),
            formdata,
            version=self.case.version or 1,
            key=key,
        )

    @cached_property
    def viewable(self) -> list[FieldLayout]:
        fields = self.layout.fields.values()
        if self.is_new:
            return [f for f in fields if f.kind not in DISPLAY_KINDS]
        return [f for f in fields if may_view_field(f, self.case, self.actor)]

    @cached_property
    def editable(self) -> list[FieldLayout]:
        if not (self.lock.may_write or self.keeps_inputs):
            return []
        fields = [f for f in self.viewable if f.kind not in DISPLAY_KINDS]
        return [f for f in fields if self.is_new or may_edit_field(f, self.case, self.actor)]

    @property
    def can_save(self) -> bool:
        return bool(self.editable) and self.lock.may_write

    @property
    def may_lock(self) -> bool:
        """Whether this person takes work locks at all: then Stäng gives one back."""
        return can(self.actor, Permission.LOCK_TAKE)

    @cached_property
    def draft(self) -> CaseDraft | None:
        """What this person typed here before and did not save."""
        return None if self.is_new else draft_of(self.case, self.actor)

    @cached_property
    def is_favourite(self) -> bool:
        return self.case.id in favourites_of([self.case.id], self.actor)

    @cached_property
    def flag(self) -> Flag | None:
        return flags_of([self.case.id]).get(self.case.id)

    def may(self, name: str) -> bool:
        """can() by the permission's name, for templates."""
        return can(self.actor, Permission[name], self.case)

    def _offers(self) -> Offers:
        keys = {f.key for f in self.editable}
        return Offers(
            units=configuration().units if "unit" in keys else (),
            responsibles=self._responsibles() if "responsible" in keys else (),
            assistants=possible_assistants() if "assistants" in keys else (),
            informed=possible_informed() if "informed" in keys else (),
        )

    def _responsibles(self) -> list[Person]:
        """Those who can be chosen, and the one who is, even when the role has gone since."""
        people = possible_responsibles(self.layout.id)
        user = self.case.responsible
        if user is not None and all(p.id != user.id for p in people):
            people.append(Person(user.id, user.name, ("/",)))
        return people

    # --- what the template shows

    @cached_property
    def tabs(self) -> list[TabView]:
        roles = frozenset(str(role) for role in self.actor.roles)
        shown = {f.key for f in self.viewable}
        tabs = [t for t in self.layout.tabs_for(roles) if any(f.key in shown for f in t.fields)]
        return [
            TabView(n, t.key, t.label, [self._entry(f) for f in t.fields if f.key in shown])
            for n, t in enumerate(tabs, start=1)
        ]

    def _entry(self, layout: FieldLayout) -> Entry:
        field = self.form._fields.get(PREFIX + layout.key)
        value = self.values.get(layout.key)
        if field is None and layout.kind in WORDS and isinstance(value, str):
            value = self._mask(value)
        return Entry(
            layout=layout,
            input=field,
            value=value,
            text=display_value(self.layout, layout, value),
            is_required=layout.required_when in self._stage,
            saved_text=self.saved_texts.get(layout.key, ""),
            visible=self._visible(layout),
            notes={str(c.id): c.instruction for c in layout.choices if c.instruction},
        )

    @cached_property
    def _mask(self) -> Mask:
        return as_it_is if self.is_new else mask_for(self.case, self.actor)

    @property
    def _stage(self) -> frozenset[str]:
        return STAGES["ready" if self.case.ready_at else "save"]

    def _visible(self, layout: FieldLayout) -> dict[str, Any] | None:
        if not layout.visible_when or self.values.get(layout.key):
            return None
        on = self.layout.fields.get(layout.visible_when["field"])
        if on is None or PREFIX + on.key not in self.form:
            return None
        values = [c.id for c in on.choices if c.meaning == layout.visible_when["meaning"]]
        return {"field": PREFIX + on.key, "values": values}

    def is_shown(self, entry: Entry) -> bool:
        """Text-only fields that depend on another are left out when it says so."""
        return entry.input is not None or is_visible(self.layout, entry.layout, self.values)

    @cached_property
    def original(self) -> CaseOriginal | None:
        if self.is_new or not self.may("CASE_VIEW_ORIGINAL"):
            return None
        return db.session.get(CaseOriginal, self.case.id)

    @cached_property
    def event_cards(self) -> list[EventCard]:
        if self.is_new or not self.may("EVENT_VIEW"):
            return []
        return event_cards(self.case, self.actor)

    @cached_property
    def event_menu(self) -> dict[str, list[MenuEvent]]:
        if self.is_new:
            return {}
        return event_menu(self.case, self.layout, self.actor, {f.key for f in self.editable})

    @cached_property
    def files(self) -> list[FileCard]:
        return [] if self.is_new else case_files(self.case, self.actor)

    @property
    def file_attributes(self) -> dict[str, Any]:
        return file_attributes()

    @property
    def file_help(self) -> str:
        return file_help()

    @property
    def secrecy_marks(self) -> list[SecrecyMark]:
        """The marks that stand: what must be known before anything is handed out."""
        if self.is_new or not (self.case.is_secret or self.case.has_protected_submitter):
            return []
        return [mark for mark in marks_of(self.case.id) if mark.cleared_at is None]

    @property
    def board(self) -> str:
        """The board that the case belongs to, "" when no unit names one."""
        return board_of(configuration(), self.case.unit_id)

    @property
    def staged_files(self) -> list[StagedFile]:
        return list(staged(str(self.form.key.data)))

    # --- what the browser sent

    def sent_values(self) -> dict[str, Any]:
        return form_values(self.form, self.layout.fields)

    def validate(self) -> bool:
        """Types and lengths by the form; what is required by the rules of the workflow."""
        is_valid = self.form.validate()
        sent = {**self.values, **self.sent_values()}
        stage = "ready" if self.case.ready_at else "save"
        for layout in missing_fields(self.layout, sent, stage):
            if PREFIX + layout.key in self.form and not self.form[PREFIX + layout.key].errors:
                self.add_error(layout.key, gettext("Fyll i %(label)s.", label=layout.label))
                is_valid = False
        return is_valid

    def add_error(self, key: str, sentence: str) -> None:
        """Show an error at its field; on the page as a whole when the field is not there."""
        if PREFIX + key in self.form:
            add_error(self.form[PREFIX + key], sentence)
        else:
            label = self.layout.fields[key].label if key in self.layout.fields else ""
            self.problems.append(("", label, sentence))

    def show_saved(self) -> None:
        """After a conflict: beside each field that differs, what the other person saved."""
        sent = self.sent_values()
        for key, value in sent.items():
            layout = self.layout.fields[key]
            now = display_value(self.layout, layout, self.values.get(key))
            if (value or None) != (self.values.get(key) or None) and layout.kind is not Kind.FILES:
                self.saved_texts[key] = now or gettext("(tomt)")
        self.form.version.data = str(self.case.version)
        self.has_conflict = True

    def error_items(self) -> Iterator[tuple[str, str, str]]:
        """(field id, label, sentence) of every error, in the order of the page."""
        yield from self.problems
        for tab in self.tabs:
            for entry in tab.entries:
                for sentence in entry.errors:
                    yield entry.id, entry.layout.label, sentence
