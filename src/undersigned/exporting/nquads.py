"""N-Quads in canonical order: the whole dataset, to compare, to keep, to load elsewhere."""

from __future__ import annotations

from typing import BinaryIO, Final

from undersigned.exporting.base import ExportFormat, ExportRequest
from undersigned.exporting.selection import whole_dataset


def write_nquads(request: ExportRequest, output: BinaryIO) -> int:
    """Writes one sorted line a quad (https://www.w3.org/TR/rdf-canon/, canonical N-Quads form)."""
    count = 0
    for line in whole_dataset(request).lines():
        output.write(line)
        count += 1
        request.advance(1)
    return count


NQUADS: Final = ExportFormat(
    name="nquads",
    media_type="application/n-quads",
    suffix=".nq",
    holds="the whole dataset, in canonical order",
    write=write_nquads,
    has_runs=True,
)
