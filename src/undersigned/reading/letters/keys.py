"""Keys of letters: made from their kind and from words, so that they outlive corrections."""

from __future__ import annotations

from typing import TYPE_CHECKING

from undersigned.claims import LetterKind, LocalKey
from undersigned.reading.letters.called import names_of_letter

if TYPE_CHECKING:
    from collections.abc import Sequence

    from undersigned.reading.letters.clusters import LetterCluster


def main_cluster(clusters: Sequence[LetterCluster]) -> LetterCluster | None:
    """The letter that the article is about: unmarked, open or shared, spoken of most, the first."""
    if not clusters:
        return None
    return max(
        clusters,
        key=lambda c: (
            not _is_only_called(c),
            not c.marks,
            c.kind is not LetterKind.SUBMISSION,
            len(c.mentions) + any(mention.shared for mention in c.mentions),
            -c.first.head.i,
        ),
    )


def _is_only_called(cluster: LetterCluster) -> bool:
    """Whether a letter is never told of but by a name or as the first: "the Harper's letter"."""
    return all(
        m.words[0].lower_ == "the"
        and (names_of_letter(m) or any(t.lower_ == "first" for t in m.words))
        for m in cluster.mentions
    )


def make_keys(clusters: Sequence[LetterCluster]) -> list[LocalKey]:
    """One key a letter: `letter-open-letter` for the main one, `letter-petition-2015` else."""
    main = main_cluster(clusters)
    taken: dict[str, int] = {}
    keys: list[LocalKey] = []
    ordered = sorted(clusters, key=lambda c: c is not main)
    made: dict[int, LocalKey] = {}
    for cluster in ordered:
        key = f"letter-{cluster.kind.value}"
        if cluster is not main:
            key = f"{key}-{_distinguishing(cluster)}"
        while key in taken:
            key = f"{key}-{_next_word(cluster, taken, key)}"
        taken[key] = 1
        made[id(cluster)] = LocalKey(key)
    keys.extend(made[id(cluster)] for cluster in clusters)
    return keys


def _distinguishing(cluster: LetterCluster) -> str:
    if cluster.owners:
        return cluster.owners[0].split("-", 1)[1]
    if cluster.marks:
        return sorted(cluster.marks, key=lambda m: (not m.isdigit(), m))[0]
    head = cluster.first.head
    after = [
        t.lower_
        for t in head.doc[head.i + 1 : head.sent.end]
        if t.is_alpha and t.pos_ in {"PROPN", "NOUN"}
    ]
    return after[0] if after else "other"


def _next_word(cluster: LetterCluster, taken: dict[str, int], key: str) -> str:
    head = cluster.first.head
    for token in head.doc[head.i + 1 : head.sent.end]:
        if (
            token.is_alpha
            and token.pos_ in {"PROPN", "NOUN"}
            and f"{key}-{token.lower_}" not in taken
        ):
            return token.lower_
    return "other"
