"""A judgement from what a person names and decides, checked before anything is written."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime
from itertools import product
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from pyoxigraph import NamedNode

from undersigned import terms as t
from undersigned.assembly.judgements import Judgement, Judgements, Verdict, pair_of
from undersigned.assembly.knowledge import Knowledge
from undersigned.assembly.link_judgements import LinkJudgement
from undersigned.assembly.signature_judgements import JUDGED_STATUSES, SignatureJudgement
from undersigned.errors import EntityAmbiguous, JudgementInvalid, JudgementNotFound
from undersigned.evidence.records import EvidenceView
from undersigned.judging.things import LETTER, STATEMENT, by_age, get_thing, in_words, thing_of
from undersigned.names import fold_name
from undersigned.questions.lookup import EntityType, find_entities
from undersigned.questions.saved_query import near

if TYPE_CHECKING:
    from collections.abc import Sequence

    from undersigned.claims import SignatureStatus
    from undersigned.evidence.records import Node
    from undersigned.judging.records import AnyJudgement
    from undersigned.judging.things import Thing
    from undersigned.store.base import GraphReader

VERDICT_WORDS: Final = {
    "same": Verdict.SAME,
    "not-same": Verdict.DIFFERENT,
    "different": Verdict.DIFFERENT,
    "unsure": Verdict.UNSURE,
}
STATUS_WORDS: Final = {str(status): status for status in JUDGED_STATUSES}
WORDS: Final = (*VERDICT_WORDS, *STATUS_WORDS)
"""What a person can say between two names."""
LINKED_KINDS: Final = ("person", "organization")
"""Whom outside data sets describe as entries of their own."""
_WEB: Final = re.compile(r"https?://\S+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Saying:
    """What a person says: two names or IRIs and the word between them; who says so and why.

    `day` and `url` go with judgements of signatures: since when it holds, and the page that says
    so. `moment` is when it was decided; empty for now.
    """

    one: str
    word: str
    other: str
    judge: str = ""
    reason: str = ""
    day: str = ""
    url: str = ""
    moment: str = ""


def judgements_of(reader: GraphReader, saying: Saying) -> list[AnyJudgement]:
    """The judgements that a saying makes; several where earlier ones on the same two are overruled.

    Raises:
        JudgementInvalid: an unknown word, two kinds, one thing twice, or no date.
        JudgementNotFound: a signature or local entity that the graph does not have.
        EntityNotFound: nothing has the given name.
        EntityAmbiguous: several things have it.
    """
    word = saying.word.strip().lower().replace(" ", "-").replace("not-the-same", "not-same")
    if word in STATUS_WORDS:
        return [_on_signature(reader, saying, STATUS_WORDS[word])]
    if word not in VERDICT_WORDS:
        raise JudgementInvalid(
            f"{saying.word!r} is no judgement; {near(word, [*WORDS])}expected {', '.join(WORDS)}, "
            "between the two that it is about"
        )
    if saying.day or saying.url:
        raise JudgementInvalid(
            f"a date or address goes with {', '.join(STATUS_WORDS)}; with {word!r} put it into "
            "the reason"
        )
    verdict = VERDICT_WORDS[word]
    if _is_outside(reader, saying.other):
        return [_on_link(reader, saying, verdict)]
    return [
        Judgement(
            one=one,
            other=other,
            verdict=verdict,
            judge=saying.judge,
            moment=saying.moment,
            reason=saying.reason,
        )
        for one, other in _pairs(reader, saying, verdict)
    ]


def _pairs(
    reader: GraphReader, saying: Saying, verdict: Verdict
) -> list[tuple[NamedNode, NamedNode]]:
    one, other = get_thing(reader, saying.one), get_thing(reader, saying.other)
    if one.kind != other.kind:
        raise JudgementInvalid(
            f"{one.label!r} is {in_words(one.kind)} and {other.label!r} {in_words(other.kind)}; "
            "only two of one kind can be judged"
        )
    if verdict is Verdict.SAME and one.kind == STATEMENT:
        _check_speakers(reader, one, other)
    if set(one.locals) & set(other.locals):
        raise JudgementInvalid(_one_thing(one, verdict))
    judged = Judgements(reader)
    overruled = {
        pair_of(local, beside)
        for local in one.locals
        for beside in judged.about(local)
        if beside in other.locals
    }
    return sorted(overruled, key=str) or [pair_of(one.locals[0], other.locals[0])]


def _check_speakers(reader: GraphReader, one: Thing, other: Thing) -> None:
    speakers = [
        {n.object for n in reader.triples(reader.iris.knowledge, thing.entity, t.SPEAKER)}
        for thing in (one, other)
        if thing.entity is not None
    ]
    if len(speakers) == 2 and not speakers[0] & speakers[1]:
        shown = " and by ".join(
            ", ".join(sorted(str(speaker) for speaker in found)) or "nobody known"
            for found in speakers
        )
        raise JudgementInvalid(
            f"two statements are one only if one person made them, and these are by {shown}; judge "
            "the speakers first"
        )


def _one_thing(thing: Thing, verdict: Verdict) -> str:
    if len(thing.locals) == 1:
        return f"{thing.label!r} was named twice; name two things, by their IRIs if need be"
    shown = "\n".join(f"  {local.value}" for local in thing.locals)
    if verdict is Verdict.SAME:
        return f"both names stand for {thing.label!r} already, known from\n{shown}"
    return (
        f"both names stand for {thing.label!r}; to take it apart, name two of what it is known "
        f"from:\n{shown}"
    )


def _on_link(reader: GraphReader, saying: Saying, verdict: Verdict) -> LinkJudgement:
    thing = get_thing(reader, saying.one)
    if thing.kind not in LINKED_KINDS:
        raise JudgementInvalid(
            f"{thing.label!r} is {in_words(thing.kind)}; outside entries are judged for "
            f"{' and '.join(LINKED_KINDS)}"
        )
    return LinkJudgement(
        local=thing.locals[0],
        link=NamedNode(saying.other.strip().removeprefix("<").removesuffix(">")),
        verdict=verdict,
        judge=saying.judge,
        moment=saying.moment,
        reason=saying.reason,
    )


def _is_outside(reader: GraphReader, text: str) -> bool:
    """Whether this is a web address that is not below the graph's own base."""
    typed = text.strip().removeprefix("<").removesuffix(">")
    return bool(_WEB.fullmatch(typed)) and not typed.startswith(reader.iris.base)


