"""Bylines, datelines, captions and other furniture told from the story by their words and place."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final

from undersigned.source import Block, BlockKind

from ._bylines import Byline, byline_before_story, find_byline, lone_name, outlet_line
from ._datelines import Dateline, find_dateline, is_dateline
from ._dates import DATE, find_date, is_date_line
from ._furniture import furniture
from ._layout import Details, Page, as_kind, trimmed, words_of

_FRONT_BLOCKS: Final = 12
"""Blocks that may stand before the story: headline, standfirst, caption, byline, date."""
_STORY_WORDS: Final = 18
"""A paragraph this long is the story's first; headlines and standfirsts are shorter."""
_ABOUT_AUTHOR_WORDS: Final = 60
_HEADLINE_CHARS: Final = 200
_DATE_LABEL: Final = re.compile(
    rf"(?i)(?:date|published|updated|posted|last updated)\s*:?\s*(?:on\s+)?(?:{DATE})(?=\s|$)\s*"
)
_KINDS_TO_JUDGE: Final = frozenset({BlockKind.PARAGRAPH, BlockKind.LIST_ITEM, BlockKind.SUBHEADING})


@dataclass(slots=True)
class _Found:
    """What has been found so far, in the order of the text."""

    blocks: list[Block] = field(default_factory=list)
    title: str | None = None
    authors: tuple[str, ...] = ()
    outlet: str | None = None
    agency: str | None = None
    published: str | None = None

    def take_byline(self, byline: Byline) -> None:
        self.authors = self.authors or byline.authors
        self.outlet = self.outlet or byline.outlet
        self.published = self.published or byline.published

    def take_dateline(self, dateline: Dateline) -> None:
        self.agency = self.agency or dateline.agency
        self.published = self.published or dateline.published

    def add(self, text: str, kind: BlockKind, start: int, end: int) -> None:
        start, end = trimmed(text, start, end)
        if start < end:
            self.blocks.append(Block(kind, start, end))


def recognise(page: Page) -> Page:
    """The page with front matter and furniture marked; what it says added to the details.

    Details that the page already has stay. A block may be cut in two where a byline, a dateline or
    a caption stands in the same line as story text.
    """
    found = _Found()
    in_front = True
    for number, block in enumerate(page.blocks):
        if block.kind not in _KINDS_TO_JUDGE:
            _take_marked(found, page, block)
        elif in_front and number < _FRONT_BLOCKS:
            in_front = not _front_block(found, page, number)
        else:
            _body_block(found, page, block)
    details = page.details.or_else(
        Details(
            title=found.title,
            authors=found.authors,
            outlet=found.outlet or found.agency,
            published=found.published,
        )
    )
    return Page(page.text, tuple(found.blocks), details)


def _take_marked(found: _Found, page: Page, block: Block) -> None:
    """A block whose kind the page's own markup gave."""
    words = words_of(page.text, block)
    if block.kind is BlockKind.HEADLINE:
        found.title = found.title or words
    elif block.kind is BlockKind.BYLINE:
        if byline := find_byline(words):
            found.take_byline(byline)
    elif block.kind is BlockKind.DATELINE:
        found.published = found.published or find_date(words)
    found.blocks.append(block)


def _front_block(found: _Found, page: Page, number: int) -> bool:
    """Judges one block before the story; tells whether the story has begun with it."""
    block = page.blocks[number]
    text, words = page.text, words_of(page.text, block)
    if _whole_line(found, page, block):
        return False
    if found.title is None and _is_headline(page, number):
        found.title = words
        found.blocks.append(as_kind(block, BlockKind.HEADLINE))
        return False
    rest = _peel(found, text, block)
    remaining = text[rest : block.end]
    if not remaining.strip():
        return False
    begun = len(remaining.split()) >= _STORY_WORDS or rest > block.start
    unstopped = remaining.rstrip()[-1] not in '.!?:”"’'
    standfirst = block.kind is BlockKind.PARAGRAPH and not begun and unstopped
    found.add(text, BlockKind.SUBHEADING if standfirst else block.kind, rest, block.end)
    return begun


def _whole_line(found: _Found, page: Page, block: Block) -> bool:
    """Takes a line that is all caption, furniture, date, byline or name; False for other lines."""
    words = words_of(page.text, block)
    if _DATE_LABEL.match(words) and not is_date_line(words):
        return False
    if kind := furniture().kind_of(words):
        _add_furniture(found, page.text, block, kind)
    elif block.kind is BlockKind.LIST_ITEM:
        return False
    elif is_dateline(words):
        if dateline := find_dateline(f"{words} A", first=True):
            found.take_dateline(dateline)
        found.blocks.append(as_kind(block, BlockKind.DATELINE))
    elif is_date_line(words):
        found.published = found.published or find_date(words)
        found.blocks.append(as_kind(block, BlockKind.DATELINE))
    elif byline := find_byline(words):
        found.take_byline(byline)
        found.blocks.append(as_kind(block, BlockKind.BYLINE))
    elif _stands_by_headline(found) and (name := lone_name(words, page.text[block.end :])):
        found.authors = found.authors or (name,)
        found.blocks.append(as_kind(block, BlockKind.BYLINE))
    elif found.blocks and (outlet := outlet_line(words)):
        found.outlet = found.outlet or outlet
        found.blocks.append(as_kind(block, BlockKind.BYLINE))
    else:
        return False
    return True


def _stands_by_headline(found: _Found) -> bool:
    near = {BlockKind.HEADLINE, BlockKind.DATELINE, BlockKind.CAPTION, BlockKind.SUBHEADING}
    return bool(found.blocks) and found.blocks[-1].kind in near and not found.authors


