"""TriG: the whole dataset for people to read, one block a named graph."""

from __future__ import annotations

from typing import BinaryIO, Final

from undersigned.exporting.base import ExportFormat, ExportRequest
from undersigned.exporting.selection import whole_dataset
from undersigned.exporting.turtle import TurtleTerms
from undersigned.terms import PREFIXES


def write_trig(request: ExportRequest, output: BinaryIO) -> int:
    """Writes the graphs in the order of their IRIs, each as `turtle` writes one."""
    terms = TurtleTerms(PREFIXES)
    dataset = whole_dataset(request)
    output.write(terms.header().encode())
    total = 0
    for graph in dataset.graphs:
        output.write(f"GRAPH {terms.iri(graph)} {{\n".encode())
        for block, count in terms.blocks(dataset.triples(graph), indent="  "):
            output.write(block.encode())
            total += count
            request.advance(count)
        output.write(b"}\n\n")
    return total


TRIG: Final = ExportFormat(
    name="trig",
    media_type="application/trig",
    suffix=".trig",
    holds="the whole dataset",
    write=write_trig,
    has_runs=True,
)
