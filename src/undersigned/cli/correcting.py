"""What the commands that correct a store share: the way in, and how facts are listed."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from itertools import groupby
from typing import TYPE_CHECKING, Final

from undersigned.correcting.forgetting import go_on_forgetting
from undersigned.settings import store_path
from undersigned.store.embedded import list_revisions, open_writer

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from undersigned.correcting.removing import Fact
    from undersigned.store.embedded import EmbeddedWriter

SHOWN: Final = 10
"""Facts of one kind that are listed; more are counted."""


@contextmanager
def open_to_correct(store: Path | None) -> Iterator[EmbeddedWriter]:
    """A writer on a store that is there; one that a killed erasure left is brought to its end.

    Raises:
        StoreUnreadable: there is no store.
        StoreLocked: another process is writing.
    """
    path = store_path(store)
    list_revisions(path)  # a writer would make a store where there is none
    with open_writer(path) as writer:
        if writer.erasing:
            sys.stderr.write("an erasure that was cut short is brought to its end first\n")
            go_on_forgetting(writer)
        try:
            yield writer
        except KeyboardInterrupt:
            if writer.erasing:
                sys.stderr.write(
                    "not done yet: the next command that writes brings it to its end\n"
                )
            raise


def number_of(number: int, things: str) -> str:
    """The number with its noun, which is given in the plural: "1 source", "2 sources"."""
    return f"{number:,} {things.removesuffix('s') if number == 1 else things}"


def write_facts(word: str, facts: Sequence[Fact]) -> None:
    """Lists facts by kind, the first of each."""
    for kind, group in groupby(facts, key=lambda fact: fact.kind):
        found = list(group)
        for fact in found[:SHOWN]:
            sys.stdout.write(f"{word:<9} {kind}: {fact.label}\n")
        if len(found) > SHOWN:
            sys.stdout.write(f"{'':<9} … and {len(found) - SHOWN:,} more of this kind\n")
