"""Plain text, PDF and Markdown as lines, so that lists of signers can be found in them."""

from __future__ import annotations

import re
from itertools import groupby
from typing import TYPE_CHECKING, Final

from markdown_it import MarkdownIt

from undersigned.listing.cues import cue_of
from undersigned.listing.kinds import reads_as_person
from undersigned.listing.lines import Line, LineKind, Lines, LinesBuilder, Part
from undersigned.listing.looks import looks_like_signer

from ._lines import blocks_of
from ._markdown import front_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from markdown_it.token import Token

    from ._layout import Details

_ROW: Final = re.compile(r"[^\r\n]+")
_CARD_LINES: Final = range(2, 6)
_SHORT_WORDS: Final = 14
_LEAST_CARDS: Final = 3
_ABBREVIATED: Final = re.compile(r"(?:\b\w\.\s?\w\.|\b(?:Jr|Sr|Inc|Ltd|Co|Corp|Esq|[A-Z])\.)$")
"""A line that ends so need not be a sentence: "Hafenfreunde e.V.", "Bob Ray Jr."."""
_NUMBERED: Final = re.compile(r"\(?#?\d{1,6}[.)]\s+")
_MARKED: Final = re.compile(r"\s*(?:[•●▪◦‣·*–-]\s|\(?#?\d{1,6}[.)]\s)")


def lines_of_text(text: str) -> Lines:
    """The lines of a plain text, which stays as it is.

    Paragraphs are found as in articles. Groups of two to five short lines between blank lines are
    cards, a line each for name, role and body; other short lines are items.
    """
    groups = _groups(text)
    cards = _cards(text, groups)
    prose = [
        block
        for block in blocks_of(text)
        if len(text[block.start : block.end].split()) > _SHORT_WORDS
    ]
    made: list[Line] = []
    covered = 0
    for number, group in enumerate(groups):
        if number in cards:
            made.append(Line(LineKind.CARD, tuple(group)))
            continue
        for part in group:
            if part.start < covered:
                continue
            block = next((b for b in prose if b.start <= part.start < b.end), None)
            announced = bool(made) and made[-1].kind is LineKind.HEADING
            if announced and _is_listed(text, group[group.index(part) :]):
                made += (Line(LineKind.ITEM, (entry,)) for entry in group[group.index(part) :])
                covered = group[-1].end
            elif block is not None and not _MARKED.match(text, part.start):
                made.append(Line(LineKind.TEXT, (Part(block.start, block.end),)))
                covered = block.end
            else:
                made.append(Line(_kind_of(text, part, group), (part,)))
    return Lines(text, made)


def _is_listed(text: str, group: list[Part]) -> bool:
    """Whether short lines below words such as "Signed," are a signer each, not one paragraph.

    In a narrow text they look like one that is wrapped; but then a line or another would break
    off behind a comma or go on in lower case.
    """
    lines = [text[part.start : part.end] for part in group]
    return len(lines) >= _LEAST_CARDS and all(
        looks_like_signer(line)
        and line[:1].isupper()
        and len(line.split()) <= _SHORT_WORDS
        and not re.search(r"[,;&:]$|\b(?:and|of|the|at|for)$", line)
        for line in lines
    )


def _kind_of(text: str, part: Part, group: list[Part]) -> LineKind:
    words = text[part.start : part.end]
    if cue_of(words) is not None:
        return LineKind.HEADING
    stopped = words[-1] in ".:!?" and not _ABBREVIATED.search(words)
    if _MARKED.match(words) or (len(words.split()) <= 2 * _SHORT_WORDS and not stopped):
        return LineKind.ITEM
    return LineKind.TEXT if len(group) == 1 or stopped else LineKind.ITEM


def _groups(text: str) -> list[list[Part]]:
    """The lines that hold something, in groups between blank lines."""
    groups: list[list[Part]] = []
    before = 0
    for found in _ROW.finditer(text):
        words = found.group()
        core = words.strip(" \t\ufeff\f\u200b\u00a0")
        if core:
            start = found.start() + words.index(core)
            if not groups or re.search(r"\n[^\S\n]*\r?\n", text[before:start]):
                groups.append([])
            part = Part(start, start + len(core))
            if groups[-1] and _hangs(text, groups[-1][-1], part):
                part = Part(groups[-1].pop().start, part.end)
            groups[-1].append(part)
            before = start + len(core)
    return groups


def _hangs(text: str, before: Part, part: Part) -> bool:
    """Whether a line goes on with the numbered one above it: it stands below its words."""
    marked = _NUMBERED.match(text, before.start)
    margin = part.start - (text.rfind("\n", 0, part.start) + 1)
    return (
        marked is not None
        and not _MARKED.match(text, part.start)
        and margin >= marked.end() - before.start > 0
    )


