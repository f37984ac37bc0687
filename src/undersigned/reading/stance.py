"""Target and stance: whom a statement is about, and whether it is for or against them.

Both are given only where words make them plain: the cue ("slammed"), what somebody is called
("a disgrace"), what is asked to be done to them, or the statement's own words about its subject.
In doubt there is none. `ATTITUDE_RULES` lists the constructions in the order of their sureness.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from undersigned.claims import EntityKind, LocalKey, Stance, StatementKind
from undersigned.reading.appraisal import appraise
from undersigned.reading.lexicon import open_lexicon
from undersigned.reading.referents import group_meant, group_named, referent
from undersigned.reading.speech.cues import CueClass
from undersigned.reading.speech.sources import SUBJECTS, is_passive, subject_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from spacy.tokens import Token

    from undersigned.reading.attribution import Attribution
    from undersigned.reading.cast import Cast

_NEGATIONS = frozenset({"not", "n't", "n’t", "never", "no"})
_OBJECTS = frozenset({"obj", "obl", "iobj", "nsubj", "ccomp", "xcomp"})
_MATTERS = frozenset({"about", "against", "of", "on", "over"})
_ADDRESSING = frozenset({"you", "your", "yours", "yourself"})
_POINTING = frozenset({"it", "its", "that", "this", "these", "those", "they", "them", "their"})


@dataclass(frozen=True, slots=True)
class Attitude:
    """Whom a statement is about, with the stance where it is plain."""

    target: LocalKey
    stance: Stance | None = None


@dataclass(frozen=True, slots=True)
class Context:
    """What is known before a statement is read.

    `before` is the attitude of its speakers' last words: it holds on where they name nobody else.
    `addressee` is whom the letter is addressed to that the words stand in: its "you".
    """

    before: Attitude | None = None
    addressee: LocalKey | None = None


NO_CONTEXT = Context()


def find_attitude(
    attribution: Attribution,
    speakers: Iterable[LocalKey],
    cast: Cast,
    context: Context = NO_CONTEXT,
) -> Attitude | None:
    """The target of a statement and its stance; None where neither is plain.

    Nobody is their own target.
    """
    view = _View(attribution, cast, frozenset(speakers), context)
    attitudes = (rule(view) for rule in ATTITUDE_RULES)
    return next((a for a in attitudes if a is not None and a.target not in view.own), None)


class _View:
    """A statement as the rules look at it."""

    def __init__(
        self,
        attribution: Attribution,
        cast: Cast,
        own: frozenset[LocalKey],
        context: Context,
    ):
        self.attribution = attribution
        self.cast = cast
        self.own = own
        self.before = context.before
        self.addressee = context.addressee

    @property
    def cue(self) -> Token | None:
        """The verb of the cue."""
        return self.attribution.cue[0] if self.attribution.cue is not None else None

    @property
    def cue_name(self) -> str:
        """The cue verb as the lexicon lists it; empty for nouns of saying."""
        return self.attribution.verb.name if self.attribution.verb is not None else ""

    @cached_property
    def tokens(self) -> list[Token]:
        """The words that were said, in text order."""
        return [token for span in self.attribution.content for token in span]

    def about(self, head: Token) -> LocalKey | None:
        """Whom a phrase is about; see `referent`."""
        return referent(head, self.cast)

    def judged(self, target: LocalKey) -> Stance | None:
        """What the statement's own words say of somebody."""
        return appraise(self.tokens, target, self.about)


def _by_cue(view: _View) -> Attitude | None:
    """She slammed *Trump*; *Trump* was praised by her; she rejected *Trump's* claim."""
    if view.cue is None or view.attribution.cue_class not in {CueClass.JUDGE, CueClass.CALL}:
        return None
    stance = _verb_stance(view.cue_name)
    target = _object_of(view.cue, view) or _first_of_headline(view) or _group_object(view.cue, view)
    if target is None:
        return None
    if stance is not None and any(t.lower_ in _NEGATIONS for t in view.cue.children):
        return Attitude(target)
    return Attitude(target, stance or view.judged(target))


