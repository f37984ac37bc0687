"""Appraisal: whether the words of a statement speak for or against somebody.

A judging word counts for whom it is about: its subject, its owner, who does the deed, whom it is
done to. Words about somebody else don't count; those about nobody who is named do.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from undersigned.claims import Stance
from undersigned.reading.lexicon import open_lexicon
from undersigned.reading.speech.sources import SUBJECTS, is_passive, subject_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from spacy.tokens import Token

    from undersigned.claims import LocalKey

    Referent = Callable[[Token], LocalKey | None]

_NEGATION_REACH = 4
"""Tokens before a word within which a negation turns it: "is not a very good" is three."""
_BREAKS = frozenset({",", ";", ":", "—", "–", "--", "but", "because", "if", "than"})
_JUDGING_TAGS = frozenset({"ADJ", "NOUN", "PROPN", "VERB"})
_OBJECTS = ("obj", "iobj", "obl")
_ATTRIBUTES = frozenset({"amod", "compound", "nmod", "conj", "appos"})
_DUTIES = frozenset({"should", "must", "ought"})
_UNDONE = frozenset({"not", "n't", "n’t", "never", "have"})
_SUPPOSING = frozenset({"if", "unless"})
_SELF = frozenset({"i", "we", "me", "us", "my", "our", "myself", "ourselves"})
_CLIMB = 6
"""Heads climbed from a word to whom it is about; deeper ones are parts of other clauses."""


@dataclass(frozen=True, slots=True)
class _Judgement:
    """What one word says: +1 for, -1 against, with the place that it is said at."""

    value: int
    word: Token
    bearer: Token | None
    is_deed: bool = False


def appraise(tokens: Sequence[Token], target: LocalKey, referent: Referent) -> Stance | None:
    """The stance that the judging words among these tokens take to the target.

    Words that are plainly about the target go before those about nobody who is named. None
    without any such word, and where as many speak for as against.
    """
    about_target = about_nobody = 0
    said = {token.i for token in tokens}
    for judgement in _judgements(tokens):
        bearer = judgement.bearer
        if bearer is not None and bearer.i not in said:
            bearer = None  # "she called him a liar": "she" belongs to the cue
        if bearer is not None and bearer.lower_ in _SELF:
            continue
        if judgement.is_deed and _is_victim(judgement.word, target, referent):
            continue
        key = referent(bearer) if bearer is not None else None
        if key == target:
            about_target += judgement.value
        elif key is None:
            about_nobody += judgement.value
    total = about_target or about_nobody
    if not total:
        return None
    return Stance.FOR if total > 0 else Stance.AGAINST


def _is_victim(deed: Token, target: LocalKey, referent: Referent) -> bool:
    """Whether a deed is done to the target by somebody else: the bank betrayed *her*."""
    doer = subject_of(deed)
    if doer is None or doer.pos_ == "PRON":
        return False
    objects = (t for t in deed.children if t.dep_ in {"obj", "iobj"})
    return any(referent(token) == target for token in objects)


def _judgements(tokens: Sequence[Token]) -> Iterator[_Judgement]:
    counted: set[int] = set()
    for start, end, value in _phrases(tokens):
        counted.update(range(start.i, end.i + 1))
        yield _Judgement(-value if _is_negated(start) else value, start, None)
    for token in tokens:
        if token.i in counted:
            continue
        for read in (_as_word, _as_deed, _as_treatment, _as_reproach):
            judgement = read(token)
            if judgement is not None:
                yield _turned(judgement)
                break


def _turned(judgement: _Judgement) -> _Judgement:
    """Turned by a "not" before it, and by a verb that governs it: *fought* corruption."""
    value, bearer = judgement.value, judgement.bearer
    if _is_negated(judgement.word):
        # Who did not do harm is not praised for it; who did not help is blamed.
        value = -1 if value > 0 else 0 if judgement.is_deed else 1
    fighter = _fighter_of(judgement.word)
    if fighter is not None:
        value, bearer = -value, subject_of(fighter)
    return _Judgement(value, judgement.word, bearer, judgement.is_deed)


def _fighter_of(word: Token) -> Token | None:
    """The verb that turns a word which stands in its object: *oppose* any discrimination."""
    turning = open_lexicon("stance").words("turning")
    token = word
    for _ in range(_CLIMB):
        relation, head = token.dep_, token.head
        if head == token or relation in SUBJECTS:
            return None
        if relation in _OBJECTS and _form(head, turning) and head.pos_ == "VERB":
            return head
        if relation not in _ATTRIBUTES and relation not in _OBJECTS:
            return None
        token = head
    return None


def _as_word(token: Token) -> _Judgement | None:
    """A *liar*; a *reckless* plan; she is *brave*."""
    lexicon = open_lexicon("stance")
    if token.pos_ not in _JUDGING_TAGS or (token.pos_ == "VERB" and not _describes(token)):
        return None
    value = _value(token, lexicon.words("words_for"), lexicon.words("words_against"))
    return _Judgement(value, token, _subject_of_word(token)) if value else None


def _describes(participle: Token) -> bool:
    """Whether a participle stands for an adjective: a *flawed* man; he is *respected*."""
    if participle.dep_ == "amod":
        return True
    children = {t.dep_ for t in participle.children}
    return bool(children & {"cop", "aux:pass", "nsubj:pass"}) and "obj" not in children


def _as_deed(token: Token) -> _Judgement | None:
    """She *betrayed* us: about the subject."""
    lexicon = open_lexicon("stance")
    if token.pos_ != "VERB" or is_passive(token) or _is_supposed(token):
        return None
    value = _value(token, lexicon.words("deeds_for"), lexicon.words("deeds_against"))
    return _Judgement(value, token, _doer(token), is_deed=True) if value else None


def _as_treatment(token: Token) -> _Judgement | None:
    """We *trust* her; she should be *removed*: about the object."""
    lexicon = open_lexicon("stance")
    if token.pos_ != "VERB" or _is_supposed(token):
        return None
    value = _value(token, lexicon.words("treatment_for"), lexicon.words("treatment_against"))
    done_to = _suffers(token) if value else None
    return _Judgement(value, token, done_to, is_deed=True) if done_to is not None else None


def _as_reproach(token: Token) -> _Judgement | None:
    """She *should* not speak; he *should* have known: about the subject."""
    if token.lower_ not in _DUTIES or not token.dep_.startswith("aux"):
        return None
    others = {t.lower_ for t in token.head.children if t.i < token.head.i} - {token.lower_}
    subject = subject_of(token.head)
    if subject is None or not others & _UNDONE:
        return None
    # Counted from the subject, so that the "not" itself does not turn it.
    return _Judgement(-1, subject, subject)


def _suffers(verb: Token) -> Token | None:
    """The object of a verb whose subject is the speaker or nobody who is named."""
    children = list(verb.children)
    if is_passive(verb):
        by_others = any(t.dep_ in {"obl", "obl:agent"} and t.i > verb.i for t in children)
        return None if by_others else subject_of(verb)
    subject = _doer(verb)
    if subject is not None and subject.pos_ != "PRON":
        return None
    objects = [t for t in children if t.dep_ in {"obj", "iobj"}]
    return objects[-1] if objects else None


def _is_supposed(verb: Token) -> bool:
    """Whether a verb stands in a clause that only supposes it: *if* he is elected."""
    return any(t.lower_ in _SUPPOSING and t.dep_ == "mark" for t in verb.children)


def _subject_of_word(word: Token) -> Token | None:
    """Whom a noun or adjective is about: its subject, its owner, whom it is told of."""
    token = word
    for _ in range(_CLIMB):
        subject = next((t for t in token.children if t.dep_ in SUBJECTS), None)
        if subject is not None:
            return subject
        owner = next((t for t in token.children if t.dep_ == "nmod:poss"), None)
        if owner is not None:
            return owner
        if token.dep_ in SUBJECTS or token.head == token:
            return None
        named = _named_by_call(token)
        if named is not None:
            return named
        if token.dep_ == "acl:relcl" or (token.dep_ == "appos" and token.head.pos_ == "PROPN"):
            return token.head
        token = token.head
    return None


def _named_by_call(predicate: Token) -> Token | None:
    """Called *her* a liar: the object beside a predicate."""
    if predicate.dep_ not in {"xcomp", "obl", "advcl"} or predicate.head.pos_ != "VERB":
        return None
    siblings = (t for t in predicate.head.children if t.dep_ == "obj" and t.i < predicate.i)
    return next(siblings, None)


def _doer(verb: Token) -> Token | None:
    """The subject of a verb, or of the verb that it shares its subject with."""
    token = verb
    for _ in range(_CLIMB):
        subject = subject_of(token)
        if subject is not None:
            return subject
        if token.dep_ == "acl:relcl":
            return token.head
        if token.dep_ not in {"conj", "xcomp", "advcl"} or token.head == token:
            return None
        token = token.head
    return None


def _value(token: Token, for_: frozenset[str], against: frozenset[str]) -> int:
    if _form(token, against):
        return -1
    return 1 if _form(token, for_) else 0


def _form(token: Token, words: frozenset[str]) -> bool:
    """By the form alone for adjectives: "greater security" is no praise of greatness."""
    if token.lower_ in words:
        return True
    return token.pos_ != "ADJ" and token.lemma_.lower() in words


def _is_negated(token: Token) -> bool:
    """Whether a negation stands shortly before a word, in its own clause."""
    negations = open_lexicon("stance").words("negations")
    floor = max(token.sent.start, token.i - _NEGATION_REACH)
    for index in range(token.i - 1, floor - 1, -1):
        before = token.doc[index].lower_
        if before in _BREAKS:
            return False
        if before in negations:
            return True
    return False


@cache
def _phrase_table() -> Mapping[str, tuple[tuple[tuple[str, ...], int], ...]]:
    """The set phrases by their first word, the longest first."""
    lexicon = open_lexicon("stance")
    table: dict[str, list[tuple[tuple[str, ...], int]]] = {}
    for name, value in (("phrases_for", 1), ("phrases_against", -1)):
        for phrase in sorted(lexicon.words(name)):
            words = tuple(phrase.split())
            table.setdefault(words[0], []).append((words, value))
    return {
        first: tuple(sorted(entries, key=lambda entry: -len(entry[0])))
        for first, entries in table.items()
    }


def _phrases(tokens: Sequence[Token]) -> Iterator[tuple[Token, Token, int]]:
    """Where set phrases stand: "*playing politics*" with its first and last token."""
    table = _phrase_table()
    for index, token in enumerate(tokens):
        for words, value in table.get(token.lower_, ()):
            stretch = tokens[index : index + len(words)]
            if tuple(t.lower_ for t in stretch) == words:
                yield stretch[0], stretch[-1], value
                break
