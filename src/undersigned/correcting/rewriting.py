"""Every source of a store, its judgements and its runs, written as what is kept out wants it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from pyoxigraph import Literal, NamedNode, Triple

from undersigned import terms as t
from undersigned.correcting.names_in_text import SuppressedNames
from undersigned.correcting.revising import Revision, revise
from undersigned.correcting.withholding import withholding_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pyoxigraph import BlankNode

    from undersigned.correcting.withholding import Withholding
    from undersigned.store.base import GraphWriter

_NAMED_AFTER_SOURCES: Final = {"letter", "count", "signature"}
"""What the second part of the path of these IRIs is: the id of a letter's earliest source."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WithheldReport:
    """What was taken out: from how many sources, and how many people, claims and judgements.

    `renamed` are the sources whose IRI named somebody, and is another one now.
    """

    sources: int = 0
    renamed: int = 0
    people: int = 0
    claims: int = 0
    judgements: int = 0


def withhold_everywhere(
    writer: GraphWriter, *, doing: str, only: Iterable[NamedNode] | None = None
) -> WithheldReport:
    """Writes sources as the store's suppressions and redactions want it; nothing is published yet.

    Args:
        writer: the store.
        doing: what the graph of runs says that this was.
        only: the sources that may be touched; all if not given.
    """
    withholding = withholding_of(writer)
    loaded = {g for g in writer.graphs() if writer.iris.source_id(g) is not None}
    sources: dict[NamedNode, set[Triple]] = {}
    gone: set[NamedNode] = set()
    people = renamed = 0
    for source in sorted(loaded if only is None else loaded.intersection(only), key=str):
        triples = set(writer.triples(source))
        withheld = withholding.apply(source, triples)
        if withheld.source == source and withheld.triples == triples:
            continue
        sources |= {source: set(), withheld.source: withheld.triples}
        gone |= withheld.gone
        people += withheld.people
        renamed += withheld.source != source
    loaded = {source for source in loaded | sources.keys() if sources.get(source, True)}
    scrubbing = _Scrubbing(writer, withholding, loaded, gone)
    judgements, judged, dropped = scrubbing.judgements()
    graphs = {
        writer.iris.judgements: judgements,
        writer.iris.proposals: scrubbing.proposals(),
        writer.iris.runs: scrubbing.runs(),
    }
    revise(writer, Revision(sources=sources, graphs=graphs, judged=judged, doing=doing))
    # Assembly writes redirects, and these may lead from an IRI that holds the name.
    writer.replace_graphs({writer.iris.runs: scrubbing.runs()})
    return WithheldReport(
        sources=len(sources) - renamed,
        renamed=renamed,
        people=people,
        claims=sum("#claim-" in iri.value for iri in gone),
        judgements=dropped,
    )


class _Scrubbing:
    """Judgements and runs without what was taken out.

    Which sources were renamed is not remembered but seen: one that is not loaded, while its
    nameless IRI is. So a process that goes on for one that was killed sees it as well.
    """

    def __init__(
        self,
        writer: GraphWriter,
        withholding: Withholding,
        loaded: set[NamedNode],
        gone: set[NamedNode],
    ) -> None:
        self._writer = writer
        self._withholding = withholding
        self._loaded = loaded
        self._gone = gone
        self._names = SuppressedNames(writer.suppression)

    def judgements(self) -> tuple[set[Triple], set[NamedNode], int]:
        """The judgements that are left, the local entities of those that go, and how many go.

        One that is about somebody who is kept out goes whole. One on something else loses a
        reason, or a judge, that holds the name.
        """
        triples = set(self._writer.triples(self._writer.iris.judgements))
        about = {
            n.subject
            for n in triples
            if any(isinstance(x, NamedNode) and self._is_out(x) for x in (n.subject, n.object))
            and n.predicate != t.REDACTED_CLAIM
        }
        kept = {
            self._moved(n)
            for n in triples
            if n.subject not in about
            and not (isinstance(n.object, Literal) and self._names.is_in(n.object.value))
        }
        judged = {
            n.object
            for n in triples
            if n.subject in about
            and isinstance(n.object, NamedNode)
            and self._writer.iris.source_id(n.object) is not None
        }
        return kept, judged, len(about)

    def proposals(self) -> set[Triple]:
        """The proposed links that are left; one for somebody who is kept out goes whole."""
        triples = set(self._writer.triples(self._writer.iris.proposals))
        out = {n.subject for n in triples if self._is_out(n.subject) or self._is_out(n.object)}
        return {self._moved(n) for n in triples if n.subject not in out}

    def runs(self) -> set[Triple]:
        """The runs that are left: whatever holds a name, in a text or in an IRI, goes."""
        kept = map(self._moved, self._writer.triples(self._writer.iris.runs))
        return {n for n in kept if not (self._is_out(n.subject) or self._is_out(n.object))}

    def _is_out(self, term: object) -> bool:
        if isinstance(term, NamedNode):
            return (
                term in self._gone
                or self._names.is_in_iri(term.value)
                or self._is_after_renamed(term)
            )
        return isinstance(term, Literal) and self._names.is_in(term.value)

    def _is_after_renamed(self, iri: NamedNode) -> bool:
        """Whether an IRI of the knowledge graph was made from a source that was renamed."""
        path = iri.value.removeprefix(self._writer.iris.base).split("/")
        return (
            len(path) > 2
            and path[0] in _NAMED_AFTER_SOURCES
            and self._renamed(self._writer.iris.source(path[1])) is not None
        )

    def _renamed(self, source: NamedNode) -> NamedNode | None:
        """The IRI that a source has now; None where it has the one that it had."""
        nameless = self._withholding.nameless(source)
        return nameless if source not in self._loaded and nameless in self._loaded else None

    def _moved(self, triple: Triple) -> Triple:
        """A triple with the new IRI of a source that was renamed, and of what is within it."""
        terms = (self._new_iri(triple.subject), triple.predicate, self._new_iri(triple.object))
        return Triple(*terms)  # type: ignore[arg-type] # an IRI stays one

    def _new_iri(
        self, term: NamedNode | BlankNode | Literal | Triple
    ) -> NamedNode | BlankNode | Literal | Triple:
        if not isinstance(term, NamedNode):
            return term
        source_id = (self._writer.iris.source_id(term) or "").split("/", 1)[0]
        source = self._writer.iris.source(source_id)
        renamed = self._renamed(source) if source_id else None
        if renamed is None:
            return term
        return NamedNode(renamed.value + term.value.removeprefix(source.value))
