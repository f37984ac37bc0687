"""The matrix product that the language pipeline computes with: NumPy's, which is the quicker one.

spaCy's own product (BLIS) runs portable code on processors that it does not recognise: measured, a
fifth to a quarter of the speed of NumPy's, and half the words a second of the whole pipeline.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np
from thinc.api import NumpyOps, registry
from threadpoolctl import ThreadpoolController

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from numpy.typing import NDArray

OPS = "undersigned_numpy"
"""The name to give to thinc's `use_ops`."""
_LEAST_ROWS = 16


@registry.ops(OPS)
class PaddedNumpyOps(NumpyOps):  # type: ignore[misc]  # compiled, without type hints
    """Arithmetic on the processor whose products of a row never depend on the rows beside it.

    NumPy takes another way through very few rows, which ends in other last digits. Such products
    are filled up with zeros, so that an article reads the same alone and among others.
    """

    name = OPS

    def __init__(self, device_type: Any = "cpu", device_id: int = -1):
        super().__init__(device_type, device_id, use_blis=False)

    def gemm(
        self,
        x: NDArray[Any],
        y: NDArray[Any],
        out: NDArray[Any] | None = None,
        trans1: bool = False,
        trans2: bool = False,
    ) -> NDArray[Any]:
        """The product of two matrices, each transposed if asked, written to `out` if given."""
        rows = x.shape[1 if trans1 else 0]
        if rows >= _LEAST_ROWS or trans1 or not rows:
            product: NDArray[Any] = super().gemm(x, y, out=out, trans1=trans1, trans2=trans2)
            return product
        filled = np.zeros((_LEAST_ROWS, x.shape[1]), dtype=x.dtype)
        filled[:rows] = x
        product = super().gemm(filled, y, trans2=trans2)[:rows]
        if out is None:
            return product
        out[:] = product
        return out


def in_one_thread() -> AbstractContextManager[object]:
    """While it is open, NumPy computes in one thread, as fits matrices as small as ours.

    Several threads, waiting for each other, took 2.5 times the processor time when measured.
    """
    limit: AbstractContextManager[object] = _controller().limit(limits=1, user_api="blas")
    return limit


@cache
def _controller() -> ThreadpoolController:
    return ThreadpoolController()
