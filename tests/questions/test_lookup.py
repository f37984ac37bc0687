from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from undersigned.errors import EntityAmbiguous, EntityNotFound
from undersigned.questions.lookup import EntityType, find_entities, get_entity

if TYPE_CHECKING:
    from undersigned.store.base import GraphReader


@pytest.mark.parametrize(
    ("text", "kind", "found"),
    [
        ("https://w3id.org/undersigned/person/ada-quill", "person", "person/ada-quill"),
        ("<https://w3id.org/undersigned/person/ada-quill>", "agent", "person/ada-quill"),
        ("https://w3id.org/undersigned/person/a-quill", "person", "person/ada-quill"),
        ("person/ada-quill", "person", "person/ada-quill"),
        ("ADA  quíll", "person", "person/ada-quill"),
        ("Quill", "person", "person/ada-quill"),
        ("Quill", "agent", "person/ada-quill"),
        ("quill, ada", "any", "person/ada-quill"),
        ("council", "organization", "organization/town-council"),
        ("bridge", "letter", "letter/bridge"),
        ("town council", "letter", "letter/bridge"),
        ("letter about river crossing", "letter", "letter/bridge"),
        ("Open letter (April 2024)", "letter", "letter/library"),
        ("letter/library", "letter", "letter/library"),
        ("gazette", "source", "source/gazette"),
        ("2024-03-02", "source", "source/gazette"),
        ("Poets against it", "source", "source/courier"),
    ],
)
def test_one_thing_is_found(text: str, kind: str, found: str, town: GraphReader) -> None:
    thing = get_entity(town, text, EntityType(kind))
    assert thing.iri.value == f"https://w3id.org/undersigned/{found}"


def test_namesakes_are_listed_with_what_tells_them_apart(town: GraphReader) -> None:
    with pytest.raises(EntityAmbiguous) as raised:
        get_entity(town, "Jon Park", EntityType.PERSON)
    assert str(raised.value).splitlines() == [
        "'Jon Park' may be each of these; give more of the name, or the IRI:",
        "  Jon Park (in 2 sources): https://w3id.org/undersigned/person/jon-park-2",
        "  Jon Park (baker; in 1 source): https://w3id.org/undersigned/person/jon-park-1",
    ]


@pytest.mark.parametrize("text", ["Ada Qill", "Qill", "Ada Quills"])
def test_unknown_name_has_near_names(text: str, town: GraphReader) -> None:
    with pytest.raises(EntityNotFound, match="did you mean 'Ada Quill'"):
        get_entity(town, text, EntityType.PERSON)


@pytest.mark.parametrize(
    "text",
    [
        "Zebedee",
        "the",
        "",
        "“!”",
        "https://w3id.org/undersigned/person/nobody",
        "x" * 9000,
        '"} #',
        "person/a b",
        "per\nson",
        "not an iri: <>",
        "http://[",
        "letter/[%zz",
    ],
)
def test_what_is_not_there_is_not_found(text: str, town: GraphReader) -> None:
    assert find_entities(town, text, EntityType.PERSON) == []


def test_a_thing_of_another_kind_is_not_found(town: GraphReader) -> None:
    assert find_entities(town, "letter/bridge", EntityType.PERSON) == []


def test_all_letters_that_fit_are_candidates(town: GraphReader) -> None:
    found = find_entities(town, "open letter", EntityType.LETTER)
    assert [candidate.label for candidate in found] == [
        "Open letter (April 2024)",
        "Open letter about the bridge (March 2024)",
    ]
    assert found[1].notes == ("to Town Council", "about river crossings")


def test_among_things_of_any_kind_each_is_listed_once(town: GraphReader) -> None:
    found = [candidate.iri.value for candidate in find_entities(town, "letter", EntityType.ANY)]
    assert len(found) == len(set(found)) == 2


def test_a_source_is_not_said_to_be_in_no_source(town: GraphReader) -> None:
    (candidate,) = find_entities(town, "Poets against it", EntityType.SOURCE)
    assert str(candidate).startswith("Poets against it (The Courier): https://")
