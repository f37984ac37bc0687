"""Which stretches of tokens may be names: capitalised runs, and what the recogniser marked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from undersigned.reading.name_types import NameType
from undersigned.reading.name_words import capital, head_words, is_no_name_word

if TYPE_CHECKING:
    from collections.abc import Iterator

    from undersigned.reading.name_types import BlockTokens

_DASHES = frozenset({"-", "–"})
POSSESSIVES = frozenset({"'s", "’s", "'", "’"})
"""Endings of owners, of which a name may have one inside: "Lloyd's Register"."""
_PARTICLES = frozenset(["de", "del", "da", "do", "dos", "di", "du", "van", "von", "bin", "la", "y"])
_JOINTS = frozenset(
    {(word,) for word in ("of", "for", "and", "&", "on", "to", "in", *POSSESSIVES, *_PARTICLES)}
    | {(word, "the") for word in ("of", "for", "on", "to", "and", "in")}
    | {("de", "la"), ("de", "los"), ("de", "las"), ("van", "der"), ("van", "den"), ("von", "der")}
)
_LOOSE_JOINTS = frozenset({"on", "to", "in"})
"""These join a body's name and its field ("Committee on Health"), else two names."""
_NO_NAME_POS = frozenset({"PRON", "DET", "SCONJ", "CCONJ", "AUX", "PUNCT", "SYM", "PART"})
_MOST_PIECES = 4
_LONGEST = 10
_TYPE_OF_LABEL = {
    "PER": NameType.PERSON,
    "PERSON": NameType.PERSON,
    "ORG": NameType.ORGANIZATION,
    "LOC": NameType.PLACE,
    "GPE": NameType.PLACE,
    "FAC": NameType.PLACE,
}
_EDGE_POS_BEFORE = frozenset({"DET", "PUNCT", "SPACE"})
_EDGE_POS_AFTER = frozenset({"PUNCT", "SPACE", "PART", "DET", "ADP"})

Range = tuple[int, int]
"""Tokens of a block, end exclusive."""


def find_runs(block: BlockTokens, titles: frozenset[str]) -> set[Range]:
    """Stretches of capitalised words, also joined by small words, whole and in their parts.

    "Bank of the North and South", say, is given whole, without its last parts, and without its
    first words: the typer decides.
    """
    found: set[Range] = set()
    for chain in _chains(block):
        for number, (first, piece_end) in enumerate(chain):
            start = first
            while start < piece_end - 1 and block.lowers[start].strip(".") in titles:
                start += 1
            for last in range(number, min(len(chain), number + _MOST_PIECES)):
                end = chain[last][1]
                if end - start > _LONGEST or not _may_end(block, chain, number, last):
                    continue
                starts = set(range(start, min(start + 3, piece_end)))
                if block.lowers[end - 1] in head_words():
                    starts.add(first)
                found.update((begin, end) for begin in starts)
    return {place for place in found if not _is_common_opening(block, place)}


def _chains(block: BlockTokens) -> list[list[Range]]:
    """Pieces without small words, those together that small words join."""
    chains: list[list[Range]] = []
    index = 0
    while index < len(block):
        if not _is_name_word(block, index):
            index += 1
            continue
        end = index + 1
        while _is_name_word(block, end):
            end += 1
        if chains and _is_joint(block, chains[-1][-1][1], index):
            chains[-1].append((index, end))
        else:
            chains.append([(index, end)])
        index = end
    return chains


def _is_name_word(block: BlockTokens, index: int) -> bool:
    pos = block.pos_at(index)
    if pos == "PROPN":
        return True
    if block.is_title_case or not capital(block, index) or pos in _NO_NAME_POS:
        return False
    word = block.texts[index]
    return not is_no_name_word(word) or (word.isupper() and len(word) > 1)


def _is_joint(block: BlockTokens, start: int, end: int) -> bool:
    """Whether nothing but a small word, or two such, stands between two pieces."""
    words = tuple(block.lowers[start:end])
    if len(words) == 1 and words[0] in _DASHES:
        glued = not block.spaced[start - 1] and not block.spaced[start]
        return glued and len(block.texts[start - 1]) > 1  # else a party and a state: "R-Fla."
    return words in _JOINTS and bool(block.spaced[start - 1] or words[0] in POSSESSIVES)


def _may_end(block: BlockTokens, chain: list[Range], first: int, last: int) -> bool:
    """Whether a name may run on over the joints: over some of them only in names of bodies."""
    ends = [chain[n][1] for n in range(first, last)]
    if any(
        block.lowers[end] in _LOOSE_JOINTS and block.lowers[end - 1] not in head_words()
        for end in ends
    ):
        return False
    joints = {block.lowers[end] for end in ends}
    if "and" not in joints:
        return True
    return bool(joints & {"of", "for"}) or block.lowers[chain[last][1] - 1] in head_words()


def _is_common_opening(block: BlockTokens, place: Range) -> bool:
    """Whether a stretch is but the capitalised common word that opens a sentence."""
    start, end = place
    return end - start == 1 and block.pos[start] != "PROPN" and block.opens_sentence(start)


def recognised(block: BlockTokens, titles: frozenset[str]) -> dict[Range, NameType]:
    """What the pipeline's recogniser marked, with edges set right (titles, marks, hyphens)."""
    marked: dict[Range, NameType] = {}
    for place, label in _entities(block):
        kind = _TYPE_OF_LABEL.get(label)
        if kind is not None:
            marked.setdefault(_tidy(block, place, titles), kind)
    return marked


def _entities(block: BlockTokens) -> Iterator[tuple[Range, str]]:
    """A block's entities, from its tokens: `Span.ents` goes through the whole text each time."""
    start = None
    for number, token in enumerate(block.tokens):
        if start is not None and token.ent_iob_ != "I":
            yield (start, number), block.tokens[start].ent_type_
            start = None
        if token.ent_iob_ == "B":
            start = number
    if start is not None:
        yield (start, len(block.tokens)), block.tokens[start].ent_type_


def _tidy(block: BlockTokens, marked: Range, titles: frozenset[str]) -> Range:
    start, end = marked
    while start < end - 1 and (
        block.lowers[start].strip(".") in titles or block.pos[start] in _EDGE_POS_BEFORE
    ):
        start += 1
    while (
        end - 1 > start
        and block.pos[end - 1] in _EDGE_POS_AFTER
        and not block.texts[end - 1].endswith(".")
    ):
        end -= 1
    while _hyphenated(block, end - 1, end, end + 1) and block.pos_at(end + 1) == "PROPN":
        end += 2
    while _hyphenated(block, start - 2, start - 1, start) and block.pos_at(start - 2) == "PROPN":
        start -= 2
    return start, end


def _hyphenated(block: BlockTokens, before: int, dash: int, after: int) -> bool:
    """Whether two tokens are joined by a dash without spaces."""
    return (
        before >= 0
        and after < len(block)
        and block.texts[dash] in _DASHES
        and not block.spaced[before]
        and not block.spaced[dash]
    )
