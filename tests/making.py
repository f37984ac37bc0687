"""Readings made by hand, with offsets that are right, for tests of what comes after reading.

`article()` writes a small article from what it should say, a sentence a claim, and returns the
reading of it. So tests of evidence, assembly and loading need no language pipeline.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from undersigned import claims as c
from undersigned.iris import key_of
from undersigned.source import Block, BlockKind, Source


@dataclass(kw_only=True)
class Said:
    """What an article says. Names are local: a person's, an organization's, a letter's."""

    signers: tuple[str, ...] = ()
    reported: tuple[str, ...] = ()
    declined: tuple[str, ...] = ()
    addressee: str | None = None
    over: int | None = None
    quotes: tuple[str, ...] = ()
    quotes_of: dict[str, str] = field(default_factory=dict)
    roles: dict[str, str] = field(default_factory=dict)
    letter_name: str | None = None
    counter_letter: tuple[str, ...] = ()
    """Quotations of a second letter that the article tells apart from the first."""


class _Text:
    def __init__(self) -> None:
        self.text = ""
        self.blocks: list[Block] = []

    def sentence(self, words: str) -> c.Slice:
        if self.text:
            self.text += "\n\n"
        start = len(self.text)
        self.text += words
        self.blocks.append(Block(BlockKind.PARAGRAPH, start, len(self.text)))
        return c.Slice(start, len(self.text), words)


def part(whole: c.Slice, words: str) -> c.Slice:
    at = whole.start + whole.exact.index(words)
    return c.Slice(at, at + len(words), words)


def evidence(passage: c.Slice, *words: str) -> c.Evidence:
    return c.Evidence(
        words=tuple(part(passage, w) for w in words), passage=passage, rule="test", confidence=0.9
    )


def article(
    source_id: str, said: Said | None = None, *, published: str | None = "2025-03-21", **more: Any
) -> c.Reading:
    said = said or Said()
    text = _Text()
    entities: dict[str, c.LocalEntity] = {}
    claims: list[c.Claim] = []
    letter = c.LocalKey("letter-open-letter")

    def entity(name: str, words: c.Slice, kind: c.EntityKind = c.EntityKind.PERSON) -> c.LocalKey:
        key = c.LocalKey(f"{kind}-{name.lower().replace(' ', '-')}")
        mention = c.Mention(words=words, form=c.MentionForm.NAME)
        entities.setdefault(name, c.LocalEntity(key=key, kind=kind, name=name, mentions=(mention,)))
        return key

    opening = text.sentence("There is an open letter.")
    claims.append(
        c.LetterClaim(
            evidence=evidence(opening, "open letter"),
            letter=letter,
            kind=c.LetterKind.OPEN_LETTER,
            description="open letter",
            name=said.letter_name,
        )
    )
    statuses = (
        (said.signers, "signed", c.SignatureStatus.REPORTED, c.Certainty.STATED),
        (said.reported, "reportedly signed", c.SignatureStatus.REPORTED, c.Certainty.REPORTED),
        (said.declined, "refused to sign", c.SignatureStatus.DECLINED, c.Certainty.STATED),
    )
    for names, verb, status, certainty in statuses:
        for name in names:
            passage = text.sentence(f"{name} {verb} it.")
            claims.append(
                c.SignatureClaim(
                    evidence=evidence(passage, name, verb),
                    signatory=entity(name, part(passage, name)),
                    letter=letter,
                    status=status,
                    certainty=certainty,
                )
            )
    if said.addressee:
        passage = text.sentence(f"It is addressed to {said.addressee}.")
        key = entity(said.addressee, part(passage, said.addressee), c.EntityKind.ORGANIZATION)
        claims.append(
            c.AddresseeClaim(
                evidence=evidence(passage, said.addressee), letter=letter, addressee=key
            )
        )
    if said.over:
        passage = text.sentence(f"It bears over {said.over} names.")
        claims.append(
            c.CountClaim(
                evidence=evidence(passage, f"over {said.over}"),
                letter=letter,
                number=said.over,
                qualifier=c.CountQualifier.OVER,
                printed=f"over {said.over}",
            )
        )
    for words in said.quotes:
        passage = text.sentence(f"“{words}” the letter says.")
        claims.append(_statement(passage, f"“{words}”", letter))
    if said.counter_letter:
        counter = c.LocalKey("letter-open-letter-counter")
        passage = text.sentence("There is a counter-letter.")
        claims.append(
            c.LetterClaim(
                evidence=evidence(passage, "counter-letter"),
                letter=counter,
                kind=c.LetterKind.OPEN_LETTER,
                description="counter-letter",
            )
        )
        for words in said.counter_letter:
            passage = text.sentence(f"“{words}” the counter-letter says.")
            claims.append(_statement(passage, f"“{words}”", counter))
    for name, words in said.quotes_of.items():
        passage = text.sentence(f"“{words}” {name} said.")
        claims.append(_statement(passage, f"“{words}”", entity(name, part(passage, name))))
    for name, title in said.roles.items():
        passage = text.sentence(f"{name} is a {title}.")
        claims.append(
            c.RoleClaim(
                evidence=evidence(passage, name, title),
                holder=entity(name, part(passage, name)),
                title=title,
            )
        )
    source = Source(
        source_id=source_id,
        kind="article",
        text=text.text,
        blocks=tuple(text.blocks),
        origin=f"{source_id}.txt",
        published=published,
        **more,
    )
    return c.Reading(
        source=source, entities=tuple(entities.values()), claims=tuple(claims), extractor="test 1"
    )


def _statement(passage: c.Slice, words: str, speaker: c.LocalKey) -> c.StatementClaim:
    content = part(passage, words)
    return c.StatementClaim(
        evidence=evidence(passage, words),
        key=c.LocalKey(f"statement-{key_of(words)}"),
        kind=c.StatementKind.QUOTATION,
        content=(content,),
        speaker=speaker,
    )
