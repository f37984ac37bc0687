"""Whether a signing took place: negation, refusal, plans, hedges, forgery."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Final

from undersigned.claims import Certainty, SignatureStatus
from undersigned.reading.lexicon import open_lexicon

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

_GROUP_POS: Final = frozenset({"AUX", "ADV", "PART"})
_QUOTES: Final = frozenset({"“", "”", '"', "‘", "’", "'", "``", "''"})
_LONGEST_CLAUSE: Final = 8
"""So many tokens at most stand between "that" and the verb of its clause."""
_BE: Final = frozenset({"is", "are", "was", "were", "been", "being"})
_HAVE: Final = frozenset({"have", "has", "had", "having", "’ve", "'ve"})


@dataclass(frozen=True, slots=True)
class Modality:
    """What became of a signing by the source's words, and the words that say so (may be empty)."""

    status: SignatureStatus = SignatureStatus.REPORTED
    certainty: Certainty = Certainty.STATED
    words: tuple[Token, ...] = ()


def words_of(list_name: str) -> frozenset[str]:
    """A word list of the hedges lexicon."""
    return open_lexicon("hedges").words(list_name)


def is_form_of(token: Token, words: frozenset[str]) -> bool:
    """Whether a verb is a form of one of some verbs, also where the lemmatizer does not know it."""
    return not words.isdisjoint(_stems(token.lower_)) or token.lemma_.lower() in words


def forms_of(token: Token) -> frozenset[str]:
    """A token's word, its lemma, and what its endings let it be a form of, in lower case."""
    stems = _stems(token.lower_)
    lemma = token.lemma_.lower()
    return stems if lemma in stems else stems | {lemma}


@lru_cache(maxsize=1 << 15)
def _stems(form: str) -> frozenset[str]:
    """What a form may be one of, by its endings: of "planned" among others "plan"."""
    stems = {form, *(form.removesuffix(end) for end in ("ed", "d", "s", "es", "ing"))}
    undoubled = {stem[:-1] for stem in stems if stem[-1:] == stem[-2:-1]}
    return frozenset(stems | {f"{stem}e" for stem in stems} | undoubled)


def verb_start(verb: Token) -> int:
    """Where a verb starts, the "co-" of "co-signed" included."""
    doc, i = verb.doc, verb.i
    return i - 2 if i > 1 and doc[i - 1].text == "-" and doc[i - 2].lower_ == "co" else i


def verb_group(verb: Token) -> list[Token]:
    """Auxiliaries, adverbs and negations directly before a verb, in text order.

    Commas around adverbs are skipped ("who, reportedly, had not signed").
    """
    found: list[Token] = []
    for i in range(verb_start(verb) - 1, verb.sent.start - 1, -1):
        token = verb.doc[i]
        has = token.lower_ in _HAVE and token.pos_ == "VERB"
        since = token.lower_ == "since" and token.i > 0 and token.nbor(-1).lower_ in _HAVE
        if has or since or token.pos_ in _GROUP_POS or token.lower_ in _in_group():
            found.append(token)
        elif token.text == "," and i > 0 and verb.doc[i - 1].pos_ in {"ADV", "AUX"} and found:
            continue
        else:
            break
    return found[::-1]


@cache
def _in_group() -> frozenset[str]:
    return words_of("negations") | words_of("hedge-words")


def is_passive(verb: Token) -> bool:
    """As in "she was named", "they have been called", by the parse or by the words before."""
    by_parse = any(t.dep_.endswith(":pass") for t in verb.children)
    being = any(t.lemma_.lower() == "be" or t.lower_ in _BE for t in verb_group(verb))
    return by_parse or (verb.tag_ == "VBN" and being)


def modality_of(verb: Token) -> Modality | None:
    """The modality of a verb of signing; None where no signing is said to have happened or not.

    "plans to sign", "will sign", "urged others to sign", "if he signs" give None; "did not sign"
    is denied, "refused to sign" declined, "denied signing" a denial, "reportedly signed" hedged.
    """
    if _in_scare_quotes(verb):
        return None
    group = verb_group(verb)
    governor = governor_of(verb)
    if governor is not None:
        return _governed(verb, governor, group)
    if verb.tag_ == "VBG" and not any(t.pos_ == "AUX" for t in group):
        return _gerund(verb)
    return _plain(verb, group)


def of_the_list(where: Span, modality: Modality) -> Modality:
    """The modality with the negation of the list itself: "neither Lee nor Ray signed"."""
    negation = next((t for t in where[:2] if t.lower_ in {"neither", "not"}), None)
    if negation is None or modality.status is not SignatureStatus.REPORTED:
        return modality
    return Modality(SignatureStatus.DENIED, Certainty.DENIED, (negation,))


def _in_scare_quotes(verb: Token) -> bool:
    """'She “signed” the letter': the article does not mean it."""
    doc = verb.doc
    return 0 < verb.i < len(doc) - 1 and all(
        doc[i].text in _QUOTES for i in (verb.i - 1, verb.i + 1)
    )


def _plain(verb: Token, group: list[Token]) -> Modality | None:
    if (
        _is_asked(verb)
        or any(t.lower_ in words_of("modals") for t in group)
        or _is_conditional(verb)
    ):
        return None
    negations = [t for t in group if t.lower_ in words_of("negations")]
    if negations:
        return Modality(SignatureStatus.DENIED, Certainty.DENIED, tuple(negations))
    denier = _denier_above(verb)
    if denier is not None:
        return Modality(SignatureStatus.DENIED, Certainty.DENIED, (denier,))
    hedges = _hedges(verb, group)
    if hedges:
        return Modality(certainty=Certainty.REPORTED, words=hedges)
    return Modality()


