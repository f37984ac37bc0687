"""What one source says, as claims. Reading makes them, evidence graphs hold them.

A claim never leaves the words that carry it: `Evidence.words` are exact slices of the source,
checked by `check_slices` when a claim is written. Three dials are kept apart (docs/design):
`Claim.certainty` is how far the *source* hedges, `Evidence.confidence` how sure the *extraction*
is; how sure an *identity* is belongs to assembly and never stands here.

People, organizations and letters of one source are *local entities*. Their `key` is unique within
the source and made from the words, never from offsets or counters, so that a corrected version of
the article keeps the keys of what did not change: `person-mark-ruffalo`, `organization-openai`,
`letter-open-letter`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, NewType

from undersigned.errors import ClaimMismatch
from undersigned.source import Source, Span

if TYPE_CHECKING:
    from collections.abc import Iterator

LocalKey = NewType("LocalKey", str)
"""Names a local entity, letter or statement within one source."""


class Certainty(StrEnum):
    """How far the source itself hedges a claim."""

    STATED = "stated"
    REPORTED = "reported"
    DENIED = "denied"


class Stance(StrEnum):
    """A statement's attitude to its target, only where words or cue make it plain."""

    FOR = "for"
    AGAINST = "against"
    NEUTRAL = "neutral"


class MentionForm(StrEnum):
    """How a mention refers."""

    NAME = "name"
    NOMINAL = "nominal"
    PRONOUN = "pronoun"


class EntityKind(StrEnum):
    """What a local entity is. Groups and unnamed speakers are kept as their noun phrase.

    A handle is somebody who goes by a user name or nickname and nothing else.
    """

    PERSON = "person"
    ORGANIZATION = "organization"
    GROUP = "group"
    UNNAMED = "unnamed"
    HANDLE = "handle"
    LETTER = "letter"


class LetterKind(StrEnum):
    """Kinds of document that people put their names to."""

    OPEN_LETTER = "open-letter"
    LETTER = "letter"
    PETITION = "petition"
    JOINT_STATEMENT = "joint-statement"
    SUBMISSION = "submission"
    AMICUS_BRIEF = "amicus-brief"
    PLEDGE = "pledge"


class CountQualifier(StrEnum):
    """How a claimed number of signers is qualified: "over 400", "nearly 1,000", "1,344"."""

    OVER = "over"
    ABOUT = "about"
    UNDER = "under"
    EXACT = "exact"


class SignatureStatus(StrEnum):
    """What became of a signature.

    `reported`: some source says so; `listed`: it stands on the letter's own list.
    """

    REPORTED = "reported"
    LISTED = "listed"
    CONFIRMED = "confirmed"
    WITHDRAWN = "withdrawn"
    DENIED = "denied"
    DECLINED = "declined"
    FORGED = "forged"


class StatementKind(StrEnum):
    """Direct and mixed speech is a quotation; indirect speech is reported."""

    QUOTATION = "quotation"
    REPORTED_SPEECH = "reported-speech"


class RoleTime(StrEnum):
    """Whether a role holds when the source speaks."""

    CURRENT = "current"
    FORMER = "former"
    FUTURE = "future"


