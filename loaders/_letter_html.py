"""An HTML page as lines, so that lists, tables and cards of signers can be found in it."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from itertools import groupby
from typing import TYPE_CHECKING, Final

from lxml import etree

from undersigned.listing.cues import cue_of
from undersigned.listing.kinds import reads_as_person
from undersigned.listing.lines import LineKind, LinesBuilder
from undersigned.listing.naming import is_titles
from undersigned.listing.remarks import names_nobody

from ._elements import BLOCK, CELLS, IGNORED_SIGNS, NO_TEXT, is_hidden

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.html import HtmlElement

    from undersigned.listing.lines import Lines

_HEADINGS: Final = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_SET_OFF: Final = frozenset(
    {"span", "strong", "b", "em", "i", "small", "time", "cite", "a", "label"}
)
"""Inline elements by which the parts of an entry are set off from one another."""
_STRUCK: Final = frozenset({"s", "del", "strike"})
"""A name that a page strikes out has not signed, or no longer."""
_PART: Final = "\x1f"
"""Stands where one part of an entry ends; no page has it."""
_LEADS_ON: Final = re.compile(r"\w\W+(?:of|on|at|for|in|with|the|and|&)$", re.IGNORECASE)
"""As in "author of <em>The Reed Year</em>"."""
_CARD_TAGS: Final = frozenset(
    {"li", "div", "article", "section", "p", "dl", "figure", "tr", "blockquote", "td"}
)
_GRID_SHARE: Final = 0.3
"""Of the cells of each column; many names are not among the usual given names."""
_FIRST_GROUP: Final = 1_000_000
"""Above the numbers of stretches, which are groups of their own."""
_LEAST_ALIKE: Final = 3
_LONGEST_CARD_CHARS: Final = 500
_SHORT_WORDS: Final = 16
_LEFT_OUT: Final = re.compile(
    r"\b(?:nav|navbar|menu|breadcrumbs?|cookies?|consent|share|sharing|social|footer|site header"
    r"|masthead|sidebar|newsletter|subscribe|donate|donation"
    r"|comments?|comment list|respond|sharedaddy|related|recommended|popular|trending|skip|modal"
    r"|popup|advert\w*|ads?|pagination|search|progress|login|captcha)\b"
)
_SIGNERS: Final = re.compile(
    r"signator|signer|signature|undersigned|unterzeichn|firmant|signatair|firmatari|endors"
)


@dataclass(slots=True)
class _Text:
    """The words of one block element so far."""

    parts: list[str] = field(default_factory=list)


@dataclass(slots=True)
class _Stretch:
    """Words of one block element, in lines as `<br>` parts them, `_PART` between parts."""

    element: HtmlElement
    lines: list[str]


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
    stretches = [s for s in _stretches(root) if not _is_left_out(s.element)]
    cards = _cards([stretch.element for stretch in stretches])
    for number, (card, group) in enumerate(groupby(stretches, key=lambda s: cards.get(s.element))):
        if card is None:
            for stretch in group:
                _add_stretch(builder, groups, stretch, number)
        else:
            _add_card(builder, groups, card, list(group))
    return builder.build()


def _stretches(root: HtmlElement) -> Iterator[_Stretch]:
    """The words of the page in order, block element by block element."""
    owners: list[HtmlElement] = [root]
    text = _Text()
    skipped: HtmlElement | None = None
    events = etree.iterwalk(root, events=("start", "end", "comment", "pi"))
    for event, element in events:
        if event == "start":
            struck = element.tag in _STRUCK
            if struck or NO_TEXT.fullmatch(element.tag) or is_hidden(element):
                skipped = element
                events.skip_subtree()
                continue
            if BLOCK.fullmatch(element.tag):
                yield from _flushed(text, owners[-1])
                owners.append(element)
            elif element.tag == "br":
                text.parts.append("\n")
            elif element.tag in _SET_OFF or element.tag in CELLS:
                text.parts.append(_PART)
            text.parts.append(_collapsed(element.text))
            continue
        if event == "end" and element is not skipped:
            if BLOCK.fullmatch(element.tag):
                yield from _flushed(text, owners.pop())
            elif element.tag in _SET_OFF or element.tag in CELLS:
                text.parts.append(_PART)
        if element is not root:
            text.parts.append(_collapsed(element.tail))
    yield from _flushed(text, root)


def _collapsed(words: str | None) -> str:
    return re.sub(r"\s+", " ", IGNORED_SIGNS.sub("", words)).replace(_PART, "") if words else ""


def _flushed(text: _Text, element: HtmlElement) -> Iterator[_Stretch]:
    lines = [line for line in "".join(text.parts).split("\n") if line.strip(f" {_PART}")]
    text.parts.clear()
    if lines:
        yield _Stretch(element, lines)


def _is_left_out(element: HtmlElement) -> bool:
    for above in (element, *element.iterancestors()):
        if above.tag in ("body", "main", "html"):
            return False
        if above.tag in ("footer", "nav", "aside") and not _SIGNERS.search(_label(above)):
            return True
        label = _label(above)
        if _LEFT_OUT.search(label) and not _SIGNERS.search(label):
            return True
    return False


def _label(element: HtmlElement) -> str:
    names = " ".join(element.get(name) or "" for name in ("class", "id", "role", "aria-label"))
    return re.sub(r"[\W_]+", " ", re.sub(r"(?<=[a-z])(?=[A-Z])", " ", names)).lower().strip()


def _cards(elements: list[HtmlElement]) -> dict[HtmlElement, HtmlElement]:
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
        elif best and best[0] >= _LEAST_ALIKE and _is_short(best[2]):
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


def _add_card(
    builder: LinesBuilder, groups: _Groups, card: HtmlElement, stretches: list[_Stretch]
) -> None:
    """One of several elements of one make: a row, an item, a card, or a mere paragraph."""
    parts = [part for s in stretches for line in s.lines for part in _parts_of(line)]
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
    cells = [_lines_of_cell(cell) for cell in row.iter("td", "th")]
    if _is_grid(row.getparent()):
        for lines in cells:
            builder.add(LineKind.CARD, lines, group=group, hint=hint)
        return
    kind = LineKind.HEADER if row.find("td") is None else LineKind.ROW
    builder.add(kind, [" ".join(lines) for lines in cells], group=group, hint=hint)


def _is_grid(body: HtmlElement) -> bool:
    """Whether the cells beside one another are signers each: people in every column, no header."""
    if body.find(".//th") is not None:
        return False
    columns: list[list[str]] = []
    for row in body.iter("tr"):
        for number, cell in enumerate(row.iter("td")):
            lines = _lines_of_cell(cell)
            columns += [[] for _ in range(number + 1 - len(columns))]
            columns[number] += [re.split(r"[,(]", lines[0])[0].strip()] if lines else []
    shares = [sum(map(reads_as_person, heads)) / max(1, len(heads)) for heads in columns]
    return len(columns) > 1 and min(shares) >= _GRID_SHARE


def _lines_of_cell(cell: HtmlElement) -> list[str]:
    """The lines of a cell, as breaks and blocks within it part them."""
    pieces = [_collapsed(cell.text)]
    for event, element in etree.iterwalk(cell, events=("start", "end")):
        if element is cell:
            continue
        if BLOCK.fullmatch(element.tag) or (element.tag == "br" and event == "start"):
            pieces.append("\n")
        pieces.append(_collapsed(element.text if event == "start" else element.tail))
    return [" ".join(line.split()) for line in "".join(pieces).split("\n") if line.strip()]


def _parts_of(line: str) -> list[str]:
    """The parts of a line that inline elements set off; joined where punctuation does so."""
    joined: list[str] = []
    led_on = False
    for part in line.split(_PART):
        bare = part.strip()
        if not bare or names_nobody(bare):
            continue
        before = joined[-1] if joined else ""
        goes_on = (led_on and bare.startswith(("and ", "& "))) or (
            before[-1:] in ("”", "»", '"') and bare[0].islower()  # <em>“The Reed Year”</em> author
        )
        led_on = goes_on or is_titles(before) or bool(_LEADS_ON.search(before))
        follows = bare[0] in ",.;:)/-–—'’" or (joined and before[-1] in "(,;:/-–—@")
        if joined and (follows or led_on):
            space = " " if part[0] == " " or before[-1] in ",;:" or led_on else ""
            joined[-1] += space + bare
        else:
            joined.append(bare)
    return joined


def _add_stretch(builder: LinesBuilder, groups: _Groups, stretch: _Stretch, group: int) -> None:
    lines = [words for line in stretch.lines if (words := " ".join(_parts_of(line)))]
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
    builder: LinesBuilder, groups: _Groups, stretch: _Stretch, lines: list[str]
) -> None:
    """Short lines between `<br>`s: each an entry, or one entry where each paragraph is one."""
    hint = _hint(stretch.element)
    siblings = [e for e in stretch.element.itersiblings() if e.tag == stretch.element.tag]
    before = [
        e for e in stretch.element.itersiblings(preceding=True) if e.tag == stretch.element.tag
    ]
    alike = [e for e in (*siblings, *before) if 1 <= len(e.findall(".//br")) <= 4]
    if (
        len(alike) >= _LEAST_ALIKE - 1
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
        _label(above)
        for above in (element, *element.iterancestors())
        if above.tag not in ("body", "html")
    ]
    return " ".join(label for label in labels[:4] if label)