def _on_signature(
    reader: GraphReader, saying: Saying, status: SignatureStatus
) -> SignatureJudgement:
    signatories, letters = _signature_locals(reader, saying)
    return SignatureJudgement(
        signatories=signatories,
        letters=letters,
        status=status,
        day=_day(saying.day),
        url=_url(saying.url),
        judge=saying.judge,
        moment=saying.moment,
        reason=saying.reason,
    )


def _signature_locals(
    reader: GraphReader, saying: Saying
) -> tuple[tuple[NamedNode, ...], tuple[NamedNode, ...]]:
    """The local signatories and letters of all claims of the signature, sorted.

    Where the names are lists of local entities' IRIs, as an exported table has them, these.
    """
    letters = [get_thing(reader, text, EntityType.LETTER) for text in _names(reader, saying.other)]
    people = [_signer(reader, text, letters) for text in _names(reader, saying.one)]
    for thing in letters:
        if thing.kind != LETTER:
            raise JudgementInvalid(
                f"{thing.label!r} is {in_words(thing.kind)}; a signature stands under a letter"
            )
    claims = _signature_claims(reader, people, letters)
    if claims:
        return (
            _sorted({n for claim in claims for n in claim.links(t.LOCAL_SIGNATORY)}),
            _sorted({n for claim in claims for n in claim.links(t.LOCAL_LETTER_OF)}),
        )
    if any(thing.entity is not None for thing in (*people, *letters)):
        raise JudgementNotFound(
            f"the graph has no signature of {people[0].label!r} under {letters[0].label!r}; only "
            "signatures that some source tells of can be judged, see `undersigned query "
            "letters-signed`"
        )
    return (
        _sorted({n for thing in people for n in thing.locals}),
        _sorted({n for thing in letters for n in thing.locals}),
    )


def _signer(reader: GraphReader, text: str, letters: Sequence[Thing]) -> Thing:
    """Whom a text names; of several of the name the one who signed one of these letters."""
    try:
        return get_thing(reader, text, EntityType.AGENT)
    except EntityAmbiguous:
        named = find_entities(reader, text, EntityType.AGENT)
        found = [thing_of(reader, candidate.iri) for candidate in named]
        signed = [n for n in found if _signature_claims(reader, [n], letters)]
        if len(signed) != 1 or fold_name(signed[0].label) != fold_name(text):
            raise
        return signed[0]


def _signature_claims(
    reader: GraphReader, people: Sequence[Thing], letters: Sequence[Thing]
) -> list[Node]:
    known, evidence = Knowledge(reader), EvidenceView(reader)
    graph = reader.iris.knowledge
    found: set[NamedNode] = set()
    for person, letter in product(people, letters):
        if person.entity is None or letter.entity is None:
            continue
        for n in reader.triples(graph, None, t.NAMED_SIGNATORY, person.entity):
            if isinstance(n.subject, NamedNode) and any(
                reader.triples(graph, n.subject, t.SIGNED_LETTER, letter.entity)
            ):
                found |= known.claims_of(n.subject)
    nodes = (evidence.node(claim) for claim in by_age(reader, found))
    return [node for node in nodes if node is not None]


def _names(reader: GraphReader, text: str) -> list[str]:
    """One name; or the IRIs of several local entities, parted by spaces."""
    parts = text.split()
    head = f"{reader.iris.base}source/"
    return parts if parts and all(part.startswith(head) for part in parts) else [text]


def _sorted(found: set[NamedNode]) -> tuple[NamedNode, ...]:
    return tuple(sorted(found, key=str))


def _day(text: str) -> str:
    if not text.strip():
        return datetime.now(UTC).date().isoformat()
    try:
        return date.fromisoformat(text.strip()).isoformat()
    except ValueError as error:
        raise JudgementInvalid(f"date {text!r}: expected a day as 2025-03-21") from error


def _url(text: str) -> str:
    typed = text.strip()
    if typed and not (_WEB.fullmatch(typed) and urlsplit(typed).hostname):
        raise JudgementInvalid(f"address {text!r}: expected one as https://news.example/page")
    return typed
