"""Loading public forms and their questions."""

from __future__ import annotations

from sqlalchemy import select

from domain.errors import RuleBroken
from domain.text import _
from extensions import db
from models import CaseType, PublicForm, PublicFormField
from services.presets.preset import Preset, Row, list_of
from services.presets.upsert import assign, pick, upsert


def load_forms(
    case_type: CaseType, preset: Preset, lists: dict[str, int], units: dict[str, int]
) -> None:
    """Bring the case type's forms up to date. One that the preset does not have is closed."""
    for position, row in enumerate(preset.forms, 1):
        values = pick(
            row,
            "name",
            "summary",
            "intro",
            "privacy",
            "notice",
            "board",
            "defaults",
            "translations",
        ) | {
            "case_type_id": case_type.id,
            "root_unit_id": units.get(row["root_unit"]),
            "position": position,
            "is_active": True,
        }
        _refuse_taken_slug(row["slug"], case_type)
        form = upsert(PublicForm, {"slug": row["slug"]}, values)
        _load_questions(form, row["fields"], lists)
    slugs = {row["slug"] for row in preset.forms}
    for form in db.session.scalars(
        select(PublicForm).where(PublicForm.case_type_id == case_type.id)
    ):
        if form.slug not in slugs:
            form.is_active = False
    db.session.flush()


def _refuse_taken_slug(slug: str, case_type: CaseType) -> None:
    owner = db.session.scalar(select(PublicForm.case_type_id).where(PublicForm.slug == slug))
    if owner not in (None, case_type.id):
        raise RuleBroken(
            _(
                "Formuläradressen %(slug)s används redan av en annan ärendetyp. "
                "Ändra slug i public_forms.toml."
            ),
            field="slug",
            slug=slug,
        )


def _load_questions(form: PublicForm, rows: list[Row], lists: dict[str, int]) -> None:
    """The questions become exactly those of the preset: no case refers to them."""
    present = {question.key: question for question in form.fields}
    kept = []
    for position, row in enumerate(rows, 1):
        question = present.get(row["key"]) or PublicFormField(key=row["key"])
        values = pick(row, "label", "help", "section", "section_help", "is_required")
        assign(
            question, {**values, "position": position, "choice_list_id": lists.get(list_of(row))}
        )
        kept.append(question)
    form.fields = kept
