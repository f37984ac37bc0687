"""Which part of a page is the article: trafilatura finds its text, its element is kept whole.

Trafilatura drops what looks like furniture to it: short paragraphs, lists of names. So its text
only tells where the article is; everything in that element is then judged by `_html`.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import trafilatura

if TYPE_CHECKING:
    from lxml.html import HtmlElement

    from ._elements import Stretch

_CONTAINER_SHARE: Final = 0.85
"""Of the article's text; the rest may be a standfirst or a stray line that stands elsewhere."""
_HALF: Final = 0.5
_KNOWN_CHARS: Final = 25
"""Shorter stretches occur anywhere by chance and do not show where the article is."""


@dataclass(frozen=True, slots=True)
class MainText:
    """The article's element, and how many characters of its text lie in each element."""

    container: HtmlElement
    support: Counter[HtmlElement]
    total: int

    def share(self, element: HtmlElement) -> float:
        """How much of the article's text lies in an element, 0.0 to 1.0."""
        return self.support[element] / max(1, self.total)


def find_main_text(page: str, root: HtmlElement, stretches: list[Stretch]) -> MainText:
    """The element that holds the article."""
    support = _support(_bare(_extracted(page)), stretches)
    total = max(support.values(), default=0)
    if total == 0:
        support = _support(None, [s for s in stretches if s.link_share < _HALF])
        total = max(support.values(), default=0)
    candidates = [element for element in support if support[element] >= _CONTAINER_SHARE * total]
    deepest = max(candidates, key=_depth, default=root)
    return MainText(_whole_article(deepest, support, total), support, total)


def _extracted(page: str) -> str:
    """The article's text as trafilatura sees it; empty where it finds none."""
    try:
        text = trafilatura.extract(
            page, include_comments=False, include_tables=True, favor_recall=True, deduplicate=False
        )
    except RecursionError:
        return ""
    return str(text or "")


def _support(known: str | None, stretches: list[Stretch]) -> Counter[HtmlElement]:
    support: Counter[HtmlElement] = Counter()
    for stretch in stretches:
        bare = _bare(stretch.text)
        if len(bare) >= _KNOWN_CHARS and (known is None or bare in known):
            for element in (stretch.element, *stretch.element.iterancestors()):
                support[element] += len(stretch.text)
    return support


def _whole_article(deepest: HtmlElement, support: Counter[HtmlElement], total: int) -> HtmlElement:
    """The article element around the text, so that signers listed beside it are not lost."""
    above = [deepest, *deepest.iterancestors()]
    for element in above:
        if element.tag == "article" or element.get("role") == "article":
            return element
    for element in deepest.iter():
        marked = "articlebody" in (element.get("itemprop") or "").lower()
        if marked and support[element] >= _HALF * total:
            return element
    main = next((element for element in above if element.tag == "main"), None)
    if main is not None:
        return main
    while deepest.tag in ("p", "li", "span", "blockquote") and deepest.getparent() is not None:
        deepest = deepest.getparent()
    return deepest


def _bare(text: str) -> str:
    return re.sub(r"\W+", "", text).lower()


def _depth(element: HtmlElement) -> int:
    return sum(1 for _ in element.iterancestors())
