"""Evidence graphs read back: the nodes of one source, as assembly works on them."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode

from undersigned import terms as t
from undersigned.store.base import select

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from undersigned.store.base import GraphReader


@dataclass(frozen=True, slots=True)
class Node:
    """A subject of an evidence graph with its values, each predicate's sorted."""

    iri: NamedNode
    values: Mapping[NamedNode, tuple[NamedNode | Literal, ...]]

    def all(self, predicate: NamedNode) -> tuple[NamedNode | Literal, ...]:
        """Every value of a predicate."""
        return self.values.get(predicate, ())

    def links(self, predicate: NamedNode) -> tuple[NamedNode, ...]:
        """The values that are IRIs."""
        return tuple(v for v in self.all(predicate) if isinstance(v, NamedNode))

    def link(self, predicate: NamedNode) -> NamedNode | None:
        """The first value that is an IRI."""
        return next(iter(self.links(predicate)), None)

    def texts(self, predicate: NamedNode) -> tuple[str, ...]:
        """The values that are literals, as their text."""
        return tuple(v.value for v in self.all(predicate) if isinstance(v, Literal))

    def text(self, predicate: NamedNode) -> str | None:
        """The first literal's text."""
        return next(iter(self.texts(predicate)), None)

    def is_a(self, class_iri: NamedNode) -> bool:
        """Whether the node states this class."""
        return class_iri in self.all(t.RDF_TYPE)


KEYS_AT_ONCE = 500
"""Blocking keys in one question to the store."""

AGENT_CLASSES = {
    t.LOCAL_PERSON: ("person", t.PERSON),
    t.LOCAL_ORGANIZATION: ("organization", t.ORGANIZATION),
    t.LOCAL_GROUP: ("group", t.GROUP),
    t.LOCAL_HANDLE: ("handle", t.HANDLE),
    t.LOCAL_UNNAMED_SPEAKER: ("unnamed", t.UNNAMED_SPEAKER),
}
"""Class of a local agent → the first part of its entity's IRI, and its entity's class."""

WHOLE_NAMES = tuple(f"{kind}:" for kind, _ in AGENT_CLASSES.values())
"""What the blocking keys that hold whole names begin with."""


@dataclass(frozen=True, slots=True)
class SourceRecord:
    """One source's graph: its own node, local agents, local letters and claims by IRI."""

    source: Node
    agents: dict[NamedNode, Node] = field(default_factory=dict)
    letters: dict[NamedNode, Node] = field(default_factory=dict)
    claims: dict[NamedNode, Node] = field(default_factory=dict)


def source_of(inner: NamedNode) -> NamedNode:
    """The source that a claim, local entity or slice belongs to."""
    return NamedNode(inner.value.split("#", 1)[0])


def read_source(reader: GraphReader, source: NamedNode) -> SourceRecord | None:
    """The record of a source, or None if it is not loaded."""
    return EvidenceView(reader).record(source)