def _by_doubt(view: _View) -> Attitude | None:
    """She questioned *Trump's* honesty; she questioned whether *Trump* paid."""
    if view.cue is None or view.cue_name not in open_lexicon("stance").words("doubts"):
        return None
    target = _topic(view)
    return Attitude(target, Stance.AGAINST) if target is not None else None


def _by_complaint(view: _View) -> Attitude | None:
    """She alleged that *Trump* lied."""
    if view.cue_name not in open_lexicon("stance").words("complaints"):
        return None
    target = _topic(view)
    return Attitude(target, view.judged(target) or Stance.AGAINST) if target is not None else None


def _by_preposition(view: _View) -> Attitude | None:
    """She said of *Trump*: “…”; she wrote about *him*."""
    if view.cue is None:
        return None
    for token in view.cue.children:
        cases = {t.lower_ for t in token.children if t.dep_ == "case"}
        outside = all(not span.start <= token.i < span.end for span in view.attribution.content)
        if token.dep_ in {"obl", "nmod"} and outside and cases & {"of", "about"}:
            target = view.about(token) or group_named(token, view.cast)
            if target is not None:
                return Attitude(target, view.judged(target))
    return None


def _by_treatment(view: _View) -> Attitude | None:
    """She asked the court to investigate *Trump*, for a probe of *Trump*: what shall be done."""
    if view.attribution.cue_class is not CueClass.ASK:
        return None
    lexicon = open_lexicon("stance")
    nouns = lexicon.words("treatment_nouns_against")
    for token in view.tokens:
        if token.pos_ == "NOUN" and token.lemma_.lower() in nouns:
            target = _suffers_noun(token, view)
            if target is not None:
                return Attitude(target, Stance.AGAINST)
        if token.pos_ == "VERB" and not is_passive(token):
            stance = _stance_of(token, "treatment_for", "treatment_against")
            target = _object_of(token, view) if stance is not None else None
            if target is not None:
                return Attitude(target, stance)
    return None


def _suffers_noun(noun: Token, view: _View) -> LocalKey | None:
    """An investigation of *Trump*; *Trump's* removal."""
    for token in noun.children:
        cases = {t.lower_ for t in token.children if t.dep_ == "case"}
        if token.dep_ == "nmod:poss" or cases & {"of", "into", "against", "over"}:
            target = view.about(token)
            if target is not None:
                return target
    return None


def _by_request(view: _View) -> Attitude | None:
    """She called on *Trump* to resign: of whom something is asked."""
    if view.cue is None or view.attribution.cue_class is not CueClass.ASK:
        return None
    target = _object_of(view.cue, view)
    if target is None:
        return None
    asked = open_lexicon("stance").words("asked_against")
    pairs = zip(view.tokens, [*view.tokens[1:], None], strict=True)
    reproach = any(
        t.lower_ in asked or (after is not None and f"{t.lower_} {after.lower_}" in asked)
        for t, after in pairs
    )
    return Attitude(target, Stance.AGAINST if reproach else view.judged(target))


def _by_matter(view: _View) -> Attitude | None:
    """She voiced doubts about *Trump's* plan; he commented on *her*: what is spoken of."""
    if view.attribution.cue_class is not CueClass.SPEAK:
        return None
    for token in view.tokens:
        cases = {t.lower_ for t in token.children if t.dep_ == "case"}
        if token.dep_ in {"nmod", "obl"} and cases & _MATTERS:
            target = view.about(token)
            if target is not None and target not in view.own:
                return Attitude(target, view.judged(target))
    return None


def _by_subject(view: _View) -> Attitude | None:
    """“*Trump* is a disgrace,” she said: whom the clauses are about, with words that judge."""
    target = _topic(view)
    return Attitude(target, view.judged(target)) if target is not None else None


def _by_address(view: _View) -> Attitude | None:
    """“*You* have failed,” she told *Trump*; “*your* plan …”: whom the words are said to."""
    if not any(t.lower_ in _ADDRESSING for t in view.tokens):
        return None
    target = view.addressee
    if view.cue is not None and view.attribution.cue_class is CueClass.TELL:
        target = _object_of(view.cue, view) or target
    return Attitude(target, view.judged(target)) if target is not None else None


