"""Where in a text a name stands, in whatever spelling habit: case, diacritics, punctuation, order.

A name is compared word by word, each folded, so that "Jean-Luc" has two words and "O’Brien" has
one; initials stand together ("J. K." is one word), and a possessive ending does not count. So one
way of cutting a text into words serves names, sentences, addresses and the slugs in IRIs.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote

from undersigned.iris import slug_of
from undersigned.names import fold_name
from undersigned.source import Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from undersigned.store.suppression import Suppression

Words = tuple[str, ...]

_LETTER: Final = r"[^\W_][\u0300-\u036f]*"
_WITHIN: Final = "['’‘ʼ`´\u00ad\u200b\u200c\u200d\u2060]"
"""Apostrophes and invisible characters do not part a word."""
_WORD: Final = re.compile(rf"(?:{_LETTER})+(?:{_WITHIN}+(?:{_LETTER})+)*")
_POSSESSIVE: Final = re.compile(r"['’ʼ]s$", re.IGNORECASE)
_BETWEEN_INITIALS: Final = re.compile(r"[.\s]*")
KNOWN_TEXTS: Final = 10_000
"""Texts whose answer is remembered; more would be memory for little."""
SHORTEST_SQUASHED: Final = 6
"""Letters of a name written as one word ("annlee"); a shorter one may be a word of the language."""


@dataclass(frozen=True, slots=True)
class Word:
    """A folded word of a text; `span` is its place there, a possessive ending included."""

    text: str
    span: Span


def words_in(text: str) -> list[Word]:
    """The words of a text in order."""
    words: list[Word] = []
    initials = False
    for match in _WORD.finditer(text):
        folded = _folded(_POSSESSIVE.sub("", match[0]))
        initial = len(folded) == 1 and folded.isalpha()
        span = Span(match.start(), match.end())
        if initial and initials and _BETWEEN_INITIALS.fullmatch(text[words[-1].span.end : span[0]]):
            words[-1] = Word(words[-1].text + folded, Span(words[-1].span.start, span.end))
        elif folded:
            words.append(Word(folded, span))
        initials = initial
    return words


def folded_words(text: str) -> Words:
    """The words of a text, folded, without their places."""
    return tuple(word.text for word in words_in(text))


def words_of_iri(iri: str) -> Words:
    """The words of an IRI or a web address: signs part them, and percent signs are undone."""
    return folded_words(re.sub(r"[^\w%]+", " ", unquote(iri)))


def forms_of_name(name: str) -> set[Words]:
    """The ways in which a full name is written: as it is, surname first, as a slug, as one word."""
    words = folded_words(name)
    forms = {words, (words[-1], *words[:-1])} if words else set[Words]()
    forms.add(tuple(slug_of(name).split("-")))
    squashed = {("".join(form),) for form in forms}
    return {form for form in forms if len(form) > 1} | {
        form for form in squashed if len(form[0]) >= SHORTEST_SQUASHED
    }


def is_distinctive(name: str) -> bool:
    """Whether a name can mean one person in any text: two words that are more than an initial."""
    return sum(len(word) > 1 for word in folded_words(name)) >= 2


class SuppressedNames:
    """Finds the names of a suppression in texts and IRIs."""

    def __init__(self, suppression: Suppression) -> None:
        self._suppression = suppression
        self._lengths = suppression.lengths
        # One name stands in a source as name, slice, label and key.
        self.is_in = lru_cache(maxsize=KNOWN_TEXTS)(self._is_in)

    def spans_in(self, text: str) -> list[Span]:
        """The places of suppressed names, in order; they may overlap."""
        if not self.is_in(text):
            return []
        words = words_in(text)
        return [
            Span(words[first].span.start, words[last].span.end)
            for first, last in self._runs([word.text for word in words])
        ]

    def _is_in(self, text: str) -> bool:
        """Whether a suppressed name stands in a text."""
        return any(True for _ in self._runs(folded_words(text)))

    def is_in_iri(self, iri: str) -> bool:
        """Whether a suppressed name stands in an IRI or a web address."""
        return any(True for _ in self._runs(words_of_iri(iri)))

    def is_only_here(self, name: str, source_ids: Iterable[str]) -> bool:
        """Whether this whole name is suppressed in one of these sources alone."""
        words = folded_words(name)
        return bool(words) and any(self._suppression.holds(words, scope) for scope in source_ids)

    def _runs(self, words: list[str] | Words) -> Iterator[tuple[int, int]]:
        for length in self._lengths:
            for first in range(len(words) - length + 1):
                if self._suppression.holds(words[first : first + length]):
                    yield first, first + length - 1


@lru_cache(maxsize=50_000)
def _folded(word: str) -> str:
    # NFKD takes a few signs apart into several words ("½"), which stay one here.
    return fold_name(word).replace(" ", "")
