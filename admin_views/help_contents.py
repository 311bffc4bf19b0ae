"""Which pages the manual under *Hjälp* has, and whom each of them is for.

The text of a page is templates/admin/help/pages/<slug>.html: sections with an id and an h2.
"""

from __future__ import annotations

from dataclasses import dataclass

from domain.text import _


@dataclass(frozen=True)
class HelpPage:
    """One page of the manual. Its slug is its address and the name of its file."""

    slug: str
    title: str
    summary: str


PAGES = (
    HelpPage("borja", _("Kom igång"), _("Logga in, menyn, Att göra och sökningen i hjälpen.")),
    HelpPage("listan", _("Ärendelistan"), _("Hitta, sortera och öppna ärenden.")),
    HelpPage("registrera", _("Registrera en synpunkt"), _("Nytt ärende, granskning, refusering.")),
    HelpPage("fordela", _("Fördela och bekräfta"), _("Ge ärendet till rätt person och säg till.")),
    HelpPage("utreda", _("Utreda ärendet"), _("Flikarna, fälten, bilagor, spara och stänga.")),
    HelpPage("bitrada", _("Biträda och känna till"), _("Hjälpa till, klarmarkera, för kännedom.")),
    HelpPage("svara", _("Svara"), _("Svar per e-post, brev och telefon, och det som följer.")),
    HelpPage("avsluta", _("Avsluta ärendet"), _("Klassificera, publicera, avsluta, öppna igen.")),
    HelpPage("sekretess", _("Sekretess"), _("Markera, häva, skydda och lämna ut.")),
    HelpPage("arbetslas", _("Arbetslås"), _("Vem som arbetar i ärendet, och hur du tar över.")),
    HelpPage("historik", _("Historik och utskrift"), _("Vem som gjort vad, och papper.")),
    HelpPage("folja", _("Följa verksamheten"), _("Försenade svar, påminnelser och frånvaro.")),
    HelpPage("statistik", _("Statistik"), _("Siffror, rapporter och filer för din enhet.")),
    HelpPage("min-sida", _("Min sida"), _("Signatur, mejl till dig, lösenord och ersättare.")),
    HelpPage("lasa", _("Läsa ärenden"), _("Vad du ser när du bara har läsbehörighet.")),
    HelpPage("arendetyper", _("Ställa in ärendetyper"), _("Flikar, fält, listor och mallar.")),
    HelpPage("organisation", _("Enheter och personer"), _("Enheter, konton, roller, ersättare.")),
    HelpPage("system", _("Kommunen och systemet"), _("Kommunen, filer, brev, loggar, utkorg.")),
)
"""Every page, in the order of a case's way."""

BY_SLUG = {page.slug: page for page in PAGES}

_HANDLING = ("utreda", "svara", "avsluta", "sekretess", "arbetslas", "historik")

READERS = (
    (
        _("Du som registrerar"),
        ("borja", "registrera", "fordela", "listan", "sekretess", "historik", "min-sida"),
    ),
    (_("Du som handlägger"), ("borja", "listan", *_HANDLING, "min-sida")),
    (_("Du som är chef"), ("folja", "statistik", "fordela", "bitrada", *_HANDLING[:3], "min-sida")),
    (_("Du som biträder"), ("borja", "bitrada", "utreda", "svara", "arbetslas", "min-sida")),
    (_("Du som läser"), ("borja", "lasa", "statistik", "listan", "historik", "min-sida")),
    (_("Du som administrerar"), ("borja", "arendetyper", "organisation", "system", "min-sida")),
)
"""Who reads → the pages, in reading order. Everybody may read everything."""
