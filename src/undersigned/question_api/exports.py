"""`/export`: the dataset or a part of it as a file, made in a process of its own."""

from __future__ import annotations

import asyncio
import json
import logging
import os
import signal
import sys
import tempfile
from contextlib import suppress
from dataclasses import asdict
from http import HTTPStatus
from typing import IO, TYPE_CHECKING, Final

from starlette.concurrency import run_in_threadpool
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route

from undersigned.errors import EntityAmbiguous, EntityNotFound
from undersigned.exporting.columns import table_definitions
from undersigned.exporting.networks import NETWORKS
from undersigned.pages.requests import project_of
from undersigned.question_api.export_formats import get_offered_format
from undersigned.question_api.export_process import CAN_NOT, TOO_LARGE, ExportJob
from undersigned.questions.lookup import SHOWN, EntityType, find_entities, get_entity
from undersigned.questions.saved_query import near
from undersigned.serving.answering import gone
from undersigned.serving.body import parameters_of
from undersigned.serving.caching import etag_of, has_already, validators
from undersigned.serving.problems import Problem, unforeseen

if TYPE_CHECKING:
    from collections.abc import Iterator

    from starlette.requests import Request
    from starlette.routing import BaseRoute

    from undersigned.exporting.base import ExportFormat
    from undersigned.serving.site import Site

_LOG: Final = logging.getLogger(__name__)
_CLIENT_GONE: Final = 499
_CHUNK_BYTES: Final = 256 * 1024
_KINDS: Final = {"letter": EntityType.LETTER, "person": EntityType.AGENT}
_MOST_THINGS: Final = 100
_DEFAULT_NETWORK: Final = "co-signatures"
_PARAMETERS: Final = ("format", "letter", "person", "table", "network", "licence")
_ZIPPED: Final = (".zip", ".xlsx")
_ZIP: Final = b"PK\x03\x04"


def routes(site: Site) -> list[BaseRoute]:
    """The route of exports."""
    return [Route("/export", Exports(site).answer)]


