"""A reading as the triples of its source's named graph.

Every IRI of the graph is the source's with a fragment: `#char=12,40` for a slice (as RFC 5147
writes a range of characters), `#person-mark-ruffalo` for a local entity, `#claim-3f9a1c02` for a
claim. A claim's key is made from what it says, not from where, so that it stays the same when
another paragraph of the article is corrected.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field, fields
from enum import Enum
from typing import TYPE_CHECKING, Final

from pyoxigraph import Literal, NamedNode, Triple

from undersigned import claims as c
from undersigned import terms as t
from undersigned.evidence.keys import (
    entity_key,
    letter_keys,
    likeness_keys,
    statement_keys,
    text_prints,
)
from undersigned.iris import key_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from undersigned.claims import Claim, LocalEntity, LocalKey, Mention, Reading, Slice
    from undersigned.iris import Iris

_LOCAL_CLASSES: Final = {
    c.EntityKind.PERSON: t.LOCAL_PERSON,
    c.EntityKind.ORGANIZATION: t.LOCAL_ORGANIZATION,
    c.EntityKind.GROUP: t.LOCAL_GROUP,
    c.EntityKind.UNNAMED: t.LOCAL_UNNAMED_SPEAKER,
    c.EntityKind.HANDLE: t.LOCAL_HANDLE,
    c.EntityKind.LETTER: t.LOCAL_LETTER,
}

CLAIM_CLASSES: Final[dict[type[Claim], NamedNode]] = {
    c.RoleClaim: t.ROLE_CLAIM,
    c.LetterClaim: t.LETTER_CLAIM,
    c.AddresseeClaim: t.ADDRESSEE_CLAIM,
    c.OrganizerClaim: t.ORGANIZER_CLAIM,
    c.CountClaim: t.COUNT_CLAIM,
    c.LetterDateClaim: t.LETTER_DATE_CLAIM,
    c.TopicClaim: t.TOPIC_CLAIM,
    c.DemandClaim: t.DEMAND_CLAIM,
    c.AnswerClaim: t.ANSWER_CLAIM,
    c.SignatureClaim: t.SIGNATURE_CLAIM,
    c.StatementClaim: t.STATEMENT_CLAIM,
}
"""A new kind of claim needs its class here, and its fields in the tables below."""

_LINKS: Final = {
    "holder": t.LOCAL_HOLDER,
    "organization": t.LOCAL_ORGANIZATION_OF,
    "letter": t.LOCAL_LETTER_OF,
    "addressee": t.LOCAL_ADDRESSEE,
    "organizer": t.LOCAL_ORGANIZER,
    "answers": t.LOCAL_ANSWERED,
    "signatory": t.LOCAL_SIGNATORY,
    "speaker": t.LOCAL_SPEAKER,
    "target": t.LOCAL_TARGET,
}
"""Fields that hold the key of a local entity."""

_LITERALS: Final = {
    "title": t.ROLE_TITLE,
    "description": t.DESCRIPTION,
    "name": t.NAME,
    "number": t.NUMBER,
    "printed": t.PRINTED,
    "date": t.LETTER_DATE,
    "topic": t.ABOUT,
    "demand": t.DEMAND,
    "capacity": t.CAPACITY,
}
_CONCEPTS: Final[dict[type[Enum], tuple[NamedNode, str]]] = {
    c.Certainty: (t.CERTAINTY, "certainty"),
    c.RoleTime: (t.ROLE_TIME, "role-time"),
    c.LetterKind: (t.DOCUMENT_KIND, "document-kind"),
    c.CountQualifier: (t.COUNT_QUALIFIER, "count-qualifier"),
    c.SignatureStatus: (t.STATUS, "status"),
    c.Stance: (t.STANCE, "stance"),
}
_STATEMENT_CLASSES: Final = {
    c.StatementKind.QUOTATION: t.QUOTATION_CLAIM,
    c.StatementKind.REPORTED_SPEECH: t.REPORTED_SPEECH_CLAIM,
}


def evidence_triples(reading: Reading, iris: Iris) -> set[Triple]:
    """The whole named graph of one source.

    Raises:
        ClaimMismatch: a claim's words are not the source's at its offsets.
    """
    c.check_slices(reading)
    writing = _Writing(reading, iris.source(reading.source.source_id))
    writing.write_source()
    keys = {e.key: entity_key(e, reading.source.source_id) for e in reading.entities}
    for entity in reading.entities:
        writing.write_entity(entity, keys[entity.key])
    iris_of_claims = writing.claim_iris()
    for claim, iri in zip(reading.claims, iris_of_claims, strict=True):
        writing.write_claim(claim, iri)
    writing.write_letters(keys)
    return writing.triples


@dataclass
class _Writing:
    """Collects the triples of one source's graph."""

    reading: Reading
    iri: NamedNode
    triples: set[Triple] = field(default_factory=set)
    statement_iris: dict[LocalKey, NamedNode] = field(default_factory=dict)

    def add(self, subject: NamedNode, predicate: NamedNode, value: NamedNode | Literal) -> None:
        self.triples.add(Triple(subject, predicate, value))

    def inner(self, fragment: str) -> NamedNode:
        return NamedNode(f"{self.iri.value}#{fragment}")

    def write_source(self) -> None:
        source = self.reading.source
        self.add(self.iri, t.RDF_TYPE, t.ARTICLE if source.listing is None else t.LETTER_PAGE)
        self.add(self.iri, t.RDFS_LABEL, Literal(source.title or source.source_id))
        self.add(self.iri, t.DIGEST, Literal(source.digest))
        self.add(self.iri, t.TEXT_LENGTH, Literal(len(source.text)))
        self.add(self.iri, t.EXTRACTOR, Literal(self.reading.extractor))
        for print_ in text_prints(source.text) if source.listing is None else ():
            self.add(self.iri, t.FINGERPRINT, Literal(print_))
        for author in source.authors:
            self.add(self.iri, t.DCTERMS_CREATOR, Literal(author))
        if source.title:
            self.add(self.iri, t.DCTERMS_TITLE, Literal(source.title))
        if source.language:
            self.add(self.iri, t.DCTERMS_LANGUAGE, Literal(source.language))
        if source.outlet:
            self.add(self.iri, t.OUTLET, Literal(source.outlet))
        if source.url:
            self.add(self.iri, t.URL, Literal(source.url))
        if source.published:
            self.add(self.iri, t.PUBLISHED, date_literal(source.published[:10]))

    def write_entity(self, entity: LocalEntity, key: str) -> None:
        local = self.inner(entity.key)
        self.add(local, t.RDF_TYPE, _LOCAL_CLASSES[entity.kind])
        self.add(local, t.FROM_SOURCE, self.iri)
        self.add(local, t.NAME, Literal(entity.name))
        for blocking_key in (key, *likeness_keys(entity)):
            self.add(local, t.BLOCKING_KEY, Literal(blocking_key))
        for account in entity.account_names:
            self.add(local, t.ACCOUNT_NAME, Literal(account))
        self.write_mentions(local, entity.mentions)
        for mention in entity.mentions:
            if mention.form is c.MentionForm.NAME and mention.words.exact != entity.name:
                self.add(local, t.ALIAS, Literal(mention.words.exact))

    def write_mentions(self, local: NamedNode, mentions: Iterable[Mention]) -> None:
        """One mention a surface form, at its first place, with the number of its occurrences."""
        first: dict[tuple[str, c.MentionForm], Mention] = {}
        occurrences: Counter[tuple[str, c.MentionForm]] = Counter()
        for mention in mentions:
            surface = (mention.words.exact, mention.form)
            first.setdefault(surface, mention)
            occurrences[surface] += 1
        for surface, mention in first.items():
            name = local.value.rsplit("#", 1)[1]
            node = self.inner(f"mention-{name}-{key_of(*surface)}")
            self.add(local, t.HAS_MENTION, node)
            self.add(node, t.RDF_TYPE, t.MENTION)
            self.add(node, t.MENTION_FORM, t.concept("mention-form", mention.form))
            self.add(node, t.OCCURRENCES, Literal(occurrences[surface]))
            self.add(node, t.AT, self.slice(mention.words))

    def write_letters(self, keys: dict[LocalKey, str]) -> None:
        for claim in self.reading.claims:
            if isinstance(claim, c.LetterClaim):
                local = self.inner(claim.letter)
                self.add(local, t.RDF_TYPE, t.LOCAL_LETTER)
                self.add(local, t.FROM_SOURCE, self.iri)
                self.add(local, t.NAME, Literal(claim.name or claim.description))
                self.write_mentions(local, claim.mentions)
                for key in letter_keys(self.reading, claim.letter, keys):
                    self.add(local, t.BLOCKING_KEY, Literal(key))

    def claim_iris(self) -> list[NamedNode]:
        """The IRI of each claim; of equal ones in text order, all but the first get a number."""
        seen: Counter[str] = Counter()
        found = []
        for claim in self.reading.claims:
            key = _claim_key(claim)
            seen[key] += 1
            number = "" if seen[key] == 1 else f"-{seen[key]}"
            iri = self.inner(f"claim-{key}{number}")
            if isinstance(claim, c.StatementClaim):
                self.statement_iris[claim.key] = iri
            found.append(iri)
        return found

    def write_claim(self, claim: Claim, iri: NamedNode) -> None:
        evidence = claim.evidence
        self.add(iri, t.RDF_TYPE, CLAIM_CLASSES[type(claim)])
        self.add(iri, t.FROM_SOURCE, self.iri)
        self.add(iri, t.RULE, Literal(evidence.rule))
        self.add(iri, t.CONFIDENCE, score_literal(evidence.confidence))
        self.add(iri, t.PASSAGE, self.slice(evidence.passage))
        for piece in evidence.words:
            self.add(iri, t.EVIDENCE, self.slice(piece))
        for name, value in _iter_values(claim):
            self._write_value(iri, name, value)
        if isinstance(claim, c.StatementClaim):
            self._write_statement(claim, iri)

    def _write_value(self, iri: NamedNode, name: str, value: object) -> None:
        if name in _LINKS:
            self.add(iri, _LINKS[name], self.inner(str(value)))
        elif isinstance(value, c.StatementKind):
            self.add(iri, t.RDF_TYPE, _STATEMENT_CLASSES[value])
        elif isinstance(value, Enum):
            predicate, scheme = _CONCEPTS[type(value)]
            self.add(iri, predicate, t.concept(scheme, str(value)))
        elif name == "date":
            self.add(iri, t.LETTER_DATE, date_literal(str(value)))
        elif isinstance(value, int):
            self.add(iri, _LITERALS[name], Literal(value))
        else:
            self.add(iri, _LITERALS[name], Literal(str(value)))

    def _write_statement(self, claim: c.StatementClaim, iri: NamedNode) -> None:
        self.add(iri, t.WORDS, Literal(claim.words))
        for key in statement_keys(claim):
            self.add(iri, t.BLOCKING_KEY, Literal(key))
        if claim.speaker is not None:
            self.add(iri, t.SPEAKER_SCORE, score_literal(claim.speaker_score))
        if claim.cue_words:
            cue = " … ".join(piece.exact for piece in claim.cue_words)
            self.add(iri, t.CUE, Literal(cue))
        if claim.within in self.statement_iris:
            self.add(iri, t.WITHIN_CLAIM, self.statement_iris[claim.within])
        for predicate, pieces in (
            (t.CONTENT, claim.content),
            (t.SPEAKER_WORDS, claim.speaker_words),
            (t.CUE_WORDS, claim.cue_words),
        ):
            for piece in pieces:
                self.add(iri, predicate, self.slice(piece))

    def slice(self, piece: Slice) -> NamedNode:
        iri = self.inner(f"char={piece.start},{piece.end}")
        self.add(iri, t.RDF_TYPE, t.SLICE)
        self.add(iri, t.OA_START, Literal(piece.start))
        self.add(iri, t.OA_END, Literal(piece.end))
        self.add(iri, t.OA_EXACT, Literal(piece.exact))
        return iri


