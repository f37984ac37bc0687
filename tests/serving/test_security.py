"""What a hostile client tries, where it is tested nowhere else; docs/security.md has the list."""

from __future__ import annotations

import asyncio
import gzip
import json
import re
import socket
import time
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import httpx
import pytest
from pyoxigraph import Literal, NamedNode, Quad

import undersigned
from serving.asking import Asker, write_store
from undersigned.iris import Iris
from undersigned.serving.app import make_app
from undersigned.serving.connection import BoundedProtocol
from undersigned.serving.isolation.frames import HEAD
from undersigned.serving.limits import ServeSettings
from undersigned.serving.parts import PARTS
from undersigned.serving.site import Site
from undersigned.terms import RDFS_LABEL

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

PROC = Path("/proc/self/ns/net")
ROOT = Path(__file__).parents[2]

LABELS = "SELECT ?name { ?s <http://www.w3.org/2000/01/rdf-schema#label> ?name }"


@pytest.fixture
def outside() -> Iterator[socket.socket]:
    """A listener that nobody may connect to."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.setblocking(False)
        yield listener


def _url(listener: socket.socket) -> str:
    return f"http://127.0.0.1:{listener.getsockname()[1]}/data"


def _was_reached(listener: socket.socket) -> bool:
    try:
        listener.accept()[0].close()
    except BlockingIOError:
        return False
    return True


def test_graphs_that_a_query_names_are_not_fetched(ask: Asker, outside: socket.socket) -> None:
    url = _url(outside)
    for query in (
        f"SELECT * FROM <{url}> {{ ?s ?p ?o }}",
        f"SELECT * FROM NAMED <{url}> {{ GRAPH ?g {{ ?s ?p ?o }} }}",
        f"SELECT * {{ GRAPH <{url}> {{ ?s ?p ?o }} }}",
        f"DESCRIBE <{url}>",
    ):
        assert ask.query(query).status_code == 200
    named = {"default-graph-uri": url, "named-graph-uri": url}
    assert ask("GET", params={"query": LABELS, **named}).status_code == 200
    assert ask("GET", "/graphs", params={"graph": url}).status_code == 404
    assert not _was_reached(outside)


def test_request_can_not_choose_another_endpoint(ask: Asker, outside: socket.socket) -> None:
    url = _url(outside)
    for name in ("endpoint", "url", "spec", "service", "context", "callback"):
        answer = ask("GET", params={"query": LABELS, name: url})
        assert answer.json() == ask.query(LABELS).json()
    assert not _was_reached(outside)


def test_process_that_evaluates_has_no_network(ask: Asker) -> None:
    """The second wall, behind the parser: where the system has it, sockets lead nowhere."""
    ask.query(LABELS)
    pids = {"self", *(str(worker.pid) for worker in ask.site.queries.idle_workers())}
    networks = {Path(f"/proc/{pid}/ns/net").readlink() for pid in pids} if PROC.exists() else set()
    assert len(networks) == (2 if ask.site.queries.without_network else min(1, len(networks)))


@pytest.mark.parametrize("text", ["(a+)+$", "(.*)*b", "^(([a-z])+.)+[A-Z]([a-z])+$"])
def test_regular_expression_that_explodes_elsewhere_is_answered(ask: Asker, text: str) -> None:
    subject = "a" * 5_000 + "!"
    answer = ask("POST", data={"query": f"ASK {{ FILTER(REGEX('{subject}', '{text}')) }}"})
    assert answer.status_code == 200


@pytest.mark.parametrize(
    "function",
    ["java:java.lang.System.exit", "http://jena.hpl.hp.com/ARQ/function#js", "javascript:alert"],
)
def test_there_are_no_script_functions(ask: Asker, function: str) -> None:
    assert ask.query(f"SELECT (<{function}>(1) AS ?x) {{}}").status_code == 422


def test_markup_in_data_is_data(tmp_path: Path, make_asker: Callable[..., Asker]) -> None:
    markup, formula = "<script>alert(1)</script>", '=HYPERLINK("http://example.org")'
    quads = [
        Quad(NamedNode(f"urn:{n}"), RDFS_LABEL, Literal(text), Iris().knowledge)
        for n, text in enumerate((markup, formula))
    ]
    ask = make_asker(write_store(tmp_path / "store", quads))
    for accept in ("application/sparql-results+json", "application/sparql-results+xml"):
        answer = ask.query(LABELS, Accept=f"{accept}, text/html;q=0.9")
        assert answer.headers["content-type"].startswith(accept)
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert "default-src 'none'" in answer.headers["content-security-policy"]
    assert b"<script>" not in ask.query(LABELS, Accept="application/sparql-results+xml").content
    assert ask.query(LABELS, Accept="text/html").status_code == 406
    # SPARQL's CSV is exact; files for spreadsheets are made elsewhere.
    assert '"=HYPERLINK(""http://example.org"")"' in ask.query(LABELS, Accept="text/csv").text


def test_errors_do_not_echo_markup_as_html(ask: Asker) -> None:
    for path in ("/sparql?format=%3Cscript%3E", "/sparql?query=%3Cscript%3E", "/graphs?graph=%3C"):
        answer = ask("GET", path, headers={"Accept": "*/*"})
        assert answer.status_code in {400, 406}
        assert answer.headers["content-type"] == "application/problem+json"


def test_compressed_bodies_are_not_unpacked(ask: Asker) -> None:
    headers = {"Content-Type": "application/sparql-query", "Content-Encoding": "gzip"}
    bomb = gzip.compress(b" " * 10_000_000)
    assert ask("POST", content=bomb, headers=headers).status_code == 415


async def _sent(served: str, *parts: bytes) -> bytes:
    """The start of the answer; the server may cut the connection while we still send."""
    url = httpx.URL(served)
    reader, writer = await asyncio.open_connection(url.host, url.port)
    answer = b""
    with suppress(ConnectionError):
        for part in parts:
            writer.write(part)
            await writer.drain()
        answer = await reader.read(12)
    with suppress(ConnectionError):
        writer.close()
        await writer.wait_closed()
    return answer


def test_head_without_end_is_not_kept(served: str) -> None:
    line = b"X-Filler: " + b"a" * 60_000 + b"\r\n"
    start = b"GET /sparql HTTP/1.1\r\nHost: localhost\r\n"
    for parts in ([start, *[line] * 3], [b"GET /", *[b"a" * 50_000] * 4]):
        assert asyncio.run(_sent(served, *parts)) in {b"HTTP/1.1 400", b""}


def test_client_that_sends_its_head_slowly_is_let_go(
    ask: Asker, serve_app: Callable[..., str]
) -> None:
    class Hasty(BoundedProtocol):
        head_seconds = 0.05

    async def half_asked(address: str) -> bytes:
        url = httpx.URL(address)
        reader, writer = await asyncio.open_connection(url.host, url.port)
        writer.write(b"GET /sparql HTTP/1.1\r\nHost: localhost\r\n")
        answer = await reader.read()
        writer.close()
        return answer

    address = serve_app(make_app(Site(ask.site.latest, ServeSettings()), PARTS), Hasty)
    assert asyncio.run(half_asked(address)) == b""
    assert httpx.get(f"{address}/health").status_code == 200


@pytest.mark.parametrize("wanted", ["nothing yet", "part of the answer"])
def test_work_ends_when_a_client_hangs_up(
    ask: Asker, serve_app: Callable[..., str], wanted: str
) -> None:
    product = " . ".join(f"?s{n} ?p{n} ?o{n}" for n in range(14))
    rest = "" if wanted == "part of the answer" else " FILTER(?o1 = ?o2 && ?o1 != ?o2)"
    settings = ServeSettings(timeout_seconds=60, whole_bytes=10_000, token="tests-only")
    site = Site(ask.site.latest, settings)
    address = serve_app(make_app(site, PARTS))
    operator = {"Authorization": "Bearer tests-only"}

    def running() -> list[object]:
        answer = httpx.get(f"{address}/running", headers=operator)
        return list(answer.json()["running"])

    async def begin_and_leave() -> None:
        url = httpx.URL(f"{address}/sparql", params={"query": f"SELECT * {{ {product}{rest} }}"})
        reader, writer = await asyncio.open_connection(url.host, url.port)
        writer.write(b"GET %s HTTP/1.1\r\nHost: localhost\r\n\r\n" % url.raw_path)
        if rest:
            while not await asyncio.to_thread(running):
                pass
        else:
            await reader.readuntil(b"\r\n\r\n")
        writer.close()

    asyncio.run(begin_and_leave())
    deadline = time.monotonic() + 30
    while running():
        assert time.monotonic() < deadline
    assert site.queries.running == {}


def test_no_engine_that_fetches_evaluates_queries() -> None:
    """rdflib's engine opens files and addresses; it is told by what it would take to call it."""
    source = Path(undersigned.__file__).parent
    calls = re.compile(r"rdflib\.plugins\.sparql|\bprepareQuery\b|\bprocessUpdate\b")
    served = [
        path
        for folder in ("serving", "pages", "question_api", "searching", "store")
        for path in (source / folder).rglob("*.py")
    ]
    assert len(served) > 50
    assert [path.name for path in served if calls.search(path.read_text("utf-8"))] == []


def test_scripts_are_pinned_by_digest() -> None:
    lock = json.loads((ROOT / "web" / "package-lock.json").read_text("utf-8"))
    packages = {name: package for name, package in lock["packages"].items() if name}
    assert len(packages) > 20
    assert [name for name, package in packages.items() if "integrity" not in package] == []


def test_frames_between_processes_hold_the_longest_answer() -> None:
    assert HEAD.unpack(HEAD.pack(3, 2**32 - 1)) == (3, 2**32 - 1)


@pytest.mark.parametrize("path", ["/", "/letters", "/query"])
def test_pages_load_nothing_from_elsewhere(ask: Asker, path: str) -> None:
    page = ask("GET", path, headers={"Accept": "text/html"})
    assert page.status_code == 200
    policy = page.headers["content-security-policy"]
    assert "unsafe" not in policy
    assert "http" not in policy
    assert (
        re.findall(r"<(?:script|link|img|iframe)[^>]+(?:src|href)=\"(?:https?:)?//", page.text)
        == []
    )
    assert re.findall(r"<script(?![^>]*\bsrc=)[^>]*>(?!\s*</script>)", page.text) == []
