"""What every staff page shares: access, row scope, safe parameters, one transaction per save."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from flask import abort, flash, redirect, request
from flask_admin import expose
from flask_admin.contrib.sqla import ModelView
from flask_admin.form import FormOpts
from flask_admin.model.base import ViewArgs
from flask_babel import gettext as _
from flask_login import current_user
from sqlalchemy import ColumnElement
from sqlalchemy.orm.interfaces import ORMOption
from werkzeug.wrappers import Response

from domain.errors import DomainError, NotAllowed
from domain.permissions import Permission, can
from domain.row_ids import row_id
from extensions import db
from services.unit_of_work import unit_of_work
from web.access import note_refusal
from web.rendering import sentence
from web.session import ask_for_login, current_actor, safe_next

MAX_SEARCH = 200
MAX_BULK = 100
DOORS = ("get_query", "get_count_query", "get_one", "get_many")


class GuardedView:
    """Access by permission. A view that names none opens for nobody."""

    read_permission: Permission | None = None

    def is_accessible(self) -> bool:
        return self.read_permission is not None and can(current_actor(), self.read_permission)

    def inaccessible_callback(self, name: str, **kwargs: object) -> Response:
        """A stranger is asked to sign in; who is signed in without the right gets 403."""
        if not current_user.is_authenticated:
            return ask_for_login()
        abort(403)

    def _run_view(self, fn: Any, *args: object, **kwargs: object) -> Any:
        """Flask-Admin's own calls a view twice when it raises TypeError, and hides the bug."""
        return fn(self, *args, **kwargs)

    def return_url(self) -> str:
        """Where the page leads back to: `url` of the request when it is ours, else the list."""
        return safe_next(request.values.get("url")) or self.get_url(".index_view")  # type: ignore[attr-defined]


@contextmanager
def telling_refusals(form: Any = None) -> Iterator[None]:
    """Show a DomainError at its field or as a message. Anything else goes on and becomes a 500."""
    try:
        yield
    except DomainError as error:
        if isinstance(error, NotAllowed):
            note_refusal(error.status)
        name = getattr(error, "field", "")
        if form is not None and name and name in form:
            form[name].errors = [*form[name].errors, sentence(error)]
        else:
            flash(sentence(error), "danger")


