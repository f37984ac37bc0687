"""What a process that runs queries of strangers may use of the machine."""

from __future__ import annotations

import ctypes
import math
import os
import resource
import sys
import time
from pathlib import Path
from typing import Final

_NEW_NETWORK: Final = 0x40000000
_NEW_USERS: Final = 0x10000000
_STATM: Final = Path("/proc/self/statm")
_UNKNOWN_SPACE: Final = 1 << 30
"""Address space of a process that has opened a store, where the system does not tell it."""


def leave_network() -> bool:
    """Moves this process and its later children to where there is no network, not even loopback.

    False where the system has no such thing, or does not allow it. Must be called before any thread
    is started.
    """
    if not sys.platform.startswith("linux"):
        return False
    libc = ctypes.CDLL(None, use_errno=True)
    return any(libc.unshare(flags) == 0 for flags in (_NEW_NETWORK, _NEW_NETWORK | _NEW_USERS))


def leave_no_dump() -> None:
    """A killed worker leaves no image of its memory on disk."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def limit_memory(more_bytes: int) -> None:
    """Allows this process so much address space beyond what it has now."""
    limit = _address_space() + more_bytes
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    if hard != resource.RLIM_INFINITY:
        limit = min(limit, hard)
    resource.setrlimit(resource.RLIMIT_AS, (limit, hard))


def limit_processor(more_seconds: float) -> None:
    """Lets the system end this process when it has used so much more processor time."""
    soft, hard = resource.getrlimit(resource.RLIMIT_CPU)
    wanted = math.ceil(time.process_time() + more_seconds)
    if hard != resource.RLIM_INFINITY:
        wanted = min(wanted, hard)
    if soft != wanted:
        resource.setrlimit(resource.RLIMIT_CPU, (wanted, hard))


def _address_space() -> int:
    try:
        pages = int(_STATM.read_text(encoding="ascii").split()[0])
    except (OSError, ValueError, IndexError):
        return _UNKNOWN_SPACE
    return pages * os.sysconf("SC_PAGE_SIZE")