@dataclass(frozen=True, slots=True, order=True)
class Slice:
    """A stretch of the source with the words that the reader saw there."""

    start: int
    end: int
    exact: str

    @property
    def span(self) -> Span:
        """The place alone."""
        return Span(self.start, self.end)


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """The words that carry a claim.

    `words` are the marked slices in text order, at least one; `passage` is the sentence, or the
    run of sentences, that is shown around them; `rule` names the construction that was seen;
    `confidence` is the extraction's own certainty, 0.0 to 1.0 where 1.0 means that the
    construction leaves no other reading.
    """

    words: tuple[Slice, ...]
    passage: Slice
    rule: str
    confidence: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """One place where a local entity is meant. `score` (0.0–1.0): how sure the resolution is."""

    words: Slice
    form: MentionForm
    score: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class LocalEntity:
    """A person, organization, group, handle or unnamed speaker as one source speaks of it.

    `name` is the fullest form that the text gives, without courtesy titles; for groups and
    unnamed ones the noun phrase as printed. `mentions` are in text order. `account_names` are user
    names without an at sign. `has_namesake`: another entity of the source has the same name, so
    that the name alone does not say which of them is meant.
    """

    key: LocalKey
    kind: EntityKind
    name: str
    mentions: tuple[Mention, ...]
    account_names: tuple[str, ...] = ()
    has_namesake: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """One thing that the source says."""

    evidence: Evidence
    certainty: Certainty = Certainty.STATED


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleClaim(Claim):
    """`holder` is or was `title`, at `organization` where given ("CEO", "OpenAI")."""

    holder: LocalKey
    title: str
    organization: LocalKey | None = None
    time: RoleTime = RoleTime.CURRENT


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterClaim(Claim):
    """There is such a letter. `letter` is its local key; `description` a short phrase for people.

    `description` is made from the text's own words ("open letter to the Office of …").
    """

    letter: LocalKey
    kind: LetterKind
    description: str
    name: str | None = None
    mentions: tuple[Mention, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class AddresseeClaim(Claim):
    """The letter is addressed to a local entity."""

    letter: LocalKey
    addressee: LocalKey


@dataclass(frozen=True, slots=True, kw_only=True)
class OrganizerClaim(Claim):
    """A local entity organized, drafted or published the letter."""

    letter: LocalKey
    organizer: LocalKey


@dataclass(frozen=True, slots=True, kw_only=True)
class CountClaim(Claim):
    """How many signed by the source's account, named signers or not."""

    letter: LocalKey
    number: int
    qualifier: CountQualifier
    printed: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterDateClaim(Claim):
    """When the letter was signed, sent or published: ISO 8601 date, year-month or year."""

    letter: LocalKey
    date: str
    printed: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicClaim(Claim):
    """What the letter is about, in the source's words."""

    letter: LocalKey
    topic: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DemandClaim(Claim):
    """What the letter asks for, in the source's words."""

    letter: LocalKey
    demand: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerClaim(Claim):
    """The letter answers another letter, or an actor (their submission, proposal, decision)."""

    letter: LocalKey
    answers: LocalKey


@dataclass(frozen=True, slots=True, kw_only=True)
class SignatureClaim(Claim):
    """`signatory` put their name to `letter`, or is said to have, or did not: see `status`."""

    signatory: LocalKey
    letter: LocalKey
    status: SignatureStatus = SignatureStatus.REPORTED
    capacity: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementClaim(Claim):
    """Somebody said something.

    `content` are the slices of what was said, quotation marks included, in order; `speaker_words`
    and `cue_words` the slices of the source phrase and of the cue, where the text has them.
    `speaker` is the resolved local entity or letter, with `speaker_score` as its certainty;
    `within` is the statement that this one is nested in ("the paper quoted her as saying");
    `letter` the letter that the words stand in, where that is not the speaker.
    """

    key: LocalKey
    kind: StatementKind
    content: tuple[Slice, ...]
    speaker: LocalKey | None = None
    speaker_score: float = 1.0
    speaker_words: tuple[Slice, ...] = ()
    cue_words: tuple[Slice, ...] = ()
    target: LocalKey | None = None
    stance: Stance | None = None
    letter: LocalKey | None = None
    within: LocalKey | None = None

    @property
    def words(self) -> str:
        """The content as one string, its pieces joined by " … " where the source interrupts it."""
        return " … ".join(piece.exact for piece in self.content)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """All that reading found in one source: local entities and claims, both in text order."""

    source: Source
    entities: tuple[LocalEntity, ...] = ()
    claims: tuple[Claim, ...] = ()
    extractor: str = field(default="")
    """Program and pipeline with their versions, e.g. "undersigned 0.1.0, en_undersigned 0.1.0"."""


def iter_slices(reading: Reading) -> Iterator[Slice]:
    """Yields every slice of a reading, in no particular order, duplicates included."""
    for entity in reading.entities:
        for mention in entity.mentions:
            yield mention.words
    for claim in reading.claims:
        yield from claim.evidence.words
        yield claim.evidence.passage
        if isinstance(claim, LetterClaim):
            for mention in claim.mentions:
                yield mention.words
        elif isinstance(claim, StatementClaim):
            yield from claim.content
            yield from claim.speaker_words
            yield from claim.cue_words


def check_slices(reading: Reading) -> None:
    """Compares every slice with the source's text.

    Raises:
        ClaimMismatch: a slice is empty, lies outside the text, or its words differ. Always a bug.
    """
    text = reading.source.text
    for piece in iter_slices(reading):
        found = text[piece.start : piece.end]
        if not piece.exact or not 0 <= piece.start < piece.end or found != piece.exact:
            raise ClaimMismatch(
                f"{reading.source.source_id}: a claim holds {piece.exact!r} for characters "
                f"{piece.start} to {piece.end}, but the source has {found!r} there; "
                "please report this article as a bug"
            )
