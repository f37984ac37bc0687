"""Networks as files: GEXF for Gephi, GraphML for others, edges as CSV."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, BinaryIO, Final

from undersigned.exporting.base import ExportFormat, ExportRequest
from undersigned.exporting.csv_tables import exact_cell
from undersigned.exporting.networks import NETWORKS, build_network

if TYPE_CHECKING:
    from collections.abc import Callable

    import networkx as nx

_COLOURS: Final = {
    "Person": (31, 119, 180),
    "Organization": (214, 120, 32),
    "Letter": (96, 96, 96),
    "Group": (140, 86, 155),
}
_HOLDS: Final = "a network, named by --network (" + ", ".join(NETWORKS) + ")"


def write_gexf(request: ExportRequest, output: BinaryIO) -> int:
    """Writes GEXF 1.2 with time on the edges, sizes by degree and colours by kind."""
    from networkx.readwrite.gexf import GEXFWriter

    graph = _network(request)
    for node, degree in graph.degree():
        red, green, blue = _COLOURS.get(graph.nodes[node]["kind"], (160, 160, 160))
        graph.nodes[node]["viz"] = {
            "color": {"r": red, "g": green, "b": blue, "a": 1.0},
            "size": round(4 + degree**0.5, 2),
        }
    writer = GEXFWriter(version="1.2draft", prettyprint=True)
    writer.add_graph(graph)
    # The day of writing would make the bytes differ from day to day.
    for meta in writer.xml.iter("meta"):
        meta.attrib.pop("lastmodifieddate", None)
    writer.write(output)
    return graph.number_of_edges()


def write_graphml(request: ExportRequest, output: BinaryIO) -> int:
    """Writes GraphML with all attributes."""
    import networkx as nx

    graph = _network(request)
    nx.write_graphml(graph, output)
    return graph.number_of_edges()


def write_edges(request: ExportRequest, output: BinaryIO) -> int:
    """Writes an edge list: both ends with label and kind, weight, first and last day."""
    graph = _network(request)
    text = io.TextIOWrapper(output, encoding="utf-8", newline="", write_through=True)
    writer = csv.writer(text)
    further = ("letters", "capacity", "for", "against", "neutral")
    ends = [f"{end}{part}" for end in ("source", "target") for part in ("", "_label", "_kind")]
    writer.writerow([*ends, "weight", "start", "end", *further])
    for source, target, edge in graph.edges(data=True):
        nodes = (source, graph.nodes[source]), (target, graph.nodes[target])
        cells = [cell for iri, node in nodes for cell in (iri, node["label"], node["kind"])]
        names = ("weight", "start", "end", *further)
        writer.writerow([*cells, *(exact_cell(edge.get(name)) for name in names)])
    text.detach()
    return graph.number_of_edges()


def _network(request: ExportRequest) -> nx.Graph[str]:
    graph, left_out = build_network(request.reader, request.network)
    for sentence in left_out:
        request.tell(sentence)
    request.advance(graph.number_of_edges())
    return graph


def _format(
    name: str, media_type: str, suffix: str, write: Callable[[ExportRequest, BinaryIO], int]
) -> ExportFormat:
    return ExportFormat(
        name=name, media_type=media_type, suffix=suffix, holds=_HOLDS, write=write, unit="edges"
    )


GEXF: Final = _format("gexf", "application/gexf+xml", ".gexf", write_gexf)
GRAPHML: Final = _format("graphml", "application/graphml+xml", ".graphml", write_graphml)
EDGES: Final = _format("edges", "text/csv; charset=utf-8", ".csv", write_edges)
