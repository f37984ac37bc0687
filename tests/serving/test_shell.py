"""Headers, caching, CORS, hosts."""

from __future__ import annotations

import io
import json
import shutil
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING

import pytest
from pyoxigraph import Literal, Triple
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from undersigned.errors import UndersignedError
from undersigned.iris import Iris
from undersigned.pages.requests import error_page
from undersigned.serving.app import make_app
from undersigned.serving.limits import ServeSettings
from undersigned.serving.parts import PARTS
from undersigned.serving.request_log import RequestLog
from undersigned.serving.revision import LatestRevision
from undersigned.serving.site import Revision, Site
from undersigned.store.embedded import open_writer
from undersigned.terms import RDFS_LABEL

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from starlette.requests import Request

    from serving.asking import Asker
    from undersigned.serving.problems import Problem

QUERY = "SELECT * { ?s ?p ?o }"


@pytest.mark.parametrize("path", ["/", "/sparql", "/health", "/nowhere"])
def test_every_answer_has_the_safety_headers(ask: Asker, path: str) -> None:
    headers = ask("GET", path).headers
    assert headers["x-content-type-options"] == "nosniff"
    assert "default-src 'none'" in headers["content-security-policy"]
    assert "unsafe" not in headers["content-security-policy"]
    assert "server" not in headers


def test_any_site_may_read_without_credentials(ask: Asker) -> None:
    read = ask.query(QUERY, Origin="https://reader.example")
    assert read.headers["access-control-allow-origin"] == "*"
    assert "access-control-allow-credentials" not in read.headers
    failed = ask.query("nonsense", Origin="https://reader.example")
    assert failed.headers["access-control-allow-origin"] == "*"
    preflight = {
        "Origin": "https://reader.example",
        "Access-Control-Request-Method": "POST",
        "Access-Control-Request-Headers": "content-type",
    }
    assert ask("OPTIONS", headers=preflight).status_code == 204
    write = {**preflight, "Access-Control-Request-Method": "DELETE"}
    assert ask("OPTIONS", headers=write).status_code == 400


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("localhost", 200),
        ("LOCALHOST:8000", 200),
        ("127.0.0.1:8000", 200),
        ("[::1]:8000", 200),
        ("rebound.example", 421),
        ("localhost.rebound.example", 421),
        ("", 400),
        ("local host", 400),
        ("localhost:80:80", 400),
    ],
)
def test_loopback_server_answers_under_its_own_names_only(
    ask: Asker, host: str, status: int
) -> None:
    assert ask("GET", "/health", headers={"Host": host}).status_code == status


def _write(folder: Path, count: int) -> None:
    graph = Iris().knowledge
    with open_writer(folder) as writer:
        labels = [Triple(graph, RDFS_LABEL, Literal(str(number))) for number in range(count)]
        writer.replace_graphs({graph: labels})
        writer.publish()


def test_known_answer_is_not_sent_again_until_the_revision_changes(
    tmp_path: Path, make_asker: Callable[..., Asker]
) -> None:
    _write(tmp_path / "store", 1)
    ask = make_asker(tmp_path / "store")
    first = ask.query(QUERY)
    known = {"If-None-Match": f'"other", {first.headers["etag"]}'}
    again = ask("GET", params={"query": QUERY}, headers=known)
    assert again.status_code == 304
    assert again.content == b""
    assert again.headers["etag"] == first.headers["etag"]
    csv = ask("GET", params={"query": QUERY}, headers={**known, "Accept": "text/csv"})
    assert csv.status_code == 200
    _write(tmp_path / "store", 2)
    changed = ask("GET", params={"query": QUERY}, headers=known)
    assert changed.status_code == 200
    assert len(changed.json()["results"]["bindings"]) == 2


@pytest.mark.parametrize("path", ["/", "/sparql", "/sparql?query=ASK%7B%7D"])
def test_date_of_the_revision_is_the_date_of_its_answers(ask: Asker, path: str) -> None:
    date = ask("GET", path).headers["last-modified"]
    assert parsedate_to_datetime(date) == ask.site.latest().published
    assert ask("GET", path, headers={"If-Modified-Since": date}).status_code == 304
    for other in ("Thu, 01 Jan 2015 00:00:00 GMT", "yesterday"):
        assert ask("GET", path, headers={"If-Modified-Since": other}).status_code == 200


def test_repeated_question_is_answered_from_memory(
    store: Path, make_asker: Callable[..., Asker]
) -> None:
    ask = make_asker(store)
    first, again = ask.query(QUERY), ask.query(QUERY)
    assert (ask.site.cache.misses, ask.site.cache.hits) == (1, 1)
    assert again.content == first.content
    assert again.headers == first.headers
    posted = ask("POST", data={"query": QUERY})
    assert posted.content == first.content
    assert ask.site.cache.hits == 2


def test_memory_of_kept_answers_has_a_limit(store: Path, make_asker: Callable[..., Asker]) -> None:
    ask = make_asker(store, ServeSettings(cache_bytes=20_000))
    for number in range(30):
        ask.query(f"{QUERY} # {number}")
        assert ask.site.cache.held_bytes <= 20_000
    ask.query(f"{QUERY} # 29")
    assert ask.site.cache.hits == 1


