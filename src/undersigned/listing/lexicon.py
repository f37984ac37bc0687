"""Opens the lexicons of signature lists: word lists in TOML that an analyst can extend.

They have the form of the lexicons of reading: one table a word list, with `words` and an
`example`. Entries are lower case unless the file says otherwise.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files


@cache
def words(file: str, list_name: str) -> frozenset[str]:
    """The entries of one list of `lexicons/FILE.toml`.

    Raises:
        KeyError: the file has no such list.
    """
    return frozenset(_tables(file)[list_name]["words"])


@cache
def lists(file: str) -> tuple[str, ...]:
    """The names of the lists of a lexicon file, in its order."""
    return tuple(_tables(file))


@cache
def any_of(file: str, *list_names: str) -> str:
    """A pattern, without groups, for any entry of some lists; the longest entry first."""
    entries = {entry for name in list_names for entry in words(file, name)}
    ordered = sorted(entries, key=lambda entry: (-len(entry), entry))
    return "(?:" + "|".join(re.escape(entry).replace(r"\ ", r"\s+") for entry in ordered) + ")"


@cache
def _tables(file: str) -> dict[str, dict[str, list[str]]]:
    place = files("undersigned") / "listing" / "lexicons" / f"{file}.toml"
    return tomllib.loads(place.read_text(encoding="utf-8"))
