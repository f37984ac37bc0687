"""The triples of people, organizations, groups, handles and unnamed speakers."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from pyoxigraph import Literal, Triple

from undersigned import terms as t
from undersigned.evidence.keys import words_of
from undersigned.evidence.records import AGENT_CLASSES, source_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pyoxigraph import NamedNode

    from undersigned.evidence.records import Node


def agent_triples(unit: NamedNode, members: Iterable[Node]) -> set[Triple]:
    """The triples of somebody who can speak or sign, from their local agents."""
    nodes = sorted(members, key=lambda n: n.iri.value)
    if not nodes:
        return set()
    name = best_name(text for node in nodes for text in node.texts(t.NAME))
    others = {text for node in nodes for p in (t.NAME, t.ALIAS) for text in node.texts(p)} - {name}
    entity_class = next(c for local, (_, c) in AGENT_CLASSES.items() if nodes[0].is_a(local))
    triples = {
        Triple(unit, t.RDF_TYPE, entity_class),
        Triple(unit, t.RDFS_LABEL, Literal(name)),
        Triple(unit, t.NAME, Literal(name)),
    }
    triples |= {Triple(unit, t.ALIAS, Literal(other)) for other in others}
    folded = {" ".join(words_of(text)) for text in {name, *others}}
    triples |= {Triple(unit, t.FOLDED_NAME, Literal(text)) for text in folded if text}
    triples |= {Triple(unit, t.SAID_IN, source_of(node.iri)) for node in nodes}
    return triples


def best_name(names: Iterable[str]) -> str:
    """The fullest name that is usual: "Ann Poe" rather than "A. Poe", "POE" and "ANN POE".

    A name in full goes before initials and short forms; then the one that most local agents have,
    then one that is not in capitals, then the longest, then the first by letter.
    """
    counts = Counter(names)
    return min(
        counts,
        key=lambda name: (not _is_in_full(name), -counts[name], name.isupper(), -len(name), name),
    )


def _is_in_full(name: str) -> bool:
    words = words_of(name)
    return len(words) > 1 and len(words[0]) > 1 and not name.split()[0].endswith(".")
