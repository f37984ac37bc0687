"""Lists as campaigns publish them: forms, weblogs, repositories, parliaments, coalitions.

`campaigns/` holds the files; beside each stands `NAME.expected`, what a careful reader takes, a
line a signer: kind, name and roles ("title @ body (former); …") with tabs between. It was
written before the program read the file.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from undersigned.claims import RoleClaim, RoleTime, SignatureClaim
from undersigned.listing.affiliations import AFFILIATED

if TYPE_CHECKING:
    from collections.abc import Callable

    from undersigned.claims import LocalKey, Reading

CAMPAIGNS = Path(__file__).parent / "campaigns"
FILES = sorted(p for p in CAMPAIGNS.iterdir() if p.suffix != ".expected")
ROLES_FLOOR = 0.92
"""Of the roles, found and right; a place that nobody knows still passes for a body: most of what is
wrong are the towns of petition-supporters.html and printed-pages.txt."""


def expected_of(path: Path) -> list[list[str]]:
    lines = path.with_name(f"{path.name}.expected").read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines]


def signers_of(reading: Reading) -> list[tuple[str, str, LocalKey]]:
    entities = {entity.key: entity for entity in reading.entities}
    return [
        (entities[claim.signatory].kind.value, entities[claim.signatory].name, claim.signatory)
        for claim in reading.claims
        if isinstance(claim, SignatureClaim)
    ]


def roles_of(reading: Reading) -> Counter[tuple[str, str]]:
    names = {entity.key: entity.name for entity in reading.entities}
    signers = {key: name for _, name, key in signers_of(reading)}
    found: Counter[tuple[str, str]] = Counter()
    for claim in reading.claims:
        if isinstance(claim, RoleClaim) and claim.holder in signers:
            title = "" if claim.title == AFFILIATED else claim.title
            body = f"@ {names[claim.organization]}" if claim.organization else ""
            time = " (former)" if claim.time is RoleTime.FORMER else ""
            found[signers[claim.holder], f"{title} {body}".strip() + time] += 1
    return found


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_names_and_kinds_of_all_signers_are_read(
    path: Path, read_list: Callable[[Path], Reading]
) -> None:
    found = [f"{kind}\t{name}" for kind, name, _ in signers_of(read_list(path))]
    assert found == [f"{kind}\t{name}" for kind, name, _ in expected_of(path)]


def test_nearly_all_roles_of_signers_are_read(read_list: Callable[[Path], Reading]) -> None:
    expected: Counter[tuple[str, str]] = Counter()
    found: Counter[tuple[str, str]] = Counter()
    for path in FILES:
        for _, name, roles in expected_of(path):
            expected.update((name, role) for role in roles.split("; ") if role)
        found += roles_of(read_list(path))
    right = (expected & found).total()
    assert right / found.total() >= ROLES_FLOOR
    assert right / expected.total() >= ROLES_FLOOR


def test_whoever_asks_not_to_be_named_is_left_out_and_counted(
    read_list: Callable[[Path], Reading],
) -> None:
    reading = read_list(CAMPAIGNS / "form-answers.csv")
    names = {name for _, name, _ in signers_of(reading)}
    assert "Hugo Tamm" not in names
    assert reading.source.notes == (
        "1 signer who asked not to be named left out, by the column 'May we publish your name?'",
    )


def test_a_name_in_another_script_is_another_name_of_the_signer(
    read_list: Callable[[Path], Reading],
) -> None:
    reading = read_list(CAMPAIGNS / "scripts.md")
    printed = {e.name: [m.words.exact for m in e.mentions] for e in reading.entities}
    assert printed["Иван Примеров"] == ["Иван Примеров", "Ivan Primerov"]
    assert "Kim Bo-gi" in printed["김보기"]


def test_two_people_of_one_entry_have_their_own_words(
    read_list: Callable[[Path], Reading],
) -> None:
    reading = read_list(CAMPAIGNS / "weblog.html")
    words = {
        name: [piece.exact for piece in claim.evidence.words]
        for claim in reading.claims
        if isinstance(claim, SignatureClaim)
        for _, name, key in signers_of(reading)
        if key == claim.signatory
    }
    assert words["Sandra Hollis"] == ["Sandra", "Hollis"]
    assert words["Peter Hollis"] == ["Peter Hollis"]
