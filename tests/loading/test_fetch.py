"""Fetching. The network is a transport double, or a server of our own on the loopback address."""

from __future__ import annotations

import gzip
import threading
import zlib
from http.server import BaseHTTPRequestHandler, HTTPServer
from ipaddress import ip_address
from typing import TYPE_CHECKING

import httpx
import pytest

from undersigned.errors import SourceUnreachable
from undersigned.loading.addresses import is_public
from undersigned.loading.fetch import FetchRules, fetch

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from undersigned.loading.base import Payload

PUBLIC = "93.184.216.34"
PAGE = b"<html><p>Forty bakers wrote.</p></html>"
Answer = "Callable[[httpx.Request], httpx.Response]"


def resolver(**hosts: str) -> Callable[[str, int], list[str]]:
    """A name service in which hosts have these addresses, and all others one public address."""
    return lambda host, _port: hosts.get(host.replace(".", "_"), PUBLIC).split()


def fetch_from(
    answer: Callable[[httpx.Request], httpx.Response],
    url: str = "https://echo.example/bees",
    rules: FetchRules | None = None,
    names: Callable[[str, int], list[str]] | None = None,
) -> Payload:
    return fetch(
        url,
        rules or FetchRules(),
        transport=httpx.MockTransport(answer),
        resolver=names or resolver(),
    )


def raw(data: bytes, status: int = 200, **headers: str) -> httpx.Response:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return httpx.Response(status, headers=named, stream=httpx.ByteStream(data))


def test_a_page_is_fetched_from_the_checked_address_under_its_own_name() -> None:
    asked: list[httpx.Request] = []

    def answer(request: httpx.Request) -> httpx.Response:
        asked.append(request)
        return raw(PAGE, content_type="text/html; charset=ISO-8859-1")

    payload = fetch_from(answer)
    assert (payload.data, payload.media_type, payload.charset) == (PAGE, "text/html", "iso-8859-1")
    assert payload.url == payload.origin == "https://echo.example/bees"
    assert asked[0].url.host == PUBLIC
    assert asked[0].headers["host"] == "echo.example"
    assert asked[0].extensions["sni_hostname"] == "echo.example"


def test_redirects_are_followed_and_the_last_url_told() -> None:
    def answer(request: httpx.Request) -> httpx.Response:
        if request.url.path == "/bees":
            return raw(b"", 301, location="/letters/bees#x")
        return raw(PAGE)

    assert fetch_from(answer).url == "https://echo.example/letters/bees"


@pytest.mark.parametrize(
    ("location", "words"),
    [
        ("http://inner.example/x", r"inner\.example: its address 10\.0\.0\.8 lies in a private"),
        ("file:///etc/passwd", "only http and https"),
        ("/bees", "more than 5 redirects"),
        ("http://x.example:port/", "Invalid URL in location header"),
    ],
)
def test_a_redirect_is_checked_as_the_first_address_was(location: str, words: str) -> None:
    with pytest.raises(SourceUnreachable, match=words):
        fetch_from(
            lambda _request: raw(b"", 302, location=location),
            names=resolver(inner_example="10.0.0.8"),
        )


@pytest.mark.parametrize(
    "addresses",
    [
        "127.0.0.1",
        "10.1.2.3",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "0.0.0.0",
        "224.0.0.1",
        "240.0.0.1",
        "255.255.255.255",
        "::1",
        "::",
        "fe80::1%eth0",
        "fc00::1",
        "ff02::1",
        "::ffff:127.0.0.1",
        "::ffff:10.0.0.1",
        "64:ff9b::7f00:1",
        "2002:7f00:1::",
        f"{PUBLIC} 127.0.0.1",
    ],
)
def test_an_address_that_is_not_public_is_not_asked(addresses: str) -> None:
    with pytest.raises(SourceUnreachable, match="private or reserved network"):
        fetch_from(lambda _request: raw(PAGE), names=resolver(echo_example=addresses))


