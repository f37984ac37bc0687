"""What a letter's own page says of the letter, and what its list says of the signers."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from undersigned import claims as c
from undersigned.evidence.writing import evidence_triples
from undersigned.iris import Iris

if TYPE_CHECKING:
    from collections.abc import Callable

    Read = Callable[[Path], c.Reading]

LISTS = Path(__file__).parent / "lists"


def of_kind(reading: c.Reading, kind: type[c.Claim]) -> list[c.Claim]:
    return [claim for claim in reading.claims if type(claim) is kind]


def name_of(reading: c.Reading, key: c.LocalKey | None) -> str | None:
    return next((entity.name for entity in reading.entities if entity.key == key), None)


@pytest.mark.parametrize(
    ("file", "title", "kind", "date", "addressees"),
    [
        ("cards.html", "An open letter to the Tidewater City Council",
         "open-letter", "2023-03-14", ["Tidewater City Council"]),
        ("numbered.md", "Open letter to the Board of the Harbor Theatre",
         "open-letter", "2022-05-03", ["Board of the Harbor Theatre"]),
        ("table.html", "Joint statement on the harbor road", "joint-statement", None, []),
        ("german.txt", "Offener Brief an die Kultusministerin", "open-letter", "2023-05-12", None),
    ],
)  # fmt: skip
def test_title_kind_date_and_addressee_come_from_the_page(
    read_list: Read,
    file: str,
    title: str,
    kind: str,
    date: str | None,
    addressees: list[str] | None,
) -> None:
    reading = read_list(LISTS / file)
    (letter,) = of_kind(reading, c.LetterClaim)
    dates = [claim.date for claim in reading.claims if isinstance(claim, c.LetterDateClaim)]
    named = [
        name_of(reading, claim.addressee)
        for claim in reading.claims
        if isinstance(claim, c.AddresseeClaim)
    ]
    assert isinstance(letter, c.LetterClaim)
    assert (letter.name, letter.kind.value) == (title, kind)
    assert dates == ([date] if date else [])
    if addressees is not None:
        assert [name for name in named if name in addressees] == addressees


def test_what_the_letter_asks_for_is_a_demand_in_its_own_words(read_list: Read) -> None:
    demands = [
        claim.demand
        for claim in read_list(LISTS / "cards.html").claims
        if isinstance(claim, c.DemandClaim)
    ]
    assert (
        "call on the council to withdraw the plan to close the library before the summer" in demands
    )


def test_numbers_of_signers_on_the_page_are_claimed_counts(read_list: Read) -> None:
    counts = [
        (claim.number, claim.printed)
        for claim in read_list(LISTS / "cards.html").claims
        if isinstance(claim, c.CountClaim)
    ]
    assert counts == [(1204, "Signatures: 1,204")]


def test_sentences_of_the_letter_are_statements_of_the_letter(read_list: Read) -> None:
    reading = read_list(LISTS / "breaks.html")
    said = [claim for claim in reading.claims if isinstance(claim, c.StatementClaim)]
    assert "We ask the trustees to publish the accounts of the last five years." in [
        s.words for s in said
    ]
    assert {claim.speaker for claim in said} == {c.LocalKey("letter-letter")}


def test_a_comment_is_a_statement_of_the_signer_not_a_role(read_list: Read) -> None:
    reading = read_list(LISTS / "sections.html")
    said = {
        name_of(reading, claim.speaker): claim.words
        for claim in reading.claims
        if isinstance(claim, c.StatementClaim) and claim.speaker != "letter-open-letter"
    }
    assert said == {"Pete Marsh": "I have fished here for forty years and there is no fish left."}


def test_affiliations_are_roles_at_organizations(read_list: Read) -> None:
    reading = read_list(LISTS / "names.yaml")
    roles = [
        (name_of(reading, claim.holder), claim.title, name_of(reading, claim.organization))
        for claim in reading.claims
        if isinstance(claim, c.RoleClaim)
    ]
    assert roles == [("Ann Lee", "affiliated", "Harbor Trust"), ("Bob Ray", "developer", "Acme")]


def test_entries_of_one_name_are_signatures_of_signers_kept_apart(read_list: Read) -> None:
    reading = read_list(LISTS / "signers.csv")
    bobs = [entity for entity in reading.entities if entity.name == "Bob Ray"]
    assert len({entity.key for entity in bobs}) == 2
    assert all(entity.has_namesake for entity in bobs)
    signed = [claim.signatory for claim in reading.claims if isinstance(claim, c.SignatureClaim)]
    assert len(set(signed)) == len(signed) == 4


def test_addresses_of_mail_are_kept_out_of_what_is_stored(read_list: Read) -> None:
    triples = evidence_triples(read_list(LISTS / "signers.csv"), Iris())
    assert not [n for n in triples if "ann@" in str(n.object)]


def test_user_names_belong_to_the_signer(read_list: Read) -> None:
    reading = read_list(LISTS / "numbered.md")
    accounts = {e.name: e.account_names for e in reading.entities if e.account_names}
    assert accounts == {"Ines Castro": ("inky", "inkycastro"), "lanternfish": ("lanternfish",)}


@pytest.mark.parametrize("name", ["rms-open-letter", "rms-support-letter"])
@pytest.mark.shared
def test_the_real_lists_are_read_whole(read_list: Read, shared: Path, name: str) -> None:
    numbers = {
        "rms-open-letter": {"anyone": 16, "organizations": 61, "individuals": 3003},
        "rms-support-letter": {"anyone": 6876},
    }
    reading = read_list(shared / "letters" / name)
    listing = reading.source.listing
    assert listing is not None
    sections = [entry.section.value for entry in listing.entries]
    assert {section: sections.count(section) for section in set(sections)} == numbers[name]
    assert len(of_kind(reading, c.SignatureClaim)) == sum(numbers[name].values())