def _by_run(view: _View) -> Attitude | None:
    """“It was a mistake,” she went on: still about whom it was before."""
    before = view.before
    if before is None or before.target in view.own:
        return None
    if not (view.attribution.kind is StatementKind.QUOTATION or _points_back(view)):
        return None
    return replace(before, stance=view.judged(before.target) or before.stance)


def _points_back(view: _View) -> bool:
    """Whether the words take up what was said: calling *it* a lie, *the* allegation."""
    objects = view.cue.children if view.cue is not None else ()
    return any(t.lower_ in _POINTING for t in (*view.tokens, *objects))


def _by_mention(view: _View) -> Attitude | None:
    """That the bill would help *Trump*: the only person, or the only body, that is named."""
    named = {key for key in map(view.cast.at, view.tokens) if key is not None} - view.own
    people = {key for key in named if view.cast.kind_of(key) is EntityKind.PERSON}
    for keys in (people, named):
        if len(keys) == 1:
            target = next(iter(keys))
            return Attitude(target, view.judged(target))
    return None


ATTITUDE_RULES: list[Callable[[_View], Attitude | None]] = [
    _by_cue,
    _by_doubt,
    _by_complaint,
    _by_preposition,
    _by_treatment,
    _by_request,
    _by_matter,
    _by_subject,
    _by_address,
    _by_run,
    _by_mention,
]


def _topic(view: _View) -> LocalKey | None:
    """Whom the clauses of a statement are about, by their subjects."""
    subjects = [t for t in view.tokens if t.dep_ in SUBJECTS or _is_agent_of_infinitive(t)]
    for find in (view.about, lambda head: group_named(head, view.cast)):
        for subject in subjects:
            key = find(subject)
            if key is not None and key not in view.own:
                return key
    return None


def _is_agent_of_infinitive(token: Token) -> bool:
    """Inappropriate for *her* to speak; time for *Congress* to act."""
    return (
        token.dep_ in {"obl", "nmod"}
        and any(t.dep_ == "case" and t.lower_ == "for" for t in token.children)
        and any(t.lower_ == "to" for t in token.doc[token.i + 1 : token.i + 3])
    )


def _object_of(verb: Token, view: _View) -> LocalKey | None:
    """Whom a verb's object is about, or its subject, if it is passive."""
    if is_passive(verb):
        subject = subject_of(verb) or (verb.head if verb.dep_ == "acl" else None)
        return view.about(subject) if subject is not None else None
    for token in verb.children:
        if token.i > verb.i and token.dep_ in _OBJECTS:
            target = view.about(token) or group_named(token, view.cast)
            if target is None and token.dep_ in {"ccomp", "xcomp"}:
                subject = subject_of(token)
                target = view.about(subject) if subject is not None else None
            if target is not None:
                return target
    return None


def _first_of_headline(view: _View) -> LocalKey | None:
    """Leader rips *governor* as vote stalls: parsers lose their way in headlines."""
    if not view.attribution.rule.startswith("headline"):
        return None
    nouns = (token for token in view.tokens if token.pos_ in {"NOUN", "PROPN"})
    first = next(nouns, None)
    return view.about(first) if first is not None else None


def _group_object(verb: Token, view: _View) -> LocalKey | None:
    """Slammed *the doctors*; accused *the coalition* of delay: a direct object without a name."""
    if is_passive(verb):
        return None
    objects = (t for t in verb.children if t.dep_ == "obj" and t.i > verb.i)
    head = next(objects, None)
    return group_meant(head, view.cast) if head is not None else None


def _stance_of(verb: Token, list_for: str, list_against: str) -> Stance | None:
    lexicon = open_lexicon("stance")
    forms = {verb.lower_, verb.lemma_.lower()}
    if forms & lexicon.words(list_for):
        return Stance.FOR
    return Stance.AGAINST if forms & lexicon.words(list_against) else None


def _verb_stance(name: str) -> Stance | None:
    lexicon = open_lexicon("stance")
    if name in lexicon.words("verbs_for"):
        return Stance.FOR
    return Stance.AGAINST if name in lexicon.words("verbs_against") else None
