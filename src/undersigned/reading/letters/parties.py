"""A noun phrase as an addressee: whom "the prime minister, Ann Lee" or "AI companies" means."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from undersigned.claims import EntityKind, LocalKey
from undersigned.reading.lexicon import open_lexicon
from undersigned.reading.signing.days import DAYS
from undersigned.reading.signing.name_lists import Listed, read_list
from undersigned.reading.signing.scene import Scene, letter_words, signing_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Span, Token

_ENDS: Final = frozenset({".", ";", ":", "“", "”", '"', "(", "—", "–"})
_PREPOSITIONS: Final = frozenset(
    [
        "to",
        "for",
        "on",
        "over",
        "about",
        "by",
        "after",
        "in",
        "at",
        "with",
        "against",
        "from",
        "calling",
    ]
)
_PREPOSITION_TAGS: Final = frozenset({"ADP", "PART", "SCONJ", "VERB"})
_NOUNS: Final = frozenset({"NN", "NNS", "NNP", "NNPS"})
"""Tags of nouns, which hold where the coarse tag says otherwise ("to *board* chairs")."""
_TIMES: Final = frozenset({"week", "month", "year", "morning"})
_TITLES: Final = frozenset({"president", "governor", "mayor", "minister", "mr.", "ms.", "mrs."})
_LOOK_AHEAD: Final = 9


@dataclass(frozen=True, slots=True)
class Party:
    """An addressee or organizer, and the words that name it and say so."""

    key: LocalKey
    words: tuple[Span | Token, ...]
    rule: str
    confidence: float


def phrase_after(marker: Token) -> Span:
    """The noun phrase after a preposition or verb, up to a verb, a full stop or another phrase."""
    doc, start = marker.doc, marker.i + 1
    end, stop = start, marker.sent.end
    while end < stop:
        token = doc[end]
        if token.text in _ENDS or (token.pos_ in {"SCONJ", "PRON"} and token.tag_ != "PRP$"):
            break
        if (
            token.pos_ in {"VERB", "AUX"}
            and token.ent_type_ == ""
            and token.tag_ not in _NOUNS
            and not _modifies(token)
        ):
            break
        preposition = token.lower_ in _PREPOSITIONS and token.pos_ in _PREPOSITION_TAGS
        if preposition and not _is_in_title(token, start):
            break
        if token.lower_ in DAYS or (token.text == "," and not _goes_on(token)):
            break
        if (
            token.lower_ in {"this", "last", "earlier"}
            and end + 1 < stop
            and doc[end + 1].lower_ in _TIMES | {"this"}
        ):
            break
        end += 1
    while end > start and doc[end - 1].lower_ in {",", "and", "that", "-"}:
        end -= 1
    return doc[start:end]


def _is_in_title(token: Token, start: int) -> bool:
    """The "for" of "Minister for Social Protection Ann Lee", "secretary of state for Wales"."""
    offices = open_lexicon("titles").all_words() | signing_words("offices") | {"state"}
    office = token.i > start and token.nbor(-1).lower_ in offices
    return token.lower_ == "for" and office and token.nbor(1).text[:1].isupper()


def _goes_on(comma: Token) -> bool:
    """Whether a list or a naming apposition goes on after a comma."""
    if comma.i + 1 >= comma.sent.end:
        return False
    following = comma.nbor(1)
    return following.pos_ in {"PROPN", "NOUN", "CCONJ"} or (
        following.pos_ in {"DET", "ADJ"} and following.lower_ not in {"which", "that"}
    )


def _modifies(token: Token) -> bool:
    """A participle in front of a noun ("elected officials", "the governing body")."""
    begins = token.i and token.nbor(-1).pos_ in {"DET", "ADJ", "ADP", "PART"}
    if token.tag_ == "VBG" and not begins:
        return False
    following = token.nbor(1) if token.i + 1 < token.sent.end else None
    return (
        token.tag_ in {"VBN", "VBG"}
        and following is not None
        and following.pos_ in {"NOUN", "PROPN"}
    )


def starts_noun_phrase(marker: Token) -> bool:
    """Whether a noun phrase, not an infinitive, follows "to"."""
    if marker.i + 1 >= marker.sent.end:
        return False
    following = marker.nbor(1)
    nominal = following.pos_ in {"DET", "PROPN", "NOUN", "ADJ", "NUM"} or following.tag_ in _NOUNS
    return nominal and following.tag_ != "VB"


def parties_in(
    phrase: Span, scene: Scene, words: tuple[Token, ...], rule: str, confidence: float
) -> Iterator[Party]:
    """Those whom a phrase names; else what it means; else the phrase itself as a group."""
    if not len(phrase):
        return
    body = _one_body(phrase, scene)
    if body is not None:
        yield Party(
            scene.cast.ensure(body, EntityKind.ORGANIZATION), (*words, body), rule, confidence
        )
        return
    named = _named(phrase, scene)
    for listed in named:
        yield Party(listed.key, (*words, listed.words), rule, confidence)
    beside = _group_beside(phrase, named, scene)
    if beside is not None:
        yield _group(beside, scene, words, rule, confidence)
    if named or phrase[0].tag_ == "PRP$":
        return
    known = _known(phrase, scene)
    if known is not None:
        yield Party(known, (*words, phrase), rule, confidence - 0.1)
    elif any(t.pos_ == "NOUN" or t.pos_ == "PROPN" for t in phrase) and not phrase[0].is_digit:
        for group in _groups(phrase):
            yield _group(group, scene, words, rule, confidence)


def _group(
    phrase: Span, scene: Scene, words: tuple[Token, ...], rule: str, confidence: float
) -> Party:
    key = _spoken_of(phrase, scene) or scene.cast.ensure(phrase, EntityKind.GROUP)
    return Party(key, (*words, phrase), rule, confidence - 0.1)


def _spoken_of(phrase: Span, scene: Scene) -> LocalKey | None:
    """The port authority that "the authority" means, where a letter went to it before."""
    if len(phrase) != 2 or phrase[0].lower_ != "the":
        return None
    noun = f" {phrase[1].lower_}"
    groups = [m for m in scene.cast.members() if m.kind is EntityKind.GROUP]
    return next((m.key for m in groups if m.name.lower().endswith(noun)), None)


def _group_beside(phrase: Span, named: list[Listed], scene: Scene) -> Span | None:
    """The board in "to Ann Lee and the board": a nameless item after the last name."""
    if not named:
        return None
    rest = phrase.doc[named[-1].words.end : phrase.end]
    opens = next((t.i for t in rest if t.lower_ == "and"), None)
    item = rest[0:0] if opens is None else phrase.doc[opens + 1 : phrase.end]
    noun = len(item) > 1 and item[0].lower_ == "the" and item[-1].tag_ in {"NN", "NNS"}
    between = phrase.doc[named[-1].words.end : item.start]
    plain = all(t.text == "," or t.lower_ == "and" for t in between)
    return item if noun and plain and all(scene.cast.at(t) is None for t in item) else None


def _groups(phrase: Span) -> list[Span]:
    """The items of "schools, clinics and other employers"; else the phrase without apposition."""
    doc, start = phrase.doc, phrase.start
    items: list[Span] = []
    for i in range(phrase.start, phrase.end + 1):
        if i == phrase.end or doc[i].text == "," or doc[i].lower_ == "and":
            items.append(_without_quantifier(doc[start:i]))
            start = i + 1
    items = [item for item in items if len(item)]
    if len(items) > 1 and all(item[-1].tag_ == "NNS" for item in items):
        return items
    return [_without_quantifier(_without_apposition(phrase))]


def _without_quantifier(words: Span) -> Span:
    """The group in "all schools", "other employers"."""
    start = words.start
    while start < words.end - 1 and words.doc[start].lower_ in {"all", "other", "every"}:
        start += 1
    return words.doc[start : words.end]


def _one_body(phrase: Span, scene: Scene) -> Span | None:
    """As in "the Guild Leadership and Negotiating Committee": one "the", capitals throughout."""
    words = phrase[1:] if phrase[0].lower_ == "the" else phrase[:0]
    capital = all(t.text[:1].isupper() or t.lower_ in {"and", "-"} for t in words)
    halves = [t for t in words if t.lower_ == "and"]
    if len(words) < 4 or not capital or len(halves) != 1 or words[-1].tag_ in {"NNS", "NNPS"}:
        return None
    before = scene.doc[halves[0].i - 1]
    return (
        words
        if scene.cast.at(before) is None or scene.cast.at(before) == scene.cast.at(words[-1])
        else None
    )


def _named(phrase: Span, scene: Scene) -> list[Listed]:
    return read_list(phrase, scene.cast) or _at_home(phrase, scene) or _name_ahead(phrase, scene)


def _at_home(phrase: Span, scene: Scene) -> list[Listed]:
    """Ann Lee in "sent to Ann Lee's office"."""
    doc, last = phrase.doc, phrase[-1]
    if last.lower_ not in letter_words("homes") or len(phrase) < 3 or doc[last.i - 1].tag_ != "POS":
        return []
    return read_list(doc[phrase.start : last.i - 1], scene.cast)


def _name_ahead(phrase: Span, scene: Scene) -> list[Listed]:
    """Ann Lee in "the attorney for the district, Ann Lee"."""
    doc, start = phrase.doc, phrase.end
    if phrase[0].lower_ != "the" or phrase[-1].tag_ not in {"NN", "NNP"}:
        return []
    for token in doc[start : min(start + _LOOK_AHEAD, phrase.sent.end)]:
        if token.pos_ in {"VERB", "AUX"} or token.text in _ENDS:
            return []
        if (
            token.text == ","
            and token.i + 1 < phrase.sent.end
            and scene.cast.at(token.nbor(1)) is not None
        ):
            return read_list(phrase_after(token), scene.cast)[:1]
    return []


def _known(phrase: Span, scene: Scene) -> LocalKey | None:
    """An organization or person of the cast that a nameless phrase means."""
    words = {t.lower_ for t in phrase if t.pos_ not in {"DET", "PART", "PUNCT"}}
    for member in scene.cast.members():
        name = {w.lower() for w in member.name.split()}
        if (
            member.kind is EntityKind.ORGANIZATION
            and len(name) > 1
            and name <= words <= name | _TITLES
        ):
            return member.key
    resolution = scene.cast.resolve(phrase)
    if resolution is None or _is_named_before(resolution.key, phrase, scene):
        return None
    return resolution.key


def _is_named_before(key: LocalKey, phrase: Span, scene: Scene) -> bool:
    """As in "Judge Ann Lee wrote to the chief justice": whoever writes is not whom they address."""
    return any(scene.cast.at(t) == key for t in scene.doc[phrase.sent.start : phrase.start])


def _without_apposition(phrase: Span) -> Span:
    comma = next((t.i for t in phrase if t.text == ","), None)
    return phrase if comma is None else phrase.doc[phrase.start : comma]
