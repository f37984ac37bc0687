"""Writes the lexicon of given names of many peoples, from the lists that Faker ships.

    python -m pip install -r training/requirements.txt
    python training/given_names.py

Faker (MIT licence) has lists of given names by country, gathered from statistics of births and the
like. Kept are names in Latin letters that one list has for women only, or for men only, over all
countries, and that `given_names.toml` has not.
"""

from __future__ import annotations

import importlib
import pkgutil
import re
from importlib.metadata import version
from pathlib import Path
from typing import Any

import faker.providers.person

from undersigned.reading.lexicon import open_lexicon

OUTPUT = Path(__file__).parents[1] / "src/undersigned/reading/lexicons/given_names_by_country.toml"
NAME = re.compile(r"[A-ZÀ-ÖØ-ÞĀ-ſƠƯȘȚ][a-zß-öø-ÿĀ-ſƀ-ɏḀ-ỿ]+(?:[-'’]?[A-Za-zß-öø-ÿĀ-ſƀ-ɏḀ-ỿ]+)*")
ATTRIBUTES = ("first_names_{}", "first_names_{}_romanized", "first_{}_names")
EXAMPLES = {"female": "Consolata Adhiambo said that she", "male": "Rainer Holt said that he"}
WIDTH = 100

HEAD = """\
# Given names by the pronoun that mostly goes with them, of many countries. Written by
# training/given_names.py from the lists of Faker {version} (MIT licence); not to be edited by hand.
"""


def names_by_gender() -> dict[str, set[str]]:
    """The given names of all of Faker's countries, for women and for men; some are in both."""
    found: dict[str, set[str]] = {"female": set(), "male": set()}
    for module in pkgutil.iter_modules(faker.providers.person.__path__):
        provider: Any = importlib.import_module(f"faker.providers.person.{module.name}").Provider
        for gender, names in found.items():
            for attribute in ATTRIBUTES:
                printed = getattr(provider, attribute.format(gender), None) or ()
                names |= {word for name in printed for word in name.split()}
    return found


def table(gender: str, names: set[str]) -> str:
    """One list of the lexicon as TOML, its lines filled."""
    lines, line = [], " "
    for item in (f'"{name}",' for name in sorted(names)):
        if len(line) + len(item) + 1 > WIDTH:
            lines.append(line)
            line = " "
        line += f" {item}"
    words = "\n".join([*lines, line])
    return f'\n[{gender}]\nexample = "{EXAMPLES[gender]} would sign."\nwords = [\n{words}\n]\n'


def main() -> None:
    """Writes the file anew."""
    found = names_by_gender()
    both = found["female"] & found["male"]
    known = open_lexicon("given_names").all_words()
    kept = {
        gender: {name for name in names - both - known if NAME.fullmatch(name)}
        for gender, names in found.items()
    }
    tables = [table(gender, names) for gender, names in kept.items()]
    OUTPUT.write_text(HEAD.format(version=version("faker")) + "".join(tables), encoding="utf-8")


if __name__ == "__main__":
    main()
