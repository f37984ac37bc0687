"""`undersigned serve`: the SPARQL endpoint of a store."""

from __future__ import annotations

import errno
import ipaddress
import os
import socket
import sys
from typing import Annotated

import typer

from undersigned.cli.options import ProjectOption, StoreOption
from undersigned.errors import SettingInvalid


def serve(
    store: StoreOption = None,
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="Port; 0 takes any free one.")] = 8000,
    timeout_seconds: Annotated[
        float, typer.Option(min=0.1, help="Longest time for one query.")
    ] = 10.0,
    public: Annotated[
        bool,
        typer.Option(
            "--public",
            help="Listen on an address that others reach, though queries are not isolated.",
        ),
    ] = False,
    project: ProjectOption = None,
) -> None:
    """Serve the graph as a read-only SPARQL 1.1 endpoint, until Ctrl-C.

    Example: undersigned serve --port 8000
    """
    import uvicorn

    from undersigned.serving.app import make_app
    from undersigned.serving.limits import ServeSettings
    from undersigned.serving.revision import LatestReader
    from undersigned.settings import store_path

    address = _checked_address(host, public=public)
    folder = store_path(store, project)
    reader = LatestReader(folder)
    reader()
    allowed = None if public else frozenset({"localhost", "127.0.0.1", "::1", host.lower()})
    settings = ServeSettings(timeout_seconds=timeout_seconds, allowed_hosts=allowed)
    with _listening(address, port) as listener:
        shown = f"[{address}]" if ":" in address else address
        sys.stderr.write(
            f"Serving {folder} at http://{shown}:{listener.getsockname()[1]}/sparql "
            "(Ctrl-C stops)\n"
        )
        config = uvicorn.Config(
            make_app(reader, settings),
            lifespan="off",
            ws="none",
            log_level="warning",
            access_log=False,
            server_header=False,
            # The longest query string must arrive to be refused with a reason.
            h11_max_incomplete_event_size=settings.query_bytes + 32 * 1024,
            timeout_graceful_shutdown=5,
        )
        try:
            uvicorn.Server(config).run(sockets=[listener])
        except KeyboardInterrupt:
            sys.stderr.write("Stopped.\n")


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
            f"--host: {host!r} can be reached by others, and queries are not isolated from each "
            "other: a heavy one can fill the memory of this machine. Leave it at 127.0.0.1, or "
            "add --public if everybody who can reach it may do that"
        )
    return address


def _listening(address: str, port: int) -> socket.socket:
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
                f"--port: {port} is taken on {address} by another program; name another port, or "
                "0 for any free one"
            ) from error
        raise SettingInvalid(
            f"--host {address} --port {port}: can't listen there ({error.strerror}); name another "
            "address or port"
        ) from error
    return listener
