"""Lines are sorted the same on disk as in memory."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from undersigned.exporting.sorting import sorted_lines

LINES = st.lists(st.binary(max_size=6).map(lambda b: b.replace(b"\n", b"") + b"\n"), max_size=60)


@given(lines=LINES, run_bytes=st.integers(1, 60))
def test_runs_on_disk_merge_to_one_order(lines: list[bytes], run_bytes: int) -> None:
    assert list(sorted_lines(iter(lines), run_bytes)) == sorted(lines)
