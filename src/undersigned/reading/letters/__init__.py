"""Finds the open letters, petitions and statements that an article is about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from undersigned.reading.letters.claiming import iter_count_claims, iter_letter_claims
from undersigned.reading.letters.clusters import cluster_mentions
from undersigned.reading.letters.found import Letters
from undersigned.reading.letters.keys import main_cluster, make_keys
from undersigned.reading.letters.mentions import find_mentions, find_written
from undersigned.reading.letters.ordinals import find_ordinals
from undersigned.reading.signing.constructions import find_signings
from undersigned.reading.signing.scene import Scene

if TYPE_CHECKING:
    from undersigned.claims import Claim, LocalKey
    from undersigned.reading.cast import Cast
    from undersigned.reading.text import ReadText

__all__ = ["Letters", "find_letters"]


def find_letters(text: ReadText, cast: Cast) -> Letters:
    """The letters of an article and all that is said about them.

    Unnamed addressees join the cast as groups.
    """
    nouns = find_mentions(text.doc, cast)
    mentions = [*nouns, *find_ordinals(nouns, cast)]
    named = {mention.head.sent.start for mention in mentions}
    written = [m for m in find_written(text.doc, cast) if m.head.sent.start not in named]
    in_order = sorted([*mentions, *written], key=lambda mention: mention.head.i)
    clusters = cluster_mentions(text, cast, in_order)
    keys = make_keys(clusters)
    main = main_cluster(clusters)
    places: dict[int, tuple[LocalKey, ...]] = {}
    for key, cluster in zip(keys, clusters, strict=True):
        for mention in cluster.mentions:
            for token in mention.words:
                places[token.i] = (*places.get(token.i, ()), key)
    titles = [(k, p) for k, c in zip(keys, clusters, strict=True) for p in c.title_places(text)]
    for key, place in titles:
        for token in place:
            places.setdefault(token.i, (key,))
    scene = Scene(
        text,
        cast,
        places,
        next((k for k, c in zip(keys, clusters, strict=True) if c is main), None),
        {key: tuple(cluster.owners) for key, cluster in zip(keys, clusters, strict=True)},
    )
    signings = find_signings(scene) if clusters else []
    claims: list[Claim] = [
        claim
        for key, cluster in zip(keys, clusters, strict=True)
        for claim in iter_letter_claims(key, cluster, scene)
    ]
    claims.extend(iter_count_claims(scene, signings))
    kinds = {key: cluster.kind for key, cluster in zip(keys, clusters, strict=True)}
    return Letters(scene, kinds, signings, claims, [place for _, place in titles])
