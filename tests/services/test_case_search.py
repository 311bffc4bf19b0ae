"""The search finds what Swedish people mean, nothing else, and is never out of date."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import delete, text, update

from domain.permissions import Role
from domain.search_words import wanted_words
from extensions import db
from models import Case, RoleAssignment, Submitter
from queries import case_search_postgresql
from queries.case_filter import CaseFilter
from queries.case_list import ListQuery, case_page
from tests.support.cases import HJO, SODERTALJE, actor, edit, layout, new_case, person, unit_id

pytestmark = [pytest.mark.usefixtures("app", "town"), pytest.mark.both]


def found(words: str, username: str = "registrator.hjo", type_key: str = HJO) -> list[int]:
    """Ids of the hits; the number above the list is held to be the same."""
    query = ListQuery(layout(type_key).id, show="all", filter=CaseFilter(text=words))
    page = case_page(query, actor(username))
    assert page.count == len(page.rows)
    return sorted(row.id for row in page.rows)


@pytest.mark.parametrize(
    ("asked", "written"),
    [
        ("kommun", "Det är kommunens ansvar."),
        ("KOMMUN", "Det är Kommunens ansvar."),
        ("väg", "Gräset växer på cykelvägen."),
        ("bollplan", "Nätet på volleybollplanen är trasigt."),
        ("gatorna", "Hela gatan är full av löv."),
        ("cykelvägar", "Gräset växer på cykelvägen."),
        ("ÅNGA", "Det stod ånga ur brunnen."),
        ("ånga", "ÅNGA ur brunnen."),
        ("va", "VA har grävt här."),
        ("100%", "Det är 100% fel."),
        ("fil_namn", "Se fil_namn i bilagan."),
        ("c:\\temp", "Jag sparade i c:\\temp igår."),
        ("o'hara", "Läraren heter O'Hara."),
        ('"röd stuga"', "En röd stuga vid ån."),
        ("löv gatan", "Hela gatan är full av löv."),
        ("(löv),", "Hela gatan är full av löv."),
        ("lo\u0308v", "Hela gatan är full av löv."),
        ("löv", "Hela gatan a\u0308r full av lo\u0308v."),
        ("lör", "Öppna även lördagar"),
    ],
)  # fmt: skip
def test_it_finds_what_is_meant(asked: str, written: str) -> None:
    case = new_case(text=written)
    new_case(text="Maten blev kall i dag igen.")
    assert found(asked) == [case.id]


@pytest.mark.parametrize(
    ("asked", "written"),
    [
        ("får", "Det är för långt att gå, hur far man dit?"),
        ("ånga", "Du angav fel dag."),
        ("lov", "Hela gatan är full av löv."),
        ("fil_namn", "Se filxnamn i bilagan."),
        ('"röd stuga"', "En stuga som är röd."),
        ("löv parken", "Hela gatan är full av löv."),
        ("väg OR löv", "Hela gatan är full av löv."),
        ("NOT parken", "Hela gatan är full av löv."),
        ("strong", "Hela gatan är full av löv."),
    ],
)
def test_it_finds_nothing_else(asked: str, written: str) -> None:
    case = new_case(text=written)
    edit(case, "registrator.hjo", title="Rubriken")
    case.answer = "<p><strong>Tack</strong></p>"
    db.session.commit()
    assert found(asked) == []


STRANGE = (
    '"', '""', '"""', "*", "^", ":", "-", "(", ")", "%", "_", "\\", "\0", "'", "';--", "a\0b",
    "NEAR(a b)", "text:löv", "a AND", "OR", "löv*", "-löv", "^löv", "löv\\", "x" * 10_000,
    "x " * 5_000, "😀", "löv 😀", "\ud7ff", "\u202e", "|&!<->", "a:*", "{}", "[", "\n\t", "٣", "²",
    "99999999999", "0", "-1", "ß", "İ", "&amp;", "$1", ":x", "?", "åäö" * 40, "'a':* | 'b", "\\'",
)  # fmt: skip


@pytest.mark.parametrize("asked", STRANGE)
def test_strange_signs_break_nothing(asked: str) -> None:
    case = new_case(text="Hela gatan är full av löv.")
    assert set(found(asked)) <= {case.id}
    words = wanted_words(asked).words
    if not words or words == ("löv",):
        assert found(asked) == [case.id]


def test_a_case_is_found_by_its_number_title_answer_and_submitter() -> None:
    case = new_case(text="Något annat.", title="Trasig lampa")
    other = new_case(text="Något annat.", submitter_name="Åke", submitter_email="ake@example.org")
    case.answer = "<p>Vi byter <em>arm</em>aturen &amp; stolpen.</p>"
    db.session.commit()
    assert found(str(case.id)) == [case.id]
    for words in ("lampan", "armatur", "stolpe", "Berit", "berit.ek@example.org", "berit lampa"):
        assert found(words) == [case.id], words
    assert found("åke") == [other.id]