class EvidenceView:
    """The evidence graphs of a store, read node by node through the store's indexes, and kept.

    Slices and mentions, most of what an evidence graph holds, are never read. With `whole`, keys
    are looked up in memory: faster where those of every source are needed.
    """

    def __init__(self, reader: GraphReader, *, whole: bool = False) -> None:
        self._reader = reader
        self._nodes: dict[NamedNode, Node | None] = {}
        self._by_key: dict[str, set[NamedNode]] = {}
        self._whole = whole
        self._whole_names: dict[NamedNode, str] = {}
        if whole:
            self._by_key = defaultdict(set)
            for graph in self.sources():
                for triple in reader.triples(graph, None, t.BLOCKING_KEY):
                    if isinstance(triple.subject, NamedNode) and isinstance(triple.object, Literal):
                        self._by_key[triple.object.value].add(triple.subject)

    def sources(self) -> list[NamedNode]:
        """The sources that are loaded, sorted."""
        source_id = self._reader.iris.source_id
        return sorted((g for g in self._reader.graphs() if source_id(g) is not None), key=str)

    def node(self, iri: NamedNode) -> Node | None:
        """A source, claim, local agent or local letter; None if no source has it now."""
        if iri not in self._nodes:
            values: dict[NamedNode, list[NamedNode | Literal]] = defaultdict(list)
            for triple in self._reader.triples(source_of(iri), iri):
                if isinstance(triple.object, NamedNode | Literal):
                    values[triple.predicate].append(triple.object)
            ordered = {p: tuple(sorted(found, key=str)) for p, found in values.items()}
            self._nodes[iri] = Node(iri, ordered) if ordered else None
        return self._nodes[iri]

    def record(self, source: NamedNode) -> SourceRecord | None:
        """All nodes of a source, or None if it is not loaded."""
        node = self.node(source)
        if node is None:
            return None
        record = SourceRecord(node)
        for inner in self._subjects(source, t.FROM_SOURCE, source):
            if inner.is_a(t.LOCAL_LETTER):
                record.letters[inner.iri] = inner
            elif any(inner.is_a(class_iri) for class_iri in AGENT_CLASSES):
                record.agents[inner.iri] = inner
            else:
                record.claims[inner.iri] = inner
        return record

    def published(self, inner: NamedNode) -> str:
        """The date of the source that something belongs to, or ""."""
        source = self.node(source_of(inner))
        return (source.text(t.PUBLISHED) if source else None) or ""

    def claims_about(
        self, local: NamedNode, *, but: Collection[NamedNode] = frozenset()
    ) -> list[Node]:
        """The claims of a source that speak of one of its local entities, sorted; some left out."""
        return self._subjects(source_of(local), None, local, but)

    def values_in(
        self, source: NamedNode, predicate: NamedNode
    ) -> dict[NamedNode, list[NamedNode | Literal]]:
        """The values that everything in a source has for a predicate; reads nothing else."""
        found: dict[NamedNode, list[NamedNode | Literal]] = defaultdict(list)
        for n in self._reader.triples(source, None, predicate):
            if isinstance(n.subject, NamedNode) and isinstance(n.object, NamedNode | Literal):
                found[n.subject].append(n.object)
        return found

    def claims_within(self, claim: NamedNode) -> list[Node]:
        """The statement claims that are nested in this one, sorted."""
        return self._subjects(source_of(claim), t.WITHIN_CLAIM, claim)

    def words_about(self, letter: NamedNode) -> set[str]:
        """The words of the statements that a local letter speaks or holds; reads nothing else."""
        source = source_of(letter)
        return {
            words.object.value
            for part in (t.LOCAL_SPEAKER, t.LOCAL_LETTER_OF)
            for claim in self._reader.triples(source, None, part, letter)
            if isinstance(claim.subject, NamedNode)
            for words in self._reader.triples(source, claim.subject, t.WORDS)
            if isinstance(words.object, Literal)
        }

    def sharing(self, keys: Iterable[str]) -> set[NamedNode]:
        """The local entities and claims that have one of these blocking keys."""
        keys = list(keys)
        self.prefetch(keys)
        return set().union(*(self._by_key.get(key, ()) for key in keys))

    def prefetch(self, keys: Iterable[str]) -> None:
        """Looks many blocking keys up at once, for `sharing` to find."""
        # Not a difference of sets: that would walk through all keys looked up so far, each time.
        asked_for = set() if self._whole else {key for key in keys if key not in self._by_key}
        missing = sorted(asked_for)
        for at in range(0, len(missing), KEYS_AT_ONCE):
            asked = missing[at : at + KEYS_AT_ONCE]
            self._by_key.update((key, set()) for key in asked)
            values = " ".join(str(Literal(key)) for key in asked)
            rows = select(
                self._reader,
                f"SELECT ?key ?thing {{ VALUES ?key {{ {values} }} "
                f"GRAPH ?source {{ ?thing {t.BLOCKING_KEY} ?key }} }}",
            )
            for row in rows:
                key, thing = row["key"], row["thing"]
                if isinstance(key, Literal) and isinstance(thing, NamedNode):
                    self._by_key[key.value].add(thing)

    def all_keys(self) -> set[str]:
        """Every blocking key there is, of a view of the whole; of another, those looked up."""
        return set(self._by_key)

    def things_by_key(self) -> Mapping[str, set[NamedNode]]:
        """The local entities and claims by blocking key, of a view of the whole."""
        return self._by_key

    def names(self) -> dict[NamedNode, str]:
        """The name of every local entity that has one; reads nothing else."""
        return {
            n.subject: n.object.value
            for source in self.sources()
            for n in self._reader.triples(source, None, t.NAME)
            if isinstance(n.subject, NamedNode) and isinstance(n.object, Literal)
        }

    def local_letters(self) -> list[NamedNode]:
        """The local letters of all sources, sorted; reads nothing else."""
        found = (
            n.subject
            for source in self.sources()
            for n in self._reader.triples(source, None, t.RDF_TYPE, t.LOCAL_LETTER)
        )
        return sorted((iri for iri in found if isinstance(iri, NamedNode)), key=str)

    def whole_name_keys(self, source: NamedNode) -> Mapping[NamedNode, str]:
        """The blocking key that holds the whole name, for the local agents of a source.

        Of a view of the whole for those of every source.
        """
        if not self._whole:
            listed = self.values_in(source, t.BLOCKING_KEY).items()
            pairs = ((k.value, thing) for thing, keys in listed for k in keys)
            return {thing: key for key, thing in pairs if key.startswith(WHOLE_NAMES)}
        if not self._whole_names:
            named = ((k, n) for k, n in self._by_key.items() if k.startswith(WHOLE_NAMES))
            self._whole_names = {thing: key for key, things in named for thing in things}
        return self._whole_names

    def keys_in(self, source: NamedNode) -> set[str]:
        """All blocking keys of a source; reads nothing else."""
        found = self._reader.triples(source, None, t.BLOCKING_KEY)
        return {n.object.value for n in found if isinstance(n.object, Literal)}

    def _subjects(
        self,
        graph: NamedNode,
        predicate: NamedNode | None,
        value: NamedNode,
        but: Collection[NamedNode] = frozenset(),
    ) -> list[Node]:
        matching = self._reader.triples(graph, None, predicate, value)
        found = {n.subject for n in matching if isinstance(n.subject, NamedNode)} - set(but)
        nodes = (self.node(iri) for iri in sorted(found, key=str))
        return [node for node in nodes if node is not None]
