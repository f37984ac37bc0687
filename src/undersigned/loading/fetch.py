"""Fetches one page over http or https, within limits of time, size and place.

Redirects are followed here, so that every hop is checked as the first one was. Each request goes
to an address that `addresses` has checked; the host's name is kept in the Host header and in the
TLS handshake, so that certificates are checked against the name.
"""

from __future__ import annotations

import time
import zlib
from dataclasses import dataclass, field, replace
from email.message import Message
from typing import Final

import httpx

from undersigned.errors import SourceUnreachable
from undersigned.loading.addresses import Address, Resolver, checked_addresses, resolve
from undersigned.loading.base import Payload

USER_AGENT: Final = "undersigned (news reader for open letters)"
_REDIRECTS: Final = frozenset({301, 302, 303, 307, 308})
_NOT_TEXT: Final = ("image/", "video/", "audio/", "font/", "application/zip", "application/gzip")


@dataclass(frozen=True, slots=True, kw_only=True)
class FetchRules:
    """The limits of a fetch.

    Attributes:
        connect_seconds: To open a connection.
        read_seconds: Between two pieces of an answer.
        total_seconds: From the first request to the last byte, redirects included.
        max_bytes: Of the page, after decompression.
        max_redirects: Hops from the URL that was given to the page.
        allow_private: Whether addresses in private networks and on this machine may be asked.
    """

    connect_seconds: float = 10.0
    read_seconds: float = 20.0
    total_seconds: float = 60.0
    max_bytes: int = 20_000_000
    max_redirects: int = 5
    allow_private: bool = False


@dataclass(frozen=True, slots=True)
class _Fetch:
    rules: FetchRules
    client: httpx.Client
    resolver: Resolver
    deadline: float = field(default=0.0)

    def timeout(self, url: str) -> httpx.Timeout:
        left = self.deadline - time.monotonic()
        if left <= 0:
            raise SourceUnreachable(
                f"{url}: no complete answer within {self.rules.total_seconds:g} seconds; "
                "try again later, or save the page and load the file"
            )
        return httpx.Timeout(
            min(left, self.rules.read_seconds), connect=min(left, self.rules.connect_seconds)
        )


def fetch(
    url: str,
    rules: FetchRules,
    *,
    source_id: str | None = None,
    transport: httpx.BaseTransport | None = None,
    resolver: Resolver = resolve,
) -> Payload:
    """The page at a URL, after redirects.

    The proxy and password settings of the environment are left aside: a proxy would look up names
    by itself, and no address could be checked.

    Raises:
        SourceUnreachable: it did not answer, answered with an error, or may not be asked; the
            message says which and what to do.
    """
    with httpx.Client(transport=transport, trust_env=False, follow_redirects=False) as client:
        job = _Fetch(rules, client, resolver, time.monotonic() + rules.total_seconds)
        place = _checked_url(url, url)
        for _ in range(rules.max_redirects + 1):
            answer = _ask(job, place)
            if isinstance(answer, Payload):
                return replace(answer, origin=url, source_id=source_id)
            place = _checked_url(str(answer), url)
    raise SourceUnreachable(
        f"{url}: more than {rules.max_redirects} redirects, the last to {place}; "
        "open it in a browser and give the address that it ends at"
    )


def _checked_url(text: str, origin: str) -> httpx.URL:
    try:
        url = httpx.URL(text)
    except (httpx.InvalidURL, TypeError) as error:
        raise SourceUnreachable(f"{origin}: '{text}' is not a URL: {error}") from error
    if url.scheme not in ("http", "https") or not url.host:
        raise SourceUnreachable(
            f"{origin}: only http and https pages are fetched, and this leads to '{text}'"
        )
    return url.copy_with(fragment=None)


