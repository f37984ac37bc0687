"""Gathers the mentions of an article into its distinct letters."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from undersigned.claims import LetterKind, LocalKey
from undersigned.reading.counts import counts_people, iter_counts
from undersigned.reading.letters.called import is_called_by_name, names_of_letter, stem_of_name
from undersigned.reading.letters.contexts import counts_as_letter
from undersigned.reading.letters.mentions import Article, LetterMention
from undersigned.reading.letters.titles import places_of_title
from undersigned.reading.signing.clauses import words_after
from undersigned.reading.signing.list_items import is_finite
from undersigned.reading.signing.name_lists import Listed, read_list
from undersigned.reading.signing.objects import author_marker
from undersigned.reading.signing.scene import is_form_of, letter_words
from undersigned.source import BlockKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spacy.tokens import Span

    from undersigned.reading.cast import Cast
    from undersigned.reading.letters.titles import Title
    from undersigned.reading.text import ReadText

_HEADINGS: Final = frozenset({BlockKind.HEADLINE, BlockKind.SUBHEADING})
_LETTERS: Final = frozenset({LetterKind.LETTER, LetterKind.OPEN_LETTER})
_ONLY_FIRST: Final = frozenset({"to", "of", "in", "ever", "from", "that"})
"""What follows "the first letter" that is first of its kind."""
_REPLY_REACH: Final = 5
"""So far before "a letter" the verb of "answered the first one with" stands."""
_BY: Final = frozenset({"by", "from"})


@dataclass(slots=True)
class LetterCluster:
    """One letter of the article while its mentions are gathered."""

    mentions: list[LetterMention] = field(default_factory=list)
    owners: list[LocalKey] = field(default_factory=list)
    marks: set[str] = field(default_factory=set)
    titles: set[str] = field(default_factory=set)
    in_headings_only: bool = True

    @property
    def kind(self) -> LetterKind:
        """The most telling kind of its mentions: an open letter is also called a letter."""
        kinds = [mention.kind for mention in self.mentions]
        telling = [kind for kind in kinds if kind is not LetterKind.LETTER]
        return telling[0] if telling else kinds[0]

    @property
    def title(self) -> Title | None:
        """The first title that the article gives."""
        return next((m.title for m in self.mentions if m.title is not None), None)

    def title_places(self, text: ReadText) -> list[Span]:
        """Wherever its titles stand in the article."""
        titles = {m.title.text: m.title for m in self.mentions if m.title is not None}
        return [place for title in titles.values() for place in places_of_title(title, text)]

    @property
    def first(self) -> LetterMention:
        """The first mention."""
        return self.mentions[0]


def authors_named(mention: LetterMention, cast: Cast) -> list[Listed]:
    """The names in "Acme's letter", "a letter from Lee", "submissions placed by Acme and Bolt"."""
    doc, head = mention.head.doc, mention.head
    if mention.owner is not None and mention.owner_words is not None:
        return [Listed(mention.owner, mention.owner_words, None)]
    if mention.is_plural and mention.owner_words is not None:
        return _owners_of_each(mention, cast)
    marker = author_marker(head)
    if marker is not None:
        return read_list(words_after(marker), cast)
    after = list(doc[head.i + 1 : min(head.i + 4, head.sent.end)])
    for n, token in enumerate(after):
        if token.lower_ in _BY and (n == 0 or after[n - 1].tag_ in {"VBN", "VBD"}):
            if n and after[n - 1].lemma_.lower() in {
                "sign",
                "co-sign",
                "cosign",
                "back",
                "endorse",
                "support",
            }:
                return []
            return read_list(words_after(token), cast)
    return []


def _owners_of_each(mention: LetterMention, cast: Cast) -> list[Listed]:
    """Acme and Bolt in "Acme and Bolt disagree. In their own submissions, the two say …"."""
    owner = mention.owner_words
    if owner is None or owner[0].lower_ != "their":
        return []
    sentence = mention.head.sent
    stretches = [mention.head.doc[sentence.start : mention.words.start]]
    if sentence.start:
        stretches.append(mention.head.doc[sentence.start - 1].sent)
    for stretch in stretches:
        verb = next((t for t in stretch if is_finite(t) and cast.at(t) is None), None)
        names = read_list(stretch if verb is None else stretch.doc[stretch.start : verb.i], cast)
        if names:
            return names if len(names) > 1 else []
    return []


def cluster_mentions(
    text: ReadText, cast: Cast, mentions: Sequence[LetterMention]
) -> list[LetterCluster]:
    """The letters of an article, in the order of their first mentions.

    Noun phrases that never show themselves as letters (`contexts`) are in none.
    """
    gathering = _Gathering(text, cast)
    for mention in mentions:
        gathering.take(mention)
    return gathering.clusters


def is_reply(cluster: LetterCluster) -> bool:
    """Whether a letter is told of as answering another: "the counter-letter", "the reply"."""
    answering = letter_words("against-another")
    return bool(cluster.marks & answering) or any(
        m.noun in letter_words("replies") or _is_reply_with(m) for m in cluster.mentions
    )


def _is_reply_with(mention: LetterMention) -> bool:
    """As in "Sixty pilots have replied with a letter of their own", "answered it with a letter"."""
    start = max(mention.head.sent.start, mention.words.start - _REPLY_REACH)
    before = mention.head.doc[start : mention.words.start]
    if not len(before) or before[-1].lower_ != "with":
        return False
    return any(is_form_of(token, letter_words("replies-with")) for token in before[:-1])


def _paragraph(text: ReadText, mention: LetterMention) -> Span:
    block = text.block_of(mention.head)
    return text.doc[block.start : block.end]


class _Gathering:
    def __init__(self, text: ReadText, cast: Cast):
        self.clusters: list[LetterCluster] = []
        self._text = text
        self._cast = cast

    def take(self, mention: LetterMention) -> None:
        authors = list(dict.fromkeys(name.key for name in authors_named(mention, self._cast)))
        shows = mention.ordinal or counts_as_letter(mention, self._cast)
        if mention.is_plural and len(authors) > 1 and shows:
            for author in authors:
                self._put(mention, self._owned_by(author, mention) or self._new(), [author])
            return
        if mention.is_plural and (mention.article is Article.INDEFINITE or _at_large(mention)):
            return
        found = self._same(mention, authors)
        if found is None and (shows or self._tells_another(mention)):
            found = self._new()
        if found is not None:
            self._put(mention, found, authors)

    def _new(self) -> LetterCluster:
        cluster = LetterCluster()
        self.clusters.append(cluster)
        return cluster

    def _put(self, mention: LetterMention, cluster: LetterCluster, owners: list[LocalKey]) -> None:
        cluster.mentions.append(mention)
        cluster.owners.extend(key for key in owners if key not in cluster.owners)
        cluster.marks.update(mention.marks)
        if mention.title is not None:
            cluster.titles.add(mention.title.text)
        block = self._text.block_of(mention.head).block
        cluster.in_headings_only &= block.kind in _HEADINGS

    def _same(self, mention: LetterMention, authors: list[LocalKey]) -> LetterCluster | None:
        """The letter already spoken of that a mention means."""
        if mention.title is not None:
            return self._titled(mention)
        if is_called_by_name(mention, self._cast):
            return self._called(mention, authors)
        new = self._new_of(mention)
        if new is not None:
            return new
        if _is_first(mention) and not mention.marks:
            return self._first_of(mention)
        if mention.marks and mention.article is not Article.POSSESSIVE:
            return self._marked(mention)
        for author in authors:
            owned = self._owned_by(author, mention)
            if owned is not None:
                return owned
        fitting = [c for c in self.clusters if _fits(c, mention)]
        if mention.article is Article.INDEFINITE and self._names_written(mention):
            return self.clusters[-1]
        if mention.article is Article.INDEFINITE or mention.is_plural:
            return next((c for c in fitting if c.in_headings_only and not c.marks), None)
        if authors or mention.owner_words is not None:
            fitting = [c for c in fitting if not c.owners]
        if mention.article is Article.BARE and not authors:
            fitting = [c for c in fitting if c.in_headings_only or len(self.clusters) == 1]
        return self._most_salient(mention, fitting)

    def _tells_another(self, mention: LetterMention) -> bool:
        """Whether a name, "first" or "rival" tells of one more letter, in an article about one."""
        if not self.clusters or mention.title is not None:
            return False
        if set(mention.marks) & letter_words("contrasting") and not mention.is_plural:
            return any(_is_like(m, mention) for c in self.clusters for m in c.mentions)
        if mention.needs_signing:
            return False
        return is_called_by_name(mention, self._cast) or _is_first(mention)

    def _called(self, mention: LetterMention, authors: list[LocalKey]) -> LetterCluster | None:
        """The letter told of beside the name that a mention calls it by."""
        names = names_of_letter(mention)
        for author in authors:
            owned = self._owned_by(author, mention)
            if owned is not None:
                return owned
        fitting = [c for c in self.clusters if _fits(c, mention)]
        called = [c for c in fitting if any(names & names_of_letter(m) for m in c.mentions)]
        start = mention.words.start
        forms = [name + end for name in names for end in ("", "s", "'s", "’s")]
        beside = [c for c in fitting if not is_reply(c) and self._is_beside(c, names, start)]
        first = [c for c in fitting if not is_reply(c)]
        told = any(min(self._text.places_of(form), default=start) < start for form in forms)
        alone = first if told and len(first) == 1 else []
        return next(iter([*called, *beside, *alone]), None)

    def _new_of(self, mention: LetterMention) -> LetterCluster | None:
        """The reply that "the new letter" means."""
        definite = mention.article is Article.DEFINITE and not mention.marks
        if not definite or all(t.lower_ != "new" for t in mention.words):
            return None
        fitting = [c for c in self.clusters if _fits(c, mention)]
        return next((c for c in fitting if is_reply(c)), None)

    def _is_beside(self, cluster: LetterCluster, names: frozenset[str], before: int) -> bool:
        return any(
            stem_of_name(token) in names
            for mention in cluster.mentions
            for token in _paragraph(self._text, mention)
            if token.i < before
        )

    def _first_of(self, mention: LetterMention) -> LetterCluster | None:
        """The first of several letters; where only one is known, "the first" is another."""
        fitting = [c for c in self.clusters if _fits(c, mention)]
        first = [c for c in fitting if not is_reply(c)]
        return first[0] if first and (len(fitting) > 1 or mention.marks) else None

    def _names_written(self, mention: LetterMention) -> bool:
        """Whether "a letter" names what the text just told by "wrote to"."""
        last = self.clusters[-1].mentions if self.clusters else []
        if len(last) != 1 or not last[0].is_verb or mention.kind not in _LETTERS:
            return False
        others = [c.number for c in iter_counts(mention.head.sent) if counts_people(c)]
        return not others or others == [c.number for c in iter_counts(last[0].head.sent)][:1]

    def _titled(self, mention: LetterMention) -> LetterCluster | None:
        """The letter of that title, else the one last spoken of that has none yet."""
        title = mention.title
        same = [c for c in self.clusters if title is not None and title.text in c.titles]
        new = _is_new(mention, title)
        untitled = [
            c
            for c in self.clusters
            if not c.titles and not c.marks and (c.in_headings_only or not new)
        ]
        return next(iter([*same, *reversed(untitled)]), None)

    def _marked(self, mention: LetterMention) -> LetterCluster | None:
        marks = set(mention.marks)
        same = [c for c in self.clusters if c.marks & marks and _fits(c, mention)]
        if same and mention.article is not Article.INDEFINITE:
            return same[-1]
        fitting = [c for c in self.clusters if _fits(c, mention)]
        if not same and marks & letter_words("against-another"):
            return next((c for c in fitting if is_reply(c) and not c.marks), None)
        fitting = [c for c in fitting if not _is_first(c.first)]
        second = marks == {"second"} and mention.article is Article.DEFINITE
        return fitting[1] if second and len(fitting) == 2 else None

    def _owned_by(self, author: LocalKey, mention: LetterMention) -> LetterCluster | None:
        owned = [c for c in self.clusters if author in c.owners and _calls(c, mention)]
        return owned[-1] if owned else None

    def _most_salient(
        self, mention: LetterMention, fitting: Sequence[LetterCluster]
    ) -> LetterCluster | None:
        """The letter last spoken of in the same block, else the one spoken of most."""
        if not fitting:
            return None
        block = self._text.block_of(mention.head)
        near = [
            c
            for c in fitting
            if c.mentions[-1].head.i >= block.start and mention.owner_words is None
        ]
        if near:
            return max(near, key=lambda c: c.mentions[-1].head.i)
        unmarked = [c for c in fitting if not c.marks] or list(fitting)
        return max(unmarked, key=lambda c: (len(c.mentions), -c.first.head.i))


def _at_large(mention: LetterMention) -> bool:
    """As in "before we write letters about it": letters that nobody has told of."""
    if mention.article is not Article.BARE or mention.marks or mention.head.dep_ != "obj":
        return False
    return mention.head.head.tag_ in {"VB", "VBP", "VBG"}


def _is_like(told: LetterMention, mention: LetterMention) -> bool:
    """Whether two nouns are for one kind of document, so that the second may mean another one."""
    same_noun = told.noun.split()[-1] == mention.noun.split()[-1]
    return same_noun or (told.kind in _LETTERS and mention.kind in _LETTERS)


def _is_first(mention: LetterMention) -> bool:
    """As in "the first letter", where there are several; no "the first letter to say so"."""
    first = any(t.lower_ == "first" for t in mention.words)
    after = mention.head.doc[mention.head.i + 1 : mention.head.i + 2].text.lower()
    return first and mention.article is Article.DEFINITE and after not in _ONLY_FIRST


def _is_new(mention: LetterMention, title: Title | None) -> bool:
    """As in "an open letter called “A Fair Share”": a letter not yet spoken of."""
    inside = title is not None and title.start < mention.head.i < title.end
    return mention.article is Article.INDEFINITE and not inside


def _fits(cluster: LetterCluster, mention: LetterMention) -> bool:
    """Whether a noun by itself may mean a letter.

    A petition or submission is "the letter" only where the article has called it a letter.
    """
    kinds = {m.kind for m in cluster.mentions}
    if mention.noun in letter_words("replies"):
        return any(m.noun == mention.noun for m in cluster.mentions)
    if mention.kind in _LETTERS:
        return bool(kinds & _LETTERS)
    return mention.kind in kinds


def _calls(cluster: LetterCluster, mention: LetterMention) -> bool:
    """Whether an owned noun may mean a letter of that owner, submissions included."""
    return _fits(cluster, mention) or mention.kind in _LETTERS