def _cards(text: str, groups: list[list[Part]]) -> set[int]:
    """Which groups are cards: three and more in a row of two to five short lines, none marked."""

    def is_card(group: list[Part]) -> bool:
        words = [text[part.start : part.end] for part in group]
        return (
            len(group) in _CARD_LINES
            and all(len(line.split()) <= _SHORT_WORDS for line in words)
            and not any(_MARKED.match(line) for line in words)
            and cue_of(words[0]) is None
            and not words[0].endswith((".", "!", "?", ":", ","))
        )

    found: set[int] = set()
    numbered = groupby(range(len(groups)), key=lambda number: is_card(groups[number]))
    for cards, run in numbered:
        members = list(run)
        if cards and len(members) >= _LEAST_CARDS and not _are_lists(text, groups, members):
            found.update(members)
    return found


def _are_lists(text: str, groups: list[list[Part]], members: list[int]) -> bool:
    """Whether short groups are lists of names, not cards: their later lines are names, too."""
    later = [text[p.start : p.end] for n in members for p in groups[n][1:]]
    return sum(reads_as_person(re.split(r"[,(]", line)[0].strip()) for line in later) > 0.5 * len(
        later
    )


def lines_of_markdown(text: str) -> tuple[Lines, Details]:
    """The lines of a Markdown text without marks of emphasis and links, and its front matter."""
    details, body = front_of(text)
    builder = LinesBuilder()
    builder.add(LineKind.HEADING, [details.title or ""])
    parser = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    _add_tokens(builder, parser.parse(_without_templates(body)))
    return builder.build(), details


def _without_templates(body: str) -> str:
    """Without what a site generator would put in: `{% include … %}`, and comments."""
    return re.sub(r"\{%.*?%\}|<!--.*?-->|\{#.*?#\}", "", body, flags=re.DOTALL)


def _add_tokens(builder: LinesBuilder, tokens: list[Token]) -> None:
    lists: list[int] = []
    heading = header = False
    cells: list[str] | None = None
    items: list[str] | None = None
    group = 0
    for token in tokens:
        if token.type in ("bullet_list_open", "ordered_list_open", "table_open"):
            group += 1
            lists.append(group)
        elif token.type in ("bullet_list_close", "ordered_list_close", "table_close"):
            lists.pop()
        elif token.type in ("heading_open", "heading_close"):
            heading = token.nesting == 1
        elif token.type in ("thead_open", "thead_close"):
            header = token.nesting == 1
        elif token.type == "tr_open":
            cells = []
        elif token.type == "tr_close":
            kind = LineKind.HEADER if header else LineKind.ROW
            builder.add(kind, cells or [], group=lists[-1])
            cells = None
        elif token.type == "list_item_open":
            _flush(builder, items, lists)
            items = []
        elif token.type == "list_item_close":
            _flush(builder, items, lists)
            items = None
        elif token.type == "inline" and token.children is not None:
            words = _plain(token.children)
            if cells is not None:
                cells.append(" ".join(words.split()))
            elif items is not None:
                items += words.split("\n")
            elif heading:
                builder.add(LineKind.HEADING, [" ".join(words.split())])
            else:
                _add_paragraph(builder, words)


def _flush(builder: LinesBuilder, items: list[str] | None, lists: list[int]) -> None:
    if items:
        builder.add(LineKind.ITEM, items, group=lists[-1] if lists else 0)
        items.clear()


def _add_paragraph(builder: LinesBuilder, words: str) -> None:
    """A paragraph; where forced breaks part short lines, each is a line of its own."""
    lines = [line.strip() for line in words.split("\n") if line.strip()]
    if len(lines) >= 2 and all(len(line.split()) <= _SHORT_WORDS for line in lines):
        for line in lines:
            builder.add(LineKind.ITEM, [line])
    elif lines:
        builder.add(LineKind.TEXT, [" ".join(lines)])


def _plain(tokens: list[Token]) -> str:
    return "".join(_words(tokens))


def _words(tokens: list[Token]) -> Iterator[str]:
    """The words of a paragraph; what it strikes out has not signed, or no longer."""
    struck = 0
    for token in tokens:
        struck += token.nesting if token.type in ("s_open", "s_close") else 0
        if struck:
            continue
        if token.type == "text":
            yield token.content
        elif token.type == "code_inline":
            yield f"`{token.content}`"
        elif token.type == "softbreak":
            yield " "
        elif token.type == "hardbreak" or (
            token.type == "html_inline" and token.content.startswith("<br")
        ):
            yield "\n"
