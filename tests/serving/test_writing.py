"""Writing: off unless asked for, behind a token, and each write is a new revision."""

from __future__ import annotations

import socket
from typing import TYPE_CHECKING, Any

import pytest
from pyoxigraph import Quad

from serving.asking import Asker, write_store
from undersigned.correcting.forgetting import go_on_forgetting
from undersigned.iris import Iris
from undersigned.serving.app import by_port, make_app
from undersigned.serving.limits import ServeSettings
from undersigned.serving.problems import Problem
from undersigned.serving.revision import LatestRevision
from undersigned.serving.site import Site
from undersigned.serving.writing.app import writing_part
from undersigned.serving.writing.dataset import with_dataset
from undersigned.store.embedded import open_writer
from undersigned.terms import PERSON, RDF_TYPE

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import httpx

IRIS = Iris()
ADA = IRIS.entity("person", "ada-example")
TOKEN = {"Authorization": "Bearer tests-only"}
UPDATE = {**TOKEN, "Content-Type": "application/sparql-update"}
TURTLE = {**TOKEN, "Content-Type": "text/turtle"}
NOTES = "urn:graph:notes"
BOMB = "".join(f"<!ENTITY e{n + 1} '{f'&e{n};' * 10}'>" for n in range(9))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_store(tmp_path / "store", [Quad(ADA, RDF_TYPE, PERSON, IRIS.knowledge)])


@pytest.fixture
def write(folder: Path, make_asker: Callable[..., Asker]) -> Asker:
    """A client of the writing application, which has the routes for queries too, here."""
    from undersigned.serving.parts import PARTS

    settings = ServeSettings(token="tests-only")
    site = Site(LatestRevision(folder), settings)
    app = make_app(site, [writing_part(folder), *PARTS], shared=False)
    return make_asker(folder, site=site, app=app)


def _update(write: Asker, sparql: str, **parameters: Any) -> httpx.Response:
    return write("POST", "/update", content=sparql, headers=UPDATE, params=parameters)


def _count(write: Asker, pattern: str) -> int:
    rows = write.query(f"SELECT * {{ {pattern} }}").json()["results"]["bindings"]
    return len(rows)


def test_what_is_written_is_a_new_revision(write: Asker, folder: Path) -> None:
    before = write.site.latest().name
    data = f"INSERT DATA {{ GRAPH <{NOTES}> {{ <person/ada-example> <urn:note> 'seen' }} }}"
    assert _update(write, data).status_code == 204
    assert write.site.latest().name > before
    assert _count(write, f"GRAPH <{NOTES}> {{ {ADA} ?p ?o }}") == 1
    with open_writer(folder) as writer:  # the lock is free again
        assert len(list(writer.quads())) == 2


def test_graph_without_a_name_is_seen_beside_the_knowledge_graph(write: Asker) -> None:
    assert _count(write, "?s ?p ?o") == 1
    assert _update(write, "INSERT DATA { <urn:a> <urn:b> <urn:c> }").status_code == 204
    assert _count(write, "?s ?p ?o") == 2
    assert _update(write, "CLEAR DEFAULT").status_code == 204
    assert _count(write, "?s ?p ?o") == 1


@pytest.mark.parametrize("headers", [{}, {"Authorization": "Bearer wrong"}])
@pytest.mark.parametrize(
    ("method", "path"),
    [("POST", "/update"), ("PUT", "/graphs?default"), ("POST", "/graphs"),
     ("GET", "/graphs?default"), ("DELETE", f"/graphs?graph={NOTES}")],
)  # fmt: skip
def test_nothing_is_done_without_the_token(
    write: Asker, method: str, path: str, headers: dict[str, str]
) -> None:
    before = write.site.latest().name
    answer = write(method, path, headers={**headers, "Content-Type": "text/turtle"})
    assert answer.status_code == 401
    assert "bearer" in answer.headers["www-authenticate"].lower()
    assert write.site.latest().name == before


def test_server_that_only_reads_has_no_way_to_write(ask: Asker) -> None:
    for method, path in (("POST", "/update"), ("PUT", "/graphs?default"), ("DELETE", "/graphs")):
        assert ask(method, path, headers=UPDATE).status_code in {404, 405}


def test_update_is_never_run_by_get(write: Asker) -> None:
    answer = write("GET", "/update", params={"update": "CLEAR ALL"}, headers=TOKEN)
    assert answer.status_code in {404, 405}


