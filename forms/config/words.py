"""The Swedish words of everything that is chosen from a fixed set in the configuration."""

from __future__ import annotations

from domain.meanings import Meaning
from domain.permissions import Role
from domain.secrecy_border import AREAS
from domain.text import _

ROLES: dict[str, str] = {
    Role.READER: _("Läsbehörighet"),
    Role.ASSISTANT: _("Biträdande utredare"),
    Role.RESPONSIBLE: _("Ansvarig handläggare"),
    Role.OVERARCHING: _("Övergripande ansvarig utredare"),
    Role.REGISTRAR: _("Synpunktsregistrerare"),
    Role.ADMINISTRATOR: _("Administratör"),
}

ROLE_HELP: dict[str, str] = {
    Role.READER: _("Läser ärenden och statistik i sin del av organisationen."),
    Role.ASSISTANT: _("Läser och skriver i de ärenden som personen är biträdande utredare i."),
    Role.RESPONSIBLE: _("Handlägger, besvarar och avslutar ärenden i sin del av organisationen."),
    Role.OVERARCHING: _("Läser och skriver i hela grenen. Mejlas bara om ärenden på egen nivå."),
    Role.REGISTRAR: _("Tar emot alla nya synpunkter, kategoriserar och fördelar dem."),
    Role.ADMINISTRATOR: _("Sköter inställningar och behörigheter. Ser inte innehållet i ärenden."),
}

REQUIRED_WHEN: dict[str, str] = {
    "never": _("Frivilligt"),
    "save": _("Obligatoriskt vid Spara"),
    "ready": _("Obligatoriskt vid Klarmarkering"),
    "answer": _("Obligatoriskt när svaret skickas"),
    "close": _("Obligatoriskt vid Avsluta"),
}

WIDTHS: dict[str, str] = {"full": _("Hela bredden"), "half": _("Halva bredden")}

CUSTOM_KINDS: dict[str, str] = {
    "line": _("Text på en rad"),
    "area": _("Text på flera rader"),
    "date": _("Datum"),
    "check": _("Kryssruta"),
    "choice": _("Ett val i en lista"),
    "choices": _("Val i en lista, ett eller flera"),
}

MAIL_CONTENT: dict[str, str] = {
    "full": _("Hela texten"),
    "notice": _("Bara en länk (för känsliga uppgifter)"),
}

SECRECY_AREAS: dict[str, str] = AREAS

UNIT_KINDS: dict[str, str] = {
    "municipality": _("Kommun"),
    "board": _("Nämnd"),
    "administration": _("Förvaltning eller kontor"),
    "area": _("Verksamhet"),
    "unit": _("Enhet"),
}

TEMPLATE_KINDS: dict[str, str] = {
    "email": _("E-post"),
    "letter": _("Brev"),
    "document": _("Dokument"),
    "event": _("Händelse"),
}

GROUPS: dict[str, str] = {
    "template": _("Händelsemallar"),
    "standard": _("Standardhändelser"),
    "extra": _("Fler mallar"),
}

RECIPIENTS: dict[str, str] = {
    "submitter": _("Synpunktslämnaren"),
    "responsible": _("Ansvarig handläggare"),
    "external": _("Extern part"),
    "none": _("Ingen"),
}

PURPOSES: dict[str, str] = {
    "confirmation": _("Bekräftelse"),
    "answer": _("Svar"),
    "answer_phone": _("Svar per telefon eller på annat sätt"),
    "second_answer": _("Handläggarens andra svar"),
    "refusal": _("Refuserad synpunkt"),
    "transfer": _("Besked om överföring till annan process"),
    "reminder": _("Påminnelse"),
    "delay": _("Besked om försening"),
    "external": _("Vidarebefordran till extern part"),
    "registered_mail": _("Registrerad e-post"),
    "note": _("Anteckning, möte eller samtal"),
    "reply": _("Synpunktslämnarens svar-på-svar"),
    "other": _("Annat"),
}

