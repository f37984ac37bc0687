"""Sources: the phrase that names who spoke, for a cue verb.

`SOURCE_RULES` lists the constructions in the order in which they are tried; each is a small
function from a page and a cue to the head of the source phrase. To add one, write it and list it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from undersigned.reading.speech.cues import open_cue_lexicon
from undersigned.reading.speech.names_beside import (
    DAYS,
    NO_PHRASE,
    inverted_name,
    is_time,
    name_behind_as,
)
from undersigned.reading.speech.page import MARKS, phrase_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from spacy.tokens import Span, Token

    from undersigned.reading.speech.cues import Cue
    from undersigned.reading.speech.page import Page

SUBJECTS = frozenset({"nsubj", "nsubj:pass", "nsubj:outer"})
_CONTROLLED = frozenset({"xcomp", "advcl", "conj", "parataxis", "dep"})
_BEFORE_INVERSION = MARKS | {",", "-", "–", "—", "--", ".", "?", "!"}
_NOUN_TAGS = frozenset({"PROPN", "NOUN", "PRON"})
_SIDE = frozenset({"acl:relcl", "advcl", "ccomp", "csubj"})
_MAIN = frozenset({"ROOT", "conj", "parataxis"})
_SUBJECT_REACH = 8
"""Tokens between a quotation and a cue that may be its subject."""
_PARENTHESIS_REACH = 8
_MAX_CLIMB = 4
"""Verbs climbed to find a shared subject: "came out, swinging, and went on to say" is three."""


def source_of(page: Page, cue: Cue) -> Span | None:
    """The phrase of who spoke, or None where the text does not say."""
    passive = is_passive(cue.verb) and cue.entry.lemma not in {"quote", "report"}
    for rule in PASSIVE_SOURCE_RULES if passive else SOURCE_RULES:
        head = rule(page, cue)
        if head is None or head.is_space or head.lower_ == "there" or is_time(head):
            continue
        if page.quotation_at(head) == page.quotation_at(cue.verb):
            return _clear_of(page, phrase_of(head), cue)
    return None


def _clear_of(page: Page, phrase: Span, cue: Cue) -> Span:
    """The phrase up to the cue or a quotation, should the parser have run over one."""
    root = phrase.root
    start, end = phrase.start, phrase.end
    if end - start > 1 and phrase[0].lower_ == "what":
        start += 1  # what *Roe* calls “a trap”
    for token in phrase:
        blocked = cue.start <= token.i < cue.end or (
            page.quotation_at(token) != page.quotation_at(root)
        )
        if blocked and token.i < root.i:
            start = token.i + 1
        elif blocked and token.i > root.i:
            end = min(end, token.i)
    return page.doc[start:end]


def _by_agent(_page: Page, cue: Cue) -> Token | None:
    """He was described *by the mayor* as a friend."""
    agents = {"obl", "obl:agent", "nmod"}
    return next((t for t in cue.verb.children if t.dep_ in agents and _has_by(t)), None)


def _has_by(token: Token) -> bool:
    return any(t.dep_ == "case" and t.lower_ == "by" for t in token.children)


def _subject(_page: Page, cue: Cue) -> Token | None:
    """*The mayor* said so."""
    return subject_of(cue.verb)


def _described_noun(_page: Page, cue: Cue) -> Token | None:
    """*A statement* saying that all was well; in a statement Monday saying so, *the mayor*."""
    if cue.verb.dep_ != "acl" or is_mere_attribute(cue.verb) or cue.verb.head.lower_ in DAYS:
        return None
    noun = cue.verb.head
    if noun.lower_ in open_cue_lexicon().carriers and noun.dep_ == "obj":
        return subject_of(noun.head)  # *the mayor* issued a statement saying so
    return noun if noun.pos_ in _NOUN_TAGS else None


def _quoted_as_saying(_page: Page, cue: Cue) -> Token | None:
    """The paper quoted *the mayor* as saying so; *the mayor* was quoted as saying so."""
    head = cue.verb.head
    if cue.verb.dep_ not in _CONTROLLED or head == cue.verb:
        return None
    if head.lower_.startswith("quot") or head.lower_ in {"cited", "heard"}:
        return next((t for t in head.children if t.dep_ in {"obj", "nsubj:pass"}), None)
    return None


def _participle(page: Page, cue: Cue) -> Token | None:
    """*The mayor* said that taxes were low, adding that …: whoever the whole sentence speaks of."""
    if not is_free_participle(cue.verb):
        return None
    before = _speech_before(page, cue)
    if before is not None:
        return before.root
    verb, found = cue.verb, None
    while verb.head != verb and verb.dep_ != "acl:relcl":
        verb = verb.head
        subject = subject_of(verb)
        if subject is not None and not page.is_quoted(subject) and subject.i < cue.start:
            found = subject
    if found is None and verb.pos_ == "PROPN" and verb.i < cue.start:
        return verb  # the parser took the whole sentence for an addition to its subject
    return found


def _speech_before(page: Page, cue: Cue) -> Span | None:
    """The source of the main speech that a participle goes on with: *Roe* wrote so, adding that."""
    first, _ = page.sentence_bounds(cue.start)
    for before in reversed(page.cues_between(first, cue.start)):
        verb = before.verb
        is_main = verb.dep_ in _MAIN or _follows_quotation(page, before)
        if (
            is_main
            and before.entry.cue_class.is_speech
            and not page.is_quoted(verb)
            and not is_free_participle(verb)
        ):
            return source_of(page, before)
    return None


def _follows_quotation(page: Page, cue: Cue) -> bool:
    """Whether only a short subject stands between a quotation and a cue: “…,” *Roe added*."""
    near = range(max(0, cue.start - _SUBJECT_REACH), cue.start)
    return any(page.is_quoted(page.doc[i]) for i in near)


def is_free_participle(verb: Token) -> bool:
    """Whether a verb is an -ing form after a comma: "…, *adding* that", "…, angrily *saying*"."""
    before = verb.i - 1
    while before > verb.sent.start and verb.doc[before].pos_ == "ADV":
        before -= 1
    comma = before >= 0 and verb.doc[before].text in {",", "—", "–", *MARKS}
    has_aux = any(t.dep_.startswith("aux") for t in verb.children)
    return verb.lower_.endswith("ing") and comma and not has_aux and subject_of(verb) is None


def _beside_the_cue(page: Page, cue: Cue) -> Token | None:
    """During the debate in Ohio, *Roe* said; …, *Roe (D-Ohio)*, said: a name from comma to cue."""
    end = cue.start
    while end > 0 and page.doc[end - 1].pos_ in {"ADV", "AUX"}:
        end -= 1
    name_end = _before_parenthesis(page, end)
    start = name_end
    while start > 0 and page.doc[start - 1].pos_ == "PROPN":
        start -= 1
    set_apart = name_end < end or (start > 0 and page.doc[start - 1].text in _BEFORE_INVERSION)
    if start in {0, name_end} or not set_apart:
        return None
    subject = subject_of(cue.verb)
    phrase = phrase_of(subject) if subject is not None else None
    if phrase is not None and phrase.end > start and phrase.start <= start:
        return None
    return page.doc[start:name_end].root


def _before_parenthesis(page: Page, end: int) -> int:
    """The end of a name before "(D-Ohio)," or `end` itself where no parenthesis ends there."""
    index = end - 1
    if index > 0 and page.doc[index].text == "," and page.doc[index - 1].text == ")":
        index -= 1
    if index < 1 or page.doc[index].text != ")":
        return end
    floor = max(0, index - _PARENTHESIS_REACH)
    return next((i for i in range(index, floor, -1) if page.doc[i].text == "("), end)


def _said_again(_page: Page, cue: Cue) -> Token | None:
    """*She* says it was late and says that she left: the verb is repeated, so is its subject."""
    verb = cue.verb
    if verb.dep_ != "conj" or subject_of(verb) is not None:
        return None
    for _ in range(_MAX_CLIMB):
        verb = verb.head
        if verb.lower_ == cue.verb.lower_:
            return subject_of(verb)
    return None


def _speech_goes_on(page: Page, cue: Cue) -> Token | None:
    """*Roe* said that she was ready, and suggested that …: not "she", whom the parser takes."""
    joint = cue.start - 1
    while joint > 0 and page.doc[joint].pos_ in {"ADV", "AUX"}:
        joint -= 1
    joined = page.doc[joint].lower_ in {"and", "but"} and cue.verb.dep_ == "conj"
    if not joined or page.is_quoted(cue.verb):
        return None
    before = _speech_before(page, cue)
    return before.root if before is not None else None


def _shared_subject(_page: Page, cue: Cue) -> Token | None:
    """*The mayor* rose and said so; *the mayor* spoke, adding so; *she* went on to say so."""
    verb = cue.verb
    for _ in range(_MAX_CLIMB):
        by_noun = verb.dep_ == "acl" and verb.head.pos_ in {"VERB", "AUX"}
        if verb.dep_ not in _CONTROLLED and not by_noun:
            return None
        verb = verb.head
        subject = subject_of(verb)
        if subject is not None and subject.i != cue.verb.i:
            return subject
    return None


def _next_to_cue(page: Page, cue: Cue) -> Token | None:
    """“…,” said *the mayor*; *Jane Doe*, a baker, said: by place, should the parser fail."""
    first, last = page.sentence_bounds(cue.start)
    before = _noun_before(page, first, cue)
    if before is not None or not may_be_inverted(cue.verb):
        return before
    for token in page.doc[cue.end : last]:
        if token.text in MARKS or token.is_punct or token.pos_ in NO_PHRASE:
            return None
        if token.pos_ in _NOUN_TAGS and token.dep_ not in {"compound", "nmod:poss"}:
            return token.head if token.dep_ == "flat" else token
    return None


def _noun_before(page: Page, first: int, cue: Cue) -> Token | None:
    """The noun on the left of a cue, over adverbs and one insertion between commas."""
    index = cue.start - 1
    while index >= first and page.doc[index].pos_ in {"ADV", "AUX"}:
        index -= 1
    if index > first and page.doc[index].text == ")":
        while index > first and page.doc[index].text != "(":
            index -= 1
        index -= 1
    if index > first and page.doc[index].text == ",":
        index -= 1
        while index > first and page.doc[index].text != "," and not page.is_quoted(page.doc[index]):
            index -= 1
        index -= 1
    if index < first:
        return None
    token = page.doc[index]
    if token.pos_ not in _NOUN_TAGS or page.is_quoted(token) != page.is_quoted(cue.verb):
        return None
    while token.dep_ in {"flat", "nmod", "appos", "compound"} and first <= token.head.i < cue.start:
        token = token.head
    return token


def _sentence_subject(page: Page, cue: Cue) -> Token | None:
    """*Roe* came late, took a seat *and* claimed that …; *Roe* rose *to* say so; by *saying* so."""
    joint = cue.start - 1
    while joint > 0 and page.doc[joint].pos_ in {"ADV", "AUX"}:
        joint -= 1
    shares = page.doc[joint].lower_ in {"and", "to"} or cue.verb.lower_.endswith("ing")
    if not shares or page.is_quoted(cue.verb):
        return None
    first, last = page.sentence_bounds(cue.start)
    subjects = (t for t in page.doc[first:last] if t.dep_ in SUBJECTS)
    return next((t for t in subjects if t.head.dep_ not in _SIDE and not page.is_quoted(t)), None)


def _inverted(page: Page, cue: Cue) -> Token | None:
    """The vote was lost, said *Roe*."""
    name = inverted_name(page, cue)
    return name.root if name is not None else None


def _behind_as(page: Page, cue: Cue) -> Token | None:
    """The road is “a trap,” as *the memo* put it."""
    name = name_behind_as(page, cue)
    return name.root if name is not None else None


PASSIVE_SOURCE_RULES: list[Callable[[Page, Cue], Token | None]] = [_by_agent]
SOURCE_RULES: list[Callable[[Page, Cue], Token | None]] = [
    _inverted,
    _behind_as,
    _quoted_as_saying,
    _speech_goes_on,
    _beside_the_cue,
    _subject,
    _participle,
    _said_again,
    _described_noun,
    _shared_subject,
    _next_to_cue,
    _sentence_subject,
]


def subject_of(verb: Token) -> Token | None:
    """The subject that stands with a verb itself; the nearest on its left, if there are several.

    A subject on the right counts only where the verb follows a quotation or a clause
    (“…,” said *Roe*); elsewhere the parser has taken it from the clause that follows.
    """
    subjects = [t for t in verb.children if t.dep_ in SUBJECTS and t.lower_ != "there"]
    before = [t for t in subjects if t.i < verb.i]
    if before:
        return before[-1]
    after = [t for t in subjects if t.lower_ not in DAYS]
    return after[0] if after and may_be_inverted(verb) else None


def is_mere_attribute(verb: Token) -> bool:
    """A participle that nobody speaks: items *labeled* “fragile”, an event *billed* as a party.

    Parsers take "The bishop praised the nurses" for such a phrase, too: there the noun has no
    other verb.
    """
    if verb.dep_ not in {"acl", "amod"} or verb.lower_.endswith("ing") or is_passive(verb):
        return False
    following = verb.nbor(1).text if verb.i + 1 < len(verb.doc) else ""
    if following in MARKS:
        return True
    if following == ":" or _introduces(verb):
        return False
    finite = verb.dep_ == "acl" and verb.head.dep_ == "ROOT" and verb.head.i < verb.i
    return not (finite and any(t.dep_ in {"obj", "xcomp", "obl"} for t in verb.children))


def _introduces(verb: Token) -> bool:
    """Whether a quotation follows a comma after a verb: Roe, a baker, *recalled, “…*"."""
    following = verb.doc[verb.i + 1 : verb.i + 3]
    return len(following) > 1 and following[0].text == "," and following[1].text in MARKS


def may_be_inverted(verb: Token) -> bool:
    """Whether a verb stands where its subject may follow: after a comma or a quotation mark."""
    index = verb.i - 1
    while index >= 0 and (verb.doc[index].pos_ in {"ADV", "AUX"} or verb.doc[index].is_space):
        index -= 1
    return index < 0 or verb.doc[index].text in _BEFORE_INVERSION


def is_passive(verb: Token) -> bool:
    """Whether a verb is passive: "was called", "described by the mayor", "asked about it, he"."""
    children = list(verb.children)
    if any(t.dep_ in {"aux:pass", "nsubj:pass"} for t in children):
        return True
    if any(t.dep_.startswith("aux") or t.dep_ == "nsubj" for t in children):
        return False
    participle = verb.lower_.endswith("ed") or verb.tag_ == "VBN"
    if verb.dep_ == "acl":
        return participle and any(_has_by(t) for t in children)
    has_object = any(t.dep_ == "obj" for t in children)
    return verb.dep_ == "advcl" and participle and not has_object
