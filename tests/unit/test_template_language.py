"""The language of texts: what it allows, what it refuses with the line, and how it is filled in."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from domain.richtext import clean_html, html_to_text
from domain.template_language import (
    MAX_LENGTH,
    TextFault,
    check,
    render_html,
    render_subject,
    render_text,
)
from domain.template_names import NAMES, PUBLIC_NAMES

CONTEXT: dict[str, dict[str, Any]] = {
    name: dict.fromkeys(details, "värde") for name, details in NAMES.items()
}
CONTEXT["arende"] |= {
    "nummer": 3868, "inkom": date(2026, 6, 4), "kansligt": False, "svar": Markup("<b>Ja</b>"),
    "fordrojning_orsak": None,
}  # fmt: skip

REFUSED = [
    "{{ arende.nummer + 1 }}", "{{ 2 ** (2 ** 30) }}", "{{ -1 }}", "{{ 'a' ~ 'b' }}",
    "{{ lipsum(n=1000000) }}", "{{ arende.text() }}", "{{ arende.text.upper }}",
    "{{ arende['text'] }}", "{{ arende.__class__ }}", "{{ ''.__class__.__mro__ }}",
    "{{ self }}", "{{ config }}", "{{ range(9) }}", "{{ [1] }}", "{{ {1: 2} }}", "{{ (1, 2) }}",
    "{{ arende }}", "{{ lamnare.losenord }}", "{{ okant.namn }}",
    "{{ arende.text|upper }}", "{{ arende.text|lower(1) }}", "{{ arende.text|map('lower') }}",
    "{{ arende.nummer is defined }}", "{{ arende.nummer in 'a' }}", "{{ arende.nummer > 1 }}",
    "{{ 1 == 1 == 1 }}", "{% for x in arende.text %}{% endfor %}", "{% set x = 1 %}",
    "{% include 'x' %}", "{% import 'x' as y %}", "{% extends 'x' %}",
    "{% block b %}{% endblock %}", "{% macro m() %}{% endmacro %}", "{% call m() %}{% endcall %}",
    "{% with a = 1 %}{% endwith %}",
    "{% filter lower %}x{% endfilter %}", "{% raw %}{{{% endraw %}",
    "{% autoescape false %}x{% endautoescape %}", "{% if arende.nummer %}", "{% endif %}",
    "{{ arende.nummer", "{{ }}", "{% if %}{% endif %}", "{{ " + "9" * 5000 + " }}",
    "{{ " + "(" * 5000 + "1" + ")" * 5000 + " }}", "{{ " + "not " * 3000 + "1 }}",
    "{% if 1 %}" * 50 + "{% endif %}" * 50, "{% if 1 %}" + "{% elif 1 %}" * 900 + "{% endif %}",
    "{{ 1" + " and 1" * 2000 + " }}",
]  # fmt: skip


@pytest.mark.parametrize("piece", REFUSED)
def test_everything_else_is_refused_with_its_line(piece: str) -> None:
    faults = check(f"rad ett\nrad två {piece}")
    assert faults
    assert all(fault.sentence and fault.line in (1, 2) for fault in faults)
    with pytest.raises(TextFault):
        render_text(f"rad ett\nrad två {piece}", CONTEXT)


def test_a_fault_names_the_line_it_is_on() -> None:
    faults = check(
        "Hej!\n{{ arende.nummer }}\n{{ arende.numer }} {{ lamnare.x|datum }}\n{{ 1 > 2 }}"
    )
    assert [f.line for f in faults] == [3, 3, 4]
    assert faults[0].sentence == "{{ arende.numer }} finns inte. Välj bland namnen i listan."


def test_a_text_may_hold_20_000_signs_and_not_one_more() -> None:
    assert not check("å" * MAX_LENGTH)
    assert check("å" * (MAX_LENGTH + 1))


def test_a_text_of_a_form_may_not_speak_of_a_case() -> None:
    assert not check("{{ kommun.namn }} {{ konfig.svara_dagar }}", PUBLIC_NAMES)
    assert check("{{ arende.nummer }}", PUBLIC_NAMES)
    assert check("{{ lank.svarssida }}", PUBLIC_NAMES)


def test_a_text_that_lacks_its_case_is_refused_and_does_not_crash() -> None:
    with pytest.raises(TextFault, match="som inte finns här"):
        render_text("{{ arende.nummer }}", {"kommun": {"namn": "Hjo"}})


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("{{ arende.inkom|datum }}, {{ arende.inkom|kort }}", "4 juni 2026, 2026-06-04"),
        ("{{ arende.inkom }} {{ arende.kansligt }}", "2026-06-04 nej"),
        ("[{{ arende.fordrojning_orsak }}{{ arende.fordrojning_orsak|datum }}]", "[]"),
        ("{{ 'ÅÄÖ'|lower }} {{ lamnare.namn|datum }}", "åäö värde"),
        ("{% if arende.nummer == 3868 and not arende.kansligt %}a{% else %}b{% endif %}", "a"),
        ("{% if arende.nummer != 3868 %}a{% elif 'x' == 'x' or 0 %}b{% endif %}", "b"),
        ("{{ 'dag' if arende.nummer == 1 else 'dagar' }}", "dagar"),
        ("{# en anteckning #}a", "a"),
        ("\na  \n\n \n\nb\r\n", "a\n\nb"),
        ("{{ arende.svar }}", "Ja"),
    ],
)
def test_a_text_is_filled_in(source: str, text: str) -> None:
    assert check(source) == []
    assert render_text(source, CONTEXT) == text


def test_html_has_paragraphs_lines_lists_and_links() -> None:
    source = "Hej\ndu\n\n\nSå:\n1. ett\n2. två\n- x\nLäs https://x.se/?a=1&b=2. 4 < 5"
    assert render_html(source, CONTEXT) == (
        "<p>Hej<br>du</p><p>Så:</p><ol><li>ett</li><li>två</li></ol><ul><li>x</li></ul>"
        '<p>Läs <a href="https://x.se/?a=1&amp;b=2" rel="noopener noreferrer">'
        "https://x.se/?a=1&amp;b=2</a>. 4 &lt; 5</p>"
    )


def test_the_answer_stands_as_a_block_of_its_own_in_html() -> None:
    html = render_html("Svar:\n\n{{ arende.svar }}\n\nHej", CONTEXT)
    assert html == "<p>Svar:</p><b>Ja</b><p>Hej</p>"


def test_a_subject_is_one_line() -> None:
    context = {"arende": {"rubrik": "a\r\nBcc: x@x.se\u2028\0b" + "ä" * 400}}
    subject = render_subject("Om {{ arende.rubrik }}\n{{ arende.rubrik }}", context)
    assert subject.startswith("Om a Bcc: x@x.se b")
    assert subject.splitlines() == [subject]
    assert len(subject) == 300


@given(st.text())
def test_no_value_can_bring_its_own_html(value: str) -> None:
    html = render_html("{{ lamnare.namn }}", {"lamnare": {"namn": value + "<b>x</b><img src=x>"}})
    assert "<b>" not in html
    assert "<img" not in html
    assert clean_html(html) == html


@given(st.text(st.characters(exclude_categories=["C", "Z"]) | st.sampled_from("\n ")))
def test_html_and_text_of_one_source_say_the_same(value: str) -> None:
    context = {"arende": {"text": value}}
    words = render_text("{{ arende.text }}", context).split()
    assert html_to_text(render_html("{{ arende.text }}", context)).split() == words


PIECES = st.sampled_from(
    [
        "{{ arende.nummer }}", "{{", "}}", "{%", "%}", "{% if arende.kansligt %}", "{% else %}",
        "{% elif 1 %}", "{% endif %}", "{{ lamnare.namn|datum }}", " and ", " not ", "==", "1",
        "'x'", "arende.svar", "{#", "#}", "\n", "(", ")", "|lower",
        "{{ 'a' if arende.nummer else 'b' }}",
        "{%- if 1 -%}", "{% raw %}", "|kort", "~", "[", ".", "Hej ",
    ]
)  # fmt: skip


@given(st.lists(PIECES | st.text(max_size=4), max_size=14).map("".join))
def test_what_the_check_accepts_can_be_filled_in(source: str) -> None:
    if check(source):
        with pytest.raises(TextFault):
            render_text(source, CONTEXT)
    else:
        render_text(source, CONTEXT)
        render_html(source, CONTEXT)
