"""Markdown as an article: links and emphasis become plain text, YAML in front gives the details."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Final

import yaml
from markdown_it import MarkdownIt

from undersigned.source import BlockKind

from ._bylines import names_in
from ._dates import iso_moment
from ._layout import Details, Page, Piece, compose

if TYPE_CHECKING:
    from collections.abc import Iterator

    from markdown_it.token import Token

_FRONT: Final = re.compile(
    r"\A\ufeff?---[ \t]*\r?\n(.*?)\r?\n(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)", re.DOTALL
)
_CONTAINERS: Final = {
    "blockquote_open": BlockKind.BLOCK_QUOTE,
    "list_item_open": BlockKind.LIST_ITEM,
    "tr_open": BlockKind.LIST_ITEM,
}


def page_of(text: str) -> Page:
    """The article in a Markdown text."""
    details, body = front_of(text)
    return compose(_pieces(MarkdownIt("commonmark").enable("table").parse(body)), details)


def front_of(text: str) -> tuple[Details, str]:
    """What the YAML in front of a Markdown text says, and the text behind it."""
    front = _FRONT.match(text)
    details = _details(front[1]) if front else Details()
    return details, text[front.end() :] if front else text.lstrip("\ufeff")


def _pieces(tokens: list[Token]) -> Iterator[Piece]:
    open_kinds: list[BlockKind] = []
    heading: str | None = None
    has_headline = False
    cells: list[str] = []
    for token in tokens:
        if token.type in _CONTAINERS:
            open_kinds.append(_CONTAINERS[token.type])
        elif token.type == "tr_close":
            yield Piece(open_kinds.pop(), ", ".join(cell for cell in cells if cell))
            cells = []
        elif token.type.replace("_close", "_open") in _CONTAINERS:
            open_kinds.pop()
        elif token.type in ("heading_open", "heading_close"):
            heading = token.tag if token.nesting == 1 else None
        elif token.type == "inline" and token.children is not None:
            words = _plain(token.children)
            if heading == "h1" and not has_headline:
                has_headline = True
                yield Piece(BlockKind.HEADLINE, words)
            elif heading:
                yield Piece(BlockKind.SUBHEADING, words)
            elif open_kinds and token.map is None:
                cells.append(words)
            else:
                yield from _paragraphs(words, open_kinds[-1] if open_kinds else None)


def _paragraphs(words: str, kind: BlockKind | None) -> Iterator[Piece]:
    """A paragraph, cut at forced line breaks where it is a list of short lines."""
    lines = [line for line in words.split("\n") if line.strip()]
    if kind is None and len(lines) >= 3 and all(len(line.split()) <= 12 for line in lines):
        yield from (Piece(BlockKind.LIST_ITEM, line) for line in lines)
    else:
        yield Piece(kind or BlockKind.PARAGRAPH, " ".join(lines))


def _plain(tokens: list[Token]) -> str:
    parts: list[str] = []
    for token in tokens:
        if token.type in ("text", "code_inline"):
            parts.append(token.content)
        elif token.type == "softbreak":
            parts.append(" ")
        elif token.type == "hardbreak":
            parts.append("\n")
    return "".join(parts)


def _details(front: str) -> Details:
    try:
        table = yaml.safe_load(front)
    except yaml.YAMLError as error:
        place = str(error).splitlines()[0]
        return Details(notes=(f"the YAML in front is broken and was passed over ({place})",))
    if not isinstance(table, dict):
        return Details(notes=("the YAML in front is not a table and was passed over",))
    values = {str(key).lower(): value for key, value in table.items()}
    authors = values.get("author") or values.get("authors") or values.get("byline")
    people = [name for entry in _entries(authors) for name in names_in(entry) or (entry,)]
    return Details(
        title=_first(values, "title", "headline"),
        authors=tuple(dict.fromkeys(people)),
        outlet=_first(values, "outlet", "publisher", "publication", "source", "site"),
        published=iso_moment(_first(values, "date", "published", "publication_date") or ""),
        language=_first(values, "lang", "language"),
        url=_web_address(_first(values, "url", "canonical_url", "canonical", "link")),
    )


def _entries(value: object) -> list[str]:
    entries = value if isinstance(value, list) else [value]
    names = [entry.get("name") if isinstance(entry, dict) else entry for entry in entries]
    return [str(name).strip() for name in names if name]


def _first(values: dict[str, object], *keys: str) -> str | None:
    for key in keys:
        value = values.get(key)
        if isinstance(value, date):
            return value.isoformat()
        if isinstance(value, (str, int)) and str(value).strip():
            return " ".join(str(value).split())
    return None


def _web_address(text: str | None) -> str | None:
    return text if text and re.match(r"https?://", text) else None
