"""Whatever is judged, in whatever order: the same graph as from scratch, undone without trace."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from judging.stores import judge, knowledge, put
from making import Said, article
from undersigned.assembly.assemble import assemble_from_scratch
from undersigned.judging.records import read_records
from undersigned.judging.register import revoke
from undersigned.store.embedded import EmbeddedWriter, memory_store

TOPICS = {"a": "Bees", "b": "Bees", "c": "Wells"}
PAIRS = [
    (f"source/{one}#person-{name}", f"source/{other}#person-{name}")
    for name in ("digit", "james-smith")
    for one, other in combinations(TOPICS, 2)
]
SIGNED = [
    (f"source/{source}#person-james-smith", f"source/{source}#letter-open-letter")
    for source in TOPICS
]
DECISIONS = st.tuples(st.sampled_from(PAIRS), st.sampled_from(["same", "not-same", "unsure"])) | (
    st.tuples(
        st.sampled_from(SIGNED), st.sampled_from(["confirmed", "withdrawn", "denied", "forged"])
    )
)


@pytest.fixture(scope="module")
def before() -> EmbeddedWriter:
    """Three articles on two letters, each with a handle and a common name."""
    store = memory_store()
    for year, (source, topic) in enumerate(TOPICS.items(), start=2020):
        said = Said(signers=("digit", "James Smith"), letter_name=f"Letter on {topic}")
        put(store, article(source, said, published=f"{year}-03-01"))
    return store


@settings(deadline=None, max_examples=25)
@given(decisions=st.lists(DECISIONS, max_size=5))
def test_judgements_are_assembled_as_from_scratch_and_undone_without_trace(
    before: EmbeddedWriter, decisions: list[tuple[tuple[str, str], str]]
) -> None:
    store = memory_store(before.quads())
    for (one, other), word in decisions:
        judge(store, one, word, other)
    step_by_step = knowledge(store)
    assemble_from_scratch(store)
    assert knowledge(store) == step_by_step
    for record in read_records(store):
        revoke(store, [record.iri.value], judge="A. Reader")
    assert knowledge(store) == knowledge(before)
    assert not list(store.triples(store.iris.pending))
