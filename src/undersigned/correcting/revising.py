"""Changes of sources' graphs outside of a load, each brought to its end.

The graphs are written in one transaction, together with the mark that the knowledge graph is
behind; assembly brings it up to date and the mark goes. A process that is killed in between leaves
the mark, and whoever writes next assembles from scratch.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode, Triple

from undersigned import __version__
from undersigned import terms as t
from undersigned.assembly.assemble import assemble, assemble_from_scratch
from undersigned.correcting.versions import moment
from undersigned.evidence.records import read_source
from undersigned.iris import key_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from undersigned.assembly.assemble import AssemblyReport
    from undersigned.iris import Iris
    from undersigned.store.base import GraphWriter


@dataclass(frozen=True, slots=True, kw_only=True)
class Revision:
    """One change of a store.

    `sources` has the triples that each changed source's graph gets, none for one that goes;
    `graphs` the same for the runs and the judgements, where these change with it; `judged` the
    local entities of judgements that went. `doing` names the change in the graph of runs
    ("remove"); `used` are the sources that are named there with it.
    """

    sources: dict[NamedNode, set[Triple]]
    doing: str
    graphs: dict[NamedNode, set[Triple]] = field(default_factory=dict)
    judged: Iterable[NamedNode] = ()
    used: Iterable[NamedNode] = ()


def revise(writer: GraphWriter, revision: Revision) -> AssemblyReport:
    """Writes a change and brings the knowledge graph up to date; nothing is published yet."""
    began = datetime.now(UTC)
    pending = pending_graph(writer.iris)
    behind = any(writer.triples(pending))
    mark = {Triple(writer.iris.knowledge, t.PROV_STARTED, moment(began))}
    before = {source: read_source(writer, source) for source in revision.sources}
    writer.replace_graphs({**revision.sources, **revision.graphs, pending: mark})
    report = assemble_from_scratch(writer) if behind else assemble(writer, before, revision.judged)
    writer.change_graph(writer.iris.runs, (), run_triples(writer.iris, revision, began))
    writer.replace_graphs({pending: ()})
    return report


def run_triples(iris: Iris, revision: Revision, began: datetime) -> set[Triple]:
    """When a change was made, and by which version of the program."""
    key = key_of(began.isoformat(), revision.doing)
    run = iris.entity("run", f"{began:%Y-%m-%d}-{key}")
    return {
        Triple(run, t.RDF_TYPE, t.PROV_ACTIVITY),
        Triple(run, t.RDFS_LABEL, Literal(f"{revision.doing} by undersigned {__version__}")),
        Triple(run, t.PROV_STARTED, moment(began)),
        Triple(run, t.PROV_ENDED, moment(datetime.now(UTC))),
        *(Triple(run, t.PROV_USED, source) for source in revision.used),
    }


def pending_graph(iris: Iris) -> NamedNode:
    """The graph that is there only while the knowledge graph is behind the evidence."""
    return NamedNode(f"{iris.base}graph/pending")
