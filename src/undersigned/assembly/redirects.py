"""Where an IRI leads that no longer names anything; kept with the runs, apart from the facts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyoxigraph import NamedNode, Triple

from undersigned import terms as t

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from undersigned.store.base import GraphWriter


def labelled(triples: Iterable[Triple]) -> set[NamedNode]:
    """The subjects that have a label: what the knowledge graph has, it calls by a name."""
    return {
        n.subject
        for n in triples
        if n.predicate == t.RDFS_LABEL and isinstance(n.subject, NamedNode)
    }


def write_redirects(
    writer: GraphWriter,
    redirects: Mapping[NamedNode, NamedNode],
    *,
    alive: set[NamedNode],
    gone: set[NamedNode],
) -> None:
    """Writes redirects, and takes out those that lead from something alive or to nothing.

    Args:
        writer: the store.
        redirects: old IRI → new IRI.
        alive: what the knowledge graph has again, or still.
        gone: what it no longer has.
    """
    runs = writer.iris.runs
    stale = {n for old in alive for n in writer.triples(runs, old, t.DCTERMS_IS_REPLACED_BY)}
    ends = sorted(gone - redirects.keys(), key=str)
    while ends:
        for n in writer.triples(runs, None, t.DCTERMS_IS_REPLACED_BY, ends.pop()):
            stale.add(n)
            if isinstance(n.subject, NamedNode):
                ends.append(n.subject)
    new = {Triple(old, t.DCTERMS_IS_REPLACED_BY, now) for old, now in redirects.items()}
    writer.change_graph(runs, stale, new)