class ScopedModelView(GuardedView, ModelView):
    """A ModelView whose list, form, details, deletion and bulk actions all see the same rows.

    Flask-Admin's own get_one() ignores get_query(), so limiting rows in the list alone leaves
    them open by address (T01). Here a view writes one scope(), and may not touch the doors.
    Subclasses name a `form` class or `form_columns`, and fill in save() or save_new().
    """

    can_create = can_edit = can_delete = can_view_details = can_export = False
    column_editable_list = ()
    action_disallowed_list = ("delete",)
    max_page = 100_000
    """The last page that can be asked for. Lists that are not counted name a small one."""

    export = ajax_lookup = ajax_update = None
    """Addresses of Flask-Admin that do not exist here (T03, T08, T09)."""

    list_args: Sequence[str] = ()
    """Names of own query arguments of the list page. All others are dropped from its links."""

    def __init_subclass__(cls, **kwargs: object) -> None:
        super().__init_subclass__(**kwargs)
        for door in DOORS:
            if getattr(cls, door) is not getattr(ScopedModelView, door):
                raise TypeError(f"{cls.__name__} overrides {door}: write scope() instead.")
        if cls.column_editable_list or cls.can_export or cls.form_ajax_refs:
            raise TypeError(f"{cls.__name__}: inline editing, export and lookups are not used.")

    def scaffold_form(self) -> Any:
        """A form names its columns; scaffolding every column invites mass assignment (T04)."""
        if self.form_columns is None:
            raise TypeError(f"{type(self).__name__} needs a form or form_columns.")
        return super().scaffold_form()

    # --- rows

    def scope(self) -> ColumnElement[bool]:
        """The WHERE that limits rows to those the current actor may see."""
        raise NotImplementedError

    def list_options(self) -> Sequence[ORMOption]:
        """Loader options of the list, such as defer() for long texts."""
        return ()

    def get_query(self) -> Any:
        return db.session.query(self.model).filter(self.scope()).options(*self.list_options())

    def get_count_query(self) -> Any:
        return super().get_count_query().filter(self.scope())

    def get_one(self, id: object) -> Any:
        number = row_id(id)
        if number is None:
            return None
        return db.session.query(self.model).filter(self.scope(), self.model.id == number).first()

    def get_many(self, ids: Sequence[object]) -> list[Any]:
        """The rows of a bulk action, or 404 when any is foreign, missing or one too many (T14)."""
        numbers = {row_id(i) for i in ids}
        if not numbers or None in numbers or len(numbers) > MAX_BULK:
            abort(404)
        query = db.session.query(self.model).filter(self.scope(), self.model.id.in_(numbers))
        rows: list[Any] = query.order_by(self.model.id).all()
        if len(rows) != len(numbers):
            abort(404)
        return rows

    def wanted(self) -> Any:
        """The row named by `id` in the request. A foreign row and a missing one are both 404."""
        row = self.get_one(request.values.get("id", ""))
        return row if row is not None else abort(404)

    # --- parameters of the list

    def _get_list_extra_args(self) -> ViewArgs:
        """Flask-Admin's reading of the query string, with values that cannot hurt (T13)."""
        args = super()._get_list_extra_args()
        args.page = min(max(args.page, 0), self.max_page)
        args.search = (args.search or "").replace("\0", "")[:MAX_SEARCH] or None
        column = self._get_column_by_idx(args.sort)
        if column is None or column[0] not in self._sortable_columns:
            args.sort = args.sort_desc = None
        args.extra_args = {k: v for k, v in args.extra_args.items() if k in self.list_args}
        return args

    def _get_list_filter_args(self) -> list[tuple[int, str, str]]:
        """The filters of the query string; an empty or unknown value is no filter."""
        chosen = []
        for name, value in request.args.items():
            index, flt = (self._filter_args or {}).get(name.partition("_")[2], (0, None))
            if name.startswith("flt") and flt and value and flt.validate(value):
                chosen.append((index, str(flt.name), value))
        return chosen

    def get_list(
        self, page: int, sort_column: Any, sort_desc: Any, search: Any, filters: Any, **kwargs: Any
    ) -> tuple[int | None, list[Any]]:
        """One page of rows. A page after the last shows the last."""
        asked = (sort_column, sort_desc, search, filters)
        count, rows = super().get_list(page, *asked, **kwargs)
        if rows or not page or count is None:
            return count, rows
        last = max(count - 1, 0) // (kwargs.get("page_size") or self.page_size)
        self._template_args["page"] = last
        return super().get_list(last, *asked, **kwargs)

    # --- forms

    def save(self, form: Any, model: Any) -> None:
        """Hand the cleaned form to a service that changes `model`."""
        raise NotImplementedError

    def save_new(self, form: Any) -> Any:
        """Hand the cleaned form to a service that makes a row, and return the row."""
        raise NotImplementedError

    def remove(self, model: Any) -> None:
        """Hand the row to a service that deletes it."""
        raise NotImplementedError

    def update_model(self, form: Any, model: Any) -> bool:
        with telling_refusals(form):
            with unit_of_work():
                self.save(form, model)
            return True
        return False

    def create_model(self, form: Any) -> Any:
        with telling_refusals(form):
            with unit_of_work():
                model = self.save_new(form)
            return model
        return False

    def delete_model(self, model: Any) -> bool:
        with telling_refusals():
            with unit_of_work():
                self.remove(model)
            return True
        return False

    def saved_message(self, model: Any, *, is_created: bool) -> str:
        return _("Raden är skapad.") if is_created else _("Ändringarna är sparade.")

    def get_save_return_url(self, model: Any, is_created: bool = False) -> str:
        """After Spara stay on the row; after Spara och stäng go back whence the person came."""
        back = self.return_url()
        if "_add_another" in request.form:
            return self.get_url(".create_view", url=back)
        if "_continue_editing" in request.form:
            return self.get_url(".edit_view", id=model.id, url=back)
        return back

    # --- pages

    @expose("/new/", methods=("GET", "POST"))
    def create_view(self) -> Any:
        if not self.can_create:
            abort(403)
        form = self.create_form()
        if self.validate_form(form):
            model = self.create_model(form)
            if model:
                flash(self.saved_message(model, is_created=True), "success")
                return redirect(self.get_save_return_url(model, is_created=True))
        return self._form_page(self.create_template, form, self._form_create_rules)

    @expose("/edit/", methods=("GET", "POST"))
    def edit_view(self) -> Any:
        model = self.wanted()
        if not self.can_edit:
            abort(403)
        form = self.edit_form(obj=model)
        if self.validate_form(form) and self.update_model(form, model):
            flash(self.saved_message(model, is_created=False), "success")
            return redirect(self.get_save_return_url(model))
        return self._form_page(self.edit_template, form, self._form_edit_rules, model=model)

    def _form_page(self, template: str, form: Any, rules: Any, **context: Any) -> Any:
        """The form, again with what was typed (status 422) when it was refused."""
        opts = FormOpts(widget_args=self.form_widget_args, form_rules=rules)
        page = self.render(
            template, form=form, form_opts=opts, return_url=self.return_url(), **context
        )
        return page, 422 if request.method == "POST" else 200

    @expose("/details/")
    def details_view(self) -> Any:
        model = self.wanted()
        if not self.can_view_details:
            abort(403)
        return self.render(
            self.details_template,
            model=model,
            details_columns=self._details_columns,
            get_value=self.get_detail_value,
            return_url=self.return_url(),
        )

    @expose("/delete/", methods=("POST",))
    def delete_view(self) -> Any:
        model = self.wanted()
        if not self.can_delete:
            abort(403)
        if self.delete_model(model):
            flash(_("Raden är borttagen."), "success")
        return redirect(self.return_url())

    @expose("/action/", methods=("POST",))
    def action_view(self) -> Any:
        """A bulk action. Its ids are checked first: all are in scope, or nothing happens."""
        name = request.form.get("action", "")
        if name not in self._actions_data or not self.is_action_allowed(name):
            abort(404)
        self.get_many(request.form.getlist("rowid"))
        response = self._actions_data[name][0](request.form.getlist("rowid"))
        return response if response is not None else redirect(self.return_url())
