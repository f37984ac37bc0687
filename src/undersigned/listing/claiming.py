"""A letter's page or list as local entities and claims."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from undersigned import claims as c
from undersigned.iris import key_of, slug_of
from undersigned.listing import letter_text
from undersigned.listing.addressees import find_addressees
from undersigned.listing.entries import Section
from undersigned.listing.habits import habits_of
from undersigned.listing.kinds import kind_of
from undersigned.listing.parsing import read_entry
from undersigned.names import fold_name
from undersigned.source import BlockKind

if TYPE_CHECKING:
    from collections.abc import Iterable

    from undersigned.listing.affiliations import Affiliation
    from undersigned.listing.entries import Entry, Listing
    from undersigned.listing.signers import Signer
    from undersigned.source import Source

_SURE: Final = 0.95
_UNSURE: Final = 0.8
"""Of signers who may be something else: organizations outside a section of their own."""
_COMMENT_WORDS: Final = 4


@dataclass(frozen=True, slots=True)
class ListingClaims:
    """What was found in a letter's own page or list."""

    entities: tuple[c.LocalEntity, ...]
    claims: tuple[c.Claim, ...]


def read_listing(source: Source, listing: Listing) -> ListingClaims:
    """The claims of a letter's own page: the letter, and one signature an entry.

    Each entry is a signer of its own, also where two have one name: the list says no more of
    whether they are the same. Entities and claims are in text order.
    """
    making = _Making(source, listing)
    making.make_letter()
    making.make_signers()
    return ListingClaims(making.cast.entities(), tuple(making.claims))


class _Cast:
    """The local entities of a list."""

    def __init__(self, source: Source, names: Counter[tuple[c.EntityKind, str]]) -> None:
        self._source = source
        self._names = names
        self._mentions: dict[c.LocalKey, list[c.Mention]] = {}
        self._entities: dict[c.LocalKey, c.LocalEntity] = {}

    def add_signer(self, signer: Signer, words: c.Slice, entry_words: str) -> c.LocalKey:
        """A new entity, with a key of its own where the list has several of its name."""
        key = _key(signer.kind, signer.name)
        namesakes = self._names[signer.kind, fold_name(signer.name)] > 1
        if namesakes:
            key = self._free_key(c.LocalKey(f"{key}-{key_of(entry_words)}"))
        elif key in self._entities:  # met before as an affiliation
            self._mentions[key].append(c.Mention(words=words, form=c.MentionForm.NAME))
            return key
        self._put(
            c.LocalEntity(
                key=key,
                kind=signer.kind,
                name=signer.name,
                mentions=(),
                account_names=tuple(signer.account_names),
                has_namesake=namesakes,
            ),
            words,
        )
        return key

    def add_names(self, key: c.LocalKey, names: Iterable[c.Slice]) -> None:
        """Further names of an entity: what friends say, the name in another script."""
        self._mentions[key] += (c.Mention(words=n, form=c.MentionForm.NAME) for n in names)

    def add(self, kind: c.EntityKind, name: str, words: c.Slice) -> c.LocalKey:
        """The entity of a name that is meant as one throughout, as of affiliations."""
        key = _key(kind, name)
        if key in self._entities:
            self._mentions[key].append(c.Mention(words=words, form=c.MentionForm.NAME))
        else:
            self._put(c.LocalEntity(key=key, kind=kind, name=name, mentions=()), words)
        return key

    def entities(self) -> tuple[c.LocalEntity, ...]:
        """All of them, in the order of their first mention."""
        return tuple(
            replace(entity, mentions=tuple(sorted(self._mentions[key], key=lambda m: m.words)))
            for key, entity in self._entities.items()
        )

    def _put(self, entity: c.LocalEntity, words: c.Slice) -> None:
        self._entities[entity.key] = entity
        self._mentions[entity.key] = [c.Mention(words=words, form=c.MentionForm.NAME)]

    def _free_key(self, key: c.LocalKey) -> c.LocalKey:
        """Entries that are alike to the last letter are numbered."""
        number, free = 2, key
        while free in self._entities:
            free = c.LocalKey(f"{key}-{number}")
            number += 1
        return free


