"""What must hold for every source that a loader makes."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from undersigned.source import Source


def problem_of(source: Source) -> str | None:
    """What is wrong with a source's blocks or id, in words; None when all is well.

    Blocks must be sorted, not overlap, lie within the text and not begin or end with white space.
    """
    if not source.source_id:
        return "it has no id"
    before = 0
    for block in source.blocks:
        where = f"the {block.kind} block at {block.start}-{block.end}"
        if not before <= block.start < block.end <= len(source.text):
            return f"{where} is empty, out of order or outside the text"
        words = source.text[block.start : block.end]
        if words != words.strip():
            return f"{where} has white space around it: {words[:40]!r}"
        before = block.end
    return None
