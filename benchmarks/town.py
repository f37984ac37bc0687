"""Made-up towns whose papers report open letters, read, loaded and assembled like real ones.

A town is a list of readings: articles that name some signers of a letter with their professions,
its addressee, a claimed count, quotations of it and of signers for and against the addressee, its
organizer, what it answers; letters' own pages with up to six hundred names; copies of wire
stories; a signature denied or taken back here and there. Most people sign once, some are regulars,
and a few sign in every town. What stands in the graph was written by the program itself.

A graph of any size is many towns: each is assembled by itself, and they have the bodies that are
written to and those few people in common, whose IRIs come from their names.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from undersigned import claims as c
from undersigned.assembly.assemble import assemble_from_scratch
from undersigned.evidence.writing import evidence_triples
from undersigned.iris import key_of
from undersigned.listing.entries import Listing
from undersigned.source import Block, BlockKind, Source
from undersigned.store.embedded import memory_store, open_writer

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pyoxigraph import Triple

QUADS_A_TOWN: Final = 165_000
"""What a town of LETTERS letters comes to, about."""
LETTERS: Final = 40
BODIES: Final = 20
REGULARS: Final = 40
EVERYWHERE: Final = 12
TOPICS: Final = 30
OUTLETS: Final = 25
PROFESSIONS: Final = ("novelist", "actor", "professor", "nurse", "engineer", "director", "lawyer")
_GIVEN, _STARTS, _MIDDLES, _ENDS = (
    parts.split()
    for parts in (
        "Ada Bo Cleo Dan Edda Finn Gus Hal Ida Joss Kit Lena Max Nell Otto Pia Rolf Sue",
        "Bar Cal Den Fal Gar Hol Kel Lam Mor Nor Pel Quin Ros Sel Tam Und Vel Wes Yar Zel",
        "an as el er il in ol on or um",
        "by dale den field ford ham ley man mere ridge shaw son stead ton well wick",
    )
)
"""Given names, and the parts of invented family names and other words."""
_WORDS: Final = [start.lower() + end for start in _STARTS for end in _ENDS]
"""As many as make chance repetitions of a run of words as rare as in prose."""

EVERYWHERE_NAME: Final = "Rita Regular Aldham"
"""Signs in every town, and is quoted there: the busiest person of all."""
BODY: Final = "Ministry of Barby"
"""A body that many letters are addressed to."""
FIRST_LETTER: Final = "The Calby Appeal 1 of Town 0"
SECOND_LETTER: Final = "The Calby Appeal 5 of Town 0"
TOPIC: Final = "the barby plan"
SOURCE: Final = "source/town-0-letter-1-article-0"


@dataclass
class _Text:
    """A source's text as it grows, with the local entities and claims of its sentences."""

    text: str = ""
    blocks: list[Block] = field(default_factory=list)
    entities: dict[str, c.LocalEntity] = field(default_factory=dict)
    claims: list[c.Claim] = field(default_factory=list)

    def sentence(self, words: str, kind: BlockKind = BlockKind.PARAGRAPH) -> c.Slice:
        self.text += "\n\n" if self.text else ""
        start = len(self.text)
        self.text += words
        self.blocks.append(Block(kind, start, len(self.text)))
        return c.Slice(start, len(self.text), words)

    def agent(self, name: str, passage: c.Slice, kind: str = "person") -> c.LocalKey:
        key = c.LocalKey(f"{kind}-{name.lower().replace(' ', '-')}")
        mention = c.Mention(words=_part(passage, name), form=c.MentionForm.NAME)
        self.entities.setdefault(
            name,
            c.LocalEntity(key=key, kind=c.EntityKind(kind), name=name, mentions=(mention,)),
        )
        return key


def _part(whole: c.Slice, words: str) -> c.Slice:
    at = whole.start + whole.exact.index(words)
    return c.Slice(at, at + len(words), words)


