"""Claims in words: "Ann Lee signed the open letter".

The one place where a claim becomes an English sentence; every view for people uses it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from undersigned.claims import (
    AddresseeClaim,
    AnswerClaim,
    Certainty,
    Claim,
    CountClaim,
    CountQualifier,
    DemandClaim,
    LetterClaim,
    LetterDateClaim,
    LocalKey,
    OrganizerClaim,
    RoleClaim,
    RoleTime,
    SignatureClaim,
    SignatureStatus,
    Stance,
    StatementClaim,
    StatementKind,
    TopicClaim,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from undersigned.claims import Reading

WORDS_SHOWN: Final = 140
"""Longer quotations, topics and demands are cut to this many characters."""

_SIGNED: Final = {
    SignatureStatus.REPORTED: "signed {letter}",
    SignatureStatus.LISTED: "is on the list of signers of {letter}",
    SignatureStatus.CONFIRMED: "confirmed having signed {letter}",
    SignatureStatus.WITHDRAWN: "withdrew a signature from {letter}",
    SignatureStatus.DENIED: "denied having signed {letter}",
    SignatureStatus.DECLINED: "declined to sign {letter}",
    SignatureStatus.FORGED: "did not sign {letter}: the signature is called a fake",
}
_QUALIFIED: Final = {
    CountQualifier.OVER: "more than ",
    CountQualifier.ABOUT: "about ",
    CountQualifier.UNDER: "fewer than ",
    CountQualifier.EXACT: "",
}
_HELD: Final = {RoleTime.CURRENT: "is", RoleTime.FORMER: "was", RoleTime.FUTURE: "will be"}
_TOWARDS: Final = {Stance.FOR: "for", Stance.AGAINST: "against", Stance.NEUTRAL: "neutral towards"}


def sentence_of(claim: Claim, reading: Reading) -> str:
    """What a claim of a reading says, as an English sentence without its full stop."""
    return Wording(reading).sentence_of(claim)


class Wording:
    """Puts the claims of one reading into words; use this instead of `sentence_of` for many."""

    def __init__(self, reading: Reading):
        letters: dict[LocalKey, LetterClaim] = {}
        for claim in reading.claims:
            if isinstance(claim, LetterClaim):
                letters.setdefault(claim.letter, claim)
        self._names = {entity.key: entity.name for entity in reading.entities}
        self._names |= {key: _letter_name(claim, letters) for key, claim in letters.items()}
        self._makers: Mapping[type[Claim], Callable[..., str]] = {
            RoleClaim: self._role,
            LetterClaim: self._letter,
            AddresseeClaim: self._addressee,
            OrganizerClaim: self._organizer,
            CountClaim: self._count,
            LetterDateClaim: self._date,
            TopicClaim: self._topic,
            DemandClaim: self._demand,
            AnswerClaim: self._answer,
            SignatureClaim: self._signature,
            StatementClaim: self._statement,
        }

    def name_of(self, key: LocalKey | None) -> str:
        """A name, or "the open letter"; "somebody" where the reading knows none."""
        return "somebody" if key is None else self._names.get(key, "somebody")

    def sentence_of(self, claim: Claim) -> str:
        """What a claim says, as an English sentence without its full stop."""
        sentence = self._makers[type(claim)](claim)
        if claim.certainty is Certainty.REPORTED:
            sentence = f"Reportedly, {_as_inner(sentence)}"
        elif claim.certainty is Certainty.DENIED and not isinstance(claim, SignatureClaim):
            sentence = f"It is denied that {_as_inner(sentence)}"
        return sentence[0].upper() + sentence[1:]

    def _role(self, claim: RoleClaim) -> str:
        place = f" at {self.name_of(claim.organization)}" if claim.organization else ""
        return f"{self.name_of(claim.holder)} {_HELD[claim.time]} “{claim.title}”{place}"

    def _letter(self, claim: LetterClaim) -> str:
        kind = _plain(claim.kind)
        article = "an" if kind[0] in "aeiou" else "a"
        called = f", called “{claim.name.strip('“”')}”" if claim.name else ""
        return f"there is {article} {kind}{called}: “{shortened(claim.description.strip('“”'))}”"

    def _addressee(self, claim: AddresseeClaim) -> str:
        return f"{self.name_of(claim.letter)} is addressed to {self.name_of(claim.addressee)}"

    def _organizer(self, claim: OrganizerClaim) -> str:
        organizer, letter = self.name_of(claim.organizer), self.name_of(claim.letter)
        return f"{organizer} organized, drafted or published {letter}"

    def _count(self, claim: CountClaim) -> str:
        number = f"{_QUALIFIED[claim.qualifier]}{claim.number:,}"
        return f"{self.name_of(claim.letter)} has {number} signers (“{claim.printed}”)"

    def _date(self, claim: LetterDateClaim) -> str:
        return f"{self.name_of(claim.letter)} is of {claim.date} (“{claim.printed}”)"

    def _topic(self, claim: TopicClaim) -> str:
        return f"{self.name_of(claim.letter)} is about “{shortened(claim.topic)}”"

    def _demand(self, claim: DemandClaim) -> str:
        return f"{self.name_of(claim.letter)} demands: “{shortened(claim.demand)}”"

    def _answer(self, claim: AnswerClaim) -> str:
        return f"{self.name_of(claim.letter)} answers {self.name_of(claim.answers)}"

    def _signature(self, claim: SignatureClaim) -> str:
        what = _SIGNED[claim.status]
        if claim.certainty is Certainty.DENIED:
            what = "did not sign {letter}"
        capacity = f", as “{claim.capacity}”" if claim.capacity else ""
        signed = what.format(letter=self.name_of(claim.letter))
        return f"{self.name_of(claim.signatory)} {signed}{capacity}"

    def _statement(self, claim: StatementClaim) -> str:
        """A quotation in the speaker's words, reported speech in the source's."""
        where = f" in {self.name_of(claim.letter)}" if claim.letter else ""
        towards = f" {_TOWARDS[claim.stance]}" if claim.stance else " about"
        target = f",{towards} {self.name_of(claim.target)}" if claim.target else ""
        verb = "said" if claim.kind is StatementKind.QUOTATION else "said in effect"
        said = f"{self.name_of(claim.speaker)} {verb}{where}{target}"
        words = shortened(claim.words)
        return f"{said} {words}" if words.startswith("that ") else f"{said}: {words}"


def _letter_name(claim: LetterClaim, letters: Mapping[LocalKey, LetterClaim]) -> str:
    """As "the open letter" if no other letter is of the kind, else with what tells it apart."""
    kind = _plain(claim.kind)
    apart = (claim.name or claim.description).strip("“”")
    alone = [other.kind for other in letters.values()].count(claim.kind) == 1
    if alone or apart.lower().startswith(kind):
        return f"the {kind if alone else shortened(apart)}"
    return f"the {kind} “{shortened(apart)}”"


def _plain(name: str) -> str:
    return name.replace("-", " ")


def _as_inner(sentence: str) -> str:
    """A sentence as it goes on after other words: "The petition …" becomes "the petition …"."""
    return f"the{sentence[3:]}" if sentence.startswith("The ") else sentence


def shortened(words: str, length: int = WORDS_SHOWN) -> str:
    """At most so many characters and " …", cut between words, line breaks as spaces."""
    line = " ".join(words.split())
    if len(line) <= length:
        return line
    return f"{line[:length].rsplit(' ', 1)[0]} …"
