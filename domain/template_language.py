"""The language of texts (mails, letters, forms): Jinja, of which only a safe part is allowed.

Allowed: text, {{ name.detail }} of known names with known filters, and if/elif/else (also inline)
over names, constants, ==, !=, and, or, not. Nothing else: no calls, arithmetic, loops or look-ups,
so a text can neither reach anything nor take long (decision D10, threat T47).
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from jinja2 import StrictUndefined, Template, TemplateSyntaxError, UndefinedError, nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from domain.dates import long_date, short_date
from domain.errors import DomainError
from domain.richtext import clean_html, html_to_text, is_blank_html
from domain.template_names import EVERY_NAME, FILTERS, NAMES, Names
from domain.text import _
from domain.text_layout import paragraphs

MAX_LENGTH = 20_000
MAX_DEPTH = 20
MAX_SUBJECT = 300
MAX_RESULT = 200_000
Context = Mapping[str, Mapping[str, Any]]

_ALLOWED = (
    nodes.Template, nodes.Output, nodes.TemplateData, nodes.Const, nodes.If, nodes.CondExpr,
    nodes.Compare, nodes.Operand, nodes.And, nodes.Or, nodes.Not,
)  # fmt: skip
_LINE = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\s]+")


@dataclass(frozen=True)
class Fault:
    """What is wrong in a text, and on which line (the first is 1). `sentence` is Swedish."""

    line: int
    sentence: str


class TextFault(DomainError):
    """A text that cannot be used. The message names the line."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(
            _("Texten går inte att använda. Rad %(line)s: %(reason)s"),
            line=fault.line,
            reason=fault.sentence,
        )
        self.fault = fault


