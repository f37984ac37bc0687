"""`undersigned serve`: the site of a store."""

from __future__ import annotations

import errno
import gc
import ipaddress
import os
import secrets
import socket
import sys
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TextIO

import typer

from undersigned.cli.options import ProjectOption, StoreOption
from undersigned.errors import SettingInvalid

if TYPE_CHECKING:
    from starlette.types import ASGIApp

    from undersigned.serving.site import Site

TOKEN_VARIABLE = "UNDERSIGNED_TOKEN"
_LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})


def serve(
    store: StoreOption = None,
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="Port; 0 takes any free one.")] = 8000,
    timeout_seconds: Annotated[
        float, typer.Option(min=0.1, help="Longest time for one query.")
    ] = 10.0,
    memory_mib: Annotated[
        int, typer.Option(min=64, help="Memory that one query may take, in MiB.")
    ] = 512,
    public: Annotated[
        bool,
        typer.Option("--public", help="Listen on an address that others reach."),
    ] = False,
    name: Annotated[
        list[str] | None,
        typer.Option(help="Host name by which a proxy in front is asked; may be repeated."),
    ] = None,
    writable: Annotated[
        bool,
        typer.Option(
            "--writable", help="Take updates too, on a port of their own and with a token."
        ),
    ] = False,
    write_port: Annotated[
        int, typer.Option(min=0, max=65535, help="Port for updates; 0 takes any free one.")
    ] = 8001,
    log: Annotated[
        Path | None,
        typer.Option(help="File for a line of JSON for each request; - for stderr."),
    ] = None,
    log_queries: Annotated[
        bool, typer.Option("--log-queries", help="Let the log say what was asked.")
    ] = False,
    project: ProjectOption = None,
) -> None:
    """Serve the graph as a site: SPARQL 1.1 endpoint, linked data, pages. Until Ctrl-C.

    Queries run in processes of their own, within limits of time and memory. The token for
    operating and for writing is what UNDERSIGNED_TOKEN holds.

    Example: undersigned serve --port 8000
    """
    from undersigned.project import find_project
    from undersigned.serving.limits import ServeSettings
    from undersigned.serving.request_log import RequestLog
    from undersigned.serving.revision import LatestRevision
    from undersigned.serving.site import Site
    from undersigned.settings import store_path

    address = _checked_address(host, public=public)
    folder = store_path(store, project)
    latest = LatestRevision(folder)
    latest()
    names = frozenset(map(str.lower, name or ()))
    settings = ServeSettings(
        timeout_seconds=timeout_seconds,
        cpu_seconds=timeout_seconds,
        memory_bytes=memory_mib * 1024 * 1024,
        allowed_hosts=None if public and not names else _LOOPBACK | {host.lower()} | names,
        token=_token(writable=writable),
        open_metrics=not public and not names,
    )
    with ExitStack() as opened:
        request_log = RequestLog(_log_stream(log, opened), queries=log_queries) if log else None
        site = Site(latest, settings, project=find_project(project), log=request_log)
        listener = opened.enter_context(_listening(address, port, "--port"))
        sys.stderr.write(f"Serving {folder} at {_url(listener)}/sparql (Ctrl-C stops)\n")
        writer = None
        if writable:
            writer = opened.enter_context(_listening("127.0.0.1", write_port, "--write-port"))
            sys.stderr.write(f"Updates are taken at {_url(writer)}/update\n")
        _run(site, folder, listener, writer)


def _run(site: Site, folder: Path, listener: socket.socket, writer: socket.socket | None) -> None:
    import uvicorn

    from undersigned.serving.connection import BoundedProtocol

    config = uvicorn.Config(
        _application(site, folder, writer),
        http=BoundedProtocol,
        lifespan="on",
        ws="none",
        log_level="warning",
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=5,
    )
    gc.freeze()  # what is there now stays: looking through it for garbage would hold up answers
    try:
        uvicorn.Server(config).run(sockets=[listener, writer] if writer else [listener])
    except KeyboardInterrupt:
        sys.stderr.write("Stopped.\n")


def _application(site: Site, folder: Path, writer: socket.socket | None) -> ASGIApp:
    from undersigned.pages.requests import error_page
    from undersigned.serving.app import by_port, make_app
    from undersigned.serving.parts import PARTS
    from undersigned.serving.writing.app import writing_part

    application = make_app(site, PARTS, error_page=error_page)
    if writer is None:
        return application
    writing = make_app(site, [writing_part(folder)], shared=False)
    return by_port(application, writing, writer.getsockname()[1])


def _token(*, writable: bool) -> str:
    """The token of the environment; one made for this run where writing needs one."""
    token = os.environ.get(TOKEN_VARIABLE, "")
    if writable and not token:
        token = secrets.token_urlsafe(24)
        sys.stderr.write(f"The token of this run is {token}\n")
    return token


def _log_stream(log: Path, opened: ExitStack) -> TextIO:
    if str(log) == "-":
        return sys.stderr
    return opened.enter_context(log.open("a", encoding="utf-8"))


def _url(listener: socket.socket) -> str:
    address, port = listener.getsockname()[:2]
    return f"http://[{address}]:{port}" if ":" in address else f"http://{address}:{port}"


def _checked_address(host: str, *, public: bool) -> str:
    """The numeric address to listen on."""
    try:
        address = str(socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)[0][4][0])
    except (OSError, UnicodeError) as error:
        raise SettingInvalid(
            f"--host: {host!r} is no address of this machine ({error}); the usual one is 127.0.0.1"
        ) from error
    if not public and not ipaddress.ip_address(address.partition("%")[0]).is_loopback:
        raise SettingInvalid(
            f"--host: {host!r} can be reached by others. Add --public if they may read the whole "
            "graph, or leave it at 127.0.0.1 and put a proxy in front"
        )
    return address


def _listening(address: str, port: int, option: str) -> socket.socket:
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    # TCP is named, since asyncio sends small packets at once only on sockets that say they are TCP;
    # else the head of an answer waits 40 ms for the client's acknowledgement before its body goes.
    listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        if os.name == "posix":  # elsewhere the option would let two servers share a port
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((address, port))
        listener.listen(1024)
    except OSError as error:
        listener.close()
        if error.errno == errno.EADDRINUSE:
            raise SettingInvalid(
                f"{option}: {port} is taken on {address} by another program; name another port, or "
                "0 for any free one"
            ) from error
        raise SettingInvalid(
            f"{option} {port} on {address}: can't listen there ({error.strerror}); name another "
            "address or port"
        ) from error
    return listener
