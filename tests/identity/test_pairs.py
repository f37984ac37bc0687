"""How well names are told together and apart, on pairs of our own.

The weights were set on every second pair; the other half was only looked at to report.
"""

from __future__ import annotations

import pytest

from identity.pairs import Pair, read_pairs

PAIRS = read_pairs()
DEVELOPED, HELD_OUT = PAIRS[::2], PAIRS[1::2]


def test_there_are_enough_pairs_of_both_sorts() -> None:
    assert len(PAIRS) >= 300
    assert min(sum(pair.same for pair in PAIRS), sum(not pair.same for pair in PAIRS)) >= 120


@pytest.mark.parametrize("pairs", [DEVELOPED, HELD_OUT], ids=["developed", "held-out"])
def test_what_is_merged_unasked_is_the_same(pairs: list[Pair]) -> None:
    merged = [pair for pair in pairs if pair.merged]
    wrong = [str(pair) for pair in merged if not pair.same]
    assert len(merged) >= 60
    assert len(wrong) <= 0.01 * len(merged), wrong


@pytest.mark.parametrize("pairs", [DEVELOPED, HELD_OUT], ids=["developed", "held-out"])
def test_likely_pairs_are_the_same_ones(pairs: list[Pair]) -> None:
    likely = [pair for pair in pairs if pair.likely_same]
    right = sum(pair.same for pair in likely)
    missed = [str(pair) for pair in pairs if pair.same and not pair.likely_same]
    f1 = 2 * right / (len(likely) + sum(pair.same for pair in pairs))
    assert f1 >= 0.90, (f1, missed, [str(pair) for pair in likely if not pair.same])
