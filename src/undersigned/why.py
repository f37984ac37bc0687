"""Why the graph says something: the passages of the sources with the words marked.

Works for a claim, for a fact (a signature, a statement, a role), for an entity, and for a source.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from pyoxigraph import Literal, NamedNode

from undersigned import terms
from undersigned.source import Span
from undersigned.store.base import select

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pyoxigraph import BlankNode, Triple

    from undersigned.store.base import GraphReader

GAP: Final = " […] "
"""Stands between words of one claim that are not in one passage."""

_LOCAL: Final = (
    terms.LOCAL_LETTER_OF,
    terms.LOCAL_SIGNATORY,
    terms.LOCAL_ADDRESSEE,
    terms.LOCAL_ORGANIZER,
    terms.LOCAL_ANSWERED,
    terms.LOCAL_HOLDER,
    terms.LOCAL_ORGANIZATION_OF,
    terms.LOCAL_SPEAKER,
    terms.LOCAL_TARGET,
)
"""Claim → local entity."""


@dataclass(frozen=True, slots=True)
class SourceNote:
    """The source of a passage, as far as it is known. `published` is an ISO 8601 date."""

    iri: NamedNode
    title: str = ""
    outlet: str = ""
    published: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class IdentityNote:
    """Why a name in the passage is taken for an entity. `score` is 0.0 to 1.0, None if unknown."""

    name: str
    entity: NamedNode
    basis: str = ""
    score: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """One claim in its words.

    `marks` are the claim's words within `text`: sorted, not overlapping, code points, end
    exclusive. `offset_chars` is where the text starts in its source. `kind` is the claim's class
    in words ("signature"); `certainty` how far the source hedges; `confidence` (0.0 to 1.0) how
    sure the extraction is; `identities` how sure the names are.
    """

    claim: NamedNode
    kind: str
    source: SourceNote
    text: str
    marks: tuple[Span, ...]
    offset_chars: int
    certainty: str
    rule: str
    confidence: float | None
    identities: tuple[IdentityNote, ...]


def why(reader: GraphReader, iri: NamedNode) -> list[Passage]:
    """The passages that carry a claim, fact, entity or source, by date, source and offset.

    A person or organization rests on every claim that speaks of them. Empty if no claim does, or
    if the graph has nothing of this IRI.
    """
    return passages_of(reader, find_claims(reader, iri))


def why_row(reader: GraphReader, evidence: Iterable[NamedNode]) -> list[Passage]:
    """As `why`, for all facts and claims that a row of an answer rests on, each claim once."""
    return passages_of(reader, [claim for iri in evidence for claim in find_claims(reader, iri)])


def passages_of(reader: GraphReader, claims: Iterable[NamedNode]) -> list[Passage]:
    """The passage of each claim, by date of the source, source, offset and claim."""
    sources: dict[NamedNode, SourceNote] = {}
    passages = []
    for claim in sorted(set(claims), key=lambda iri: iri.value):
        for graph in _iris(reader, f"SELECT ?it WHERE {{ GRAPH ?it {{ {claim} us:passage ?p }} }}"):
            if graph not in sources:
                sources[graph] = _source_note(reader, graph)
            passages.append(_passage(reader, claim, sources[graph]))
    return sorted(passages, key=_order)


def find_claims(reader: GraphReader, iri: NamedNode) -> list[NamedNode]:
    """The claims that a thing rests on, sorted; the first of these that gives any.

    It is a claim itself; a fact's or entity's own support, with that of its status steps and
    claimed counts; every claim that speaks of it; every claim of it, if it is a source.
    """
    patterns = (
        f"GRAPH ?source {{ {iri} us:passage ?slice }} BIND({iri} AS ?it)",
        f"""{{ {iri} us:supportedBy ?it }}
            UNION {{ {iri} us:hasStatusEvent/us:supportedBy ?it }}
            UNION {{ {iri} us:hasClaimedCount/us:supportedBy ?it }}""",
        f"""?local us:identifiedAs {iri} .
            VALUES ?part {{ {" ".join(map(str, _LOCAL))} }}
            GRAPH ?source {{ ?it ?part ?local }}""",
        f"GRAPH {iri} {{ ?it us:fromSource {iri} ; us:passage ?slice }}",
    )
    for pattern in patterns:
        if found := _iris(reader, f"SELECT DISTINCT ?it WHERE {{ {pattern} }} ORDER BY ?it"):
            return found
    return []


def _order(passage: Passage) -> tuple[str, str, int, str]:
    source = passage.source
    return source.published, source.iri.value, passage.offset_chars, passage.claim.value


def _passage(reader: GraphReader, claim: NamedNode, source: SourceNote) -> Passage:
    about = list(reader.triples(source.iri, claim))
    shown = _slices(reader, source.iri, about, (terms.PASSAGE,))
    marked = _slices(
        reader,
        source.iri,
        about,
        (terms.EVIDENCE, terms.CONTENT, terms.SPEAKER_WORDS, terms.CUE_WORDS),
    )
    text, marks, offset = _joined(shown, marked)
    confidence = _value(about, terms.CONFIDENCE)
    return Passage(
        claim=claim,
        kind=_kind(about),
        source=source,
        text=text,
        marks=marks,
        offset_chars=offset,
        certainty=_value(about, terms.CERTAINTY).removeprefix(f"{terms.US}certainty-"),
        rule=_value(about, terms.RULE),
        confidence=float(confidence) if confidence else None,
        identities=_identities(reader, source.iri, about),
    )


def _joined(
    shown: list[tuple[int, str]], marked: list[tuple[int, str]]
) -> tuple[str, tuple[Span, ...], int]:
    """Text, marks and offset from slices: the passages, and words outside of them after a gap."""
    pieces: list[tuple[int, str]] = []
    for start, words in sorted({*shown, *marked}, key=lambda piece: (piece[0], -len(piece[1]))):
        if not pieces or start + len(words) > pieces[-1][0] + len(pieces[-1][1]):
            pieces.append((start, words))
    text, marks = "", list[Span]()
    for start, words in pieces:
        base = len(text) + len(GAP) if text else 0
        text = f"{text}{GAP}{words}" if text else words
        inside = [
            Span(base + place - start, base + place - start + len(exact))
            for place, exact in marked
            if start <= place and place + len(exact) <= start + len(words)
        ]
        marks += _merged(inside)
    return text, tuple(marks), pieces[0][0] if pieces else 0


def _merged(spans: list[Span]) -> list[Span]:
    merged: list[Span] = []
    for span in sorted(spans):
        if merged and span.start <= merged[-1].end:
            merged[-1] = Span(merged[-1].start, max(merged[-1].end, span.end))
        else:
            merged.append(span)
    return merged


def _slices(
    reader: GraphReader, graph: NamedNode, about: list[Triple], parts: tuple[NamedNode, ...]
) -> list[tuple[int, str]]:
    found = []
    for triple in about:
        if triple.predicate in parts and isinstance(triple.object, NamedNode):
            piece = list(reader.triples(graph, triple.object))
            found.append((int(_value(piece, terms.OA_START)), _value(piece, terms.OA_EXACT)))
    return found


def _identities(
    reader: GraphReader, graph: NamedNode, about: list[Triple]
) -> tuple[IdentityNote, ...]:
    locals_ = {triple.object for triple in about if triple.predicate in _LOCAL}
    notes = []
    for local in locals_:
        if not isinstance(local, NamedNode):
            continue
        name = _value(reader.triples(graph, local, terms.NAME), terms.NAME)
        known = list(reader.triples(reader.iris.knowledge, local))
        score = _value(known, terms.IDENTITY_SCORE)
        notes += [
            IdentityNote(
                name=name or entity.value,
                entity=entity,
                basis=_value(known, terms.IDENTITY_BASIS),
                score=float(score) if score else None,
            )
            for entity in (t.object for t in known if t.predicate == terms.IDENTIFIED_AS)
            if isinstance(entity, NamedNode)
        ]
    return tuple(sorted(notes, key=lambda note: (note.name, note.entity.value)))


def _source_note(reader: GraphReader, source: NamedNode) -> SourceNote:
    about = list(reader.triples(source, source))
    return SourceNote(
        iri=source,
        title=_value(about, terms.RDFS_LABEL),
        outlet=_value(about, terms.OUTLET),
        published=_value(about, terms.PUBLISHED),
        url=_value(about, terms.URL),
    )


def _kind(about: list[Triple]) -> str:
    """The class of a claim in words: `us:LetterDateClaim` gives "letter date"."""
    name = _value(about, terms.RDF_TYPE).removeprefix(terms.US).removesuffix("Claim")
    return "".join(f" {char.lower()}" if char.isupper() else char for char in name).strip()


def _value(triples: Iterable[Triple], predicate: NamedNode) -> str:
    """The least value of a property, "" without one; the most special class of a claim."""
    values = sorted(_plain(triple.object) for triple in triples if triple.predicate == predicate)
    if predicate == terms.RDF_TYPE:
        values = [value for value in values if value != terms.CLAIM.value]
    return values[0] if values else ""


def _plain(term: NamedNode | Literal | BlankNode | Triple) -> str:
    return term.value if isinstance(term, NamedNode | Literal) else str(term)


def _iris(reader: GraphReader, sparql: str) -> list[NamedNode]:
    answer = select(reader, f"PREFIX us: <{terms.US}>\n{sparql}")
    return [row["it"] for row in answer if isinstance(row["it"], NamedNode)]
