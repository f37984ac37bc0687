"""Which local letters are one letter: a sum of comparisons, each with its reason.

Quoting the same words says most; then the signatories and the addressee in common, and the time.
Two letters that one source tells apart are never joined, directly or through others.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from itertools import product
from typing import TYPE_CHECKING, Final

from pyoxigraph import Literal, NamedNode

from undersigned import terms as t
from undersigned.assembly.clusters import Link
from undersigned.assembly.comparing import Comparison
from undersigned.assembly.profiles import namesakes_key
from undersigned.assembly.statements import SHARED_RUNS, folded_words, shared_runs
from undersigned.evidence.records import source_of
from undersigned.names import fold_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from undersigned.evidence.records import EvidenceView, Node
    from undersigned.iris import Iris

Words = tuple[str, ...]
"""The folded words of a quotation."""
JOIN_SCORE: Final = 0.6
"""What a same name, or the same quoted words, reach alone, and an addressee and a date don't."""
SAME_WORDS: Final = 0.65
SAME_NAME: Final = 0.65
SAME_ADDRESSEE: Final = 0.3
SAME_SIGNATORY: Final = 0.12
"""For each signatory in common, up to three: a few people sign several letters in a month."""
SAME_SIGNATORIES: Final = 0.25
"""More where three or more are in common, and they are half of one article's list: then it is the
lists that are alike, not the habits of some signers."""
NEAR_COUNT: Final = 0.1
NEAR_DATE: Final = 0.1
FAR_DATE: Final = -0.6
OTHER_KIND: Final = -0.3
QUOTED_WORDS: Final = 8
"""Fewer words in common ("we call on the government to act") say little."""
NEAR_DAYS: Final = 31
FAR_DAYS: Final = 120
"""Later reports recall a letter for months; then only its words or its name tell."""

_SIGNED_KINDS: Final = {
    t.concept("document-kind", kind)
    for kind in ("open-letter", "letter", "petition", "joint-statement", "pledge")
}
"""Outlets use these words for one another; a submission or a brief is something else."""


@dataclass(frozen=True, slots=True)
class LetterProfile:
    """What letters are compared by."""

    iri: NamedNode
    quotations: tuple[Words, ...]
    keys: frozenset[str]
    """Blocking keys of the letter and of its quotations."""
    names: frozenset[str]
    addressees: frozenset[str]
    """By name: who is one of whom is only asked when letters are known."""
    signatories: frozenset[str]
    counts: frozenset[int]
    kinds: frozenset[NamedNode]
    day: date | None


def profile_of(letter: NamedNode, evidence: EvidenceView) -> LetterProfile | None:
    """The profile of a local letter, from its own source alone; None if it is gone."""
    node = evidence.node(letter)
    if node is None or not node.is_a(t.LOCAL_LETTER):
        return None
    signed = evidence.values_in(source_of(letter), t.LOCAL_SIGNATORY)
    about = evidence.claims_about(letter, but=signed.keys())
    claims = [claim for claim in about if claim.link(t.LOCAL_LETTER_OF) == letter]

    def agents(predicate: NamedNode) -> frozenset[str]:
        locals_ = (evidence.node(link) for claim in claims for link in claim.links(predicate))
        return frozenset(namesakes_key(agent) for agent in locals_ if agent)

    letter_claims = [claim for claim in claims if claim.is_a(t.LETTER_CLAIM)]
    quoted = [
        claim
        for claim in about
        if claim.is_a(t.QUOTATION_CLAIM) and quoted_letter(claim, evidence) == letter
    ]
    keys = {key for n in (node, *quoted) for key in n.texts(t.BLOCKING_KEY)}
    return LetterProfile(
        iri=letter,
        quotations=tuple(folded_words(text) for claim in quoted for text in claim.texts(t.WORDS)),
        keys=frozenset(keys),
        names=frozenset(fold_name(name) for claim in letter_claims for name in claim.texts(t.NAME)),
        addressees=agents(t.LOCAL_ADDRESSEE),
        signatories=_signatories(letter, signed, evidence) if signed else frozenset(),
        counts=frozenset(int(number) for claim in claims for number in claim.texts(t.NUMBER)),
        kinds=frozenset(kind for claim in letter_claims for kind in claim.links(t.DOCUMENT_KIND)),
        day=_day(
            (text for claim in claims for text in claim.texts(t.LETTER_DATE)),
            evidence.published(letter),
        ),
    )


def _signatories(
    letter: NamedNode,
    signed: Mapping[NamedNode, Iterable[NamedNode | Literal]],
    evidence: EvidenceView,
) -> frozenset[str]:
    """The names of a letter's signatories, by their blocking keys.

    A list has thousands: their claims and nodes are not read one by one.
    """
    source = source_of(letter)
    keys = evidence.whole_name_keys(source)
    letters_of = evidence.values_in(source, t.LOCAL_LETTER_OF)
    people = {
        agent
        for claim, agents in signed.items()
        if letter in letters_of.get(claim, ())
        for agent in agents
        if isinstance(agent, NamedNode)
    }
    return frozenset(keys.get(person, person.value) for person in people)


def quoted_letter(claim: Node, evidence: EvidenceView) -> NamedNode | None:
    """The local letter whose words a statement claim gives: its speaker, or where they stand."""
    for local in (claim.link(t.LOCAL_SPEAKER), claim.link(t.LOCAL_LETTER_OF)):
        node = evidence.node(local) if local else None
        if node is not None and node.is_a(t.LOCAL_LETTER):
            return local
    return None


