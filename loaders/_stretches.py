"""The words of an HTML page, block element by block element, and the parts that pages set off."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from lxml import etree

from undersigned.listing.naming import is_titles
from undersigned.listing.remarks import names_nobody

from ._elements import BLOCK, CELLS, IGNORED_SIGNS, NO_TEXT, is_hidden

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.html import HtmlElement

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
class Stretch:
    """Words of one block element, in lines as `<br>` parts them, `_PART` between parts."""

    element: HtmlElement
    lines: list[str]


def stretches_of(root: HtmlElement) -> Iterator[Stretch]:
    """Yields the words of the page in order, block element by block element."""
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
            text.parts.append(collapsed(element.text))
            continue
        if event == "end" and element is not skipped:
            if BLOCK.fullmatch(element.tag):
                yield from _flushed(text, owners.pop())
            elif element.tag in _SET_OFF or element.tag in CELLS:
                text.parts.append(_PART)
        if element is not root:
            text.parts.append(collapsed(element.tail))
    yield from _flushed(text, root)


def collapsed(words: str | None) -> str:
    """Words with single spaces, and without signs that nobody sees."""
    return re.sub(r"\s+", " ", IGNORED_SIGNS.sub("", words)).replace(_PART, "") if words else ""


def _flushed(text: _Text, element: HtmlElement) -> Iterator[Stretch]:
    lines = [line for line in "".join(text.parts).split("\n") if line.strip(f" {_PART}")]
    text.parts.clear()
    if lines:
        yield Stretch(element, lines)


def is_left_out(element: HtmlElement) -> bool:
    """Whether an element lies in a menu, a footer or the like, and not among signers."""
    for above in (element, *element.iterancestors()):
        if above.tag in ("body", "main", "html"):
            return False
        if above.tag in ("footer", "nav", "aside") and not _SIGNERS.search(label_of(above)):
            return True
        label = label_of(above)
        if _LEFT_OUT.search(label) and not _SIGNERS.search(label):
            return True
    return False


def label_of(element: HtmlElement) -> str:
    """What an element's class, id, role and label call it, as lower-case words."""
    names = " ".join(element.get(name) or "" for name in ("class", "id", "role", "aria-label"))
    return re.sub(r"[\W_]+", " ", re.sub(r"(?<=[a-z])(?=[A-Z])", " ", names)).lower().strip()


def parts_of(line: str) -> list[str]:
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
