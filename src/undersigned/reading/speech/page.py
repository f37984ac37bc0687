"""A page: an article's tokens with its quotations, as the constructions of speech look at it."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

from undersigned.reading.quotation_marks import find_quotations
from undersigned.reading.speech.cues import find_cues

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Doc, Span, Token

    from undersigned.reading.quotation_marks import Quotation
    from undersigned.reading.speech.cues import Cue
    from undersigned.reading.text import ReadText

MARKS = frozenset({"“", "”", "„", "«", "»", '"', "''", "``", "‘", "’", "'"})
SENTENCE_ENDS = frozenset({".", "!", "?", "…", "...", "?!", "!!", "...."})
_EDGES = MARKS | SENTENCE_ENDS | frozenset({",", ":", ";", "-", "–", "—", "--", "(", ")"})
_SENTENCE_WORDS = 3
"""Words from which a quotation may be a sentence."""
_OUTSIDE_A_PHRASE = frozenset({"acl", "acl:relcl", "advcl", "parataxis", "punct", "cc", "case"})
_OUTSIDE_A_CLAUSE = frozenset({"parataxis", "punct", "discourse", "vocative"})


class Page:
    """An article with its outermost quotations and its cues, both in text order."""

    def __init__(self, text: ReadText):
        self.text = text
        self.doc: Doc = text.doc
        outermost = (q for q in find_quotations(text) if q.depth == 0)
        self.quotations = [q for q in outermost if not _is_nickname(q)]
        self._quotation_at: dict[int, Quotation] = {
            token.i: quotation
            for quotation in self.quotations
            for piece in quotation.pieces
            for token in piece
        }
        self.cues: list[Cue] = find_cues(text.doc)
        self._sentence_ends = list(self._find_sentence_ends())

    def quotation_at(self, token: Token) -> Quotation | None:
        """The outermost quotation that a token stands in."""
        return self._quotation_at.get(token.i)

    def is_quoted(self, token: Token) -> bool:
        """Whether a token stands between quotation marks."""
        return token.i in self._quotation_at

    def cues_between(self, start: int, end: int) -> list[Cue]:
        """The cues whose verb stands in `start` to `end`, end exclusive."""
        first = bisect_left(self.cues, start, key=_start)
        return self.cues[first : bisect_left(self.cues, end, key=_start)]

    def block_bounds(self, token: Token) -> tuple[int, int]:
        """The tokens of the paragraph that a token stands in, end exclusive."""
        block = self.text.block_of(token)
        return block.start, block.end

    def sentence_bounds(self, index: int) -> tuple[int, int]:
        """The sentence around a token, by marks outside of quotations; end exclusive.

        The parser's sentences break inside of quotations; here “A. B,” he said is one sentence.
        """
        first, last = self.block_bounds(self.doc[index])
        place = bisect_left(self._sentence_ends, index)
        start = self._sentence_ends[place - 1] + 1 if place else first
        end = self._sentence_ends[place] + 1 if place < len(self._sentence_ends) else last
        return max(start, first), min(end, last)

    def _find_sentence_ends(self) -> Iterator[int]:
        words = [token.text for token in self.doc]
        closings = {quotation.end - 1 for quotation in self.quotations}
        for index, word in enumerate(words):
            may_end = index in closings or (index not in self._quotation_at and word[-1:] in ".!?…")
            if may_end and self._ends_sentence(index):
                yield index

    def _ends_sentence(self, index: int) -> bool:
        token = self.doc[index]
        after = range(index + 1, min(index + 3, len(self.doc)))
        following = next((self.doc[i] for i in after if not self.doc[i].is_space), None)
        if following is None:
            return True
        quotation = self._quotation_at.get(index)
        if quotation is None:
            ends = token.text in SENTENCE_ENDS or self._is_abbreviation_before_quotation(index)
            return ends and not following.text[:1].islower() and not self._goes_on_after(following)
        last = last_word_mark(quotation.pieces[-1])
        if last is None or last.text not in SENTENCE_ENDS:
            return False
        return following.is_sent_start is True or last.text == "."

    def _goes_on_after(self, bracket: Token) -> bool:
        """Whether a sentence goes on after a bracket with an abbreviation: Ann Roe (Vt.), who."""
        if bracket.text != ")" or bracket.i + 1 >= len(self.doc):
            return False
        following = bracket.nbor(1)
        return following.text in {",", ";", ":"} or following.text[:1].islower()

    def _is_abbreviation_before_quotation(self, index: int) -> bool:
        """Whether an abbreviation ends a sentence: Roe flew to Springfield, *Ill.* “She left.”."""
        following = self._quotation_at.get(index + 1)
        return (
            following is not None
            and following.start == index + 1
            and following.word_count >= _SENTENCE_WORDS
            and len(self.doc[index]) > 1
        )

    def before_spaces(self, index: int) -> int:
        """The place of the first of the space tokens that end before a place, or the place."""
        while index > 0 and self.doc[index - 1].is_space:
            index -= 1
        return index

    def widened(self, span: Span) -> Span:
        """The span, stretched over the rest of a quotation that it breaks into."""
        start, end = span.start, span.end
        first, last = self.block_bounds(span[0])
        for index in (start, end - 1):
            quotation = self._quotation_at.get(index)
            if quotation is not None and not (
                quotation.start < start and end < quotation.end  # wholly inside: leave it there
            ):
                start = min(start, max(quotation.start, first))
                end = max(end, min(quotation.end, last))
        return self.doc[start:end]

    def trimmed(self, start: int, end: int) -> Span | None:
        """The tokens without punctuation at their edges; marks of quotations stay."""
        while start < end and self._is_edge(start, at_start=True):
            start += 1
        while end > start and self._is_edge(end - 1, at_start=False):
            end -= 1
        return self.doc[start:end] if start < end else None

    def _is_edge(self, index: int, *, at_start: bool) -> bool:
        token = self.doc[index]
        if token.is_space:
            return True
        if token.text not in _EDGES:
            return False
        quotation = self.quotation_at(token)
        if quotation is None:
            return True
        return index != (quotation.start if at_start else quotation.end - 1)


def _is_nickname(quotation: Quotation) -> bool:
    """As in Ann “Scout” Lee: one name between two others, in which nobody speaks."""
    first, *others = quotation.pieces
    doc, start, end = first.doc, quotation.start, quotation.end
    if others or len(first) != 3 or start == 0 or end >= len(doc):
        return False
    around = doc[start - 1], doc[end]
    capitals = all(t.text[0].isupper() for t in (first[1], *around))
    return capitals and any(t.pos_ == "PROPN" for t in around)


def _start(cue: Cue) -> int:
    return cue.start


def last_word_mark(piece: Span) -> Token | None:
    """The last token of a quotation before its closing mark."""
    return next((token for token in reversed(piece) if token.text not in MARKS), None)


def phrase_of(head: Token, *, conjuncts: bool = True) -> Span:
    """The noun phrase of a head: modifiers and appositions, no relative clauses or cases."""
    keep = {head.i}
    stack = [head]
    while stack:
        token = stack.pop()
        for child in token.children:
            if _leaves_phrase(token, child, head, conjuncts=conjuncts):
                continue
            keep.add(child.i)
            stack.append(child)
    start = end = head.i
    while start - 1 in keep or (start - 2 in keep and head.doc[start - 1].is_punct):
        start -= 1
    while end + 1 in keep or (
        end + 2 in keep and (head.doc[end + 1].is_punct or head.doc[end + 1].dep_ == "cc")
    ):
        end += 1
    return _without_open_parenthesis(head, head.doc[start : end + 1])


def _without_open_parenthesis(head: Token, phrase: Span) -> Span:
    """The phrase up to a parenthesis that it does not close: "Sen. Roe" of "Sen. Roe (D-Maine"."""
    texts = [token.text for token in phrase]
    if "(" not in texts or ")" in texts[texts.index("(") :]:
        return phrase
    opening = phrase.start + texts.index("(")
    return phrase.doc[phrase.start : opening] if opening > head.i else phrase


def _leaves_phrase(token: Token, child: Token, head: Token, *, conjuncts: bool) -> bool:
    if token == head and child.dep_ in {"case", "cop", "aux", "nsubj", "advmod", "mark"}:
        return True
    if child.dep_ == "conj":
        return token == head and not conjuncts
    return child.dep_ in _OUTSIDE_A_PHRASE and child.dep_ != "case"


def clause_of(head: Token, after: int | None = None) -> tuple[int, int]:
    """The tokens of a clause, end exclusive; what precedes token `after` is left out."""
    start, end = head.left_edge.i, head.right_edge.i + 1
    floor = start if after is None else after
    for child in head.children:
        if child.dep_ in _OUTSIDE_A_CLAUSE and child.i > head.i and child.dep_ != "punct":
            end = min(end, child.left_edge.i)
    return max(start, floor), end
