"""What a new version of a source says otherwise: claims added, gone and altered.

A claim's IRI is made from what it says, so one that says the same in another place is no change.
A claim that is gone and a new one of the same kind about the same thing are one that was altered:
a signature of the same person under the same letter, a role of the same person, words of the same
speaker that are alike.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING, Final

from rapidfuzz import fuzz

from undersigned import terms as t
from undersigned.correcting.claim_words import ClaimInWords, claim_in_words
from undersigned.correcting.evidence_graph import EvidenceGraph

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pyoxigraph import NamedNode, Triple

ALIKE: Final = 60.0
"""rapidfuzz ratio, 0 to 100: sentences with a word or two exchanged reach it, others do not."""

_ABOUT: Final = {
    t.SIGNATURE_CLAIM: (t.LOCAL_SIGNATORY, t.LOCAL_LETTER_OF),
    t.STATEMENT_CLAIM: (t.LOCAL_SPEAKER,),
    t.ROLE_CLAIM: (t.LOCAL_HOLDER,),
}
"""What a claim is about, by its class; any other is about its letter."""


@dataclass(frozen=True, slots=True)
class Alteration:
    """A claim before and after."""

    before: ClaimInWords
    after: ClaimInWords


@dataclass(frozen=True, slots=True)
class SourceChanges:
    """What one source says otherwise, each part sorted by kind and words.

    `digest_before` and `digest_after` are those of the source's text; where they are equal, it is
    reading that has changed.
    """

    source: NamedNode
    added: tuple[ClaimInWords, ...] = ()
    gone: tuple[ClaimInWords, ...] = ()
    altered: tuple[Alteration, ...] = ()
    digest_before: str = ""
    digest_after: str = ""


def compare_versions(
    source: NamedNode, before: Iterable[Triple], after: Iterable[Triple]
) -> SourceChanges:
    """What a source's evidence says after a change that it did not say before."""
    old, new = EvidenceGraph(source, before), EvidenceGraph(source, after)
    old_claims, new_claims = set(old.claims()), set(new.claims())
    altered = []
    gone, added = old_claims - new_claims, new_claims - old_claims
    for one, other in _pairs(old, gone, new, added):
        altered.append(Alteration(claim_in_words(old, one), claim_in_words(new, other)))
        gone.discard(one)
        added.discard(other)
    for claim in old_claims & new_claims:
        before_words, after_words = claim_in_words(old, claim), claim_in_words(new, claim)
        if before_words != after_words:
            altered.append(Alteration(before_words, after_words))
    return SourceChanges(
        source=source,
        added=tuple(sorted(claim_in_words(new, claim) for claim in added)),
        gone=tuple(sorted(claim_in_words(old, claim) for claim in gone)),
        altered=tuple(sorted(altered, key=lambda a: (a.before, a.after))),
        digest_before=old.text(source, t.DIGEST),
        digest_after=new.text(source, t.DIGEST),
    )


def _pairs(
    old: EvidenceGraph, gone: set[NamedNode], new: EvidenceGraph, added: set[NamedNode]
) -> list[tuple[NamedNode, NamedNode]]:
    """Claims that are gone with those that took their place, the most alike first."""
    by_topic: dict[tuple[str, ...], tuple[set[NamedNode], set[NamedNode]]] = defaultdict(
        lambda: (set(), set())
    )
    for claim in gone:
        by_topic[_topic(old, claim)][0].add(claim)
    for claim in added:
        by_topic[_topic(new, claim)][1].add(claim)
    found = []
    for before, after in by_topic.values():
        single = len(before) == len(after) == 1
        scored = sorted(
            (-fuzz.ratio(claim_in_words(old, x).text, claim_in_words(new, y).text), x.value, x, y)
            for x, y in product(sorted(before, key=str), sorted(after, key=str))
        )
        for score, _, x, y in scored:
            words = old.is_a(x, t.STATEMENT_CLAIM)
            if x in before and y in after and (-score >= ALIKE or (single and not words)):
                found.append((x, y))
                before.discard(x)
                after.discard(y)
    return found


def _topic(graph: EvidenceGraph, claim: NamedNode) -> tuple[str, ...]:
    """The kind of a claim, and the local entities that it is about."""
    kind = next((c for c in _ABOUT if graph.is_a(claim, c)), None)
    parts = _ABOUT[kind] if kind else (t.LOCAL_LETTER_OF,)
    links = (link.value for part in parts for link in graph.links(claim, part))
    return (claim_in_words(graph, claim).kind, *links)