def _shown(value: Any) -> Any:
    """What {{ }} writes: nothing for None, words for yes and no, dates as 2026-11-22."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "ja" if value else "nej"
    return value


def _as_date(write: Any) -> Any:
    return lambda value: write(value) if value is None or isinstance(value, date) else str(value)


# Makes plain text only; render_html() escapes all of it afterwards.
_environment = ImmutableSandboxedEnvironment(
    undefined=StrictUndefined, finalize=_shown, cache_size=0
)
_environment.globals.clear()
_environment.tests.clear()
_environment.filters = {
    "datum": _as_date(long_date),
    "kort": _as_date(short_date),
    "lower": lambda value: str(_shown(value)).lower(),
}


def check(source: str, names: Names = NAMES) -> list[Fault]:
    """Everything in `source` that the language does not allow, in order. Empty: it can be used."""
    if len(source) > MAX_LENGTH:
        return [Fault(1, f"Texten är för lång. Den får ha högst {MAX_LENGTH} tecken.")]
    try:
        raw = [t[0] for t in _environment.lex(source) if t[1] == "raw_begin"]
        tree = _environment.parse(source)
    except TemplateSyntaxError as error:
        return [Fault(error.lineno, _explain(error))]
    except RecursionError:
        return [Fault(1, _TOO_DEEP)]
    except ValueError:  # a number of thousands of digits
        return [Fault(1, _NOT_ALLOWED)]
    faults = [Fault(line, _NOT_ALLOWED) for line in raw]
    faults += _faults(tree, names, depth=0, line=1)
    return sorted(set(faults), key=lambda f: (f.line, f.sentence))


_NOT_ALLOWED = (
    "Här får bara stå text, {{ namn.uppgift }} och {% if … %}. Beräkningar, anrop och slingor går "
    "inte att använda."
)
_TOO_DEEP = "Villkoren ligger i för många nivåer. Dela upp texten."


def _explain(error: TemplateSyntaxError) -> str:
    if "filter named" in str(error.message):
        return _unknown_filter(str(error.message).split("'")[1])
    return (
        "Texten går inte att läsa. Kontrollera att varje {{ har sitt }}, varje {% sitt %} och "
        "varje {% if … %} sitt {% endif %}."
    )


def _unknown_filter(name: str) -> str:
    return f"Filtret ”{name}” finns inte. Välj bland {', '.join(FILTERS)}."


def _faults(node: nodes.Node, names: Names, depth: int, line: int) -> Iterator[Fault]:
    line = node.lineno or line
    if depth > MAX_DEPTH:
        yield Fault(line, _TOO_DEEP)
        return
    sentence, children = _look_at(node, names)
    if sentence:
        yield Fault(line, sentence)
    for child in children:
        yield from _faults(child, names, depth + 1, line)
    if isinstance(node, nodes.If):  # once compiled, a chain of elif nests as deep as it is long
        for number, branch in enumerate(node.elif_, start=1):
            yield from _faults(branch, names, depth + number, line)


def _look_at(node: nodes.Node, names: Names) -> tuple[str, list[nodes.Node]]:
    """(what is wrong with this node or "", the nodes below it that must be looked at)."""
    if isinstance(node, nodes.Name):
        return _look_at_bare_name(node.name, names), []
    if isinstance(node, nodes.Getattr) and isinstance(node.node, nodes.Name):
        return _look_at_name(node.node.name, node.attr, names), []
    if isinstance(node, nodes.Filter):
        return _look_at_filter(node)
    if isinstance(node, _ALLOWED):
        return _look_at_comparison(node), list(node.iter_child_nodes(exclude=("elif_",)))
    return _NOT_ALLOWED, []


def _look_at_bare_name(name: str, names: Names) -> str:
    if name not in names:
        return f"{{{{ {name} }}}} finns inte. Välj bland namnen i listan."
    example = f"{name}.{next(iter(names[name]))}"
    return f"Skriv vilken uppgift du vill ha, till exempel {{{{ {example} }}}}."


def _look_at_name(name: str, detail: str, names: Names) -> str:
    if detail in names.get(name, {}):
        return ""
    return f"{{{{ {name}.{detail} }}}} finns inte. Välj bland namnen i listan."


def _look_at_filter(node: nodes.Filter) -> tuple[str, list[nodes.Node]]:
    if node.args or node.kwargs or node.dyn_args or node.dyn_kwargs or node.node is None:
        return _NOT_ALLOWED, []
    return "" if node.name in FILTERS else _unknown_filter(node.name), [node.node]


def _look_at_comparison(node: nodes.Node) -> str:
    if isinstance(node, nodes.Operand) and node.op not in ("eq", "ne"):
        return "Jämför bara med == och !=."
    if isinstance(node, nodes.Compare) and len(node.ops) > 1:
        return "Skriv en jämförelse i taget, med and emellan."
    return ""


@lru_cache(maxsize=512)
def _compiled(source: str) -> Template:
    """The text, checked. Texts come from the database: what was saved is not trusted blindly."""
    for fault in check(source, EVERY_NAME):
        raise TextFault(fault)
    return _environment.from_string(source)


def _rendered(source: str, context: Context) -> str:
    try:
        text = _compiled(source).render({name: dict(d) for name, d in context.items()})
    except UndefinedError as error:
        sentence = "Texten använder en uppgift som inte finns här."
        raise TextFault(Fault(1, sentence)) from error
    if len(text) > MAX_RESULT:
        raise TextFault(Fault(1, "Texten blir för lång när den fylls i."))
    return text


def render_text(source: str, context: Context) -> str:
    """`source` filled in, as plain text. Runs of blank lines become one. Raises TextFault."""
    plain = {
        name: {k: html_to_text(v) if isinstance(v, Markup) else v for k, v in details.items()}
        for name, details in context.items()
    }
    return _tidy(_rendered(source, plain))


def render_html(source: str, context: Context) -> str:
    """`source` filled in, as clean HTML. Raises TextFault.

    Everything is escaped, except values that are Markup (the answer): those stand as blocks of
    their own. They are put in by an unguessable mark, so no value can pretend to be one.
    """
    mark = secrets.token_hex(8)
    blocks: list[str] = []

    def marked(value: Any) -> Any:
        if not isinstance(value, Markup):
            return value
        if is_blank_html(value):
            return ""
        blocks.append(str(value))
        return f"{mark}-{len(blocks) - 1}-{mark}"

    filled = {n: {k: marked(v) for k, v in details.items()} for n, details in context.items()}
    text = _tidy(_rendered(source, filled))
    parts = re.split(rf"{mark}-(\d+)-{mark}", text)
    html = [blocks[int(p)] if odd else paragraphs(p) for odd, p in _numbered(parts)]
    return clean_html("".join(html))


def _numbered(parts: list[str]) -> Iterator[tuple[bool, str]]:
    """re.split() with a group gives text and group in turn: (is it a group, part)."""
    return ((bool(index % 2), part) for index, part in enumerate(parts))


def render_subject(source: str, context: Context) -> str:
    """`source` filled in, as one line of at most 300 signs. Raises TextFault."""
    return _LINE.sub(" ", render_text(source, context)).strip()[:MAX_SUBJECT]


def _tidy(text: str) -> str:
    lines = [line.rstrip() for line in text.replace("\r\n", "\n").split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip("\n")
