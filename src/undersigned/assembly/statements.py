"""Which claims report one statement: the same speaker and, in the main, the same words."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from undersigned import terms as t
from undersigned.assembly.clusters import Link
from undersigned.evidence.keys import words_of
from undersigned.iris import key_of, slug_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pyoxigraph import NamedNode

    from undersigned.iris import Iris

SHARED_RUNS: Final = 0.6
"""Share of the shorter quotation's runs of three words that the longer one must have: an outlet
cuts or misquotes a word and most runs stay; a slogan in two speeches shares few."""
RUN_WORDS: Final = 3


@dataclass(frozen=True, slots=True)
class StatementProfile:
    """What statements are compared by. `words` are folded, in order."""

    iri: NamedNode
    speaker: NamedNode | None
    is_quotation: bool
    words: tuple[str, ...]


def compare(one: StatementProfile, other: StatementProfile) -> Link | None:
    """The link between two claims that report one statement, or None."""
    if one.speaker is None or one.speaker != other.speaker:
        return None
    if one.is_quotation != other.is_quotation:
        return None
    first, second = sorted((one.iri, other.iri), key=str)
    if one.words == other.words:
        return Link(first, second, 1.0, "the same words")
    if not one.is_quotation:
        return None
    shared = shared_runs(one.words, other.words)
    if shared < SHARED_RUNS:
        return None
    return Link(first, second, round(shared, 3), f"{shared:.0%} of the shorter one's words")


def statement_entity(
    members: Sequence[StatementProfile], iris: Iris, *, alone: bool = True
) -> NamedNode:
    """The IRI of a statement, from its speaker and its fullest wording.

    Where it is not `alone`, since somebody judged that the same words were said twice, the IRI has
    the key of its first claim, too.
    """
    fullest = max(members, key=lambda m: (len(m.words), m.words, m.iri.value))
    apart = "" if alone else f"-{key_of(min(m.iri.value for m in members))}"
    if fullest.speaker is None:
        # Whose words these are is not known, so other sources' same words may be somebody else's.
        place = iris.source_id(fullest.iri) or ""
        key = key_of(place, str(fullest.is_quotation), *fullest.words)
        return iris.entity("statement", f"speaker-unknown/{key}{apart}")
    path = fullest.speaker.value.removeprefix(iris.base)
    slug = slug_of(path.split("/", 1)[1])
    return iris.entity(
        "statement", f"{slug}/{key_of(path, str(fullest.is_quotation), *fullest.words)}{apart}"
    )


def folded_words(text: str) -> tuple[str, ...]:
    """The words of a claim as `StatementProfile.words` has them."""
    return tuple(words_of(text)) or (key_of(text),)


def shared_runs(one: tuple[str, ...], other: tuple[str, ...]) -> float:
    """How much of the shorter wording the other has: 1.0 where it has every run of three words."""
    a, b = _runs(one), _runs(other)
    return len(a & b) / min(len(a), len(b))


@lru_cache(maxsize=4096)
def _runs(words: tuple[str, ...]) -> frozenset[tuple[str, ...]]:
    # One wording is compared with many.
    starts = range(max(1, len(words) - RUN_WORDS + 1))
    return frozenset(words[at : at + RUN_WORDS] for at in starts)


STATEMENT_CLASSES: Final = (
    (t.QUOTATION_CLAIM, t.QUOTATION),
    (t.REPORTED_SPEECH_CLAIM, t.REPORTED_SPEECH),
)
