"""Cases of the demo that came through Hjo's form, oldest first: those that are closed."""

from __future__ import annotations

from domain.refusals import REASON_BLANK
from services.demo.story import Citizen, Step, Story, closed, published, replied, saved, sent

REGISTRAR, HANDLER, MANAGER = "registrator.hjo", "handlaggare.hjo", "chef.hjo"
PUBLISH = "Synpunkten är kontrollerad och ska publiceras"
KEEP_BACK = "Synpunkten är kontrollerad och ska inte publiceras"
NO_REPLY = "Återkoppling ej önskad/möjlig"


def distributed(ago: int, unit: str, who: str, *categories: str, **values: object) -> Step:
    """The registrar categorised the case and gave it to somebody."""
    given = {"workflow": "Synpunkten", **values}
    return saved(ago, REGISTRAR, unit=unit, responsible=who, categories=list(categories), **given)


def confirmed(ago: int) -> Step:
    """The registrar sent the two-day confirmation."""
    return sent(ago, REGISTRAR, "confirmation-email")


def answered(ago: int, who: str, answer: str, **values: object) -> tuple[Step, Step]:
    """The handler wrote the answer and sent it."""
    return saved(ago, who, answer=answer, **values), sent(ago, who, "answer-email")


HJO_CLOSED = (
    Story(
        "hjo", 41, "08:12",
        Citizen("Ingrid Palm", "ingrid.palm@demo.example", phone="070-174 06 21"),
        {
            "types": ["Klagomål"],
            "title": "Utfart från Malmgatan till Korsbergavägen",
            "text": "Häcken vid utfarten från Malmgatan har vuxit så mycket att det är svårt att "
            "se bilar från höger. I tisdags var det nära att jag körde ut framför en cyklist.\n\n"
            "Kan kommunen klippa häcken eller sätta upp en spegel?",
            "contact_way": "E-post",
        },
        (
            distributed(40, "hjo-gata-park", MANAGER, "Fysisk miljö", keywords=["Trafiksäkerhet"]),
            confirmed(40),
            *answered(
                35, MANAGER,
                "<p>Du har rätt: häcken skymmer sikten. Den står på kommunens mark, och vi klipper "
                "den under nästa vecka. Vi sätter inte upp någon spegel, eftersom sikten blir god "
                "när häcken är klippt.</p>",
                work_orders=["Arbetsorder till gata/park", "Platsbesök"],
            ),
            closed(34, MANAGER, measures=["Kommer att åtgärdas"], publication=PUBLISH),
            published(28, MANAGER),
        ),
    ),
    Story(
        "hjo", 40, "19:47",
        Citizen("Sture Ahlgren", "sture.ahlgren@demo.example"),
        {
            "types": ["Beröm"],
            "title": "Tack till personalen på biblioteket",
            "text": "Jag fick så fin hjälp på biblioteket när jag skulle skriva ut ett intyg. De "
            "tog sig tid och förklarade utan att jag kände mig dum. Hälsa och tacka!",
            "contact_way": "E-post",
        },
        (
            distributed(
                39, "hjo-bibliotek", MANAGER, "Bemötande/kompetens", keywords=["Bibliotek"]
            ),
            *answered(
                37, MANAGER,
                "<p>Tack för dina vänliga ord! Jag har läst upp dem på vår arbetsplatsträff, och "
                "de gjorde alla glada.</p>",
            ),
            closed(37, MANAGER, measures=["Framförd till berörd personal"], publication=PUBLISH),
            published(31, MANAGER),
        ),
    ),
    Story(
        "hjo", 38, "22:05",
        Citizen("Malin Åkerström", "malin.akerstrom@demo.example"),
        {
            "types": ["Klagomål"],
            "title": "Släckt belysning på gångvägen vid ån",
            "text": "Fyra lyktstolpar i rad är släckta på gångvägen längs ån, mellan bron och "
            "tennisbanorna. Det har varit så i över en vecka.",
            "contact_way": "E-post",
        },
        (
            distributed(
                37, "hjo-gata-park", MANAGER, "Fysisk miljö",
                workflow="Felanmälan Gata/park", keywords=["Belysning"],
            ),
            confirmed(37),
            *answered(
                33, MANAGER,
                "<p>Tack för att du sa till. En säkring hade gått. Belysningen lyser igen sedan i "
                "går.</p>",
                work_orders=["Arbetsorder till gata/park"],
            ),
            closed(33, MANAGER, measures=["Åtgärdat"], publication=PUBLISH),
            published(27, MANAGER),
        ),
    ),
    Story(
        "hjo", 36, "10:31",
        Citizen(""),
        {
            "types": ["Klagomål"],
            "title": "Bemötande i receptionen",
            "text": "Jag blev avbruten flera gånger när jag försökte förklara mitt ärende i "
            "receptionen. Jag vill bara att ni vet om det. Ni behöver inte höra av er.",
            "contact_way": "Vill ej bli kontaktad",
        },
        (
            distributed(35, "hjo-kansli", MANAGER, "Bemötande/kompetens"),
            closed(
                30, MANAGER, status=NO_REPLY, measures=["Framförd till berörd personal"],
                publication=KEEP_BACK, internal_note="Togs upp i medarbetargruppen.",
            ),
        ),
    ),
    Story(
        "hjo", 33, "12:20",
        Citizen("Oskar Wennberg", "oskar.wennberg@demo.example"),
        {
            "types": ["Fråga"],
            "title": "Öppettider i simhallen under lovet",
            "text": "Hej! Har simhallen öppet som vanligt under skollovet, och går det att boka en "
            "bana på förmiddagen?",
            "contact_way": "E-post",
        },
        (
            distributed(
                33, "hjo-fritid", HANDLER, "Öppettider/tillgänglighet",
                keywords=["Fritidsanläggningar"],
            ),
            *answered(
                32, HANDLER,
                "<p>Hej Oskar! Under lovet har vi öppet klockan 9–18 varje vardag. Banor går att "
                "boka mellan klockan 9 och 11. Ring eller boka i vår e-tjänst.</p>",
            ),
            closed(32, HANDLER, measures=["Frågan besvarad"], publication=PUBLISH),
            published(26, HANDLER, without="Oskar"),
        ),
    ),
    Story(
        "hjo", 31, "07:55",
        Citizen("Amina Farah", "amina.farah@demo.example", phone="070-174 06 22"),
        {
            "types": ["Förslag", "Klagomål"],
            "title": "Mer vegetarisk mat i skolan",
            "text": "Min dotter äter vegetariskt och får ofta bara potatis och sallad. Kan skolan "
            "ha ett riktigt vegetariskt alternativ varje dag?",
            "contact_way": "E-post",
        },
        (
            distributed(
                30, "hjo-grundskola", MANAGER, "Innehåll i tjänsten", keywords=["Måltider", "Skola"]
            ),
            confirmed(29),
            *answered(
                18, MANAGER,
                "<p>Från och med nästa termin finns det två rätter varje dag, och en av dem är "
                "alltid vegetarisk. Fram till dess har vi bett köket att laga ett vegetariskt "
                "alternativ till dem som har anmält det.</p>"
                "<p>Svaret har dröjt längre än vi lovade. Det ber vi om ursäkt för.</p>",
                delay_reason="Vi väntade på besked från måltidsverksamheten om nästa termin.",
            ),
            closed(17, MANAGER, measures=["Kommer att åtgärdas"], publication=PUBLISH),
        ),
    ),
    Story(
        "hjo", 28, "16:40",
        Citizen("Lars-Göran Holm", "lars-goran.holm@demo.example"),
        {
            "types": ["Klagomål"],
            "title": "Trasig gunga på lekplatsen vid torget",
            "text": "En av gungorna har en avsliten kedja. Barnen använder den ändå. Ni behöver "
            "laga den eller ta ner den.",
            "contact_way": "E-post",
        },
        (
            distributed(
                27, "hjo-gata-park", MANAGER, "Fysisk miljö",
                workflow="Felanmälan Gata/park", keywords=["Lekplatser"],
            ),
            confirmed(27),
            *answered(
                24, MANAGER,
                "<p>Tack! Vi tog ner gungan samma dag som vi fick din anmälan. En ny är beställd "
                "och sätts upp om två veckor.</p>",
                work_orders=["Arbetsorder till gata/park"],
            ),
            closed(24, MANAGER, measures=["Åtgärdat"], publication=PUBLISH),
            published(17, MANAGER),
            replied(
                2,
                "Hej igen! Nu har det gått mer än två veckor och gungan är fortfarande borta. När "
                "kommer den?",
            ),
        ),
    ),
    Story(
        "hjo", 26, "09:15",
        Citizen("Birgitta Lundgren", "birgitta.lundgren@demo.example"),
        {
            "types": ["Beröm"],
            "title": "Fint bemötande från hemvården",
            "text": "Min mamma får hjälp av hemvården varje morgon. De som kommer är alltid "
            "vänliga och hinner med en pratstund. Det betyder mycket för henne och för mig.",
            "contact_way": "E-post",
        },
        (
            distributed(
                25, "hjo-hemvard", MANAGER, "Bemötande/kompetens", keywords=["Äldreomsorg"]
            ),
            *answered(
                22, MANAGER,
                "<p>Vad roligt att höra! Jag har lämnat dina ord vidare till gruppen.</p>",
            ),
            closed(22, MANAGER, measures=["Framförd till berörd personal"], publication=KEEP_BACK),
        ),
    ),
    Story(
        "hjo", 24, "23:10",
        Citizen("", "anonym17@demo.example"),
        {
            "types": ["Övrigt"],
            "title": "Ni är alla likadana",
            "text": "Ni är alla likadana och borde skämmas.",
            "contact_way": "E-post",
        },
        (
            distributed(23, "hjo-kansli", MANAGER, "Övrigt"),
            sent(
                23, REGISTRAR, "refusal-email", instead=REASON_BLANK,
                text="vi förstår inte vad synpunkten gäller",
            ),
            closed(
                22, MANAGER, status=NO_REPLY, measures=["Synpunkten föranleder ingen åtgärd"],
                publication=KEEP_BACK,
            ),
        ),
    ),
)  # fmt: skip
