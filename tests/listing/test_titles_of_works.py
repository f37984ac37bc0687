"""A signer's capacity keeps the title of what they wrote, in text, in HTML and in tables."""

from __future__ import annotations

import csv
import html
import io
import json
from typing import TYPE_CHECKING

import pytest

from undersigned.claims import RoleClaim, SignatureClaim

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from undersigned.claims import Reading

OTHERS = ("Ben Sample, harbor pilot", "Cora Muster, teacher", "Dan Ejemplo, nurse")
CASES = [
    ("author of “The Ferry”", "author of “The Ferry”", None),
    ('author of "The Long Quay"', 'author of "The Long Quay"', None),
    ("author of ‘Tide and Town’", "author of ‘Tide and Town’", None),
    ("author of «Le Quai»", "author of «Le Quai»", None),
    ("author of “Ferries, or the Crossing”", "author of “Ferries, or the Crossing”", None),
    ("author of “Salt” and “The Tide”", "author of “Salt” and “The Tide”", None),
    ("“The Ferry” author", "“The Ferry” author", None),
    ("director of “Night Boat”", "director of “Night Boat”", None),
    ("author of “The Ferry”, Hartley University", "author of “The Ferry”", "Hartley University"),
    # Not titles of works: a body in quotation marks, a body without them.
    ("director of “Harbor Trust”", "director", "Harbor Trust"),
    ("director, Harbor Trust", "director", "Harbor Trust"),
    ("“Harbor Trust” chair", "chair", "Harbor Trust"),
]


def as_text(capacity: str) -> str:
    entries = "\n".join([f"Ann Example, {capacity}", *OTHERS])
    return f"Open letter on the ferries\n\nKeep the boats.\n\nSigned,\n\n{entries}\n"


def as_html(capacity: str) -> str:
    """As sites mark titles: “…” in an element of its own."""
    told = html.escape(f"Ann Example, {capacity}").replace("“", "<em>“").replace("”", "”</em>")
    items = "".join(f"<li>{entry}</li>" for entry in (told, *OTHERS))
    return f"<h1>Open letter on the ferries</h1><h2>Signatories</h2><ul>{items}</ul>"


def as_csv(capacity: str) -> str:
    table = io.StringIO()
    rows = [tuple(other.split(", ")) for other in OTHERS]
    csv.writer(table).writerows([("Name", "Affiliation"), ("Ann Example", capacity), *rows])
    return table.getvalue()


def as_json(capacity: str) -> str:
    rows = [("Ann Example", capacity), *(other.split(", ") for other in OTHERS)]
    return json.dumps([{"name": name, "affiliation": told} for name, told in rows])


WRITERS = {"txt": as_text, "html": as_html, "csv": as_csv, "json": as_json}


def signer_in(reading: Reading, name: str) -> tuple[str | None, list[tuple[str, str | None]]]:
    """The capacity of a signer, and their roles with bodies."""
    names = {entity.key: entity.name for entity in reading.entities}
    signature = next(
        claim
        for claim in reading.claims
        if isinstance(claim, SignatureClaim) and names[claim.signatory] == name
    )
    roles = [
        (claim.title, claim.organization and names[claim.organization])
        for claim in reading.claims
        if isinstance(claim, RoleClaim) and claim.holder == signature.signatory
    ]
    return signature.capacity, roles


@pytest.mark.parametrize("form", WRITERS)
@pytest.mark.parametrize(("capacity", "title", "body"), CASES)
def test_title_of_a_work_stays_with_the_role(
    form: str,
    capacity: str,
    title: str,
    body: str | None,
    tmp_path: Path,
    read_list: Callable[[Path], Reading],
) -> None:
    path = tmp_path / f"list.{form}"
    path.write_text(WRITERS[form](capacity), encoding="utf-8")
    assert signer_in(read_list(path), "Ann Example") == (capacity, [(title, body)])


@pytest.mark.parametrize(
    ("entry", "roles"),
    [
        ("Ann Example – novelist, “Salt”", [("novelist, “Salt”", None)]),
        ("Ann Example, editor, “Quay Review”", [("editor, “Quay Review”", None)]),
        ("Ann Example, director of “Salt,” composer",
         [("director of “Salt”", None), ("composer", None)]),
        # What nobody makes has no title; what somebody says is none.
        ("Ann Example, teacher, “Annie”", [("teacher", None)]),
        ("Ann Example, author, “We need this ferry now!”", [("author", None)]),
        ('Ann "Salt" Example, author', [("author", None)]),
    ],
)  # fmt: skip
def test_title_beside_a_role_belongs_to_it_if_the_role_makes_works(
    entry: str,
    roles: list[tuple[str, str | None]],
    tmp_path: Path,
    read_list: Callable[[Path], Reading],
) -> None:
    path = tmp_path / "list.txt"
    path.write_text(as_text("teacher").replace("Ann Example, teacher", entry), encoding="utf-8")
    assert signer_in(read_list(path), "Ann Example")[1] == roles


def test_a_body_whose_name_the_format_escapes_is_called_by_its_name(
    tmp_path: Path, read_list: Callable[[Path], Reading]
) -> None:
    path = tmp_path / "list.csv"
    path.write_text(
        'Name,Role,Organization\nAnn Example,Chair,"Association ""Green Quay"""\n'
        "Ben Sample,Nurse,Harbor Hospital\nCora Muster,Pilot,Harbor Authority\n",
        encoding="utf-8",
    )
    capacity, roles = signer_in(read_list(path), "Ann Example")
    assert roles == [("Chair", 'Association "Green Quay"')]
    assert capacity == 'Chair, Association "Green Quay"'
