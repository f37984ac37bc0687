"""Statements in short passages: words, speaker, kind, certainty, target, stance, nesting.

The passages lie in `passages/*.toml`; a passage names all of its statements, so that one too many
fails as well as one too few. Fields that a statement does not name are not looked at.
"""

from __future__ import annotations

import tomllib
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from undersigned.claims import LetterClaim, Reading, StatementClaim, check_slices
from undersigned.source import Block, BlockKind, Source

if TYPE_CHECKING:
    from undersigned.reading.reader import Reader

PASSAGES = [
    pytest.param(passage, id=f"{path.stem}: {passage['name']}")
    for path in sorted(Path(__file__).parent.glob("passages/*.toml"))
    for passage in tomllib.loads(path.read_text(encoding="utf-8"))["passage"]
]


def source_of(text: str, kind: BlockKind = BlockKind.PARAGRAPH) -> Source:
    """A source whose blocks are the paragraphs of a text, all of them of one kind."""
    blocks, start = [], 0
    for paragraph in text.split("\n\n"):
        words = paragraph.strip()
        begin = text.index(words, start)
        blocks.append(Block(kind, begin, begin + len(words)))
        start = begin + len(words)
    return Source(source_id="x", kind="article", text=text, blocks=tuple(blocks), origin="x")


def as_row(reading: Reading, claim: StatementClaim) -> dict[str, Any]:
    names: dict[str | None, str] = {entity.key: entity.name for entity in reading.entities}
    names.update((c.letter, "letter") for c in reading.claims if isinstance(c, LetterClaim))
    keys = [c.key for c in reading.claims if isinstance(c, StatementClaim)]
    return {
        "speaker": names.get(claim.speaker, ""),
        "words": claim.words,
        "kind": claim.kind.value,
        "certainty": claim.certainty.value,
        "target": names.get(claim.target, ""),
        "stance": claim.stance.value if claim.stance is not None else "",
        "within": keys.index(claim.within) if claim.within is not None else None,
    }


@pytest.mark.parametrize("passage", PASSAGES)
def test_passage_gives_its_statements_and_no_others(
    reader: Reader, passage: dict[str, Any]
) -> None:
    kind = BlockKind.HEADLINE if passage.get("headline") else BlockKind.PARAGRAPH
    (reading,) = reader.read([source_of(passage["text"].strip(), kind)])
    check_slices(reading)
    rows = [as_row(reading, c) for c in reading.claims if isinstance(c, StatementClaim)]
    wanted = passage["said"]
    looked_at = [{key: row[key] for key in said} for row, said in zip(rows, wanted, strict=False)]
    assert looked_at == wanted
    assert [row["words"] for row in rows[len(wanted) :]] == []


def test_offices_in_a_headline_mean_their_holders(reader: Reader) -> None:
    headline = "Senate leader rips governor as vote stalls"
    story = "Senate Majority Leader Nadia Petrov tore into Governor Omar Haddad on Tuesday."
    end = len(headline)
    blocks = (
        Block(BlockKind.HEADLINE, 0, end),
        Block(BlockKind.PARAGRAPH, end + 2, end + 2 + len(story)),
    )
    source = replace(source_of(f"{headline}\n\n{story}"), blocks=blocks)
    (reading,) = reader.read([source])
    rows = [as_row(reading, c) for c in reading.claims if isinstance(c, StatementClaim)]
    first = {key: rows[0][key] for key in ("speaker", "target", "stance")}
    assert first == {"speaker": "Nadia Petrov", "target": "Omar Haddad", "stance": "against"}
