"""Lists that can't be read say what was found, what was expected and what to do."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pytest
from openpyxl import Workbook

from undersigned.errors import MappingInvalid, SignersNotFound, SourceUnreadable
from undersigned.loading.base import Part, Payload
from undersigned.loading.gather import gather, retrieve

if TYPE_CHECKING:
    from pathlib import Path

    from undersigned.loading.registry import Loaders


def payload(data: bytes, name: str, mapping: bytes | None = None) -> Payload:
    part = None if mapping is None else Part("signers.toml", mapping)
    return Payload(origin=name, data=data, name_hint=name, mapping=part)


CSV = b"Wer,Was\nAnn Lee,Acme\nBob Ray,Harbor Trust\n"


@pytest.mark.parametrize(
    ("data", "name", "mapping", "error", "words"),
    [
        (b"colour,size\nred,4\nblue,5\n", "a.csv", None, SignersNotFound, "'colour', 'size'"),
        (b"Name,Affiliation\n", "a.csv", None, SignersNotFound, "the list is empty"),
        (b"Name,Affiliation\n,Acme\n", "a.csv", b"[columns]\nname = 'Name'\n",
         SignersNotFound, "'Name'"),
        (b'{"signers": [', "a.json", None, SourceUnreadable, "not JSON"),
        (b"name: [Ann\n\tLee", "a.yaml", None, SourceUnreadable, "not YAML"),
        (b"PK\x03\x04 broken", "a.xlsx", None, SourceUnreadable, "save it again"),
        (b"PAR1 broken", "a.parquet", None, SourceUnreadable, "Parquet"),
        (CSV, "a.csv", b"[columns]\nnamee = 'Wer'\n", MappingInvalid, "did you mean name"),
        (CSV, "a.csv", b"[colums]\nname = 'Wer'\n", MappingInvalid, "did you mean columns"),
        (CSV, "a.csv", b"[columns]\nname = 'Werr'\n", MappingInvalid, "did you mean Wer"),
        (CSV, "a.csv", b"[columns]\nname = 3\n", MappingInvalid, "quotation marks"),
        (CSV, "a.csv", b"[columns\n", MappingInvalid, "not a TOML file"),
        (CSV, "a.csv", b"[list]\nsigners = 'cats'\n", MappingInvalid, "organizations"),
    ],
)  # fmt: skip
def test_a_refusal_says_what_was_found_and_what_to_do(
    loaders: Loaders,
    data: bytes,
    name: str,
    mapping: bytes | None,
    error: type[Exception],
    words: str,
) -> None:
    with pytest.raises(error) as caught:
        loaders.read(payload(data, name, mapping))
    assert words in str(caught.value)


def test_a_page_without_signers_is_refused_by_the_letter_page_loader(loaders: Loaders) -> None:
    with pytest.raises(SignersNotFound, match="no list of signers found"):
        loaders.read(payload(b"We ask for rain.\n", "a.txt"), "letter_page")


def test_a_mapping_file_says_what_columns_hold_and_what_the_letter_is(loaders: Loaders) -> None:
    mapping = (
        b"[letter]\ntitle = 'Letter on the harbor'\n"
        b"date = 2023-05-12\naddressee = 'Harbor Council'\n"
        b"[columns]\nname = 'Wer'\naffiliation = 'Was'\n"
    )
    source = loaders.read(payload(CSV, "signers.csv", mapping))
    assert source.listing is not None
    assert source.text.startswith("title: Letter on the harbor\ndate: 2023-05-12\n")
    assert [source.text[e.start : e.end] for e in source.listing.entries] == [
        "Ann Lee,Acme",
        "Bob Ray,Harbor Trust",
    ]


def test_a_workbook_and_a_parquet_file_give_their_rows(loaders: Loaders) -> None:
    import pyarrow
    from pyarrow import parquet

    rows: list[list[str | None]] = [
        ["Petition of the port", None],
        ["Full name", "Institution"],
        ["Ann Lee", "Acme"],
        ["Zoë Ray", None],
    ]
    book, sheet_bytes, table_bytes = Workbook(), io.BytesIO(), io.BytesIO()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(row)
    book.save(sheet_bytes)
    parquet.write_table(pyarrow.table({"name": ["Ann Lee", "Zoë Ray"]}), table_bytes)
    for data, name in ((sheet_bytes, "a.xlsx"), (table_bytes, "a.parquet")):
        listing = loaders.read(payload(data.getvalue(), name)).listing
        assert listing is not None
        assert [entry.cells[0].value for entry in listing.entries] == ["Ann Lee", "Zoë Ray"]


def test_a_folder_with_a_file_a_signer_is_one_source_with_the_letter_beside_it(
    loaders: Loaders, tmp_path: Path
) -> None:
    letter = tmp_path / "pier-letter"
    signed = letter / "signed"
    signed.mkdir(parents=True)
    (letter / "index.md").write_text(
        "# Open letter on the pier\n\nWe ask the council to keep our pier open.\n"
    )
    for name in ("Ann Lee", "Bob Ray (Acme)", "saltmarsh42"):
        (signed / f"{name[:3]}.yaml").write_text(
            f"name: {name}\nlink: https://example.org/{name[:3]}\n"
        )
    (signed / "broken.yaml").write_text("name: [\n")
    ids = set()
    for place in (tmp_path, letter, signed):
        (item,) = gather([str(place)]).items
        source = loaders.read(retrieve(item))
        assert source.listing is not None
        assert len(source.listing.entries) == 3
        assert source.text.startswith("Open letter on the pier")
        assert any("broken.yaml" in note for note in source.notes)
        ids.add(source.source_id)
    assert ids == {"pier-letter-index"}


def test_a_report_with_a_list_of_signers_stays_an_article(loaders: Loaders) -> None:
    report = (
        "Nine bakers write to the mayor\n\nBy Ann Reporter\n\nNine bakers said on Monday that they "
        "had written to the mayor about the price of flour. The mayor told reporters that she "
        "would answer. "
        "“We cannot go on like this,” one of them said, according to the guild.\n\nSignatories:\n\n"
        "Ann Lee\nBob Ray\nCarla Diaz\nDan Abel\n"
    )
    assert loaders.read(payload(report.encode(), "a.txt")).kind == "article"


def test_a_mapping_file_that_is_named_goes_before_the_one_beside_the_table(
    loaders: Loaders, tmp_path: Path
) -> None:
    (tmp_path / "signers.csv").write_bytes(CSV)
    (tmp_path / "signers.toml").write_text("[columns]\nname = 'Was'\n")
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "ours.toml").write_text("[letter]\npage = 'pier.md'\n[columns]\nname = 'Wer'\n")
    (elsewhere / "pier.md").write_text("# Letter on the pier\n\nWe ask for our pier.\n")
    (item,) = gather([str(tmp_path / "signers.csv")], mapping=elsewhere / "ours.toml").items
    source = loaders.read(retrieve(item))
    assert source.listing is not None
    assert source.title == "Letter on the pier"
    assert [entry.cells[0].value for entry in source.listing.entries] == ["Ann Lee", "Bob Ray"]


ARTICLE = b"Harbour closes\n\nThe council closed the old harbour on Friday, the mayor said.\n"
LETTER = (
    b"# On the pier\n\nWe ask for our pier.\n\n## Signatories\n\n- Ann Lee\n- Bo Ray\n- Di Abel\n"
)


@pytest.mark.parametrize(
    ("data", "name", "loader"),
    [(ARTICLE, "a.txt", "article"), (LETTER, "a.md", "letter_page")],
)
def test_a_mapping_file_for_what_is_no_table_is_refused(
    loaders: Loaders, data: bytes, name: str, loader: str
) -> None:
    assert loaders.choose(payload(data, name)).name == loader
    with pytest.raises(MappingInvalid, match=rf"^{name}: .*signers\.toml.*'{loader}'.*--mapping"):
        loaders.read(payload(data, name, b"[columns]\nname = 'Wer'\n"))


def test_a_table_without_a_suffix_is_read_by_the_loader_that_was_named(loaders: Loaders) -> None:
    source = loaders.read(payload(CSV, "standard-input", b"[columns]\nname = 'Wer'\n"), "table")
    assert source.listing is not None
    assert len(source.listing.entries) == 2


def test_a_list_whose_signers_all_stay_anonymous_says_so(loaders: Loaders) -> None:
    data = b"Name,Show my name?\nAnn Lee,no\nBob Ray,No\n"
    with pytest.raises(SignersNotFound, match="none of the 2 signers wants to be named"):
        loaders.read(payload(data, "a.csv"))
