"""Slices of a loaded graph against the texts that they were cut from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyoxigraph import Literal, Triple

from making import Said, article
from undersigned import terms as t
from undersigned.checking.slices import check_dataset_slices
from undersigned.evidence.writing import evidence_triples
from undersigned.iris import Iris
from undersigned.store.embedded import memory_store

if TYPE_CHECKING:
    from undersigned.claims import Reading
    from undersigned.store.embedded import EmbeddedWriter

IRIS = Iris()


def _reading(name: str = "post") -> Reading:
    return article(name, Said(signers=("Zoë Ångström 😀", "Ben Sample")))


def _store(*readings: Reading) -> EmbeddedWriter:
    store = memory_store()
    store.replace_graphs(
        {IRIS.source(r.source.source_id): evidence_triples(r, IRIS) for r in readings}
    )
    return store


def test_every_slice_is_compared_in_code_points() -> None:
    reading = _reading()
    checked = check_dataset_slices(_store(reading), {"post": reading.source.text})
    assert checked.checked == len(
        {t for t in evidence_triples(reading, IRIS) if t.predicate.value.endswith("oa#exact")}
    )
    assert checked.sources == 1
    assert checked.mismatches == ()


def test_words_that_differ_from_the_source_are_told_with_what_stands_there() -> None:
    reading = _reading()
    store = _store(reading)
    graph = IRIS.source("post")
    piece = next(
        triple
        for triple in store.triples(graph, None, t.OA_EXACT)
        if triple.object == Literal("Ben Sample")
    )
    store.change_graph(graph, [piece], [Triple(piece.subject, t.OA_EXACT, Literal("Ben Simple"))])
    (mismatch,) = check_dataset_slices(store, {"post": reading.source.text}).mismatches
    assert (mismatch.words, mismatch.found) == ("Ben Simple", "Ben Sample")


def test_another_version_of_the_text_is_not_compared() -> None:
    reading = _reading()
    checked = check_dataset_slices(_store(reading), {"post": f"{reading.source.text} More."})
    assert checked.other_version == ("post",)
    assert checked.checked == 0
    assert checked.mismatches == ()


def test_sources_without_a_text_are_told_and_texts_without_a_source_passed_over() -> None:
    first, second = _reading("post"), _reading("gazette")
    checked = check_dataset_slices(
        _store(first, second), {"post": first.source.text, "unknown": "Nothing."}
    )
    assert checked.not_given == ("gazette",)
    assert checked.sources == 1
