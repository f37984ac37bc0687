"""A claim in a few words for people: its kind, what it says, and the passage that carries it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from undersigned import terms as t

if TYPE_CHECKING:
    from pyoxigraph import NamedNode

    from undersigned.correcting.evidence_graph import EvidenceGraph

_NAMED_FIRST: Final = (t.LOCAL_SIGNATORY, t.LOCAL_SPEAKER, t.LOCAL_HOLDER)
"""Whoever does it comes first."""
_NAMED_LAST: Final = (
    (t.LOCAL_ORGANIZATION_OF, "at"),
    (t.LOCAL_ADDRESSEE, "to"),
    (t.LOCAL_ORGANIZER, "by"),
    (t.LOCAL_ANSWERED, "in answer to"),
    (t.LOCAL_TARGET, "on"),
)
_SAID: Final = (
    t.WORDS, t.ROLE_TITLE, t.NAME, t.DESCRIPTION, t.PRINTED, t.LETTER_DATE, t.ABOUT, t.DEMAND,
)  # fmt: skip
_CONCEPTS: Final = (t.STATUS, t.ROLE_TIME, t.STANCE, t.CERTAINTY)
_PLAIN: Final = {"stated", "current", "neutral"}
"""Values that go without saying."""


@dataclass(frozen=True, slots=True, order=True)
class ClaimInWords:
    """A claim for people. `kind`: "signature"; `text`: "Ann Hale: open letter (listed)"."""

    kind: str
    text: str
    passage: str
    iri: str


def claim_in_words(graph: EvidenceGraph, claim: NamedNode) -> ClaimInWords:
    """The words for a claim of one source's evidence."""
    passages = sorted(graph.place(piece) for piece in graph.links(claim, t.PASSAGE))
    return ClaimInWords(
        kind=_kind(graph, claim),
        text=_text(graph, claim),
        passage=" […] ".join(words for _, words in passages),
        iri=claim.value,
    )


def _kind(graph: EvidenceGraph, claim: NamedNode) -> str:
    """The most general class of a claim below us:Claim, in words: "letter date"."""
    names = sorted(
        link.value.removeprefix(t.US).removesuffix("Claim")
        for link in graph.links(claim, t.RDF_TYPE)
        if link != t.CLAIM
    )
    name = "Statement" if graph.is_a(claim, t.STATEMENT_CLAIM) else next(iter(names), "claim")
    return "".join(f" {char.lower()}" if char.isupper() else char for char in name).strip()


def _text(graph: EvidenceGraph, claim: NamedNode) -> str:
    def names(predicate: NamedNode) -> list[str]:
        return [
            graph.text(link, t.NAME) or link.value.rsplit("#", 1)[-1]
            for link in graph.links(claim, predicate)
        ]

    first = [name for predicate in _NAMED_FIRST for name in names(predicate)]
    said = [text for predicate in _SAID for text in graph.texts(claim, predicate)]
    letters = [] if graph.is_a(claim, t.LETTER_CLAIM) else names(t.LOCAL_LETTER_OF)
    said = said or (letters if first else [])
    capacities = [f"as {text}" for text in graph.texts(claim, t.CAPACITY)]
    last = [f"{word} {name}" for predicate, word in _NAMED_LAST for name in names(predicate)]
    values = [
        value
        for predicate in _CONCEPTS
        for link in graph.links(claim, predicate)
        if (value := link.value.rsplit("-", 1)[-1]) not in _PLAIN
    ]
    text = ": ".join(", ".join(part) for part in (first or letters, said) if part)
    text = " ".join([text, *capacities, *last]).strip()
    return f"{text} ({', '.join(dict.fromkeys(values))})" if values else text
