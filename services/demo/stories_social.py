"""Cases of the demo that came through socialkontoret's form, oldest first."""

from __future__ import annotations

from services.demo.stories_omsorg import answered
from services.demo.story import Citizen, Story, closed, noted, saved

MANAGER = "chef.social"
FROM_PUBLIC = "Synpunkt från allmänheten (brukare, anhörig etc.)"
FROM_STAFF = "Synpunkt från anställd"

SOCIAL = (
    Story(
        "socialkontoret", 35, "10:10",
        Citizen("Jens Olofsson", "jens.olofsson@demo.example"),
        {
            "origin": FROM_PUBLIC,
            "unit": "sodertalje-forsorjningsstod",
            "text": "Det tog fyra veckor att få besked om min ansökan. Ingen sa hur lång tid det "
            "brukar ta. Skriv det på webben!",
            "contact_way": "Per e-post",
        },
        (
            saved(
                34, MANAGER, types=["Klagomål"],
                categories=["Handläggning/handläggningstid", "Information/kommunikation"],
            ),
            *answered(
                29, MANAGER,
                "<p>Du har rätt i att det ska gå att se hur lång tid det tar. Nu står tiden på "
                "webben och i bekräftelsen som vi skickar.</p>",
            ),
            closed(29, MANAGER, measures=["Åtgärdat"], result="Mycket"),
        ),
    ),
    Story(
        "socialkontoret", 25, "13:02",
        Citizen("Katarina Berg", phone="070-174 06 41"),
        {
            "origin": FROM_PUBLIC,
            "unit": "sodertalje-socialkontoret",
            "text": "I väntrummet hörs allt som sägs i receptionen. Sätt på musik eller flytta "
            "stolarna längre bort.",
            "contact_way": "Per telefon",
        },
        (
            saved(24, MANAGER, types=["Förslag"], categories=["Lokaler/fysisk miljö"]),
            noted(
                21, MANAGER, "answer-phone",
                "Ringde Katarina. Stolarna är flyttade och en skärm är beställd.",
            ),
            closed(
                21, MANAGER, measures=["Åtgärdat"], result="Mycket",
                answer="<p>Stolarna är flyttade, och en skärm som dämpar ljudet är beställd.</p>",
            ),
        ),
    ),
    Story(
        "socialkontoret", 18, "09:48",
        Citizen("Ahmed Said", "ahmed.said@demo.example"),
        {
            "origin": FROM_PUBLIC,
            "unit": "sodertalje-familjeratt",
            "text": "Jag har ringt på telefontiden fem dagar i rad utan att komma fram. Kan man "
            "boka en tid i stället?",
            "contact_way": "Per e-post",
        },
        (saved(17, MANAGER, types=["Klagomål"], categories=["Tillgänglighet"]),),
    ),
    Story(
        "socialkontoret", 10, "15:30",
        Citizen("Cecilia Öberg", "cecilia.oberg@demo.example"),
        {
            "origin": FROM_STAFF,
            "unit": "sodertalje-vuxen-beroende",
            "text": "Informationen i väntrummet finns bara på svenska. Flera besökare har frågat "
            "efter den på engelska, arabiska och finska.",
            "internal_comment": "Kommunikation kan översätta. Kostnaden är liten.",
            "contact_way": "Per e-post",
        },
        (
            saved(9, MANAGER, types=["Förslag"], categories=["Information/kommunikation"]),
            noted(5, MANAGER, "note", "Översättning beställd. Klar om två veckor."),
        ),
    ),
    Story(
        "socialkontoret", 4, "12:25",
        Citizen("Linnea Roos", "linnea.roos@demo.example"),
        {
            "origin": FROM_PUBLIC,
            "unit": "sodertalje-barn-och-unga",
            "text": "Vi fick två olika namn på vår kontaktperson i samma brev. Vem ska vi ringa?",
            "contact_way": "Per e-post",
        },
    ),
    Story(
        "socialkontoret", 1, "08:05",
        Citizen(""),
        {
            "origin": FROM_PUBLIC,
            "unit": "sodertalje-forsorjningsstod",
            "text": "E-tjänsten för ansökan stänger av sig efter tio minuter, och då försvinner "
            "allt. Spara gärna det man har skrivit.",
            "contact_way": "Vill ej bli kontaktad",
        },
    ),
)  # fmt: skip
