"""Fields of the configuration pages: rows inside a form, selects of known words, lines as lists."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, ClassVar

from flask import render_template
from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from markupsafe import Markup
from wtforms import (
    BooleanField,
    FieldList,
    FormField,
    HiddenField,
    IntegerField,
    SelectField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired

from forms.fields import TickField, tidy, to_id
from services.config_children import ChildRow

MOST_ROWS = 400


def needed() -> InputRequired:
    """The validator of a field that must be filled in."""
    return InputRequired(_("Fyll i det här fältet."))


def options(words: Mapping[str, str], empty: str | None = None) -> list[SelectChoice]:
    """Choices of a select from known words, {value: Swedish}; `empty` is the one for no value."""
    first = [SelectChoice("", empty)] if empty is not None else []
    return first + [SelectChoice(value, gettext(label)) for value, label in words.items()]


def row_options(rows: Iterable[tuple[int, str]], empty: str | None = None) -> list[SelectChoice]:
    """Choices of a select from (id, label) pairs."""
    first = [SelectChoice("", empty)] if empty is not None else []
    return first + [SelectChoice(str(row_id), label) for row_id, label in rows]


class WordField(SelectField):
    """A select of known words, {value: Swedish}."""

    def __init__(self, label: Any, words: Mapping[str, str], empty: Any = None, **kw: Any) -> None:
        first = next(iter(words)) if empty is None else ""
        kw.setdefault("default", first)
        super().__init__(label, choices=lambda: options(words, empty), **kw)


class WordsField(TickField):
    """Known words as tick boxes."""

    def __init__(self, label: Any, words: Mapping[str, str], **kw: Any) -> None:
        super().__init__(label, choices=lambda: options(words), **kw)


class RowField(SelectField):
    """A select of rows; the value is an id or None. The form sets `choices` for each request."""

    def __init__(self, label: Any, **kw: Any) -> None:
        super().__init__(label, coerce=to_id, choices=[], **kw)


class NumberField(IntegerField):
    """A whole number from `low` to `high`. Left empty it is `empty`."""

    def __init__(
        self, label: Any, low: int, high: int, *, empty: int | None = None, **kw: Any
    ) -> None:
        super().__init__(label, default=empty, **kw)
        self.low, self.high, self.empty = low, high, empty

    def process_formdata(self, valuelist: list[str]) -> None:
        typed = valuelist[0].strip() if valuelist else ""
        self.data = self.empty
        if not typed:
            return
        number = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 9 else -1
        if not self.low <= number <= self.high:
            limits = {"low": self.low, "high": self.high}
            raise ValueError(gettext("Skriv ett heltal från %(low)s till %(high)s.", **limits))
        self.data = number

    def _value(self) -> str:
        """What was typed, also when it is no number."""
        if self.raw_data:
            return str(self.raw_data[0])
        return "" if self.data is None else str(self.data)


class PositionField(NumberField):
    """Where something stands in its order."""

    def __init__(self, label: Any = "", *, empty: int | None = 0, **kw: Any) -> None:
        super().__init__(label or _("Ordning"), 0, 9999, empty=empty, **kw)


class LinesField(TextAreaField):
    """A list of texts, one a line. Empty lines are dropped."""

    def process_formdata(self, valuelist: list[str]) -> None:
        lines = tidy(valuelist[0]).split("\n") if valuelist else []
        self.data: list[str] = [line.strip() for line in lines if line.strip()]

    def _value(self) -> str:
        return "\n".join(self.data or [])


class ConfigForm(FlaskForm):
    """A form for one row of configuration. `columns` is all that it can set (T04)."""

    columns: ClassVar[tuple[str, ...]] = ()
    locked: ClassVar[tuple[str, ...]] = ("key",)
    """Fields that are chosen once: files, addresses and rules refer to them."""

    shown_at: ClassVar[dict[str, str]] = {}
    """Column → the field that shows its errors, where they are not called the same."""

    def __init__(self, obj: Any = None, **kwargs: Any) -> None:
        super().__init__(obj=obj, **kwargs)
        for name in self.locked if obj is not None else ():
            self.lock(name, obj)

    def lock(self, name: str, obj: Any) -> None:
        """Show the value without letting it be changed, whatever the browser sends."""
        field = self[name]
        field.data = getattr(obj, name)
        field.raw_data = None
        field.validators = []
        field.flags.required = False
        field.render_kw = {**(field.render_kw or {}), "disabled": True}
        field.description = gettext("Går inte att ändra efteråt.")

    def children(self) -> list[ChildRow]:
        """The rows of the form, where its table has some."""
        return []

    def values(self) -> dict[str, Any]:
        """Column → value, for the service."""
        return {name: self[name].data for name in self.columns if name in self}


class OfCaseTypeForm(ConfigForm):
    """A form for something of one case type: its selects offer that type's rows only."""

    def __init__(self, obj: Any = None, *, case_type_id: int, **kwargs: Any) -> None:
        super().__init__(obj=obj, **kwargs)
        self.case_type_id = case_type_id
        self.offer(case_type_id)

    def offer(self, case_type_id: int) -> None:
        """Fill the selects with rows of the case type."""

    def values(self) -> dict[str, Any]:
        return {**super().values(), "case_type_id": self.case_type_id}


