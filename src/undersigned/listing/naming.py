"""A person's name as an index would have it: without titles and degrees, surname last."""

from __future__ import annotations

import re
from functools import cache
from typing import Final
from unicodedata import category

from undersigned.listing.lexicon import words

_TOKEN: Final = re.compile(r"\S+")
_CLASS_YEAR: Final = re.compile(r"[('’‘`]+\d\d[),]*")
_LETTERS: Final = re.compile(r"[^\W\d_]")
_OPENING: Final = re.compile(r"^(?:Mc|Mac|De|Di|Du|La|Le|Van|Fitz|O')(?=[A-Z]{2})")
"""What stays in lower case before capitals: "McALLISTER"."""
_VOWEL: Final = re.compile(r"(?i)[^\x00-\x7f]|[aeiouy]|^ng$")
"""What has none is an abbreviation of a title: "WGM Ann Lee"."""


_TITLES_JOINED: Final = frozenset({"&", "and", "und", "et"})
"""As in "Mr & Mrs R. Dunmore", who sign by one name."""


def without_titles(text: str, start: int, end: int) -> tuple[int, int]:
    """The place of a name without the titles before it and the degrees behind it.

    Never empty: a name that is all titles stays as it is. "Jr." and "III" belong to the name; the
    year of a class ("'98") does not.
    """
    tokens = [(m.start(), m.end()) for m in _TOKEN.finditer(text, start, end)]
    while len(tokens) > 1 and _CLASS_YEAR.fullmatch(text[slice(*tokens[-1])]):
        tokens.pop()
    first, last = 0, len(tokens)
    while first < last - 1 and _is_title(text, tokens, first):
        joined = text[slice(*tokens[first + 1])] in _TITLES_JOINED
        first += 2 if joined and first + 2 < last and _is_title(text, tokens, first + 2) else 1
    while last > first + 1 and _is_degree(text[slice(*tokens[last - 1])], last - first):
        last -= 1
    if first == last or not tokens:
        return start, end
    stop = tokens[last - 1][1]
    while stop > tokens[first][0] and text[stop - 1] in ",;:-–—":
        stop -= 1
    return tokens[first][0], stop


def office_before(text: str, start: int, end: int) -> tuple[int, int] | None:
    """The place of an office before a name of two words or more: "Vice Mayor" of Ann Lee."""
    tokens = [(m.start(), m.end()) for m in _TOKEN.finditer(text, start, end)]
    for number in range(min(3, len(tokens) - 2), 0, -1):
        place = tokens[0][0], tokens[number - 1][1]
        if text[slice(*place)].lower() in words("naming", "offices"):
            return place
    return None


def _bare(token: str) -> str:
    return token.lower().strip(",;").replace(".", "")


def _is_title(text: str, tokens: list[tuple[int, int]], number: int) -> bool:
    token = text[slice(*tokens[number])]
    bare = _bare(token)
    if bare not in words("naming", "titles"):
        # "Prof.Dr." and "Dr.-Ing." without blanks between.
        parts = [part for part in re.split(r"[.\-/]", token.lower()) if part]
        return (
            len(parts) > 1 and "." in token and all(p in words("naming", "titles") for p in parts)
        )
    if bare in words("naming", "plain-titles"):
        return True
    dotted = token.endswith(".") and len(bare) > 1
    behind_title = number > 0 and (dotted or bare in ("of", "em"))
    before_title = number + 1 < len(tokens) - 1 and _bare(
        text[slice(*tokens[number + 1])]
    ) in words("naming", "plain-titles")
    return dotted or behind_title or before_title or (number > 0 and bare in _ACADEMIC)


_ACADEMIC: Final = frozenset(
    {"med", "phil", "rer", "nat", "jur", "habil", "hc", "mult", "em", "ing"}
)


