"""Cues: the verbs by which a text says that somebody said or thought something."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from spacy.tokens import Doc, Span, Token

VERB_TAGS = frozenset({"VERB", "AUX"})
_SUBJECT_REACH = 5
"""Tokens between a quotation and its verb in “…,” the group's letter states."""
_PARTICLE_REACH = 4
"""Tokens within which a particle is looked for, so that "shot right back at her" counts."""


class CueClass(StrEnum):
    """Classes of cues, the tables of lexicons/saying.toml."""

    SAY = "say"
    ADD = "add"
    TELL = "tell"
    ASK = "ask"
    CALL = "call"
    JUDGE = "judge"
    SPEAK = "speak"
    THINK = "think"
    WANT = "want"

    @property
    def is_speech(self) -> bool:
        """Whether the source spoke or wrote; thoughts and wishes are attributed, too."""
        return self not in {CueClass.THINK, CueClass.WANT}


@dataclass(frozen=True, slots=True)
class CueVerb:
    """One entry of the lexicon: "point out" has the particle "out"."""

    lemma: str
    particles: tuple[str, ...]
    cue_class: CueClass
    takes: frozenset[str]
    example: str

    @property
    def name(self) -> str:
        """The entry as the lexicon writes it."""
        return " ".join((self.lemma, *self.particles))


@dataclass(frozen=True, slots=True)
class CueLexicon:
    """lexicons/saying.toml, ready for look-up."""

    by_form: Mapping[str, tuple[CueVerb, ...]]
    """Lower-case verb form → entries, those with most particles first."""
    nouns: Mapping[str, CueClass]
    carriers: frozenset[str]

    def verbs(self) -> Iterator[CueVerb]:
        """Every verb entry once, sorted by name."""
        entries = {entry for group in self.by_form.values() for entry in group}
        yield from sorted(entries, key=lambda entry: (entry.name, entry.cue_class))


@dataclass(frozen=True, slots=True)
class Cue:
    """A cue verb in a text. `span` holds the verb and its particles."""

    verb: Token
    entry: CueVerb
    span: Span

    @property
    def start(self) -> int:
        """The first token, counted in the `Doc`."""
        return self.span.start

    @property
    def end(self) -> int:
        """One after the last token, counted in the `Doc`."""
        return self.span.end


@cache
def open_cue_lexicon() -> CueLexicon:
    """The lexicon of saying and thinking, opened once."""
    place = files("undersigned") / "reading" / "lexicons" / "saying.toml"
    tables = tomllib.loads(place.read_text(encoding="utf-8"))
    irregular: dict[str, list[str]] = tables.pop("forms")
    nouns = {noun: CueClass(name) for name, group in tables.pop("nouns").items() for noun in group}
    carriers = frozenset(tables.pop("carriers")["nouns"])
    by_form: dict[str, list[CueVerb]] = {}
    for cue_class, table in tables.items():
        for entry in _entries(CueClass(cue_class), table):
            for form in verb_forms(entry.lemma, irregular.get(entry.lemma, ())):
                by_form.setdefault(form, []).append(entry)
    ordered = {
        form: tuple(sorted(group, key=lambda entry: -len(entry.particles)))
        for form, group in by_form.items()
    }
    return CueLexicon(ordered, nouns, carriers)


def _entries(cue_class: CueClass, table: dict[str, Any]) -> Iterator[CueVerb]:
    for name, example in table["verbs"].items():
        lemma, *particles = name.split()
        yield CueVerb(lemma, tuple(particles), cue_class, frozenset(table["takes"]), example)


def verb_forms(lemma: str, irregular: list[str] | tuple[str, ...] = ()) -> set[str]:
    """The forms of a verb: regular ones by rule, and those given. Over-generates harmlessly."""
    stem = lemma.removesuffix("e")
    forms = {lemma, f"{stem}ing", *irregular}
    if lemma.endswith("y") and lemma[-2] not in "aeiou":
        return forms | {f"{lemma[:-1]}ies", f"{lemma[:-1]}ied", f"{lemma}ing"}
    sibilant = lemma.endswith(("s", "sh", "ch", "x", "z"))
    return forms | {f"{lemma}{'es' if sibilant else 's'}", f"{stem}ed"}


def find_cues(doc: Doc) -> list[Cue]:
    """All cue verbs of a text in order, inside quotations too."""
    lexicon = open_cue_lexicon()
    forms = (token for token in doc if token.lower_ in lexicon.by_form)
    places = (t for t in forms if t.pos_ in VERB_TAGS or t.tag_ == "VBD" or _closes_a_quotation(t))
    found = (_cue_at(token, lexicon) for token in places)
    return [cue for cue in found if cue is not None]


def _closes_a_quotation(token: Token) -> bool:
    """“…,” the letter *states*.: by place, since taggers take such verbs for plural nouns."""
    doc, i = token.doc, token.i
    at_end = i + 1 < len(doc) and doc[i + 1].text in {".", ",", ":"}
    as_noun = token.pos_ in {"NOUN", "PROPN"}
    if not (at_end and as_noun and (token.lower_.endswith(("s", "ed")) or token.lower_ == "read")):
        return False
    before = [t.text for t in doc[max(0, i - _SUBJECT_REACH) : i]]
    return any(text in {"”", '"', "''"} for text in before)


def _cue_at(token: Token, lexicon: CueLexicon) -> Cue | None:
    for entry in lexicon.by_form.get(token.lower_, ()):
        end = _particles_end(token, entry.particles)
        if end is not None:
            return Cue(token, entry, token.doc[token.i : end])
    return None


def _particles_end(verb: Token, particles: tuple[str, ...]) -> int | None:
    """One after the last particle, if all of them follow the verb; they may stand apart from it."""
    at = verb.i + 1
    end = at
    for particle in particles:
        reach = verb.doc[at : min(at + _PARTICLE_REACH, verb.sent.end)]
        fits = (t for t in reach if t.lower_ == particle and (t.i == at or _belongs(t, verb)))
        hit = next(fits, None)
        if hit is None:
            return None
        if hit.i == end:
            end = hit.i + 1
        at = hit.i + 1
    return end


def _belongs(particle: Token, verb: Token) -> bool:
    return particle.i == verb.i + 1 or particle.head == verb or particle.head.head == verb