def _key(kind: c.EntityKind, name: str) -> c.LocalKey:
    folded = fold_name(name)
    if kind is c.EntityKind.ORGANIZATION:
        folded = folded.removeprefix("the ")
    slug = slug_of(folded or name)
    # Names in other scripts may have one transliteration.
    return c.LocalKey(f"{kind}-{slug}" if folded.isascii() else f"{kind}-{slug}-{key_of(folded)}")


class _Making:
    """Collects the entities and claims of one list."""

    def __init__(self, source: Source, listing: Listing) -> None:
        self.source = source
        self.listing = listing
        habits = habits_of(listing.entries)
        self.signers = [
            (entry, signer)
            for entry in listing.entries
            for signer in read_entry(source.text, entry, habits)
        ]
        names = Counter((s.kind, fold_name(s.name)) for _, s in self.signers)
        self.cast = _Cast(source, names)
        self.claims: list[c.Claim] = []
        title = _fact(listing, "title") or source.title
        first = next(iter(letter_text.sentences_of(source)), None)
        self.kind = letter_text.kind_of_letter(
            _fact(listing, "kind"), title, first.exact if first else None
        )
        self.letter = c.LocalKey(f"letter-{self.kind}")
        self.title = title

    def slice(self, start: int, end: int) -> c.Slice:
        return c.Slice(start, end, self.source.text[start:end])

    def evidence(
        self,
        words: Iterable[c.Slice],
        rule: str,
        passage: c.Slice | None = None,
        sure: float = _SURE,
    ) -> c.Evidence:
        ordered = tuple(sorted(set(words)))
        around = passage or self.slice(ordered[0].start, max(piece.end for piece in ordered))
        return c.Evidence(words=ordered, passage=around, rule=rule, confidence=sure)

    # --- the letter ------------------------------------------------------------------------------

    def make_letter(self) -> None:
        words, rule = self._letter_words()
        kind = self.kind.value.replace("-", " ")
        self.claims.append(
            c.LetterClaim(
                evidence=self.evidence([words], rule),
                letter=self.letter,
                kind=self.kind,
                description=kind,
                name=self.title,
                mentions=(c.Mention(words=words, form=c.MentionForm.NOMINAL),),
            )
        )
        self._make_addressees()
        self._make_date()
        for piece in letter_text.demands_of(self.source):
            self.claims.append(
                c.DemandClaim(
                    evidence=self.evidence([piece], "letter-asks"),
                    letter=self.letter,
                    demand=piece.exact,
                )
            )
        for counted in letter_text.counts_of(self.source):
            self.claims.append(
                c.CountClaim(
                    evidence=self.evidence([counted.words], "letter-counts"),
                    letter=self.letter,
                    number=counted.number,
                    qualifier=counted.qualifier,
                    printed=counted.words.exact,
                )
            )
        self._make_statements()

    def _letter_words(self) -> tuple[c.Slice, str]:
        """The words that show that there is a letter: its title, else what announces signers."""
        for fact in self.listing.facts:
            if fact.name == "title":
                return self.slice(fact.start, fact.end), "mapped-title"
        for block in self.source.blocks:
            if block.kind is BlockKind.HEADLINE:
                return self.slice(block.start, block.end), "letter-title"
        return self.slice(*self.listing.announced), "list-of-signers"

    def _make_addressees(self) -> None:
        mapped = [fact for fact in self.listing.facts if fact.name in ("addressee", "organizer")]
        for fact in mapped:
            words = self.slice(fact.start, fact.end)
            kind = kind_of(fact.value)
            party = self.cast.add(kind, fact.value, words)
            evidence = self.evidence([words], f"mapped-{fact.name}")
            if fact.name == "addressee":
                self.claims.append(
                    c.AddresseeClaim(evidence=evidence, letter=self.letter, addressee=party)
                )
            else:
                self.claims.append(
                    c.OrganizerClaim(evidence=evidence, letter=self.letter, organizer=party)
                )
        if any(fact.name == "addressee" for fact in mapped):
            return
        for addressee in find_addressees(self.source):
            party = self.cast.add(addressee.kind, addressee.name, addressee.words)
            evidence = self.evidence([addressee.words], "letter-addresses")
            self.claims.append(
                c.AddresseeClaim(evidence=evidence, letter=self.letter, addressee=party)
            )

    def _make_date(self) -> None:
        mapped = next((fact for fact in self.listing.facts if fact.name == "date"), None)
        if mapped is not None:
            iso, words = mapped.value, self.slice(mapped.start, mapped.end)
        elif found := letter_text.letter_date(self.source):
            iso, words = found
        else:
            return
        self.claims.append(
            c.LetterDateClaim(
                evidence=self.evidence([words], "letter-dated"),
                letter=self.letter,
                date=iso,
                printed=words.exact,
            )
        )

    def _make_statements(self) -> None:
        """The letter's sentences as what it says, so that those who quote it are found."""
        for piece in letter_text.statements_of(self.source):
            self.claims.append(
                c.StatementClaim(
                    evidence=self.evidence([piece], "letter-says"),
                    key=c.LocalKey(
                        f"statement-{key_of(self.letter, piece.exact, str(piece.start))}"
                    ),
                    kind=c.StatementKind.QUOTATION,
                    content=(piece,),
                    speaker=self.letter,
                )
            )

    # --- the signers -----------------------------------------------------------------------------

    def make_signers(self) -> None:
        for entry, signer in self.signers:
            printed = [self.slice(*place) for place in signer.printed]
            main = printed[-1] if len(printed) > 1 else printed[0]
            entry_words = self.source.text[entry.start : entry.end]
            key = self.cast.add_signer(signer, main, entry_words)
            self.cast.add_names(key, [self.slice(*place) for place in signer.other_names])
            passage = self.slice(entry.start, entry.end)
            self._make_signature(entry, signer, key, printed, passage)
            for affiliation in signer.affiliations:
                self._make_role(affiliation, key, main, passage)
            for start, end in signer.comments:
                self._make_comment(key, main, self.slice(start, end))

    def _make_signature(
        self,
        entry: Entry,
        signer: Signer,
        key: c.LocalKey,
        printed: list[c.Slice],
        passage: c.Slice,
    ) -> None:
        capacity = [self.slice(*place) for place in signer.capacity]
        told = [signer.escaped.get(p, self.source.text[slice(*p)]) for p in signer.capacity]
        sectioned = entry.section is not Section.ANYONE or signer.kind is c.EntityKind.PERSON
        self.claims.append(
            c.SignatureClaim(
                evidence=self.evidence(
                    [*printed, *capacity], "listed-signer", passage, _SURE if sectioned else _UNSURE
                ),
                signatory=key,
                letter=self.letter,
                status=c.SignatureStatus.LISTED,
                capacity=", ".join(" ".join(words.split()) for words in told) or None,
            )
        )

    def _make_role(
        self, affiliation: Affiliation, key: c.LocalKey, name: c.Slice, passage: c.Slice
    ) -> None:
        body = None
        if affiliation.organization is not None:
            words = self.slice(*affiliation.organization)
            called = affiliation.organization_name or words.exact
            body = self.cast.add(c.EntityKind.ORGANIZATION, " ".join(called.split()), words)
        self.claims.append(
            c.RoleClaim(
                evidence=self.evidence(
                    [name, self.slice(affiliation.start, affiliation.end)],
                    "listed-affiliation",
                    passage,
                    _UNSURE,
                ),
                holder=key,
                title=" ".join(affiliation.title.split()),
                organization=body,
                time=affiliation.time,
            )
        )

    def _make_comment(self, key: c.LocalKey, name: c.Slice, words: c.Slice) -> None:
        if len(words.exact.split()) < _COMMENT_WORDS:
            return
        self.claims.append(
            c.StatementClaim(
                evidence=self.evidence([name, words], "signer-comments"),
                key=c.LocalKey(f"statement-{key_of(key, words.exact, str(words.start))}"),
                kind=c.StatementKind.QUOTATION,
                content=(words,),
                speaker=key,
                speaker_words=(name,),
            )
        )


def _fact(listing: Listing, name: str) -> str | None:
    return next((fact.value for fact in listing.facts if fact.name == name), None)
