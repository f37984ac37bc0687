"""Where the list of names of a clause lies: before a verb, or after a word."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from undersigned.reading.signing.list_items import is_finite, is_shared_role
from undersigned.reading.signing.modality import verb_group, verb_start

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

    from undersigned.claims import LocalKey
    from undersigned.reading.cast import Cast

_RELATIVES: Final = frozenset({"who", "which", "that", "whose"})
_APPOSED: Final = frozenset({"a", "an", "another", "the", "one"})
_STOPS: Final = frozenset({":", ";", "“", "”", "?", "!"})
_SUBORDINATORS: Final = frozenset(
    {
        "that",
        "when",
        "while",
        "because",
        "although",
        "though",
        "after",
        "before",
        "since",
        "if",
        "as",
        "whereas",
    }
)
_SHORTEST_PLACE: Final = 3
_LONGEST_DATELINE: Final = 14
"""A dateline with month, day and agency has at most so many tokens."""
_PLURAL: Final = frozenset({"all", "both", "have", "were", "are", "each"})


def words_before(verb: Token, cast: Cast) -> Span:
    """The words before a verb back to where its clause begins: where its subject stands.

    Side clauses between commas belong to them ("Lee, who runs a bakery, signed"). May be empty.
    """
    doc, group = verb.doc, verb_group(verb)
    end = group[0].i if group else verb_start(verb)
    floor = _floor(verb)
    start = end
    while start > floor:
        token = doc[start - 1]
        if token.text in _STOPS:
            break
        if cast.at(token) is None:
            if token.text == '"' or _opens_side_clause(token):
                break
            if is_finite(token) and not _in_side_clause(token, floor):
                break
            if (
                token.lower_ in _SUBORDINATORS
                and token.tag_ in {"IN", "WRB"}
                and token.dep_ == "mark"
            ):
                break
        start -= 1
    return doc[start:end]


def _opens_side_clause(token: Token) -> bool:
    """As in "the letter, to *which* Lee put her name"."""
    return token.lower_ in {"which", "whom"} and token.i > 0 and token.nbor(-1).pos_ == "ADP"


def _floor(verb: Token) -> int:
    """The first token that may belong to the verb's clause."""
    subject = next((t for t in verb.children if t.dep_.startswith("nsubj") and t.i < verb.i), None)
    after_verb = verb.dep_ == "conj" and is_verb(verb.head)
    if after_verb and subject is not None and verb.head.i < subject.i:
        return max(subject.left_edge.i, verb.head.i + 1)
    return _after_dateline(verb.sent)


def _after_dateline(sentence: Span) -> int:
    """Where the story begins in "LEEDS (Wire) — Forty nurses signed"."""
    start = sentence.start
    if not sentence[0].is_upper or len(sentence[0]) < _SHORTEST_PLACE:
        return start
    for token in sentence[1:_LONGEST_DATELINE]:
        if token.text in {"—", "–", "-", "--"} and token.nbor(-1).whitespace_:
            return token.i + 1
        if token.is_alpha and token.is_lower:
            return start
    return start


def _in_side_clause(verb: Token, floor: int) -> bool:
    """Whether a finite verb stands in a relative clause that a comma sets off."""
    for i in range(verb.i - 1, floor - 1, -1):
        token = verb.doc[i]
        if token.lower_ in _RELATIVES:
            return i > floor and (token.tag_ == "WDT" or token.lower_ != "that")
        if token.text in {",", ";"} or is_finite(token):
            return False
    return False


def relative_before(verb: Token) -> Token | None:
    """The "who", "which" or "that" that is the verb's subject, where it stands right before it."""
    group = verb_group(verb)
    first = group[0].i if group else verb_start(verb)
    i = first - 1
    if i >= verb.sent.start and verb.doc[i].text == "," and i > verb.sent.start:
        i -= 1
    token = verb.doc[i] if i >= verb.sent.start else None
    return token if token is not None and token.lower_ in _RELATIVES else None


def antecedent(relative: Token, verb: Token, cast: Cast) -> Span:
    """The words before a relative clause: the last name, or the list if the verb is plural."""
    doc, end = verb.doc, relative.i
    while end > verb.sent.start and doc[end - 1].text == ",":
        end -= 1
    start = end
    key = cast.at(doc[end - 1]) if end > verb.sent.start else None
    if key is not None and relative.lower_ == "which":
        while start > verb.sent.start and cast.at(doc[start - 1]) == key:
            start -= 1
        return doc[start:end]
    plural = any(t.lower_ in _PLURAL for t in doc[relative.i : verb.i]) or _of_both(
        verb, doc[start], cast
    )
    while start > verb.sent.start:
        token = doc[start - 1]
        if token.text in _STOPS or (is_finite(token) and token.dep_ != "flat"):
            break
        if not plural and (token.lower_ in {",", "and"} or _is_role_end(token, key, cast)):
            break
        start -= 1
    return _name_apposed_to(doc[start:end], cast)


def _name_apposed_to(words: Span, cast: Cast) -> Span:
    """Ann Lee in "Ann Lee, an economist who signed"; other words as they are."""
    doc, start = words.doc, words.start
    apposed = len(words) > 1 and words[0].lower_ in _APPOSED and doc[start - 1].text == ","
    if not apposed or start < words[0].sent.start + 2 or not _is_one_phrase(words):
        return words
    end = start - 1
    key = cast.at(doc[end - 1])
    begin = end
    while key is not None and begin > words[0].sent.start and cast.at(doc[begin - 1]) == key:
        begin -= 1
    return words if begin == end else doc[begin:end]


def _is_one_phrase(words: Span) -> bool:
    """Whether a noun phrase has no other noun phrase inside that a clause may belong to."""
    one_of = words[:2].text.lower() == "one of"
    return all(t.pos_ != "ADP" for t in words[2 if one_of else 0 :])


def _is_role_end(token: Token, key: LocalKey | None, cast: Cast) -> bool:
    """Whether a word stands neither in a name nor in the role in front of it ("joined by")."""
    return key is not None and cast.at(token) is None and token.pos_ in {"ADP", "VERB", "AUX"}


def _of_both(verb: Token, last: Token, cast: Cast) -> bool:
    """As in "Lee and Ray, who signed, …": by the parse the clause belongs to the first of two.

    Parsers often give it to the second; of two names that open the sentence it tells of both.
    """
    head = verb.head
    if verb.dep_ != "acl:relcl" or head.i >= last.i + 1 or cast.at(head) is None:
        return False
    opening = verb.sent.start
    start = opening if _are_names(verb.doc[opening : last.i], cast) else head.i
    between = verb.doc[start : last.i]
    return any(t.lower_ == "and" for t in between) and _are_names(between, cast)


def _are_names(words: Span, cast: Cast) -> bool:
    return all(cast.at(t) is not None or t.lower_ == "and" for t in words)


def words_after(token: Token) -> Span:
    """The words after a token up to the end of its clause: where a list of names may stand."""
    doc, start = token.doc, token.i + 1
    end, stop = start, token.sent.end
    while end < stop:
        current = doc[end]
        if current.text in {"”", "“", "?", "!"} and end > start:
            break
        end += 1
    return doc[start:end]


def own_clause(verb: Token) -> bool:
    """Whether a conjoined verb has a subject of its own."""
    return verb.dep_ != "conj" or any(t.dep_.startswith("nsubj") for t in verb.children)


def is_verb(token: Token) -> bool:
    """Whether a token is a verb, and no shared role that a tagger takes for one."""
    return token.pos_ in {"VERB", "AUX"} and not is_shared_role(token)
