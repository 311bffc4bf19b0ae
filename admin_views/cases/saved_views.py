"""*Visa:* saved views of the case list: opening, saving, sharing, and the columns of the list."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from flask import abort, flash, redirect, request, url_for
from flask_admin import BaseView, expose
from flask_babel import gettext as _

from admin_views.base import GuardedView, telling_refusals
from admin_views.cases.list_columns import (
    Choice,
    choices,
    in_order,
    sent_choices,
    shown_columns,
)
from admin_views.cases.list_filter import NAMES
from domain.layout import CaseTypeLayout
from domain.permissions import Actor, Permission
from forms.view_form import ViewForm
from models import SavedView
from queries.configuration import configuration
from queries.saved_views import own_view, own_views
from services.actors import case_types_for
from services.saved_views import choose_columns, may_share, remove_view, save_view
from services.unit_of_work import unit_of_work
from web.session import current_actor

KNOWN = {"visa", "mina", "favorit", "flagga", "sort", "ordning", *NAMES.values()}
"""The arguments of the list that a view holds. What they say is read anew when it is opened."""


@dataclass(frozen=True)
class ViewLink:
    """A saved view in the menu. `owner` is who shares it, "" for one's own."""

    name: str
    url: str
    owner: str
    is_current: bool


def view_links(
    views: Sequence[SavedView], layout: CaseTypeLayout, current: int | None, actor: Actor
) -> list[ViewLink]:
    """The own and the shared views of a case type."""
    return [
        ViewLink(
            view.name,
            address_of(view, layout),
            "" if view.user_id == actor.id else view.user.name,
            view.id == current,
        )
        for view in views
    ]


def address_of(view: SavedView, layout: CaseTypeLayout) -> str:
    """A plain address, which can be kept as a bookmark."""
    pairs = [("type", layout.key), *parse_qsl(view.address), ("vy", str(view.id))]
    return f"{url_for('case.index_view')}?{urlencode(pairs)}"


def own_default(views: Sequence[SavedView], layout: CaseTypeLayout, actor: Actor) -> str:
    """The view that a person begins with, when the address asks for nothing but the case type."""
    if set(request.args) != {"type"}:
        return ""
    mine = [view for view in views if view.user_id == actor.id]
    return next((address_of(view, layout) for view in mine if view.is_default), "")


def view_notice(views: Sequence[SavedView], current: int | None) -> list[str]:
    """A bookmark may lead to a view that is gone, or no longer shared."""
    if not current or current in {view.id for view in views}:
        return []
    return [_("Vyn finns inte längre, eller delas inte med dig. Listan visas utan den.")]


def list_args(address: str) -> list[tuple[str, str]]:
    """What of a list's address a view holds."""
    return [(key, value) for key, value in parse_qsl(urlsplit(address).query) if key in KNOWN]


def _types(actor: Actor) -> list[CaseTypeLayout]:
    return case_types_for(actor, Permission.CASE_LIST, configuration())


class SavedViewsView(GuardedView, BaseView):
    """One's own views, and the columns of a list."""

    read_permission = Permission.CASE_LIST

    def is_visible(self) -> bool:
        return False

    @expose("/")
    def index(self) -> Any:
        """Mina vyer."""
        config = configuration()
        rows = [(view, config.case_type(view.case_type_id)) for view in own_views(current_actor())]
        shown = [(v, layout, address_of(v, layout)) for v, layout in rows if layout]
        return self.render("admin/case/views.html", views=shown)

    @expose("/edit", methods=("GET", "POST"))
    def edit(self) -> Any:
        """Spara vyn: a new one from the arguments of a list, or one's own with `id`."""
        actor = current_actor()
        view = own_view(request.values.get("id"), actor) if request.values.get("id") else None
        if view is None and request.values.get("id"):
            abort(404)
        layout = configuration().case_type(view.case_type_id) if view else self._layout()
        layout = layout or abort(404)
        address = view.address if view else urlencode(list_args(f"?{_asked()}"))
        form = ViewForm(data=_data(view))
        if not may_share(actor):
            del form.is_shared
        if form.validate_on_submit():
            with telling_refusals(form):
                with unit_of_work():
                    saved = save_view(
                        view,
                        case_type_id=layout.id,
                        name=form.name.data,
                        address=address,
                        is_shared=bool(form.is_shared and form.is_shared.data),
                        is_default=form.is_default.data,
                        actor=actor,
                    )
                    url = address_of(saved, layout)
                flash(_("Vyn är sparad."), "success")
                return redirect(url)
        items = [(f.id, f.label.text, error) for f in form for error in f.errors]
        page = self.render(
            "admin/case/view_edit.html",
            form=form,
            layout=layout,
            view=view,
            kept=parse_qsl(address),
            error_items=items,
        )
        return page, 422 if request.method == "POST" else 200

    @expose("/remove", methods=("POST",))
    def remove(self) -> Any:
        """Remove one's own view."""
        actor = current_actor()
        view = own_view(request.form.get("id"), actor) or abort(404)
        with unit_of_work():
            remove_view(view, actor=actor)
        flash(_("Vyn är borttagen."), "success")
        return redirect(url_for(".index"))

    @expose("/columns", methods=("GET", "POST"))
    def columns(self) -> Any:
        """Kolumner: which, and in which order."""
        actor, layout = current_actor(), self._layout()
        if request.method == "POST":
            sent = sent_choices(layout, request.form)
            is_reset = request.form.get("do") == "reset"
            if not is_reset and any(choice.error for choice in sent):
                return self._columns(layout, sent), 422
            keys = [] if is_reset else in_order(sent)
            with unit_of_work():
                choose_columns(layout.id, keys, actor=actor)
            flash(_("Kolumnerna är valda."), "success")
            return redirect(url_for("case.index_view", type=layout.key))
        shown = [column["key"] for column in shown_columns(layout, actor)]
        return self._columns(layout, choices(layout, shown))

    def _columns(self, layout: CaseTypeLayout, shown: list[Choice]) -> str:
        errors = [(f"place-{c.key}", c.label, c.error) for c in shown if c.error]
        html: str = self.render(
            "admin/case/columns.html", layout=layout, choices=shown, errors=errors
        )
        return html

    def _layout(self) -> CaseTypeLayout:
        """The case type in the request, if the person may list its cases."""
        key = request.values.get("type", "")
        return next((t for t in _types(current_actor()) if t.key == key), None) or abort(404)


def _asked() -> str:
    """The arguments of the list: in the address at first, then carried by the form."""
    sent: Mapping[str, list[str]] = request.values.to_dict(flat=False)
    return urlencode([(key, value) for key in sent for value in sent[key]])


def _data(view: SavedView | None) -> dict[str, Any]:
    if view is None:
        return {}
    return {"name": view.name, "is_shared": view.is_shared, "is_default": view.is_default}