def test_what_a_load_published_is_seen_without_a_restart(
    tmp_path: Path, make_asker: Callable[..., Asker]
) -> None:
    ask = make_asker(tmp_path / "store")
    assert ask.query(QUERY).status_code == 503
    for count in (1, 2):
        _write(tmp_path / "store", count)
        assert len(ask.query(QUERY).json()["results"]["bindings"]) == count
    assert ask.site.latest() is ask.site.latest()


def test_request_sees_one_revision_though_a_load_ends_meanwhile(
    tmp_path: Path, make_asker: Callable[..., Asker]
) -> None:
    folder = tmp_path / "store"
    _write(folder, 1)

    def part(site: Site) -> list[BaseRoute]:
        def counted(request: Request) -> Response:
            counts = []
            for _ in range(2):
                counts.append(len(list(site.reader(request).triples(Iris().knowledge))))
                _write(folder, 2)
            return PlainTextResponse(str(counts))

        return [Route("/counted", site.cached(counted))]

    site = Site(LatestRevision(folder), ServeSettings())
    ask = make_asker(folder, site=site, app=make_app(site, [part]))
    assert ask("GET", "/counted").text == "[1, 1]"
    assert ask("GET", "/counted").text == "[2, 2]"


def test_revision_that_was_taken_away_is_followed_by_the_newest(
    tmp_path: Path, make_asker: Callable[..., Asker]
) -> None:
    folder = tmp_path / "store"
    _write(folder, 1)
    latest = LatestRevision(folder)
    old = latest()
    given = iter([old])
    site = Site(lambda: next(given, None) or latest(), ServeSettings())
    _write(folder, 2)
    shutil.rmtree(old.folder)
    answer = make_asker(folder, site=site).query(QUERY)
    assert len(answer.json()["results"]["bindings"]) == 2
    broken = Site(lambda: old, ServeSettings())
    assert make_asker(folder, site=broken).query(QUERY).status_code == 503


def test_store_that_can_not_be_read_is_a_problem_without_its_path(
    tmp_path: Path, make_asker: Callable[..., Asker]
) -> None:
    ask = make_asker(tmp_path / "secret")
    for path in ("/health", "/ready", "/sparql", "/sparql?query=ASK%7B%7D", "/graphs?default"):
        response = ask("GET", path)
        assert response.status_code == 503
        assert "secret" not in response.text


def test_bug_is_told_to_the_server_and_not_to_the_client(
    tmp_path: Path, make_asker: Callable[..., Asker]
) -> None:
    def broken() -> Revision:
        raise ZeroDivisionError("/secret/place")

    site = Site(broken, ServeSettings())
    with pytest.raises(ZeroDivisionError):
        make_asker(tmp_path, site=site).query(QUERY)
    response = make_asker(tmp_path, site=site, raises_bugs=False).query(QUERY)
    assert response.status_code == 500
    assert response.json()["type"].endswith("#internal")
    assert "secret" not in response.text
    assert response.headers["x-content-type-options"] == "nosniff"


class Broken(UndersignedError):
    """An error that is not for clients."""


@pytest.mark.parametrize("accept", ["application/json", "text/html"])
@pytest.mark.parametrize("bug", [ZeroDivisionError("/secret/place"), Broken("/secret/place")])
def test_incident_of_an_answer_leads_to_the_trace_and_to_the_line_of_the_log(
    accept: str,
    bug: Exception,
    tmp_path: Path,
    make_asker: Callable[..., Asker],
    caplog: pytest.LogCaptureFixture,
) -> None:
    def part(site: Site) -> list[BaseRoute]:
        def fail(request: Request) -> Response:
            raise bug

        return [Route("/fail", fail)]

    lines = io.StringIO()
    site = Site(LatestRevision(tmp_path), ServeSettings(), log=RequestLog(lines))
    app = make_app(site, [part], error_page=error_page)
    ask = make_asker(tmp_path, site=site, app=app, raises_bugs=False)
    response = ask("GET", "/fail", headers={"Accept": accept})
    assert response.status_code == 500
    assert response.headers["content-type"].startswith(
        "text/html" if accept == "text/html" else "application/problem+json"
    )
    assert response.headers["x-content-type-options"] == "nosniff"
    assert "default-src 'none'" in response.headers["content-security-policy"]
    assert "secret" not in response.text
    assert "Traceback" not in response.text
    (line,) = (json.loads(line) for line in lines.getvalue().splitlines())
    assert line["status"] == 500
    assert line["incident"] in response.text
    # A server logs with its traceback what passes it; what is answered before is logged here.
    notes = getattr(bug, "__notes__", [])
    assert any(line["incident"] in told for told in [*notes, *caplog.messages])


def test_bug_of_a_page_that_tells_of_bugs_is_told_in_a_problem(
    tmp_path: Path, make_asker: Callable[..., Asker]
) -> None:
    def broken_page(request: Request, problem: Problem) -> Response:
        raise ZeroDivisionError("/secret/place")

    def broken() -> Revision:
        raise ZeroDivisionError("/secret/place")

    site = Site(broken, ServeSettings())
    app = make_app(site, PARTS, error_page=broken_page)
    ask = make_asker(tmp_path, site=site, app=app, raises_bugs=False)
    response = ask("GET", "/ready", headers={"Accept": "text/html"})
    assert response.status_code == 500
    assert response.json()["incident"] in response.json()["detail"]
