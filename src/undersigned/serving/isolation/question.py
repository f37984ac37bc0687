"""What is asked of a worker: a query, the revision, and the budgets of the answer."""

from __future__ import annotations

import marshal
from typing import NamedTuple


class Question(NamedTuple):
    """One query over one revision. A tuple, since it is made and read once for each query."""

    folder: str
    """The revision's snapshot."""
    revision: str
    base: str
    """The base IRI of the dataset."""
    sparql: str
    default_graphs: tuple[str, ...] | None
    named_graphs: tuple[str, ...] | None
    format_names: tuple[str, ...]
    accept: str | None
    answer_rows: int
    answer_bytes: int
    whole_bytes: int
    """An answer up to this length is sent when it is whole; a longer one as it comes."""
    cpu_seconds: float
    memory_bytes: int

    def pack(self) -> bytes:
        """The question as bytes, for `unpack` in a process of the same program."""
        return marshal.dumps(tuple(self))


def unpack(packed: bytes) -> Question:
    """The question again."""
    return Question._make(marshal.loads(packed))
