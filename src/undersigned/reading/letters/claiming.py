"""Turns what was seen of the letters of an article into claims."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from undersigned.claims import (
    AddresseeClaim,
    AnswerClaim,
    Certainty,
    Claim,
    CountClaim,
    DemandClaim,
    Evidence,
    LetterClaim,
    LetterDateClaim,
    LocalKey,
    Mention,
    MentionForm,
    OrganizerClaim,
    TopicClaim,
)
from undersigned.reading.dates import iter_dates
from undersigned.reading.evidence import make_evidence
from undersigned.reading.letters.addressees import find_addressees
from undersigned.reading.letters.asks import answers, demands, topics
from undersigned.reading.letters.clusters import is_reply
from undersigned.reading.letters.figures import find_figures
from undersigned.reading.letters.organizers import find_organizers
from undersigned.reading.signing.days import DAYS
from undersigned.reading.signing.scene import Scene, letter_words, signing_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from spacy.tokens import Span, Token

    from undersigned.reading.letters.clusters import LetterCluster
    from undersigned.reading.letters.mentions import LetterMention
    from undersigned.reading.letters.parties import Party
    from undersigned.reading.signing.scene import Signing

_ENDS: Final = frozenset({",", ".", ";", "—", "–", ":", "("})
_LOOSE_ENDS: Final = frozenset(
    {
        *("on", "late", "early", "last", "in", "by", "of", "to", "for", "released"),
        *("co", "-", "now", "also", "already", "again", "today", "yesterday", "then", "recently"),
    }
)
"""Words that say nothing at the end of a description ("statement released on Friday")."""


def iter_letter_claims(key: LocalKey, cluster: LetterCluster, scene: Scene) -> Iterator[Claim]:
    """All claims about one letter but for its counts."""
    yield _letter(key, cluster, scene)
    for party in find_addressees(cluster.mentions, scene):
        yield AddresseeClaim(evidence=_evidence(party, scene), letter=key, addressee=party.key)
    for party in find_organizers(cluster.mentions, scene):
        yield OrganizerClaim(evidence=_evidence(party, scene), letter=key, organizer=party.key)
    yield from _dates(key, cluster, scene)
    yield from _asks(key, cluster, scene)


def iter_count_claims(scene: Scene, signings: Sequence[Signing]) -> Iterator[CountClaim]:
    """The claimed numbers of signers of all letters, in text order."""
    for figure in find_figures(scene, signings):
        yield CountClaim(
            evidence=make_evidence(
                scene.text, [figure.count.words], rule=figure.rule, confidence=figure.confidence
            ),
            letter=figure.letter,
            number=figure.count.number,
            qualifier=figure.count.qualifier,
            printed=scene.text.slice(figure.count.words).exact,
        )


def _letter(key: LocalKey, cluster: LetterCluster, scene: Scene) -> LetterClaim:
    mentions: list[Mention] = []
    for mention in cluster.mentions:
        words = scene.text.slice(mention.words)
        if all(words != other.words for other in mentions):
            mentions.append(Mention(words=words, form=MentionForm.NOMINAL))
    nouns = [m for m in cluster.mentions if not m.is_verb] or cluster.mentions
    best = next((m for m in nouns if m.kind is cluster.kind), nouns[0])
    return LetterClaim(
        evidence=make_evidence(scene.text, [best.words], rule="letter-mentioned", confidence=0.9),
        letter=key,
        kind=cluster.kind,
        description=_description(best.words, scene) + (f" {best.noun}" if best.ordinal else ""),
        name=None if cluster.title is None else cluster.title.words.text,
        mentions=tuple(mentions),
    )


def _description(words: Span, scene: Scene) -> str:
    """The noun phrase without its article, with what follows it up to the next verb or comma."""
    doc, start, end = words.doc, words.start, words.end
    while start < end - 1 and (doc[start].pos_ in {"DET", "PRON"} or doc[start].is_quote):
        start += 1
    while end < words.sent.end and end - start < 30:
        token = doc[end]
        if (
            token.is_quote
            or token.text in _ENDS
            or token.lower_
            in {
                "that",
                "which",
                "who",
            }
        ):
            break
        if token.pos_ in {"VERB", "AUX"} and token.tag_ in {"VBD", "VBZ", "VBP", "MD"}:
            break
        if token.lower_ in DAYS or _begins_anew(token):
            break
        end += 1
    while end > words.end and doc[end - 1].lower_ in _LOOSE_ENDS:
        end -= 1
    return scene.text.slice(doc[start:end]).exact


def _begins_anew(token: Token) -> bool:
    """As in "in its letter *the* company said", "a letter to the mayor *this* week"."""
    before = token.nbor(-1)
    return token.pos_ == "DET" and before.pos_ in {"NOUN", "PROPN"} and token.lower_ != "all"


def _evidence(party: Party, scene: Scene) -> Evidence:
    return make_evidence(
        scene.text, party.words, rule=party.rule, confidence=round(party.confidence, 3)
    )


def _dates(key: LocalKey, cluster: LetterCluster, scene: Scene) -> Iterator[LetterDateClaim]:
    """A date beside the letter or beside the verb that says it was signed, sent or published."""
    for mention in cluster.mentions:
        for where in _dated_places(mention, scene):
            for printed in iter_dates(where, scene.text.source.published):
                yield LetterDateClaim(
                    evidence=make_evidence(
                        scene.text,
                        [mention.head, printed.words],
                        rule="letter-dated",
                        confidence=0.8,
                    ),
                    letter=key,
                    date=printed.iso,
                    printed=scene.text.slice(printed.words).exact,
                )
                return


def _dated_places(mention: LetterMention, scene: Scene) -> Iterator[Span]:
    head, sentence = mention.head, mention.head.sent
    yield _up_to_a_clause(scene.doc[mention.words.start : min(head.i + 7, sentence.end)], head)
    verbs = letter_words("authors") | letter_words("organizes") | signing_words("sign")
    for verb in sentence:
        if (
            verb.lemma_.lower() in verbs
            and verb.pos_ == "VERB"
            and (verb == head.head or verb.head == head)
        ):
            yield _up_to_a_clause(scene.doc[verb.i : min(verb.i + 6, sentence.end)], verb)


def _up_to_a_clause(words: Span, start: Token) -> Span:
    for token in words:
        if token.i > start.i and (
            token.text in {",", ";", "“", "”"} or token.lower_ in {"which", "who", "that"}
        ):
            return words.doc[words.start : token.i]
    return words


def _asks(key: LocalKey, cluster: LetterCluster, scene: Scene) -> Iterator[Claim]:
    answered: set[LocalKey] = set()
    for mention in cluster.mentions:
        for topic in topics(mention):
            evidence = make_evidence(
                scene.text, [topic.cue, topic.words], rule=topic.rule, confidence=0.8
            )
            yield TopicClaim(
                evidence=evidence, letter=key, topic=scene.text.slice(topic.words).exact
            )
        for demand in demands(mention):
            evidence = make_evidence(
                scene.text, [demand.cue, demand.words], rule=demand.rule, confidence=0.8
            )
            yield DemandClaim(
                evidence=evidence, letter=key, demand=scene.text.slice(demand.words).exact
            )
        for answer in answers(mention, scene):
            if answer.key in answered or answer.key == key:
                continue
            answered.add(answer.key)
            evidence = make_evidence(
                scene.text, answer.words, rule="in-response-to", confidence=0.85
            )
            yield AnswerClaim(
                evidence=evidence, certainty=Certainty.STATED, letter=key, answers=answer.key
            )
    others = {k for keys in scene.letters.values() for k in keys} - {key}
    if is_reply(cluster) and not answered and len(others) == 1:
        yield AnswerClaim(
            evidence=make_evidence(
                scene.text, [cluster.first.words], rule="reply-to-the-other", confidence=0.7
            ),
            certainty=Certainty.STATED,
            letter=key,
            answers=next(iter(others)),
        )
