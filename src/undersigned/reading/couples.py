"""Couples: people named side by side, whom "the two" or "the colleagues" then take up."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from undersigned.claims import EntityKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spacy.tokens import Span

    from undersigned.claims import LocalKey
    from undersigned.reading.cast import Cast
    from undersigned.reading.salience import Spoken

_AND = frozenset({"and", "&"})
_ENDS = frozenset({";", ":", "!", "?", "."})
_SIDE_BY_SIDE = 20
"""Tokens between two names of a list, with their roles: "Ann Roe, head of the union, and Bo"."""


def find_couples(cast: Cast, spoken: Sequence[Spoken]) -> list[tuple[int, tuple[LocalKey, ...]]]:
    """Where two people or more are named side by side, each with the token after them.

    `spoken` are mentions by name in text order; so are the results.
    """
    people = [place for place in spoken if cast.kind_of(place.key) is EntityKind.PERSON]
    found: list[tuple[int, tuple[LocalKey, ...]]] = []
    run: list[LocalKey] = []
    for before, after in pairwise(people):
        if not run:
            run = [before.key]
        between = cast.text.doc[before.end : after.start]
        if after.key in run or not _joins_names(between):
            run = []
            continue
        run.append(after.key)
        if any(token.lower_ in _AND for token in between):
            found.append((after.end, tuple(run)))
            run = []
    return found


def _joins_names(between: Span) -> bool:
    """Whether words put two names side by side: Ann Roe*, a poet, and Mr.* Diaz."""
    if not 0 < len(between) <= _SIDE_BY_SIDE or between[0].text not in {",", "(", *_AND}:
        return False
    return all(t.pos_ not in {"VERB", "AUX"} and t.text not in _ENDS for t in between)
