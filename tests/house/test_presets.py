"""The presets that come with Gensvar say what the manuals say: lists, order and spelling."""

from __future__ import annotations

import re

import pytest

from domain.template_language import render_text
from domain.template_names import NAMES
from services.presets import available_presets, check_preset, read_preset
from services.presets.preset import Preset

HJO, SODERTALJE = read_preset("hjo"), read_preset("sodertalje")


def choices(preset: Preset, key: str) -> list[str]:
    return next([c["label"] for c in row["choices"]] for row in preset.lists if row["key"] == key)


def tab(preset: Preset, label: str) -> list[str]:
    """The labels of a tab's fields; what is required when one saves has its star."""
    fields = next(t["fields"] for t in preset.tabs if t["label"] == label)
    return [f["label"] + (" *" if f["required_when"] == "save" else "") for f in fields]


def questions(preset: Preset, slug: str) -> list[str]:
    fields = next(form["fields"] for form in preset.forms if form["slug"] == slug)
    return [f["label"] + (" *" if f["is_required"] else "") for f in fields]


def events(preset: Preset, group: str) -> list[str]:
    return [t["label"] for t in preset.templates if t["group"] == group]


@pytest.mark.parametrize("name", available_presets())
def test_a_shipped_preset_has_no_faults(name: str):
    assert [str(fault) for fault in check_preset(name)] == []


def test_both_manuals_are_shipped():
    assert available_presets() == ["hjo", "sodertalje"]


@pytest.mark.row("H06")
def test_hjos_case_list_has_the_columns_of_the_manual():
    assert [c["label"] for c in HJO.case_type["list_columns"]] == [
        "ID", "Rubrik", "Inkom", "Handlar om", "Handl", "Status", "Process", "Avslutat",
    ]  # fmt: skip


@pytest.mark.row("S07")
def test_sodertaljes_case_list_has_the_columns_of_the_manual():
    assert [c["label"] for c in SODERTALJE.case_type["list_columns"]] == [
        "ID", "Synpunkten gäller", "Synpunktstyp", "Synpunkten avser", "Ansvarig utredare",
        "Biträdande utredare", "Klarmarkering bitr. utredare", "Status", "Avslutat", "Registrerat",
    ]  # fmt: skip


@pytest.mark.row("H07")
def test_hjos_tabs_stand_in_another_order_for_the_registrar():
    assert [t["label"] for t in HJO.tabs] == [
        "Handläggning/korrespondens", "Kategorisering", "Ansvarig handläggare",
        "Synpunktslämnaren",
    ]  # fmt: skip
    in_order = sorted(HJO.tabs, key=lambda t: t["role_positions"]["registrar"])
    assert [t["label"] for t in in_order] == [
        "Kategorisering", "Ansvarig handläggare", "Handläggning/korrespondens",
        "Synpunktslämnaren",
    ]  # fmt: skip


@pytest.mark.row("H09", "H10", "H11", "H12", "H13", "H14", "H20", "H21", "H22", "H23", "H24")
def test_hjos_first_tab():
    assert tab(HJO, "Handläggning/korrespondens") == [
        "Synpunkt/felanmälan *", "Filer", "Handläggarens svar", "Info/åtgärder", "Kontaktsätt",
        "Korrespondens", "Status *", "Besvarades", "Förklaring försenad återkoppling",
        "Åtgärder/arbetsorder", "Klassificering åtgärder", "Publicering",
    ]  # fmt: skip


@pytest.mark.row("H25", "H26", "H27")
def test_hjos_other_tabs():
    assert tab(HJO, "Kategorisering") == [
        "Rubrik *", "Nyckelord", "Inkom *", "Inkom via", "Togs emot av", "Synpunktstyp *",
        "Eget alternativ", "Kategori *", "Process *",
    ]  # fmt: skip
    assert tab(HJO, "Ansvarig handläggare") == ["Handlar om *", "Handläggare *"]
    assert tab(HJO, "Synpunktslämnaren") == [
        "Namn", "Adress", "Postnummer, ort", "Telefon", "E-post",
    ]  # fmt: skip