def test_pages_of_other_sites_can_not_write(write: Asker) -> None:
    preflight = {
        "Origin": "https://elsewhere.example",
        "Access-Control-Request-Method": "POST",
        "Access-Control-Request-Headers": "authorization",
    }
    answer = write("OPTIONS", "/update", headers=preflight)
    assert "access-control-allow-origin" not in answer.headers


def test_port_tells_which_application_answers(
    folder: Path, make_asker: Callable[..., Asker]
) -> None:
    site = Site(LatestRevision(folder), ServeSettings(token="tests-only"))
    app = by_port(make_app(site, []), make_app(site, [writing_part(folder)]), 8001)
    ask = make_asker(folder, site=site, app=app)
    for port, status in ((8000, 404), (8001, 204)):
        address = f"http://localhost:{port}/update"
        assert ask("POST", address, content="CLEAR DEFAULT", headers=UPDATE).status_code == status


@pytest.mark.parametrize(
    ("sparql", "status"),
    [
        ("LOAD <URL>", 403),
        ("LOAD SILENT <URL> INTO GRAPH <urn:g>", 403),
        ("CLEAR DEFAULT ; load<URL>", 403),
        ("INSERT { ?s ?p ?o } WHERE { SERVICE <URL> { ?s ?p ?o } }", 403),
        ("INSERT { ?s ?p ?o } WHERE { SERVICE SILENT ?x { ?s ?p ?o } }", 403),
        ("LOAD <URL", 400),
        ("INSERT DATA { <urn:load> <urn:b> 'LOAD <URL>' } # SERVICE <URL> {}", 204),
        ("PREFIX load: <urn:> INSERT DATA { load:service load:load load:a }", 204),
        ("DROP GRAPH <urn:not-there>", 409),
        ("SELECT * { ?s ?p ?o }", 400),
    ],
)
def test_updates_fetch_nothing(write: Asker, sparql: str, status: int) -> None:
    with socket.create_server(("127.0.0.1", 0)) as outside:
        outside.setblocking(False)
        url = f"http://127.0.0.1:{outside.getsockname()[1]}/data"
        assert _update(write, sparql.replace("URL", url)).status_code == status
        with pytest.raises(BlockingIOError):
            outside.accept()


def test_another_writer_is_waited_for_by_the_client(write: Asker, folder: Path) -> None:
    with open_writer(folder):
        busy = _update(write, "CLEAR DEFAULT")
        assert busy.status_code == 503
        assert busy.json()["type"].endswith("#store-locked")
    assert _update(write, "CLEAR DEFAULT").status_code == 204


def test_nothing_is_written_before_an_erasure_that_was_cut_short_is_done(
    write: Asker, folder: Path
) -> None:
    with open_writer(folder) as killed:
        killed.begin_erasure(killed.suppression)
    before = write.site.latest().name
    refused = _update(write, "CLEAR DEFAULT")
    assert refused.status_code == 503
    assert refused.json()["type"].endswith("#erasure-unfinished")
    assert "undersigned forget" in refused.json()["detail"]
    assert write("DELETE", f"/graphs?graph={NOTES}", headers=TOKEN).status_code == 503
    assert write.site.latest().name == before
    with open_writer(folder) as writer:
        go_on_forgetting(writer)
    assert _update(write, "CLEAR DEFAULT").status_code == 204


def test_update_that_takes_too_long_is_not_done(
    folder: Path, make_asker: Callable[..., Asker]
) -> None:
    site = Site(LatestRevision(folder), ServeSettings(token="tests-only", update_seconds=1))
    write = make_asker(folder, site=site, app=make_app(site, [writing_part(folder)]))
    values = " ".join(f"VALUES ?v{n} {{ {' '.join(map(str, range(100)))} }}" for n in range(9))
    endless = f"INSERT {{ <urn:a> <urn:b> ?n }} WHERE {{ SELECT (COUNT(*) AS ?n) {{ {values} }} }}"
    before = site.latest().name
    assert _update(write, endless).status_code == 504
    assert site.latest().name == before
    assert _update(write, "CLEAR DEFAULT").status_code == 204


def test_graph_is_put_read_extended_and_dropped(write: Asker) -> None:
    path, one, two = f"/graphs?graph={NOTES}", "<urn:a> <urn:b> 1 .", "<urn:a> <urn:b> 2 ."
    assert write("GET", path, headers=TOKEN).status_code == 404
    assert write("PUT", path, content=one, headers=TURTLE).status_code == 201
    assert write("POST", path, content=two, headers=TURTLE).status_code == 204
    lines = write("GET", path, headers={**TOKEN, "Accept": "application/n-triples"}).text
    assert len(lines.splitlines()) == 2
    assert write("PUT", path, content=two, headers=TURTLE).status_code == 204
    assert _count(write, f"GRAPH <{NOTES}> {{ ?s ?p ?o }}") == 1
    assert write("DELETE", path, headers=TOKEN).status_code == 204
    assert write("DELETE", path, headers=TOKEN).status_code == 404


