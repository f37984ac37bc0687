"""Which network addresses may be asked: by default only those of the public internet.

A page on the web can name any host, and a host's name can point into the private network that the
program runs in. So a name is resolved once, *every* address it has must be public, and the
connection goes to the address that was checked, not to the name again.
"""

from __future__ import annotations

import socket
from collections.abc import Callable
from ipaddress import IPv4Address, IPv6Address, ip_address

from undersigned.errors import SourceUnreachable

Address = IPv4Address | IPv6Address
Resolver = Callable[[str, int], list[str]]
"""Gives the addresses of a host name for a port, as strings."""


def resolve(host: str, port: int) -> list[str]:
    """The addresses that the system's resolver gives for a host, in its order.

    Raises:
        OSError: the name does not resolve.
    """
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


def checked_addresses(
    host: str, port: int, *, allow_private: bool = False, resolver: Resolver = resolve
) -> tuple[Address, ...]:
    """The addresses of a host, all of which may be asked.

    Raises:
        SourceUnreachable: the name does not resolve, or one of its addresses is not public.
    """
    try:
        addresses = tuple(ip_address(text.split("%", 1)[0]) for text in resolver(host, port))
    except (OSError, UnicodeError, ValueError) as error:
        raise SourceUnreachable(
            f"{host}: the name does not resolve ({error}); check its spelling and the connection"
        ) from error
    for address in addresses:
        if not allow_private and not is_public(address):
            raise SourceUnreachable(
                f"{host}: its address {address} lies in a private or reserved network, which is "
                "not asked unless you allow it (--allow-private-addresses)"
            )
    if not addresses:
        raise SourceUnreachable(f"{host}: the name has no address; check its spelling")
    return addresses


def is_public(address: Address) -> bool:
    """Whether an address belongs to the public internet.

    An IPv6 address that wraps an IPv4 one (mapped, 6to4, Teredo, NAT64) is as public as that.
    """
    if isinstance(address, IPv6Address):
        wrapped = address.ipv4_mapped or address.sixtofour
        if wrapped is None and address.teredo is not None:
            wrapped = address.teredo[1]
        if wrapped is None and address.packed[:12] == bytes.fromhex("0064ff9b") + bytes(8):
            wrapped = IPv4Address(address.packed[12:])
        if wrapped is not None:
            return is_public(wrapped)
    return address.is_global and not (
        address.is_multicast or address.is_reserved or address.is_unspecified
    )
