"""The names that texts may use, each with its meaning for the people who write the texts.

Source: domain notes §7. services/text_context.py gives every one of them a value.
"""

from __future__ import annotations

from domain.text import _

Names = dict[str, dict[str, str]]

NAMES: Names = {
    "kommun": {
        "namn": _("Kommunens namn"),
        "tjanst": _("Namnet på synpunktstjänsten"),
        "telefon": _("Kommunens telefonnummer"),
        "adress": _("Kommunens postadress"),
        "webb": _("Kommunens webbplats"),
        "orgnr": _("Kommunens organisationsnummer"),
        "dataskyddsombud": _("Dataskyddsombudets namn"),
        "dso_epost": _("Dataskyddsombudets e-postadress"),
    },
    "arende": {
        "nummer": _("Ärendets nummer"),
        "rubrik": _("Rubriken. Tom i mejl om känsliga ärenden"),
        "text": _("Synpunkten. Tom i mejl om känsliga ärenden"),
        "inkom": _("Dagen då synpunkten kom in"),
        "bekrafta_senast": _("Sista dagen att bekräfta"),
        "svara_senast": _("Sista dagen att svara"),
        "ny_svara_senast": _("Sista dagen att svara, räknat från i dag"),
        "enhet": _("Enheten som synpunkten gäller"),
        "namnd": _("Nämnden som enheten hör till"),
        "typ": _("Synpunktstypen"),
        "kansligt": _("Sant när ärendet inte får ha sin text i mejl"),
        "svar": _("Svaret. Tomt i mejl om känsliga ärenden"),
        "kod": _("Ärendekoden. Tom i mejl om känsliga ärenden"),
        "bilagor": _("Antalet bilagor"),
        "status": _("Statusen, eller ”avslutat”"),
        "kontaktsatt": _("Hur personen vill ha svar, ”ingen” eller ”besvarad”"),
        "fordrojning_orsak": _("Förklaringen till att svaret är försenat"),
    },
    "lamnare": {
        "namn": _("Synpunktslämnarens namn"),
        "adress": _("Synpunktslämnarens gatuadress"),
        "postadress": _("Synpunktslämnarens postnummer och ort"),
        "epost": _("Synpunktslämnarens e-postadress"),
    },
    "handlaggare": {
        "namn": _("Den ansvariges namn"),
        "titel": _("Den ansvariges titel"),
        "enhet": _("Den ansvariges enhet"),
        "telefon": _("Den ansvariges telefonnummer"),
        "epost": _("Den ansvariges e-postadress"),
    },
    "avsandare": {
        "namn": _("Namnet på den som skickar"),
        "signatur": _("Signaturen från Min sida, annars namn och titel"),
    },
    "mottagare": {"namn": _("Namnet på den som får mejlet")},
    "lank": {
        "formular": _("Adressen till formuläret"),
        "svarssida": _("Adressen till synpunktslämnarens svarssida"),
        "arende": _("Adressen till ärendet, för handläggare"),
        "personuppgifter": _("Adressen till texten om personuppgifter"),
        "felanmalan": _("Adressen till felanmälan"),
        "overklaga": _("Adressen till hur man överklagar"),
        "visselblasning": _("Adressen till visselblåsning"),
    },
    "dagar": {
        "kvar": _("Arbetsdagar kvar till sista dagen att svara"),
        "over": _("Arbetsdagar efter sista dagen att svara"),
    },
    "skal": {"text": _("Skälet till att synpunkten inte behandlas")},
    "svar2": {
        "text": _("Det synpunktslämnaren skrev på svarssidan"),
        "inkom": _("Dagen då det kom in"),
    },
    "part": {
        "namn": _("Namnet på den externa parten"),
        "adress": _("Den externa partens adress"),
    },
    "konfig": {
        "bekrafta_dagar": _("Arbetsdagar till bekräftelsen, med ord"),
        "svara_dagar": _("Arbetsdagar till svaret, med ord"),
        "gallring_text": _("Hur länge uppgifterna sparas"),
    },
    "formular": {"namnd": _("Nämnden som ansvarar för formuläret")},
    "bradska": {"telefon": _("Telefonnumret när det är bråttom")},
    "paminnelser": {"lista": _("Ärendena i dagens påminnelser, ett på varje rad")},
    "mejl": {
        "amne": _("Ämnet på mejlet som inte kom fram"),
        "mottagare": _("Mottagaren av mejlet som inte kom fram"),
        "fel": _("Varför mejlet inte kom fram"),
    },
}

ACCOUNT_NAMES: Names = {
    "kommun": {"namn": NAMES["kommun"]["namn"]},
    "mottagare": {**NAMES["mottagare"], "anvandarnamn": _("Användarnamnet")},
    "lank": {
        "inloggning": _("Länk till inloggningen"),
        "losenord": _("Länk där personen väljer lösenord"),
        "rapport": _("Länk till rapporten"),
    },
    "rapport": {
        "namn": _("Utskickets namn"),
        "rapport": _("Rapportens namn"),
        "enhet": _("Enheten som rapporten gäller"),
        "period": _("Rapportens period"),
        "siffror": _("Rapportens första siffror, en rad var"),
    },
}
"""What the mails about no case may name (services/account_mails.py)."""

EVERY_NAME: Names = {
    name: {**NAMES.get(name, {}), **ACCOUNT_NAMES.get(name, {})}
    for name in {**NAMES, **ACCOUNT_NAMES}
}
"""All that any text may name; what is missing where it is filled in is a fault there."""

PUBLIC_NAMES: Names = {
    "kommun": NAMES["kommun"],
    "lank": {k: v for k, v in NAMES["lank"].items() if k not in ("svarssida", "arende")},
    "konfig": NAMES["konfig"],
    "formular": NAMES["formular"],
    "bradska": NAMES["bradska"],
}
"""The names for the texts of public forms, which belong to no case."""

FILTERS: dict[str, str] = {
    "datum": _("Datum med ord: 22 november 2026"),
    "kort": _("Kort datum: 2026-11-22"),
    "lower": _("Små bokstäver"),
}
