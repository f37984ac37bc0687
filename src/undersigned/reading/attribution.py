"""Attributions: who is said to have said or thought what, as spans of one article.

The constructions lie in `speech/`; here their drafts are put side by side, so that every quotation
and every cue counts once, and nested ones are chained.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from undersigned.claims import StatementKind
from undersigned.reading.speech.cues import CueClass
from undersigned.reading.speech.direct import assign, quoted_drafts
from undersigned.reading.speech.headlines import headline_drafts
from undersigned.reading.speech.indirect import read_cue
from undersigned.reading.speech.joining import cut_at_outer_cues, join_continued
from undersigned.reading.speech.modality import is_unsaid
from undersigned.reading.speech.nominal import nominal_drafts
from undersigned.reading.speech.page import Page
from undersigned.reading.speech.set_off import set_off_drafts
from undersigned.reading.speech.uncued import MIN_WORDS, uncued_drafts

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from spacy.tokens import Span

    from undersigned.reading.quotation_marks import Quotation
    from undersigned.reading.speech.cues import CueVerb
    from undersigned.reading.speech.drafts import Draft
    from undersigned.reading.text import ReadText

_CHAINED = frozenset({CueClass.SAY, CueClass.ADD, CueClass.TELL, CueClass.CALL})
"""Classes that count inside of other attributions."""
_WORD = re.compile(r"\w")


@dataclass(frozen=True, slots=True, kw_only=True)
class Attribution:
    """One stretch of words with the source that it is attributed to.

    Spans count in the article's joined `Doc`. `content` is in text order, quotation marks
    included; `source` and `cue` are None where the text has none; `verb` is the lexicon's entry
    of the cue, None for nouns of saying. `within` is the place, in the same list, of the
    attribution that this one is nested in; `follows` that of the speech whose source this
    quotation without source goes on with. `confidence` is 0.0 to 1.0.
    """

    content: tuple[Span, ...]
    kind: StatementKind
    cue_class: CueClass
    rule: str
    confidence: float
    source: Span | None = None
    cue: Span | None = None
    verb: CueVerb | None = None
    within: int | None = None
    follows: int | None = None

    @property
    def start(self) -> int:
        """The first token of the content, counted in the `Doc`."""
        return self.content[0].start

    @property
    def end(self) -> int:
        """One after the last token of the content, counted in the `Doc`."""
        return self.content[-1].end


def find_attributions(text: ReadText) -> list[Attribution]:
    """All attributions of an article, in the order of their contents."""
    page = Page(text)
    drafts = _drafts(page)
    drafts = cut_at_outer_cues(drafts)
    drafts.sort(key=lambda draft: (draft.start, -draft.end))
    around = [None if n is None else drafts[n] for n in _holders(drafts)]
    drafts = [d for d, outer in zip(drafts, around, strict=True) if _counts(d, outer)]
    holders = _holders(drafts)
    speeches = _speeches_before(drafts, holders)
    return [
        replace(
            _attribution(page, draft),
            within=holders[n],
            follows=speeches[n] if draft.follows else None,
        )
        for n, draft in enumerate(drafts)
    ]


def _counts(draft: Draft, outer: Draft | None) -> bool:
    """Whether a draft is more than a part of what another source says.

    Inside of somebody's words only speech is a link of its own in the chain: in "she said that he
    wanted it" wanting is a part of what she said; so is speech that somebody wishes or refuses:
    "she declined to say whether …".
    """
    if outer is None:
        return True
    if _is_own_name_for(draft) and outer.source is not None:
        return False
    own_wish = (
        draft.cue is not None
        and outer.cue is not None
        and draft.cue[0].dep_ == "xcomp"
        and draft.cue[0].head == outer.cue[0]
    )
    return draft.cue_class in _CHAINED and not own_wish


def _is_own_name_for(draft: Draft) -> bool:
    """Whether a source only names what it speaks of: it rejects *what it calls “a threat”*."""
    if draft.cue_class is not CueClass.CALL or draft.source is None or len(draft.source) != 1:
        return False
    pronoun = draft.source[0]
    return pronoun.pos_ == "PRON" and pronoun.i > 0 and pronoun.nbor(-1).lower_ == "what"


def _drafts(page: Page) -> list[Draft]:
    drafts = quoted_drafts(page, assign(page))
    spoken_for = {draft.cue.start for draft in drafts if draft.cue is not None}
    for cue in page.cues:
        if cue.start in spoken_for or page.is_quoted(cue.verb):
            continue
        draft = read_cue(page, cue)
        if draft is not None:
            drafts.append(draft)
    drafts.extend(nominal_drafts(page))
    drafts = _without_doubles(drafts)
    drafts = join_continued(page, drafts, uncued_drafts(page, _tokens(drafts)))
    drafts.extend(headline_drafts(page, _tokens(drafts)))
    drafts.extend(set_off_drafts(page, _tokens(drafts)))
    return drafts


def _without_doubles(drafts: list[Draft]) -> list[Draft]:
    """One draft a content: of several the first, since surer constructions come first."""
    places: set[tuple[int, int]] = set()
    kept = []
    for draft in drafts:
        place = draft.start, draft.end
        if place not in places:
            places.add(place)
            kept.append(draft)
    return kept


def _tokens(drafts: Iterable[Draft]) -> set[int]:
    spans = (span for draft in drafts for span in draft.content)
    return {index for span in spans for index in range(span.start, span.end)}


def _attribution(page: Page, draft: Draft) -> Attribution:
    return Attribution(
        content=draft.content,
        kind=_kind(page, draft),
        cue_class=draft.cue_class,
        rule=draft.rule,
        confidence=draft.confidence,
        source=draft.source,
        cue=draft.cue,
        verb=draft.verb,
    )


def _kind(page: Page, draft: Draft) -> StatementKind:
    """A quotation has a quoted stretch of three words or more, or is wholly quoted."""
    around = [(token, page.quotation_at(token)) for span in draft.content for token in span]
    wholly = all(quotation is not None for token, quotation in around if _WORD.search(token.text))
    inside = [quotation for _, quotation in around if quotation is not None]
    wholly = wholly and bool(inside)
    if wholly or _has_long_one(inside):
        return StatementKind.QUOTATION
    return StatementKind.REPORTED_SPEECH


def _has_long_one(quotations: Iterable[Quotation]) -> bool:
    each_once = {quotation.start: quotation for quotation in quotations}
    return any(quotation.word_count >= MIN_WORDS for quotation in each_once.values())


def _holders(drafts: Sequence[Draft]) -> list[int | None]:
    """For each draft the narrowest one whose content holds this one and its cue.

    Args:
        drafts: sorted by start, longer ones first.
    """
    holders: list[int | None] = []
    reaching: list[int] = []
    for place, inner in enumerate(drafts):
        reaching = [n for n in reaching if drafts[n].end > inner.start]
        around = [n for n in reaching if _holds(drafts[n], inner)]
        holders.append(min(around, key=lambda n: drafts[n].end - drafts[n].start, default=None))
        reaching.append(place)
    return holders


def _holds(outer: Draft, inner: Draft) -> bool:
    anchor = inner.cue.start if inner.cue is not None else inner.start
    return inner.end <= outer.end and any(s.start <= anchor < s.end for s in outer.content)


def _speeches_before(drafts: Sequence[Draft], holders: Sequence[int | None]) -> list[int | None]:
    """For each draft the last speech of the outermost level before it that has a source."""
    last: int | None = None
    before: list[int | None] = []
    for place, draft in enumerate(drafts):
        before.append(last)
        said = draft.cue is None or not is_unsaid(draft.cue[0])
        spoken = draft.source is not None and draft.cue_class.is_speech and said
        if spoken and holders[place] is None:
            last = place
    return before
