"""Sources taken out of a store, with what rested on them alone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from pyoxigraph import Literal, NamedNode

from undersigned import terms as t
from undersigned.assembly.knowledge import Knowledge
from undersigned.correcting.revising import Revision, revise
from undersigned.correcting.versions import version_records
from undersigned.evidence.records import source_of
from undersigned.iris import slug_of
from undersigned.questions.lookup import EntityType, get_entity

if TYPE_CHECKING:
    from collections.abc import Iterable

    from undersigned.store.base import GraphReader, GraphWriter

KINDS: Final = (
    "letter", "signature", "statement", "person", "organization", "group", "unnamed", "role",
    "count",
)  # fmt: skip
"""Kinds of facts in the order in which they are told; a kind is the first part of an IRI's path."""


@dataclass(frozen=True, slots=True, order=True)
class Fact:
    """A thing of the knowledge graph by what people call it; `kind` is as in its IRI."""

    kind: str
    label: str
    iri: str


@dataclass(frozen=True, slots=True)
class RemovalReport:
    """What went with the sources, sorted; how many facts stay, since other sources carry them."""

    sources: tuple[NamedNode, ...]
    gone: tuple[Fact, ...]
    kept: int


def get_source(reader: GraphReader, text: str) -> NamedNode:
    """The source that a text names: its id, IRI or web address, or words of title, outlet or date.

    Raises:
        EntityNotFound: no source is known so; the message has near ones.
        EntityAmbiguous: several are; the message lists them.
    """
    typed = text.strip().removeprefix("<").removesuffix(">")
    try:
        ids = [NamedNode(typed), reader.iris.source(typed), reader.iris.source(slug_of(typed))]
    except ValueError:  # not what an IRI can be made of
        ids = [reader.iris.source(slug_of(typed))]
    for source in ids:
        if reader.iris.source_id(source) and any(reader.triples(source, source)):
            return source
    for n in reader.triples(reader.iris.knowledge, None, t.URL, Literal(typed)):
        if isinstance(n.subject, NamedNode):
            return n.subject
    return get_entity(reader, text, EntityType.SOURCE).iri


def remove_sources(writer: GraphWriter, sources: Iterable[NamedNode]) -> RemovalReport:
    """Takes sources out; nothing is published yet.

    What other sources carry stays. Records of earlier versions of the sources go with them.
    """
    gone_sources = sorted(set(sources), key=str)
    carried = _facts_of(writer, gone_sources)
    runs = set(writer.triples(writer.iris.runs))
    for source in gone_sources:
        runs -= version_records(writer, source)
    witnesses = {fact: _witnesses(writer, fact, gone_sources) for fact in carried}
    revise(
        writer,
        Revision(
            sources={source: set() for source in gone_sources},
            graphs={writer.iris.runs: runs},
            doing="remove",
            used=gone_sources,
        ),
    )
    gone = [fact for fact in carried if not _stands(writer, fact, witnesses[fact])]
    return RemovalReport(tuple(gone_sources), tuple(gone), len(carried) - len(gone))


def _facts_of(reader: GraphReader, sources: Iterable[NamedNode]) -> list[Fact]:
    """Every fact and entity that one of these sources carries, steps of a status aside."""
    knowledge = reader.iris.knowledge
    said = {
        n.subject
        for source in sources
        for n in reader.triples(knowledge, None, t.SAID_IN, source)
        if isinstance(n.subject, NamedNode)
    }
    facts = []
    for iri in said:
        labels = [
            n.object.value
            for n in reader.triples(knowledge, iri, t.RDFS_LABEL)
            if isinstance(n.object, Literal)
        ]
        if (kind := _kind_of(reader, iri)) and "/status/" not in iri.value:
            facts.append(Fact(kind, min(labels, default=iri.value), iri.value))
    return sorted(facts, key=lambda fact: (KINDS.index(fact.kind), fact.label, fact.iri))


def _kind_of(reader: GraphReader, iri: NamedNode) -> str:
    kind = iri.value.removeprefix(reader.iris.base).split("/", 1)[0]
    return kind if kind in KINDS else ""


def _witnesses(reader: GraphReader, fact: Fact, gone: list[NamedNode]) -> set[NamedNode]:
    """The claims and local entities of other sources that a fact rests on."""
    knowledge = Knowledge(reader)
    iri = NamedNode(fact.iri)
    found = knowledge.claims_of(iri) | knowledge.locals_of(iri)
    return {witness for witness in found if source_of(witness) not in gone}


def _stands(reader: GraphReader, fact: Fact, witnesses: set[NamedNode]) -> bool:
    """Whether the graph has a fact of this kind that one of the witnesses carries.

    Its IRI may be another: a letter is named after its earliest source, and what belongs to it
    after the letter.
    """
    knowledge = Knowledge(reader)
    carried = {unit for witness in witnesses for unit in knowledge.units_of(witness)}
    entities = (knowledge.entity_of(witness) for witness in witnesses)
    carried |= {entity for entity in entities if entity is not None}
    return any(_kind_of(reader, iri) == fact.kind for iri in carried)