def _is_degree(token: str, words_of_name: int) -> bool:
    """Whether a token behind a name is a degree; short ones only in capitals, as "MA", not "Ma"."""
    bare = _bare(token)
    if bare not in words("naming", "degrees") or bare in words("naming", "generations"):
        return False
    plain = token.strip(",;.")
    marked = (
        "." in plain or plain.isupper() or plain in ("PhD", "Phd", "DPhil", "MSc", "BSc", "Esq")
    )
    return marked and words_of_name > 2


def is_degrees(phrase: str) -> bool:
    """Whether a phrase is nothing but degrees and orders: "PhD, MPH"; "Esq."."""
    parts = [part for part in re.split(r"[\s,/]+", phrase) if part.strip(".,")]
    found = [_bare(part) for part in parts if not _CLASS_YEAR.fullmatch(part)]
    return bool(found) and all(part in words("naming", "degrees") for part in found)


def is_generation(phrase: str) -> bool:
    """Whether a phrase belongs to the name before it: "Jr.", "III"."""
    return _bare(phrase.strip()) in words("naming", "generations")


def is_titles(phrase: str) -> bool:
    """Whether a phrase is nothing but titles: "Prof. Dr."."""
    found = [_bare(part) for part in phrase.split()]
    return bool(found) and all(part in words("naming", "titles") for part in found)


def given_name_first(name: str) -> str:
    """Turns "DUPONT Jean" and "Jean DUPONT" into "Jean Dupont": capitals mark the surname.

    A name that is wholly in capitals, or has none in capitals, stays as it is.
    """
    tokens = name.split()
    if len(tokens) > 1 and not any(map(_is_capitals, tokens[:-1])) and _is_surname(tokens[-1]):
        return " ".join([*tokens[:-1], _cased(tokens[-1])])
    leading = 0
    while leading < len(tokens) and _is_capitals(tokens[leading]):
        leading += 1
    if not 0 < leading < len(tokens) or not any(len(t) > 2 for t in tokens[:leading]):
        return name
    if any(_is_capitals(token) for token in tokens[leading:]):
        return name
    return " ".join([*tokens[leading:], *map(_cased, tokens[:leading])])


def _is_surname(token: str) -> bool:
    """Whether a last word in capitals is a surname: no numeral, no abbreviation."""
    return (
        _is_capitals(token)
        and len(token) > 3
        and _bare(token) not in words("naming", "generations") | words("naming", "degrees")
    )


def surname_last(surname: str, given: str) -> str:
    """Puts together what a list writes as "LEE, Ann"; capitals that only the surname has go."""
    tokens = surname.split()
    if all(map(_is_capitals, tokens)) and not _is_capitals(given):
        surname = " ".join(map(_cased, tokens))
    return f"{given} {surname}"


def trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """A place without the signs around the words that name nobody: hearts, flags, stars."""
    while end > start + 1 and _is_sign(text[end - 1]):
        end -= 1
    while start < end - 1 and _is_sign(text[start]):
        start += 1
    return start, end


def _is_sign(sign: str) -> bool:
    shown_as_picture = sign == "\ufe0f" or category(sign) in ("So", "Sk", "Cf")
    return sign.isspace() or (shown_as_picture and sign not in "`^´")


def _is_capitals(token: str) -> bool:
    letters = _LETTERS.findall(token)
    if token.lower() in words("naming", "particles") and token.isupper():
        return True
    if len(letters) < 2 or "." in token:
        return False
    bare = _OPENING.sub("", token)
    return bare.isupper() and not re.search(r"[\d_]", token) and bool(_VOWEL.search(token))


@cache
def _cased(token: str) -> str:
    if token.lower() in words("naming", "particles") and token not in (
        "LE",
        "LA",
        "MAC",
        "MC",
        "O",
    ):
        return token.lower()
    return re.sub(r"[^\W\d_]+", lambda part: part[0][:1] + _lowered(part[0][1:]), token)


def _lowered(letters: str) -> str:
    """In lower case; a Turkish capital "İ" becomes "i" and nothing else."""
    return letters.replace("İ", "i").lower()
