"""Which graphs an export holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from undersigned.exporting.canonical import CanonicalDataset

if TYPE_CHECKING:
    from undersigned.exporting.base import ExportRequest


def whole_dataset(request: ExportRequest) -> CanonicalDataset:
    """Every named graph; the graph of runs only if it is asked for."""
    reader = request.reader
    graphs = [g for g in reader.graphs() if request.with_runs or g != reader.iris.runs]
    return CanonicalDataset(reader, graphs)


def knowledge_graph(request: ExportRequest) -> CanonicalDataset:
    """The knowledge graph alone."""
    return CanonicalDataset(request.reader, [request.reader.iris.knowledge])
