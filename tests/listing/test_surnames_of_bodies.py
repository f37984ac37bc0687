"""People whose surname is a word for bodies, and bodies of two words, are told apart.

"Ilya Ballet" has a usual given name; "Hartley Church" is a church, unless more speaks against it:
a title, a trade behind the name, a list that names people alone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from undersigned.claims import EntityKind
from undersigned.listing.kinds import kind_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from undersigned.claims import Reading

SURNAMES = ("Church", "Ballet", "Bank", "Press", "College", "Temple", "Hall", "Union", "House")
PEOPLE = (
    "Ann Lee", "Peter Adams", "Maria Lopez", "Thomas Baker", "Laura Schmidt", "James Cooper",
    "Sarah Miller", "Daniel Fischer", "Helen Wright", "Robert Evans", "Emma Clarke",
)  # fmt: skip
BODIES = ("Harbor Workers Association", "Ilford Housing Federation", "Hartley University")


def kinds_in(
    read_list: Callable[[Path], Reading], path: Path, entries: Sequence[str]
) -> dict[str, EntityKind]:
    listed = "\n".join(f"- {entry}" for entry in entries)
    path.write_text(f"# On the pier\n\nWe ask for our pier.\n\n## Signed\n\n{listed}\n")
    return {entity.name: entity.kind for entity in read_list(path).entities}


@pytest.mark.parametrize("surname", SURNAMES)
@pytest.mark.parametrize("name", ["Ilya {}", "Maria K. {}", "Anna Maria {}"])
def test_a_usual_given_name_before_such_a_surname_is_a_persons(name: str, surname: str) -> None:
    assert kind_of(name.format(surname)) is EntityKind.PERSON


@pytest.mark.parametrize(
    "name",
    ["Ilford Ballet", "Hartley Church", "Hartley Bank", "Union Bank", "First Baptist Church",
     "Grace Church", "Hope College", "Georgia Ballet", "Lincoln Press", "Trinity College",
     "Rosa Lund School", "Church of Hartley", "The Ilya Ballet", "Ilya Ballet Company",
     "Ilya Foundation", "Maria Press Ltd", "Ann & Union"],
)  # fmt: skip
def test_a_body_is_one_where_a_surname_might_stand(name: str) -> None:
    assert kind_of(name) is EntityKind.ORGANIZATION


@pytest.mark.parametrize("name", ["Linh Ngo", "Oduya Ab", "Maria Anna Ngo", "Carl Se"])
def test_a_legal_form_that_is_spelt_like_a_surname_is_one(name: str) -> None:
    assert kind_of(name) is EntityKind.PERSON


@pytest.mark.parametrize("name", ["Hartley NGO", "Ilford AB", "Harbor Lights Ngo", "Tamley Ltd"])
def test_a_legal_form_in_its_usual_spelling_makes_a_body(name: str) -> None:
    assert kind_of(name) is EntityKind.ORGANIZATION


@pytest.mark.parametrize(
    ("entry", "name"),
    [
        ("Dr. Hartley Church", "Hartley Church"),
        ("Oduya Temple, teacher", "Oduya Temple"),
        ("Grace Church, retired nurse", "Grace Church"),
        ("Temple Lindqvist (professor)", "Temple Lindqvist"),
    ],
)
@pytest.mark.parametrize("around", [PEOPLE, BODIES, PEOPLE[:3] + BODIES])
def test_a_title_or_a_trade_makes_a_person_of_it(
    entry: str,
    name: str,
    around: tuple[str, ...],
    read_list: Callable[[Path], Reading],
    tmp_path: Path,
) -> None:
    kinds = kinds_in(read_list, tmp_path / "list.md", [entry, *around])
    assert kinds[name] is EntityKind.PERSON


@pytest.mark.parametrize("name", ["Ilford Ballet", "Hartley Church", "Temple Lindqvist"])
def test_the_other_entries_of_a_list_decide_where_nothing_else_does(
    name: str, read_list: Callable[[Path], Reading], tmp_path: Path
) -> None:
    path = tmp_path / "list.md"
    assert kinds_in(read_list, path, [*PEOPLE, name])[name] is EntityKind.PERSON
    mixed = kinds_in(read_list, path, [*PEOPLE, *BODIES[:1], name])
    assert mixed[name] is EntityKind.ORGANIZATION
    few = kinds_in(read_list, path, [*PEOPLE[:4], name])
    assert few[name] is EntityKind.ORGANIZATION


def test_a_body_stays_one_among_people(
    read_list: Callable[[Path], Reading], tmp_path: Path
) -> None:
    names = ["First Baptist Church", "Friends of Hartley", "Harbor Ballet Company"]
    kinds = kinds_in(read_list, tmp_path / "list.md", [*PEOPLE, *names])
    assert {kinds[name] for name in names} == {EntityKind.ORGANIZATION}


def test_the_role_in_a_column_beside_the_name_makes_a_person_of_it(
    read_list: Callable[[Path], Reading], tmp_path: Path
) -> None:
    path = tmp_path / "list.csv"
    rows = ["Name,Job title", "Oduya Temple,Nurse", "Hartley Church,", "Harbor Guild,"]
    path.write_text("\n".join(rows))
    kinds = {entity.name: entity.kind for entity in read_list(path).entities}
    assert kinds["Oduya Temple"] is EntityKind.PERSON
    assert kinds["Hartley Church"] is EntityKind.ORGANIZATION
