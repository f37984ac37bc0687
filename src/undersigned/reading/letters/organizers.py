"""Who organized, drafted or published a letter: one small function a construction."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from undersigned.claims import EntityKind
from undersigned.reading.letters.mentions import Article
from undersigned.reading.letters.parties import Party
from undersigned.reading.signing.clauses import words_after
from undersigned.reading.signing.name_lists import Listed, read_list
from undersigned.reading.signing.objects import agent_marker
from undersigned.reading.signing.scene import Scene, is_form_of, letter_words, signing_words
from undersigned.reading.signing.subjects import people_in, subject_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from spacy.tokens import Token

    from undersigned.reading.letters.mentions import LetterMention


def organized_by(mention: LetterMention, scene: Scene) -> Iterator[Party]:
    """As in "a letter organized by the guild"; "the petition, launched by Ann Lee"."""
    head = mention.head
    for verb in scene.doc[head.i + 1 : min(head.i + 25, head.sent.end - 1)]:
        marker = agent_marker(verb) if is_form_of(verb, letter_words("organizes")) else None
        if marker is not None and verb.tag_ in {"VBN", "VBD"}:
            yield from _as_parties(
                read_list(words_after(marker), scene.cast), verb, "organized-by", 0.9
            )
            return


def organizer_of(mention: LetterMention, scene: Scene) -> Iterator[Party]:
    """As in "The guild, which organized the letter, …"; "Ann Lee launched the petition"."""
    verb = mention.head.head
    if (
        mention.head.dep_ == "obj"
        and is_form_of(verb, letter_words("organizes"))
        and verb.i < mention.head.i
    ):
        yield from _as_parties(
            people_in(subject_of(verb, scene), scene), verb, "organizer-of", 0.85
        )


def led_the_effort(mention: LetterMention, scene: Scene) -> Iterator[Party]:
    """As in "Ann Lee led the effort." (after a sentence on the letter); "… led the drafting"."""
    for verb in mention.head.sent.doc[mention.head.i : min(mention.head.i + 120, len(scene.doc))]:
        if (
            verb.lemma_.lower() not in {"lead", "spearhead", "organize", "organise", "coordinate"}
            or verb.pos_ != "VERB"
        ):
            continue
        objects = scene.doc[verb.i + 1 : min(verb.i + 4, verb.sent.end)]
        named = scene.letter_in(scene.doc[verb.i + 1 : min(verb.i + 10, verb.sent.end)])
        if named is not None and named != scene.letter_at(mention.head):
            return
        if any(
            t.lower_ in {"effort", "drafting", "initiative", "drive"} for t in objects
        ) and scene.letter_near(verb):
            yield from _as_parties(
                people_in(subject_of(verb, scene), scene), verb, "led-the-effort", 0.75
            )
        return


def guild_letter(mention: LetterMention, scene: Scene) -> Iterator[Party]:
    """As in "an Authors Guild open letter": an organization's name in front of the noun.

    "The Guardian letter" and "an amicus brief" tell of no organizer.
    """
    if mention.article is not Article.INDEFINITE or mention.owner is not None:
        return
    for token in reversed(mention.words[:-1]):
        key = scene.cast.at(token)
        is_body = key is not None and scene.cast.kind_of(key) is EntityKind.ORGANIZATION
        if key is not None and is_body and token.lower_ not in mention.noun.split():
            yield Party(key, (token, mention.head), "guild-letter", 0.7)
            return


ORGANIZERS: Final[tuple[Callable[[LetterMention, Scene], Iterator[Party]], ...]] = (
    organized_by,
    organizer_of,
    led_the_effort,
    guild_letter,
)


def find_organizers(mentions: list[LetterMention], scene: Scene) -> list[Party]:
    """The organizers of a letter, each once, by the surest construction."""
    found: dict[str, Party] = {}
    for mention in mentions:
        for construction in ORGANIZERS:
            for party in construction(mention, scene):
                if party.key not in found or party.confidence > found[party.key].confidence:
                    found[party.key] = party
    return list(found.values())


def _as_parties(
    listed: Iterable[Listed], verb: Token, rule: str, confidence: float
) -> Iterator[Party]:
    if is_form_of(verb, signing_words("sign")):
        return
    for name in listed:
        yield Party(name.key, (verb, name.words), rule, confidence)
