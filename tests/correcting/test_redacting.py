"""One claim taken out, kept out when its source is loaded again, and let back in."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from correcting.storing import QUOTES, dump, put
from making import Said, article
from undersigned import terms as t
from undersigned.correcting.redacting import get_claim, redact, revoke_redaction
from undersigned.correcting.residue import files_holding
from undersigned.errors import EntityNotFound
from undersigned.store.embedded import memory_store, open_writer

if TYPE_CHECKING:
    from pathlib import Path

    from pyoxigraph import NamedNode

    from undersigned.store.base import GraphReader

SAID = Said(signers=("Ada Quill", "Ben Stage"), quotes_of={"Ada Quill": QUOTES[2]})


def claim_of(store: GraphReader, class_iri: NamedNode) -> NamedNode:
    """The first claim of a class in source a."""
    found = store.triples(store.iris.source("a"), None, t.RDF_TYPE, class_iri)
    return get_claim(store, min(str(n.subject) for n in found))


def statements(store: GraphReader) -> int:
    return len(list(store.triples(store.iris.knowledge, None, t.RDF_TYPE, t.STATEMENT)))


def test_a_redacted_claim_does_not_come_back_with_its_source() -> None:
    store = memory_store()
    put(store, article("a", SAID), article("b", SAID))
    claim = claim_of(store, t.STATEMENT_CLAIM)
    report = redact(store, claim, reason="court order", judge="A. Reader")
    assert report.claims == 1
    before = dump(store)
    put(store, article("a", SAID), article("b", SAID))
    assert dump(store) == before
    assert not list(store.triples(store.iris.source("a"), claim))
    assert statements(store) == 1  # the other source says it, too


def test_the_reason_stays_on_record_and_the_words_do_not() -> None:
    store = memory_store()
    put(store, article("a", SAID))
    claim = claim_of(store, t.STATEMENT_CLAIM)
    redact(store, claim, reason="court order", judge="A. Reader")
    kept = {n.predicate: n.object for n in store.triples(store.iris.judgements)}
    assert kept[t.REDACTED_CLAIM] == claim
    assert [str(kept[p]).strip('"') for p in (t.REASON, t.JUDGE)] == ["court order", "A. Reader"]
    assert not [line for line in dump(store) if "tired of promises" in line]


def test_a_revoked_redaction_lets_the_claim_in_again() -> None:
    store, untouched = memory_store(), memory_store()
    for each in (store, untouched):
        put(each, article("a", SAID))
    claim = claim_of(store, t.STATEMENT_CLAIM)
    redact(store, claim, reason="court order", judge="")
    revoke_redaction(store, claim.value, reason="lifted on appeal", judge="")
    put(store, article("a", SAID))
    judged = str(store.iris.judgements)
    assert [line for line in dump(store) if judged not in line] == dump(untouched)
    with pytest.raises(EntityNotFound, match="is no claim that is redacted; redacted are: none"):
        revoke_redaction(store, claim.value, reason="again", judge="")


def test_the_claims_words_are_in_no_file(tmp_path: Path) -> None:
    path = tmp_path / "a.store"
    with open_writer(path) as store:
        put(store, article("a", SAID))
        store.publish()
        redact(store, claim_of(store, t.STATEMENT_CLAIM), reason="court order", judge="")
    assert files_holding(path, ["tired of promises"])[1] == set()


@pytest.mark.parametrize("typed", ["source/a#claim-00000000", "Ada Quill", "source/a#claim-<>"])
def test_what_is_no_claim_is_told(typed: str) -> None:
    store = memory_store()
    put(store, article("a", SAID))
    with pytest.raises(EntityNotFound, match="expected an IRI as source/ID#claim-0123abcd"):
        get_claim(store, typed)
