"""Every claim in words."""

from __future__ import annotations

from typing import Any

import pytest

from undersigned import claims as c
from undersigned.explaining.marks import Marking
from undersigned.reading.wording import WORDS_SHOWN, Wording, sentence_of, shortened
from undersigned.source import Block, BlockKind, Source

TEXT = "Nine words that every claim of this module needs."
WORDS = c.Slice(0, len(TEXT), TEXT)
EVIDENCE = c.Evidence(words=(WORDS,), passage=WORDS, rule="test", confidence=0.9)
ANN, ACME, LETTER = (c.LocalKey(key) for key in ("person-ann", "organization-acme", "letter-1"))
MENTION = c.Mention(words=WORDS, form=c.MentionForm.NAME)
LETTERS = (
    c.LetterClaim(
        evidence=EVIDENCE, letter=LETTER, kind=c.LetterKind.OPEN_LETTER, description="open letter"
    ),
)


def reading_of(*claims: c.Claim) -> c.Reading:
    block = Block(BlockKind.PARAGRAPH, 0, len(TEXT))
    return c.Reading(
        source=Source(source_id="x", kind="article", text=TEXT, blocks=(block,), origin="x"),
        entities=(
            c.LocalEntity(key=ANN, kind=c.EntityKind.PERSON, name="Ann Lee", mentions=(MENTION,)),
            c.LocalEntity(
                key=ACME, kind=c.EntityKind.ORGANIZATION, name="Acme", mentions=(MENTION,)
            ),
        ),
        claims=claims,
    )


def signature(**more: Any) -> c.SignatureClaim:
    return c.SignatureClaim(evidence=EVIDENCE, signatory=ANN, letter=LETTER, **more)


def statement(words: str = "“No,”", **more: Any) -> c.StatementClaim:
    given: dict[str, Any] = {"kind": c.StatementKind.QUOTATION, "speaker": ANN} | more
    piece = c.Slice(0, len(words), words)
    return c.StatementClaim(evidence=EVIDENCE, key=c.LocalKey("s"), content=(piece,), **given)


CASES: list[tuple[c.Claim, str]] = [
    (signature(), "Ann Lee signed the open letter"),
    (signature(capacity="singer"), "Ann Lee signed the open letter, as “singer”"),
    (signature(certainty=c.Certainty.REPORTED), "Reportedly, Ann Lee signed the open letter"),
    (
        signature(certainty=c.Certainty.DENIED, status=c.SignatureStatus.DENIED),
        "Ann Lee did not sign the open letter",
    ),
    (signature(status=c.SignatureStatus.DENIED), "Ann Lee denied having signed the open letter"),
    (signature(status=c.SignatureStatus.DECLINED), "Ann Lee declined to sign the open letter"),
    (
        signature(status=c.SignatureStatus.FORGED),
        "Ann Lee did not sign the open letter: the signature is called a fake",
    ),
    (
        signature(status=c.SignatureStatus.WITHDRAWN),
        "Ann Lee withdrew a signature from the open letter",
    ),
    (
        c.RoleClaim(evidence=EVIDENCE, holder=ANN, title="chief executive", organization=ACME),
        "Ann Lee is “chief executive” at Acme",
    ),
    (
        c.RoleClaim(evidence=EVIDENCE, holder=ANN, title="senator", time=c.RoleTime.FORMER),
        "Ann Lee was “senator”",
    ),
    (LETTERS[0], "There is an open letter: “open letter”"),
    (
        c.AddresseeClaim(evidence=EVIDENCE, letter=LETTER, addressee=ACME),
        "The open letter is addressed to Acme",
    ),
    (
        c.OrganizerClaim(evidence=EVIDENCE, letter=LETTER, organizer=ACME),
        "Acme organized, drafted or published the open letter",
    ),
    (
        c.CountClaim(
            evidence=EVIDENCE,
            letter=LETTER,
            number=1100,
            qualifier=c.CountQualifier.OVER,
            printed="over 1100",
        ),
        "The open letter has more than 1,100 signers (“over 1100”)",
    ),
    (
        c.LetterDateClaim(evidence=EVIDENCE, letter=LETTER, date="2024-05-03", printed="Friday"),
        "The open letter is of 2024-05-03 (“Friday”)",
    ),
    (
        c.TopicClaim(evidence=EVIDENCE, letter=LETTER, topic="the dam"),
        "The open letter is about “the dam”",
    ),
    (
        c.DemandClaim(
            evidence=EVIDENCE, letter=LETTER, demand="to stop", certainty=c.Certainty.REPORTED
        ),
        "Reportedly, the open letter demands: “to stop”",
    ),
    (
        c.AnswerClaim(evidence=EVIDENCE, letter=LETTER, answers=ACME, certainty=c.Certainty.DENIED),
        "It is denied that the open letter answers Acme",
    ),
    (statement(), "Ann Lee said: “No,”"),
    (statement(speaker=None), "Somebody said: “No,”"),
    (statement(speaker=LETTER), "The open letter said: “No,”"),
    (statement(letter=LETTER), "Ann Lee said in the open letter: “No,”"),
    (
        statement(target=ACME, stance=c.Stance.AGAINST),
        "Ann Lee said, against Acme: “No,”",
    ),
    (statement(target=ACME), "Ann Lee said, about Acme: “No,”"),
    (
        statement("that the dam leaks", kind=c.StatementKind.REPORTED_SPEECH),
        "Ann Lee said in effect that the dam leaks",
    ),
]


@pytest.mark.parametrize(("claim", "sentence"), CASES, ids=[sentence for _, sentence in CASES])
def test_a_claim_in_words(claim: c.Claim, sentence: str) -> None:
    claims = LETTERS if claim in LETTERS else (*LETTERS, claim)
    assert sentence_of(claim, reading_of(*claims)) == sentence


def test_every_type_of_claim_has_words_and_labels() -> None:
    shown = {type(claim): claim for claim, _ in CASES}
    types = {kind for kind in vars(c).values() if isinstance(kind, type)}
    assert set(shown) == {kind for kind in types if issubclass(kind, c.Claim)} - {c.Claim}
    marking = Marking(reading_of(*LETTERS, *shown.values()))
    assert all(marking.marks_of(claim, 1) for claim in shown.values())


@pytest.mark.parametrize("status", list(c.SignatureStatus))
def test_every_status_of_a_signature_has_words(status: c.SignatureStatus) -> None:
    sentence = sentence_of(signature(status=status), reading_of(*LETTERS))
    assert sentence.startswith("Ann Lee ")
    assert "the open letter" in sentence


def test_letters_of_one_kind_are_told_apart() -> None:
    second = c.LetterClaim(
        evidence=EVIDENCE,
        letter=c.LocalKey("letter-2"),
        kind=c.LetterKind.OPEN_LETTER,
        description="open letter to Acme",
    )
    third = c.LetterClaim(
        evidence=EVIDENCE,
        letter=c.LocalKey("letter-3"),
        kind=c.LetterKind.OPEN_LETTER,
        description="open letter",
        name="“Save the River”",
    )
    wording = Wording(reading_of(*LETTERS, second, third))
    names = [wording.name_of(claim.letter) for claim in (LETTERS[0], second, third)]
    assert names == [
        "the open letter",
        "the open letter to Acme",
        "the open letter “Save the River”",
    ]


def test_long_words_are_cut_between_words() -> None:
    cut = shortened("river " * 100)
    assert len(cut) <= WORDS_SHOWN + 2
    assert cut.endswith("river …")
    assert shortened("two\n lines") == "two lines"
