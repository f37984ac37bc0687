"""An HTML page as lines, so that lists, tables and cards of signers can be found in it."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Final

from undersigned.listing.cues import cue_of
from undersigned.listing.lines import LineKind, LinesBuilder

from ._cards import LEAST_ALIKE, cards_of, is_grid, lines_of_cell
from ._stretches import Stretch, is_left_out, label_of, parts_of, stretches_of

if TYPE_CHECKING:
    from lxml.html import HtmlElement

    from undersigned.listing.lines import Lines

_HEADINGS: Final = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_FIRST_GROUP: Final = 1_000_000
"""Above the numbers of stretches, which are groups of their own."""
_SHORT_WORDS: Final = 16


class _Groups:
    """Numbers of elements. It holds them, since lxml makes new objects for what nobody holds."""

    def __init__(self) -> None:
        self._numbers: dict[HtmlElement, int] = {}

    def number(self, element: HtmlElement) -> int:
        return self._numbers.setdefault(element, _FIRST_GROUP + len(self._numbers))

    def of(self, element: HtmlElement) -> int:
        """The number of the element around this one."""
        above = element.getparent()
        return 0 if above is None else self.number(above)


def lines_of_html(root: HtmlElement) -> Lines:
    """The lines of a page; menus, footers and the like are left out."""
    builder, groups = LinesBuilder(), _Groups()
    stretches = [s for s in stretches_of(root) if not is_left_out(s.element)]
    cards = cards_of([stretch.element for stretch in stretches])
    for number, (card, group) in enumerate(groupby(stretches, key=lambda s: cards.get(s.element))):
        if card is None:
            for stretch in group:
                _add_stretch(builder, groups, stretch, number)
        else:
            _add_card(builder, groups, card, list(group))
    return builder.build()


def _add_card(
    builder: LinesBuilder, groups: _Groups, card: HtmlElement, stretches: list[Stretch]
) -> None:
    """One of several elements of one make: a row, an item, a card, or a mere paragraph."""
    parts = [part for s in stretches for line in s.lines for part in parts_of(line)]
    group, hint = groups.of(card), _hint(card)
    if card.tag == "tr":
        _add_row(builder, groups, card, hint)
    elif stretches[0].element.tag in _HEADINGS and len(stretches) == 1:
        builder.add(LineKind.HEADING, [" ".join(parts)], hint=hint)
    elif card.tag == "p" and len(stretches) == 1:
        _add_stretch(builder, groups, stretches[0], groups.number(card))
    else:
        kind = LineKind.ITEM if card.tag == "li" else LineKind.CARD
        builder.add(kind, parts, group=group, hint=hint)


def _add_row(builder: LinesBuilder, groups: _Groups, row: HtmlElement, hint: str) -> None:
    """A row of a table, a part a cell; of a table that is there for the layout, a card a cell."""
    group = groups.of(row)
    cells = [lines_of_cell(cell) for cell in row.iter("td", "th")]
    if is_grid(row.getparent()):
        for lines in cells:
            builder.add(LineKind.CARD, lines, group=group, hint=hint)
        return
    kind = LineKind.HEADER if row.find("td") is None else LineKind.ROW
    builder.add(kind, [" ".join(lines) for lines in cells], group=group, hint=hint)


def _add_stretch(builder: LinesBuilder, groups: _Groups, stretch: Stretch, group: int) -> None:
    lines = [words for line in stretch.lines if (words := " ".join(parts_of(line)))]
    if not lines:
        return
    hint = _hint(stretch.element)
    tags = {stretch.element.tag, *(above.tag for above in stretch.element.iterancestors())}
    if tags & _HEADINGS:
        builder.add(LineKind.HEADING, [" ".join(lines)], hint=hint)
    elif len(lines) > 1 and all(len(line.split()) <= _SHORT_WORDS for line in lines):
        _add_short_lines(builder, groups, stretch, lines)
    elif "li" in tags:
        builder.add(LineKind.ITEM, lines, group=group, hint=hint)
    elif len(lines) == 1 and _is_short_line(lines[0]):
        builder.add(
            LineKind.HEADING if cue_of(lines[0]) else LineKind.ITEM, lines, group=0, hint=hint
        )
    else:
        builder.add(LineKind.TEXT, [" ".join(lines)], hint=hint)


def _add_short_lines(
    builder: LinesBuilder, groups: _Groups, stretch: Stretch, lines: list[str]
) -> None:
    """Short lines between `<br>`s: each an entry, or one entry where each paragraph is one."""
    hint = _hint(stretch.element)
    siblings = [e for e in stretch.element.itersiblings() if e.tag == stretch.element.tag]
    before = [
        e for e in stretch.element.itersiblings(preceding=True) if e.tag == stretch.element.tag
    ]
    alike = [e for e in (*siblings, *before) if 1 <= len(e.findall(".//br")) <= 4]
    if (
        len(alike) >= LEAST_ALIKE - 1
        and len(lines) <= 5
        and stretch.element.tag in ("p", "div", "li")
    ):
        builder.add(LineKind.CARD, lines, group=groups.of(stretch.element), hint=hint)
        return
    for line in lines:
        kind = LineKind.HEADING if cue_of(line) else LineKind.ITEM
        builder.add(kind, [line], group=groups.number(stretch.element), hint=hint)


def _is_short_line(line: str) -> bool:
    """Whether a line can be one entry: short, no sentence, no row of entries."""
    is_row = line.count(";") > 1
    return len(line.split()) <= _SHORT_WORDS and not _is_sentence(line) and not is_row


def _is_sentence(line: str) -> bool:
    return line[-1] in ".!?:" and len(line.split()) > 4


def _hint(element: HtmlElement) -> str:
    labels = [
        label_of(above)
        for above in (element, *element.iterancestors())
        if above.tag not in ("body", "html")
    ]
    return " ".join(label for label in labels[:4] if label)
