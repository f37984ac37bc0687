"""One load: sources in, a new revision of the graph out.

Reading spreads over processes; this process alone writes. Each source's graph is replaced in one
transaction, together with a mark that the knowledge graph is behind; assembly at the end brings it
up to date and takes the mark away. A load that was stopped is assembled as far as it came, and
one that was killed leaves its mark, so that the next load assembles from scratch.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from pyoxigraph import Literal, NamedNode, Triple

from undersigned import __version__
from undersigned import terms as t
from undersigned.assembly.assemble import assemble, assemble_from_scratch
from undersigned.correcting.changes import SourceChanges, compare_versions
from undersigned.correcting.forgetting import go_on_forgetting
from undersigned.correcting.revising import pending_graph
from undersigned.correcting.versions import keep_version, moment
from undersigned.correcting.withholding import withholding_of
from undersigned.errors import SourceIdTaken, UndersignedError
from undersigned.evidence.records import read_source
from undersigned.evidence.writing import evidence_triples
from undersigned.iris import key_of
from undersigned.loading.readers import iter_readings
from undersigned.store.ontology import ontology_triples

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from undersigned.claims import Reading
    from undersigned.correcting.withholding import WithheldIn
    from undersigned.evidence.records import SourceRecord
    from undersigned.loading.gather import WorkItem
    from undersigned.loading.readers import ReadingRules
    from undersigned.project import Project
    from undersigned.store.base import GraphWriter


class Outcome(StrEnum):
    """What became of one source."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class LoadedSource:
    """One source of a load. `found` counts its letters, signatures and statements."""

    origin: str
    outcome: Outcome
    source_id: str | None = None
    found: Counter[str] = field(default_factory=Counter)
    problem: UndersignedError | None = None
    notes: tuple[str, ...] = ()
    changes: SourceChanges | None = None
    """What a source that was loaded before says otherwise now."""


@dataclass(frozen=True, slots=True)
class LoadReport:
    """What a load did. `stopped`: it was interrupted, and what it had read is in the graph."""

    sources: tuple[LoadedSource, ...]
    revision: str
    added: int
    removed: int
    stopped: bool = False

    def count(self, outcome: Outcome) -> int:
        """How many sources came out so."""
        return sum(source.outcome is outcome for source in self.sources)


COUNTED: Final = {
    t.LETTER_CLAIM: "letters",
    t.SIGNATURE_CLAIM: "signatures",
    t.STATEMENT_CLAIM: "statements",
}


def load(
    items: Iterable[WorkItem],
    writer: GraphWriter,
    rules: ReadingRules,
    on_source: Callable[[LoadedSource], None] = lambda source: None,
    on_step: Callable[[str], None] = lambda step: None,
) -> LoadReport:
    """Loads sources and brings the knowledge graph up to date.

    Args:
        items: what to load, in this order; the result does not depend on it.
        writer: the store.
        rules: how sources are read: loaders, pipeline, processes, limits.
        on_source: is told each source as it is done.
        on_step: is told what is done now, in a few words; a long list takes a while at each.
    """
    return _Load(writer, rules.project, on_source, on_step).run(items, rules)


