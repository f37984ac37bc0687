"""Where sentences may begin, from the typography alone; the parser decides what is left open.

A sentence of printed news begins at a block's edge or after a full stop, a question or exclamation
mark or an ellipsis, and after the closing marks that follow it. So most tokens can't begin
one, whatever the parser thinks: a token after a comma, a closing quotation mark, a lower-case
word ("… said." he said), and what follows "Mr." or an initial.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from spacy.language import Language

from undersigned.reading.lexicon import open_lexicon

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

COMPONENT = "undersigned_sentences"
_ENDS = frozenset({".", "!", "?", "…", "...", "?!", "!!", "....", "!?"})
_CLOSERS = frozenset({"”", "’", "''", '"', "'", ")", "]", "»"})
_DOUBLE = frozenset({"“", "``", "”", "''", '"'})
_OPENERS = frozenset({"“", "‘", "``", "(", "[", "«"})
_NEVER_FIRST = frozenset({",", ";", ":", "%"})


@Language.component(COMPONENT)
def mark_sentences(doc: Doc) -> Doc:
    """Marks tokens that begin a sentence for sure, and those that can't; the rest stay open."""
    inside = after_opener = False
    for token in doc:
        opens = _opens(token, inside)
        if token.i:
            begins = False if after_opener else _begins(doc, token, opens)
            if begins is not None:
                token.is_sent_start = begins
        if token.text in _DOUBLE:
            inside = opens
        after_opener = opens
    return doc


def _opens(token: Token, inside: bool) -> bool:
    """Whether a token is an opening mark; a straight mark is judged by the spaces around it."""
    if token.text in _OPENERS:
        return True
    if token.text not in {'"', "'", "''"}:
        return False
    spaced_before = token.i == 0 or bool(token.nbor(-1).whitespace_)
    if spaced_before and not token.whitespace_:
        return True
    return spaced_before and not inside and token.text == '"'


def _begins(doc: Doc, token: Token, opens: bool) -> bool | None:
    if token.is_space or (token.text in _CLOSERS and not opens) or token.text in _NEVER_FIRST:
        return False
    if _is_note(doc, token.i):
        return False
    last = _last_before_closers(doc, token.i)
    if last is None:
        return False
    quoted = last.i < token.i - 1
    abbreviated = last.text not in _ENDS
    if (abbreviated and not _may_end(last)) or _numbers(doc, last.i, token):
        return False
    following = token if not opens or token.i + 1 >= len(doc) else doc[token.i + 1]
    if following.text[:1].islower():
        return False
    if abbreviated or (quoted and last.text in {"!", "?", "?!", "…", "..."}):
        return None
    return True


def _last_before_closers(doc: Doc, index: int) -> Token | None:
    """The sentence-ending token before a place, looking back over closing marks; else None."""
    back = index - 1
    while back > 0 and (doc[back].text in _CLOSERS or doc[back].is_space):
        back -= 3 if back > 2 and _is_note(doc, back - 2) else 1
    last = doc[back]
    ended = last.text in _ENDS or (last.text.endswith(".") and last.text[:1].isalpha())
    return last if ended else None


def _is_note(doc: Doc, index: int) -> bool:
    """Whether the number of a note stands here: "He left. [2] She stayed."."""
    return (
        index + 2 < len(doc)
        and doc[index].text == "["
        and doc[index + 1].is_digit
        and doc[index + 2].text == "]"
    )


def _numbers(doc: Doc, stop: int, following: Token) -> bool:
    """Whether a full stop belongs to a number: "1. Who signed", "No. 12"."""
    if doc[stop].text != "." or stop == 0:
        return False
    before = doc[stop - 1]
    opens_block = stop == 1 and before.is_digit and len(before.text) <= 2
    return opens_block or (before.text in {"No", "Nos"} and following.is_digit)


def _may_end(abbreviation: Token) -> bool:
    """Whether a token with its own full stop may close a sentence ("U.S.", "Inc.", not "Mr.")."""
    text = abbreviation.text
    if text in open_lexicon("abbreviations").words("never_end"):
        return False
    return not (len(text) == 2 and text[0].isupper())
