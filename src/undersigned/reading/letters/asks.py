"""What a letter is about, what it asks for, and what it answers."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from undersigned.reading.signing.clauses import words_after
from undersigned.reading.signing.days import DAYS
from undersigned.reading.signing.name_lists import read_list
from undersigned.reading.signing.scene import Scene, is_form_of, letter_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Span, Token

    from undersigned.claims import LocalKey
    from undersigned.reading.letters.mentions import LetterMention


_SUBORDINATING: Final = frozenset({"that", "who", "which", "what", "when", "where", "if", "as"})


@dataclass(frozen=True, slots=True)
class Asked:
    """A topic or demand as printed, and the word that introduces it."""

    words: Span
    cue: Span
    rule: str


@dataclass(frozen=True, slots=True)
class Answered:
    """Whom or what a letter answers, and the words that say so."""

    key: LocalKey
    words: tuple[Span | Token, ...]


def topics(mention: LetterMention) -> Iterator[Asked]:
    """As in "an open letter about school meals"; "a petition against the road"."""
    head = mention.head
    for token in head.doc[head.i + 1 : min(head.i + 14, head.sent.end)]:
        if token.text in {".", ";", ",", "“", "”"} or token.tag_ in {"VBD", "VBZ", "VBP"}:
            return
        if token.lower_ in {
            "about",
            "on",
            "over",
            "concerning",
            "regarding",
            "against",
            "for",
        } and token.pos_ in {"ADP", "VERB"}:
            if token.nbor(-1).pos_ == "VERB":
                return
            words = _phrase_after(token)
            if len(words) and not _is_time(words):
                yield Asked(words, head.doc[token.i : token.i + 1], "letter-about")
            return


def demands(mention: LetterMention) -> Iterator[Asked]:
    """As in "The letter urges Congress to act."; "a letter calling for a ban"."""
    head = mention.head
    for verb in head.doc[head.i + 1 : min(head.i + 14, head.sent.end)]:
        if verb.text in {".", ";", "”"}:
            return
        if verb.pos_ != "VERB" or not is_form_of(verb, letter_words("demands")):
            continue
        if verb.head == head or verb == head.head or verb.dep_.startswith("acl"):
            words = _clause_after(verb)
            if len(words):
                yield Asked(words, head.doc[verb.i : verb.i + 1], "letter-demands")
            return


def answers(mention: LetterMention, scene: Scene) -> Iterator[Answered]:
    """As in "The letter is in response to submissions placed by Acme and Bolt."."""
    sentence = mention.head.sent
    marker = _answer_marker(sentence)
    if marker is None or not _about_letter(mention, marker):
        following = _said_of_it(mention, scene)
        marker = None if following is None else _answer_marker(following)
    if marker is None or marker.end >= marker.sent.end:
        return
    after = words_after(marker[-1])
    own = scene.letter_at(mention.head)
    seen: set[LocalKey] = set()
    for token in after:
        for key in scene.letters_at(token):
            if key != own and key not in seen:
                seen.add(key)
                yield Answered(key, (marker, token))
    for listed in _actors(after, scene):
        if listed[0] not in seen:
            seen.add(listed[0])
            yield Answered(listed[0], (marker, listed[1]))


def _said_of_it(mention: LetterMention, scene: Scene) -> Span | None:
    """The next sentence, if it opens with "It" for the letter: nothing else is singular there."""
    end = mention.head.sent.end
    if end >= len(scene.doc) or scene.doc[end].lower_ not in {"it", "this"}:
        return None
    sentence, last = scene.doc[end].sent, None
    for token in mention.head.sent:
        last = scene.letter_at(token) or last
    same = scene.text.block_of(sentence[0]) == scene.text.block_of(mention.head)
    return sentence if same and last == scene.letter_at(mention.head) else None


def _actors(after: Span, scene: Scene) -> Iterator[tuple[LocalKey, Span]]:
    """Whose document or act is answered: "by Acme and Bolt", "Acme's plan", "to Acme"."""
    doc = after.doc
    for token in after:
        if token.text in {".", ";", ","}:
            return
        if token.lower_ in {"by", "from", "of", "that", "which"}:
            for listed in read_list(words_after(token), scene.cast):
                yield listed.key, listed.words
            return
        key = scene.cast.at(token)
        if key is not None:
            end = token.i + 1
            while end < after.end and scene.cast.at(doc[end]) == key:
                end += 1
            yield key, doc[token.i : end]
            if end < after.end and doc[end].tag_ == "POS":
                return
            for listed in read_list(doc[end : after.end], scene.cast):
                yield listed.key, listed.words
            return


def _answer_marker(sentence: Span) -> Span | None:
    lowered = sentence.text.lower()
    for phrase in sorted(letter_words("answers"), key=len, reverse=True):
        found = re.search(rf"\b{re.escape(phrase)}\b", lowered)
        if found is not None:
            return sentence.char_span(*found.span(), alignment_mode="expand")
    return _answering_verb(sentence)


def _answering_verb(sentence: Span) -> Span | None:
    """As in "It answers proposals by Acme"; no noun, as in "it has no answers"."""
    verbs = letter_words("answering")
    verb = next((t for t in sentence if t.lower_ in verbs and t.pos_ == "VERB"), None)
    return None if verb is None else sentence.doc[verb.i : verb.i + 1]


def _about_letter(mention: LetterMention, marker: Span) -> bool:
    """Whether it is the letter that answers: it stands before the marker in the same sentence."""
    return mention.head.i < marker.start or marker.start == mention.head.sent.start


def _phrase_after(token: Token) -> Span:
    doc, end = token.doc, token.i + 1
    while end < token.sent.end and doc[end].text not in {",", ".", ";", "”", "“", "—", "–", ":"}:
        if doc[end].tag_ in {"VBD", "VBZ", "VBP", "MD"} and doc[end].pos_ in {"VERB", "AUX"}:
            break
        end += 1
    return doc[token.i + 1 : end]


def _is_time(words: Span) -> bool:
    return words[0].lower_ in DAYS or (
        words.text.lower().startswith(("behalf", "its list", "the list"))
    )


def _ends_clause(token: Token) -> bool:
    """Whether a finite verb follows a comma: the sentence goes on with its own verb."""
    return token.pos_ in {"VERB", "AUX"} and token.tag_ in {"VBD", "VBZ", "VBP"}


def _is_main_verb(token: Token, verb: Token) -> bool:
    """The "was" of "a petition calling on Acme to wait was handed in", in no clause of its own."""
    if not _ends_clause(token) or verb.tag_ != "VBG":
        return False
    if verb.head.dep_.startswith("nsubj") and token in (verb.head.head, *verb.head.head.children):
        return True
    between = verb.doc[verb.i + 1 : token.i]
    return not any(t.lower_ in _SUBORDINATING for t in between)


def _clause_after(verb: Token) -> Span:
    doc, start, end = verb.doc, verb.i + 1, verb.i + 1
    while end < verb.sent.end and doc[end].text not in {".", ";", "”", ":"}:
        if (
            doc[end].text == ","
            and end + 1 < verb.sent.end
            and (
                doc[end + 1].lower_ in {"which", "who", "and", "the", "said", "but", "according"}
                or _ends_clause(doc[end + 1])
            )
        ):
            break
        if _is_main_verb(doc[end], verb):
            break
        end += 1
    return doc[start:end]
