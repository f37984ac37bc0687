"""Constructions that give a person a role, each as a function from a name to titles."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from undersigned.claims import EntityKind, RoleTime
from undersigned.reading.role_phrases import (
    Title,
    ends_title,
    read_office,
    read_titles,
    role_of_verb,
    title_start,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Doc, Span, Token

    from undersigned.claims import LocalKey
    from undersigned.reading.cast import Cast

_SITES = frozenset({"of", "at", "for", "in", "with"})
_PAUSES = frozenset({",", "(", "—", "–"})
_MARKS = frozenset({",", ".", ")", "(", ";", ":", "—", "–", "?", "!", "”", "“", '"'})
_ARTICLES = frozenset({"the", "a", "an", "his", "her", "their", "its", "now"})
_LONGEST_PHRASE = 14
_EFFORTS = frozenset({"drafting", "writing", "effort", "campaign", "drive", "push"})
"""What one may lead without leading the organization named after it."""


@dataclass(frozen=True, slots=True)
class Given:
    """A title that a construction gives, with the construction's name and certainty."""

    title: Title
    rule: str
    confidence: float


def titles_before(cast: Cast, name: Span) -> list[Title]:
    """Titles right before a name: "OpenAI CEO X", "former Treasury secretaries X and Y"."""
    last = _neighbour(cast, name.start - 1, name[0])
    if last is None or cast.at(last) is not None:
        return []
    if not ends_title(last):
        return read_office(last, cast)
    return read_titles(name.doc[title_start(last, cast) : last.i + 1], cast)


def phrase_after(cast: Cast, name: Span) -> Iterator[Given]:
    """A title phrase after a comma or in brackets: "X, the chief executive of Y,".

    Not for a name that its own title and a comma already precede: what follows that name
    belongs to the next one ("the mayor, X, the dean, Y, and …").
    """
    limit = name[-1].sent.end
    pause = _after_party(name, limit)
    titled = next(phrase_before_comma(cast, name), None) is not None
    if pause + 1 < limit and name.doc[pause].text in _PAUSES and not titled:
        for title in _read_phrase(cast, name.doc[pause + 1 : limit]):
            yield Given(title, "title-after-name", 0.9 if title.organization else 0.85)


def phrase_before_comma(cast: Cast, name: Span) -> Iterator[Given]:
    """A title with an article or owner, then a comma: "The company's chief executive, X, said"."""
    comma = _neighbour(cast, name.start - 1, name[0])
    if comma is None or comma.text != "," or comma.i == 0:
        return
    after = _neighbour(cast, name.end, name[0])
    last = comma.nbor(-1)
    if not ends_title(last) or (after is not None and after.text not in _MARKS):
        return
    start = title_start(last, cast)
    before = _neighbour(cast, start - 1, name[0])
    owned = any(token.tag_ == "POS" for token in name.doc[start : last.i])
    if owned or (before is not None and before.lower_ in {"the", "its", "their", "his", "her"}):
        for title in read_titles(name.doc[start : last.i + 1], cast):
            if not title.plural:
                yield Given(title, "title-comma-name", 0.8)


def verb_after(cast: Cast, name: Span) -> Iterator[Given]:
    """A verb that amounts to a role, with its organization: "X, who heads Y"."""
    verb = _relative_verb(name)
    role = role_of_verb(verb.lower_) if verb is not None else None
    if verb is None or role is None:
        return
    for index in range(verb.i + 1, min(verb.sent.end, verb.i + 8)):
        key = cast.at(verb.doc[index])
        if verb.doc[index].lower_ in _EFFORTS:
            return
        if key is not None and cast.kind_of(key) is EntityKind.ORGANIZATION:
            held = verb.tag_ == "VBZ" or role.endswith("founder")
            time = RoleTime.CURRENT if held else RoleTime.FORMER
            words = verb.doc[verb.i : verb.i + 1]
            yield Given(Title(words, role, key, time, False), "who-heads", 0.85)
            return


