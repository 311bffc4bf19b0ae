"""The form of an event template."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _
from wtforms import BooleanField
from wtforms.validators import Length

from domain.events import KINDS
from forms.config import words
from forms.config_fields import OfCaseTypeForm, PositionField, WordField, WordsField, needed
from forms.fields import AreaField, LineField
from forms.file_field import FilesField
from services.attachments import KeptFile


class EventTemplateForm(OfCaseTypeForm):
    """One row of the event menu: its text, and what follows when it is used.

    `kept` are the files that came with it, once the view has checked and stored them.
    """

    columns = (
        "key", "label", "group", "kind", "event_kind", "purpose", "position", "recipient",
        "subject", "body", "conditions", "status_meaning", "marks_acknowledged",
        "marks_answered", "is_active",
    )  # fmt: skip

    label = LineField(_("Namn i menyn"), [needed(), Length(max=200)])
    key = LineField(_("Nyckel"), [needed(), Length(max=80)])
    subject = LineField(_("Ämne eller titel"), [Length(max=300)])
    body = AreaField(
        _("Text"),
        [Length(max=20_000)],
        description=_("Uppgifterna i listan byts ut mot ärendets egna."),
        render_kw={"rows": 14},
    )
    group = WordField(_("Rubrik i menyn"), words.GROUPS)
    position = PositionField(_("Ordning i menyn"))
    kind = WordField(_("Sort"), words.TEMPLATE_KINDS)
    event_kind = WordField(_("Blir en händelse av sorten"), KINDS)
    purpose = WordField(
        _("Används för"), words.PURPOSES, description=_("Avgör vem som får använda mallen.")
    )
    recipient = WordField(_("Mottagare"), words.RECIPIENTS)
    conditions = WordsField(_("Kan användas först när"), words.CONDITIONS)
    status_meaning = WordField(
        _("Sätter status"), words.STATUS_MEANINGS, empty=_("Ändrar inte status")
    )
    marks_acknowledged = BooleanField(_("Räknas som bekräftelse"))
    marks_answered = BooleanField(_("Räknas som svar (fyller i Besvarades)"))
    is_active = BooleanField(_("Aktiv"), default=True)
    files = FilesField(
        _("Lägg till filer"),
        description=_("Till exempel en broschyr. Filerna är ikryssade varje gång mallen används."),
    )
    preview_case = LineField(
        _("Fyll i med ärende-ID"),
        [Length(max=20)],
        description=_("Lämna tomt för ett exempelärende."),
    )

    TEXTS = ("label", "subject", "body")
    RULES = ("kind", "event_kind", "purpose", "recipient")
    PLACE = ("group", "position", "key")
    EFFECTS = ("status_meaning", "marks_acknowledged", "marks_answered")

    def __init__(self, obj: Any = None, **kwargs: Any) -> None:
        super().__init__(obj=obj, **kwargs)
        self.kept: list[KeptFile] = []
