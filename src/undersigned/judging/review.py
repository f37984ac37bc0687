"""What waits for a person to decide: open pairs and proposed links, with both sides' evidence."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from undersigned import terms as t
from undersigned.assembly.candidates import undecided_pairs
from undersigned.assembly.judgements import Judgements
from undersigned.assembly.knowledge import Knowledge
from undersigned.assembly.link_judgements import LinkJudgements
from undersigned.evidence.records import EvidenceView, source_of
from undersigned.judging.things import KINDS, LETTER, STATEMENT, entity_of, kind_of, thing_of
from undersigned.linking.proposals import LinkProposal, open_proposals
from undersigned.questions.lookup import EntityType, find_entities
from undersigned.why import passages_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pyoxigraph import NamedNode

    from undersigned.assembly.candidates import Candidate
    from undersigned.store.base import GraphReader
    from undersigned.why import Passage

LINK: Final = "link"
REVIEWED_KINDS: Final = (*KINDS, LINK)
"""What can be reviewed: the kinds of things, and proposed links to outside data sets."""
SHOWN_PASSAGES: Final = 3
"""Passages a side: two sides of three fit a screen."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing compared: what, what was found, and its weight in bits; negative speaks against."""

    subject: str
    finding: str
    weight: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One of the two: its IRI, its name, what it is taken for now, and what is known of it.

    `iri` is a local entity's, a statement claim's or an outside entry's; `notes` are roles,
    addressees and letters signed; `passages` are the first that speak of it, of `total`.
    """

    iri: NamedNode
    name: str
    entity: NamedNode | None = None
    notes: tuple[str, ...] = ()
    passages: tuple[Passage, ...] = ()
    total: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenPair:
    """A pair to decide. `score` (0.0 to 1.0) is how likely the two are one; None for a link.

    `amount` is how much evidence that rests on, in bits; `findings` are strongest first.
    """

    kind: str
    one: Side
    other: Side
    score: float | None = None
    amount: float | None = None
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class Waiting:
    """A pair that waits for a decision, before both sides' evidence is looked up."""

    kind: str
    found: Candidate | LinkProposal

    @property
    def pair(self) -> tuple[NamedNode, NamedNode]:
        """The two: local entities, or a local entity and an outside entry."""
        if isinstance(self.found, LinkProposal):
            return self.found.local, self.found.link
        return self.found.one, self.found.other


def waiting_pairs(reader: GraphReader, kind: str | None = None) -> list[Waiting]:
    """What waits for a decision, most useful first, proposed links last.

    Args:
        reader: the store.
        kind: only pairs of this kind, one of `REVIEWED_KINDS`.
    """
    evidence = EvidenceView(reader)
    found: list[Waiting] = []
    if kind != LINK:
        for candidate in undecided_pairs(reader):
            node = evidence.node(candidate.one)
            its_kind = kind_of(node) if node is not None else None
            if its_kind is not None and kind in (None, its_kind):
                found.append(Waiting(its_kind, candidate))
    if kind in (None, LINK):
        found += (Waiting(LINK, proposal) for proposal in open_proposals(reader))
    return found


def pair_of(reader: GraphReader, waiting: Waiting) -> OpenPair:
    """A waiting pair with both sides' evidence."""
    if isinstance(waiting.found, LinkProposal):
        return _proposed(reader, waiting.found)
    return _pair(reader, waiting.found, waiting.kind)


def open_pairs(reader: GraphReader, kind: str | None = None) -> Iterator[OpenPair]:
    """Yields what `waiting_pairs` gives, each with both sides' evidence."""
    for waiting in waiting_pairs(reader, kind):
        yield pair_of(reader, waiting)


def is_open(reader: GraphReader, waiting: Waiting) -> bool:
    """Whether a pair still waits: another answer may have settled it, or a source may be gone."""
    local, beside = waiting.pair
    if waiting.kind == LINK:
        return beside not in LinkJudgements(reader).on([local])
    one, other = entity_of(reader, local), entity_of(reader, beside)
    if one is None or other is None or one == other:
        return False
    judged, others = Judgements(reader), set(thing_of(reader, other).locals)
    return not any(others & judged.about(n).keys() for n in thing_of(reader, one).locals)


def _pair(reader: GraphReader, candidate: Candidate, kind: str) -> OpenPair:
    return OpenPair(
        kind=kind,
        one=_side(reader, candidate.one),
        other=_side(reader, candidate.other),
        score=candidate.score,
        amount=candidate.amount,
        findings=tuple(Finding(c.subject, c.finding, c.weight) for c in candidate.comparisons),
    )


def _side(reader: GraphReader, local: NamedNode) -> Side:
    node = EvidenceView(reader).node(local)
    names = (*node.texts(t.NAME), *node.texts(t.WORDS)) if node is not None else ()
    entity = entity_of(reader, local)
    known = find_entities(reader, entity.value, EntityType.ANY) if entity is not None else []
    # The words about the local entity itself first, then those about all that it is taken for.
    claims = _claims(reader, local, entity)
    chosen = sorted(claims, key=lambda claim: (source_of(claim) != source_of(local), claim.value))
    return Side(
        iri=local,
        name=names[0] if names else local.value,
        entity=entity,
        notes=known[0].notes if known else (),
        passages=tuple(passages_of(reader, chosen[:SHOWN_PASSAGES])),
        total=len(claims),
    )


def _claims(reader: GraphReader, local: NamedNode, entity: NamedNode | None) -> set[NamedNode]:
    """The claims that speak of what a local entity is taken for; of a letter, that describe it."""
    thing = thing_of(reader, entity) if entity is not None else None
    if thing is not None and thing.kind in (LETTER, STATEMENT):
        return Knowledge(reader).claims_of(thing.entity) if thing.entity is not None else set()
    evidence, locals_ = EvidenceView(reader), thing.locals if thing is not None else (local,)
    about = (claim for one in locals_ for claim in evidence.claims_about(one))
    return {claim.iri for claim in about if claim.link(t.PASSAGE) is not None}


def _proposed(reader: GraphReader, proposal: LinkProposal) -> OpenPair:
    return OpenPair(
        kind=LINK,
        one=_side(reader, proposal.local),
        other=Side(
            iri=proposal.link,
            name=proposal.label,
            notes=(proposal.description,) if proposal.description else (),
        ),
        findings=(Finding("look-up", proposal.basis, 0.0),) if proposal.basis else (),
    )