def may_reach(keys: Iterable[str]) -> bool:
    """Whether letters with these keys in common may be one letter, whatever they quote or not.

    A key of a party holds a month; letters that share one such key share it for all their common
    parties, so that parties that are in no key are not in common.
    """
    kinds = Counter(key.split(":", 1)[0] for key in {key.rsplit(":", 1)[0] for key in keys})
    signatories = kinds.pop("letter-signatory", 0)
    best = SAME_ADDRESSEE * bool(kinds.pop("letter-addressee", 0))
    best += SAME_SIGNATORY * min(signatories, 3) + SAME_SIGNATORIES * (signatories >= 3)
    return bool(kinds) or round(best + NEAR_COUNT + NEAR_DATE, 3) >= JOIN_SCORE


def quotes_alike(profile: LetterProfile, others: Iterable[Words]) -> bool:
    """Whether a letter is quoted with some of the same words as another one."""
    return bool(profile.quotations) and _same_words(profile.quotations, others)


def compare(one: LetterProfile, other: LetterProfile) -> Link | None:
    """The link between two local letters, or None where they are not one letter."""
    if source_of(one.iri) == source_of(other.iri):
        return None
    reasons = list(_iter_reasons(one, other))
    score = round(sum(points for points, _ in reasons), 3)
    if score < JOIN_SCORE:
        return None
    basis = "; ".join(reason for points, reason in reasons if points > 0)
    first, second = sorted((one.iri, other.iri), key=str)
    return Link(first, second, min(score, 1.0), basis)


def comparisons(one: LetterProfile, other: LetterProfile) -> tuple[Comparison, ...]:
    """What was compared of two local letters, strongest first; none for two of one source.

    The weights are points, of which `JOIN_SCORE` make one letter of two.
    """
    if source_of(one.iri) == source_of(other.iri):
        return ()
    found = [Comparison("letter", reason, points) for points, reason in _iter_reasons(one, other)]
    return tuple(sorted(found, key=lambda c: (-abs(c.weight), c.finding)))


def judged_link(one: NamedNode, other: NamedNode) -> Link:
    """The link between two local letters that somebody judged to be one."""
    first, second = sorted((one, other), key=str)
    return Link(first, second, 2.0, "somebody judged that they are the same")


def _iter_reasons(one: LetterProfile, other: LetterProfile) -> Iterable[tuple[float, str]]:
    same_words = _same_words(one.quotations, other.quotations)
    if same_words:
        yield SAME_WORDS, "both quote the same words of it"
    if one.names & other.names:
        yield SAME_NAME, "the letter's name is the same"
    if one.addressees & other.addressees:
        yield SAME_ADDRESSEE, "the addressee is the same"
    if both := len(one.signatories & other.signatories):
        signers = "signatory" if both == 1 else "signatories"
        yield SAME_SIGNATORY * min(both, 3), f"{both} {signers} in common"
        if both >= 3 and 2 * both >= min(len(one.signatories), len(other.signatories)):
            yield SAME_SIGNATORIES, "they are most of those named"
    if any(0.8 <= a / b <= 1.25 for a in one.counts for b in other.counts if a and b):
        yield NEAR_COUNT, "the numbers of signers are close"
    if not (one.kinds & other.kinds) and not (one.kinds | other.kinds) <= _SIGNED_KINDS:
        yield OTHER_KIND, "another kind of document"
    if one.day and other.day:
        apart = abs((one.day - other.day).days)
        if apart <= NEAR_DAYS:
            yield NEAR_DATE, {0: "the same day", 1: "a day apart"}.get(apart, f"{apart} days apart")
        elif apart > FAR_DAYS and not same_words:
            yield FAR_DATE, f"{apart} days apart"


def _same_words(one: Iterable[Words], other: Iterable[Words]) -> bool:
    return any(
        min(len(a), len(b)) >= QUOTED_WORDS and shared_runs(a, b) >= SHARED_RUNS
        for a, b in product(one, other)
    )


def may_join(one: set[NamedNode], other: set[NamedNode]) -> bool:
    """Whether no source tells letters of the two clusters apart."""
    return not {source_of(iri) for iri in one} & {source_of(iri) for iri in other}


def letter_entity(members: Iterable[NamedNode], evidence: EvidenceView, iris: Iris) -> NamedNode:
    """The IRI of a letter: from the earliest source that tells of it, never from what was read.

    So an article that loses a paragraph keeps the IRIs of its letters.
    """

    def age(letter: NamedNode) -> tuple[str, str]:
        return evidence.published(letter) or "9999", letter.value

    earliest = min(members, key=age)
    source_id = iris.source_id(earliest)
    local_key = earliest.value.split("#", 1)[1].removeprefix("letter-")
    return iris.entity("letter", f"{source_id}/{local_key}")


def _day(dates: Iterable[str], published: str) -> date | None:
    """The day that a letter is dated to, else the day that its source was published."""
    for text in sorted(dates, key=len, reverse=True):
        padded = text + "-15" * (len(text) == 7)
        if len(padded) == 10:
            return date.fromisoformat(padded)
    try:
        return date.fromisoformat(published)
    except ValueError:
        return None