def copula(cast: Cast, name: Span) -> Iterator[Given]:
    """A title as the predicate of the name: "X is the director of Y", "X was a senator"."""
    head = name.root.head
    if name.root.dep_ != "nsubj" or head.i <= name.root.i or not ends_title(head):
        return
    verb = next((child for child in head.children if child.dep_ == "cop"), None)
    if verb is None or any(child.dep_ in {"aux", "mark", "advmod"} for child in head.children):
        return
    for title in _read_phrase(cast, name.doc[verb.i + 1 : head.sent.end]):
        past = verb.lower_ == "was" and title.time is RoleTime.CURRENT
        time = RoleTime.FORMER if past else title.time
        held = Title(title.words, title.reads, title.organization, time, title.plural)
        yield Given(held, "name-is-title", 0.75)


def _neighbour(cast: Cast, index: int, token: Token) -> Token | None:
    """The token at a place, if it stands in the same block."""
    block = cast.text.block_of(token)
    return token.doc[index] if block.start <= index < block.end else None


def _after_party(name: Span, limit: int) -> int:
    """The token after a name and the brackets of a legislator's party and state ("(D-Ohio)")."""
    doc, index = name.doc, name.end
    if index + 1 < limit and doc[index].text == "(" and not ends_title(doc[index + 1]):
        for close in range(index, min(limit - 1, index + 10)):
            if doc[close].text == ")" and doc[close + 1].text == ",":
                return close + 1
    return index


def _relative_verb(name: Span) -> Token | None:
    doc, index, limit = name.doc, name.end, name[-1].sent.end
    if index < limit and doc[index].text == ",":
        index += 1
    if index + 1 < limit and doc[index].lower_ == "who":
        return doc[index + 1]
    return None


def _read_phrase(cast: Cast, rest: Span) -> list[Title]:
    """The titles that a stretch begins with; none if it does not close after them."""
    doc, start, limit = rest.doc, rest.start, rest.end
    while start < limit and doc[start].lower_ in _ARTICLES:
        start += 1
    last = _last_title(cast, doc, start, limit)
    if last is None or doc[rest.start].pos_ == "CCONJ":
        return []
    site, end = _site(cast, doc, last + 1, limit)
    if end < limit and not _closes(doc[end]):
        return []
    return read_titles(doc[start : last + 1], cast, site=site)


def _last_title(cast: Cast, doc: Doc, start: int, limit: int) -> int | None:
    """The last title word of the noun phrase that begins at a place."""
    last = None
    for index in range(start, min(limit, start + _LONGEST_PHRASE)):
        token = doc[index]
        key = cast.at(token)
        if key is not None:
            if cast.kind_of(key) is EntityKind.PERSON:
                return None
        elif ends_title(token):
            last = index
        elif token.text in _MARKS - {"–"} or token.pos_ in {"VERB", "AUX", "ADP", "PRON", "SCONJ"}:
            break
    return last


def _site(cast: Cast, doc: Doc, index: int, limit: int) -> tuple[LocalKey | None, int]:
    """The organization after "of" or "at", and the token after the phrase that holds it."""
    if index >= limit or doc[index].lower_ not in _SITES:
        return None, index
    key = None
    end = index + 1
    while end < limit and end - index < _LONGEST_PHRASE:
        found = cast.at(doc[end])
        if key is not None and found != key:
            break
        if found is not None and cast.kind_of(found) is EntityKind.ORGANIZATION:
            key = found
        elif doc[end].text in _MARKS or doc[end].pos_ in {"VERB", "AUX"}:
            break
        end += 1
    return key, end


def _closes(token: Token) -> bool:
    """Whether a token may stand after a title phrase: a mark, a verb, "and", "who"."""
    return token.text in _MARKS or token.pos_ in {
        "VERB",
        "AUX",
        "ADP",
        "SCONJ",
        "CCONJ",
        "ADV",
        "PRON",
        "PART",
    }
