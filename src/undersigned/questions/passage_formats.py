"""Passages as text: lines for a terminal with the words in colour, Markdown, and JSON."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

from rich.padding import Padding
from rich.text import Text

from undersigned.questions.formats import markdown_of, text_of
from undersigned.questions.formats import object_of as answer_object

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from rich.console import Console

    from undersigned.questions.ask import Answer
    from undersigned.why import IdentityNote, Passage

MARK: Final = "**"
"""Stands on both sides of a claim's words where there is no colour. Brackets would not do:
newspapers put their own into quotations."""


def marked_text(passage: Passage, mark: str = MARK) -> str:
    """The passage with a sign on both sides of the claim's words."""
    pieces, last = [], 0
    for start, end in passage.marks:
        pieces += [passage.text[last:start], mark, passage.text[start:end], mark]
        last = end
    return "".join([*pieces, passage.text[last:]])


def source_line(passage: Passage) -> str:
    """Outlet, date, title and address, as far as they are known."""
    source = passage.source
    head = ", ".join(part for part in (source.outlet, source.published) if part)
    title = f"“{source.title}”" if source.title else source.iri.value
    return " ".join(part for part in (f"{head}:" if head else "", title, source.url) if part)


def dials_line(passage: Passage) -> str:
    """What kind of claim it is, how far the source hedges, how sure the extraction is."""
    confidence = "" if passage.confidence is None else f", confidence {passage.confidence:.2f}"
    rule = f"; rule {passage.rule}" if passage.rule else ""
    return f"{passage.kind}, {passage.certainty or 'certainty unknown'}{rule}{confidence}"


def identity_line(note: IdentityNote) -> str:
    """Whom a name is taken for, and why."""
    score = "" if note.score is None else f" ({note.score:.2f})"
    basis = f": {note.basis}{score}" if note.basis else score
    return f"{note.name} is {note.entity.value}{basis}"


def print_passages(console: Console, passages: Sequence[Passage], indent: int = 0) -> None:
    """Prints passages one after the other, their words in colour, or between marks without it."""
    for passage in passages:
        _print_line(console, Text(source_line(passage), style="cyan"), indent)
        _print_line(
            console, _words(passage, in_colour=console.color_system is not None), indent + 2
        )
        for note in [dials_line(passage), *map(identity_line, passage.identities)]:
            _print_line(console, Text(note, style="dim"), indent + 2)
        console.print()


def print_answer(
    console: Console, answer: Answer, passages: Sequence[Sequence[Passage]], first: int = 1
) -> None:
    """Prints each row, numbered from `first`, with its passages below it."""
    _print_line(console, Text(answer.query.summary, style="bold"), 0)
    console.print()
    for number, (row, shown) in enumerate(zip(answer.rows, passages, strict=True), start=first):
        cells = zip(answer.columns, map(text_of, row.cells), strict=True)
        line = f"{number}. " + "; ".join(f"{name}: {cell}" for name, cell in cells if cell)
        _print_line(console, Text(line, style="bold"), 0)
        print_passages(console, shown, indent=3)


def passages_markdown(passages: Iterable[Passage]) -> str:
    """A block quote for each passage, its words in bold, with the source below."""
    blocks = []
    for passage in passages:
        quoted = " ".join(marked_text(passage).split())
        notes = [source_line(passage), dials_line(passage)]
        notes += [identity_line(note) for note in passage.identities]
        blocks.append("\n".join([f"> {quoted}", ">", *(f"> - {note}" for note in notes), ""]))
    return "\n".join(blocks)


def answer_markdown(answer: Answer, passages: Sequence[Sequence[Passage]], first: int = 1) -> str:
    """The table, then the passages of each row, numbered from `first`."""
    parts = [markdown_of(answer)]
    for number, shown in enumerate(passages, start=first):
        parts += [f"\n**Row {number}**\n\n", passages_markdown(shown)]
    return "".join(parts)


def passages_json(passages: Iterable[Passage]) -> str:
    """An array with an object for each passage."""
    return _dumped([passage_object(passage) for passage in passages])


def answer_json(answer: Answer, passages: Sequence[Sequence[Passage]]) -> str:
    """The answer as JSON, each row with its `passages`."""
    document = answer_object(answer)
    rows = document["rows"]
    if isinstance(rows, list):
        for row, shown in zip(rows, passages, strict=True):
            row["passages"] = [passage_object(passage) for passage in shown]
    return _dumped(document)


def passage_object(passage: Passage) -> dict[str, object]:
    """A passage as JSON has it; `marks` are pairs of code point offsets into `text`."""
    source = passage.source
    return {
        "claim": passage.claim.value,
        "kind": passage.kind,
        "text": passage.text,
        "marks": [[span.start, span.end] for span in passage.marks],
        "offset_chars": passage.offset_chars,
        "certainty": passage.certainty,
        "rule": passage.rule,
        "confidence": passage.confidence,
        "source": {
            "iri": source.iri.value,
            "title": source.title,
            "outlet": source.outlet,
            "published": source.published,
            "url": source.url,
        },
        "identities": [
            {
                "name": note.name,
                "entity": note.entity.value,
                "basis": note.basis,
                "score": note.score,
            }
            for note in passage.identities
        ],
    }


def _words(passage: Passage, *, in_colour: bool) -> Text:
    if not in_colour:
        return Text(marked_text(passage))
    words = Text(passage.text)
    for start, end in passage.marks:
        words.stylize("bold yellow", start, end)
    return words


def _print_line(console: Console, line: Text, indent: int) -> None:
    """One line, wrapped below its indent on a terminal, and never wrapped or cut in a file."""
    if console.is_terminal:
        console.print(Padding(line, (0, 0, 0, indent)))
    else:
        console.print(Text(" " * indent) + line, soft_wrap=True)


def _dumped(document: object) -> str:
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"
