"""The small print below the reports: what each word means (domain notes §4.2)."""

from __future__ import annotations

from domain.text import _

DEFINITIONS: dict[str, str] = {
    "period": _(
        "Period: ärenden vars dag för det valda (inkom, registrerat eller avslutat) ligger i "
        "perioden. Båda dagarna räknas med."
    ),
    "cases": _(
        "Ärenden: refuserade ärenden och ärenden som har förts över till en annan process räknas "
        "inte. Felanmälningar räknas bara om de är valda."
    ),
    "secret": _(
        "Sekretessmarkerade ärenden räknas inte, om det inte står i urvalet. Då ändras inga "
        "siffror av ett enstaka sådant ärende."
    ),
    "ticks": _(
        "Markering: ett kryss. Ett ärende kan ha flera kryss i samma fråga. Andelen är av "
        "markeringarna; andelen av ärendena kan därför bli mer än hundra procent tillsammans."
    ),
    "wanted": _(
        "Svar önskat: synpunktslämnaren vill bli kontaktad, och status är inte att svar inte är "
        "önskat eller möjligt."
    ),
    "answered": _("Besvarades: dagen för det första svaret."),
    "days": _(
        "Svarstid: antal arbetsdagar efter den dag då synpunkten kom in, till och med den dag då "
        "den besvarades."
    ),
    "overdue": _("Förfallen: svar är önskat, inget svar är lämnat och sista dagen har gått."),
    "in-time": _(
        "Besvarade i tid: besvarade senast sista dagen, delat med besvarade och förfallna. "
        "Pågående ärenden inom tiden räknas inte med, och inte heller ärenden där svar inte är "
        "önskat."
    ),
    "confirmed": _("Bekräftade i tid: räknas som besvarade i tid, med den kortare tiden."),
    "middle": _(
        "Median: den mittersta svarstiden. 90-percentil: inom den tiden är nio av tio besvarade. "
        "Med färre än fem besvarade ärenden skrivs –."
    ),
    "unit": _(
        "Enhet: den enhet som har ärendet. Summor räknas uppåt från enhet till verksamhet, "
        "förvaltning och nämnd."
    ),
    "before": _(
        "Året före: samma datum ett år tidigare. Förändring: skillnaden delad med året före; – om "
        "året före är 0."
    ),
    "small": _(
        "Små tal: 0 till 4, och ibland 5, skrivs <5. Andra antal avrundas slumpvis uppåt eller "
        "nedåt till ett femtal, så att summor inte alltid stämmer. Så går det inte att räkna ut "
        "vilken enskild person ett tal gäller."
    ),
    "praise": _("Beröm per klagomål: antal ärenden med beröm delat med antal med klagomål."),
    "workload": _(
        "Arbetsbelastning: öppna ärenden hos var och en i dag. Tabellen är till för planering och "
        "ska inte publiceras."
    ),
}
"""Key → sentence."""


def definitions(*keys: str) -> tuple[str, ...]:
    """The sentences of `keys`, in the order of DEFINITIONS."""
    return tuple(sentence for key, sentence in DEFINITIONS.items() if key in keys)
