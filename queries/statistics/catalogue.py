"""The standard reports by key, in the order in which they are offered."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from domain.layout import CaseTypeLayout
from domain.permissions import Actor, Role
from domain.statistics.question import Question
from domain.statistics.table import Report
from domain.text import _
from queries.statistics import r01_overview as r01
from queries.statistics import r02_months as r02
from queries.statistics import r05_units as r05
from queries.statistics import r06_answer_times as r06
from queries.statistics import r07_confirmations as r07
from queries.statistics import r13_late as r13
from queries.statistics import r14_publication as r14
from queries.statistics import r15_not_ours as r15
from queries.statistics import r16_years as r16
from queries.statistics import r17_cases as r17
from queries.statistics import r21_workload as r21
from queries.statistics.choices import by_choice, by_ticks

Build = Callable[[Question, Actor], Report]


@dataclass(frozen=True)
class ReportKind:
    """A report that can be asked for. `number` is that of the domain notes, "R1".

    `field` is the question of the case that it counts, "" for none. `for_heads`: about single
    colleagues, so not for those who only read.
    """

    key: str
    number: str
    name: str
    summary: str
    build: Build
    field: str = ""
    for_heads: bool = False


HEADS = (Role.RESPONSIBLE, Role.OVERARCHING, Role.REGISTRAR)


def _ticks(field: str, key: str, name: str) -> Build:
    return lambda question, actor: by_ticks(question, actor, field, key, name)


def _choice(field: str, key: str, name: str) -> Build:
    return lambda question, actor: by_choice(question, actor, field, key, name)


def _of_field(make: Callable[[str, str, str], Build], field: str, *about: str) -> ReportKind:
    key, number, name, summary = about
    return ReportKind(key, number, name, summary, make(field, key, name), field)


_KINDS = (
    ReportKind(
        "oversikt", "R1", r01.NAME, _("Siffrorna i korthet, jämförda med året före."), r01.overview
    ),
    ReportKind(
        "manader", "R2", r02.NAME, _("Månad för månad, i år och året före."), r02.by_month
    ),
    _of_field(
        _ticks, "types", "synpunktstyp", "R3", _("Per synpunktstyp"),
        _("Beröm, förslag, frågor, klagomål och annat."),
    ),
    _of_field(
        _ticks, "categories", "kategori", "R4", _("Per kategori"), _("Vad synpunkterna gäller.")
    ),
    ReportKind(
        "enheter", "R5", r05.NAME, _("Organisationen som ett träd, med summor."), r05.by_unit
    ),
    ReportKind(
        "svarstider", "R6", r06.NAME, _("Hur snabbt enheterna svarar."), r06.answer_times
    ),
    ReportKind(
        "bekraftelser", "R7", r07.NAME, _("Hur snabbt synpunkterna bekräftas."),
        r07.confirmations_by_unit,
    ),
    _of_field(
        _choice, "channel", "inkom-via", "R8", _("Inkom via"), _("Webb, brev, telefon och annat.")
    ),
    _of_field(
        _choice, "contact_way", "kontaktsatt", "R9", _("Önskat kontaktsätt"),
        _("Hur synpunktslämnarna vill ha svar."),
    ),
    _of_field(
        _ticks, "measures", "atgarder", "R10", _("Klassificering av åtgärder"),
        _("Vad synpunkterna ledde till."),
    ),
    _of_field(
        _choice, "result", "resultat", "R11", _("Resultat"),
        _("Om synpunkterna har förbättrat verksamheten."),
    ),
    _of_field(
        _choice, "submitter_kind", "lamnare", "R12", _("Vem lämnade synpunkten"),
        _("Brukare, anhörig eller någon annan."),
    ),
    _of_field(
        _choice, "origin", "intern-extern", "R12", _("Intern eller extern"),
        _("Från anställda eller från allmänheten."),
    ),
    ReportKind(
        "forsenade", "R13", r13.NAME, _("Vilka de är, och varför."), r13.late_cases
    ),
    ReportKind(
        "publicering", "R14", r14.NAME, _("Vad som publiceras, och vad som refuseras."),
        r14.publication_and_refusal,
    ),
    ReportKind(
        "extern", "R15", r15.NAME, _("Vart sådana synpunkter har skickats."), r15.not_ours
    ),
    ReportKind(
        "flera-ar", "R16", r16.NAME, _("Upp till tio år i samma tabell."), r16.by_year
    ),
    ReportKind(
        "arendelista", "R17", r17.NAME, _("Bilaga till nämnden, utan kontaktuppgifter."),
        r17.case_appendix,
    ),
    ReportKind(
        "belastning", "R21", r21.NAME, _("Öppna ärenden per handläggare, i dag."), r21.workload,
        for_heads=True,
    ),
)  # fmt: skip

REPORTS: dict[str, ReportKind] = {kind.key: kind for kind in _KINDS}
"""Key, which is also the report's address → report."""


def offered(case_type: CaseTypeLayout, actor: Actor) -> list[ReportKind]:
    """The reports that the case type has the fields for, and the reader the role."""
    leads = any(role in HEADS for role in actor.roles)
    return [
        kind
        for kind in _KINDS
        if (not kind.field or kind.field in case_type.fields) and (leads or not kind.for_heads)
    ]
