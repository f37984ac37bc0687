"""Letters' pages and tables in many layouts: every signer by name, kind and capacity.

`lists/` holds the files; beside each stands `NAME.expected`, a line a signer: kind, name and
capacity with tabs between.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from undersigned.claims import SignatureClaim, SignatureStatus

if TYPE_CHECKING:
    from collections.abc import Callable

    from undersigned.claims import Reading

LISTS = Path(__file__).parent / "lists"
FILES = sorted(p for p in LISTS.iterdir() if p.suffix != ".expected")


def signers(reading: Reading) -> list[str]:
    names = {entity.key: entity for entity in reading.entities}
    return [
        f"{names[claim.signatory].kind}\t{names[claim.signatory].name}\t{claim.capacity or ''}"
        for claim in reading.claims
        if isinstance(claim, SignatureClaim) and claim.status is SignatureStatus.LISTED
    ]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_every_signer_of_a_list_is_read(path: Path, read_list: Callable[[Path], Reading]) -> None:
    expected = path.with_name(f"{path.name}.expected").read_text(encoding="utf-8")
    assert signers(read_list(path)) == expected.splitlines()