def _ask(job: _Fetch, url: httpx.URL) -> Payload | httpx.URL:
    """The page, or where it redirects to. Tries the host's addresses one after another."""
    port = url.port or (443 if url.scheme == "https" else 80)
    try:
        addresses = checked_addresses(
            url.host, port, allow_private=job.rules.allow_private, resolver=job.resolver
        )
    except SourceUnreachable as error:
        raise SourceUnreachable(f"{url}: {error}") from error
    failure: httpx.HTTPError | None = None
    for address in addresses:
        try:
            return _ask_address(job, url, address)
        except (httpx.ConnectError, httpx.ConnectTimeout) as error:
            failure = error
        except httpx.HTTPError as error:
            raise _broken(url, error) from error
    raise _broken(url, failure) from failure


def _ask_address(job: _Fetch, url: httpx.URL, address: Address) -> Payload | httpx.URL:
    with job.client.stream(
        "GET",
        url.copy_with(host=str(address), username=None, password=None),
        headers={
            "Host": url.netloc.decode("ascii"),
            "User-Agent": USER_AGENT,
            "Accept": "text/html,application/xhtml+xml,text/plain;q=0.9,*/*;q=0.5",
            "Accept-Encoding": "gzip",
        },
        timeout=job.timeout(str(url)),
        extensions={"sni_hostname": url.host},
    ) as response:
        if response.status_code in _REDIRECTS and "location" in response.headers:
            return url.join(response.headers["location"])
        if response.status_code != httpx.codes.OK:
            raise SourceUnreachable(_refusal(url, response))
        declared = Message()
        declared["content-type"] = response.headers.get("content-type", "text/html")
        media_type = declared.get_content_type()
        if media_type.startswith(_NOT_TEXT):
            raise SourceUnreachable(f"{url}: the answer is {media_type}, not a page with text")
        return Payload(
            origin=str(url),
            data=_body(job, url, response),
            name_hint=url.path,
            media_type=media_type,
            charset=declared.get_content_charset(),
            url=str(url),
        )


def _body(job: _Fetch, url: httpx.URL, response: httpx.Response) -> bytes:
    """The bytes of an answer; at most one layer of compression is taken off, within the limit."""
    limit = job.rules.max_bytes
    unpack = _unpacker(url, response)
    body = bytearray()
    for piece in response.iter_raw():
        job.timeout(str(url))
        try:
            body += unpack.decompress(piece, limit + 1 - len(body)) if unpack else piece
        except zlib.error as error:
            raise SourceUnreachable(f"{url}: the answer is damaged: {error}; try again") from error
        if len(body) > limit:
            raise SourceUnreachable(
                f"{url}: the page is larger than {limit / 1e6:g} MB; "
                "save the article's text and load the file"
            )
    if unpack and not unpack.eof:
        raise SourceUnreachable(f"{url}: the answer broke off in the middle; try again")
    return bytes(body)


def _unpacker(url: httpx.URL, response: httpx.Response) -> zlib._Decompress | None:
    encoding = response.headers.get("content-encoding", "identity").strip().lower()
    if encoding in ("identity", ""):
        return None
    if encoding in ("gzip", "x-gzip", "deflate"):
        return zlib.decompressobj(wbits=zlib.MAX_WBITS | 32)
    raise SourceUnreachable(
        f"{url}: the answer is compressed as '{encoding}' though only gzip was asked for; "
        "save the page and load the file"
    )


def _refusal(url: httpx.URL, response: httpx.Response) -> str:
    status = f"{response.status_code} {response.reason_phrase}".strip()
    if response.status_code in (401, 402, 403, 429, 451):
        advice = "the site does not hand it to programs; save the page in a browser and load that"
    elif response.status_code in (404, 410):
        advice = "check the address, or look for a copy in a web archive"
    else:
        advice = "try again later"
    return f"{url}: the server answered {status}; {advice}"


def _broken(url: httpx.URL, error: httpx.HTTPError | None) -> SourceUnreachable:
    if isinstance(error, httpx.ConnectTimeout):
        return SourceUnreachable(f"{url}: no connection in time; check the address, or try later")
    if isinstance(error, httpx.TimeoutException):
        return SourceUnreachable(f"{url}: no answer in time; try again later")
    return SourceUnreachable(f"{url}: the connection failed: {error}; check the address")
