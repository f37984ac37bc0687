"""Networks of the knowledge graph: who signed with whom, who signed what, who spoke about whom."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from difflib import get_close_matches
from itertools import combinations
from typing import TYPE_CHECKING, Final

from pyoxigraph import Literal

from undersigned.errors import ExportError
from undersigned.store.base import select
from undersigned.terms import PREFIXES, US

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    import networkx as nx
    from pyoxigraph import QuerySolution

    from undersigned.store.base import GraphReader

LARGEST_LETTER: Final = 500
"""Signatories of a letter up to which all are joined to each other: pairs grow with the square."""

_KINDS: Final = ("Person", "Organization", "Group", "Handle", "UnnamedSpeaker", "Letter")
_HEAD: Final = "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in sorted(PREFIXES.items()))

_SIGNATURES: Final = """
SELECT DISTINCT ?signatory ?letter ?letterLabel ?day ?capacity ?status WHERE {
  ?signature us:signatory ?signatory ; us:signedLetter ?letter ; us:status ?status .
  ?letter rdfs:label ?letterLabel .
  OPTIONAL { ?letter us:letterDate ?written }
  OPTIONAL { ?signature us:hasStatusEvent/us:statedOn ?stated }
  BIND(COALESCE(?written, ?stated) AS ?day)
  OPTIONAL { ?signature us:capacity ?capacity }
}"""
_STATEMENTS: Final = """
SELECT DISTINCT ?speaker ?target ?statement ?day ?stance WHERE {
  ?statement us:speaker ?speaker ; us:target ?target .
  OPTIONAL { ?statement us:reportedOn ?day }
  OPTIONAL { ?statement us:stance ?stance }
}"""
_NODES: Final = """
SELECT ?node ?kind ?label ?role WHERE {
  ?node a ?kind ; rdfs:label ?label .
  OPTIONAL { ?node ^us:holder/us:roleTitle ?role }
}"""


@dataclass(slots=True)
class _Tie:
    """What joins two nodes. `reasons` are the letters or statements, by IRI with their label."""

    reasons: dict[str, str] = field(default_factory=dict)
    days: set[str] = field(default_factory=set)
    stances: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    notes: set[str] = field(default_factory=set)

    def attributes(self) -> dict[str, str | int]:
        """For the network: GEXF knows `weight`, `start` and `end` by these names."""
        found: dict[str, str | int] = {"weight": len(self.reasons)}
        if self.days:
            found |= {"start": min(self.days), "end": max(self.days)}
        labels = sorted({label for label in self.reasons.values() if label})
        if labels:
            found["letters"] = "; ".join(labels)
        if self.notes:
            found["capacity"] = "; ".join(sorted(self.notes))
        for stance in ("for", "against", "neutral"):
            if stance in self.stances:
                found[stance] = len(self.stances[stance])
        return found


@dataclass(frozen=True, slots=True)
class NetworkKind:
    """A network that can be made. `build` returns it and what was left out, in sentences."""

    name: str
    summary: str
    build: Callable[[GraphReader], tuple[nx.Graph[str], list[str]]]


def _co_signatures(reader: GraphReader) -> tuple[nx.Graph[str], list[str]]:
    letters: dict[str, set[str]] = defaultdict(set)
    labels: dict[str, str] = {}
    days: dict[str, set[str]] = defaultdict(set)
    for row in select(reader, _HEAD + _SIGNATURES):
        letter = row["letter"].value
        letters[letter].add(row["signatory"].value)
        labels[letter] = row["letterLabel"].value
        days[letter] |= _texts(row, "day")
    ties: dict[tuple[str, str], _Tie] = defaultdict(_Tie)
    left_out = []
    for letter, signatories in sorted(letters.items()):
        if len(signatories) > LARGEST_LETTER:
            left_out.append(
                f"{labels[letter]} has {len(signatories):,} signatories, more than "
                f"{LARGEST_LETTER}: they are not joined pair by pair; the network "
                "signatures joins them to the letter"
            )
            continue
        for pair in combinations(sorted(signatories), 2):
            ties[pair].reasons[letter] = labels[letter]
            # The day of a letter is its earliest: later reports do not sign again.
            ties[pair].days |= set(sorted(days[letter])[:1])
    return _graph(reader, ties), left_out


def _signatures(reader: GraphReader) -> tuple[nx.Graph[str], list[str]]:
    ties: dict[tuple[str, str], _Tie] = defaultdict(_Tie)
    for row in select(reader, _HEAD + _SIGNATURES):
        tie = ties[row["signatory"].value, row["letter"].value]
        tie.reasons[row["letter"].value] = ""
        tie.days |= _texts(row, "day")
        tie.notes |= _texts(row, "capacity")
    return _graph(reader, ties), []


def _statements(reader: GraphReader) -> tuple[nx.Graph[str], list[str]]:
    ties: dict[tuple[str, str], _Tie] = defaultdict(_Tie)
    for row in select(reader, _HEAD + _STATEMENTS):
        tie = ties[row["speaker"].value, row["target"].value]
        tie.reasons[row["statement"].value] = ""
        tie.days |= _texts(row, "day")
        for stance in _texts(row, "stance"):
            tie.stances[stance.removeprefix(US + "stance-")].add(row["statement"].value)
    return _graph(reader, ties, directed=True), []


NETWORKS: Final = {
    kind.name: kind
    for kind in (
        NetworkKind(
            "co-signatures", "who signed with whom; weight: letters together", _co_signatures
        ),
        NetworkKind("signatures", "who signed which letter", _signatures),
        NetworkKind("statements", "who spoke about whom; weight: statements", _statements),
    )
}


def build_network(reader: GraphReader, name: str) -> tuple[nx.Graph[str], list[str]]:
    """The network of a name, and what was left out, in sentences.

    Nodes are IRIs with `label`, `kind` and `roles`; edges have `weight` and, as far as known,
    `start` and `end` (ISO 8601 days), `letters`, `capacity`, `for`, `against`, `neutral`. Equal
    data give the same nodes and edges in the same order.

    Raises:
        ExportError: there is no such network.
    """
    if name not in NETWORKS:
        near = get_close_matches(name.lower(), NETWORKS, n=1, cutoff=0.5)
        hint = f"did you mean {near[0]!r}? " if near else ""
        raise ExportError(f"--network: no network {name!r}; {hint}there are {', '.join(NETWORKS)}")
    return NETWORKS[name].build(reader)


def _graph(
    reader: GraphReader, ties: dict[tuple[str, str], _Tie], *, directed: bool = False
) -> nx.Graph[str]:
    import networkx as nx  # takes a third of a second, which `--help` need not wait for

    graph: nx.Graph[str] = nx.DiGraph() if directed else nx.Graph()
    met = {end for pair in ties for end in pair}
    for node, attributes in sorted(_nodes(reader, met)):
        graph.add_node(node, **attributes)
    for (source, target), tie in sorted(ties.items()):
        graph.add_edge(source, target, **tie.attributes())
    return graph


def _nodes(reader: GraphReader, met: set[str]) -> Iterator[tuple[str, dict[str, str]]]:
    labels: dict[str, str] = {}
    kinds: dict[str, set[str]] = defaultdict(set)
    roles: dict[str, set[str]] = defaultdict(set)
    for row in select(reader, _HEAD + _NODES):
        node = row["node"].value
        if node in met:
            labels[node] = min(row["label"].value, labels.get(node, row["label"].value))
            kinds[node].add(row["kind"].value.removeprefix(US))
            roles[node] |= _texts(row, "role")
    for node in met:
        kind = next((k for k in _KINDS if k in kinds[node]), "")
        yield (
            node,
            {
                "label": labels.get(node, node),
                "kind": kind,
                "roles": "; ".join(sorted(roles[node])),
            },
        )


def _texts(row: QuerySolution, name: str) -> set[str]:
    value = row[name]
    if value is None:
        return set()
    return {value.value if isinstance(value, Literal) else str(value.value)}
