"""What is kept of a source's earlier versions: digest, length, dates, extractor; no word of them.

The records stand in the graph of runs, not with the source: they tell what the program has met on
the way, so that two stores with the same sources may differ in them. The dump that must be the
same byte for byte leaves the runs out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pyoxigraph import Literal, NamedNode, Triple

from undersigned import terms as t
from undersigned.iris import key_of

if TYPE_CHECKING:
    from datetime import datetime

    from undersigned.store.base import GraphReader, GraphWriter

_KEPT: Final = (t.DIGEST, t.TEXT_LENGTH, t.EXTRACTOR, t.PUBLISHED)


def keep_version(writer: GraphWriter, source: NamedNode, replaced_at: datetime) -> None:
    """Records the version of a source that is about to be replaced, as the one before it.

    Called before the source is replaced: a process that dies in between leaves a record that the
    next load writes again in the same place.
    """
    runs = writer.iris.runs
    about = [n for n in writer.triples(source, source) if n.predicate in _KEPT]
    loaded_at = _loaded_at(writer, source)
    parts = sorted(str(n.object) for n in about)
    version = NamedNode(f"{source.value}/version/{key_of(*parts, str(loaded_at))}")
    last = list(writer.triples(runs, source, t.PROV_REVISION_OF))
    record = {
        Triple(version, t.RDF_TYPE, t.SOURCE_VERSION),
        Triple(version, t.PROV_SPECIALIZATION_OF, source),
        Triple(version, t.PROV_INVALIDATED_AT, moment(replaced_at)),
        Triple(source, t.PROV_REVISION_OF, version),
    }
    record |= {Triple(version, n.predicate, n.object) for n in about}
    if loaded_at is not None:
        record.add(Triple(version, t.PROV_GENERATED_AT, loaded_at))
    record |= {Triple(version, t.PROV_REVISION_OF, n.object) for n in last if n.object != version}
    writer.change_graph(
        runs, [*last, *writer.triples(runs, version, t.PROV_INVALIDATED_AT)], record
    )


def version_records(reader: GraphReader, source: NamedNode) -> set[Triple]:
    """All that the runs hold on earlier versions of a source."""
    runs = reader.iris.runs
    found = set(reader.triples(runs, source, t.PROV_REVISION_OF))
    for n in reader.triples(runs, None, t.PROV_SPECIALIZATION_OF, source):
        if isinstance(n.subject, NamedNode):
            found |= set(reader.triples(runs, n.subject))
    return found


def moment(time: datetime) -> Literal:
    """A time to the second as an xsd:dateTime."""
    text = time.isoformat(timespec="seconds").replace("+00:00", "Z")
    return Literal(text, datatype=NamedNode(t.XSD + "dateTime"))


def _loaded_at(reader: GraphReader, source: NamedNode) -> Literal | None:
    """When the last run that wrote a source ended; None where no run tells."""
    runs = reader.iris.runs
    ends = [
        end.object
        for run in reader.triples(runs, None, t.PROV_USED, source)
        if isinstance(run.subject, NamedNode)
        for end in reader.triples(runs, run.subject, t.PROV_ENDED)
        if isinstance(end.object, Literal)
    ]
    return max(ends, key=lambda end: end.value, default=None)
