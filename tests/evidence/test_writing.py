"""Evidence graphs: written, checked, read back."""

from __future__ import annotations

from dataclasses import replace

import pytest
from pyoxigraph import Literal, NamedNode

from making import Said, article
from undersigned import claims as c
from undersigned import terms as t
from undersigned.errors import ClaimMismatch
from undersigned.evidence.keys import fingerprints
from undersigned.evidence.records import read_source
from undersigned.evidence.writing import date_literal, evidence_triples
from undersigned.iris import Iris
from undersigned.store.embedded import memory_store

SAID = Said(
    signers=("Ann Poe", "Bob Roe"),
    addressee="Office of Books",
    over=400,
    quotes=("We ask that the office keep the law as it is",),
    roles={"Ann Poe": "poet"},
)


def test_every_claim_leads_to_slices_with_their_exact_words() -> None:
    reading = article("a", SAID)
    store = memory_store()
    graph = store.iris.source("a")
    store.replace_graphs({graph: evidence_triples(reading, store.iris)})
    record = read_source(store, graph)
    assert record is not None
    assert len(record.claims) == len(reading.claims)
    for claim in record.claims.values():
        slices = [*claim.links(t.EVIDENCE), *claim.links(t.PASSAGE), *claim.links(t.CONTENT)]
        for piece in slices:
            parts = {n.predicate: n.object for n in store.triples(graph, piece)}
            start, end, exact = (parts[p] for p in (t.OA_START, t.OA_END, t.OA_EXACT))
            assert isinstance(start, Literal)
            assert isinstance(end, Literal)
            assert exact == Literal(reading.source.text[int(start.value) : int(end.value)])


def test_what_is_stored_is_what_was_written() -> None:
    store = memory_store()
    triples = evidence_triples(article("a", SAID), store.iris)
    graph = store.iris.source("a")
    store.replace_graphs({graph: triples})
    assert set(store.triples(graph)) == triples


def test_words_that_are_not_the_sources_are_a_bug() -> None:
    reading = article("a", SAID)
    moved = replace(reading, source=replace(reading.source, text="x" + reading.source.text))
    with pytest.raises(ClaimMismatch, match="please report"):
        evidence_triples(moved, Iris())


def test_claims_keep_their_iris_when_an_earlier_paragraph_goes() -> None:
    def claims_of(said: Said) -> set[str]:
        triples = evidence_triples(article("a", said), Iris())
        return {
            n.subject.value
            for n in triples
            if n.predicate == t.CONFIDENCE and isinstance(n.subject, NamedNode)
        }

    before, after = claims_of(SAID), claims_of(replace(SAID, signers=("Bob Roe",)))
    assert after < before
    assert len(before - after) == 1


def test_equal_claims_of_one_source_are_kept_apart() -> None:
    reading = article("a", Said(quotes=("We ask", "We ask")))
    triples = evidence_triples(reading, Iris())
    subjects = {n.subject for n in triples if n.object == t.QUOTATION_CLAIM}
    assert len(subjects) == 2


@pytest.mark.parametrize(
    ("text", "kind"),
    [("2025-03-21", "date"), ("2025-03", "gYearMonth"), ("2025", "gYear"), ("spring", "string")],
)
def test_a_date_has_the_type_of_its_precision(text: str, kind: str) -> None:
    assert date_literal(text).datatype.value == t.XSD + kind


@pytest.mark.parametrize("shared", [9, 12, 30])
def test_texts_that_share_a_run_of_nine_words_share_a_fingerprint(shared: int) -> None:
    run = " ".join(f"word{number}" for number in range(shared))
    one, other = f"Before that came this {run} and more", f"{run} — with another end"
    assert set(fingerprints(one)) & set(fingerprints(other))


def test_texts_without_a_common_run_share_none() -> None:
    one = "one two three four five six seven eight nine ten"
    assert not set(fingerprints(one)) & set(fingerprints(" ".join(reversed(one.split()))))
    assert fingerprints("“…”") == []


def test_every_kind_of_claim_can_be_written() -> None:
    from undersigned.evidence.writing import CLAIM_CLASSES

    kinds = {kind.__name__ for kind in c.Claim.__subclasses__()}
    assert kinds == {kind.__name__ for kind in CLAIM_CLASSES}
