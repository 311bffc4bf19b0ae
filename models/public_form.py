"""Public forms: what a citizen fills in at /synpunkt/<slug>."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base, json_type
from models.case_type import CaseType
from models.choice_list import ChoiceList
from models.unit import Unit


class PublicForm(Base):
    """A form without login. `root_unit_id` limits the units it offers and owns what comes in.

    `intro` and `privacy` are texts in the template language (domain/template_language.py).
    `defaults` sets core fields on every case of this form, {core key: meaning of a choice}.
    `translations`: language → Swedish text → the same in that language (domain/own_texts.py).
    """

    __tablename__ = "public_forms"

    id: Mapped[int] = mapped_column(primary_key=True)
    case_type_id: Mapped[int] = mapped_column(ForeignKey("case_types.id"))
    slug: Mapped[str] = mapped_column(String(80), unique=True)
    name: Mapped[str] = mapped_column(String(120))
    summary: Mapped[str] = mapped_column(String(300), default="")
    intro: Mapped[str] = mapped_column(Text, default="")
    privacy: Mapped[str] = mapped_column(Text, default="")
    notice: Mapped[str] = mapped_column(Text, default="")
    board: Mapped[str] = mapped_column(String(200), default="")
    root_unit_id: Mapped[int | None] = mapped_column(ForeignKey("units.id"))
    defaults: Mapped[dict[str, Any]] = mapped_column(json_type(), default=dict)
    translations: Mapped[dict[str, Any]] = mapped_column(json_type(), default=dict)
    position: Mapped[int] = mapped_column(default=0)
    is_active: Mapped[bool] = mapped_column(default=True)

    case_type: Mapped[CaseType] = relationship()
    root_unit: Mapped[Unit | None] = relationship()
    fields: Mapped[list[PublicFormField]] = relationship(
        back_populates="public_form",
        order_by="PublicFormField.position",
        cascade="all, delete-orphan",
    )

    def __str__(self) -> str:
        return self.name


class PublicFormField(Base):
    """One question of a public form. `key` is a core field (domain/fields.py).

    `section` is a heading that begins at this question; `section_help` stands under it.
    """

    __tablename__ = "public_form_fields"
    __table_args__ = (UniqueConstraint("public_form_id", "key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    public_form_id: Mapped[int] = mapped_column(ForeignKey("public_forms.id", ondelete="CASCADE"))
    key: Mapped[str] = mapped_column(String(80))
    label: Mapped[str] = mapped_column(String(200))
    help: Mapped[str] = mapped_column(Text, default="")
    section: Mapped[str] = mapped_column(String(120), default="")
    section_help: Mapped[str] = mapped_column(Text, default="")
    position: Mapped[int] = mapped_column(default=0)
    is_required: Mapped[bool] = mapped_column(default=False)
    choice_list_id: Mapped[int | None] = mapped_column(ForeignKey("choice_lists.id"))

    public_form: Mapped[PublicForm] = relationship(back_populates="fields")
    choice_list: Mapped[ChoiceList | None] = relationship()

    def __str__(self) -> str:
        return self.label
