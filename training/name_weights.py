"""Trains the name typer: a log-linear model over hashed features of candidates.

The candidates, their features and the votes of the rules come from the package, just as in
reading; the votes are a fixed part of the scores, so that the weights learn what the rules do not
say. The recogniser has no voice here, since it has seen the same texts.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

from undersigned.reading.name_places import BlockPlaces, find_places, gather_article
from undersigned.reading.name_types import LABELS, BlockTokens, NameType, hashed
from undersigned.reading.pipeline import read_texts
from undersigned.source import BlockKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from numpy.typing import NDArray
    from own_corpus import MarkedArticle
    from spacy.language import Language

    from undersigned.reading.name_features import ArticleNames
    from undersigned.reading.text import ReadText

ROWS = 2**17
L2 = 1.0
"""Strength of the pull to zero; not tuned by itself."""
ITERATIONS = 120
DROPPED = 0.35
"""Share of the features below that the second copy of each candidate lacks: words, so that unseen
names are typed by form and context, and parts of speech, which are better on the treebanks that
the tagger has learnt from than anywhere else."""
_WORDS = ("full=", "first=", "last=", "w=", "lasts4=")
_PARTS_OF_SPEECH = ("tags=", "ss=", "p1pos=", "n1pos=", "hpos=")
_TYPE_OF_LABEL = {
    "PER": NameType.PERSON,
    "ORG": NameType.ORGANIZATION,
    "LOC": NameType.PLACE,
}


@dataclass(frozen=True, slots=True)
class Candidate:
    """A stretch of tokens with its features, the rules' votes, and the column of its label."""

    features: tuple[str, ...]
    votes: NDArray[np.float32]
    label: int
    weight: float


def iter_candidates(
    nlp: Language, articles: Iterable[MarkedArticle], weight: float, *, ours: bool = False
) -> Iterator[Candidate]:
    """Yields the candidates of marked articles; also the marked names that reading would miss.

    Args:
        nlp: the pipeline, without its recogniser.
        articles: what to read.
        weight: how much each candidate counts.
        ours: whether the corpus is marked by our own rules. Where it is not, what it disputes is
            left out: names that lexicons and patterns know, "Obama administration" among them.
    """
    articles = list(articles)
    texts = read_texts(nlp, (article.source() for article in articles))
    for article, text in zip(articles, texts, strict=True):
        labels = _labels_by_token(article, text)
        blocks = [
            find_places(
                BlockTokens(text.doc[b.start : b.end], heading=b.block.kind is BlockKind.HEADLINE)
            )
            for b in text.blocks
            if b.end > b.start
        ]
        context = gather_article(places for places in blocks if not places.block.is_title_case)
        for places in blocks:
            yield from _block_candidates(places, context, labels, weight, ours)


def _labels_by_token(article: MarkedArticle, text: ReadText) -> dict[tuple[int, int], int]:
    """The marked names as tokens of the joined text; a name that cuts a token is left out."""
    starts, ends = {}, {}
    for token in text.doc:
        if not token.is_space:
            words = text.slice(text.doc[token.i : token.i + 1])
            starts[words.start] = token.i
            ends[words.end] = token.i + 1
    return {
        (starts[start], ends[end]): LABELS.index(_TYPE_OF_LABEL[label])
        for start, end, label in article.names()
        if start in starts and end in ends
    }


def _block_candidates(
    places: BlockPlaces,
    context: ArticleNames,
    labels: dict[tuple[int, int], int],
    weight: float,
    ours: bool,
) -> Iterator[Candidate]:
    first, size = places.block.span.start, len(places.block)
    named = {
        (start - first, end - first): label
        for (start, end), label in labels.items()
        if first <= start and end <= first + size
    }
    for place in sorted({*places.all(context), *named}):
        if not ours and _is_disputed(places, place, named.get(place, 0)):
            continue
        yield Candidate(
            tuple(dict.fromkeys(places.features(place, context))),
            places.votes(place),
            named.get(place, 0),
            weight,
        )


def _is_disputed(places: BlockPlaces, place: tuple[int, int], label: int) -> bool:
    """Whether a corpus and our lexicons disagree on a stretch, or on one that holds it."""
    kind = places.known.get(place)
    if kind is not None:
        return LABELS.index(kind) != label
    return label != 0 and any(
        kind is not None and start <= place[0] and place[1] <= end
        for (start, end), kind in places.known.items()
    )


def train(candidates: list[Candidate], seed: int = 0) -> tuple[NDArray[np.float32], ...]:
    """Weights (features by labels) and bias that give the marked labels the best likelihood."""
    rng = random.Random(seed)
    thinned = [
        Candidate(
            tuple(
                name
                for name in c.features
                if not name.startswith(_WORDS + _PARTS_OF_SPEECH) or rng.random() >= DROPPED
            ),
            c.votes,
            c.label,
            c.weight,
        )
        for c in candidates
    ]
    return _fitted([*candidates, *thinned])


def _fitted(candidates: list[Candidate]) -> tuple[NDArray[np.float32], ...]:
    rows = [hashed(c.features, ROWS) for c in candidates]
    indices = np.fromiter((i for row in rows for i in row), dtype=np.int32)
    bounds = np.cumsum([0, *map(len, rows)])
    matrix = csr_matrix(
        (np.ones(len(indices)), indices, bounds), shape=(len(rows), ROWS), dtype=np.float64
    )
    matrix.sum_duplicates()
    used = np.unique(matrix.indices)
    matrix = matrix[:, used]
    transposed = matrix.T.tocsr()
    votes = np.stack([c.votes for c in candidates]).astype(np.float64)
    gold = np.array([c.label for c in candidates])
    weights = np.array([c.weight for c in candidates])
    shape = (len(used) + 1, len(LABELS))

    def loss(flat: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        values = flat.reshape(shape)
        scores = matrix @ values[:-1] + values[-1] + votes
        scores -= np.logaddexp.reduce(scores, axis=1, keepdims=True)
        error = np.exp(scores)
        error[np.arange(len(gold)), gold] -= 1.0
        error *= weights[:, None]
        gradient = np.vstack([transposed @ error + L2 * values[:-1], error.sum(0)])
        value = -(weights * scores[np.arange(len(gold)), gold]).sum()
        return value + 0.5 * L2 * (values[:-1] ** 2).sum(), gradient.ravel()

    start = np.zeros(shape).ravel()
    found = minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": ITERATIONS})
    values = found.x.reshape(shape).astype(np.float32)
    everything = np.zeros((ROWS, len(LABELS)), dtype=np.float32)
    everything[used] = values[:-1]
    return everything, values[-1]


def save(path: Path, weights: NDArray[np.float32], bias: NDArray[np.float32]) -> None:
    """Writes the model as the package reads it, in half precision."""
    path.parent.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(path, W=weights.astype(np.float16), b=bias.astype(np.float16))