def test_graph_that_is_posted_without_a_name_gets_one(write: Asker) -> None:
    made = write("POST", "/graphs", content="<> <urn:b> [] .", headers=TURTLE)
    assert made.status_code == 201
    graph = made.headers["location"]
    assert _count(write, f"GRAPH <{graph}> {{ <{graph}> <urn:b> ?o }}") == 1


@pytest.mark.parametrize(
    ("content_type", "payload", "status"),
    [
        ("text/turtle", "<urn:a> <urn:b>", 400),
        ("text/html", "<p>", 415),
        (
            "application/ld+json",
            '{"@context": "http://127.0.0.1:1/c", "@id": "urn:a", "b": 1}',
            400,
        ),
        ("application/rdf+xml", f"<!DOCTYPE r [<!ENTITY e0 'x'>{BOMB}]><r>&e9;</r>", 400),
        (
            "application/rdf+xml",
            "<!doctype r [<!ENTITY f SYSTEM 'file:///etc/hostname'>]><r>&f;</r>",
            400,
        ),
        ("application/rdf+xml", "<?xml version='1.0' encoding='UTF-16'?><!DOCTYPE r []><r/>", 400),
    ],
)
def test_graph_that_can_not_or_must_not_be_read_is_refused(
    write: Asker, content_type: str, payload: str, status: int
) -> None:
    encoding = "utf-16" if "UTF-16" in payload else "utf-8"
    headers = {**TOKEN, "Content-Type": content_type}
    content = payload.encode(encoding)
    answer = write("PUT", f"/graphs?graph={NOTES}", content=content, headers=headers)
    assert answer.status_code == status
    assert write("GET", f"/graphs?graph={NOTES}", headers=TOKEN).status_code == 404


def test_dataset_of_the_request_is_what_patterns_see(write: Asker) -> None:
    for number in (1, 2):
        data = f"GRAPH <urn:g{number}> {{ <urn:a> <urn:b> {number} }}"
        assert _update(write, f"INSERT DATA {{ {data} }}").status_code == 204
    copy = "INSERT { GRAPH <urn:copy> { ?s ?p ?o } } WHERE { ?s ?p ?o }"
    assert _update(write, copy, **{"using-graph-uri": "urn:g2"}).status_code == 204
    assert _count(write, "GRAPH <urn:copy> { ?s ?p 2 }") == 1
    assert _count(write, "GRAPH <urn:copy> { ?s ?p ?o }") == 1


@pytest.mark.parametrize(
    ("sparql", "written"),
    [
        ("INSERT { ?a ?b 'WHERE' } WHERE { ?a ?b ?c }",
         "INSERT { ?a ?b 'WHERE' } USING <urn:g> WHERE { ?a ?b ?c }"),
        ("DELETE WHERE { ?a ?b '}' }",
         "DELETE  { ?a ?b '}' } USING <urn:g> WHERE  { ?a ?b '}' }"),
        ("INSERT DATA { <urn:where> <urn:b> 1 } # WHERE", None),
        ("INSERT {} WHERE { { SELECT * WHERE { ?a ?b ?c } } }",
         "INSERT {} USING <urn:g> WHERE { { SELECT * WHERE { ?a ?b ?c } } }"),
        ("DELETE WHERE { ?a ?b 1 } ; INSERT {} WHERE {}",
         "DELETE  { ?a ?b 1 } USING <urn:g> WHERE  { ?a ?b 1 } ; INSERT {} USING <urn:g> WHERE {}"),
    ],
)  # fmt: skip
def test_dataset_stands_before_outer_patterns(sparql: str, written: str | None) -> None:
    assert with_dataset(sparql, ["urn:g"], []) == (written or sparql)


@pytest.mark.parametrize(
    "sparql", ["WITH <urn:g> DELETE {} WHERE {}", "INSERT {} using <urn:g> WHERE {}"]
)
def test_two_datasets_are_one_too_many(sparql: str) -> None:
    with pytest.raises(Problem, match="leave one of them out"):
        with_dataset(sparql, ["urn:g"], ["urn:h"])
