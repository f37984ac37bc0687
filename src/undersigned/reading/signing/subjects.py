"""Who is meant by the words in front of a verb: names, pronouns, "the two", "the senator"."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from undersigned.claims import EntityKind, LocalKey
from undersigned.reading.counts import counts_people, iter_counts
from undersigned.reading.lexicon import open_lexicon
from undersigned.reading.signing.clauses import (
    antecedent,
    is_verb,
    own_clause,
    relative_before,
    words_before,
)
from undersigned.reading.signing.list_items import is_finite
from undersigned.reading.signing.modality import (
    gerund_governor,
    governor_of,
    is_form_of,
    verb_group,
    words_of,
)
from undersigned.reading.signing.name_lists import Listed, read_list

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Span, Token

    from undersigned.reading.counts import Count
    from undersigned.reading.signing.scene import Scene

_NUMBERS: Final = {
    "two": 2,
    "both": 2,
    "pair": 2,
    "duo": 2,
    "three": 3,
    "trio": 3,
    "four": 4,
    "five": 5,
    "six": 6,
}
_SHORTEST_GROUP: Final = 2
_SENTENCES_BACK: Final = 3
"""So far back may the sentence be that numbers "the nurses"."""
_OBJECT_RELATIVES: Final = frozenset({"which", "that", "whom"})
_PRONOUNS: Final = frozenset({"he", "she", "it"})


def subject_of(verb: Token, scene: Scene) -> Span:
    """The words that hold a verb's subject.

    Of a conjoined verb they are those of the verb before it, of an infinitive those of the verb
    that governs it ("refused to sign"); of "who signed" what stands in front.
    """
    relative = relative_before(verb)
    if relative is not None:
        return antecedent(relative, verb, scene.cast)
    governor = governor_of(verb) or gerund_governor(verb)
    if governor is not None and governor.i < verb.i:
        ahead = subject_of(_verb_of(governor), scene)
        companions = _companions(governor, verb)
        return ahead if companions is None else scene.doc[ahead.start : companions.end]
    if not own_clause(verb) and verb.head.i < verb.i and is_verb(verb.head):
        return subject_of(verb.head, scene)
    before = words_before(verb, scene.cast)
    helped = verb.dep_ == "xcomp" and verb.head.i < verb.i and is_verb(verb.head)
    return subject_of(verb.head, scene) if helped and not len(before) else before


def main_of_participle(verb: Token, scene: Scene) -> Token:
    """The "asked" of "They asked the court to act, arguing in a brief that …"; else the verb."""
    doc, start = scene.doc, verb.sent.start
    if verb.tag_ != "VBG" or verb.i <= start + 1 or doc[verb.i - 1].text != ",":
        return verb
    before = (t for t in doc[start : verb.i] if is_finite(t) and scene.cast.at(t) is None)
    found = next(before, verb)
    return found.head if found.dep_.startswith("aux") and found.head.i < verb.i else found


def _companions(governor: Token, verb: Token) -> Span | None:
    """The rest of the subject in "Lee teamed up with Ray and Fox to ask" for something."""
    between = governor.doc[governor.i + 1 : verb.i]
    with_ = next((t for t in between[:3] if t.lower_ == "with"), None)
    to = next((t for t in reversed(between) if t.lower_ == "to"), None)
    joins = is_form_of(governor, words_of("joins"))
    return governor.doc[with_.i : to.i] if with_ is not None and to is not None and joins else None


def _verb_of(governor: Token) -> Token:
    """The verb that a governor stands with: itself, or the "was" of "was the first to sign"."""
    if governor.pos_ == "VERB":
        return governor
    before = governor.doc[governor.sent.start : governor.i]
    return next((t for t in reversed(before) if t.pos_ in {"AUX", "VERB"}), governor)


def people_in(where: Span, scene: Scene) -> tuple[Listed, ...]:
    """The people and organizations that a subject means, in text order; empty where in doubt."""
    where = _after_relative(where)
    listed = [name for part in _joined(where) for name in read_list(part, scene.cast, unknown=True)]
    if listed or not len(where):
        return tuple(listed)
    return (
        _pronoun(where, scene)
        or _the_two(where, scene)
        or _they(where, scene)
        or _noun_phrase(where, scene)
        or _named_members(where, scene)
        or _members_told(where, scene)
    )


def _joined(where: Span) -> list[Span]:
    """Both sides of "Lee has teamed up with Ray"; other words as they are."""
    joins = next((t for t in where if is_form_of(t, words_of("joins")) and t.pos_ == "VERB"), None)
    if joins is None:
        return [where]
    group = verb_group(joins)
    start = group[0].i if group else joins.i
    after = next((t.i for t in where if t.i > joins.i and t.lower_ == "with"), joins.i)
    return [where.doc[where.start : start], where.doc[after + 1 : where.end]]


def _after_relative(where: Span) -> Span:
    """The subject in "the letter, which Ann Lee", where the letter is the object."""
    for token in reversed(where):
        if is_finite(token):
            return where
        if token.lower_ in _OBJECT_RELATIVES and token.i + 1 < where.end:
            return where.doc[token.i + 1 : where.end]
    return where


def _pronoun(where: Span, scene: Scene) -> tuple[Listed, ...]:
    last = where[-1]
    if last.lower_ not in _PRONOUNS:
        return ()
    words = scene.doc[last.i : last.i + 1]
    resolution = scene.cast.resolve(words)
    if resolution is None:
        return _sole_person(words, scene)
    is_body = scene.cast.kind_of(resolution.key) is EntityKind.ORGANIZATION
    return (Listed(resolution.key, words, None),) if is_body == (last.lower_ == "it") else ()


def _sole_person(pronoun: Span, scene: Scene) -> tuple[Listed, ...]:
    """As in "Ann Lee regrets that she did": the only person that the sentence has named."""
    people = _people_at(scene.doc[pronoun.sent.start : pronoun.start], scene)
    if pronoun[0].lower_ == "it" or len(people) != 1:
        return ()
    return (Listed(next(iter(people)), pronoun, None),)


def _the_two(where: Span, scene: Scene) -> tuple[Listed, ...]:
    """As in "The two have signed": the people of the sentence or paragraph before, if just two."""
    number = _NUMBERS.get(where[-1].lower_)
    sentence = where[0].sent
    if number is None or sentence.start == 0 or len(where) > 3:
        return ()
    before = scene.doc[sentence.start - 1]
    block = scene.text.block_of(before)
    for stretch in (before.sent, scene.doc[block.start : sentence.start]):
        people = {key: Listed(key, where, None) for key in _people_at(stretch, scene)}
        if len(people) == number:
            return tuple(people.values())
    return ()


def _people_at(stretch: Span, scene: Scene) -> dict[LocalKey, Token]:
    """The people named in a stretch of text, in text order, with where they first are."""
    people: dict[LocalKey, Token] = {}
    for token in stretch:
        key = scene.cast.at(token)
        if key is not None and scene.cast.kind_of(key) is EntityKind.PERSON:
            people.setdefault(key, token)
    return people


def _they(where: Span, scene: Scene) -> tuple[Listed, ...]:
    """As in "Lee and Ray are angry. They are among 40 who signed."."""
    sentence = where[0].sent
    if where[-1].lower_ != "they" or sentence.start == 0:
        return ()
    before = scene.doc[sentence.start - 1].sent
    verb = next((t for t in before if is_finite(t) and scene.cast.at(t) is None), None)
    listed = [] if verb is None else read_list(scene.doc[before.start : verb.i], scene.cast)
    return tuple(listed) if len(listed) > 1 else ()


def _noun_phrase(where: Span, scene: Scene) -> tuple[Listed, ...]:
    """As in "The senator signed": a definite noun phrase that the article explains."""
    doc, end = where.doc, where.end
    while end > where.start and doc[end - 1].pos_ in {"PUNCT", "ADV"}:
        end -= 1
    start = end - 1
    while start > where.start and doc[start].pos_ in {"NOUN", "ADJ", "PROPN"}:
        start -= 1
    if start > where.start and doc[start - 1].pos_ == "ADP":
        return ()
    if end - start < 2 or doc[start].lower_ != "the" or doc[end - 1].tag_ not in {"NN", "NNP"}:
        return ()
    phrase = doc[start:end]
    resolution = scene.cast.resolve(phrase)
    if resolution is None or scene.cast.kind_of(resolution.key) not in {
        EntityKind.PERSON,
        EntityKind.ORGANIZATION,
    }:
        return ()
    return (Listed(resolution.key, phrase, None),)


def _members_told(where: Span, scene: Scene) -> tuple[Listed, ...]:
    """As in "Acme and Bolt are among 41 firms that object. In a letter, the firms say …"."""
    group = group_taken_up(where)
    if group is None:
        return ()
    for count in counts_before(group):
        before = count.figure.sent
        verb = next((t for t in before if is_finite(t) and scene.cast.at(t) is None), None)
        if verb is None or all(t.lower_ != group.lower_ for t in before):
            continue
        among = verb.i + 1 < before.end and verb.nbor(1).lower_ in {"among", "amongst"}
        if among or count.words.end <= verb.i:
            return tuple(read_list(scene.doc[before.start : verb.i], scene.cast))
    return _couple(group, where, scene)


def _couple(group: Token, where: Span, scene: Scene) -> tuple[Listed, ...]:
    """As in "Ann Lee and Bob Ray were glad. In a joint statement, the scholars said …"."""
    companions = open_lexicon("nominals").words("companions")
    if group.lower_ not in companions or group.sent.start == 0:
        return ()
    before = scene.doc[group.sent.start - 1].sent
    couple = scene.cast.couple_before(group)
    counted = any(counts_people(c) and c.number > 1 for c in iter_counts(before))
    opens = scene.cast.at(before[0]) in couple and set(couple) <= set(_people_at(before, scene))
    return () if counted or not opens else tuple(Listed(key, where, None) for key in couple)


def group_taken_up(where: Span) -> Token | None:
    """The plural noun of "the big firms", "the firms, led by Acme"; None for other words."""
    if len(where) < _SHORTEST_GROUP or where[0].lower_ not in {"the", "these"}:
        return None
    noun = next((t for t in where[1:] if t.pos_ not in {"ADJ", "PROPN"}), where[1])
    rest = where.doc[noun.i + 1 : where.end]
    collective = noun.lower_ in open_lexicon("signing").words("groups")
    plural = noun.tag_ in {"NNS", "NNPS"} or collective
    return noun if plural and (not len(rest) or rest[0].text == ",") else None


def counts_before(group: Token) -> Iterator[Count]:
    """The numbers of people in the sentences before a group is taken up, the nearest first."""
    doc, end = group.doc, group.sent.start
    for _ in range(_SENTENCES_BACK):
        if not end:
            return
        sentence = doc[end - 1].sent
        yield from (c for c in iter_counts(sentence) if counts_people(c) and c.number > 1)
        end = sentence.start


def _named_members(where: Span, scene: Scene) -> tuple[Listed, ...]:
    """As in "Lee, Ray and other actors are angry. More than 300 actors have signed"."""
    noun = next((t for t in where if t.tag_ == "NNS"), None)
    sentence = where[0].sent
    if noun is None or sentence.start <= scene.text.block_of(sentence[0]).start:
        return ()
    before = scene.doc[sentence.start - 1].sent
    other = next((t for t in before if t.lower_ == "other"), None)
    if other is None or all(
        t.lower_ != noun.lower_ for t in scene.doc[other.i : min(other.i + 7, before.end)]
    ):
        return ()
    return tuple(read_list(scene.doc[before.start : other.i], scene.cast))