class Exports:
    """Makes exports, a few at a time."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._places = asyncio.Semaphore(site.settings.exports_together)

    async def answer(self, request: Request) -> Response:
        """The file, when it is whole."""
        form, job = await run_in_threadpool(self._job, request)
        revision = self._site.revision(request)
        etag = etag_of(revision, form.name, request.url.query)
        headers = validators(etag, revision)
        if has_already(request, etag, revision):
            return Response(status_code=HTTPStatus.NOT_MODIFIED, headers=headers)
        if self._places.locked():
            raise Problem(
                HTTPStatus.SERVICE_UNAVAILABLE,
                "server-busy",
                "Other exports are being made; ask again in a while.",
                headers={"Retry-After": "15"},
            )
        async with self._places:
            written = await self._written(request, job)
        if written is None:
            return Response(status_code=_CLIENT_GONE)
        file, size = written
        # Several tables come in one zip, where one alone is a plain file.
        is_zip = os.pread(file.fileno(), 4, 0) == _ZIP and not form.suffix.endswith(_ZIPPED)
        name = f"undersigned-{revision.name}{form.suffix}{'.zip' if is_zip else ''}"
        headers |= {
            "Content-Type": "application/zip" if is_zip else form.media_type,
            "Content-Length": str(size),
            "Content-Disposition": f'attachment; filename="{name}"',
        }
        return StreamingResponse(_chunks(file), headers=headers)

    async def _written(self, request: Request, job: ExportJob) -> tuple[IO[bytes], int] | None:
        """The whole file and its length; None if nobody waits for it any more.

        Raises:
            Problem: there is none.
        """
        # A file without a name: it goes when it is closed, however the request ends.
        with tempfile.TemporaryFile() as draft:
            process = await asyncio.create_subprocess_exec(
                *(sys.executable, "-m", "undersigned.question_api.export_process"),
                stdin=asyncio.subprocess.PIPE,
                stdout=draft,
                stderr=asyncio.subprocess.PIPE,
                env={k: v for k, v in os.environ.items() if not k.startswith("UNDERSIGNED_")},
            )
            talk = asyncio.ensure_future(process.communicate(json.dumps(asdict(job)).encode()))
            leaving = asyncio.ensure_future(gone(request))
            try:
                done, _ = await asyncio.wait(
                    {talk, leaving},
                    timeout=job.seconds,
                    return_when=asyncio.FIRST_COMPLETED,
                )
            finally:
                leaving.cancel()
                with suppress(ProcessLookupError):
                    if process.returncode is None:
                        process.kill()
                _, told = await talk
            if leaving in done and talk not in done:
                return None
            if talk not in done or process.returncode != 0:
                raise self._refusal(process.returncode, told)
            size = os.fstat(draft.fileno()).st_size
            os.lseek(draft.fileno(), 0, os.SEEK_SET)
            return os.fdopen(os.dup(draft.fileno()), "rb"), size

    def _refusal(self, status: int | None, told: bytes) -> Problem:
        settings = self._site.settings
        part = "Ask for a part of the graph with letter= or person=."
        if status == CAN_NOT:
            # The program says how its command is used; here options are parameters.
            said = told.decode("utf-8", "replace").splitlines()[-1].replace("--", "")
            return Problem(HTTPStatus.UNPROCESSABLE_ENTITY, "export-impossible", said)
        if status == TOO_LARGE:
            return Problem(
                HTTPStatus.UNPROCESSABLE_ENTITY,
                "export-too-large",
                f"The export takes more than {settings.export_bytes // 2**20} MiB, or too much "
                f"memory. {part}",
            )
        if status in (-signal.SIGKILL, -signal.SIGXCPU):
            return Problem(
                HTTPStatus.GATEWAY_TIMEOUT,
                "timeout",
                f"The export took more than {settings.export_seconds:g} seconds. {part}",
            )
        return unforeseen("an export", told.decode("utf-8", "replace"))

    def _job(self, request: Request) -> tuple[ExportFormat, ExportJob]:
        given = parameters_of(request.scope["query_string"])
        for name, _ in given:
            if name not in _PARAMETERS:
                took = ", ".join(_PARAMETERS)
                raise _invalid(name, f"/export takes no {name[:40]!r}; it takes {took}.")
        values = {name: value.strip() for name, value in given if value.strip()}
        form = get_offered_format(values.get("format", ""))
        network = _one_of("network", values.get("network", _DEFAULT_NETWORK), tuple(NETWORKS))
        tables = tuple(
            _one_of(name, value, tuple(table_definitions()))
            for name, value in given
            if name == "table" and value
        )
        named = [(name, value) for name, value in given if name in _KINDS and value.strip()]
        if len(named) > _MOST_THINGS:
            raise _invalid("letter", f"At most {_MOST_THINGS} letters and people can be named.")
        revision, settings = self._site.revision(request), self._site.settings
        return form, ExportJob(
            folder=str(revision.folder),
            revision=revision.name,
            base=revision.reader.iris.base,
            format_name=form.name,
            things=tuple(self._thing(request, name, value) for name, value in named),
            tables=tables,
            network=network,
            licence=values.get("licence"),
            context_file=str(project_of(self._site).ontology / "context.jsonld"),
            released=revision.published.date().isoformat(),
            seconds=settings.export_seconds,
            memory_bytes=settings.export_memory_bytes,
            output_bytes=settings.export_bytes,
        )

    def _thing(self, request: Request, name: str, value: str) -> str:
        reader, kind = self._site.reader(request), _KINDS[name]
        try:
            return get_entity(reader, value[:1000], kind).iri.value
        except EntityNotFound as error:
            raise _invalid(name, f"{str(error)[:1].upper()}{str(error)[1:]}.") from error
        except EntityAmbiguous as error:
            candidates = find_entities(reader, value[:1000], kind)[:SHOWN]
            raise Problem(
                HTTPStatus.MULTIPLE_CHOICES,
                "entity-ambiguous",
                f"{name} is {value[:80]!r}, which may be several things; choose one of "
                "`candidates` and give its IRI.",
                extra={
                    "parameter": name,
                    "candidates": [{"iri": c.iri.value, "label": c.label} for c in candidates],
                },
            ) from error


def _one_of(name: str, value: str, known: tuple[str, ...]) -> str:
    if value not in known:
        raise _invalid(
            name,
            f"{name} is {value[:40]!r}; {near(value[:40], list(known))}"
            f"expected one of {', '.join(known)}.",
        )
    return value


def _invalid(name: str, detail: str) -> Problem:
    extra = {"parameter": name[:40]}
    return Problem(HTTPStatus.UNPROCESSABLE_ENTITY, "parameter-invalid", detail, extra=extra)


def _chunks(file: IO[bytes]) -> Iterator[bytes]:
    with file:
        while chunk := file.read(_CHUNK_BYTES):
            yield chunk
