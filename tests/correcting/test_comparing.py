"""Two states of a graph compared: stores, dumps, and either with the other."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pytest

from correcting.storing import QUOTES, dump, put
from making import Said, article
from undersigned.correcting.comparing import Change, DumpSide, StoreSide, compare_datasets
from undersigned.correcting.removing import remove_sources
from undersigned.errors import StoreUnreadable
from undersigned.iris import Iris
from undersigned.store.embedded import memory_store

if TYPE_CHECKING:
    from pathlib import Path

    from undersigned.correcting.comparing import Difference
    from undersigned.store.embedded import EmbeddedWriter

BEFORE = Said(signers=("Ada Quill", "Ben Stage"), over=400, addressee="Office of Books")
AFTER = Said(signers=("Ada Quill",), declined=("Cora Note",), over=400, quotes=(QUOTES[0],))


def store_of(said: Said, base: str = Iris().base) -> EmbeddedWriter:
    store = memory_store(iris=Iris(base))
    put(store, article("a", said))
    return store


def told(found: list[Difference]) -> list[tuple[str, str, str]]:
    return [(d.fact.kind, d.change.value, d.fact.label) for d in found]


def test_facts_new_gone_and_altered_by_kind() -> None:
    found = compare_datasets(StoreSide(store_of(BEFORE)), StoreSide(store_of(AFTER)))
    assert told(found) == [
        ("letter", "altered", "Open letter (March 2025)"),
        ("signature", "gone", "signature of Ben Stage"),
        ("signature", "new", "signature of Cora Note"),
        ("statement", "new", f"“{QUOTES[0]}”"),
        ("person", "gone", "Ben Stage"),
        ("person", "new", "Cora Note"),
        ("organization", "gone", "Office of Books"),
    ]
    letter = found[0]
    assert (letter.before, letter.after) == ({"addressee": ("Office of Books",)}, {})


def test_the_same_is_no_difference() -> None:
    one, other = store_of(BEFORE), store_of(BEFORE)
    put(other, article("b", AFTER))
    remove_sources(other, [other.iris.source("b")])
    assert compare_datasets(StoreSide(one), StoreSide(other)) == []


@pytest.mark.parametrize("base", [Iris().base, "https://letters.example/data/"])
def test_a_dump_in_any_order_is_compared_like_its_store(tmp_path: Path, base: str) -> None:
    before, after = store_of(BEFORE, base), store_of(AFTER, base)
    path = tmp_path / "before.nq"
    lines = [f"{line} .\n" for line in dump(before)]
    random.Random(7).shuffle(lines)
    path.write_text("".join(lines), encoding="utf-8")
    expected = compare_datasets(StoreSide(before), StoreSide(after))
    assert compare_datasets(DumpSide(path), StoreSide(after)) == expected
    assert compare_datasets(DumpSide(path), StoreSide(before)) == []


def test_against_nothing_all_is_new(tmp_path: Path) -> None:
    path = tmp_path / "empty.nq"
    path.touch()
    found = compare_datasets(DumpSide(path), StoreSide(store_of(BEFORE)))
    assert {d.change for d in found} == {Change.NEW}
    assert "source" in {d.fact.kind for d in found}


def test_what_is_no_dump_is_told(tmp_path: Path) -> None:
    path = tmp_path / "broken.nq"
    path.write_text("nonsense <https://w3id.org/undersigned/graph/knowledge> .\n", encoding="utf-8")
    with pytest.raises(StoreUnreadable, match=r"broken.nq: not N-Quads .*; expected a store's"):
        compare_datasets(DumpSide(path), StoreSide(store_of(BEFORE)))
