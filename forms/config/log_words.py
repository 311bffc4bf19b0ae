"""The change log in Swedish: what was done, to what, in which field."""

from __future__ import annotations

from typing import Any

from domain.text import _
from forms.config.case_types import CaseTypeForm, TabForm
from forms.config.choice_lists import ChoiceListForm, ChoiceRow
from forms.config.event_templates import EventTemplateForm
from forms.config.fields import FieldForm
from forms.config.files import FilesForm
from forms.config.letters import LetterForm
from forms.config.organisation import PersonForm, UnitForm
from forms.config.phrases import PhraseForm
from forms.config.public_forms import PublicFormForm, QuestionRow
from forms.config.sign_in import RoleRuleForm
from forms.config.system import ClosedDayForm, MunicipalityForm
from forms.config.words import CORE_FIELDS
from forms.profile_form import ProfileForm
from forms.stand_in_form import StandInForm

ACTIONS: dict[str, str] = {
    "access.refused": _("Åtkomst nekad"),
    "attachment.added": _("Bilaga tillagd"),
    "attachment.infected": _("Bilaga smittad och spärrad"),
    "attachment.removed": _("Bilaga borttagen"),
    "case.answer-shared": _("Svaret hämtat från huvudärendet"),
    "case.closed": _("Ärendet avslutat"),
    "case.copied": _("Ärendet kopierat till ett nytt"),
    "case.copied-from": _("Gjort som kopia av ett annat ärende"),
    "case.crossed": _("Flyttat över en sekretessgräns"),
    "case.edited": _("Ärendet ändrat"),
    "case.flagged": _("Ärendet flaggat"),
    "case.forwarded": _("Ärendet lämnat till extern part"),
    "case.handed-out": _("Handling utlämnad"),
    "case.handed-over": _("Avidentifierad text lämnad över en sekretessgräns"),
    "case.link-reissued": _("Ny länk och kod utfärdade"),
    "case.linked": _("Kopplat till ett annat ärende"),
    "case.marked-ready": _("Klarmarkerat"),
    "case.moved": _("Flyttat till annan enhet"),
    "case.opened": _("Ärendet registrerat"),
    "case.printed": _("Ärendet utskrivet"),
    "case.recused": _("Ny ansvarig på grund av jäv"),
    "case.reopened": _("Ärendet återöppnat"),
    "case.reply-read": _("Nytt svar läst"),
    "case.shown-across": _("Ärendet visat över en sekretessgräns"),
    "case.transferred": _("Ärendet överfört till annan process"),
    "case.unflagged": _("Flaggan borttagen"),
    "case.unlinked": _("Koppling till ett annat ärende borttagen"),
    "case.unmarked-ready": _("Klarmarkering borttagen"),
    "cases.exported": _("Ärendelista hämtad som fil"),
    "config.changed": _("Inställning ändrad"),
    "config.created": _("Tillagd"),
    "config.removed": _("Borttagen"),
    "demo.loaded": _("Demo laddad"),
    "event.added": _("Händelse registrerad"),
    "event.edited": _("Händelse ändrad"),
    "event.other-recipient": _("Annan mottagare än synpunktslämnaren"),
    "event.posted": _("Brev markerat som postat"),
    "event.removed": _("Händelse borttagen"),
    "event.voided": _("Händelse makulerad"),
    "factor.codes-renewed": _("Nya återställningskoder"),
    "factor.reset": _("Tvåstegsinloggning borttagen av administratör"),
    "factor.set-up": _("Tvåstegsinloggning inställd"),
    "factor.turned-off": _("Tvåstegsinloggning avstängd"),
    "lock.overtaken": _("Arbetslås övertaget"),
    "mail.bounced": _("Mejl studsade"),
    "mail.failed": _("Mejl kom inte fram"),
    "mail.retried": _("Mejl skickas på nytt"),
    "password.link-asked": _("Länk till lösenord begärd"),
    "password.link-given": _("Länk till lösenord skickad"),
    "preset.loaded": _("Förinställning laddad"),
    "publication.approved": _("Publicering godkänd"),
    "publication.checked": _("Publiceringstexten kontrollerad"),
    "publication.published": _("Publicerat på webben"),
    "publication.saved": _("Publiceringstexten sparad"),
    "publication.withdrawn": _("Avpublicerat"),
    "report.exported": _("Rapport hämtad som fil"),
    "role.granted": _("Roll tilldelad"),
    "role.withdrawn": _("Roll borttagen"),
    "secrecy.cleared": _("Sekretessmarkering hävd"),
    "secrecy.set": _("Sekretessmarkering satt"),
    "session.all-ended": _("Utloggning överallt"),
    "session.ended": _("Utloggning"),
    "session.refused": _("Inloggning misslyckades"),
    "session.started": _("Inloggning"),
    "sign-in.rule-changed": _("Regel för inloggning ändrad"),
    "template.file-added": _("Mallens bilaga tillagd"),
    "template.file-removed": _("Mallens bilaga borttagen"),
    "unit.area-changed": _("Enhetens ärenden bytte sekretessområde"),
    "user.password-set": _("Lösenord ändrat"),
}