@pytest.mark.row("H13", "H19", "H23", "H24", "H25")
def test_hjos_lists():
    assert choices(HJO, "status") == [
        "Inkommen", "Bekräftelse 2 dagar skickad", "Bekräftelse 10 dagar skickad",
        "Återkoppling ej önskad/möjlig",
    ]  # fmt: skip
    assert choices(HJO, "contact_way") == ["Brev", "E-post", "Vill ej bli kontaktad"]
    assert choices(HJO, "types") == ["Beröm", "Förslag", "Fråga", "Klagomål", "Övrigt"]
    assert choices(HJO, "categories") == [
        "Bemötande/kompetens", "Delaktighet/Inflytande", "Fysisk miljö", "Handläggningstid",
        "Information/webb", "Innehåll i tjänsten", "Intern synpunkt", "Taxor/avgifter",
        "Värdighetsgaranti (Vård och omsorg)", "Öppettider/tillgänglighet", "Övrigt",
    ]  # fmt: skip
    assert choices(HJO, "workflow") == ["Synpunkten", "Felanmälan Gata/park"]
    assert choices(HJO, "measures") == [
        "Åtgärdat", "Kommer att åtgärdas", "Åtgärd bedöms inte nödvändig", "Frågan besvarad",
        "Tas med vid framtida planering", "Hänvisning till annan ansvarig myndighet/organisation",
        "Synpunkten föranleder ingen åtgärd", "Framförd till berörd personal",
        "Framförd till ansvariga politiker",
    ]  # fmt: skip
    assert choices(HJO, "publication") == [
        "Synpunkten är kontrollerad och ska publiceras",
        "Synpunkten är kontrollerad och ska inte publiceras",
    ]


@pytest.mark.row("H14", "H17", "H18")
def test_hjos_events_with_the_doubled_words_corrected():
    assert events(HJO, "template") == [
        "Registrera och skicka 2-dagarsbekräftelse per e-post",
        "Registrera och skriv ut 2-dagarsbekräftelse per brev",
        "Registrera och skicka handläggarens svar per e-post",
        "Registrera och skriv ut handläggarens svar per brev",
        "Registrera och skicka meddelande om refuserad synpunkt per e-post",
        "Registrera och skriv ut meddelande om refuserad synpunkt per brev",
        "Registrera och skicka påminnelse till handläggaren",
        "Synpunktslämnarens svar-på-svar",
        "Handläggarens andra svar (svar-på-svar-på-svar)",
    ]


@pytest.mark.row("S19")
def test_sodertaljes_events_a_to_d():
    assert events(SODERTALJE, "template") == [
        "Registrera och skicka svar per e-post",
        "Registrera och skriv ut svar per brev",
        "Registrera svar via telefon (eller annat sätt)",
        "Skriv ut ärendet för vidarebefordran till extern part",
    ]


@pytest.mark.row("H14")
@pytest.mark.parametrize("preset", [HJO, SODERTALJE], ids=["hjo", "sodertalje"])
def test_the_six_standard_events(preset: Preset):
    assert events(preset, "standard") == [
        "Registrera skickad e-post", "Registrera mottagen e-post", "Ny anteckning", "Nytt möte",
        "Registrera utgående telefon", "Registrera inkommande telefon",
    ]  # fmt: skip


@pytest.mark.row("S11", "S13", "S14", "S15", "S16", "S18")
def test_sodertaljes_tabs():
    assert [t["label"] for t in SODERTALJE.tabs] == [
        "Inkommen synpunkt", "Kategorisering", "Ansvarig handläggare", "Svar och åtgärd",
    ]  # fmt: skip
    assert tab(SODERTALJE, "Kategorisering") == ["Synpunktstyp", "Synpunkten avser"]
    assert tab(SODERTALJE, "Ansvarig handläggare") == [
        "Synpunkten gäller *", "Ansvarig utredare", "Biträdande utredare", "För kännedom",
    ]  # fmt: skip
    assert tab(SODERTALJE, "Svar och åtgärd") == [
        "Synpunktslämnaren önskar svar", "Svar", "Kommunikation", "Klassificering av åtgärd",
        "Resultat", "Status *", "Förklaring försenad återkoppling", "Besvarades",
    ]  # fmt: skip


@pytest.mark.row("S13", "S16", "S17")
def test_some_questions_of_sodertalje_take_several_answers_and_some_are_required_later():
    fields = SODERTALJE.fields
    assert [k for k, f in fields.items() if f["is_many"]] == [
        "categories", "assistants", "informed", "measures",
    ]  # fmt: skip
    assert [k for k, f in fields.items() if f["required_when"] == "ready"] == ["answer", "measures"]
    assert [k for k, f in fields.items() if f["required_when"] == "close"] == ["result"]


