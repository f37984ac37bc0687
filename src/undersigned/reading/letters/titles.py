"""Titles of letters: “A Fair Share,” an open letter; a statement called “Fair Share”."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from undersigned.reading.lexicon import open_lexicon

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spacy.tokens import Doc, Span, Token

    from undersigned.reading.text import ReadText

_NAMING: Final = frozenset(
    {"called", "titled", "entitled", "headlined", "dubbed", "named", "headed", "heading", "title"}
)
_OPENING: Final = frozenset({"“", '"', "‘", "'", "``"})
_CLOSING: Final = {"“": "”", '"': '"', "‘": "’", "'": "'", "``": "''"}
_LONGEST: Final = 20
_APPOSED_WORDS: Final = 5
"""So many words at most stand between a title and the noun in apposition to it."""
_BETWEEN_NOUN_AND_TITLE: Final = 12
"""So many in 'an open letter to the committee on roads, “A Fair Share”'."""
_PARTIES: Final = frozenset({"to", "from", "by", "on", "for", "against", "about", "of"})
_LONGEST_SENTENCE: Final = 12
"""Words of a title that is printed like a sentence; longer ones are quotations."""
_TOPICAL: Final = frozenset({"on", "for", "against", "about", "to", "of", "from", "in"})
_LEADING: Final = frozenset({"a", "an", "the", "open", "joint", "public", "more", "specific"})


@dataclass(frozen=True, slots=True)
class Title:
    """Words between quotation marks that may be a title; `start` and `end` take in the marks.

    `capitalised` tells title case ("A Fair Share") from the case of a sentence ("Keep it open"),
    which only its place can tell from a quotation.
    """

    words: Span
    start: int
    end: int
    capitalised: bool = True

    @property
    def text(self) -> str:
        """The words as one compares them."""
        return " ".join(self.words.text.lower().split())


def find_titles(doc: Doc) -> list[Title]:
    """All quoted phrases that may be titles, of letters or of anything else, in text order."""
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
        if end is None or words is None or len(words) < 2:
            continue
        if _capitalised(words):
            titles.append(Title(words, token.i, end + 1))
        elif _is_like_a_sentence(words, doc[end - 1]):
            titles.append(Title(words, token.i, end + 1, capitalised=False))
    return titles


def title_of(head: Token, words: Span, titles: Sequence[Title]) -> Title | None:
    """The title that a noun phrase for a letter belongs to, as its noun or in apposition to it."""
    first = min(head.sent.start, head.i - _LONGEST - 1)
    for place in range(bisect_left(titles, first, key=lambda title: title.start), len(titles)):
        title = titles[place]
        if title.start >= head.sent.end:
            break
        if title.start <= head.i < title.end:
            return title if title.capitalised and _is_noun_of(head, title) else None
        if _precedes(head, title) and (title.capitalised or _is_certain(head, title, titles)):
            return title
        if title.capitalised and _follows(words, head, title):
            return title
    return None


def places_of_title(title: Title, text: ReadText) -> list[Span]:
    """Wherever a title stands again in the article, with its quotation marks or without."""
    wanted = [token.text for token in title.words]
    found: list[Span] = []
    for start in text.places_of(title.words[0].lower_):
        span = text.doc[start : start + len(wanted)]
        if [token.text for token in span] == wanted and (len(span) > 2 or _is_marked(span)):
            found.append(text.doc[span.start - 1 : span.end] if _is_marked(span) else span)
    return found


def _is_marked(span: Span) -> bool:
    return span.start > 0 and span.doc[span.start - 1].text in _OPENING


def _is_certain(head: Token, title: Title, titles: Sequence[Title]) -> bool:
    """Whether words like a sentence are a title: called one, printed again, or said by nobody."""
    if title.words.doc[title.start - 1].lower_ in _NAMING:
        return True
    if sum(other.text == title.text for other in titles) > 1:
        return True
    speaks = open_lexicon("letters").words("speaks")
    outside = (t for t in head.sent if not title.start <= t.i < title.end)
    return not any(t.lemma_.lower() in speaks or t.lower_ in speaks for t in outside)


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
    far = len(between) > _BETWEEN_NOUN_AND_TITLE
    if title.start <= head.i or far or head.sent != title.words.sent:
        return False
    if len(between) <= 1 or between[-1].lower_ in _NAMING:
        return len(between) <= 8
    parties = between[0].lower_ in _PARTIES and between[-1].text in {",", ":", "–", "—"}
    return parties and all(t.pos_ not in {"VERB", "AUX"} for t in between)


def _trimmed(title: Span) -> Span:
    while len(title) and title[-1].text in {",", "."}:
        title = title[:-1]
    return title


def _is_like_a_sentence(words: Span, last: Token) -> bool:
    """Whether it may be a title in the case of a sentence: "Keep the harbor open"."""
    inner = any(t.text in {".", ",", ";", "!", "?", "…"} for t in words[:-1])
    short = 3 <= sum(t.is_alpha for t in words) <= _LONGEST_SENTENCE
    return words[0].text[:1].isupper() and short and not inner and last.text not in {",", "."}


def _capitalised(words: Span) -> bool:
    content = [t for t in words if t.is_alpha and len(t) > 3]
    return bool(content) and sum(t.text[0].isupper() for t in content) >= len(content) * 0.6
