"""Blocking keys: strings that local entities of different sources share if they may be the same.

Only things that share a key are ever compared, so that cost stays near linear. Keys are made from
one source alone and stored with its claims.
"""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Final

from undersigned.claims import (
    AddresseeClaim,
    EntityKind,
    LetterClaim,
    LetterDateClaim,
    SignatureClaim,
    StatementClaim,
    StatementKind,
)
from undersigned.iris import key_of
from undersigned.names import fold_name
from undersigned.naming.likeness import person_likeness_keys
from undersigned.naming.organization_names import folded_organization, organization_likeness_keys

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from undersigned.claims import LocalEntity, LocalKey, Reading

SHINGLE_WORDS: Final = 7
WINDOW: Final = 3
"""Winnowing (Schleimer, Wilkerson, Aiken 2003): two texts that share a run of
SHINGLE_WORDS + WINDOW - 1 = 9 words share a fingerprint, and about half are kept. Shorter shingles
make set phrases ("we, the undersigned, call on the") meet without end."""


LETTER_KEYS: Final = "letter-"
"""What the keys of letters begin with, and those of nothing else."""
PRINT_WORDS: Final = 8
PRINT_SHARE: Final = 16
"""One run of words in so many is kept: some 40 of an article of 650 words."""
PRINTED_WORDS: Final = 4_000
"""What comes after so many words of an article is not looked at."""


def entity_key(entity: LocalEntity, source_id: str) -> str:
    """Names that may be one across sources share this key.

    A person known by one word only, a group and an unnamed speaker belong to their source: a name
    known only as a string is not a person elsewhere. Nor is one of two namesakes of one source.
    """
    folded = fold_name(entity.name) or key_of(entity.name)
    if entity.has_namesake:
        return f"{entity.kind}:{folded}@{source_id}#{entity.key}"
    if entity.kind is EntityKind.ORGANIZATION:
        return f"organization:{folded_organization(entity.name) or folded}"
    if entity.kind is EntityKind.PERSON and " " in folded:
        return f"person:{folded}"
    return f"{entity.kind}:{folded}@{source_id}"


def likeness_keys(entity: LocalEntity) -> set[str]:
    """Names that may be forms of one name share one of these."""
    if entity.kind is EntityKind.ORGANIZATION:
        return organization_likeness_keys(entity.name)
    if entity.kind is EntityKind.PERSON:
        return person_likeness_keys(entity.name)
    if entity.kind is EntityKind.HANDLE:
        return {f"handle-word:{fold_name(entity.name) or key_of(entity.name)}"}
    return set()


def words_of(text: str) -> list[str]:
    """The words of a quotation as they are compared: lower case, no marks, no diacritics."""
    return fold_name(text.replace("[", "").replace("]", "")).split()


def fingerprints(text: str) -> list[str]:
    """Keys of a quotation, sorted; few words give one key of the whole."""
    words = words_of(text)
    if len(words) < SHINGLE_WORDS:
        return [key_of(*words)] if words else []
    shingles = [
        key_of(*words[at : at + SHINGLE_WORDS]) for at in range(len(words) - SHINGLE_WORDS + 1)
    ]
    windows = max(1, len(shingles) - WINDOW + 1)
    return sorted({min(shingles[at : at + WINDOW]) for at in range(windows)})


def text_prints(text: str) -> list[str]:
    """Fingerprints of an article's text, sorted: copies of one story share most of theirs.

    Which runs of words are kept depends on these words alone, so that a cut copy keeps the same.
    """
    words = words_of(text)[:PRINTED_WORDS]
    runs = (key_of(*words[at : at + PRINT_WORDS]) for at in range(len(words) - PRINT_WORDS + 1))
    return sorted({run for run in runs if int(run, 16) % PRINT_SHARE == 0})


def statement_keys(claim: StatementClaim) -> list[str]:
    """Keys of a statement: quotations by their fingerprints, reported speech by all its words."""
    if claim.kind is StatementKind.QUOTATION:
        return [f"quotation:{print_}" for print_ in fingerprints(claim.words)]
    return [f"reported:{key_of(*words_of(claim.words))}"]


def letter_keys(reading: Reading, letter: LocalKey, entity_keys: dict[LocalKey, str]) -> list[str]:
    """Keys of a letter: its name; its addressees and signatories, each with the month.

    A neighbouring month gives a key, too, so that a letter reported on both sides of a month's
    end is compared. Letters that are quoted meet through the keys of their quotations.
    """
    parties: set[str] = set()
    names: set[str] = set()
    dates: list[str] = []
    for claim in reading.claims:
        if getattr(claim, "letter", None) != letter:
            continue
        if isinstance(claim, LetterDateClaim):
            dates.append(claim.date)
        elif isinstance(claim, AddresseeClaim):
            parties.add(f"addressee:{entity_keys.get(claim.addressee, claim.addressee)}")
        elif isinstance(claim, SignatureClaim):
            parties.add(f"signatory:{entity_keys.get(claim.signatory, claim.signatory)}")
        elif isinstance(claim, LetterClaim) and claim.name:
            names.add(f"{LETTER_KEYS}name:{fold_name(claim.name)}")
    months = _months(dates or [reading.source.published or ""])
    shared = {f"{LETTER_KEYS}{party}:{month}" for party in parties for month in months}
    # A party known from this source alone ("@") can't be another source's party.
    return sorted(names | {key for key in shared if "@" not in key})


def _months(dates: Sequence[str]) -> Iterable[str]:
    """Both "2025-03" and "2025-04" for any day of March 2025; a year alone gives the year."""
    found: set[str] = set()
    for text in dates:
        match = re.match(r"(\d{4})(?:-(0[1-9]|1[0-2]))?", text)
        if match and match[2]:
            day = date(int(match[1]), int(match[2]), 1)
            found.add(f"{day:%Y-%m}")
            found.add(f"{day.year + day.month // 12}-{day.month % 12 + 1:02d}")
        elif match:
            found.add(match[1])
    return sorted(found)
