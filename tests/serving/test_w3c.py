"""The W3C tests of the SPARQL 1.1 protocol, run by the development tools against a real server.

The tests set their data by updates, which the server under test refuses; so a second application
beside it, made here, takes the updates for the same store in memory.
"""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph
import pytest
from pyoxigraph import DefaultGraph, NamedNode, RdfFormat
from starlette.applications import Starlette
from starlette.responses import Response
from starlette.routing import Route

from undersigned.errors import QueryInvalid
from undersigned.iris import Iris
from undersigned.serving.app import make_app
from undersigned.serving.limits import ServeSettings
from undersigned.store.embedded import EmbeddedReader

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from pyoxigraph import QueryBoolean, QuerySolutions, QueryTriples
    from starlette.requests import Request

SHARED = Path(__file__).resolve().parents[3] / "shared"
SUITES = r"sparql11/(protocol|service-description|csv-tsv-res|json-res)$"

ENGINE_FAILS = {"csv03", "tsv03"}
"""The engine stores numbers in their canonical form, and these tests ask for the one loaded."""


class _PlainReader(EmbeddedReader):
    """Sees the store's own default graph, as the tests expect of a query without GRAPH."""

    def query(
        self,
        sparql: str,
        *,
        default_graphs: Iterable[NamedNode] | None = None,
        named_graphs: Iterable[NamedNode] | None = None,
    ) -> QuerySolutions | QueryBoolean | QueryTriples:
        if default_graphs is None and named_graphs is None:
            try:
                return self._store.query(sparql)
            except SyntaxError as error:
                raise QueryInvalid(str(error)) from error
        return super().query(sparql, default_graphs=default_graphs, named_graphs=named_graphs)


def _writing_app(store: pyoxigraph.Store) -> Starlette:
    async def update(request: Request) -> Response:
        try:
            store.update((await request.body()).decode())
        except (SyntaxError, UnicodeDecodeError):
            return Response(status_code=400)
        return Response(status_code=204)

    async def put(request: Request) -> Response:
        name = request.query_params.get("graph")
        graph = NamedNode(name) if name else DefaultGraph()
        store.load(await request.body(), format=RdfFormat.N_TRIPLES, to_graph=graph)
        return Response(status_code=204)

    return Starlette(
        routes=[
            Route("/update", update, methods=["POST"]),
            Route("/graphs", put, methods=["PUT"]),
        ]
    )


@pytest.mark.shared
def test_w3c_protocol_tests_for_queries_pass(serve_app: Callable[[Starlette], str]) -> None:
    store = pyoxigraph.Store()
    reader = _PlainReader(store, Iris(), "w3c")
    served = serve_app(make_app(lambda: reader, ServeSettings()))
    writing = serve_app(_writing_app(store))
    command = [
        sys.executable, str(SHARED / "tools" / "w3c_runner.py"), "--backend", "http",
        "--tests", str(SHARED / "w3c-tests" / "sparql"), "--suites", "sparql11", "--only", SUITES,
        "--query", f"{served}/sparql", "--update", f"{writing}/update", "--gsp",
        f"{writing}/graphs",
    ]  # fmt: skip
    run = subprocess.run(command, capture_output=True, text=True, check=True)
    failed = re.findall(r"^FAIL \S+ (\S+)", run.stdout, re.MULTILINE)
    assert "== sparql11: pass" in run.stdout
    # Tests of updates say nothing about an endpoint that takes none.
    assert {name for name in failed if "update" not in name} <= ENGINE_FAILS, run.stdout
