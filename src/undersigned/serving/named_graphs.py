"""Which named graphs a dataset has."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from pyoxigraph import QueryBoolean

from undersigned.serving.problems import Problem

if TYPE_CHECKING:
    from pyoxigraph import NamedNode

    from undersigned.store.base import GraphReader


def graph_exists(reader: GraphReader, graph: NamedNode) -> bool:
    """Whether the dataset has the graph; it may be empty."""
    answer = reader.query(f"ASK {{ GRAPH {graph} {{}} }}")
    assert isinstance(answer, QueryBoolean)
    return bool(answer)


def no_such_graph() -> Problem:
    """The problem for a graph that is not there."""
    return Problem(HTTPStatus.NOT_FOUND, "graph-unknown", "There is no graph of that name.")