@pytest.mark.parametrize("address", [PUBLIC, "2606:2800:220:1::1", "::ffff:93.184.216.34"])
def test_public_addresses_may_be_asked(address: str) -> None:
    assert is_public(ip_address(address))


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (raw(b"", 404), "404 Not Found; check the address"),
        (raw(b"", 403), "403 Forbidden; the site does not hand it to programs"),
        (raw(b"", 503), "503 Service Unavailable; try again later"),
        (raw(b"x", content_type="image/png"), "the answer is image/png"),
        (raw(b"x", content_encoding="br"), "compressed as 'br'"),
        (raw(b"not gzip", content_encoding="gzip"), "the answer is damaged"),
        (raw(gzip.compress(PAGE)[:-9], content_encoding="gzip"), "broke off"),
        (raw(b"x" * 2001), "larger than 0.002 MB"),
        (raw(gzip.compress(bytes(5_000_000)), content_encoding="gzip"), "larger than 0.002 MB"),
    ],
)
def test_an_answer_without_a_page_is_told(answer: httpx.Response, words: str) -> None:
    with pytest.raises(SourceUnreachable, match=words) as caught:
        fetch_from(lambda _request: answer, rules=FetchRules(max_bytes=2000))
    assert str(caught.value).startswith("https://echo.example/bees: ")


@pytest.mark.parametrize("packed", [gzip.compress(PAGE), zlib.compress(PAGE)])
def test_a_compressed_page_is_unpacked(packed: bytes) -> None:
    assert fetch_from(lambda _request: raw(packed, content_encoding="gzip")).data == PAGE


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (httpx.ConnectError("refused"), "the connection failed: refused"),
        (httpx.ConnectTimeout("late"), "no connection in time"),
        (httpx.ReadTimeout("late"), "no answer in time"),
        (httpx.RemoteProtocolError("odd"), "the connection failed: odd"),
    ],
)
def test_a_failed_connection_is_told(error: httpx.HTTPError, words: str) -> None:
    def answer(_request: httpx.Request) -> httpx.Response:
        raise error

    with pytest.raises(SourceUnreachable, match=words):
        fetch_from(answer)


def test_the_next_address_is_tried_where_one_does_not_connect() -> None:
    def answer(request: httpx.Request) -> httpx.Response:
        if request.url.host == PUBLIC:
            raise httpx.ConnectError("refused")
        return raw(PAGE)

    names = resolver(echo_example=f"{PUBLIC} 2606:2800:220:1::1")
    assert fetch_from(answer, names=names).data == PAGE


def test_the_whole_time_is_limited() -> None:
    with pytest.raises(SourceUnreachable, match="no complete answer within 0 seconds"):
        fetch_from(lambda _request: raw(PAGE), rules=FetchRules(total_seconds=0))


def test_a_name_that_does_not_resolve_is_told() -> None:
    def unknown(_host: str, _port: int) -> list[str]:
        raise OSError("unknown name")

    with pytest.raises(SourceUnreachable, match="does not resolve"):
        fetch_from(lambda _request: raw(PAGE), names=unknown)


@pytest.fixture
def server() -> Iterator[str]:
    class Pages(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write(PAGE + self.headers["Host"].encode())

        def log_message(self, format: str, *args: object) -> None:
            """Keeps the test's output quiet."""

    with HTTPServer(("127.0.0.1", 0), Pages) as serving:
        thread = threading.Thread(target=serving.serve_forever)
        thread.start()
        yield f"http://localhost:{serving.server_port}/bees"
        serving.shutdown()
        thread.join()


def test_loopback_is_asked_only_if_allowed(server: str) -> None:
    payload = fetch(server, FetchRules(allow_private=True))
    assert payload.data == PAGE + server.split("/")[2].encode()
    with pytest.raises(SourceUnreachable, match="--allow-private-addresses"):
        fetch(server, FetchRules())
