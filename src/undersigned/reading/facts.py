"""A reading as a JSON document of facts: people, organizations, letters, signatures, statements."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, TypeVar

from undersigned.claims import (
    AddresseeClaim,
    AnswerClaim,
    Certainty,
    Claim,
    CountClaim,
    EntityKind,
    LetterClaim,
    LetterDateClaim,
    LocalKey,
    OrganizerClaim,
    RoleClaim,
    SignatureClaim,
    SignatureStatus,
    StatementClaim,
    TopicClaim,
)

if TYPE_CHECKING:
    from undersigned.claims import LocalEntity, Reading

_QUOTE_CHARS = 60
_ROUND = 100
_QUOTED_WORDS = 3
_QUOTED = re.compile(r"[“\"][^”\"]+(?:[”\"]|$)")
_SIGNED = frozenset(
    {
        SignatureStatus.REPORTED,
        SignatureStatus.LISTED,
        SignatureStatus.CONFIRMED,
        SignatureStatus.WITHDRAWN,
    }
)
_C = TypeVar("_C", bound=Claim)


def facts_document(reading: Reading) -> dict[str, Any]:
    """What one source says, by names instead of keys.

    Keys of the document: `document`, `letter` (a list; ids "L1", "L2" … in text order),
    `signatures` (of those who signed, a withdrawn signature included), `statements`, `people`,
    `organizations`. Offsets are Unicode code points into the source's text, end exclusive.
    """
    return _FactsWriter(reading).document()


class _FactsWriter:
    """Turns the local keys of one reading into names."""

    def __init__(self, reading: Reading):
        self._reading = reading
        self._entities = {entity.key: entity for entity in reading.entities}
        letters = self._claims(LetterClaim)
        self._letters: dict[LocalKey, LetterClaim] = {}
        for claim in letters:
            self._letters.setdefault(claim.letter, claim)
        self._ids = {key: f"L{n}" for n, key in enumerate(self._letters, 1)}

    def document(self) -> dict[str, Any]:
        return {
            "document": self._reading.source.source_id,
            "letter": [self._letter(claim) for claim in self._letters.values()],
            "signatures": self._signatures(),
            "statements": [self._statement(claim) for claim in self._claims(StatementClaim)],
            "people": [
                {"name": person.name, "roles": self._roles(person)}
                for person in self._of_kind(EntityKind.PERSON)
            ],
            "organizations": [body.name for body in self._of_kind(EntityKind.ORGANIZATION)],
        }

    def _claims(self, kind: type[_C], letter: LocalKey | None = None) -> list[_C]:
        """The claims of a kind; with `letter` those about it."""
        return [
            claim
            for claim in self._reading.claims
            if isinstance(claim, kind)
            and (letter is None or getattr(claim, "letter", None) == letter)
        ]

    def _of_kind(self, kind: EntityKind) -> list[LocalEntity]:
        return [entity for entity in self._reading.entities if entity.kind is kind]

    def _name(self, key: LocalKey | None) -> str | None:
        """A letter's id, an entity's name."""
        if key is None:
            return None
        if key in self._ids:
            return self._ids[key]
        entity = self._entities.get(key)
        return entity.name if entity is not None else None

    def _kind(self, key: LocalKey | None) -> str | None:
        if key in self._ids:
            return EntityKind.LETTER.value
        entity = self._entities.get(key) if key is not None else None
        return entity.kind.value if entity is not None else None

    def _letter(self, claim: LetterClaim) -> dict[str, Any]:
        key = claim.letter
        count = _main_count(list(self._claims(CountClaim, key)))
        date = next(iter(self._claims(LetterDateClaim, key)), None)
        return {
            "id": self._ids[key],
            "kind": claim.kind.value,
            "description": claim.description,
            "name": claim.name,
            "addressees": _unique(
                self._name(c.addressee) for c in self._claims(AddresseeClaim, key)
            ),
            "about": _unique(c.topic for c in self._claims(TopicClaim, key)),
            "signatory_count": count.number if count is not None else None,
            "count_qualifier": count.qualifier.value if count is not None else None,
            "date": date.date if date is not None else None,
            "responds_to": _unique(self._name(c.answers) for c in self._claims(AnswerClaim, key)),
            "organizers": _unique(
                self._name(c.organizer) for c in self._claims(OrganizerClaim, key)
            ),
        }

    def _signatures(self) -> list[dict[str, Any]]:
        return [
            {
                "signatory": self._name(claim.signatory),
                "type": self._kind(claim.signatory),
                "letter": self._name(claim.letter),
                "role": claim.capacity,
                "certainty": claim.certainty.value,
                "status": claim.status.value,
            }
            for claim in self._signed()
        ]

    def _signed(self) -> list[SignatureClaim]:
        """One claim a signatory and letter; a later withdrawal adds none."""
        first: dict[tuple[LocalKey, LocalKey], SignatureClaim] = {}
        for claim in self._claims(SignatureClaim):
            if claim.status in _SIGNED and claim.certainty is not Certainty.DENIED:
                first.setdefault((claim.signatory, claim.letter), claim)
        return list(first.values())

    def _statement(self, claim: StatementClaim) -> dict[str, Any]:
        return {
            "speaker": self._name(claim.speaker),
            "speaker_kind": self._kind(claim.speaker),
            "kind": claim.kind.value,
            "start": claim.content[0].start,
            "end": claim.content[-1].end,
            "quote": _quoted_words(claim.words)[:_QUOTE_CHARS],
            "target": self._name(claim.target),
            "stance": claim.stance.value if claim.stance is not None else None,
            "cue": " ".join(piece.exact for piece in claim.cue_words) or None,
            "certainty": claim.certainty.value,
        }

    def _roles(self, person: LocalEntity) -> list[str]:
        return _unique(c.title for c in self._claims(RoleClaim) if c.holder == person.key)


def _quoted_words(words: str) -> str:
    """The first quoted stretch of three words or more; without one all words but a "that"."""
    for stretch in _QUOTED.finditer(words):
        if len(stretch.group().split()) >= _QUOTED_WORDS:
            return stretch.group()
    return words.removeprefix("that ")


def _unique(names: Any) -> list[str]:
    return list(dict.fromkeys(name for name in names if name))


def _main_count(counts: list[CountClaim]) -> CountClaim | None:
    """The first figure; the exact one where it rounds another ("over 52,000" of 52,418)."""
    if not counts:
        return None
    first = counts[0]
    rounded = first.number >= _ROUND and first.number % _ROUND == 0
    exact = (c for c in counts if c.number % _ROUND and abs(c.number - first.number) < _ROUND * 10)
    return next(exact, first) if rounded else first
