"""An HTML page as stretches of text, each with the element that it stands in."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from lxml import etree

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.html import HtmlElement

NO_TEXT: Final = re.compile(
    r"script|style|noscript|template|svg|math|iframe|object|embed|canvas|audio|video|form|button|"
    r"select|option|input|textarea|nav|dialog|menu|head|map|amp-(?:ad|analytics|sidebar)"
)
BLOCK: Final = re.compile(
    r"address|article|aside|blockquote|body|caption|center|dd|details|div|dl|dt|fieldset|"
    r"figcaption|figure|footer|h[1-6]|header|hgroup|hr|html|li|main|ol|p|picture|pre|section|"
    r"summary|table|tbody|tfoot|thead|tr|ul|.*-.*"
)
"""Custom elements, whose names have a hyphen, wrap boxes and figures, hardly ever words."""
CELLS: Final = frozenset({"td", "th"})
_INVISIBLE: Final = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
IGNORED_SIGNS: Final = re.compile("[\u00ad\u200b\u200c\u2060\ufeff]")
_ENTRY_WORDS: Final = 14
"""Lines between `<br>`s that are no longer than this are entries of a list."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """Text of one block element, white space collapsed. `linked` counts its characters in links."""

    text: str
    element: HtmlElement
    linked: int
    is_entry: bool = False

    @property
    def link_share(self) -> float:
        """How much of the text is linked, 0.0 to 1.0."""
        return min(1.0, self.linked / max(1, len(self.text)))


@dataclass(slots=True)
class _Open:
    """The block element that is being read, and its text so far."""

    parts: list[str] = field(default_factory=list)
    linked: int = 0

    def add(self, text: str | None, *, in_link: bool, keep_lines: bool) -> None:
        if text:
            plain = IGNORED_SIGNS.sub("", text)
            plain = plain if keep_lines else re.sub(r"\s+", " ", plain)
            self.parts.append(plain)
            self.linked += len(plain.strip()) * in_link

    def stretches(self, element: HtmlElement) -> Iterator[Stretch]:
        whole = "".join(self.parts)
        share = self.linked / max(1, len(whole.strip()))
        for paragraph in re.split(r"\n\s*\n", whole):
            lines = [" ".join(line.split()).strip(" ,") for line in paragraph.split("\n")]
            lines = [line for line in lines if line]
            entries = len(lines) >= 3 and all(_is_entry(line) for line in lines)
            for text in lines if entries else [" ".join(" ".join(lines).split())]:
                if text:
                    yield Stretch(text, element, round(share * len(text)), entries)
        self.parts.clear()
        self.linked = 0


@dataclass(slots=True)
class _Walk:
    """A walk through a page in order, with its own stack: pages nest deeper than Python calls."""

    owners: list[HtmlElement]
    found: list[Stretch] = field(default_factory=list)
    current: _Open = field(default_factory=_Open)
    links: int = 0
    preformatted: int = 0

    def take(self, text: str | None) -> None:
        self.current.add(text, in_link=self.links > 0, keep_lines=self.preformatted > 0)

    def enter(self, element: HtmlElement) -> None:
        if BLOCK.fullmatch(element.tag):
            self.found += self.current.stretches(self.owners[-1])
            self.owners.append(element)
        self.links += element.tag == "a"
        self.preformatted += element.tag == "pre"
        if element.tag == "br":
            self.current.parts.append("\n")
        self.take(element.text)

    def leave(self, element: HtmlElement) -> None:
        if BLOCK.fullmatch(element.tag):
            self.found += self.current.stretches(self.owners.pop())
        self.links -= element.tag == "a"
        self.preformatted -= element.tag == "pre"
        if element.tag in CELLS and self.current.parts:
            self.current.parts.append(", ")


def stretches_of(root: HtmlElement) -> list[Stretch]:
    """All visible text of a page in order; scripts, forms, menus and hidden parts left out."""
    walk = _Walk(owners=[root])
    events = etree.iterwalk(root, events=("start", "end", "comment", "pi"))
    skipped: HtmlElement | None = None
    for event, element in events:
        if event == "start":
            if NO_TEXT.fullmatch(element.tag) or is_hidden(element):
                skipped = element
                events.skip_subtree()
            else:
                walk.enter(element)
            continue
        if event == "end" and element is not skipped:
            walk.leave(element)
        if element is not root:
            walk.take(element.tail)
    return walk.found + list(walk.current.stretches(root))


def is_hidden(element: HtmlElement) -> bool:
    """Whether the page itself hides an element."""
    return (
        element.get("hidden") is not None
        or element.get("aria-hidden") == "true"
        or bool(_INVISIBLE.search(element.get("style") or ""))
    )


def _is_entry(line: str) -> bool:
    return len(line.split()) <= _ENTRY_WORDS and line[-1] not in '.!?”"'
