"""Repairs parses that can't be right: a printed sentence has a finite verb.

Parsers take "The agency *confirmed* that …" now and then for a noun phrase with a participle, since
one form serves for both. Where no other verb of the sentence is finite, the participle is the verb.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from undersigned.reading.speech.cues import CueClass, open_cue_lexicon
from undersigned.reading.tag_repair import part_day_before

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span, Token

_ENDS: Final = frozenset({".", "?", "!", "”", "’", "''", '"'})
_NOUNS: Final = frozenset({"NOUN", "PROPN", "PRON"})
_FINITE: Final = frozenset({"VBD", "VBZ", "VBP", "MD"})
_OF_VERBS: Final = frozenset({"obj", "iobj", "ccomp", "xcomp"})
_OPENS_CONTENT: Final = frozenset({"that", "“", "``", '"', "‘"})
_NOMINAL: Final = frozenset({"NOUN", "PROPN", "ADJ"})
_PAST: Final = frozenset({"VBD", "VBN", "VBZ"})
_HANGING: Final = frozenset({"acl", "acl:relcl", "parataxis", "conj"})
_PARTING: Final = frozenset({",", "—", "–", "―"})
_GOES_ON: Final = frozenset({"obj", "ccomp", "xcomp", "obl", "advcl"})
_PARTS_OF_SERIES: Final = frozenset({"conj", "compound", "flat"})
_OF_SENTENCES: Final = frozenset({"parataxis", "advcl", "conj", "punct", "obl"})
_NEAR: Final = 5
"""Tokens after a verb within which what it says may begin: "ruled in 2022 *that*"."""


def repair_parse(doc: Doc) -> None:
    """Makes the participle of each sentence without a finite verb its verb, in place."""
    for sentence in doc.sents:
        _free_verb_before_name(sentence)
        _free_verb_with_auxiliary(sentence)
        noun = sentence.root
        verb = _hidden_verb(sentence, noun) if noun.pos_ in _NOUNS else None
        if verb is None and noun.pos_ in _NOMINAL:
            verb = _parted_verb(sentence, noun)
        if verb is not None:
            _make_verb(noun, verb)
    if "among them" in doc.text:
        for token in doc[2:]:
            if token.lower_ == "them" and token.nbor(-1).lower_ == "among":
                _free_from_aside(token)


def _hidden_verb(sentence: Span, noun: Token) -> Token | None:
    if len(sentence) < 4 or sentence[-1].text not in _ENDS:
        return None
    if any(t.dep_ == "cop" or t.dep_.startswith("nsubj") for t in noun.children):
        return None
    verb = next((t for t in noun.children if t.dep_ == "acl" and t.i > noun.i), None)
    if verb is None or verb.tag_ not in {"VBN", "VBD"} or _is_passive(verb):
        return None
    own = {token.i for token in verb.subtree}
    if any(t.tag_ in _FINITE and t.i not in own and t.i > noun.i for t in sentence):
        return None
    says = {t.text for t in sentence.doc[verb.i + 1 : min(verb.i + _NEAR, sentence.end)]}
    has_object = any(t.dep_ in _OF_VERBS and t.i > verb.i for t in verb.children)
    tells = has_object or says & _OPENS_CONTENT or (noun.pos_ != "PRON" and verb.tag_ == "VBD")
    return verb if tells else None


def _parted_verb(sentence: Span, noun: Token) -> Token | None:
    """The verb behind an apposition: "Lee, a spokesman for Acme, *called* on Roe to resign."."""
    below = {token.dep_ for token in noun.children}
    if sentence[-1].text not in _ENDS or below & {"cop", "nsubj", "csubj", "expl"}:
        return None
    for verb in sentence.doc[noun.i + 2 : sentence.end]:
        own = verb.head == noun or (verb.head.dep_ == "appos" and verb.head.head == noun)
        if not own or verb.tag_ not in _PAST or verb.dep_ not in _HANGING:
            continue
        group = [
            t.i for t in verb.children if t.dep_.startswith(("aux", "advmod")) and t.i < verb.i
        ]
        before = sentence.doc[min([*group, verb.i]) - 1]
        children = {token.dep_ for token in verb.children if token.i > verb.i}
        free = not any(token.dep_.startswith(("nsubj", "mark")) for token in verb.children)
        if before.text in _PARTING and free and children & _GOES_ON and not _is_agentive(verb):
            return verb
    return None


def _is_agentive(verb: Token) -> bool:
    return any(token.dep_ in {"obl:agent", "aux:pass"} for token in verb.children)


def _is_passive(verb: Token) -> bool:
    """As in "the plan adopted by the council", "a man called Roe"."""
    if any(t.dep_.startswith(("aux", "obl:agent")) for t in verb.children):
        return True
    return verb.i + 1 < len(verb.doc) and verb.nbor(1).lower_ == "by"


def _free_from_aside(them: Token) -> None:
    """Gives "sued" of "The guild and 17 authors, among them Ann Lee, sued" its subject back."""
    name, comma = them.head, them.i - 2
    if name.dep_ != "nsubj" or comma <= them.sent.start or them.doc[comma].text != ",":
        return
    verb, noun = name.head, them.doc[comma - 1]
    while noun.dep_ in _PARTS_OF_SERIES and noun.head.i < comma:
        noun = noun.head
    if noun.pos_ not in _NOUNS or verb.i < name.i or noun == verb or verb in noun.subtree:
        return
    for token in [*(t for t in name.children if t.i < comma), noun]:
        token.head = verb
    noun.dep_ = "nsubj"
    name.head, name.dep_ = noun, "appos"


def _free_verb_with_auxiliary(sentence: Span) -> None:
    """Makes "criticized" the verb of "Many have long criticized Roe, who …".

    What has an auxiliary and a subject is no adjective of the noun that follows.
    """
    noun = sentence.root
    for verb in noun.children:
        own = {token.dep_ for token in verb.children}
        if verb.dep_ != "amod" or verb.i > noun.i or not {"nsubj", "aux"} <= own:
            continue
        verb.head, verb.dep_ = verb, "ROOT"
        for token in [t for t in noun.children if t.dep_ in _OF_SENTENCES]:
            token.head = verb
        noun.head, noun.dep_ = verb, "obj"
        return


def _free_verb_before_name(sentence: Span) -> None:
    """Makes "slammed" the verb of "Ann Lee, who signed, slammed Roe, writing that …".

    A past form of a verb that judges, right before a name, is no adjective of it where else only a
    participle would be the sentence's verb.
    """
    root = sentence.root
    subject = next((t for t in root.children if t.dep_ == "nsubj" and t.i < root.i), None)
    if root.tag_ != "VBG" or subject is None or any(t.dep_ == "aux" for t in root.children):
        return
    judging = open_cue_lexicon().by_form
    for verb in sentence.doc[subject.i + 1 : root.i]:
        name = verb.head
        if verb.dep_ != "amod" or name.pos_ != "PROPN" or not verb.i < name.i < root.i:
            continue
        if all(entry.cue_class is not CueClass.JUDGE for entry in judging.get(verb.lower_, ())):
            continue
        verb.head, verb.dep_, verb.tag_ = verb, "ROOT", "VBD"
        name.head, name.dep_ = verb, "obj"
        subject.head = root.head = verb
        root.dep_ = "advcl"
        return


def _make_verb(noun: Token, verb: Token) -> None:
    later = [token for token in noun.children if token.i > verb.i]
    verb.head = verb
    verb.dep_ = "ROOT"
    if verb.tag_ == "VBN" and not any(t.dep_ == "aux" for t in verb.children):
        verb.tag_ = "VBD"
    for token in (noun, *later):
        token.head = verb
    noun.dep_ = "nsubj"
    part_day_before(noun)