class _Load:
    """The state of one load."""

    def __init__(
        self,
        writer: GraphWriter,
        project: Project,
        on_source: Callable[[LoadedSource], None],
        on_step: Callable[[str], None],
    ) -> None:
        self.writer = writer
        self.project = project
        self.on_source = on_source
        self.on_step = on_step
        self.began = datetime.now(UTC)
        if writer.erasing:
            go_on_forgetting(writer)
        self.withholding = withholding_of(writer)
        self.behind = any(writer.triples(pending_graph(writer.iris)))
        knowledge = writer.iris.knowledge
        self.mark = {Triple(knowledge, t.PROV_STARTED, moment(self.began))}
        self.before: dict[NamedNode, SourceRecord | None] = {}
        self.origins: dict[str, str] = {}
        self.done: list[LoadedSource] = []

    def run(self, items: Iterable[WorkItem], rules: ReadingRules) -> LoadReport:
        stopped = False
        try:
            for origin, result in iter_readings(items, rules):
                self.tell(self.take(origin, result))
        except KeyboardInterrupt:
            stopped = True
        return self.finish(stopped)

    def tell(self, source: LoadedSource) -> None:
        self.on_step("reading")
        self.done.append(source)
        self.on_source(source)

    def take(self, origin: str, result: Reading | UndersignedError) -> LoadedSource:
        """Writes one reading to its graph, if it says anything new."""
        if isinstance(result, UndersignedError):
            return LoadedSource(origin, Outcome.FAILED, problem=result)
        source = result.source
        if source.source_id in self.origins:
            taken = SourceIdTaken(
                f"{origin}: its id {source.source_id!r} is that of "
                f"{self.origins[source.source_id]}, loaded before it; if these are two articles, "
                "rename one file, or load it by itself with --id"
            )
            return LoadedSource(origin, Outcome.FAILED, source.source_id, problem=taken)
        self.origins[source.source_id] = origin
        return self.write(result, LoadedSource(origin, Outcome.UNCHANGED, source.source_id))

    def write(self, reading: Reading, loaded: LoadedSource) -> LoadedSource:
        """Writes a source's evidence in the place of what it said before."""
        self.on_step(f"writing {loaded.source_id}")
        iris, writer = self.writer.iris, self.writer
        evidence = evidence_triples(reading, iris)
        kept = self.withholding.apply(iris.source(reading.source.source_id), evidence)
        graph, triples = kept.source, kept.triples
        loaded = replace(
            loaded,
            found=_found(triples),
            notes=(*reading.source.notes, *_withheld_notes(kept)),
        )
        before = set(writer.triples(graph))
        if before == triples:
            return loaded
        self.before.setdefault(graph, read_source(writer, graph))
        if before:
            keep_version(writer, graph, self.began)
        writer.replace_graphs({graph: triples, pending_graph(iris): self.mark})
        return replace(
            loaded,
            outcome=Outcome.CHANGED if before else Outcome.NEW,
            changes=compare_versions(graph, before, triples) if before else None,
        )

    def finish(self, stopped: bool) -> LoadReport:
        writer = self.writer
        ontology = ontology_triples(self.project, writer.iris)
        writer.replace_graphs({writer.iris.ontology: ontology})
        added = removed = 0
        if self.behind or self.before:
            self.on_step("putting together")
            report = assemble_from_scratch(writer) if self.behind else assemble(writer, self.before)
            added, removed = report.added, report.removed
            self.record_run()
            writer.replace_graphs({pending_graph(writer.iris): ()})
        self.on_step("publishing")
        return LoadReport(tuple(self.done), writer.publish(), added, removed, stopped)

    def record_run(self) -> None:
        """Says in the graph of runs when this was, by which version, and what it changed."""
        began = self.began.isoformat(timespec="seconds")
        run = self.writer.iris.entity("run", f"{began[:10]}-{key_of(self.began.isoformat())}")
        triples = {
            Triple(run, t.RDF_TYPE, t.PROV_ACTIVITY),
            Triple(run, t.RDFS_LABEL, Literal(f"load by undersigned {__version__}")),
            Triple(run, t.PROV_STARTED, moment(self.began)),
            Triple(run, t.PROV_ENDED, moment(datetime.now(UTC))),
        }
        triples |= {Triple(run, t.PROV_USED, source) for source in self.before}
        self.writer.change_graph(self.writer.iris.runs, (), triples)


def _found(evidence: Iterable[Triple]) -> Counter[str]:
    classes = (n.object for n in evidence if isinstance(n.object, NamedNode))
    return Counter(COUNTED[class_iri] for class_iri in classes if class_iri in COUNTED)


def _withheld_notes(kept: WithheldIn) -> tuple[str, ...]:
    """That something of a source was kept out, without a word on what."""
    claims = sum("#claim-" in iri.value for iri in kept.gone)
    if not kept.gone:
        return ()
    said = "1 claim was" if claims == 1 else f"{claims:,} claims were"
    return (f"{said} kept out: people who were forgotten, or redactions",)
