"""The embedded store: one writer, published revisions, whole transactions."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from pyoxigraph import Literal, NamedNode, QueryBoolean, Triple

from undersigned.errors import QueryInvalid, QueryRefused, StoreLocked, StoreUnreadable
from undersigned.store.base import select
from undersigned.store.embedded import memory_store, open_reader, open_writer

if TYPE_CHECKING:
    from pathlib import Path

EX = "https://example.org/"
GRAPH = NamedNode(EX + "graph")


def triple(number: int, text: str = "x") -> Triple:
    return Triple(NamedNode(f"{EX}{number}"), NamedNode(EX + "p"), Literal(text))


def test_a_reader_sees_what_was_published_and_not_what_is_being_written(tmp_path: Path) -> None:
    path = tmp_path / "a.store"
    with open_writer(path) as writer:
        writer.replace_graphs({GRAPH: [triple(1)]})
        first = writer.publish()
        with open_reader(path) as reader:
            writer.replace_graphs({GRAPH: [triple(2)]})
            assert set(reader.triples(GRAPH)) == {triple(1)}
            second = writer.publish()
            assert set(reader.triples(GRAPH)) == {triple(1)}
            assert reader.revision == first != second
        with open_reader(path) as reader:
            assert set(reader.triples(GRAPH)) == {triple(2)}


def test_publishing_nothing_new_keeps_the_revision(tmp_path: Path) -> None:
    with open_writer(tmp_path / "a.store") as writer:
        writer.replace_graphs({GRAPH: [triple(1)]})
        revision = writer.publish()
        writer.replace_graphs({GRAPH: [triple(1)]})
        writer.change_graph(GRAPH, [triple(1)], [triple(1)])
        assert writer.publish() == revision


def test_old_revisions_are_removed(tmp_path: Path) -> None:
    path = tmp_path / "a.store"
    with open_writer(path) as writer:
        for number in range(6):
            writer.replace_graphs({GRAPH: [triple(number)]})
            writer.publish()
        kept = sorted(folder.name for folder in (path / "revisions").iterdir())
        assert kept[-1] == writer.revision
    assert len(kept) == 3


def test_a_second_writer_is_refused_until_the_first_is_closed(tmp_path: Path) -> None:
    path = tmp_path / "a.store"
    with open_writer(path), pytest.raises(StoreLocked, match="another process is writing"):
        open_writer(path)
    open_writer(path).close()


def test_what_is_written_survives_without_being_published(tmp_path: Path) -> None:
    path = tmp_path / "a.store"
    with open_writer(path) as writer:
        writer.replace_graphs({GRAPH: [triple(1)]})
    with open_writer(path) as writer:
        assert set(writer.triples(GRAPH)) == {triple(1)}


def test_literals_come_back_as_they_were_written(tmp_path: Path) -> None:
    text = 'quotes " and “curly”, \\ backslash, \n new line, \t tab, ünï, 𝔘, } ; > #'
    with open_writer(tmp_path / "a.store") as writer:
        writer.replace_graphs({GRAPH: [triple(1, text)]})
        assert set(writer.triples(GRAPH)) == {triple(1, text)}


def test_several_graphs_are_replaced_in_one_step() -> None:
    other = NamedNode(EX + "other")
    store = memory_store()
    store.replace_graphs({GRAPH: [triple(1), triple(2)], other: [triple(3)]})
    store.replace_graphs({GRAPH: [triple(2)], other: ()})
    assert set(store.triples(GRAPH)) == {triple(2)}
    assert list(store.graphs()) == [GRAPH]


def test_a_query_without_graph_sees_the_knowledge_graph_alone() -> None:
    store = memory_store()
    store.replace_graphs({store.iris.knowledge: [triple(1)], GRAPH: [triple(2)]})
    rows = [row["s"] for row in select(store, "SELECT ?s { ?s ?p ?o }")]
    everywhere = [row["s"] for row in select(store, "SELECT ?s { GRAPH ?g { ?s ?p ?o } }")]
    assert rows == [NamedNode(EX + "1")]
    assert len(everywhere) == 2


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { SERVICE <http://127.0.0.1/> { ?s ?p ?o } }",
        "SELECT * { { SELECT * { OPTIONAL { service silent <http://x/> { ?s ?p ?o } } } } }",
        "ASK { FILTER EXISTS { SERVICE ?anything { ?s ?p ?o } } }",
        "SELECT * { \\u0053ERVICE <http://127.0.0.1/> { ?s ?p ?o } }",
    ],
)
def test_a_query_that_reaches_out_is_refused(query: str) -> None:
    with pytest.raises((QueryRefused, QueryInvalid)):
        memory_store().query(query)


@pytest.mark.parametrize(
    "query",
    [
        'ASK { ?s ?p "the SERVICE was slow" }',
        "ASK { ?s <http://service.example/p> ?o } # SERVICE",
        "PREFIX service: <http://x/> ASK { ?s service:p ?service }",
    ],
)
def test_the_word_alone_is_not_refused(query: str) -> None:
    answer = memory_store().query(query)
    assert isinstance(answer, QueryBoolean)
    assert not answer


def test_nonsense_is_no_query() -> None:
    with pytest.raises(QueryInvalid, match="not a SPARQL"):
        memory_store().query("SELEKT ?s")


def test_reading_where_there_is_no_store_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(StoreUnreadable, match="undersigned load"):
        open_reader(tmp_path / "none.store")
    open_writer(tmp_path / "empty.store").close()
    with pytest.raises(StoreUnreadable, match="nothing has been loaded yet"):
        open_reader(tmp_path / "empty.store")


def test_a_folder_of_something_else_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(StoreUnreadable, match="not a store"):
        open_writer(tmp_path)
    assert [entry.name for entry in tmp_path.iterdir()] == ["letter.txt"]
    for place in (tmp_path, tmp_path / "letter.txt"):
        with pytest.raises(StoreUnreadable, match="not a store"):
            open_reader(place)


def test_a_store_that_was_being_made_when_the_program_died_is_made_whole(tmp_path: Path) -> None:
    for name in ("writer.lock", "store.json.new"):
        (tmp_path / name).touch()
    with pytest.raises(StoreUnreadable, match="no store there"):
        open_reader(tmp_path)
    with open_writer(tmp_path) as writer:
        writer.publish()


def test_a_store_keeps_its_base_iri(tmp_path: Path) -> None:
    path = tmp_path / "a.store"
    open_writer(path, base="https://news.example/").close()
    with open_writer(path) as writer:
        assert writer.iris.base == "https://news.example/"
    with pytest.raises(StoreUnreadable, match="base IRI"):
        open_writer(path, base="https://other.example/")


@pytest.mark.parametrize(
    "head", ["", "[]", '{"format": 1}', '{"format": 99, "revision": "", "base": ""}']
)
def test_a_broken_head_is_told(tmp_path: Path, head: str) -> None:
    path = tmp_path / "a.store"
    open_writer(path).close()
    (path / "store.json").write_text(head, encoding="utf-8")
    with pytest.raises(StoreUnreadable, match="store"):
        open_reader(path)


def test_what_a_killed_load_left_unpublished_is_published_by_the_next(tmp_path: Path) -> None:
    path = tmp_path / "a.store"
    with open_writer(path) as writer:
        writer.replace_graphs({GRAPH: [triple(1)]})
        first = writer.publish()
        writer.replace_graphs({GRAPH: [triple(2)]})
    with open_writer(path) as writer:
        writer.replace_graphs({GRAPH: [triple(2)]})
        assert writer.publish() != first
        assert writer.publish() == writer.revision
    with open_reader(path) as reader:
        assert set(reader.triples(GRAPH)) == {triple(2)}


def test_a_revision_that_is_gone_is_told(tmp_path: Path) -> None:
    path = tmp_path / "a.store"
    with open_writer(path) as writer:
        writer.replace_graphs({GRAPH: [triple(1)]})
        revision = writer.publish()
    (path / "revisions" / revision).rename(tmp_path / "elsewhere")
    with pytest.raises(StoreUnreadable, match=f"{revision} can't be read"):
        open_reader(path)


def test_a_store_without_a_revision_says_what_to_do(tmp_path: Path) -> None:
    open_writer(tmp_path / "a.store").close()
    with pytest.raises(StoreUnreadable, match="nothing has been loaded yet"):
        open_reader(tmp_path / "a.store")


def test_a_writer_that_was_killed_at_once_leaves_a_place_for_the_next(tmp_path: Path) -> None:
    path = tmp_path / "a.store"
    path.mkdir()
    (path / "writer.lock").touch()
    with open_writer(path) as writer:
        assert writer.revision == "000000-empty"


def test_triples_leave_and_come_in_one_step() -> None:
    store = memory_store()
    store.change_graph(GRAPH, [], [triple(1), triple(2)])
    store.change_graph(GRAPH, [triple(1), triple(9)], [triple(3), triple(2)])
    assert set(store.triples(GRAPH)) == {triple(2), triple(3)}
