"""Letters and signatures, over passages of one or a few sentences (`passages/signing/*.toml`)."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from undersigned.claims import (
    AddresseeClaim,
    AnswerClaim,
    Certainty,
    CountClaim,
    LetterClaim,
    LetterDateClaim,
    OrganizerClaim,
    Reading,
    SignatureClaim,
    SignatureStatus,
    check_slices,
)
from undersigned.reading.cast import Cast, make_cast
from undersigned.reading.letters import Letters, find_letters
from undersigned.reading.name_series import complete_series
from undersigned.reading.names import find_names
from undersigned.reading.pipeline import open_pipeline, read_texts
from undersigned.reading.signatures import find_signatures
from undersigned.source import Block, BlockKind, Source

if TYPE_CHECKING:
    from spacy.language import Language

    from undersigned.reading.text import ReadText

_PASSAGES = Path(__file__).parent / "passages" / "signing"


def _cases(file: str) -> list[Any]:
    tables = tomllib.loads((_PASSAGES / file).read_text(encoding="utf-8"))
    return [pytest.param(case, id=case["name"]) for case in tables["passage"]]


@pytest.fixture(scope="module")
def nlp() -> Language:
    return open_pipeline()


def _source(text: str) -> Source:
    blocks, start = [], 0
    for line in text.split("\n"):
        bullet = line.startswith("* ")
        kind = BlockKind.LIST_ITEM if bullet else BlockKind.PARAGRAPH
        blocks.append(Block(kind, start + 2 * bullet, start + len(line)))
        start += len(line) + 1
    return Source(
        source_id="passage",
        kind="article",
        text=text,
        blocks=tuple(blocks),
        origin="passage",
        published="2024-04-10",
    )


def _read(nlp: Language, words: str) -> tuple[ReadText, Cast, Letters, list[SignatureClaim]]:
    text = next(iter(read_texts(nlp, [_source(words)])))
    cast = make_cast(text, complete_series(text, find_names(text)))
    letters = find_letters(text, cast)
    signatures = find_signatures(text, cast, letters)
    check_slices(Reading(source=text.source, claims=(*letters.claims(), *signatures)))
    return text, cast, letters, signatures


def _signed(cast: Cast, claim: SignatureClaim) -> str:
    name = cast.name_of(claim.signatory)
    if claim.certainty is Certainty.STATED and claim.status is SignatureStatus.REPORTED:
        return name
    return f"{name}: {claim.certainty.value}/{claim.status.value}"


SIGNATURES = (
    "signatures.toml",
    "constructions.toml",
    "newspapers.toml",
    "carried_names.toml",
    "its_signers.toml",
)
LETTERS = (
    "letters.toml",
    "counts_and_addressees.toml",
    "newspaper_letters.toml",
    "further_letters.toml",
)


@pytest.mark.parametrize("case", [case for file in SIGNATURES for case in _cases(file)])
def test_signatures_of_a_passage(nlp: Language, case: dict[str, Any]) -> None:
    _, cast, _, signatures = _read(nlp, case["text"])
    assert sorted(_signed(cast, claim) for claim in signatures) == sorted(case["signatures"])


@pytest.mark.parametrize("case", [case for file in LETTERS for case in _cases(file)])
def test_letters_of_a_passage(nlp: Language, case: dict[str, Any]) -> None:
    _, cast, letters, _ = _read(nlp, case["text"])
    claims = letters.claims()
    found = []
    for letter in (c for c in claims if isinstance(c, LetterClaim)):
        names = [
            cast.name_of(c.addressee)
            for c in claims
            if isinstance(c, AddresseeClaim) and c.letter == letter.letter
        ]
        found.append(f"{letter.letter}: {'; '.join(names)}" if names else str(letter.letter))
    assert found == case["letters"]
    counts = [f"{c.number} {c.qualifier.value}" for c in claims if isinstance(c, CountClaim)]
    assert counts == case["counts"]


APART = ("letters_apart.toml", "titles_and_order.toml")


@pytest.mark.parametrize("case", [case for file in APART for case in _cases(file)])
def test_letters_are_kept_apart(nlp: Language, case: dict[str, Any]) -> None:
    _, cast, letters, signatures = _read(nlp, case["text"])
    under = [f"{cast.name_of(claim.signatory)}: {claim.letter}" for claim in signatures]
    assert sorted(under) == case["under"]
    claims = letters.claims()
    answers = [f"{c.letter}: {c.answers}" for c in claims if isinstance(c, AnswerClaim)]
    assert sorted(answers) == case["answers"]


def test_nobody_organizes_a_letter_by_drafting_another(nlp: Language) -> None:
    words = (
        "Forty painters signed a counter-letter. Ann Lee led the drafting of the Harper's letter."
    )
    _, cast, letters, _ = _read(nlp, words)
    led = [c for c in letters.claims() if isinstance(c, OrganizerClaim)]
    assert "letter-letter" not in {c.letter for c in led if cast.name_of(c.organizer) == "Ann Lee"}


def test_evidence_holds_the_name_and_the_words_that_say_signing(nlp: Language) -> None:
    _, _, _, (claim,) = _read(nlp, "Anna Keller reportedly signed the open letter.")
    assert [words.exact for words in claim.evidence.words] == [
        "Anna Keller",
        "reportedly",
        "signed",
    ]
    assert claim.evidence.rule == "signed"
    assert claim.evidence.passage.exact == "Anna Keller reportedly signed the open letter."


def test_capacity_is_the_role_printed_beside_the_name(nlp: Language) -> None:
    _, cast, _, signatures = _read(
        nlp,
        "Actor and director Anna Keller, drummer Robert Stone and Maria Lopez, a judge, "
        "signed an open letter.",
    )
    capacities = {cast.name_of(claim.signatory): claim.capacity for claim in signatures}
    assert capacities == {
        "Anna Keller": "Actor and director",
        "Robert Stone": "drummer",
        "Maria Lopez": "judge",
    }


def test_a_role_in_the_plural_holds_for_each_of_the_list(nlp: Language) -> None:
    _, _, _, signatures = _read(
        nlp, "Forty people, including actors Anna Keller and Robert Stone, signed an open letter."
    )
    assert [claim.capacity for claim in signatures] == ["actor", "actor"]


def test_executives_sign_for_their_firms(nlp: Language) -> None:
    _, _, _, signatures = _read(
        nlp, "Chief executives of Google and Microsoft signed an open letter."
    )
    assert {claim.capacity for claim in signatures} == {"represented by Chief executives"}


def test_keys_outlive_the_removal_of_another_paragraph(nlp: Language) -> None:
    first = "Forty nurses signed an open letter on pay."
    second = "An earlier open letter, in 2015, had been signed by Anna Keller."
    _, _, whole, _ = _read(nlp, f"{first}\nIt rained all day.\n{second}")
    _, _, part, _ = _read(nlp, f"{first}\n{second}")
    assert whole.keys() == part.keys()


def test_it_means_the_letter_that_spoke_last(nlp: Language) -> None:
    text, _, letters, _ = _read(
        nlp,
        "Nurses signed an open letter. “We are tired,” the letter says. “We want rest,” it adds.",
    )
    pronoun = next(token for token in text.doc if token.text == "it")
    assert letters.resolve_it(pronoun) == "letter-open-letter"
    assert letters.main() == "letter-open-letter"


def test_an_owner_decides_between_two_letters(nlp: Language) -> None:
    text, _, letters, _ = _read(
        nlp,
        "Farmers signed an open letter in response to submissions placed by Google and Microsoft. "
        "“We need land,” Google's letter said. The farmers' letter disagreed.",
    )
    heads = [token for token in text.doc if token.text == "letter"]
    assert [letters.at(token) for token in heads] == [
        "letter-open-letter",
        "letter-submission-google",
        "letter-open-letter",
    ]
    answered = {c.answers for c in letters.claims() if isinstance(c, AnswerClaim)}
    assert answered == {
        "letter-submission-google",
        "letter-submission-microsoft",
        "organization-google",
        "organization-microsoft",
    }


def test_organizer_and_date(nlp: Language) -> None:
    _, cast, letters, _ = _read(
        nlp, "Nurses signed an open letter on Monday, organized by the Red Cross."
    )
    claims = letters.claims()
    assert [cast.name_of(c.organizer) for c in claims if isinstance(c, OrganizerClaim)] == [
        "Red Cross"
    ]
    assert [c.date for c in claims if isinstance(c, LetterDateClaim)] == ["2024-04-08"]


def test_this_week_is_no_date(nlp: Language) -> None:
    _, _, letters, _ = _read(nlp, "Nurses signed an open letter this week.")
    assert not [c for c in letters.claims() if isinstance(c, LetterDateClaim)]


def test_title_of_a_letter(nlp: Language) -> None:
    _, _, letters, _ = _read(nlp, "Nurses signed an open letter called “Fair Pay For All”.")
    (letter,) = [c for c in letters.claims() if isinstance(c, LetterClaim)]
    assert letter.name == "Fair Pay For All"


@pytest.mark.parametrize(
    ("words", "name"),
    [
        (
            "Forty people signed the “Leeds Statement on Rain,” a joint statement of one page.",
            "Leeds Statement on Rain",
        ),
        (
            "The Daily printed “A Letter on Rain and Snow,” in which 40 people ask for sun. "
            "The letter is short.",
            "A Letter on Rain and Snow",
        ),
        (
            "“Stop The Rain: An Open Letter” has 300 signatures. The letter is short.",
            "Stop The Rain: An Open Letter",
        ),
        (
            "“Stop The Rain,” the open letter that asks for sun, has 300 signatures.",
            "Stop The Rain",
        ),
        ("Forty people signed an open letter. “Stop The Rain” is a song.", None),
    ],
)
def test_a_quoted_title_is_the_name_of_one_letter(
    nlp: Language, words: str, name: str | None
) -> None:
    _, _, letters, _ = _read(nlp, words)
    assert [c.name for c in letters.claims() if isinstance(c, LetterClaim)] == [name]


def test_story_without_a_letter(nlp: Language) -> None:
    _, _, letters, signatures = _read(nlp, "It rained all day in the town of Keswick.")
    assert not letters.claims()
    assert letters.main() is None
    assert not signatures
