"""Numbers of signers as printed: "over 400", "1,344", "five hundred and five", "1,000-plus"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from undersigned.claims import CountQualifier
from undersigned.reading.lexicon import open_lexicon
from undersigned.reading.signing.days import DAYS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Doc, Span, Token

_UNITS: Final = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
_TENS: Final = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_SMALL: Final = {word: n for n, word in enumerate(_UNITS)} | {
    word: 10 * n for n, word in enumerate(_TENS, start=2)
}
_LARGE: Final = {"hundred": 100, "dozen": 12, "thousand": 1_000, "million": 1_000_000}
_DIGITS: Final = re.compile(r"\d{1,3}(?:,\d{3})+|\d+(?:\.\d+)?")
_FIGURE: Final = re.compile(rf"({_DIGITS.pattern})(k|m)?(\+)?", re.IGNORECASE)
_LAST_DAY: Final = 31
_QUALIFIER_WORDS: Final = 4
"""The longest qualifier, in tokens ("in excess of")."""


@dataclass(frozen=True, slots=True)
class Count:
    """A number in the text. `words` takes in its qualifier, `figure` does not."""

    number: int
    qualifier: CountQualifier
    words: Span
    figure: Span


def iter_counts(span: Span) -> Iterator[Count]:
    """Every whole number in a stretch of text, with its qualifier, in text order.

    "dozens" and "hundreds" are no numbers; "a dozen" and "two hundred" are.
    """
    doc, i = span.doc, span.start
    while i < span.end:
        end, number = _number_at(doc, i, span.end)
        if number is None:
            i += 1
            continue
        yield _qualified(doc, i, end, number)
        i = end


def _number_at(doc: Doc, start: int, stop: int) -> tuple[int, int | None]:
    """The end of the number that starts at a token and its value; None where there is none."""
    total, current, i = 0.0, 0.0, start
    seen = False
    while i < stop:
        word = doc[i].lower_
        figure = _FIGURE.fullmatch(doc[i].text)
        if figure and not seen:
            current = float(figure[1].replace(",", "")) * _scale(figure[2])
        elif word in _SMALL:
            current += _SMALL[word]
        elif word in _LARGE and (seen or _after_article(doc, start)):
            current = (current or 1) * _LARGE[word]
            if _LARGE[word] >= 1_000:
                total, current = total + current, 0
        elif not _joins(doc, i, stop, seen):
            break
        seen = True
        i += 1
    value = total + current
    return i, int(value) if seen and value == int(value) else None


def _scale(letter: str | None) -> int:
    return {"k": 1_000, "m": 1_000_000}.get((letter or "").lower(), 1)


def _after_article(doc: Doc, start: int) -> bool:
    return start > 0 and doc[start - 1].lower_ in {"a", "an", "half"}


def _joins(doc: Doc, i: int, stop: int, seen: bool) -> bool:
    """Whether a hyphen or "and" stands inside a number in words ("five hundred and five")."""
    if not seen or i + 1 >= stop or doc[i].lower_ not in {"-", "and"}:
        return False
    last, following = doc[i - 1].lower_, doc[i + 1].lower_
    if doc[i].lower_ == "-":
        return last in _TENS and following in _UNITS
    return last in {"hundred", "thousand"} and following in _SMALL


def _qualified(doc: Doc, start: int, end: int, number: int) -> Count:
    figure = doc[start:end]
    lexicon = open_lexicon("counts")
    if (
        doc[start - 1].lower_ in {"a", "an"}
        and start > figure.sent.start
        and not figure.text[0].isdigit()
    ):
        start -= 1
    for length in range(_QUALIFIER_WORDS, 0, -1):
        first = start - length
        if first < figure.sent.start:
            continue
        before = doc[first:start].text.lower()
        for name in ("over", "about", "under"):
            if before in lexicon.words(name):
                return Count(number, CountQualifier(name), doc[first:end], figure)
    for length in (2, 1):
        after = doc[end : end + length].text.lower()
        for name in ("over", "about"):
            if after in lexicon.words(f"{name}-after"):
                return Count(number, CountQualifier(name), doc[start : end + length], figure)
    qualifier = CountQualifier.OVER if figure.text.endswith("+") else CountQualifier.EXACT
    return Count(number, qualifier, doc[start:end], figure)


def counts_people(count: Count) -> bool:
    """Whether a number may count signers: no year, date, share, age or length of time."""
    doc, end = count.figure.doc, count.figure.end
    if end < len(doc) and doc[end].text in {"%", "-", "/", "°", ":", "’s", "'s"}:
        return (
            doc[end].text == "-" and end + 1 < len(doc) and doc[end + 1].lower_ in {"plus", "odd"}
        )
    before = doc[count.words.start - 1] if count.words.start else None
    if before is not None and (
        before.text in {"$", "£", "€", "No.", "/"}
        or (before.text == "-" and not before.whitespace_)
        or (_is_month(before) and count.number <= _LAST_DAY)
    ):
        return False
    if before is not None and _is_of_name(before, count):
        return False
    following = next((t for t in doc[end : end + 2] if t.is_alpha), None)
    if following is not None and _is_month(following):
        return False
    if 1900 <= count.number <= 2100 and count.figure.text.isdigit():
        return count.qualifier is not CountQualifier.EXACT
    not_people = open_lexicon("counts").words("not-people")
    if following is None:
        return True
    singular = following.lower_.removesuffix("s")
    return not_people.isdisjoint({following.lemma_.lower(), following.lower_, singular})


def _is_of_name(before: Token, count: Count) -> bool:
    """The 95 of "the Windows 95 start-up sound": a number that closes a name."""
    after = count.figure.doc[count.figure.end : min(count.figure.end + 3, count.figure.sent.end)]
    named = before.pos_ == "PROPN" and before.lower_ not in DAYS and not _is_month(before)
    closes = named and before.text[:1].isupper() and before.i + 1 == count.words.start
    plural = any(t.tag_ in {"NNS", "NNPS"} or t.like_num for t in after)
    return closes and count.figure.text.isdigit() and not plural and before.text[-1] != "."


def _is_month(token: Token) -> bool:
    from undersigned.reading.dates import MONTHS

    return token.text[:3].lower() in MONTHS and token.text[0].isupper() and token.lower_ != "may"
