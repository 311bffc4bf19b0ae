"""Cases of the demo that came through omsorgskontoret's form, oldest first."""

from __future__ import annotations

from services.demo.story import (
    Citizen,
    Step,
    Story,
    closed,
    lettered,
    marked_ready,
    noted,
    replied,
    saved,
    sent,
)

MANAGER, ASSISTANT, STRATEGIST = "chef.omsorg", "bitradande.omsorg", "strateg.omsorg"


def answered(ago: int, who: str, answer: str, **values: object) -> tuple[Step, Step]:
    """The responsible wrote the answer and sent it."""
    return saved(ago, who, answer=answer, **values), sent(ago, who, "answer-email")


OMSORG = (
    Story(
        "omsorgskontoret", 39, "09:20",
        Citizen("Ulla Norling", "ulla.norling@demo.example"),
        {
            "unit": "sodertalje-vob-centrum",
            "text": "Maten på boendet är ofta ljummen när den kommer fram till avdelningen. Pappa "
            "låter den stå. Kan den värmas en gång till innan den serveras?",
            "submitter_kind": "Anhörig",
            "contact_way": "Per e-post",
        },
        (
            saved(38, MANAGER, types=["Klagomål"], categories=["Mat/måltider"]),
            *answered(
                34, MANAGER,
                "<p>Tack för att du berättar. Vi har skaffat värmeplattor till alla avdelningar, "
                "och personalen mäter nu matens temperatur innan den serveras.</p>",
            ),
            closed(33, MANAGER, measures=["Åtgärdat"], result="Mycket"),
        ),
    ),
    Story(
        "omsorgskontoret", 37, "14:45",
        Citizen("Rolf Engdahl", phone="070-174 06 31"),
        {
            "unit": "sodertalje-vob-norr",
            "text": "Jag vill berömma nattpersonalen på avdelning två. De är lugna och vänliga, "
            "och min fru känner sig trygg.",
            "submitter_kind": "Anhörig",
            "contact_way": "Per telefon",
        },
        (
            saved(36, MANAGER, types=["Beröm"], categories=["Bemötande", "Trygghet/säkerhet"]),
            noted(
                35, MANAGER, "answer-phone",
                "Ringde Rolf och tackade. Han var glad över att orden går vidare till gruppen.",
            ),
            closed(
                35, MANAGER, answer="<p>Tack för dina vänliga ord till nattpersonalen.</p>",
                measures=["Framförd till berörd personal"], result="Lite",
            ),
        ),
    ),
    Story(
        "omsorgskontoret", 32, "11:08",
        Citizen("Kerstin Vallin", "kerstin.vallin@demo.example"),
        {
            "unit": "sodertalje-hemtjanst",
            "text": "Det företag som städar hos min moster kommer inte de tider som de har lovat. "
            "Hon har själv valt företaget, men vi vet inte vem vi ska prata med.",
            "submitter_kind": "Anhörig",
            "contact_way": "Per e-post",
        },
        (
            saved(
                31, MANAGER, types=["Ej kommunens ansvar"],
                categories=["Insatsens innehåll/utförande"],
            ),
            *answered(
                28, MANAGER,
                "<p>Städningen utförs av ett företag som din moster har valt. Vi har skickat din "
                "synpunkt till företaget och bett dem kontakta er. Vi följer upp att det blir "
                "bättre.</p>",
            ),
            closed(
                28, MANAGER, result="Oklart/förbättringspotential",
                measures=["Hänvisning till annan myndighet/organisation/företag"],
            ),
        ),
    ),
    Story(
        "omsorgskontoret", 30, "10:15",
        Citizen(""),
        {
            "unit": "sodertalje-boendestod-vff",
            "text": "En brukare säger att boendestödet byter dag för ofta och att det är svårt att "
            "komma ihåg. Brukaren vill inte ha något svar.",
            "channel": "Möte/samtal",
            "received_by": "Mikael Lindgren",
            "receiver_workplace": "Boendestöd VFF",
            "internal_comment": "Vi kan lämna ett schema för en månad i taget.",
            "submitter_kind": "Brukare/klient",
            "contact_way": "Vill ej bli kontaktad",
        },
        (
            saved(
                29, MANAGER, types=["Klagomål"], categories=["Kontinuitet"],
                status="Svar ej önskat/möjligt",
            ),
        ),
    ),
    Story(
        "omsorgskontoret", 27, "13:37",
        Citizen("Peter Åhman", "peter.ahman@demo.example"),
        {
            "unit": "sodertalje-daglig-verksamhet",
            "text": "Min bror trivs på daglig verksamhet men skulle vilja arbeta mer utomhus. "
            "Finns det någon grupp som arbetar med trädgård eller djur?",
            "submitter_kind": "God man",
            "contact_way": "Per e-post",
        },
        (
            saved(26, MANAGER, types=["Förslag"], categories=["Insatsens innehåll/utförande"]),
            *answered(
                13, MANAGER,
                "<p>Ja, vi startar en trädgårdsgrupp efter årsskiftet. Din bror får en plats om "
                "han vill. Hans kontaktperson hör av sig.</p><p>Svaret har dröjt. Det beklagar "
                "vi.</p>",
                delay_reason="Beslutet om den nya gruppen dröjde.",
            ),
            closed(12, MANAGER, measures=["Kommer att åtgärdas"], result="Mycket"),
        ),
    ),
    Story(
        "omsorgskontoret", 21, "08:40",
        Citizen("", phone=""),
        {
            "unit": "sodertalje-vob-soder",
            "text": "En anhörig undrade varför ytterdörren var låst på eftermiddagen. Jag "
            "förklarade hur man ringer på, och den anhöriga var nöjd med svaret.",
            "channel": "Besök",
            "received_by": "Anna Ström",
            "receiver_workplace": "Vård- och omsorgsboende söder",
            "submitter_kind": "Anhörig",
            "contact_way": "Synpunkten har besvarats",
        },
        (
            saved(
                20, MANAGER, types=["Synpunkt"],
                categories=["Tillgänglighet", "Information/kommunikation"],
            ),
            closed(20, MANAGER, measures=["Kräver ingen åtgärd"], result="Lite", status="Besvarad"),
        ),
    ),
    Story(
        "omsorgskontoret", 17, "20:05",
        Citizen("Gun Hedström", "gun.hedstrom@demo.example", phone="070-174 06 32"),
        {
            "unit": "sodertalje-hemtjanst",
            "text": "Hemtjänsten har tappat bort vår reservnyckel. Ingen kan säga var den är, och "
            "vi har inte fått besked om vem som byter låset.",
            "submitter_kind": "Anhörig",
            "contact_way": "Per e-post",
        },
        (
            saved(
                16, MANAGER, types=["Klagomål"], categories=["Trygghet/säkerhet"],
                assistants=[ASSISTANT],
            ),
            noted(14, ASSISTANT, "phone-out", "Ringde Gun. Låset byts i veckan, vi betalar."),
        ),
    ),
    Story(
        "omsorgskontoret", 12, "15:55",
        Citizen("Marie Ståhl", "marie.stahl@demo.example"),
        {
            "unit": "sodertalje-boendestod-vff",
            "text": "Det vore bra om boendestödet kunde skicka ett meddelande dagen innan ett "
            "besök.",
            "submitter_kind": "Brukare/klient",
            "contact_way": "Per e-post",
        },
        (
            saved(11, MANAGER, types=["Förslag"], categories=["Information/kommunikation"]),
            *answered(
                7, MANAGER,
                "<p>Bra idé! Från nästa månad skickar vi en påminnelse i mobilen dagen innan, till "
                "dem som vill.</p>",
                measures=["Kommer att åtgärdas"],
            ),
            replied(2, "Tack! Hur gör jag för att anmäla mig?"),
        ),
    ),
    Story(
        "omsorgskontoret", 8, "10:50",
        Citizen("Stig Malm", "stig.malm@demo.example"),
        {
            "unit": "sodertalje-hemtjanst",
            "text": "Frukosten ska komma klockan åtta men kommer ofta efter tio. Det är också nya "
            "personer nästan varje dag.",
            "submitter_kind": "Brukare/klient",
            "contact_way": "Per e-post",
        },
        (
            saved(
                7, MANAGER, types=["Klagomål"],
                categories=["Kontinuitet", "Insatsens innehåll/utförande"], assistants=[ASSISTANT],
            ),
            saved(
                4, ASSISTANT, measures=["Kommer att åtgärdas"],
                answer="<p>Vi har lagt om morgonens turer så att frukosten kommer före klockan "
                "halv nio, och fyra personer ska dela på besöken hos dig.</p>",
            ),
            marked_ready(4, ASSISTANT),
        ),
    ),
    Story(
        "omsorgskontoret", 5, "09:33",
        Citizen("Lena Fransson", "lena.fransson@demo.example"),
        {
            "unit": "sodertalje-omsorgskontoret",
            "text": "På webben står tre olika telefonnummer till omsorgskontoret, och inget av dem "
            "gick fram i måndags. Vilket gäller?",
            "submitter_kind": "Annan",
            "contact_way": "Per e-post",
        },
        (saved(4, STRATEGIST, types=["Klagomål"], categories=["Information/kommunikation"]),),
    ),
    Story(
        "omsorgskontoret", 3, "16:20",
        Citizen("Bo Wikström", "", "Björkvägen 12", "000 00 Demostad"),
        {
            "unit": "sodertalje-halso-och-sjukvard",
            "text": "Vi fick vänta i tre veckor på att få låna en rullstol. Det går säkert att "
            "korta den tiden.",
            "submitter_kind": "Anhörig",
            "contact_way": "Per brev",
        },
        (
            saved(
                1, STRATEGIST, types=["Förslag"], categories=["Tillgänglighet"],
                answer="<p>Tre veckor är för lång tid, det håller vi med om. Nu finns två "
                "rullstolar att låna direkt hos arbetsterapeuten.</p>",
            ),
            lettered(1, STRATEGIST, "answer-letter"),
        ),
    ),
    Story(
        "omsorgskontoret", 1, "18:42",
        Citizen("Sara Lindahl", "sara.lindahl@demo.example"),
        {
            "unit": "sodertalje-daglig-verksamhet",
            "text": "Bussen till daglig verksamhet är ofta sen på morgonen, så att dagen börjar "
            "med stress. Kan ni prata med dem som kör?",
            "submitter_kind": "Anhörig",
            "contact_way": "Per e-post",
        },
    ),
)  # fmt: skip
