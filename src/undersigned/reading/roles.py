"""Roles and professions that the article gives to people: "Actor X", "X, the head of Y"."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from undersigned.claims import EntityKind, RoleClaim
from undersigned.reading import role_constructions
from undersigned.reading.evidence import make_evidence
from undersigned.reading.role_constructions import Given

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from spacy.tokens import Span

    from undersigned.claims import LocalKey, RoleTime
    from undersigned.reading.cast import Cast
    from undersigned.reading.text import ReadText

_RoleId = tuple["LocalKey", str, "LocalKey | None", "RoleTime"]


@dataclass(frozen=True, slots=True)
class _Person:
    """A person's name where it stands."""

    key: LocalKey
    words: Span


def find_roles(text: ReadText, cast: Cast) -> list[RoleClaim]:
    """The roles that the article gives to the people of its cast, in text order.

    A role given twice in the same words is one claim, with the first place as its evidence.
    """
    people = _people(text, cast)
    found: dict[_RoleId, RoleClaim] = {}
    for index in range(len(people)):
        for person, given in _roles_at(cast, people[index:]):
            title = given.title
            claim = RoleClaim(
                evidence=make_evidence(
                    text,
                    [title.words, person.words],
                    rule=given.rule,
                    confidence=given.confidence,
                ),
                holder=person.key,
                title=title.reads,
                organization=title.organization,
                time=title.time,
            )
            found.setdefault((claim.holder, claim.title, claim.organization, claim.time), claim)
    return sorted(found.values(), key=lambda claim: claim.evidence.words)


def _people(text: ReadText, cast: Cast) -> list[_Person]:
    people: list[_Person] = []
    for token in text.doc:
        key = cast.at(token)
        if key is None or cast.kind_of(key) is not EntityKind.PERSON:
            continue
        if people and people[-1].key == key and people[-1].words.end == token.i:
            start = people.pop().words.start
            people.append(_Person(key, text.doc[start : token.i + 1]))
        else:
            people.append(_Person(key, text.doc[token.i : token.i + 1]))
    return people


def _roles_at(cast: Cast, people: Sequence[_Person]) -> Iterator[tuple[_Person, Given]]:
    person = people[0]
    titles = role_constructions.titles_before(cast, person.words)
    for title in titles:
        yield person, Given(title, "title-before-name", 0.95)
    if titles and titles[-1].plural:
        for other in _listed(people):
            for title in titles:
                yield other, Given(title, "shared-title-before-names", 0.9)
    for construction in (
        role_constructions.phrase_after,
        role_constructions.phrase_before_comma,
        role_constructions.verb_after,
        role_constructions.copula,
    ):
        for given in construction(cast, person.words):
            yield person, given


def _listed(people: Sequence[_Person]) -> Iterator[_Person]:
    """The names that follow the first in one list: "X, Y and Z"."""
    for before, after in pairwise(people):
        between = before.words.doc[before.words.end : after.words.start]
        if not 0 < len(between) <= 2 or any(t.lower_ not in {",", "and", "&"} for t in between):
            return
        yield after
