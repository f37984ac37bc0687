"""By which name somebody is called who has several."""

from __future__ import annotations

import pytest

from undersigned.assembly.agent_facts import best_name


@pytest.mark.parametrize(
    ("names", "best"),
    [
        (["A. Poe", "A. Poe", "Ann Poe"], "Ann Poe"),
        (["Poe", "Poe", "Poe", "Ann Poe"], "Ann Poe"),
        (["ANN POE", "Ann Poe"], "Ann Poe"),
        (["Ann Poe", "Ann Poe", "Ann Quill Poe"], "Ann Poe"),
        (["Ann Poe", "Ann Q. Poe"], "Ann Q. Poe"),
        (["OFB", "OFB", "Office of Books"], "Office of Books"),
        (["annie"], "annie"),
    ],
)
def test_the_label_is_the_fullest_name_that_is_usual(names: list[str], best: str) -> None:
    assert best_name(names) == best
    assert best_name(reversed(names)) == best
