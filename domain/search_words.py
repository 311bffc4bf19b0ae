"""What somebody wrote in a search box, as words that an index can be asked for."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from html.parser import HTMLParser

MAX_WORDS = 10
MAX_LENGTH = 60
_PIECES = re.compile(r'"([^"]*)"|([^\s"]+)')
_VOWELS = "aeiouyåäö"
_ENDINGS = sorted(
    [
        "a", "arna", "erna", "heterna", "orna", "ad", "e", "ade", "ande", "arne", "are", "aste",
        "en", "anden", "aren", "heten", "ern", "ar", "er", "heter", "or", "as", "arnas", "ernas",
        "ornas", "es", "ades", "andes", "ens", "arens", "hetens", "erns", "at", "andet", "het",
        "ast", "s", "et", "ets", "n", "na",
    ],
    key=len,
    reverse=True,
)  # fmt: skip
_FORMS = (
    "", "s", "a", "an", "ans", "as", "ar", "ars", "arna", "arnas", "e", "en", "ens", "er", "ers",
    "erna", "ernas", "es", "et", "ets", "n", "na", "nas", "ns", "or", "orna", "ornas", "ors", "t",
    "ts", "ade", "ande", "are", "aren", "at",
)  # fmt: skip


@dataclass(frozen=True)
class Wanted:
    """The words that all must be found; `is_cut` when there was more than is searched for."""

    words: tuple[str, ...] = ()
    is_cut: bool = False


def wanted_words(text: str) -> Wanted:
    """Lower-case words and "quoted phrases" of `text`, at most MAX_WORDS. Signs alone are none."""
    clean = unicodedata.normalize("NFC", text.replace("\0", " ")).lower()
    found: dict[str, None] = {}
    for phrase, word in _PIECES.findall(clean):
        piece = _trimmed(" ".join((phrase or word).split()))
        if piece:
            found[piece] = None
    words = tuple(word[:MAX_LENGTH] for word in list(found)[:MAX_WORDS])
    is_cut = len(found) > MAX_WORDS or any(len(word) > MAX_LENGTH for word in found)
    return Wanted(words, is_cut)


def _trimmed(piece: str) -> str:
    """Without the signs at either end, so that "(väg)," is väg; é and å stay what they are."""
    kept = [i for i, sign in enumerate(piece) if sign.isalnum()]
    return piece[kept[0] : kept[-1] + 1] if kept else ""


def inflected(word: str) -> tuple[str, ...]:
    """The word in the forms that Swedish bends it to: gata → gatan, gator, gatorna …"""
    if len(word) < 4 or not word.isalpha():
        return (word,)
    stem = _stem(word)
    return tuple(dict.fromkeys((word, *(stem + ending for ending in _FORMS))))


def stem(word: str) -> str:
    """What the forms of a word share: "gatan" → "gat". Short words and phrases stay whole."""
    return _stem(word) if len(word) >= 4 and word.isalpha() else word


def _stem(word: str) -> str:
    """Cut one ending off, as the first step of the Snowball stemmer for Swedish does."""
    for ending in _ENDINGS:
        rest = word.removesuffix(ending)
        if rest != word and len(rest) >= 3 and any(sign in _VOWELS for sign in rest):
            return rest
    return word


class _Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []

    def handle_data(self, data: str) -> None:
        self.parts.append(data)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("br", "div", "li", "p", "td", "tr", "blockquote", "h1", "h2", "h3"):
            self.parts.append("\n")


def words_of_html(html: str) -> str:
    """The text of a piece of HTML without its tags; tags inside a word do not break it."""
    reader = _Words()
    reader.feed(html)
    reader.close()
    return "".join(reader.parts).replace("\N{NO-BREAK SPACE}", " ").strip()
