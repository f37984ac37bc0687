"""Readings made by hand, put into a store as a load does it, without the language pipeline."""

from __future__ import annotations

from typing import TYPE_CHECKING

from undersigned.assembly.assemble import assemble
from undersigned.correcting.withholding import withholding_of
from undersigned.evidence.records import read_source
from undersigned.evidence.writing import evidence_triples

if TYPE_CHECKING:
    from undersigned.claims import Reading
    from undersigned.store.embedded import EmbeddedWriter

NAMES = ["Ada Quill", "Ben Stage", "Cora Note", "Dan Prompt", "Mara Quill"]
QUOTES = [
    "We ask that the office keep the law that has served writers well for many years",
    "Nobody who has read the plan can think that it was made by people who read",
    "I am tired of promises",
    "Ada Quill is right about the law",
    "Quill has my thanks",
]


def put(store: EmbeddedWriter, *readings: Reading) -> None:
    """Loads readings in one step, without what the store keeps out."""
    withholding, before = withholding_of(store), {}
    for reading in readings:
        source = store.iris.source(reading.source.source_id)
        kept = withholding.apply(source, evidence_triples(reading, store.iris))
        before[kept.source] = read_source(store, kept.source)
        store.replace_graphs({kept.source: kept.triples})
    assemble(store, before)


def dump(store: EmbeddedWriter) -> list[str]:
    """The dataset as it is exported: all but the runs, sorted."""
    return sorted(str(quad) for quad in store.quads() if quad.graph_name != store.iris.runs)
