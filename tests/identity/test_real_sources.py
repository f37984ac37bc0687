"""No wrong merge on the example articles, the annotated news and the two signature lists."""

from __future__ import annotations

from collections import defaultdict
from itertools import combinations
from typing import TYPE_CHECKING

import pytest
from pyoxigraph import NamedNode

from undersigned import terms as t
from undersigned.assembly.candidates import undecided_pairs
from undersigned.assembly.profiles import kind_of, name_of
from undersigned.evidence.records import EvidenceView
from undersigned.loading.gather import gather
from undersigned.loading.readers import ReadingRules
from undersigned.loading.run import load
from undersigned.naming.person_names import PersonName
from undersigned.project import find_project
from undersigned.store.embedded import EmbeddedWriter, memory_store

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from undersigned.evidence.records import Node

OTHER_FORMS = {
    frozenset(("Harry Reid", "Harry M. Reid")),
    frozenset(("James Baker", "James A. Baker")),
    frozenset(("James Comey", "James B. Comey")),
    frozenset(("Max Tegmark", "Max Tegmarck")),
}
"""Looked at one by one: the same person under two forms of the name, one of them a misprint."""


def loaded(*paths: Path) -> EmbeddedWriter:
    store = memory_store()
    load(gather([str(path) for path in paths]).items, store, ReadingRules(project=find_project()))
    return store


def agents(store: EmbeddedWriter) -> dict[str, list[Node]]:
    """Each person, organization ... with the local agents that are taken for it."""
    evidence = EvidenceView(store)
    found: dict[str, list[Node]] = defaultdict(list)
    for triple in store.triples(store.iris.knowledge, None, t.IDENTIFIED_AS):
        if isinstance(triple.subject, NamedNode) and isinstance(triple.object, NamedNode):
            node = evidence.node(triple.subject)
            if node is not None and kind_of(node) is not None:
                found[triple.object.value].append(node)
    return found


def folded(names: Iterable[str]) -> set[str]:
    return {name.casefold().replace("’", "'") for name in names}


@pytest.mark.shared
def test_names_that_are_merged_in_news_are_forms_of_one_name(root: Path, shared: Path) -> None:
    examples = [path for path in (root / "examples").iterdir() if path.stem != "README"]
    texts = shared / "gold" / "letter-news" / "texts"
    political = [
        path
        for gold in sorted((shared / "gold" / "political-news").glob("*.json"))
        if (path := shared / "corpora/polnear/train/text" / f"{gold.stem}.txt").exists()
    ]
    store = loaded(*examples, texts, *political)
    people = (nodes for iri, nodes in agents(store).items() if "/person/" in iri)
    several = {
        frozenset(pair)
        for nodes in people
        for pair in combinations(sorted({n for node in nodes for n in node.texts(t.NAME)}), 2)
        if len(folded(pair)) > 1
    }
    assert several <= OTHER_FORMS


@pytest.mark.shared
@pytest.mark.slow
def test_names_that_many_have_on_two_lists_wait_for_review(shared: Path) -> None:
    store = loaded(*sorted((shared / "letters").iterdir()))
    evidence = EvidenceView(store)
    offered = set()
    for candidate in undecided_pairs(store):
        node = evidence.node(candidate.one)
        assert node is not None
        offered |= folded(node.texts(t.NAME))
    assert {"daniel", "digit", "james smith"} <= offered
    for nodes in agents(store).values():
        name = name_of(nodes[0])
        one_word = isinstance(name, PersonName) and name.is_single
        assert not (one_word and len(nodes) > 1), nodes[0].texts(t.NAME)
