"""The knowledge graph as it stands before a change: what rests on what, who is taken for whom."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyoxigraph import NamedNode

from undersigned import terms as t

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pyoxigraph import Triple

    from undersigned.store.base import GraphReader


class Knowledge:
    """Looks things up in the knowledge graph of a store."""

    def __init__(self, reader: GraphReader) -> None:
        self._reader = reader

    def about(self, subject: NamedNode) -> set[Triple]:
        """The triples of a subject."""
        return set(self._reader.triples(self._reader.iris.knowledge, subject))

    def decided_events(self, signature: Iterable[Triple]) -> set[Triple]:
        """The steps that judgements made in a signature's history, from the signature's triples."""
        steps = (n.object for n in signature if n.predicate == t.HAS_STATUS_EVENT)
        about = (self.about(step) for step in steps if isinstance(step, NamedNode))
        return {n for step in about if any(m.predicate == t.DECIDED_BY for m in step) for n in step}

    def entity_of(self, local: NamedNode) -> NamedNode | None:
        """What a local entity is taken for."""
        return next(iter(self._objects(local, t.IDENTIFIED_AS)), None)

    def locals_of(self, entity: NamedNode) -> set[NamedNode]:
        """The local entities that are taken for this one."""
        return self._subjects(t.IDENTIFIED_AS, entity)

    def copied_from(self, source: NamedNode) -> NamedNode | None:
        """The source whose story this one copies."""
        return next(iter(self._objects(source, t.COPY_OF)), None)

    def copies_of(self, source: NamedNode) -> set[NamedNode]:
        """The sources that copy this one's story."""
        return self._subjects(t.COPY_OF, source)

    def units_of(self, claim: NamedNode) -> set[NamedNode]:
        """The units that a claim supports."""
        return self._subjects(t.SUPPORTED_BY, claim)

    def claims_of(self, unit: NamedNode) -> set[NamedNode]:
        """The claims that support a unit."""
        return self._objects(unit, t.SUPPORTED_BY)

    def _subjects(self, predicate: NamedNode, value: NamedNode) -> set[NamedNode]:
        found = self._reader.triples(self._reader.iris.knowledge, None, predicate, value)
        return {n.subject for n in found if isinstance(n.subject, NamedNode)}

    def _objects(self, subject: NamedNode, predicate: NamedNode) -> set[NamedNode]:
        found = self._reader.triples(self._reader.iris.knowledge, subject, predicate)
        return {n.object for n in found if isinstance(n.object, NamedNode)}
