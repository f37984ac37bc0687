from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from passage import cast_of
from undersigned.reading.roles import find_roles

if TYPE_CHECKING:
    from spacy.language import Language

# Words of the text; then, for each role: holder, title, organization, time.
ROLES: list[tuple[str, set[tuple[str, str, str | None, str]]]] = [
    (
        "Actor and director Nia Okoro, musician Tom Braun and actor Bo Diaz signed.",
        {
            ("Nia Okoro", "actor", None, "current"),
            ("Nia Okoro", "director", None, "current"),
            ("Tom Braun", "musician", None, "current"),
            ("Bo Diaz", "actor", None, "current"),
        },
    ),
    (
        "Former Treasury secretaries Ada Lind, Bo Diaz and Carl Frey wrote to them.",
        {
            ("Ada Lind", "secretary", "Treasury", "former"),
            ("Bo Diaz", "secretary", "Treasury", "former"),
            ("Carl Frey", "secretary", "Treasury", "former"),
        },
    ),
    (
        "OpenAI CEO Jo Park and Apple co-founder Ann Weber disagreed.",
        {
            ("Jo Park", "CEO", "OpenAI", "current"),
            ("Ann Weber", "co-founder", "Apple", "current"),
        },
    ),
    (
        "Emma Garcia, the chief executive of Harbor Trust, and Ada Lind, a poet, signed.",
        {
            ("Emma Garcia", "chief executive", "Harbor Trust", "current"),
            ("Ada Lind", "poet", None, "current"),
        },
    ),
    (
        "Mona Reyes, co-founder and CEO of the Widget Foundation, agreed.",
        {
            ("Mona Reyes", "co-founder", "Widget Foundation", "current"),
            ("Mona Reyes", "CEO", "Widget Foundation", "current"),
        },
    ),
    (
        "The fund’s director, Jo Park, declined. Ada Lind, who heads Oxfam, did not.",
        {("Jo Park", "director", None, "current"), ("Ada Lind", "head", "Oxfam", "current")},
    ),
    (
        "Minister for Foreign Affairs Consolata Frey met Chancellor of the Exchequer Ann Lee.",
        {
            ("Consolata Frey", "minister for foreign affairs", None, "current"),
            ("Ann Lee", "chancellor of the exchequer", None, "current"),
        },
    ),
    (
        "Secretary of State John Frey met Sen. Ann Lee (D-Ohio), a former prosecutor.",
        {
            ("John Frey", "secretary of state", None, "current"),
            ("Ann Lee", "senator", None, "current"),
            ("Ann Lee", "prosecutor", None, "former"),
        },
    ),
    (
        "Bo Diaz is a sculptor. Carl Frey was the editor of The Guardian.",
        {
            ("Bo Diaz", "sculptor", None, "current"),
            ("Carl Frey", "editor", "The Guardian", "former"),
        },
    ),
    ("Ms. Okoro and Mr. Braun signed. A doctor signed, too.", set()),
]


@pytest.mark.parametrize(("words", "expected"), ROLES, ids=[words[:40] for words, _ in ROLES])
def test_roles_are_read_with_holder_title_place_and_time(
    nlp: Language, words: str, expected: set[tuple[str, str, str | None, str]]
) -> None:
    cast = cast_of(nlp, words)
    found = {
        (
            cast.name_of(role.holder),
            role.title,
            role.organization and cast.name_of(role.organization),
            role.time.value,
        )
        for role in find_roles(cast.text, cast)
    }
    assert found == expected


def test_a_role_rests_on_its_title_and_the_name(nlp: Language) -> None:
    cast = cast_of(nlp, "It rained. Harbor Trust president Tom Braun signed.")
    (role,) = find_roles(cast.text, cast)
    assert [words.exact for words in role.evidence.words] == ["president", "Tom Braun"]
    assert role.evidence.passage.exact == "Harbor Trust president Tom Braun signed."
    assert role.evidence.rule == "title-before-name"


def test_a_role_told_twice_is_one_claim_at_its_first_place(nlp: Language) -> None:
    cast = cast_of(nlp, "Poet Ada Lind signed.", "Later, poet Ada Lind read.")
    (role,) = find_roles(cast.text, cast)
    assert role.evidence.words[0].start == 0
