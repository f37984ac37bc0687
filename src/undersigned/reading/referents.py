"""Referents: which person or body a noun phrase is about, be it by name, pronoun, noun or owner."""

from __future__ import annotations

from typing import TYPE_CHECKING

from undersigned.claims import EntityKind, LocalKey
from undersigned.reading.lexicon import open_lexicon
from undersigned.reading.nominals import is_definite
from undersigned.reading.speakers import is_body, is_human, is_human_word
from undersigned.reading.speech.page import phrase_of

if TYPE_CHECKING:
    from spacy.tokens import Token

    from undersigned.reading.cast import Cast

TARGET_KINDS = frozenset({EntityKind.PERSON, EntityKind.ORGANIZATION, EntityKind.GROUP})
_BESIDE = frozenset({"flat", "flat:name", "appos", "nmod:desc"})
_NAME_BEFORE = frozenset({"compound", "amod", "nmod"})
_MAKERS = frozenset({"by", "of", "from"})
_DEPTH = 3
"""Owners of owners: "the bishop's reading of Roe's letter" is two deep."""


def referent(head: Token, cast: Cast, depth: int = _DEPTH) -> LocalKey | None:
    """Whom a phrase is about, by its head: of a possession ("Roe's plan") its owner.

    None where nobody of the cast is meant, or in doubt.
    """
    for rule in (_itself, _beside):
        key = rule(head, cast)
        if key is not None:
            return key
    if depth and not is_human(head):
        for part in (*_owners(head), *_makers(head)):
            key = referent(part, cast, depth - 1)
            if key is not None:
                return key
    return None


def _itself(head: Token, cast: Cast) -> LocalKey | None:
    """*Roe*, *she*, *the senator*."""
    key = cast.at(head)
    if key is None:
        resolution = cast.resolve_salient(phrase_of(head, conjuncts=False))
        key = resolution.key if resolution is not None else None
    return key if key is not None and cast.kind_of(key) in TARGET_KINDS else None


def _beside(head: Token, cast: Cast) -> LocalKey | None:
    """Senator *Roe*; the senator, *Ann Roe*."""
    keys = (cast.at(token) for token in head.children if token.dep_ in _BESIDE)
    return next((k for k in keys if k is not None and cast.kind_of(k) in TARGET_KINDS), None)


def _owners(head: Token) -> list[Token]:
    """*Roe's* plan, *her* plan; the *Roe* plan."""
    owners = [t for t in head.children if t.dep_ == "nmod:poss"]
    names = [t for t in head.children if t.dep_ in _NAME_BEFORE and t.i < head.i]
    return [*owners, *(t for t in names if t.pos_ == "PROPN")]


def _makers(head: Token) -> list[Token]:
    """The speech of *Roe*, accusations by *Roe*."""
    return [
        t
        for t in head.children
        if t.dep_ in {"nmod", "obl"} and t.i > head.i
        if any(c.dep_ == "case" and c.lower_ in _MAKERS for c in t.children)
    ]


def group_named(head: Token, cast: Cast) -> LocalKey | None:
    """The key of a following, faith or people that a plural noun names: *Republicans*.

    It joins the cast as a group, by that one word.
    """
    peoples = open_lexicon("peoples").all_words()
    if head.text not in peoples or head.morph.get("Number", []) != ["Plur"]:
        return None
    return cast.ensure(head.doc[head.i : head.i + 1], EntityKind.GROUP)


def group_meant(head: Token, cast: Cast) -> LocalKey | None:
    """The key of people or of a body without a name: *the doctors*, *the coalition*.

    It joins the cast as a group, by its noun phrase.
    """
    if head.pos_ != "NOUN" or not is_definite(head):
        return None
    several = head.tag_ == "NNS" and is_human_word(head.lower_.removesuffix("s"))
    listed = head.lower_ in open_lexicon("signing").words("groups")
    if not (several or listed or is_body(head)):
        return None
    return cast.ensure(phrase_of(head, conjuncts=False), EntityKind.GROUP)