_NOT_VALUES: Final = {
    "evidence",
    "mentions",
    "key",
    "content",
    "speaker_words",
    "cue_words",
    "speaker_score",
    "within",
}
"""Fields of claims that are written in a way of their own."""


def _iter_values(claim: Claim) -> Iterable[tuple[str, object]]:
    for declared in fields(claim):
        value = getattr(claim, declared.name)
        if declared.name not in _NOT_VALUES and value is not None:
            yield declared.name, value


def _claim_key(claim: Claim) -> str:
    said = [f"{name}={value}" for name, value in _iter_values(claim)]
    words = [piece.exact for piece in claim.evidence.words]
    return key_of(type(claim).__name__, *said, *words)


def score_literal(score: float) -> Literal:
    """A score as a decimal of at most three places, in the form that stores keep unchanged."""
    text = f"{score:.3f}".rstrip("0").rstrip(".")
    return Literal(text, datatype=NamedNode(t.XSD + "decimal"))


_DATE_TYPES: Final = (
    (re.compile(r"\d{4}-\d{2}-\d{2}"), "date"),
    (re.compile(r"\d{4}-\d{2}"), "gYearMonth"),
    (re.compile(r"\d{4}"), "gYear"),
)


def date_literal(text: str) -> Literal:
    """An ISO 8601 date, month or year with its XSD type; anything else as a plain string."""
    for form, name in _DATE_TYPES:
        if form.fullmatch(text):
            return Literal(text, datatype=NamedNode(t.XSD + name))
    return Literal(text)
