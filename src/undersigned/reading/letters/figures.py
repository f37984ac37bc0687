"""How many signed: the figures that an article gives for a letter."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from undersigned.reading.counts import Count, counts_people, iter_counts
from undersigned.reading.lexicon import open_lexicon
from undersigned.reading.signing.list_items import is_finite
from undersigned.reading.signing.modality import words_of
from undersigned.reading.signing.scene import (
    Scene,
    Signing,
    is_form_of,
    is_signer_noun,
    is_signing_verb,
    signing_words,
)
from undersigned.reading.signing.subjects import counts_before, group_taken_up
from undersigned.source import BlockKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from spacy.tokens import Span, Token

    from undersigned.claims import LocalKey

_LISTS_OF: Final = (
    "on the list of",
    "on its list of",
    "on a list of",
    "above the names of",
    "under the names of",
    "over the names of",
    "with the names of",
    "the signatures of",
)
_SUBSET_WORDS: Final = 7
_FEW: Final = 12
_SINGLING_OUT: Final = frozenset(
    {"the", "first", "top", "other", "these", "those", "all", "last", "another", "only"}
)


@dataclass(frozen=True, slots=True)
class Figure:
    """A number of signers of one letter."""

    letter: LocalKey
    count: Count
    rule: str
    confidence: float


def find_figures(scene: Scene, signings: Sequence[Signing]) -> Iterator[Figure]:
    """Every number of signers, each number of a letter once a sentence, in text order."""
    if not scene.letters:
        return
    found: dict[tuple[LocalKey, int], Figure] = {}
    for figure in [*_by_noun(scene), *_by_signing(scene, signings), *_by_level(scene)]:
        at = (figure.letter, figure.count.figure.start)
        if at not in found or found[at].confidence < figure.confidence:
            found[at] = figure
    if all(letter != scene.main for letter, _ in found):
        found.update({(f.letter, f.count.figure.start): f for f in _by_lead(scene)})
    many = {figure.letter for figure in found.values() if figure.count.number > _FEW}
    for at in sorted(found, key=lambda key: key[1]):
        # "Five signatories spoke at the rally": a few of the hundreds told of elsewhere.
        if found[at].count.number > _FEW or found[at].letter not in many:
            yield found[at]


def _by_noun(scene: Scene) -> Iterator[Figure]:
    """As in "1,344 signatories", "over 1,100 names", "12,000 signatures"."""
    for sentence in scene.doc.sents:
        for count in iter_counts(sentence):
            if _is_size(count):
                letter = scene.letter_near(count.figure[0])
                if letter is not None:
                    yield Figure(letter, count, "number-of-signers", 0.95)
                continue
            if not counts_people(count) or _is_part(count):
                continue
            following = scene.doc[count.words.end : min(count.words.end + 5, sentence.end)]
            noun = next(
                (t for t in following if t.tag_ in {"NNS", "NNPS"} or is_signer_noun(t)), None
            )
            if noun is None or any(
                t.pos_ in {"VERB", "ADP", "PUNCT"} and t.tag_ != "HYPH"
                for t in following
                if t.i < noun.i
            ):
                continue
            listed = noun.lower_ in signing_words("signatures")
            had = _behind(noun, scene) or _is_had(noun, scene)
            if not (is_signer_noun(noun) or listed or had or _is_on_list(count)):
                continue
            letter = scene.letter_near(noun)
            if letter is not None:
                yield Figure(letter, count, "number-of-signers", 0.95)


def _by_lead(scene: Scene) -> Iterator[Figure]:
    """As in "As many as 118 scientists have urged the minister to wait.", at the top of a report.

    Only where the article tells no number of signers otherwise.
    """
    paragraph = next((b for b in scene.text.blocks if b.block.kind is BlockKind.PARAGRAPH), None)
    if paragraph is None or scene.main is None:
        return
    lead = scene.doc[paragraph.start].sent
    verb = next((t for t in lead if is_finite(t) and scene.cast.at(t) is None), None)
    subject = lead[:0] if verb is None else scene.doc[lead.start : verb.i]
    for count in iter_counts(subject):
        if counts_people(count) and count.number > 2 and _counts_a_group(count):
            yield Figure(scene.main, count, "number-in-the-lead", 0.6)
        return


def _is_on_list(count: Count) -> bool:
    """As in "She is on the list of 120 acts"."""
    before = count.figure.doc[
        max(count.figure.sent.start, count.words.start - 4) : count.words.start
    ]
    return before.text.lower().endswith(_LISTS_OF)


def _number_before(where: Span) -> Count | None:
    """As in "A group of 62 nurses is angry. In an open letter, they say …"."""
    start = where[0].sent.start
    before = where.doc[start - 1].sent if start else where.doc[0:0]
    verb = next((t for t in before if is_finite(t)), None)
    subject = before[:0] if verb is None else where.doc[before.start : verb.i]
    return next((c for c in iter_counts(subject) if counts_people(c) and c.number > 1), None)


def _by_level(scene: Scene) -> Iterator[Figure]:
    """As in "The number of signatures stood at 1,100"; "signed 12,000 times"."""
    lexicon = open_lexicon("counts")
    for sentence in scene.doc.sents:
        for count in iter_counts(sentence):
            before = scene.doc[sentence.start : count.words.start]
            letter = scene.letter_near(count.figure[0])
            if letter is None or count.number <= _FEW:
                continue
            after = scene.doc[count.words.end : min(count.words.end + 1, sentence.end)]
            times = after.text.lower() == "times" and any(is_signing_verb(t) for t in before[-3:])
            verb = next((t for t in reversed(before) if t.pos_ in {"VERB", "AUX"}), None)
            told = verb is not None and is_form_of(verb, lexicon.words("levels"))
            if times or (told and _is_number_of_signers(before) and counts_people(count)):
                yield Figure(letter, count, "number-stands-at", 0.9)


def _is_number_of_signers(words: Span) -> bool:
    """As in "the number of signatures", "the list of names"."""
    number = next((t for t in words if t.lower_ in {"number", "total", "tally", "list"}), None)
    if number is None or number.i + 1 >= words.end or number.nbor(1).lower_ != "of":
        return False
    after = words.doc[number.i + 2 : min(number.i + 5, words.end)]
    return any(is_signer_noun(t) or t.lower_ in signing_words("signatures") for t in after)


def _is_size(count: Count) -> bool:
    """As in "a 12,000-signature petition"."""
    after = count.figure.doc[count.figure.end : count.figure.end + 2]
    return (
        len(after) == 2 and after[0].text == "-" and after[1].lower_ in signing_words("signatures")
    )


def _is_had(noun: Token, scene: Scene) -> bool:
    """As in "The petition has drawn 12,000 supporters"."""
    if noun.lower_ not in open_lexicon("counts").words("supporters"):
        return False
    before = scene.doc[noun.sent.start : noun.i]
    verb = next((t for t in reversed(before) if t.pos_ in {"VERB", "AUX"}), None)
    return (
        verb is not None
        and is_form_of(verb, signing_words("bears"))
        and scene.letter_in(scene.doc[noun.sent.start : verb.i]) is not None
    )


def _behind(noun: Token, scene: Scene) -> bool:
    """As in "the 87 doctors behind the letter"."""
    after = scene.doc[noun.i + 1 : min(noun.i + 5, noun.sent.end)]
    return len(after) > 1 and after[0].lower_ == "behind" and scene.letter_in(after) is not None


def _by_signing(scene: Scene, signings: Sequence[Signing]) -> Iterator[Figure]:
    """As in "More than 400 actors signed", "signed by 200 teachers", "among the 270 who signed"."""
    for signing in signings:
        if not signing.counts or signing.modality.certainty.value == "denied":
            continue
        for count in iter_counts(signing.where):
            fits = counts_people(count) and not _is_denied(count)
            if fits and not _is_part(count) and not _is_item(count, signing):
                yield Figure(
                    signing.letter, count, signing.rule, round(signing.confidence - 0.05, 2)
                )
                break
        else:
            group = _number_of_group(signing)
            if group is not None:
                yield Figure(signing.letter, group, "number-of-the-group", 0.7)


def _is_denied(count: Count) -> bool:
    """As in "90 people who never signed it"."""
    after = count.figure.doc[count.words.end : min(count.words.end + 6, count.figure.sent.end)]
    who = next((t for t in after if t.lower_ == "who" or t.pos_ == "VERB"), None)
    return (
        who is not None
        and who.lower_ == "who"
        and any(t.lower_ in words_of("negations") for t in after if t.i > who.i)
    )


def _number_of_group(signing: Signing) -> Count | None:
    """As in "Forty nurses are angry. In a letter, the nurses say …"; "the forty say"."""
    where = signing.where
    if len(where) == 1 and where[0].lower_ == "they":
        return _number_before(where)
    group = group_taken_up(where)
    if group is None:
        return None
    for count in counts_before(group):
        end, stop = count.words.end, count.figure.sent.end
        counted = where.doc[end : min(end + 5, stop)]
        if any(t.lower_ == group.lower_ for t in counted):
            return count
    before = _number_before(where) if group.lower_ in signing_words("groups") else None
    return before if before is not None and _counts_a_group(before) else None


def _counts_a_group(count: Count) -> bool:
    """Whether those counted are such as sign: "29 senators", no "29 chairs"."""
    after = count.figure.doc[count.words.end : min(count.words.end + 5, count.figure.sent.end)]
    noun = next((t.lower_ for t in after if t.tag_ in {"NNS", "NNPS"}), "")
    callings = open_lexicon("professions").all_words()
    return noun in signing_words("groups") or noun.removesuffix("s") in callings


def _is_item(count: Count, signing: Signing) -> bool:
    """As in "signed by Ann Lee and two judges": a small number beside names counts some signers."""
    beside = any(n.words.start < count.words.start for n in signing.names)
    start = count.words.start
    of = start > signing.where.start and count.words.doc[start - 1].lower_ == "of"
    beside = beside or (of and len(signing.names) > 0)
    words = signing.where.doc[signing.where.start : count.words.start]
    return count.number <= _FEW and (beside or any(t.lower_ in {"as", "and"} for t in words))


def _is_part(count: Count) -> bool:
    """As in "87 of the 270 who signed", "the first two names": a part of the signers.

    In "87 of the 270 teachers have signed" the second number is the one that counts no signers.
    """
    doc, end = count.figure.doc, count.words.end
    before = doc[count.words.start - 1].lower_ if count.words.start > count.words.sent.start else ""
    if count.number <= _FEW and (before in _SINGLING_OUT or count.number == 1):
        return True
    whole = _whole_after(count)
    if whole is not None:
        return _are_signers(whole)
    if _is_whole(count):
        return not _are_signers(count)
    after = doc[end : end + _SUBSET_WORDS]
    if len(after) < 2 or after[0].lower_ != "of":
        return False
    of_them = after[1].lower_ in {"them", "whom"} and count.number <= _FEW
    return any(is_signer_noun(t) for t in after[1:]) or of_them


def _whole_after(count: Count) -> Count | None:
    """The second number of "87 of the 270", "640 of the bank's 3,100"."""
    doc, end = count.figure.doc, count.words.end
    after = doc[end : min(end + _SUBSET_WORDS, count.figure.sent.end)]
    if len(after) < 2 or after[0].lower_ != "of":
        return None
    return next((c for c in iter_counts(after[1:]) if counts_people(c)), None)


def _is_whole(count: Count) -> bool:
    """Whether a number is the second one of "87 of the 270"."""
    sentence = count.figure.sent
    before = count.figure.doc[
        max(sentence.start, count.words.start - _SUBSET_WORDS) : count.words.start
    ]
    of = next((t for t in reversed(before) if t.lower_ == "of"), None)
    parts = [] if of is None else [c for c in iter_counts(before) if c.words.end == of.i]
    return bool(parts)


def _are_signers(count: Count) -> bool:
    """Whether those counted are called signers: "270 signatories", "270 teachers who signed"."""
    after = count.figure.doc[
        count.words.end : min(count.words.end + _SUBSET_WORDS, count.figure.sent.end)
    ]
    who = next((t for t in after if t.lower_ in {"who", "that"}), None)
    verb = next((t for t in after if who is not None and t.i > who.i and t.pos_ == "VERB"), None)
    noun = next((t for t in after if t.tag_ in {"NNS", "NNPS"}), None)
    return (verb is not None and is_signing_verb(verb)) or (
        noun is not None and is_signer_noun(noun)
    )
