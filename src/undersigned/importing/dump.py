"""Reads a dump and takes it into a store.

Taken are the sources' graphs and the judgements. The knowledge graph is assembled from them and
not copied, so that a fact never stands without its words; a dump of the same version gives the
same bytes again.
"""

from __future__ import annotations

import gzip
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO, Final, cast

from pyoxigraph import DefaultGraph, NamedNode, Quad, RdfFormat, Triple, parse

from undersigned import terms as t
from undersigned.assembly.assemble import assemble_from_scratch
from undersigned.checking.dataset_check import check_dataset
from undersigned.checking.report import Severity
from undersigned.correcting.revising import Revision, revise
from undersigned.correcting.withholding import withholding_of
from undersigned.errors import ImportRefused
from undersigned.iris import Iris
from undersigned.store.embedded import memory_store
from undersigned.store.ontology import ontology_triples

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from undersigned.project import Project
    from undersigned.store.base import GraphReader, GraphWriter

FORMATS: Final = {".nq": RdfFormat.N_QUADS, ".trig": RdfFormat.TRIG, ".jsonld": RdfFormat.JSON_LD}
SHOWN_FINDINGS: Final = 5
_KNOWLEDGE: Final = "graph/knowledge"


@dataclass(frozen=True, slots=True)
class Dump:
    """What a file holds: triples by named graph, below one base IRI."""

    iris: Iris
    graphs: Mapping[NamedNode, set[Triple]]

    @property
    def sources(self) -> dict[NamedNode, set[Triple]]:
        """The graphs of sources."""
        source_id = self.iris.source_id
        return {g: triples for g, triples in self.graphs.items() if source_id(g) is not None}


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What an import did.

    `differs` counts triples of the knowledge graph that came out otherwise than the file has them,
    None where the store held something else as well.
    """

    sources: int
    judgements: int
    withheld: int
    differs: int | None


def read_dump(path: Path) -> Dump:
    """Reads N-Quads, TriG or JSON-LD by the file's name, compressed with gzip or not.

    Raises:
        ImportRefused: the file can't be read, is none of these, or has no source's graph.
    """
    graphs: dict[NamedNode, set[Triple]] = defaultdict(set)
    for quad in _quads(path):
        if isinstance(quad.graph_name, DefaultGraph):
            raise ImportRefused(
                f"{path}: {quad.subject} {quad.predicate} … stands in no named graph; expected a "
                "dump with a named graph a source: facts are taken with their evidence only"
            )
        if not isinstance(quad.graph_name, NamedNode):
            raise ImportRefused(f"{path}: a graph without a name; expected named graphs alone")
        graphs[quad.graph_name].add(Triple(quad.subject, quad.predicate, quad.object))
    dump = Dump(Iris(_base_of(path, graphs)), dict(graphs))
    iris = dump.iris
    known = {iris.knowledge, iris.judgements, iris.ontology, iris.runs}
    for graph in sorted(set(graphs) - known - set(dump.sources), key=str):
        raise ImportRefused(
            f"{path}: {graph} is no graph of a source below {iris.base}; see docs/data-model.md "
            "for the graphs that there are"
        )
    return dump


def check_dump(dump: Dump, project: Project, path: Path) -> None:
    """Holds a dump to the shapes and violation queries that loading keeps.

    Raises:
        ImportRefused: it breaks one; the first few are in the message.
    """
    arrived = memory_store(
        (
            Quad(x.subject, x.predicate, x.object, graph)
            for graph, triples in dump.sources.items()
            for x in triples
        ),
        iris=dump.iris,
    )
    arrived.replace_graphs({dump.iris.ontology: ontology_triples(project, dump.iris)})
    assemble_from_scratch(arrived)
    report = check_dataset(arrived, project)
    broken = [f for f in report.findings if f.severity is Severity.ERROR]
    if broken:
        shown = "\n".join(f"  {f.where}: {f.what}" for f in broken[:SHOWN_FINDINGS])
        raise ImportRefused(
            f"{path}: {len(broken):,} things in it are not as loading would write them; nothing "
            f"was taken:\n{shown}"
        )


def take_dump(writer: GraphWriter, dump: Dump, project: Project) -> ImportReport:
    """Takes the sources and judgements of a dump into a store; nothing is published yet.

    A source that the store has is replaced. What the store keeps out stays out.

    Raises:
        ImportRefused: the dump lies below another base IRI than the store.
    """
    if dump.iris.base != writer.iris.base:
        raise ImportRefused(
            f"the dump lies below {dump.iris.base}, the store below {writer.iris.base}; import "
            "into a new store, which takes the dump's"
        )
    was_empty = not any(writer.iris.source_id(graph) for graph in writer.graphs())
    withholding = withholding_of(writer)
    kept = [withholding.apply(graph, set(triples)) for graph, triples in dump.sources.items()]
    before = set(writer.triples(writer.iris.judgements))
    judgements = before | dump.graphs.get(dump.iris.judgements, set())
    revise(
        writer,
        Revision(
            sources={one.source: one.triples for one in kept},
            graphs={
                writer.iris.judgements: judgements,
                writer.iris.ontology: ontology_triples(project, writer.iris),
            },
            doing="import",
            used=[one.source for one in kept],
        ),
    )
    if judgements != before:
        # Judgements may join what came with them to what was there: all is looked at again.
        assemble_from_scratch(writer)
    return ImportReport(
        sources=len(kept),
        judgements=_judgements_in(judgements) - _judgements_in(before),
        withheld=sum(len(one.gone) for one in kept),
        differs=_difference(writer, dump) if was_empty else None,
    )


def _judgements_in(triples: set[Triple]) -> int:
    return len({x.subject for x in triples if x.predicate == t.RDF_TYPE})


def _difference(reader: GraphReader, dump: Dump) -> int | None:
    told = dump.graphs.get(dump.iris.knowledge)
    if told is None:
        return None
    return len(told ^ set(reader.triples(reader.iris.knowledge)))


def _quads(path: Path) -> Iterator[Quad]:
    suffixes = [suffix.lower() for suffix in path.suffixes]
    packed = suffixes[-1:] == [".gz"]
    kind = FORMATS.get(next(iter(suffixes[-2:-1] if packed else suffixes[-1:]), ""))
    if kind is None:
        expected = ", ".join(f"*{suffix}" for suffix in FORMATS)
        raise ImportRefused(
            f"{path}: its name does not say what it is; expected {expected}, or .gz"
        )
    try:
        with gzip.open(path) if packed else path.open("rb") as opened:
            yield from parse(cast("BinaryIO", opened), format=kind)
    except SyntaxError as error:
        raise ImportRefused(f"{path}: not {kind.name}: {error}; nothing was taken") from error
    except (OSError, EOFError) as error:
        raise ImportRefused(f"{path} can't be read: {error}; nothing was taken") from error


def _base_of(path: Path, graphs: Mapping[NamedNode, set[Triple]]) -> str:
    """The base IRI, from the knowledge graph's name or from a source that is its own graph."""
    for graph in graphs:
        if graph.value.endswith(_KNOWLEDGE):
            return graph.value.removesuffix(_KNOWLEDGE)
    for graph in sorted(graphs, key=str):
        head, found, _ = graph.value.rpartition("/source/")
        if found:
            return f"{head}/"
    raise ImportRefused(
        f"{path}: no graph of a source in it; expected what `undersigned export --format nquads` "
        "or trig writes"
    )
