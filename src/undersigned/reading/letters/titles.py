"""Titles of letters: “A Fair Share,” an open letter; a statement called “Fair Share”."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spacy.tokens import Doc, Span, Token

_NAMING: Final = frozenset(
    {"called", "titled", "entitled", "headlined", "dubbed", "named", "headed", "heading", "title"}
)
_OPENING: Final = frozenset({"“", '"', "‘", "'", "``"})
_CLOSING: Final = {"“": "”", '"': '"', "‘": "’", "'": "'", "``": "''"}
_LONGEST: Final = 20
_APPOSED_WORDS: Final = 5
"""So many words at most stand between a title and the noun in apposition to it."""
_TOPICAL: Final = frozenset({"on", "for", "against", "about", "to", "of", "from", "in"})
_LEADING: Final = frozenset({"a", "an", "the", "open", "joint", "public", "more", "specific"})


@dataclass(frozen=True, slots=True)
class Title:
    """Capitalised words between quotation marks; `start` and `end` take in the marks."""

    words: Span
    start: int
    end: int

    @property
    def text(self) -> str:
        """The words as one compares them."""
        return " ".join(self.words.text.lower().split())


def find_titles(doc: Doc) -> list[Title]:
    """All quoted phrases in title case, of letters or of anything else, in text order."""
    titles: list[Title] = []
    for token in doc:
        closing = _CLOSING.get(token.text)
        if closing is None or (titles and token.i < titles[-1].end):
            continue
        if closing == token.text and token.i and not doc[token.i - 1].whitespace_:
            continue
        reach = doc[token.i + 1 : token.i + 1 + _LONGEST]
        end = next((t.i for t in reach if t.text == closing), None)
        words = None if end is None else _trimmed(doc[token.i + 1 : end])
        if end is not None and words is not None and len(words) > 1 and _capitalised(words):
            titles.append(Title(words, token.i, end + 1))
    return titles


def title_of(head: Token, words: Span, titles: Sequence[Title]) -> Title | None:
    """The title that a noun phrase for a letter belongs to, as its noun or in apposition to it."""
    for title in titles:
        if title.start <= head.i < title.end:
            return title if _is_noun_of(head, title) else None
        if _follows(words, head, title) or _precedes(head, title):
            return title
    return None


def _is_noun_of(head: Token, title: Title) -> bool:
    """The "Letter" of “A Letter on Justice”, “Be Fair: An Open Letter”, “The Leeds Statement”."""
    before = head.doc[title.words.start : head.i]
    leads = all(t.lower_ in _LEADING or t.text == ":" for t in before) or any(
        t.text == ":" for t in before
    )
    after = head.nbor(1).lower_ if head.i + 1 < title.words.end else ""
    return leads or not after or after in _TOPICAL


def _follows(words: Span, head: Token, title: Title) -> bool:
    """As in “A Fair Share,” an open letter; the “Fair Share” letter."""
    between = head.doc[title.end : head.i]
    if head.i < title.end or len(between) > _APPOSED_WORDS or head.sent != title.words.sent:
        return False
    apposed = len(between) > 0 and (
        between[0].text == "," or title.words.doc[title.end - 2].text == ","
    )
    return not len(between) or (
        apposed
        and words.start <= title.end + 1
        and all(t.pos_ not in {"VERB", "AUX"} for t in between)
    )


def _precedes(head: Token, title: Title) -> bool:
    """As in 'an open letter called “A Fair Share”', 'the statement, “A Fair Share”'."""
    between = head.doc[head.i + 1 : title.start]
    if title.start <= head.i or len(between) > 8 or head.sent != title.words.sent:
        return False
    return len(between) <= 1 or between[-1].lower_ in _NAMING


def _trimmed(title: Span) -> Span:
    while len(title) and title[-1].text in {",", "."}:
        title = title[:-1]
    return title


def _capitalised(words: Span) -> bool:
    content = [t for t in words if t.is_alpha and len(t) > 3]
    return bool(content) and sum(t.text[0].isupper() for t in content) >= len(content) * 0.6
