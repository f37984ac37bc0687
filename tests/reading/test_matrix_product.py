from __future__ import annotations

import numpy as np
import pytest
from thinc.api import get_current_ops, use_ops

from undersigned.reading.matrix_product import OPS, PaddedNumpyOps, in_one_thread

RNG = np.random.default_rng(0)
ROWS = RNG.standard_normal((200, 96)).astype("float32")
WEIGHTS = RNG.standard_normal((288, 96)).astype("float32")


@pytest.mark.parametrize("number", [1, 2, 3, 5, 15, 16, 17, 100])
def test_a_row_has_the_same_product_alone_and_among_others(number: int) -> None:
    ops = PaddedNumpyOps()
    with in_one_thread():
        together = ops.gemm(ROWS, WEIGHTS, trans2=True)
        apart = ops.gemm(ROWS[7 : 7 + number], WEIGHTS, trans2=True)
    assert apart.tobytes() == together[7 : 7 + number].tobytes()


def test_the_product_is_the_matrix_product_whichever_side_is_transposed() -> None:
    ops = PaddedNumpyOps()
    few = ROWS[:3]
    assert np.allclose(ops.gemm(few, WEIGHTS, trans2=True), few @ WEIGHTS.T, atol=1e-4)
    assert np.allclose(ops.gemm(few, few, trans1=True), few.T @ few, atol=1e-4)
    written = np.zeros((3, 288), dtype="float32")
    ops.gemm(few, WEIGHTS, out=written, trans2=True)
    assert np.allclose(written, few @ WEIGHTS.T, atol=1e-4)


def test_no_rows_give_no_product() -> None:
    nothing = np.zeros((0, 96), dtype="float32")
    assert PaddedNumpyOps().gemm(nothing, WEIGHTS, trans2=True).shape == (0, 288)


def test_other_pipelines_of_the_process_keep_their_own_arithmetic() -> None:
    before = get_current_ops()
    with use_ops(OPS):
        assert get_current_ops().name == OPS
    assert get_current_ops() is before
