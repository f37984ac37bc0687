"""Dates as printed, made absolute by the day of publication (Wednesday, 10 April 2024)."""

from __future__ import annotations

import pytest
import spacy

from undersigned.reading.dates import iter_dates

_PUBLISHED = "2024-04-10T09:30:00Z"


def _found(words: str, published: str | None = _PUBLISHED) -> list[tuple[str, str]]:
    doc = spacy.blank("en")(words)
    return [(printed.iso, printed.words.text) for printed in iter_dates(doc[:], published)]


@pytest.mark.parametrize(
    ("words", "iso", "printed"),
    [
        ("printed on Monday", "2024-04-08", "Monday"),
        ("printed on Wednesday", "2024-04-10", "Wednesday"),
        ("printed on Thursday", "2024-04-04", "Thursday"),
        ("printed yesterday", "2024-04-09", "yesterday"),
        ("printed in March 2023", "2023-03", "March 2023"),
        ("printed in May", "2023-05", "May"),
        ("printed on 22 March", "2024-03-22", "22 March"),
        ("printed on May 3", "2023-05-03", "May 3"),
        ("printed on July 3, 2021", "2021-07-03", "July 3, 2021"),
        ("printed in 2015", "2015", "2015"),
        ("a 2015 letter", "2015", "2015"),
        ("printed 2024-02-29", "2024-02-29", "2024-02-29"),
    ],
)
def test_printed_date(words: str, iso: str, printed: str) -> None:
    assert _found(words) == [(iso, printed)]


@pytest.mark.parametrize(
    "words",
    ["printed this week", "2015 people", "it may rain", "March on, friends", "on 31 June 2020"],
)
def test_what_is_no_date(words: str) -> None:
    assert _found(words) == []


def test_a_weekday_needs_the_day_of_publication() -> None:
    assert _found("printed on Monday", None) == []
    assert _found("printed on Monday", "soon") == []
