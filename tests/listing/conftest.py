"""Fixtures for lists of signers: use `read_list` for the claims that a file gives."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from undersigned.claims import Reading, check_slices
from undersigned.listing.claiming import read_listing
from undersigned.loading.gather import gather, retrieve
from undersigned.loading.registry import find_loaders

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from undersigned.loading.registry import Loaders


@pytest.fixture(scope="session")
def loaders(root: Path) -> Loaders:
    """The project's loaders."""
    return find_loaders(root / "loaders")


@pytest.fixture(scope="session")
def read_list(loaders: Loaders) -> Callable[[Path], Reading]:
    """Reads a file or folder with the loader that takes it, and checks every slice."""

    def read(path: Path) -> Reading:
        (item,) = gather([str(path)]).items
        source = loaders.read(retrieve(item))
        assert source.listing is not None, f"{path} was not taken for a list of signers"
        found = read_listing(source, source.listing)
        reading = Reading(source=source, entities=found.entities, claims=found.claims)
        check_slices(reading)
        return reading

    return read
