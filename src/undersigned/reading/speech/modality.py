"""Modality: whether something was said at all, and how far the source hedges that it was."""

from __future__ import annotations

from typing import TYPE_CHECKING

from undersigned.claims import Certainty
from undersigned.reading.lexicon import open_lexicon

if TYPE_CHECKING:
    from spacy.tokens import Token

_OPEN_INFINITIVES = frozenset({"acl", "advcl", "xcomp"})
_GOVERNED = frozenset({"xcomp", "ccomp", "advcl"})


def is_unsaid(verb: Token) -> bool:
    """Whether the text leaves open, or denies, that it was said.

    So it does in "did not say", "would urge", "refused to say" and "a plan to praise her"; not in
    "went on to say".
    """
    lexicon = open_lexicon("saying_modality")
    around = _auxiliaries(verb)
    if around & (lexicon.words("negations") | lexicon.words("modals")):
        return True
    if "to" not in around or verb.dep_ not in _OPEN_INFINITIVES:
        return False
    head = verb.head
    governed = verb.dep_ == "xcomp" and head.lower_ not in lexicon.words("withholding")
    return not governed or "to" in _auxiliaries(head) or is_unsaid(head)


def certainty_of_saying(verb: Token) -> Certainty:
    """How far the source hedges that it was said.

    Reported for "reportedly said" and "is said to have called", denied for "denied saying".
    """
    lexicon = open_lexicon("saying_modality")
    head = verb.head
    governed = verb.dep_ in _GOVERNED
    if governed and head.lower_ in lexicon.words("denying"):
        return Certainty.DENIED
    passive = any(t.dep_ in {"aux:pass", "nsubj:pass"} for t in head.children)
    hedged_by_verb = governed and passive and head.lower_ in lexicon.words("hedging")
    if hedged_by_verb or _auxiliaries(verb) & lexicon.words("hedges"):
        return Certainty.REPORTED
    return Certainty.STATED


def _auxiliaries(verb: Token) -> set[str]:
    return {token.lower_ for token in verb.children}
