"""What the parts of the web application stand on: one revision for a request, settings, a cache.

The application is put together from parts (`app.make_app`). A part is a function from the site to
routes; its handlers are plain functions that Starlette runs in threads:

    def routes(site: Site) -> list[BaseRoute]:
        def letter(request: Request) -> Response:
            reader = site.reader(request)
            ...
            return HTMLResponse(page)

        return [Route("/letter/{slug:path}", site.cached(letter))]

What the frame does for every part, so that no part does it again:

- `site.reader(request)` gives one revision for the whole request, however many loads end meanwhile.
- `site.cached(handler)` keeps answers for as long as the revision lasts, adds `ETag`,
  `Last-Modified`, `Vary: Accept` and answers 304. The handler runs for GET and HEAD alike.
- A `Problem` or an error of errors.py that a handler raises becomes problem details (RFC 9457), or
  what `make_app(error_page=...)` makes of it for browsers.
- Every response gets the safety headers of shell.py: nosniff, and a policy for pages that allows
  scripts, styles, pictures and requests of this server alone, nothing inline, no eval.
- `site.prepare(work)` has slow work done for a new revision before somebody waits for it.
- Reads may come from any origin; the Host header is checked.

Queries that visitors write never run through `site.reader`: `answering.answer_query` gives them to
processes that can be killed. So should a part do with queries of its own that may be slow.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Awaitable, Callable, Hashable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from email.utils import format_datetime
from typing import TYPE_CHECKING, Final

from undersigned.errors import UndersignedError
from undersigned.serving.caching import AnswerCache, cached_handler
from undersigned.serving.isolation.pool import QueryPool
from undersigned.serving.metrics import RequestCounts
from undersigned.serving.problems import Problem, as_problem

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from starlette.requests import Request
    from starlette.responses import Response
    from starlette.routing import BaseRoute
    from starlette.types import Scope

    from undersigned.project import Project
    from undersigned.serving.limits import ServeSettings
    from undersigned.serving.request_log import RequestLog
    from undersigned.store.base import GraphReader

_LOG: Final = logging.getLogger(__name__)
_REVISION = "undersigned.revision"


@dataclass(frozen=True, slots=True)
class Revision:
    """One published state of the graph."""

    reader: GraphReader
    published: datetime
    """When, in UTC and whole seconds: the Last-Modified of all that is made from it."""
    folder: Path
    """The snapshot on disk, for processes that open it themselves."""

    name: str = field(init=False)
    """Equal names mean equal data."""
    last_modified: str = field(init=False)
    """`published` as HTTP writes it."""

    def __post_init__(self) -> None:
        """Writes the date once, and not for each answer."""
        object.__setattr__(self, "name", self.reader.revision)
        object.__setattr__(self, "last_modified", format_datetime(self.published, usegmt=True))


class Site:
    """What one server serves. Safe to use from many threads."""

    def __init__(
        self,
        latest: Callable[[], Revision],
        settings: ServeSettings,
        *,
        project: Project | None = None,
        log: RequestLog | None = None,
    ) -> None:
        """Takes what gives the newest revision; it is called for each request.

        `latest` should hand out one open reader until the revision changes (`LatestRevision`).
        """
        self.settings = settings
        self.project = project
        """Where ontology, loaders and queries are found; None if the site has no such folder."""
        self.cache = AnswerCache(settings.cache_bytes)
        self.queries = QueryPool(settings)
        """Evaluates queries of visitors."""
        self.requests = RequestCounts()
        self.log = log
        self._latest = latest
        self._preparing: list[Callable[[Revision], None]] = []
        self._prepared: Revision | None = None
        self._is_open = False

    def open(self) -> None:
        """Lets parts get ready for visitors from now on; what a server does when it starts."""
        self._is_open = True
        with suppress(Problem):  # nothing is published yet
            self.latest()

    def prepare(self, work: Callable[[Revision], None]) -> None:
        """Has work done in a thread for each revision that is opened, before anybody asks for it.

        It may fail: whoever needs its result later meets the same error.
        """
        self._preparing.append(work)

    def observe(self, scope: Scope, status: int, seconds: float) -> None:
        """Is told of every response."""
        self.requests.count(scope["method"], status, seconds)
        if self.log is not None:
            self.log.write(scope, status, seconds)

    def latest(self) -> Revision:
        """The newest revision.

        Raises:
            Problem: 503, the store can't be read.
        """
        try:
            revision = self._latest()
        except UndersignedError as error:
            raise as_problem(error) from error
        if self._is_open and revision is not self._prepared:
            self._prepared = revision
            threading.Thread(target=self._prepare, args=(revision,), daemon=True).start()
        return revision

    def _prepare(self, revision: Revision) -> None:
        for work in self._preparing:
            try:
                work(revision)
            except (UndersignedError, OSError) as error:
                _LOG.warning("nothing was prepared for revision %s: %s", revision.name, error)

    def revision(self, request: Request) -> Revision:
        """The revision that this request is answered from, the same at each call.

        Raises:
            Problem: 503, the store can't be read.
        """
        found = request.scope.get(_REVISION)
        if not isinstance(found, Revision):
            found = request.scope[_REVISION] = self.latest()
        return found

    def forget_revision(self, request: Request) -> None:
        """Lets the request see the newest revision from now on; for one that is gone."""
        request.scope.pop(_REVISION, None)

    def reader(self, request: Request) -> GraphReader:
        """The reader of the request's revision; not to be closed."""
        return self.revision(request).reader

    def cached(
        self,
        handler: Callable[[Request], Response] | Callable[[Request], Awaitable[Response]],
        *,
        also: Callable[[], Hashable] = tuple,
    ) -> Callable[[Request], Awaitable[Response]]:
        """The endpoint for a route whose answer follows from URL, Accept header and revision.

        Not for answers that depend on a cookie, on the time or on who asks. Whole answers with
        status 200 or 303 are kept, within `settings.cache_bytes`; others pass as they are. `also`
        gives what else the answer follows from, as the state of files that are read for it.
        """
        return cached_handler(self, handler, also)


Part = Callable[[Site], Sequence["BaseRoute"]]
"""Gives the routes of one part of the application. The first route that fits a path answers."""
