"""An HTML page as an article: its blocks with their kinds, and what the page says of itself."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from lxml import etree
from lxml.html import HtmlElement, HTMLParser, document_fromstring
from rapidfuzz import fuzz

from undersigned.errors import SourceUnreadable
from undersigned.source import BlockKind

from ._bylines import NAME, find_byline
from ._elements import Stretch, stretches_of
from ._furniture import furniture
from ._layout import Details, Page, Piece, compose
from ._main_text import MainText, find_main_text
from ._metadata import page_details

if TYPE_CHECKING:
    from collections.abc import Iterator

_HEADINGS: Final = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_MAIN_SHARE: Final = 0.25
"""An element with this much of the article is a part of it, whatever its class says."""
_SAME_TITLE: Final = 70
"""Likeness in percent of the page's heading and the title that its metadata gives."""
_LINKED: Final = 0.8
_LINKED_TITLE_WORDS: Final = 4
"""A linked line with more words is another story's title; names of people are shorter."""
_LABEL_KINDS: Final = (
    ("byline", BlockKind.BYLINE, 40),
    ("dateline", BlockKind.DATELINE, 25),
    ("caption", BlockKind.CAPTION, 90),
)


def page_of(text: str, origin: str, url: str | None) -> Page:
    """The article in an HTML page.

    Raises:
        SourceUnreadable: the page has no visible text.
    """
    root = parsed(text, origin)
    details = page_details(root, url)
    if "<html" in text[:2000].lower() and "</html" not in text[-2000:].lower():
        details = details.or_else(Details(notes=("the page breaks off before its end",)))
    stretches = stretches_of(root)
    if not stretches:
        raise SourceUnreadable(
            f"{origin}: the page has no visible text; if it shows its text only in a browser, "
            "save that as plain text and load it"
        )
    main = find_main_text(text, root, stretches)
    return compose(_pieces(stretches, main, details.title), details)


