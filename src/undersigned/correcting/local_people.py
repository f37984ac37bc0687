"""Who in one source is kept out, and how that source calls them.

Elsewhere only a whole name says who is meant. In a source that names somebody in full, the
surname alone does, too, unless it stands in the full name of somebody else.
"""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING, Final

from undersigned import terms as t
from undersigned.correcting.names_in_text import folded_words, words_of_iri
from undersigned.source import Span

if TYPE_CHECKING:
    from pyoxigraph import NamedNode

    from undersigned.correcting.evidence_graph import EvidenceGraph
    from undersigned.correcting.names_in_text import SuppressedNames

_GENERATIONS: Final = {"jr", "sr", "ii", "iii", "iv"}
_SHORTEST_SURNAME: Final = 3
"""Letters; a shorter one ("Li", "Oh") is too often something else to be looked for alone."""
_PEOPLE: Final = (t.LOCAL_PERSON, t.LOCAL_HANDLE)
_NAMED: Final = (t.LOCAL_PERSON, t.LOCAL_ORGANIZATION)


class LocalPeople:
    """The local agents of one source that are kept out, and the places that name them."""

    def __init__(self, graph: EvidenceGraph, names: SuppressedNames, source_ids: list[str]) -> None:
        self._graph = graph
        self.names = names
        agents = graph.agents()
        self.people = {agent for agent in agents if self._is_kept_out(agent, source_ids)}
        self._others = [agent for agent in agents if agent not in self.people]
        if self._by_surname is not None:
            called = {
                agent
                for agent in self._others
                if not graph.is_a(agent, *_NAMED) and self.spans_in(graph.text(agent, t.NAME))
            }
            self.people |= called

    def spans_in(self, text: str) -> list[Span]:
        """The places in a text of this source that name somebody who is kept out, in order."""
        found = self.names.spans_in(text)
        if self._by_surname is not None:
            others = self._spans_of_others(text)
            found += [
                Span(match.start(), match.end())
                for match in self._by_surname.finditer(text)
                if not any(a <= match.start() and match.end() <= b for a, b in others)
            ]
        return _merged(found)

    def is_in(self, text: str) -> bool:
        """Whether a text of this source names somebody who is kept out."""
        return bool(self.spans_in(text))

    def is_in_address(self, address: str) -> bool:
        """Whether the source's id, or its address, names somebody who is kept out."""
        return self.names.is_in_iri(address) or not self._surnames.isdisjoint(words_of_iri(address))

    def _is_kept_out(self, agent: NamedNode, source_ids: list[str]) -> bool:
        names = self._graph.texts(agent, t.NAME) + self._graph.texts(agent, t.ALIAS)
        return any(map(self.names.is_in, names)) or (
            self._graph.is_a(agent, *_PEOPLE)
            and self.names.is_only_here(self._graph.text(agent, t.NAME), source_ids)
        )

    @cached_property
    def _words_for_people(self) -> set[str]:
        """Single words, as they are printed, that mean people who are kept out."""
        found = set()
        for agent in self.people:
            if not self._graph.is_a(agent, *_PEOPLE):
                continue
            names = self._graph.texts(agent, t.NAME) + self._graph.texts(agent, t.ALIAS)
            found |= {name for name in names if len(folded_words(name)) == 1}
            found |= {surname for name in names if (surname := _surname(name))}
        return found - self._words_for_others

    @cached_property
    def _words_for_others(self) -> set[str]:
        """Single words by which this source calls somebody else: whom they mean is open."""
        return {
            alias
            for agent in self._others
            if self._graph.is_a(agent, *_NAMED)
            for alias in self._graph.texts(agent, t.NAME) + self._graph.texts(agent, t.ALIAS)
            if len(folded_words(alias)) == 1
        }

    @cached_property
    def _surnames(self) -> set[str]:
        """Folded surnames: what an address, all in small letters, is looked through for."""
        names = (
            name
            for agent in self.people
            if self._graph.is_a(agent, t.LOCAL_PERSON)
            for name in self._graph.texts(agent, t.NAME)
        )
        return {word for name in names for word in folded_words(_surname(name))}

    @cached_property
    def _by_surname(self) -> re.Pattern[str] | None:
        """Finds these words as printed, and in capitals; None where there is none."""
        words = {form for word in self._words_for_people for form in (word, word.upper())}
        if not words:
            return None
        return re.compile(rf"(?<!\w)(?:{_any_of(words)})(?:['’]s)?(?!\w)")

    @cached_property
    def _others_names(self) -> re.Pattern[str] | None:
        """Finds names of other people and bodies that hold one of these words, too."""
        names = {
            name
            for agent in self._others
            if self._graph.is_a(agent, *_NAMED)
            for name in self._graph.texts(agent, t.NAME) + self._graph.texts(agent, t.ALIAS)
            # Of a long list few share a surname, and a pattern of all its names would be slow.
            if any(word in name for word in self._words_for_people) and len(folded_words(name)) > 1
        }
        return re.compile(rf"(?<!\w)(?:{_any_of(names)})(?!\w)") if names else None

    def _spans_of_others(self, text: str) -> list[Span]:
        if self._others_names is None:
            return []
        return [Span(m.start(), m.end()) for m in self._others_names.finditer(text)]


def _surname(name: str) -> str:
    """The last word of a full name as printed, without "Jr."; "" where it is too short."""
    words = name.replace(",", " ").split()
    while words and words[-1].rstrip(".").casefold() in _GENERATIONS:
        words.pop()
    long_enough = len(words) > 1 and len(words[-1]) >= _SHORTEST_SURNAME
    return words[-1].strip(".’'\"”)") if long_enough else ""


def _any_of(words: set[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=lambda w: (-len(w), w)))


def _merged(spans: list[Span]) -> list[Span]:
    merged: list[Span] = []
    for span in sorted(spans):
        if merged and span.start <= merged[-1].end:
            merged[-1] = Span(merged[-1].start, max(merged[-1].end, span.end))
        else:
            merged.append(span)
    return merged
