"""The steps that put a store's files in their place."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import pytest

from undersigned.iris import Iris
from undersigned.store.place import EMPTY, SNAPSHOT_TRIES, Place

if TYPE_CHECKING:
    from pathlib import Path

    import pyoxigraph


class Busy:
    """A store whose files change under the first snapshots."""

    def __init__(self, failures: int) -> None:
        self.failures = failures
        self.tries = 0

    def backup(self, folder: str) -> None:
        self.tries += 1
        if self.tries <= self.failures:
            raise OSError("Corruption: File smaller than expected")

    def flush(self) -> None:
        """Nothing waits to be written."""


@pytest.fixture
def place(tmp_path: Path) -> Place:
    made = Place(tmp_path)
    made.write_head(EMPTY, Iris().base)
    return made


def test_a_snapshot_that_meets_a_merge_is_taken_again(place: Place) -> None:
    store = Busy(failures=2)
    revision = place.publish(cast("pyoxigraph.Store", store), Iris())
    assert store.tries == 3
    assert place.read_head().revision == revision


def test_a_snapshot_that_never_comes_is_told_and_publishes_nothing(place: Place) -> None:
    store = Busy(failures=100)
    with pytest.raises(OSError, match="Corruption"):
        place.publish(cast("pyoxigraph.Store", store), Iris())
    assert store.tries == SNAPSHOT_TRIES
    assert place.read_head().revision == EMPTY