def _denier_above(verb: Token) -> Token | None:
    """The "denied" of "Her office denied that she had signed"; None for "did not deny that"."""
    that = next(
        (t for t in reversed(verb.doc[verb.sent.start : verb.i]) if t.lower_ == "that"), None
    )
    if that is None or that.i == verb.sent.start or verb.i - that.i > _LONGEST_CLAUSE:
        return None
    denier = that.nbor(-1)
    negated = any(t.lower_ in words_of("negations") for t in verb_group(denier))
    return denier if is_form_of(denier, words_of("denies")) and not negated else None


def _hedges(verb: Token, group: list[Token]) -> tuple[Token, ...]:
    words = words_of("hedge-words")
    after = [t for t in verb.doc[verb.i + 1 : verb.i + 2] if t.lower_ in words]
    found = [t for t in group if t.lower_ in words] or after
    if found:
        return tuple(found)
    sentence = verb.sent
    lowered = sentence.text.lower()
    for phrase in sorted(words_of("hedge-phrases")):
        at = lowered.find(phrase)
        if at >= 0:
            span = sentence.char_span(at, at + len(phrase), alignment_mode="expand")
            return tuple(span) if span is not None else ()
    return ()


def _is_asked(verb: Token) -> bool:
    sentence = verb.sent
    return sentence[-1].text == "?" or (len(sentence) > 1 and sentence[-2].text == "?")


def _is_conditional(verb: Token) -> bool:
    """Whether "if", "whether" or "unless" opens the clause."""
    for i in range(verb.i - 1, max(verb.sent.start, verb.i - 8) - 1, -1):
        token = verb.doc[i]
        if token.lower_ in {"if", "whether", "unless", "until", "should"}:
            return True
        if token.tag_ in {"VBD", "VBZ", "VBP"} and token.pos_ == "VERB":
            return False
    return False


def governor_of(verb: Token) -> Token | None:
    """The verb, adjective or noun that an infinitive depends on ("refused to sign"); else None."""
    to = next((t for t in verb_group(verb) if t.lower_ == "to"), None)
    if to is None:
        return None
    for i in range(to.i - 1, max(verb.sent.start, to.i - 7) - 1, -1):
        token = verb.doc[i]
        attributive = token.pos_ == "ADJ" and token.nbor(1).pos_ in {"NOUN", "PROPN"}
        if token.lower_ in words_of("negations") or attributive:
            continue
        if token.pos_ in {"VERB", "ADJ", "AUX"} or token.lemma_.lower() in _governors():
            return token
    return verb.head if verb.head.i < verb.i else to


def _governors() -> frozenset[str]:
    return words_of("declines") | words_of("carries-out") | words_of("omits")


def _governed(verb: Token, governor: Token, group: list[Token]) -> Modality | None:
    lemma = governor.lemma_.lower()
    perfect = any(t.lower_ in _HAVE for t in group)
    between = verb.doc[governor.i + 1 : verb.i]
    negations = [t for t in between if t.lower_ in words_of("negations")]
    outer = _plain(governor, verb_group(governor))
    if lemma in words_of("declines"):
        if outer is None:
            return None
        return Modality(SignatureStatus.DECLINED, Certainty.STATED, (governor,))
    if lemma in words_of("omits"):
        return Modality(SignatureStatus.DENIED, Certainty.DENIED, (governor,))
    if negations:
        if perfect or lemma in {"choose", "decide", "opt", "elect", "prefer", "vow"}:
            status = SignatureStatus.DENIED if perfect else SignatureStatus.DECLINED
            certainty = Certainty.DENIED if perfect else Certainty.STATED
            return Modality(status, certainty, (governor, *negations))
        return None
    if perfect and lemma in words_of("hedge-verbs"):
        return Modality(certainty=Certainty.REPORTED, words=(governor,))
    if lemma in words_of("denies"):
        return Modality(SignatureStatus.DENIED, Certainty.DENIED, (governor,))
    if is_form_of(governor, words_of("joins")):
        return outer
    if lemma in words_of("carries-out") and governor.pos_ != "AUX" and _object_free(between):
        return outer
    return None


def _object_free(between: Span) -> bool:
    """Whether no one else stands between governor and infinitive ("asked others to sign")."""
    return not any(t.pos_ in {"PROPN", "PRON"} for t in between)


def _gerund(verb: Token) -> Modality | None:
    """The modality of "signing" in "denied signing", "regretted having signed"."""
    governor = gerund_governor(verb)
    if governor is None:
        return None
    if is_form_of(governor, words_of("denies")):
        return Modality(SignatureStatus.DENIED, Certainty.DENIED, (governor,))
    negations = [t for t in verb_group(verb) if t.lower_ in words_of("negations")]
    return None if negations or not is_form_of(governor, words_of("regrets")) else Modality()


def gerund_governor(verb: Token) -> Token | None:
    """The verb or preposition that "signing" follows; None for other forms of the verb."""
    if verb.tag_ != "VBG":
        return None
    for i in range(verb.i - 1, max(verb.sent.start, verb.i - 4) - 1, -1):
        token = verb.doc[i]
        if token.pos_ in {"VERB", "ADP", "SCONJ"} or is_form_of(
            token, words_of("denies") | words_of("regrets")
        ):
            return token
    return None
