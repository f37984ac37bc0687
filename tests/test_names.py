from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from undersigned.names import fold_name


@pytest.mark.parametrize(
    ("name", "folded"),
    [
        ("Ava DuVernay", "ava duvernay"),
        ("Zoë Saldaña", "zoe saldana"),
        ("O’Brien", "obrien"),
        ("O'Brien", "obrien"),
        ("Jean-Luc  Godard", "jean luc godard"),
        ("J. K. Rowling", "jk rowling"),
        ("J.K. Rowling", "jk rowling"),
        ("U.S. Chamber", "us chamber"),
        ("Øystein Łukasz", "oystein lukasz"),
        ("Straße", "strasse"),
        ("北京", "北京"),
        ("“!”", ""),
        ("", ""),
    ],
)
def test_folded_name_has_neither_case_nor_marks_nor_punctuation(name: str, folded: str) -> None:
    assert fold_name(name) == folded


@pytest.mark.parametrize("name", ["Zoë Saldaña", "J. K. Rowling", "O’Brien", "北京 A.B."])
def test_folding_twice_changes_nothing(name: str) -> None:
    assert fold_name(fold_name(name)) == fold_name(name)


@given(st.text(st.characters(max_codepoint=127)))
def test_plain_names_are_folded_as_others_are(name: str) -> None:
    assert fold_name(f"{name} éé") == f"{fold_name(name)} ee".strip()
