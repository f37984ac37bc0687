"""Sources taken out: as if they had never been loaded, and told."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from correcting.storing import NAMES, QUOTES, dump, put
from making import Said, article
from undersigned.correcting.removing import get_source, remove_sources
from undersigned.correcting.versions import keep_version
from undersigned.errors import EntityNotFound
from undersigned.store.embedded import memory_store

if TYPE_CHECKING:
    from undersigned.claims import Reading


@st.composite
def readings(draw: st.DrawFn) -> Reading:
    names = st.lists(st.sampled_from(NAMES), max_size=3, unique=True).map(tuple)
    said = Said(
        signers=draw(names),
        declined=draw(names),
        addressee=draw(st.sampled_from([None, "Office of Books"])),
        over=draw(st.sampled_from([None, 400, 420])),
        quotes=draw(st.lists(st.sampled_from(QUOTES), max_size=2, unique=True).map(tuple)),
        quotes_of=draw(st.dictionaries(st.sampled_from(NAMES), st.sampled_from(QUOTES))),
        letter_name=draw(st.sampled_from([None, "A Letter on Books and Their Makers"])),
    )
    return article(
        draw(st.sampled_from("abcdef")),
        said,
        published=draw(st.sampled_from(["2025-03-21", "2025-03-25", None])),
    )


def several(min_size: int = 1) -> st.SearchStrategy[list[Reading]]:
    return st.lists(
        readings(), min_size=min_size, max_size=5, unique_by=lambda r: r.source.source_id
    )


@settings(max_examples=25, deadline=None)
@given(loaded=several(min_size=2), data=st.data())
def test_what_is_left_is_as_if_the_removed_had_never_been_loaded(
    loaded: list[Reading], data: st.DataObject
) -> None:
    number = data.draw(st.integers(1, len(loaded)))
    removed, rest = loaded[:number], loaded[number:]
    store, fresh = memory_store(), memory_store()
    put(store, *data.draw(st.permutations(loaded)))
    remove_sources(store, [store.iris.source(r.source.source_id) for r in removed])
    put(fresh, *rest)
    assert dump(store) == dump(fresh)


def test_the_report_names_what_went_and_counts_what_others_carry() -> None:
    store = memory_store()
    shared = Said(signers=("Ada Quill",), quotes=(QUOTES[0],), addressee="Office of Books")
    put(store, article("early", shared, published="2025-03-01"))
    more = Said(
        signers=("Ada Quill", "Ben Stage"), quotes=(QUOTES[0],), addressee="Office of Books"
    )
    put(store, article("late", more, published="2025-03-02"))
    report = remove_sources(store, [store.iris.source("late")])
    told = [(fact.kind, fact.label) for fact in report.gone]
    assert told == [("signature", "signature of Ben Stage"), ("person", "Ben Stage")]
    assert report.kept == 5  # letter, its quotation, Ada Quill, her signature, the office


def test_what_gets_a_new_iri_from_another_source_is_not_told_as_gone() -> None:
    store = memory_store()
    said = Said(signers=("Ada Quill",), quotes=(QUOTES[0],), addressee="Office of Books", over=400)
    put(store, article("early", said, published="2025-03-01"))
    put(store, article("late", said, published="2025-03-02"))
    assert remove_sources(store, [store.iris.source("early")]).gone == ()


def test_records_of_earlier_versions_go_with_the_source() -> None:
    from datetime import UTC, datetime

    store = memory_store()
    put(store, article("a", Said(signers=("Ada Quill",))))
    source = store.iris.source("a")
    keep_version(store, source, datetime(2025, 3, 22, tzinfo=UTC))
    remove_sources(store, [source])
    runs = [str(n) for n in store.triples(store.iris.runs)]
    assert [line for line in runs if "version" in line] == []
    assert len([line for line in runs if "remove by undersigned" in line]) == 1


@pytest.mark.parametrize(
    "typed",
    [
        "daily-2025-03-21",
        "source/daily-2025-03-21",
        "https://w3id.org/undersigned/source/daily-2025-03-21",
        "<https://w3id.org/undersigned/source/daily-2025-03-21>",
        "https://daily.example/letters?id=4",
        "Writers write",
        "daily 2025-03-21",
    ],
)
def test_a_source_is_found_by_whatever_people_know_of_it(typed: str) -> None:
    store = memory_store()
    put(
        store,
        article(
            "daily-2025-03-21",
            Said(signers=("Ada Quill",)),
            title="Writers write to the office",
            outlet="The Daily",
            url="https://daily.example/letters?id=4",
        ),
        article("other", Said(signers=("Ben Stage",)), title="Actors act"),
    )
    assert get_source(store, typed) == store.iris.source("daily-2025-03-21")


def test_near_titles_are_named_where_none_is_meant() -> None:
    store = memory_store()
    put(store, article("a", Said(signers=("Ada Quill",)), title="Writers write to the office"))
    with pytest.raises(EntityNotFound, match="did you mean 'Writers write to the office'"):
        get_source(store, "Wriders")
