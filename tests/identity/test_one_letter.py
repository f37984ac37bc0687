"""Ten articles about one letter: other words, parts of its list, other counts, a slip, a denial."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from undersigned.assembly.assemble import assemble, assemble_from_scratch
from undersigned.evidence.records import read_source
from undersigned.evidence.writing import evidence_triples
from undersigned.loading.gather import gather
from undersigned.loading.readers import ReadingRules, iter_readings
from undersigned.project import find_project
from undersigned.store.base import select
from undersigned.store.embedded import EmbeddedWriter, memory_store

if TYPE_CHECKING:
    from undersigned.claims import Reading

ARTICLES = Path(__file__).with_name("one-letter")
SIGNED = {
    "Octavia Pemberwick": {"01", "02", "06", "07", "09"},
    "Barnaby Quillfeather": {"01", "03", "05", "06", "09", "10"},
    "Thaddeus Wimborne": {"01", "04", "08", "09"},
    "Wilhelmina Oosterhuis": {"02", "03", "07", "09"},
    "Ingeborg Tvedestrand": {"03", "06", "10"},
    "Cornelius Bramblewick": {"04", "08", "09"},
    "Millicent Harbottle": {"09"},
}


@pytest.fixture(scope="module")
def readings() -> list[Reading]:
    items = gather([str(ARTICLES)]).items
    found = [reading for _, reading in iter_readings(items, ReadingRules(project=find_project()))]
    return [reading for reading in found if not isinstance(reading, Exception)]


@pytest.fixture(scope="module")
def store(readings: list[Reading]) -> EmbeddedWriter:
    store = memory_store()
    for reading in readings:
        put(store, reading)
    return store


def put(store: EmbeddedWriter, reading: Reading) -> None:
    graph = store.iris.source(reading.source.source_id)
    before = read_source(store, graph)
    store.replace_graphs({graph: evidence_triples(reading, store.iris)})
    assemble(store, {graph: before})


def rows(store: EmbeddedWriter, query: str) -> list[tuple[str, ...]]:
    prefix = "PREFIX us: <https://w3id.org/undersigned/ontology#> "
    found = select(store, prefix + query)
    return [tuple(term.value.replace(store.iris.base, "") for term in row) for row in found]


def test_ten_articles_tell_of_one_letter(store: EmbeddedWriter) -> None:
    letters = rows(
        store, "SELECT ?l (COUNT(?s) AS ?n) { ?l a us:Letter ; us:saidIn ?s } GROUP BY ?l"
    )
    assert letters == [("letter/01-harbor-courier/open-letter", "10")]


def test_its_signers_are_those_of_all_articles_each_with_their_sources(
    store: EmbeddedWriter,
) -> None:
    found: dict[str, set[str]] = {}
    for name, source in rows(
        store, "SELECT ?n ?s { ?x us:signatory ?p ; us:saidIn ?s . ?p us:name ?n }"
    ):
        found.setdefault(name, set()).add(source.removeprefix("source/")[:2])
    assert found == SIGNED


def test_the_misspelt_signer_is_the_one_that_was_meant(store: EmbeddedWriter) -> None:
    asked = "SELECT ?n { ?p us:alias 'Barnaby Quilfeather' ; us:name ?n }"
    assert rows(store, asked) == [("Barnaby Quillfeather",)]


def test_who_did_not_sign_is_no_signatory(store: EmbeddedWriter) -> None:
    asked = (
        "SELECT ?c { ?x us:namedSignatory ?p ; us:certainty ?c . ?p us:name 'Guinevere Ashdown' }"
    )
    assert [row[0].rsplit("-", 1)[1] for row in rows(store, asked)] == ["denied"]
    assert rows(store, "SELECT ?l { ?p us:signed ?l ; us:name 'Guinevere Ashdown' }") == []


def test_counts_that_differ_stand_side_by_side(store: EmbeddedWriter) -> None:
    asked = (
        "SELECT ?n (COUNT(?s) AS ?k) { ?l us:hasClaimedCount ?c . ?c us:number ?n ; us:saidIn ?s } "
        "GROUP BY ?c ?n ORDER BY ?n ?k"
    )
    counts = [("200", "2"), ("210", "1"), ("231", "1"), ("250", "1"), ("250", "1")]
    assert rows(store, asked) == counts


def test_the_quotation_is_one_statement_with_its_misquoted_form(store: EmbeddedWriter) -> None:
    asked = (
        "SELECT ?s (COUNT(DISTINCT ?w) AS ?n) { ?s a us:Quotation ; us:speaker ?l ; us:saidIn ?w . "
        "?l a us:Letter } GROUP BY ?s"
    )
    assert [row[1] for row in rows(store, asked)] == ["9"]


def test_the_last_one_first_gives_the_same_graph(
    store: EmbeddedWriter, readings: list[Reading]
) -> None:
    other = memory_store()
    for reading in reversed(readings):
        put(other, reading)
    knowledge = store.iris.knowledge
    assert set(other.triples(knowledge)) == set(store.triples(knowledge))
    report = assemble_from_scratch(other)
    assert (report.added, report.removed) == (0, 0)