class RowForm(FlaskForm):
    """One row inside a form. A new row that is left blank does not count."""

    class Meta(FlaskForm.Meta):
        csrf = False

    columns: ClassVar[tuple[str, ...]] = ()
    telling: ClassVar[tuple[str, ...]] = ()
    """The fields that make a row a row: when all of them are empty, it is blank."""

    rare: ClassVar[tuple[str, ...]] = ()
    """Fields that most rows leave empty: they are folded away while they are."""

    id = HiddenField(filters=[lambda value: _id_or_none(value)])
    remove = BooleanField(_("Ta bort"))

    @property
    def is_blank(self) -> bool:
        return self.id.data is None and not any(self[name].data for name in self.telling)

    @property
    def shows_rare(self) -> bool:
        """Whether a rare field holds something, or an error."""
        return any(self[name].data or self[name].errors for name in self.rare)

    def values(self) -> dict[str, Any]:
        return {name: self[name].data for name in self.columns}


def _id_or_none(value: Any) -> int | None:
    try:
        return to_id(value)
    except ValueError:
        return None


class RowsField(FieldList):
    """Rows of the same kind, with blank ones at the end for new rows: no JavaScript is needed."""

    def __init__(self, row_form: type[RowForm], label: Any, extra: int = 3, **kw: Any) -> None:
        super().__init__(FormField(row_form), label, max_entries=MOST_ROWS, **kw)
        self.extra = extra

    def widget(self, field: Any, **_kwargs: Any) -> Markup:
        return Markup(render_template("admin/config/rows.html", field=field))  # noqa: S704

    def process(self, formdata: Any, *args: Any, **kwargs: Any) -> None:
        super().process(formdata, *args, **kwargs)
        if not formdata:
            for _number in range(self.extra):
                self._add_entry(None)

    def _extract_indices(self, prefix: str, formdata: Any) -> Iterator[int]:
        """WTForms takes "²" for a number and then fails on it."""
        for name in formdata:
            head, _dash, rest = name.partition(f"{prefix}-")
            index = rest.partition("-")[0]
            if not head and index.isascii() and index.isdigit() and len(index) < 6:
                yield int(index)

    def validate(self, form: Any, extra_validators: Any = ()) -> bool:
        """Check the rows that count."""
        self.errors = []
        for entry in self.filled:
            if not entry.form.remove.data and not entry.validate(form):
                self.errors.append(entry.errors)
        return not self.errors

    @property
    def filled(self) -> list[Any]:
        """The entries that are rows, not blanks."""
        return [entry for entry in self.entries if not entry.form.is_blank]

    def child_rows(self) -> list[ChildRow]:
        """The rows for services.config_children; rows without a place come last."""
        forms = [entry.form for entry in self.filled]
        last = max((form.position.data or 0 for form in forms), default=0)
        for form in forms:
            if form.position.data is None:
                last += 1
                form.position.data = last
        return [ChildRow(f.id.data, f.values(), remove=f.remove.data) for f in forms]

    def kept(self) -> list[RowForm]:
        """The rows that stay, in their order (for rows that have no table of their own)."""
        forms = [entry.form for entry in self.filled if not entry.form.remove.data]
        return sorted(forms, key=lambda form: _place(form))


def _place(form: RowForm) -> int:
    """Where a row stands; without a place it comes last."""
    position = form.position.data if "position" in form else 0
    return 10_000 if position is None else position
