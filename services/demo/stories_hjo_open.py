"""Cases of the demo that came through Hjo's form, oldest first: those that are open."""

from __future__ import annotations

from services.demo.stories_hjo import (
    HANDLER,
    KEEP_BACK,
    MANAGER,
    PUBLISH,
    REGISTRAR,
    answered,
    confirmed,
    distributed,
)
from services.demo.story import Citizen, Story, lettered, noted, posted, replied, saved, sent

HJO_OPEN = (
    Story(
        "hjo", 22, "13:05",
        Citizen("Joakim Strand", "joakim.strand@demo.example", phone="070-174 06 23"),
        {
            "types": ["Klagomål"],
            "title": "Farligt övergångsställe vid skolan",
            "text": "Bilarna håller för hög fart förbi övergångsstället vid skolan. Det är värst "
            "mellan halv åtta och åtta. Sätt upp ett farthinder innan något händer.",
            "contact_way": "E-post",
        },
        (
            distributed(
                21, "hjo-gata-park", MANAGER, "Fysisk miljö", keywords=["Trafiksäkerhet", "Skola"]
            ),
            confirmed(20),
            noted(
                15, MANAGER, "meeting",
                "Möte med rektorn och trafikingenjören på plats. Trafikmätning beställd.",
            ),
        ),
    ),
    Story(
        "hjo", 19, "20:33",
        Citizen("Helena Brodin", "helena.brodin@demo.example"),
        {
            "types": ["Klagomål"],
            "title": "Höjd avgift i kulturskolan",
            "text": "Avgiften i kulturskolan har höjts mycket på kort tid. Vi har tre barn som "
            "spelar och måste nu välja bort ett instrument. Finns det någon syskonrabatt?",
            "contact_way": "E-post",
        },
        (
            distributed(18, "hjo-kulturskola", MANAGER, "Taxor/avgifter"),
            confirmed(18),
            noted(
                12, MANAGER, "note",
                "Frågan om syskonrabatt tas upp med ekonomi. Svar väntas i veckan.",
            ),
        ),
    ),
    Story(
        "hjo", 16, "11:48",
        Citizen("Per Sandell", "per.sandell@demo.example"),
        {
            "types": ["Klagomål"],
            "title": "Buller från skolans ventilation",
            "text": "Fläkten på skolans tak låter hela natten. Vi som bor på andra sidan gatan kan "
            "inte ha fönstret öppet.",
            "contact_way": "E-post",
        },
        (
            distributed(15, "hjo-grundskola", MANAGER, "Fysisk miljö"),
            confirmed(15),
            *answered(
                3, MANAGER,
                "<p>Vi har mätt ljudet, och det var högre än det ska vara. Fläkten är nu inställd "
                "på lägre fart klockan 22–6. Hör av dig om det inte hjälper.</p>",
                delay_reason="Mätningen av ljudet kunde inte göras förrän i måndags.",
                work_orders=["Arbetsorder till fastighet"],
            ),
        ),
    ),
    Story(
        "hjo", 13, "15:22",
        Citizen("Gunnel Fors", "gunnel.fors@demo.example"),
        {
            "types": ["Förslag"],
            "title": "Papperskorgar längs strandpromenaden",
            "text": "Det ligger mycket skräp längs strandpromenaden. Sätt gärna upp fler "
            "papperskorgar, helst en vid varje bänk.",
            "contact_way": "E-post",
        },
        (
            distributed(
                12, "hjo-gata-park", MANAGER, "Fysisk miljö",
                keywords=["Nedskräpning", "Parker och grönområden"],
            ),
            confirmed(12),
            *answered(
                6, MANAGER,
                "<p>Bra förslag! Vi sätter upp fem papperskorgar till våren och följer upp om det "
                "räcker.</p>",
            ),
            replied(4, "Tack! Kan de ha lock så att fåglarna inte drar upp skräpet?"),
            sent(
                3, MANAGER, "second-answer", after="HANDLÄGGARENS SVAR:",
                text="Ja, alla nya papperskorgar längs vattnet har lock.",
            ),
        ),
    ),
    Story(
        "hjo", 11, "08:58",
        Citizen("Yusuf Demir", "yusuf.demir@demo.example"),
        {
            "types": ["Förslag"],
            "title": "Krånglig e-tjänst för bygglov",
            "text": "I e-tjänsten för bygglov försvinner allt man skrivit om man går tillbaka ett "
            "steg. Låt den spara efter varje sida.",
            "contact_way": "E-post",
        },
        (
            distributed(
                10, "hjo-miljo-och-bygg", MANAGER, "Information/webb",
                keywords=["Bygglov", "E-tjänster"],
            ),
            confirmed(9),
        ),
    ),
    Story(
        "hjo", 9, "17:30",
        Citizen("Karl-Erik Nyman", "", "Ekstigen 4", "000 00 Demostad", "070-174 06 24"),
        {
            "types": ["Förslag"],
            "title": "Kvällsöppet på biblioteket",
            "text": "Vi är många som arbetar dagtid. Ha gärna öppet till klockan 20 en kväll i "
            "veckan.",
            "contact_way": "Brev",
        },
        (
            distributed(
                8, "hjo-bibliotek", MANAGER, "Öppettider/tillgänglighet", keywords=["Bibliotek"]
            ),
            saved(
                5, MANAGER,
                answer="<p>Det är ett bra förslag. Från och med nästa månad har biblioteket öppet "
                "till klockan 20 på torsdagar. Vi provar i ett halvår.</p>",
            ),
            lettered(5, MANAGER, "answer-letter"),
            posted(5, MANAGER),
        ),
    ),
    Story(
        "hjo", 8, "14:24",
        Citizen("Elin Sjögren", "elin.sjogren@demo.example"),
        {
            "types": ["Förslag"],
            "title": "Önskemål om volleybollplan",
            "text": "Det finns gott om plats på gräset vid badplatsen. Kan kommunen anlägga en "
            "volleybollplan där? Vi är flera som kan hjälpa till.",
            "contact_way": "E-post",
        },
        (
            distributed(
                7, "hjo-fritid", HANDLER, "Innehåll i tjänsten",
                keywords=["Badplatser", "Fritidsanläggningar"],
            ),
            confirmed(7),
        ),
    ),
    Story(
        "hjo", 7, "10:02",
        Citizen("Maria Bengtsson", "maria.bengtsson@demo.example"),
        {
            "types": ["Förslag"],
            "title": "Bokning av mötesrum",
            "text": "Jag arbetar på ekonomi. Bokningen av mötesrum visar rum som redan är "
            "upptagna. Kan stab och fritid använda samma kalender?",
            "contact_way": "E-post",
        },
        (
            distributed(
                6, "hjo-kommunikation", MANAGER, "Intern synpunkt",
                own_type="Intern fråga", publication=KEEP_BACK,
            ),
            confirmed(6),
        ),
    ),
    Story(
        "hjo", 6, "18:16",
        Citizen("Tomas Ekdahl", "tomas.ekdahl@demo.example"),
        {
            "types": ["Fråga"],
            "title": "Boka konstgräsplanen",
            "text": "Hur bokar en privatperson konstgräsplanen, och vad kostar det en kväll?",
            "contact_way": "E-post",
        },
        (
            distributed(5, "hjo-fritid", HANDLER, "Information/webb"),
            confirmed(5),
            *answered(
                4, HANDLER,
                "<p>Du bokar planen i e-tjänsten Boka lokal. En kväll kostar 300 kronor. Lyset går "
                "på av sig självt när din tid börjar.</p>",
                measures=["Frågan besvarad"], publication=PUBLISH,
            ),
        ),
    ),
    Story(
        "hjo", 5, "12:41",
        Citizen("Anneli Kvist", "anneli.kvist@demo.example"),
        {
            "types": ["Klagomål"],
            "title": "Överfull återvinningsstation",
            "text": "Behållarna för plast är fulla sedan flera dagar och påsar ligger på marken.",
            "contact_way": "E-post",
        },
        (
            distributed(
                4, "hjo-gata-park", MANAGER, "Fysisk miljö",
                workflow="Felanmälan Gata/park",
                keywords=["Avfall och återvinning", "Nedskräpning"],
            ),
            noted(
                3, REGISTRAR, "phone-out",
                "Ringde entreprenören, som tömmer i morgon.",
            ),
        ),
    ),
    Story(
        "hjo", 3, "21:14",
        Citizen(""),
        {
            "types": ["Klagomål"],
            "title": "Klotter i gångtunneln",
            "text": "Det är nytt klotter på båda sidor i gångtunneln under järnvägen.",
            "contact_way": "Vill ej bli kontaktad",
        },
    ),
    Story(
        "hjo", 2, "16:03",
        Citizen("Nils Berglund", "nils.berglund@demo.example", phone="070-174 06 25"),
        {
            "types": ["Klagomål"],
            "title": "Missfärgat vatten i kranen",
            "text": "Vattnet är svagt brunt på morgonen men blir klart efter några minuter. Går "
            "det att dricka?",
            "contact_way": "E-post",
        },
    ),
    Story(
        "hjo", 1, "19:26",
        Citizen("Sofia Almqvist", "sofia.almqvist@demo.example"),
        {
            "types": ["Förslag"],
            "title": "Cykelställ vid idrottshallen",
            "text": "Det finns för få cykelställ vid idrottshallen. Barnen låser fast cyklarna i "
            "räcket, så att det blir svårt att komma fram med rullstol.",
            "contact_way": "E-post",
        },
    ),
    Story(
        "hjo", 1, "21:50",
        Citizen("Robert Hägg", "robert.hagg@demo.example"),
        {
            "types": ["Fråga", "Förslag"],
            "title": "Laddstolpar för elbilar",
            "text": "Finns det någon plan för fler laddstolpar i centrum? Förslag: börja med "
            "parkeringen bakom torget.",
            "contact_way": "E-post",
        },
    ),
)  # fmt: skip