def test_every_change_is_found_at_once_even_one_past_our_code() -> None:
    case = new_case(text="Det gamla ordet är kastanj.")
    assert found("kastanj") == [case.id]
    db.session.execute(update(Case).values(title="Träd", text="Det nya ordet är rönn."))
    db.session.execute(update(Submitter).values(name="Sixten Ny", email=""))
    assert (found("kastanj"), found("rönn")) == ([], [case.id])
    assert (found("Berit"), found("sixten")) == ([], [case.id])
    db.session.rollback()
    assert (found("kastanj"), found("rönn"), found("Berit")) == ([case.id], [], [case.id])
    db.session.execute(delete(Submitter))
    assert found("Berit") == []


def test_a_search_tells_nothing_about_secret_foreign_and_protected_cases() -> None:
    secret = new_case(text="kanarieallfa", submitter_name="Kanariebeta", unit=unit_id("Fritid"))
    protected = new_case(text="kanariegamma", submitter_name="Kanariedelta", unit=unit_id("Fritid"))
    foreign = new_case(SODERTALJE, text="kanarieepsilon", submitter_name="Kanariezeta")
    secret.is_secret = True
    protected.submitter.is_protected = True
    db.session.commit()
    for words in ("kanarieallfa", "kanariebeta", "kanariedelta", "kanarieepsilon", str(foreign.id)):
        assert found(words) == [], words
    assert found("kanariegamma") == [protected.id]
    assert found("kanarie") == [protected.id]
    assert found("kanariegamma kanariedelta") == []
    assert found(str(secret.id)) == []


def test_a_named_handler_finds_the_protected_submitter() -> None:
    case = new_case(submitter_name="Kanariedelta", unit=unit_id("Fritid"))
    case.submitter.is_protected = True
    case.responsible_id = person("handlaggare.hjo").id
    db.session.commit()
    assert found("kanariedelta", "handlaggare.hjo") == [case.id]


def lower_to_reader(username: str) -> None:
    """Nobody in Hjo is only a reader: make this person one."""
    db.session.execute(
        update(RoleAssignment)
        .where(RoleAssignment.user_id == person(username).id)
        .values(role=Role.READER, sees_secret=False)
    )
    db.session.commit()


def test_a_reader_finds_by_number_and_not_by_words() -> None:
    case = new_case(text="Full av löv.", unit=unit_id("Fritid"))
    assert found("Berit", "handlaggare.hjo") == [case.id]
    lower_to_reader("handlaggare.hjo")
    assert found("löv", "handlaggare.hjo") == []
    assert found("Berit", "handlaggare.hjo") == []
    assert found(str(case.id), "handlaggare.hjo") == [case.id]


def test_the_command_mends_a_broken_index(app: Flask) -> None:
    case = new_case(text="Full av löv.")
    case.answer = "<p>Kastanjer <b>sopas</b></p>"
    db.session.commit()
    number = case.id
    db.session.execute(update(Case).values(answer_words="gammalt"))
    if db.engine.dialect.name == "sqlite":
        for name in ("search_cases_parts", "search_cases_words"):
            db.session.execute(text(f"INSERT INTO {name}({name}) VALUES ('delete-all')"))  # noqa: S608
        assert found("löv") == []
    assert found("kastanj") == []
    db.session.commit()
    result = app.test_cli_runner().invoke(args=["search", "rebuild"])
    assert (result.exit_code, result.output) == (0, "Sökregistret är ombyggt.\n")
    assert (found("löv"), found("kastanj")) == ([number], [number])


def test_without_the_extension_whole_words_and_beginnings_are_found() -> None:
    if db.engine.dialect.name == "sqlite":
        return  # FTS5 needs no extension
    case = new_case(text="Gräset växer på cykelvägen.")
    assert found("väg") == [case.id]
    db.session.execute(text("DROP EXTENSION pg_trgm CASCADE"))
    db.session.commit()
    case_search_postgresql._finds_parts.clear()
    try:
        assert (found("cykelväg"), found("cykelvägar"), found("växer")) == (([case.id],) * 3)
        assert found("väg") == []
    finally:
        case_search_postgresql._finds_parts.clear()


def test_signs_in_two_parts_are_found_in_title_answer_and_name() -> None:
    case = new_case(title="Ha\u0308ckar")
    case.submitter.name = "A\u030asa Lo\u0308f"
    case.answer = "<p>Vi ta\u0308ter ro\u0308ret.</p>"
    db.session.commit()
    for words in ("Häckar", "röret", "Åsa Löf"):
        assert found(words) == [case.id], words
