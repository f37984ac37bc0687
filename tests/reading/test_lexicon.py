from __future__ import annotations

from importlib.resources import files
from typing import TYPE_CHECKING

import pytest

from passage import read
from undersigned.reading.gazetteer import lookup
from undersigned.reading.lexicon import open_lexicon
from undersigned.reading.name_types import NameType
from undersigned.reading.names import find_names

if TYPE_CHECKING:
    from spacy.language import Language

OWN = (
    "abbreviations",
    "cities",
    "gendered_nouns",
    "given_names",
    "given_names_by_country",
    "name_context",
    "no_names",
    "nominals",
    "organization_words",
    "organizations",
    "peoples",
    "person_names",
    "places",
    "professions",
    "pronouns",
    "role_words",
    "titles",
)
LISTS = [(name, key) for name in OWN for key in open_lexicon(name).lists]
OF_ORGANIZATIONS = sorted(open_lexicon("organizations").lists)


def test_the_listed_files_are_there() -> None:
    folder = files("undersigned") / "reading" / "lexicons"
    stems = {entry.name.removesuffix(".toml") for entry in folder.iterdir()}
    assert set(OWN) <= stems


@pytest.mark.parametrize(("name", "key"), LISTS)
def test_every_list_has_entries_and_an_example_that_uses_one(name: str, key: str) -> None:
    words = open_lexicon(name).lists[key]
    entries = {entry.split("=")[0].lower() for entry in words.words}
    entries |= {part for entry in words.words for part in entry.lower().split("=")[1:]}
    assert entries
    assert any(entry in words.example.lower() for entry in entries)


@pytest.mark.parametrize("name", ["titles", "professions", "pronouns", "gendered_nouns"])
def test_words_that_are_compared_in_lower_case_are_written_so(name: str) -> None:
    assert all(word == word.lower() for word in open_lexicon(name).all_words())


def test_an_unknown_list_is_an_error() -> None:
    with pytest.raises(KeyError):
        open_lexicon("titles").words("no_such_list")


@pytest.mark.parametrize("key", OF_ORGANIZATIONS)
def test_the_example_of_a_list_of_organizations_shows_one_that_is_found(
    nlp: Language, key: str
) -> None:
    words = open_lexicon("organizations").lists[key]
    found = {n.span.text for n in find_names(read(nlp, words.example)) if n.type == "organization"}
    assert found & words.words


def test_known_names_are_looked_up_whatever_their_apostrophe() -> None:
    assert lookup("McDonald’s") == (True, NameType.ORGANIZATION)
    assert lookup("France") == (True, NameType.PLACE)
    assert lookup("French") == (True, None)
    assert lookup("Nobody Inc.") == (False, None)
