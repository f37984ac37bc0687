"""Cards, rows and cells of an HTML page: elements of one make that stand side by side."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Final

from lxml import etree

from undersigned.listing.kinds import reads_as_person

from ._elements import BLOCK
from ._stretches import collapsed

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_CARD_TAGS: Final = frozenset(
    {"li", "div", "article", "section", "p", "dl", "figure", "tr", "blockquote", "td"}
)
_GRID_SHARE: Final = 0.3
"""Of the cells of each column; many names are not among the usual given names."""
LEAST_ALIKE: Final = 3
_LONGEST_CARD_CHARS: Final = 500


def cards_of(elements: list[HtmlElement]) -> dict[HtmlElement, HtmlElement]:
    """The card that each element lies in: what has most siblings of its make, of those above."""
    alike: Counter[tuple[HtmlElement, str]] = Counter()
    seen: set[HtmlElement] = set()
    for element in elements:
        for above in (element, *element.iterancestors()):
            if above in seen or above.getparent() is None:
                break
            seen.add(above)
            alike[above.getparent(), _make(above)] += 1
    found: dict[HtmlElement, HtmlElement] = {}
    for element in elements:
        best = max(
            (
                (alike[above.getparent(), _make(above)], depth, above)
                for depth, above in enumerate((element, *element.iterancestors()))
                if above.getparent() is not None and above.tag in _CARD_TAGS
            ),
            key=lambda scored: scored[:2],
            default=None,
        )
        row = next((e for e in (element, *element.iterancestors()) if e.tag == "tr"), None)
        term = _term_of(element)
        if row is not None and len(row) > 1:
            found[element] = row
        elif term is not None:
            found[element] = term
        elif best and best[0] >= LEAST_ALIKE and _is_short(best[2]):
            found[element] = best[2]
    return found


def _term_of(element: HtmlElement) -> HtmlElement | None:
    """The `<dt>` that an element lies in or describes; None outside of description lists."""
    inner = next((e for e in (element, *element.iterancestors()) if e.tag in ("dt", "dd")), None)
    if inner is None or inner.tag == "dt":
        return inner
    return next((e for e in inner.itersiblings(preceding=True) if e.tag == "dt"), None)


def _make(element: HtmlElement) -> str:
    return f"{element.tag}.{(element.get('class') or '').split()[:1]}"


def _is_short(card: HtmlElement) -> bool:
    length = 0
    for words in card.itertext():
        length += len(words.strip())
        if length > _LONGEST_CARD_CHARS:
            return False
    return True


def is_grid(body: HtmlElement) -> bool:
    """Whether the cells beside one another are signers each: people in every column, no header."""
    if body.find(".//th") is not None:
        return False
    columns: list[list[str]] = []
    for row in body.iter("tr"):
        for number, cell in enumerate(row.iter("td")):
            lines = lines_of_cell(cell)
            columns += [[] for _ in range(number + 1 - len(columns))]
            columns[number] += [re.split(r"[,(]", lines[0])[0].strip()] if lines else []
    shares = [sum(map(reads_as_person, heads)) / max(1, len(heads)) for heads in columns]
    return len(columns) > 1 and min(shares) >= _GRID_SHARE


def lines_of_cell(cell: HtmlElement) -> list[str]:
    """The lines of a cell, as breaks and blocks within it part them."""
    pieces = [collapsed(cell.text)]
    for event, element in etree.iterwalk(cell, events=("start", "end")):
        if element is cell:
            continue
        if BLOCK.fullmatch(element.tag) or (element.tag == "br" and event == "start"):
            pieces.append("\n")
        pieces.append(collapsed(element.text if event == "start" else element.tail))
    return [" ".join(line.split()) for line in "".join(pieces).split("\n") if line.strip()]