def _is_headline(page: Page, number: int) -> bool:
    """Whether a line is a headline: short, first, and the text goes on below it."""
    words = words_of(page.text, page.blocks[number]).strip()
    following = page.blocks[number + 1 :]
    if page.blocks[number].kind is not BlockKind.PARAGRAPH or not following:
        return False
    if len(words) > _HEADLINE_CHARS or find_dateline(words, first=True):
        return False
    if _DATE_LABEL.match(words) or byline_before_story(words):
        return False
    if words[-1] not in '.!?”"’,:':
        return True
    longest = max(len(words_of(page.text, block)) for block in following[:4])
    capitals = [word[0].isupper() for word in re.findall(r"\b[A-Za-z]\w{3,}", words)]
    if capitals and sum(capitals) >= 0.8 * len(capitals):
        return len(words.split()) <= 30
    return not _has_two_sentences(words) and len(words.split()) <= 16 and longest > 1.5 * len(words)


def _has_two_sentences(words: str) -> bool:
    for stop in re.finditer(r"([\w.]+)[.!?][”\"’]?\s+(?=[A-Z“\"‘])", words):
        if stop[1] not in furniture().abbreviations and len(stop[1]) > 1:
            return True
    return False


def _peel(found: _Found, text: str, block: Block) -> int:
    """Takes dates, bylines and datelines off a block's start; gives where the story begins."""
    at = block.start
    while at < block.end:
        line = text[at : block.end]
        if label := _DATE_LABEL.match(line):
            found.published = found.published or find_date(label.group())
            found.add(text, BlockKind.DATELINE, at, at + label.end())
            at += label.end()
        elif dateline := find_dateline(line, first=True):
            found.take_dateline(dateline)
            found.add(text, BlockKind.DATELINE, at, at + dateline.end)
            at += dateline.next
        elif byline := byline_before_story(line):
            found.take_byline(byline)
            found.add(text, BlockKind.BYLINE, at, at + byline.end)
            at += byline.end
        elif at == block.start and (credit := _credit_before_story(line)):
            found.add(text, BlockKind.CAPTION, at, at + credit)
            at += credit
        elif writer := _writer_before_story(found, text, at, block.end):
            found.authors = (writer,)
            found.add(text, BlockKind.BYLINE, at, at + len(writer) + 1)
            at += len(writer) + 1
        elif at > block.start and (kind := furniture().kind_of(line.strip())):
            found.add(text, kind, at, block.end)
            return block.end
        elif slug := _station_slug(line):
            found.add(text, BlockKind.BOILERPLATE, at, at + slug)
            at += slug
        else:
            break
    return at


def _credit_before_story(line: str) -> int:
    """Where a caption with its credit ends, if story text follows in the same line; else 0."""
    credit = furniture().credit.search(line)
    if credit is None or len(line[: credit.end()].split()) > furniture().caption_words:
        return 0
    follows = len(line[credit.end() :].split()) >= _STORY_WORDS
    return credit.end() if follows and credit.end() < len(line) else 0


def _writer_before_story(found: _Found, text: str, at: int, end: int) -> str | None:
    """The writer's bare name as a first sentence: "Ann Lee. Forty authors have …"."""
    if found.authors or not (first := re.match(r"([^.“”\"]{5,50})\.\s+\S", text[at:end])):
        return None
    return lone_name(first[1], text[at + first.end(1) :])


def _station_slug(line: str) -> int:
    """Where a station's or section's running line before the story ends; 0 without one."""
    slug = re.match(r"(?:On Air|Listen Live|Watch Live|Live)\s*:\s[^.]{2,80}\.\s+", line)
    return slug.end() if slug else 0


def _body_block(found: _Found, page: Page, block: Block) -> None:
    text, words = page.text, words_of(page.text, block)
    if kind := furniture().kind_of(words):
        _add_furniture(found, text, block, kind)
    elif _continues_link_box(found, words):
        found.blocks.append(as_kind(block, BlockKind.LINK_BOX))
    elif _tells_of_author(words, page.details.authors or found.authors):
        found.blocks.append(as_kind(block, BlockKind.BOILERPLATE))
    elif _is_credit_line(words) and (byline := find_byline(words)):
        found.take_byline(byline)
        found.blocks.append(as_kind(block, BlockKind.BYLINE))
    elif dateline := find_dateline(words, first=False):
        found.take_dateline(dateline)
        found.add(text, BlockKind.DATELINE, block.start, block.start + dateline.end)
        found.add(text, block.kind, block.start + dateline.next, block.end)
    else:
        found.blocks.append(block)


def _continues_link_box(found: _Found, words: str) -> bool:
    """Whether a line is another story's title below a line such as "Read also"."""
    below = bool(found.blocks) and found.blocks[-1].kind is BlockKind.LINK_BOX
    return below and len(words.split()) <= _STORY_WORDS and words[-1] not in '.!?:”"’'


def _tells_of_author(words: str, authors: tuple[str, ...]) -> bool:
    """Whether a paragraph below the story is about its writer: "Ann Lee covers the courts." """
    about = any(words.startswith(name) for name in authors)
    return about and len(words.split()) <= _ABOUT_AUTHOR_WORDS and not re.search('[“”"]', words)


def _is_credit_line(words: str) -> bool:
    """Below the story's start only a line that says so itself is a byline."""
    return bool(
        re.match(r"(?i)\(?(?:by|written|additional|further|reporting|writing|reporter)\b", words)
    )


def _add_furniture(found: _Found, text: str, block: Block, kind: BlockKind) -> None:
    """Marks furniture; a caption with story text behind its credit is cut after the credit."""
    cut = _credit_before_story(words_of(text, block)) if kind is BlockKind.CAPTION else 0
    if not cut:
        found.blocks.append(as_kind(block, kind))
        return
    found.add(text, kind, block.start, block.start + cut)
    found.add(text, block.kind, block.start + cut, block.end)