CONDITIONS: dict[str, str] = {
    "answer_written": _("Svaret är skrivet"),
    "contact_wanted": _("Synpunktslämnaren vill bli kontaktad"),
    "has_email": _("Synpunktslämnaren har e-postadress"),
    "has_address": _("Synpunktslämnaren har postadress"),
    "has_responsible": _("Ärendet har en ansvarig"),
    "delay_explained": _("Förseningen är förklarad"),
    "delay_reason_written": _("Förklaring försenad återkoppling är ifylld"),
}

MEANINGS: dict[str, str] = {
    Meaning.CHANNEL_LETTER: _("Inkom via brev"),
    Meaning.CHANNEL_WEB: _("Inkom via webbformulär"),
    Meaning.CONTACT_EMAIL: _("Svar per e-post"),
    Meaning.CONTACT_LETTER: _("Svar per brev"),
    Meaning.CONTACT_PHONE: _("Svar per telefon"),
    Meaning.CONTACT_NONE: _("Vill inte bli kontaktad"),
    Meaning.CONTACT_ALREADY_ANSWERED: _("Redan besvarad"),
    Meaning.ORIGIN_EXTERNAL: _("Från allmänheten"),
    Meaning.ORIGIN_INTERNAL: _("Från anställd"),
    Meaning.PUBLISH_NO: _("Ska inte publiceras"),
    Meaning.PUBLISH_YES: _("Ska publiceras"),
    Meaning.STATUS_NEW: _("Status: nytt ärende"),
    Meaning.STATUS_ACKNOWLEDGED: _("Status: bekräftelse skickad"),
    Meaning.STATUS_ANSWERED: _("Status: besvarat"),
    Meaning.STATUS_NO_ANSWER: _("Status: svar ej önskat eller möjligt"),
    Meaning.TYPE_COMPLAINT: _("Klagomål, räknas i statistiken"),
    Meaning.TYPE_INTERNAL: _("Intern synpunkt, publiceras aldrig"),
    Meaning.TYPE_NOT_OURS: _("Ej kommunens ansvar"),
    Meaning.TYPE_PRAISE: _("Beröm, räknas i statistiken"),
    Meaning.WORKFLOW_FAULT_REPORT: _("Felanmälan"),
    Meaning.WORKFLOW_FEEDBACK: _("Synpunkt"),
}

STATUS_MEANINGS = {key: label for key, label in MEANINGS.items() if key.startswith("status:")}

CORE_FIELDS: dict[str, str] = {
    "answer": _("Svar"),
    "answered_on": _("Besvarades"),
    "assistants": _("Biträdande utredare"),
    "categories": _("Kategori, Synpunkten avser"),
    "channel": _("Inkom via"),
    "contact_way": _("Kontaktsätt, Önskar svar"),
    "correspondence": _("Korrespondens, Kommunikation"),
    "delay_reason": _("Förklaring försenad återkoppling"),
    "files": _("Filer"),
    "informed": _("För kännedom"),
    "internal_comment": _("Intern kommentar/förbättringsförslag"),
    "internal_note": _("Info/åtgärder"),
    "keywords": _("Nyckelord"),
    "measures": _("Klassificering av åtgärder"),
    "origin": _("Intern/extern"),
    "own_type": _("Eget alternativ"),
    "publication": _("Publicering"),
    "received_by": _("Togs emot av"),
    "received_on": _("Inkom"),
    "receiver_workplace": _("Mottagarens arbetsplats"),
    "responsible": _("Ansvarig"),
    "result": _("Resultat"),
    "status": _("Status"),
    "submitter_address": _("Adress"),
    "submitter_email": _("E-post"),
    "submitter_kind": _("Den som lämnat synpunkten är"),
    "submitter_name": _("Namn"),
    "submitter_phone": _("Telefon"),
    "submitter_postal": _("Postnummer, ort"),
    "text": _("Synpunkten"),
    "title": _("Rubrik"),
    "types": _("Synpunktstyp"),
    "unit": _("Handlar om, Synpunkten gäller"),
    "wish": _("Synpunktslämnaren önskar svar"),
    "work_orders": _("Åtgärder/arbetsorder"),
    "workflow": _("Process"),
}

LIST_COLUMNS: dict[str, str] = {
    "id": _("ID"),
    "registered": _("Registrerat"),
    "ready": _("Klarmarkering"),
    "closed": _("Avslutat"),
}
