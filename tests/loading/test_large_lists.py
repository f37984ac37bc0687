"""Lists of ten thousand entries and more are written in bulk, and nothing of them is lost."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode, Triple

from undersigned.store.embedded import BULK_TRIPLES, open_writer

if TYPE_CHECKING:
    from pathlib import Path


def test_a_graph_added_in_bulk_is_what_was_given_and_a_small_one_beside_it(tmp_path: Path) -> None:
    predicate = NamedNode("https://example.org/number")
    large = {
        Triple(NamedNode(f"https://example.org/{n}"), predicate, Literal(n))
        for n in range(BULK_TRIPLES)
    }
    small = {Triple(NamedNode("https://example.org/mark"), predicate, Literal(1))}
    with open_writer(tmp_path / "store") as writer:
        graphs = {writer.iris.source("list"): large, writer.iris.runs: small}
        writer.replace_graphs(graphs)
        assert {graph: set(writer.triples(graph)) for graph in graphs} == graphs