PARTS: dict[str, str] = {
    "address": _("Adress"),
    "as": _("Som"),
    "as:csv": _("CSV"),
    "as:pdf": _("PDF"),
    "as:view": _("Visad"),
    "as:word": _("Word"),
    "as:xlsx": _("Excel"),
    "body": _("Text"),
    "border": _("Sekretessgräns"),
    "case": _("Ärende"),
    "confirmed": _("Fynd som får stå kvar"),
    "covers": _("Gäller"),
    "decided_by": _("Prövad av"),
    "events": _("Händelser"),
    "files": _("Filer"),
    "from": _("Från"),
    "filter": _("Urval"),
    "ground": _("Grund"),
    "happened_at": _("Tid"),
    "kind": _("Slag"),
    "notes": _("Interna anteckningar"),
    "notes:left": _("Följde inte med"),
    "notes:taken": _("Följde med"),
    "open_cases": _("Öppna ärenden"),
    "parts": _("Delar"),
    "process": _("Process"),
    "reason": _("Skäl"),
    "recipient": _("Mottagare"),
    "review": _("Sekretessprövning"),
    "review:masked": _("Lämnat maskat"),
    "review:whole": _("Lämnat i sin helhet"),
    "rows": _("Antal ärenden"),
    "sender": _("Avsändare"),
    "title": _("Rubrik"),
    "until": _("Till"),
}
"""The named parts of what is recorded of events, prints and marks; "as:pdf": one of their values.
"""

NOT_PLACED: dict[str, str] = {"acknowledged_on": _("Bekräftades")}
"""Recorded columns of a case that no field shows."""

READINGS: dict[str, str] = {
    "case": _("Ärendet öppnat"),
    "event": _("Händelse läst"),
    "export": _("Ärendelista hämtad som fil"),
    "file": _("Fil hämtad"),
    "history": _("Historik läst"),
    "letter": _("Brev visat eller hämtat"),
    "hand-out": _("Utlämnandekopia visad eller skapad"),
    "mail": _("Mejl läst i utkorgen"),
    "print": _("Ärendet utskrivet"),
    "publishing": _("Publiceringstext läst"),
    "report": _("Rapport hämtad som fil"),
    "search": _("Sökning i ärendelistan"),
    "secrecy": _("Sekretessmarkering läst"),
}
"""The access log in Swedish: what was read (web/access.py)."""

TABLES: dict[str, tuple[str, *tuple[Any, ...]]] = {
    "case_types": (_("Ärendetyp"), CaseTypeForm),
    "choice_lists": (_("Vallista"), ChoiceListForm),
    "choices": (_("Val"), ChoiceRow),
    "closed_days": (_("Ledig dag"), ClosedDayForm),
    "event_templates": (_("Händelsemall"), EventTemplateForm),
    "fields": (_("Fält"), FieldForm),
    "municipality": (_("Kommunen"), MunicipalityForm, LetterForm, FilesForm),
    "phrases": (_("Standardtext"), PhraseForm),
    "public_form_fields": (_("Fråga i formulär"), QuestionRow),
    "public_forms": (_("Formulär"), PublicFormForm),
    "role_rules": (_("Regel för inloggning"), RoleRuleForm),
    "stand_ins": (_("Ersättare"), StandInForm),
    "tabs": (_("Flik"), TabForm),
    "units": (_("Enhet"), UnitForm),
    "users": (_("Person"), PersonForm, ProfileForm),
}
"""Table → its Swedish name and the forms whose labels name its columns."""


def field_name(subject: str, field: str) -> Any:
    """The label under which people know a recorded field; the field itself when it has none."""
    if not subject:
        return CORE_FIELDS.get(field) or NOT_PLACED.get(field, field)
    _name, *forms = TABLES.get(subject.partition(" ")[0], ("",))
    found = (getattr(form, _shown_at(form, field), None) for form in forms)
    labels = [arguments[0] for shown in found if (arguments := getattr(shown, "args", ()))]
    return labels[0] if labels else field


def _shown_at(form: Any, field: str) -> str:
    shown: str = getattr(form, "shown_at", {}).get(field, field)
    return shown
