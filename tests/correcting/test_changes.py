"""What a corrected source says otherwise, and what is kept of the version before."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from pyoxigraph import NamedNode

from correcting.storing import QUOTES, put
from making import Said, article
from undersigned import terms as t
from undersigned.correcting.changes import SourceChanges, compare_versions
from undersigned.correcting.versions import keep_version, version_records
from undersigned.evidence.writing import evidence_triples
from undersigned.iris import Iris
from undersigned.store.embedded import memory_store

if TYPE_CHECKING:
    from undersigned.store.embedded import EmbeddedWriter


def changes(before: Said, after: Said) -> SourceChanges:
    iris = Iris()
    one, other = (evidence_triples(article("a", said), iris) for said in (before, after))
    return compare_versions(iris.source("a"), one, other)


def told(found: SourceChanges) -> tuple[list[str], list[str], list[str]]:
    return (
        [f"{claim.kind}: {claim.text}" for claim in found.added],
        [f"{claim.kind}: {claim.text}" for claim in found.gone],
        [f"{a.before.kind}: {a.before.text} → {a.after.text}" for a in found.altered],
    )


HELPED = QUOTES[0].replace("served", "helped")
BEFORE = Said(
    signers=("Ada Quill", "Ben Stage"),
    over=400,
    quotes_of={"Ada Quill": QUOTES[0]},
    roles={"Ben Stage": "actor"},
)


@pytest.mark.parametrize(
    ("after", "expected"),
    [
        (BEFORE, ([], [], [])),
        (
            Said(signers=("Ben Stage",), over=400, roles={"Ben Stage": "actor"}),
            (
                [],
                [
                    "signature: Ada Quill: open letter (reported)",
                    f"statement: Ada Quill: “{QUOTES[0]}”",
                ],
                [],
            ),
        ),
        (
            Said(
                signers=("Ben Stage",),
                declined=("Ada Quill",),
                over=500,
                quotes_of={"Ada Quill": HELPED},
                roles={"Ben Stage": "actor", "Ada Quill": "novelist"},
            ),
            (
                ["role: Ada Quill: novelist"],
                [],
                [
                    "count: open letter: over 400 → open letter: over 500",
                    "signature: Ada Quill: open letter (reported) → "
                    "Ada Quill: open letter (declined)",
                    f"statement: Ada Quill: “{QUOTES[0]}” → Ada Quill: “{HELPED}”",
                ],
            ),
        ),
        (
            Said(
                signers=BEFORE.signers,
                over=400,
                quotes_of={"Ada Quill": QUOTES[2]},
                roles={"Ben Stage": "actor"},
            ),
            (
                [f"statement: Ada Quill: “{QUOTES[2]}”"],
                [f"statement: Ada Quill: “{QUOTES[0]}”"],
                [],
            ),
        ),
    ],
)
def test_claims_added_gone_and_altered(
    after: Said, expected: tuple[list[str], list[str], list[str]]
) -> None:
    assert told(changes(BEFORE, after)) == expected


def test_a_claim_in_another_place_is_no_change() -> None:
    moved = Said(
        signers=("Cora Note", *BEFORE.signers),
        over=400,
        quotes_of=BEFORE.quotes_of,
        roles=BEFORE.roles,
    )
    new = ["signature: Cora Note: open letter (reported)"]
    assert told(changes(BEFORE, moved)) == (new, [], [])


def replaced(store: EmbeddedWriter, said: Said, day: int) -> None:
    keep_version(store, store.iris.source("a"), datetime(2025, 3, day, tzinfo=UTC))
    put(store, article("a", said))


def test_earlier_versions_are_a_chain_of_digests_and_dates_without_a_word_of_theirs() -> None:
    store = memory_store()
    put(store, article("a", BEFORE))
    replaced(store, Said(signers=("Ben Stage",)), 22)
    replaced(store, Said(signers=("Cora Note",)), 23)
    source = store.iris.source("a")
    records = version_records(store, source)
    links = {n.subject: n.object for n in records if n.predicate == t.PROV_REVISION_OF}
    second = links[source]
    assert isinstance(second, NamedNode)
    first = links[second]
    assert isinstance(first, NamedNode)
    assert first not in links
    dates = {n.subject: str(n.object) for n in records if n.predicate == t.PROV_INVALIDATED_AT}
    assert [dates[v][1:11] for v in (first, second)] == ["2025-03-22", "2025-03-23"]
    digests = [str(n.object) for n in records if n.predicate == t.DIGEST]
    assert len(set(digests)) == 2
    said = " ".join(map(str, records))
    assert not [name for name in ("Quill", "Stage", "Note", "letter") if name in said]


def test_a_version_kept_twice_is_one() -> None:
    store = memory_store()
    put(store, article("a", BEFORE))
    for day in (22, 23):  # a load that was killed before it replaced the source, and the next
        keep_version(store, store.iris.source("a"), datetime(2025, 3, day, tzinfo=UTC))
    records = version_records(store, store.iris.source("a"))
    assert len([n for n in records if n.predicate == t.PROV_REVISION_OF]) == 1
    assert len([n for n in records if n.predicate == t.PROV_INVALIDATED_AT]) == 1