@pytest.mark.row("S02", "S03", "S12", "S16")
def test_sodertaljes_lists():
    assert choices(SODERTALJE, "status") == ["Inte besvarad", "Besvarad", "Svar ej önskat/möjligt"]
    assert choices(SODERTALJE, "contact_way") == [
        "Per e-post", "Per brev", "Per telefon", "Vill ej bli kontaktad",
        "Synpunkten har besvarats",
    ]  # fmt: skip
    assert choices(SODERTALJE, "submitter_kind") == [
        "Brukare/klient", "Anhörig", "God man", "Annan",
    ]  # fmt: skip
    assert choices(SODERTALJE, "origin") == [
        "Synpunkt från anställd", "Synpunkt från allmänheten (brukare, anhörig etc.)",
    ]  # fmt: skip
    assert choices(SODERTALJE, "measures") == [
        "Åtgärdat", "Kommer att åtgärdas", "Kräver ingen åtgärd", "Framförd till berörd personal",
        "Hänvisning till annan myndighet/organisation/företag", "Tas med vid framtida planering",
    ]  # fmt: skip
    assert choices(SODERTALJE, "result") == [
        "Mycket", "Lite", "Oklart/förbättringspotential", "Inte alls", "Irrelevant",
    ]  # fmt: skip
    assert "Ej kommunens ansvar" in choices(SODERTALJE, "types")


@pytest.mark.row("S12")
def test_not_our_responsibility_tells_what_to_do():
    row = next(r for r in SODERTALJE.lists if r["key"] == "types")
    choice = next(c for c in row["choices"] if c["label"] == "Ej kommunens ansvar")
    assert "extern utförare" in choice["instruction"]
    assert SODERTALJE.templates[3]["label"] in choice["instruction"]


@pytest.mark.row("S02")
def test_the_form_of_omsorgskontoret():
    assert questions(SODERTALJE, "omsorgskontoret") == [
        "Synpunkten gäller *", "Beskriv synpunkten *", "Synpunkten inkom", "Inkom via",
        "Togs emot av", "Mottagarens arbetsplats", "Intern kommentar/förbättringsförslag", "Filer",
        "Den som lämnat synpunkten är:", "Önskar svar *",
        "Namn", "Adress", "Postnummer, ort", "Telefon", "E-post",
    ]  # fmt: skip


@pytest.mark.row("S03")
def test_the_form_of_socialkontoret_asks_intern_or_extern_first():
    assert questions(SODERTALJE, "socialkontoret")[:4] == [
        "Intern/extern *", "Synpunkten gäller *", "Beskriv synpunkten *",
        "Intern kommentar/förbättringsförslag",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "slip",
    ["Vårdighetsgaranti", r"ska publicera\b", "skriv ut och skriv ut", "Korrespondans", "Reslutat",
     "HÄNDELSEMALLA", "snabbänk", "Synpunkt för anställd"],
)  # fmt: skip
def test_slips_of_the_manuals_live_on_only_as_aliases(slip: str):
    shown = [
        text
        for preset in (HJO, SODERTALJE)
        for row in (*preset.lists, *preset.tabs, *preset.templates, *preset.forms)
        for text in texts(row)
    ]
    assert not [text for text in shown if re.search(slip, text)]


def texts(value: object) -> list[str]:
    """Every text in a row, aliases left out."""
    if isinstance(value, dict):
        return [t for key, item in value.items() if key != "aliases" for t in texts(item)]
    if isinstance(value, list):
        return [t for item in value for t in texts(item)]
    return [value] if isinstance(value, str) else []


@pytest.mark.parametrize("preset", [HJO, SODERTALJE], ids=["hjo", "sodertalje"])
def test_a_mail_about_a_sensitive_case_carries_neither_answer_nor_code(preset: Preset):
    for template in preset.templates:
        if template["kind"] == "email":
            said = sensitive_part(template["body"])
            assert "arende.svar }}" not in said, template["key"]
            assert "arende.kod" not in said, template["key"]
            assert "arende.rubrik" not in said, template["key"]


def sensitive_part(body: str) -> str:
    """What a sensitive case's mail can say, whatever else the conditions say.

    Filled in by the real language, with every name standing for itself.
    """
    context = {
        name: {detail: f"{name}.{detail} }}}}" for detail in details}
        for name, details in NAMES.items()
    }
    context["arende"]["kansligt"] = True  # type: ignore[assignment]
    return render_text(body, context)