def parsed(text: str, origin: str) -> HtmlElement:
    """The page's tree. An XML declaration is cut off: its encoding is not that of the text now."""
    body = re.sub(r"\A\s*<\?xml[^>]*\?>", "", text.lstrip("\ufeff")).replace("\0", "")
    try:
        parser = HTMLParser(encoding="utf-8", no_network=True)
        return document_fromstring(body.encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise SourceUnreadable(
            f"{origin}: nothing can be read from this HTML ({error}); save the page again"
        ) from error


def _pieces(stretches: list[Stretch], main: MainText, title: str | None) -> Iterator[Piece]:
    inside = [_is_within(stretch.element, main.container) for stretch in stretches]
    first = inside.index(True) if True in inside else 0
    headline = _headline(stretches, inside, title)
    everything = " ".join(s.text for s, within in zip(stretches, inside, strict=True) if within)
    in_link_box = False
    for number, stretch in enumerate(stretches):
        if number == headline:
            yield Piece(BlockKind.HEADLINE, stretch.text)
            continue
        if not inside[number]:
            between = headline is not None and headline < number < first
            if between and (kind := _header_kind(stretch)):
                yield Piece(kind, stretch.text)
            continue
        kind = _kind_of(stretch, main)
        if kind is None:
            continue
        in_link_box = _continues_link_box(stretch, kind, in_link_box=in_link_box)
        if in_link_box:
            kind = BlockKind.LINK_BOX
        elif kind.is_story and _is_repeated(stretch, everything):
            kind = BlockKind.BOILERPLATE
        yield Piece(kind, stretch.text)


def _headline(stretches: list[Stretch], inside: list[bool], title: str | None) -> int | None:
    """Which stretch is the headline: the heading most like the page's title, else its first h1."""
    end = max((n for n, within in enumerate(inside) if within), default=len(stretches))
    headings = [n for n in range(end) if stretches[n].element.tag in ("h1", "h2")]
    if title:
        scored = [(fuzz.ratio(title.lower(), stretches[n].text.lower()), -n) for n in headings]
        score, number = max(scored, default=(0.0, 0))
        if score >= _SAME_TITLE:
            return -number
    tops = [n for n in headings if stretches[n].element.tag == "h1"]
    within = [n for n in tops if inside[n]]
    return next(iter(within or tops[-1:]), None)


def _header_kind(stretch: Stretch) -> BlockKind | None:
    """What a line between headline and article is; None for what is left out."""
    labels = list(_labels(stretch.element, None))[:4]
    if any(furniture().markup["dropped"].search(label) for label in labels):
        return None
    if kind := _labelled_kind(stretch, labels):
        return kind
    if stretch.element.tag in _HEADINGS or any(
        furniture().markup["subheading"].search(label) for label in labels
    ):
        return BlockKind.SUBHEADING
    return None


def _kind_of(stretch: Stretch, main: MainText) -> BlockKind | None:
    """What a stretch within the article is; None for what is left out, such as comments."""
    above = [stretch.element, *stretch.element.iterancestors()]
    below_container = above[: above.index(main.container)]
    minor = [element for element in below_container if main.share(element) < _MAIN_SHARE]
    labels = [_label(element) for element in minor]
    markup = furniture().markup
    if any(markup["dropped"].search(label) for label in labels):
        return None
    for name, kind in (("link_box", BlockKind.LINK_BOX), ("boilerplate", BlockKind.BOILERPLATE)):
        if any(markup[name].search(label) for label in labels):
            return kind
    tags = [element.tag for element in minor]
    if "article" in tags:
        return BlockKind.LINK_BOX
    if "footer" in tags:
        return BlockKind.BOILERPLATE
    if "aside" in tags and stretch.link_share >= _LINKED:
        return BlockKind.LINK_BOX
    if labelled := _labelled_kind(stretch, labels[:3]):
        return labelled
    if _is_link(stretch):
        return BlockKind.LINK_BOX
    return _kind_by_tag(stretch, [element.tag for element in below_container])


def _labelled_kind(stretch: Stretch, labels: list[str]) -> BlockKind | None:
    count = len(stretch.text.split())
    for name, kind, words_at_most in _LABEL_KINDS:
        if count <= words_at_most and any(furniture().markup[name].search(s) for s in labels):
            return BlockKind.BYLINE if find_byline(stretch.text) else kind
    if stretch.element.tag == "address" and count <= 40:
        return BlockKind.BYLINE
    return None


def _kind_by_tag(stretch: Stretch, tags: list[str]) -> BlockKind:
    for tag in tags:
        if tag == "blockquote":
            return BlockKind.BLOCK_QUOTE
        if tag in ("figcaption", "figure", "caption"):
            return BlockKind.CAPTION
        if tag in _HEADINGS:
            return BlockKind.SUBHEADING
        if tag == "tr" and stretch.element.find("td") is None and stretch.element.tag == "tr":
            return BlockKind.SUBHEADING
        if tag in ("li", "dd", "dt", "tr"):
            return BlockKind.LIST_ITEM
    return BlockKind.LIST_ITEM if stretch.is_entry else BlockKind.PARAGRAPH


def _is_link(stretch: Stretch) -> bool:
    """Whether a stretch is a link to something else: wholly linked, and more than a signer."""
    if re.match(rf"{NAME}(?:,|$)", stretch.text):
        return False
    tagged = any("tag" in (link.get("rel") or "") for link in stretch.element.iter("a"))
    wordy = len(stretch.text.split()) > _LINKED_TITLE_WORDS
    return stretch.link_share >= _LINKED and (wordy or tagged)


def _continues_link_box(stretch: Stretch, kind: BlockKind, *, in_link_box: bool) -> bool:
    """Whether a stretch belongs to a box of links that a line such as "Most read" has opened."""
    if furniture().kind_of(stretch.text) is BlockKind.LINK_BOX and kind is not BlockKind.CAPTION:
        return True
    listed = kind in (BlockKind.LIST_ITEM, BlockKind.SUBHEADING, BlockKind.LINK_BOX)
    return in_link_box and (listed or stretch.link_share >= _LINKED)


def _is_repeated(stretch: Stretch, everything: str) -> bool:
    """Whether the same words stand in the article again: a pull quote."""
    words = stretch.text.strip("“”\"'‘’ ")
    above = {element.tag for element in (stretch.element, *stretch.element.iterancestors())}
    set_off = stretch.element.tag != "p" or bool(above & {"aside", "blockquote", "figure"})
    return len(words.split()) >= 5 and set_off and everything.count(words) > 1


def _labels(element: HtmlElement, until: HtmlElement | None) -> Iterator[str]:
    for above in (element, *element.iterancestors()):
        if above is until or above.tag in ("body", "html", "main", "article"):
            return
        yield _label(above)


def _label(element: HtmlElement) -> str:
    """The names that an element goes by, as words: "articleBody_related-links" gives three."""
    names = (
        "class",
        "id",
        "role",
        "data-testid",
        "data-component",
        "aria-label",
        "itemprop",
        "rel",
    )
    label = " ".join(element.get(name) or "" for name in names)
    return re.sub(r"[\W_]+", " ", re.sub(r"(?<=[a-z])(?=[A-Z])", " ", label)).strip()


def _is_within(element: HtmlElement, container: HtmlElement) -> bool:
    return element is container or any(above is container for above in element.iterancestors())
