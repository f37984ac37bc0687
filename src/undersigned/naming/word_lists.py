"""The word lists beside this module, read once."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def read_words(name: str) -> dict[str, Any]:
    """A TOML file of this folder, by its name without the ending."""
    text = files("undersigned.naming").joinpath(f"{name}.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


@cache
def words_in(name: str, part: str) -> frozenset[str]:
    """The words of one part of a file of this folder."""
    return frozenset(read_words(name)[part]["words"].split())
