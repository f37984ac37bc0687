"""Networks of a graph that two sources made, and their files."""

from __future__ import annotations

import csv
import io
from itertools import pairwise
from typing import TYPE_CHECKING
from xml.etree import ElementTree

import networkx as nx
import pytest
from pyoxigraph import Literal, Quad

from undersigned import terms as t
from undersigned.errors import ExportError
from undersigned.exporting.base import ExportRequest
from undersigned.exporting.networks import LARGEST_LETTER, NETWORKS, build_network
from undersigned.exporting.registry import get_export_format
from undersigned.iris import Iris
from undersigned.store.embedded import EmbeddedWriter, memory_store

if TYPE_CHECKING:
    from pathlib import Path

IRIS = Iris()


def exported(store: EmbeddedWriter, name: str, network: str, context_file: Path) -> bytes:
    output = io.BytesIO()
    request = ExportRequest(reader=store, context_file=context_file, network=network)
    get_export_format(name).write(request, output)
    return output.getvalue()


def labels(graph: nx.Graph[str]) -> set[frozenset[str]]:
    return {frozenset(graph.nodes[end]["label"] for end in edge) for edge in graph.edges}


def test_co_signers_are_joined_by_their_letters(graph: EmbeddedWriter) -> None:
    network, left_out = build_network(graph, "co-signatures")
    assert labels(network) == {
        frozenset({"Ann Example", "Ben Sample"}),
        frozenset({"Ann Example", "Cal Instance"}),
        frozenset({"Ben Sample", "Cal Instance"}),
    }
    assert {edge["weight"] for _, _, edge in network.edges(data=True)} == {1}
    assert {edge["start"] for _, _, edge in network.edges(data=True)} == {"2025-03-21"}
    assert {network.nodes[n]["roles"] for n in network} == {"", "actor"}
    assert left_out == []


def test_signatures_join_people_and_letters(graph: EmbeddedWriter) -> None:
    network, _ = build_network(graph, "signatures")
    kinds = sorted(network.nodes[node]["kind"] for node in network)
    assert kinds == ["Letter", "Person", "Person", "Person"]
    assert nx.is_bipartite(network)


def test_statements_have_a_direction_and_count_by_stance() -> None:
    speaker, target = IRIS.entity("person", "ada"), IRIS.entity("person", "bob")
    quads = []
    for number, stance in enumerate(("against", "against", "for")):
        statement = IRIS.entity("statement", f"s{number}")
        quads += [
            Quad(statement, t.SPEAKER, speaker, IRIS.knowledge),
            Quad(statement, t.TARGET, target, IRIS.knowledge),
            Quad(statement, t.STANCE, t.concept("stance", stance), IRIS.knowledge),
            Quad(statement, t.REPORTED_ON, Literal(f"2024-0{number + 1}-01"), IRIS.knowledge),
        ]
    network, _ = build_network(memory_store(quads), "statements")
    assert network.is_directed()
    assert dict(network.edges[speaker.value, target.value]) == {
        "weight": 3,
        "start": "2024-01-01",
        "end": "2024-03-01",
        "for": 1,
        "against": 2,
    }


def test_a_very_long_letter_is_left_out_and_said_so() -> None:
    letter = IRIS.entity("letter", "long")
    quads = [Quad(letter, t.RDFS_LABEL, Literal("The long letter"), IRIS.knowledge)]
    for number in range(LARGEST_LETTER + 1):
        signature = IRIS.entity("signature", f"s{number}")
        quads += [
            Quad(signature, t.SIGNATORY, IRIS.entity("person", f"p{number}"), IRIS.knowledge),
            Quad(signature, t.SIGNED_LETTER, letter, IRIS.knowledge),
            Quad(signature, t.STATUS, t.concept("status", "listed"), IRIS.knowledge),
        ]
    network, left_out = build_network(memory_store(quads), "co-signatures")
    assert network.number_of_edges() == 0
    assert len(left_out) == 1
    assert "The long letter has 501 signatories" in left_out[0]


@pytest.mark.parametrize("network", NETWORKS)
@pytest.mark.parametrize("name", ["gexf", "graphml", "edges"])
def test_the_same_graph_gives_the_same_bytes(
    graph: EmbeddedWriter, name: str, network: str, context_file: Path
) -> None:
    first = exported(graph, name, network, context_file)
    assert first == exported(graph, name, network, context_file)


def test_gexf_has_time_sizes_and_no_day_of_writing(
    graph: EmbeddedWriter, context_file: Path
) -> None:
    content = exported(graph, "gexf", "co-signatures", context_file)
    root = ElementTree.fromstring(content)
    space = "{http://www.gexf.net/1.2draft}"
    drawn = root.find(f"{space}graph")
    assert drawn is not None
    assert (drawn.get("mode"), drawn.get("timeformat")) == ("dynamic", "date")
    edges = list(drawn.iter(f"{space}edge"))
    assert len(edges) == 3
    assert all(e.get("start") == "2025-03-21" and e.get("weight") == "1" for e in edges)
    assert len(list(root.iter("{http://www.gexf.net/1.2draft/viz}size"))) == 3
    assert b"lastmodifieddate" not in content


def test_graphml_reads_back_as_the_same_network(graph: EmbeddedWriter, context_file: Path) -> None:
    content = exported(graph, "graphml", "signatures", context_file)
    network, _ = build_network(graph, "signatures")
    read = nx.read_graphml(io.BytesIO(content))
    assert sorted(read.nodes) == sorted(network.nodes)
    assert all(read.nodes[node] == network.nodes[node] for node in network)
    assert {frozenset(edge) for edge in read.edges} == {frozenset(e) for e in network.edges}
    assert all(read.edges[edge] == network.edges[edge] for edge in network.edges)


def test_edges_are_sorted_and_named(graph: EmbeddedWriter, context_file: Path) -> None:
    content = exported(graph, "edges", "co-signatures", context_file).decode()
    rows = list(csv.DictReader(io.StringIO(content, newline="")))
    assert [(row["source_label"], row["target_label"]) for row in rows] == [
        ("Ann Example", "Ben Sample"),
        ("Ann Example", "Cal Instance"),
        ("Ben Sample", "Cal Instance"),
    ]
    assert all(a["source"] <= b["source"] for a, b in pairwise(rows))


def test_an_unknown_network_gets_a_near_name(graph: EmbeddedWriter) -> None:
    with pytest.raises(ExportError, match="did you mean 'statements'"):
        build_network(graph, "statement")


def test_an_empty_graph_is_an_empty_network() -> None:
    assert all(not build_network(memory_store(), name)[0].nodes for name in NETWORKS)
