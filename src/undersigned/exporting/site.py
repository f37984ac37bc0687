"""The pages of the site as files for a plain web host, in one zip.

What takes a server is not in it: search, queries, saved questions. Links are relative, so that the
copy works below any address, and from a folder on disk.
"""

from __future__ import annotations

import asyncio
import zlib
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Final

from undersigned.exporting.archive import open_archive
from undersigned.exporting.base import ExportFormat
from undersigned.project import Project

if TYPE_CHECKING:
    import httpx

    from undersigned.exporting.base import ExportRequest

_ORIGIN: Final = "http://localhost"
_NO_SERVER: Final = datetime(1970, 1, 1, tzinfo=UTC)
"""In place of the time of publication, which would be in headers alone."""


def write_site(request: ExportRequest, output: BinaryIO) -> int:
    """Writes every page that the front page leads to; the number of files."""
    # In a thread of its own: who calls may run in an event loop, as notebooks do.
    with ThreadPoolExecutor(max_workers=1) as thread:
        files = thread.submit(lambda: asyncio.run(_crawled(request))).result()
    # Here, since the rest of the program need not wait for what parses pages.
    from undersigned.exporting.site_pages import relinked

    known = frozenset(files)
    with open_archive(output) as archive:
        for name in sorted(files):
            body = zlib.decompress(files[name])
            with archive.file(name) as file:
                file.write(relinked(body, name, known) if name.endswith(".html") else body)
            request.advance(1)
    return len(files)


async def _crawled(request: ExportRequest) -> dict[str, bytes]:
    """The compressed bytes of each file, as the server answers."""
    from undersigned.exporting.site_pages import START, copies_of, links_of

    files: dict[str, bytes] = {}
    waiting = [START]
    seen = {START.file}
    async with _client(request) as client:
        while waiting:
            copy = waiting.pop()
            answer = await client.get(copy.address)
            if not answer.is_success:
                continue
            files[copy.file] = zlib.compress(answer.content, 1)
            if copy.file.endswith(".html"):
                found = copies_of(links_of(answer.content, copy.address))
                waiting += [other for other in found if other.file not in seen]
                seen.update(other.file for other in found)
    return files


def _client(request: ExportRequest) -> httpx.AsyncClient:
    """A client of the pages over the reader of the request, in this process."""
    import httpx

    from undersigned.pages.routes import routes
    from undersigned.serving.app import make_app
    from undersigned.serving.limits import ServeSettings
    from undersigned.serving.site import Revision, Site

    project = Project(request.context_file.parent.parent, "that of the export")
    revision = Revision(request.reader, _NO_SERVER, Path("none/revisions/none"))
    site = Site(lambda: revision, ServeSettings(cache_bytes=0), project=project)
    transport = httpx.ASGITransport(app=make_app(site, [routes]))
    return httpx.AsyncClient(
        transport=transport, base_url=_ORIGIN, headers={"Accept": "text/html, */*;q=0.5"}
    )


SITE: Final = ExportFormat(
    name="site",
    media_type="application/zip",
    suffix=".site.zip",
    holds="the pages as files for a plain web host; a folder, or a zip if the name ends so",
    write=write_site,
    unit="files",
    unpacks=True,
)
