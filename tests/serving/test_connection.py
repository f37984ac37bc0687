"""What goes over the wire, as the system's own calls see it."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, cast

import httpx

from undersigned.serving.connection import JoinedWrites

if TYPE_CHECKING:
    from collections.abc import Iterable


class Recorded:
    """A transport that notes what it is told."""

    def __init__(self) -> None:
        self.told: list[tuple[str, bytes]] = []

    def write(self, data: bytes) -> None:
        self.told.append(("write", data))

    def writelines(self, parts: Iterable[bytes]) -> None:
        self.told.append(("write", b"".join(parts)))

    def close(self) -> None:
        self.told.append(("close", b""))

    def is_closing(self) -> bool:
        return ("close", b"") in self.told


async def _told(*written: bytes, turns: bool = False, close: bool = False) -> Recorded:
    transport = Recorded()
    joined = JoinedWrites(cast("asyncio.Transport", transport), asyncio.get_running_loop())
    for data in written:
        joined.write(data)
        if turns:
            await asyncio.sleep(0)
    if close:
        joined.close()
        assert joined.is_closing()
    await asyncio.sleep(0)
    return transport


def test_head_and_body_go_together() -> None:
    assert asyncio.run(_told(b"head", b"body")).told == [("write", b"headbody")]


def test_what_nothing_follows_goes_alone() -> None:
    told = asyncio.run(_told(b"one", b"two", turns=True)).told
    assert told == [("write", b"one"), ("write", b"two")]


def test_all_is_sent_in_order_before_the_connection_ends() -> None:
    told = asyncio.run(_told(b"one", b"two", b"three", close=True)).told
    assert told == [("write", b"onetwo"), ("write", b"three"), ("close", b"")]


def test_requests_that_come_together_are_answered_in_their_order(served: str) -> None:
    async def answers() -> bytes:
        url = httpx.URL(served)
        reader, writer = await asyncio.open_connection(url.host, url.port)
        one = "GET /sparql?query=ASK%%7B%s%%7D HTTP/1.1\r\nHost: localhost\r\n%s\r\n"
        last = one % ("%3Curn:a%3E%3Curn:b%3E1", "Connection: close\r\n")
        writer.write((one % ("", "") + last).encode())
        answer = await reader.read()
        writer.close()
        return answer

    found = asyncio.run(answers())
    assert found.count(b"HTTP/1.1 200 OK") == 2
    assert found.index(b"true") < found.index(b"false")
