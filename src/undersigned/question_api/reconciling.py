"""Matching the names of a list against the graph, each candidate with what speaks for it.

The likeness of names decides; properties that the list has beside the name (a role, a letter
signed) raise those candidates that have the same. Nothing is matched by itself that has an equal
beside it, or that is known by one word alone.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Final

from pyoxigraph import Literal, NamedNode
from rapidfuzz import fuzz

from undersigned import terms as t
from undersigned.names import fold_name
from undersigned.store.base import select

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from undersigned.pages.nodes import Node, Nodes
    from undersigned.searching.index import SearchIndex
    from undersigned.store.base import GraphReader

TYPES: Final = {
    "person": ("Person", t.PERSON),
    "organization": ("Organization", t.ORGANIZATION),
    "letter": ("Letter", t.LETTER),
}
"""Id of a type → its name and class."""
LEAST_SCORE: Final = 40.0
"""Candidates that are less alike are left out: half of the letters are others."""
_SURE: Final = 90.0
_APART: Final = 8.0
"""Points between a match and the next candidate: the weight of one property."""
_PROPERTY_POINTS: Final = 8.0
_OTHER_NAME: Final = 0.97
"""What an alias counts: one that is the same comes after a label that is."""
_SOME_WORDS: Final = 0.85
"""What words of a label count: not enough to be sure."""
_RUNNERS_UP: Final = 10
"""Candidates beyond the limit that properties may lift above it."""
_LOOKED_AT: Final = 40
"""Candidates of the search index that are compared."""
_PREFIXES: Final = f"PREFIX us: <{t.US}>\nPREFIX rdfs: <{t.RDFS}>\n"


@dataclass(frozen=True, slots=True)
class Property:
    """Something that a list can be extended with; see reconciling.toml."""

    id: str
    name: str
    types: tuple[str, ...]
    path: str
    pick: str = ""


@dataclass(frozen=True, slots=True)
class Wanted:
    """One name of a list. `properties` are pairs of a property's id and a value that it has."""

    name: str
    types: tuple[str, ...]
    limit: int
    properties: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """A candidate. `score` is 0.0 to 100.0; `features` say what it is made of."""

    node: Node
    type: str
    score: float
    features: tuple[tuple[str, float], ...]
    is_sure: bool = False


@cache
def properties() -> Mapping[str, Property]:
    """Every property by its id."""
    text = (files("undersigned.question_api") / "reconciling.toml").read_text(encoding="utf-8")
    return {
        id_: Property(id_, said["name"], tuple(said["types"]), said["path"], said.get("pick", ""))
        for id_, said in tomllib.loads(text).items()
    }


def find_matches(nodes: Nodes, index: SearchIndex, wanted: Wanted) -> list[Match]:
    """Candidates for a name, the most alike first; at most `limit`."""
    named = []
    for kind in wanted.types:
        hits = [
            *index.suggest(wanted.name, kind=kind, limit=_LOOKED_AT),
            *index.search(wanted.name, kind=kind, limit=_LOOKED_AT).hits,
        ]
        for iri in dict.fromkeys(hit.iri for hit in hits):
            match = _by_name(nodes.get(NamedNode(iri)), kind, wanted)
            if match.score >= LEAST_SCORE:
                named.append(match)
    # Only those with the likest names are looked at more closely, each property being a query.
    kept = sorted(named, key=_rank)[: wanted.limit + _RUNNERS_UP]
    found = sorted((_with_properties(nodes, match, wanted) for match in kept), key=_rank)
    return _judged(found, wanted)[: wanted.limit]


def values_of(
    reader: GraphReader, iri: NamedNode, prop: Property
) -> list[tuple[NamedNode | None, str]]:
    """The values of a property, things first with their labels; a count as its digits."""
    rows = select(
        reader,
        f"{_PREFIXES}SELECT DISTINCT ?value ?label WHERE {{ {iri} {prop.path} ?value . "
        "OPTIONAL { ?value rdfs:label ?label } }",
    )
    found: dict[str, tuple[NamedNode | None, str]] = {}
    for row in rows:
        value, label = row["value"], row["label"]
        if isinstance(value, Literal):
            found.setdefault(value.value, (None, value.value))
        elif isinstance(value, NamedNode):
            name = label.value if isinstance(label, Literal) else value.value
            found.setdefault(value.value, (value, name))
    values = sorted(found.values(), key=lambda pair: (fold_name(pair[1]), str(pair[0])))
    if prop.pick == "count":
        return [(None, str(len(values)))]
    if prop.pick and values:
        return [min(values, key=_text) if prop.pick == "first" else max(values, key=_text)]
    return values


def _rank(match: Match) -> tuple[float, str]:
    return -match.score, match.node.iri.value


def _by_name(node: Node, kind: str, wanted: Wanted) -> Match:
    asked = fold_name(wanted.name)
    label = fuzz.token_sort_ratio(asked, fold_name(node.label))
    others = {fold_name(text) for p in (t.NAME, t.ALIAS) for text in node.texts(p)}
    other = max((fuzz.token_sort_ratio(asked, one) for one in others), default=0.0)
    features = [("name", round(label, 1)), ("other-name", round(other, 1))]
    score = max(label, other * _OTHER_NAME)
    if kind == "letter":
        # A letter's label is long, and people know it by some words.
        words = fuzz.token_set_ratio(asked, fold_name(node.label)) * _SOME_WORDS
        features.append(("words", round(words, 1)))
        score = max(score, words)
    return Match(node=node, type=kind, score=round(score, 1), features=tuple(features))


def _with_properties(nodes: Nodes, match: Match, wanted: Wanted) -> Match:
    score, features = match.score, list(match.features)
    for id_, value in wanted.properties:
        alike = _has(nodes, match.node, id_, value)
        features.append((id_, round(alike, 1)))
        score += _PROPERTY_POINTS * (alike - 50) / 50
    score = round(min(100.0, max(0.0, score)), 1)
    return replace(match, score=score, features=tuple(features))


def _has(nodes: Nodes, node: Node, id_: str, value: str) -> float:
    """How alike the nearest value of a property is, 0.0 to 100.0; 0.0 for an unknown property."""
    prop = properties().get(id_)
    if prop is None or not value:
        return 0.0
    asked = fold_name(value)
    known = values_of(nodes.reader, node.iri, prop)
    ratios = [fuzz.token_set_ratio(asked, fold_name(label)) for _, label in known]
    return max(ratios, default=0.0)


def _judged(found: Sequence[Match], wanted: Wanted) -> list[Match]:
    """The candidates, the first of them sure if it stands alone."""
    if not found:
        return []
    first = found[0]
    next_score = found[1].score if len(found) > 1 else 0.0
    is_sure = (
        first.score >= _SURE
        and first.score - next_score >= _APART
        and len(fold_name(wanted.name).split()) > 1
    )
    return [replace(first, is_sure=is_sure), *found[1:]]


def _text(pair: tuple[NamedNode | None, str]) -> str:
    return pair[1]
