"""Answers kept in memory for as long as their revision lasts, and the headers that let others."""

from __future__ import annotations

import hashlib
import threading
from collections import OrderedDict
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from inspect import iscoroutinefunction
from typing import TYPE_CHECKING, Final

from starlette.concurrency import run_in_threadpool
from starlette.responses import FileResponse, Response, StreamingResponse

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Hashable, Mapping

    from starlette.requests import Request

    from undersigned.serving.site import Revision, Site

_KEPT: Final = {HTTPStatus.OK, HTTPStatus.SEE_OTHER}
_STREAMS: Final = (StreamingResponse, FileResponse)
_MADE_ANEW: Final = {"content-length", "etag", "last-modified"}
_ENTRY_BYTES: Final = 1_000
"""What an entry takes beside its body and its key, roughly."""


@dataclass(frozen=True, slots=True)
class KeptAnswer:
    """A whole answer, ready to be sent again and again; see `make_answer`."""

    body: bytes
    etag: str
    raw_headers: tuple[tuple[bytes, bytes], ...]
    status: int


class AnswerCache:
    """The answers used last, of one revision, within a number of bytes."""

    def __init__(self, limit_bytes: int) -> None:
        self._limit = limit_bytes
        self._lock = threading.Lock()
        self._revision = ""
        self._answers: OrderedDict[Hashable, tuple[KeptAnswer, int]] = OrderedDict()
        self.held_bytes = 0
        self.hits = 0
        self.misses = 0

    def find(self, revision: str, key: Hashable) -> KeptAnswer | None:
        """The answer kept for this key in this revision."""
        with self._lock:
            found = self._answers.get(key) if revision == self._revision else None
            if found is None:
                self.misses += 1
                return None
            self._answers.move_to_end(key)
            self.hits += 1
            return found[0]

    def keep(self, revision: str, key: Hashable, answer: KeptAnswer) -> None:
        """Keeps an answer, unless it would fill an eighth of the room."""
        text = key if isinstance(key, str) else repr(key)
        size = len(answer.body) + len(text) + _ENTRY_BYTES
        with self._lock:
            if revision != self._revision:
                self._answers.clear()
                self._revision, self.held_bytes = revision, 0
            if size * 8 > self._limit or key in self._answers:
                return
            self._answers[key] = answer, size
            self.held_bytes += size
            while self.held_bytes > self._limit:
                _, (_, gone) = self._answers.popitem(last=False)
                self.held_bytes -= gone


def etag_of(revision: Revision, *wish: str) -> str:
    """The same for the same revision and the same wish.

    Weak: rows without ORDER BY may come in another order.
    """
    text = "\n".join((revision.name, *wish))
    return f'W/"{hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:24]}"'


def has_already(request: Request, etag: str, revision: Revision) -> bool:
    """Whether the client holds this answer (RFC 9110, 13.1: If-None-Match goes first)."""
    given = dict(request.scope["headers"])
    if (known := given.get(b"if-none-match")) is not None:
        tags = {tag.strip().removeprefix("W/") for tag in known.decode("latin-1").split(",")}
        return etag.removeprefix("W/") in tags or "*" in tags
    if (date := given.get(b"if-modified-since")) is None:
        return False
    try:
        since = parsedate_to_datetime(date.decode("latin-1"))
        return since >= revision.published
    except (TypeError, ValueError, IndexError, OverflowError):
        return False


def validators(etag: str, revision: Revision) -> dict[str, str]:
    """The headers that let a client ask again whether its answer still holds."""
    return {
        "ETag": etag,
        "Last-Modified": revision.last_modified,
        "Cache-Control": "no-cache",
        "Vary": "Accept",
    }


def make_answer(
    revision: Revision,
    etag: str,
    body: bytes,
    headers: Mapping[str, str],
    *,
    status: int = HTTPStatus.OK,
) -> KeptAnswer:
    """An answer made from a revision; `headers` has Content-Type among them."""
    told = {**validators(etag, revision), **headers, "Content-Length": str(len(body))}
    raw = tuple((name.lower().encode(), value.encode("latin-1")) for name, value in told.items())
    return KeptAnswer(body, etag, raw, status)


class _KeptResponse(Response):
    """A response whose headers are written already."""

    def __init__(self, body: bytes, kept: KeptAnswer) -> None:
        # Not the base class's: it would write them anew for each response.
        self.status_code = kept.status
        self.body = body
        self.background = None
        self.raw_headers = list(kept.raw_headers)


def kept_response(request: Request, kept: KeptAnswer, revision: Revision) -> Response:
    """The response for a kept answer: 304 if the client has it, no body for HEAD."""
    if kept.status == HTTPStatus.OK and has_already(request, kept.etag, revision):
        return Response(
            status_code=HTTPStatus.NOT_MODIFIED, headers=validators(kept.etag, revision)
        )
    return _KeptResponse(b"" if request.method == "HEAD" else kept.body, kept)


def cached_handler(
    site: Site,
    handler: Callable[[Request], Response] | Callable[[Request], Awaitable[Response]],
    also: Callable[[], Hashable],
) -> Callable[[Request], Awaitable[Response]]:
    """See `Site.cached`."""

    async def asked(request: Request) -> Response:
        if iscoroutinefunction(handler):
            found = await handler(request)
        else:
            found = await run_in_threadpool(handler, request)
        assert isinstance(found, Response)
        return found

    async def endpoint(request: Request) -> Response:
        revision = site.revision(request)
        wish = (
            request.headers.get("host", ""),
            request.url.path,
            request.url.query,
            request.headers.get("accept", ""),
            repr(also()),
        )
        if kept := site.cache.find(revision.name, wish):
            return kept_response(request, kept, revision)
        response = await asked(request)
        revision = site.revision(request)  # a newer one, if loads took the first away meanwhile
        if response.status_code not in _KEPT or isinstance(response, _STREAMS):
            return response
        kept = make_answer(
            revision,
            response.headers.get("etag") or etag_of(revision, *wish),
            bytes(response.body),
            {k: v for k, v in response.headers.items() if k not in _MADE_ANEW},
            status=response.status_code,
        )
        site.cache.keep(revision.name, wish, kept)
        return kept_response(request, kept, revision)

    return endpoint