def _evidence(
    passage: c.Slice, *words: str, rule: str = "signed", sure: float = 0.95
) -> c.Evidence:
    pieces = tuple(_part(passage, w) for w in words)
    return c.Evidence(words=pieces, passage=passage, rule=rule, confidence=sure)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Letter:
    """What is so of a letter; each source tells a part of it."""

    number: int
    name: str
    body: str
    topic: str
    day: str
    signers: tuple[str, ...]
    words: str
    answers: str | None
    has_page: bool


class Town:
    """One town's readings, the same for a number each time."""

    def __init__(self, number: int) -> None:
        self._number = number
        self._random = random.Random(number)
        self._newcomers = 0

    def readings(self) -> Iterator[c.Reading]:
        """Yields every source of the town."""
        before: _Letter | None = None
        for number in range(LETTERS):
            letter = self._letter(number, before)
            if letter.has_page:
                yield self._page(letter)
            articles = [self._article(letter, k) for k in range(1 + number % 4)]
            yield from articles
            if number % 10 == 3:
                yield self._copy(articles[0])
            before = letter

    def _letter(self, number: int, before: _Letter | None) -> _Letter:
        has_page = number % 4 == 1
        size = min(600, int(self._random.paretovariate(0.9) * (30 if has_page else 5)))
        answers = before.name if before and number % 7 == 6 else None
        month, day = 1 + self._random.randrange(12), 1 + self._random.randrange(28)
        return _Letter(
            number=number,
            name=f"The Calby Appeal {number} of Town {self._number}",
            body=BODY if number % 5 == 1 else _body(self._random.randrange(BODIES)),
            topic=f"the {_WORDS[self._random.randrange(TOPICS) * 10]} plan",
            day=f"{2005 + self._random.randrange(20)}-{month:02}-{day:02}",
            signers=tuple(dict.fromkeys(self._signer() for _ in range(size))),
            words=f"“We ask that {' '.join(self._random.choices(_WORDS, k=16))}.”",
            answers=answers,
            has_page=has_page,
        )

    def _signer(self) -> str:
        chance = self._random.random()
        if chance < 0.03:
            return _everywhere(self._random.randrange(EVERYWHERE))
        if chance < 0.15:
            return self._person(min(REGULARS, int(self._random.paretovariate(1.0))))
        if chance < 0.25 and self._newcomers:
            return self._person(REGULARS + self._random.randrange(self._newcomers))
        self._newcomers += 1
        return self._person(REGULARS + self._newcomers)

    def regular(self) -> str:
        """The town's busiest person, who signs in this town alone."""
        return self._person(1)

    def _person(self, number: int) -> str:
        mixed = random.Random(f"{self._number}/{number}")
        family = f"{mixed.choice(_STARTS)}{mixed.choice(_MIDDLES)}{mixed.choice(_ENDS)}"
        return f"{mixed.choice(_GIVEN)} {mixed.choice(_MIDDLES).title()}a {family}"

    def _page(self, letter: _Letter) -> c.Reading:
        page = _Text()
        opening = page.sentence(letter.name, BlockKind.HEADLINE)
        key = self._tell_letter(page, letter, opening)
        self._tell_addressee(page, letter, key)
        self._tell_date(page, letter, key)
        first = len(page.text) + 2
        for signer in letter.signers:
            passage = page.sentence(signer, BlockKind.SIGNER)
            page.claims.append(
                c.SignatureClaim(
                    evidence=_evidence(passage, signer, rule="list-entry"),
                    signatory=page.agent(signer, passage),
                    letter=key,
                    status=c.SignatureStatus.LISTED,
                )
            )
        listing = Listing(entries=(), announced=(first, first + 1))
        return self._reading(page, letter, "page", listing)

    def _article(self, letter: _Letter, number: int) -> c.Reading:
        article = _Text()
        opening = article.sentence(f"People have signed {letter.name}, an open letter.")
        key = self._tell_letter(article, letter, opening)
        self._tell_addressee(article, letter, key)
        if self._random.random() < 0.5:
            self._tell_date(article, letter, key)
        self._tell_count(article, letter, key)
        self._tell_topic(article, letter, key)
        named = self._random.sample(letter.signers, min(len(letter.signers), 3 + number * 3))
        for signer in named:
            self._tell_signature(article, signer, key)
        self._quote(article, letter.words, key, letter.name, opening)
        for speaker in named[:3]:
            self._tell_statement(article, letter, speaker)
        if letter.answers:
            self._tell_answer(article, letter, key)
        return self._reading(article, letter, f"article-{number}", None)

    def _copy(self, article: c.Reading) -> c.Reading:
        old = article.source
        copy = replace(
            old, source_id=f"{old.source_id}-copy", outlet=_outlet(self._random.randrange(OUTLETS))
        )
        return replace(article, source=copy)

    def _reading(
        self, text: _Text, letter: _Letter, name: str, listing: Listing | None
    ) -> c.Reading:
        source_id = f"town-{self._number}-letter-{letter.number}-{name}"
        year, month = letter.day[:4], letter.day[5:7]
        source = Source(
            source_id=source_id,
            kind="article" if listing is None else "letter_page",
            text=text.text,
            blocks=tuple(text.blocks),
            origin=f"{source_id}.txt",
            title=f"{letter.name}: {name.replace('-', ' ')}",
            outlet=_outlet(self._random.randrange(OUTLETS)),
            url=f"https://outlet.example/{source_id}",
            published=f"{year}-{month}-{1 + self._random.randrange(28):02}",
            listing=listing,
        )
        return c.Reading(
            source=source,
            entities=tuple(text.entities.values()),
            claims=tuple(text.claims),
            extractor="town 1",
        )

    def _tell_letter(self, text: _Text, letter: _Letter, passage: c.Slice) -> c.LocalKey:
        key = c.LocalKey("letter-appeal")
        text.claims.append(
            c.LetterClaim(
                evidence=_evidence(passage, letter.name, rule="letter"),
                letter=key,
                kind=c.LetterKind.OPEN_LETTER,
                description="open letter",
                name=letter.name,
            )
        )
        return key

    def _tell_addressee(self, text: _Text, letter: _Letter, key: c.LocalKey) -> None:
        passage = text.sentence(f"It is addressed to the {letter.body}.")
        body = text.agent(letter.body, passage, "organization")
        text.claims.append(
            c.AddresseeClaim(
                evidence=_evidence(passage, letter.body, rule="addressed-to"),
                letter=key,
                addressee=body,
            )
        )
        if self._random.random() < 0.3:
            drafting = f"{_WORDS[letter.number]} society".title()
            passage = text.sentence(f"The {drafting} drafted it.")
            text.claims.append(
                c.OrganizerClaim(
                    evidence=_evidence(passage, drafting, rule="drafted"),
                    letter=key,
                    organizer=text.agent(drafting, passage, "organization"),
                )
            )

    def _tell_date(self, text: _Text, letter: _Letter, key: c.LocalKey) -> None:
        passage = text.sentence(f"The letter is dated {letter.day}.")
        text.claims.append(
            c.LetterDateClaim(
                evidence=_evidence(passage, letter.day, rule="dated"),
                letter=key,
                date=letter.day,
                printed=letter.day,
            )
        )

    def _tell_count(self, text: _Text, letter: _Letter, key: c.LocalKey) -> None:
        number = len(letter.signers) * self._random.choice((1, 1, 2))
        passage = text.sentence(f"It bears over {number} names.")
        text.claims.append(
            c.CountClaim(
                evidence=_evidence(passage, f"over {number}", rule="count"),
                letter=key,
                number=number,
                qualifier=c.CountQualifier.OVER,
                printed=f"over {number}",
            )
        )

    def _tell_topic(self, text: _Text, letter: _Letter, key: c.LocalKey) -> None:
        passage = text.sentence(f"It speaks about {letter.topic} and asks for a vote on it.")
        text.claims += [
            c.TopicClaim(
                evidence=_evidence(passage, letter.topic, rule="about"),
                letter=key,
                topic=letter.topic,
            ),
            c.DemandClaim(
                evidence=_evidence(passage, "a vote on it", rule="asks-for"),
                letter=key,
                demand="a vote on it",
            ),
        ]

    def _tell_signature(self, text: _Text, signer: str, key: c.LocalKey) -> None:
        chance = self._random.random()
        verb, status, certainty = "signed", c.SignatureStatus.REPORTED, c.Certainty.STATED
        if chance < 0.1:
            verb, certainty = "reportedly signed", c.Certainty.REPORTED
        elif chance < 0.13:
            verb, status = "took the name back from", c.SignatureStatus.WITHDRAWN
        elif chance < 0.15:
            verb, status = "refused to sign", c.SignatureStatus.DECLINED
        elif chance < 0.17:
            verb, status = "denies to have signed", c.SignatureStatus.DENIED
        profession = PROFESSIONS[len(signer) % len(PROFESSIONS)]
        passage = text.sentence(f"The {profession} {signer} {verb} it.")
        person = text.agent(signer, passage)
        text.claims += [
            c.SignatureClaim(
                evidence=_evidence(passage, signer, verb, sure=self._random.choice((0.7, 0.95))),
                signatory=person,
                letter=key,
                status=status,
                certainty=certainty,
                capacity=profession,
            ),
            c.RoleClaim(
                evidence=_evidence(passage, profession, signer, rule="role"),
                holder=person,
                title=profession,
            ),
        ]

    def _tell_statement(self, text: _Text, letter: _Letter, speaker: str) -> None:
        stance = self._random.choice((c.Stance.FOR, c.Stance.AGAINST, c.Stance.AGAINST))
        words = f"“The {' '.join(self._random.choices(_WORDS, k=12))} is at an end.”"
        passage = text.sentence(f"{words} {speaker} said of the {letter.body}.")
        text.claims.append(
            c.StatementClaim(
                evidence=_evidence(passage, words, rule="said-of"),
                key=c.LocalKey(f"statement-{key_of(words)}"),
                kind=c.StatementKind.QUOTATION,
                content=(_part(passage, words),),
                speaker=text.agent(speaker, passage),
                speaker_score=self._random.choice((0.8, 1.0)),
                target=text.agent(letter.body, passage, "organization"),
                stance=stance,
            )
        )

    def _quote(self, text: _Text, words: str, key: c.LocalKey, name: str, opening: c.Slice) -> None:
        passage = text.sentence(f"{words} says {name}.")
        text.claims.append(
            c.StatementClaim(
                evidence=_evidence(passage, words, rule="letter-says"),
                key=c.LocalKey(f"statement-{key_of(words)}"),
                kind=c.StatementKind.QUOTATION,
                content=(_part(passage, words),),
                speaker=key,
            )
        )

    def _tell_answer(self, text: _Text, letter: _Letter, key: c.LocalKey) -> None:
        passage = text.sentence(f"It answers the {letter.body}, which spoke first.")
        text.claims.append(
            c.AnswerClaim(
                evidence=_evidence(passage, "answers", rule="answers"),
                letter=key,
                answers=text.agent(letter.body, passage, "organization"),
            )
        )


def _body(number: int) -> str:
    return f"Ministry of {_WORDS[number].title()}"


def _everywhere(number: int) -> str:
    return EVERYWHERE_NAME if number < 2 else f"Rita Regular {_WORDS[number * 7].title()}"


def _outlet(number: int) -> str:
    return f"The {_WORDS[number * 3].title()} Courier"


def make_store(path: Path, quads: int) -> int:
    """Writes a graph of about so many quads; the number that it came to."""
    total = 0
    with open_writer(path) as writer:
        for number in range(max(1, round(quads / QUADS_A_TOWN))):
            town = memory_store(iris=writer.iris)
            for reading in Town(number).readings():
                graph = town.iris.source(reading.source.source_id)
                town.replace_graphs({graph: evidence_triples(reading, town.iris)})
            assemble_from_scratch(town)
            graphs: dict[object, list[Triple]] = {}
            for quad in town.quads():
                graphs.setdefault(quad.graph_name, []).append(quad.triple)
            total += sum(map(len, graphs.values()))
            knowledge = graphs.pop(writer.iris.knowledge)
            writer.replace_graphs(graphs)  # type: ignore[arg-type]
            writer.change_graph(writer.iris.knowledge, [], knowledge)
        writer.publish()
    return total
