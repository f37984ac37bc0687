"""Constructions that repeat a signing without naming it: "so did Ann Lee", "Bob Ray did not".

Each is one small function from a sentence, a scene and the signings already seen to `Signing`s; its
docstring is an example. What is repeated is the last signing of the same sentence or of the one
before.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from undersigned.claims import Certainty, SignatureStatus
from undersigned.reading.lexicon import open_lexicon
from undersigned.reading.signing.clauses import words_after, words_before
from undersigned.reading.signing.modality import Modality, is_passive, words_of
from undersigned.reading.signing.name_lists import read_list
from undersigned.reading.signing.objects import agent_marker
from undersigned.reading.signing.scene import STATED, Scene, Signing, is_form_of
from undersigned.reading.signing.subjects import people_in

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from spacy.tokens import Span, Token

_DOING: Final = frozenset({"did", "do", "does", "has", "have", "had"})
_JOINS: Final = frozenset({"join"})
_LISTS: Final = frozenset({"include", "count", "number", "feature", "comprise"})
_BEING: Final = frozenset({"is", "are", "was", "were"})
_INVERTING: Final = frozenset({"so", "as", "nor", "neither"})
_TOO: Final = frozenset({"too", "also", "as", "well", "likewise", "so", ","})
_ONE_OF_THEM: Final = frozenset(
    ["among them", "among those", "another", "others", "one of them", "two of them", "a third"]
)
_UNSURE: Final = frozenset({"if", "whether", "what", "why", "how", "than", "unless", "until"})
_GROUPS: Final = frozenset({"group", "coalition", "they", "them"})
_DENIED: Final = (SignatureStatus.DENIED, Certainty.DENIED)
_OF_MEMBERSHIP: Final = frozenset({"among-signatories", "one-of-the-signatories"})


def so_did(sentence: Span, scene: Scene, found: Sequence[Signing]) -> Iterator[Signing]:
    """As in "Ann Lee signed, as did Bob Ray."; "So have Cy Fox and Di May."."""
    for verb in sentence:
        opener = _inverting_word(verb)
        model = None if opener is None else _repeated(opener, found)
        if opener is None or model is None or verb.i + 1 >= sentence.end:
            continue
        where = words_after(verb)
        names = tuple(read_list(where, scene.cast)) or people_in(where[:1], scene)
        negative = opener.lower_ in words_of("negations")
        yield Signing(
            rule="so-did",
            letter=model.letter,
            words=(scene.doc[opener.i : verb.i + 1], *_words_of(model)),
            names=names,
            where=where,
            confidence=0.9,
            modality=Modality(*_DENIED, (opener,)) if negative else model.modality,
            counts=False,
        )


def did_too(sentence: Span, scene: Scene, found: Sequence[Signing]) -> Iterator[Signing]:
    """As in "Ann Lee signed; Bob Ray did not."; "Cy Fox did, too."; "She regrets that she did."."""
    for verb in sentence:
        if verb.lower_ not in _DOING | _BEING or not _is_bare(verb):
            continue
        model = _repeated(verb, found)
        negation = next(
            (t for t in scene.doc[verb.i + 1 : verb.i + 2] if t.lower_ in words_of("negations")),
            None,
        )
        being = verb.lower_ in _BEING
        if model is None or (being and (negation is None or model.rule not in _OF_MEMBERSHIP)):
            continue
        where = words_before(verb, scene.cast)
        if any(t.lower_ in _UNSURE for t in scene.doc[max(0, where.start - 1) : where.start + 1]):
            continue
        yield Signing(
            rule="did-too",
            letter=model.letter,
            words=(scene.doc[verb.i : verb.i + (1 if negation is None else 2)], *_words_of(model)),
            names=people_in(where, scene),
            where=where,
            confidence=0.85,
            modality=STATED if negation is None else Modality(*_DENIED, (negation,)),
            counts=False,
        )


def were_joined_by(sentence: Span, scene: Scene, found: Sequence[Signing]) -> Iterator[Signing]:
    """As in "The lead signer is Ann Lee. She was joined by Bob Ray and Cy Fox."."""
    for verb in sentence:
        marker = agent_marker(verb) if is_form_of(verb, _JOINS) and verb.tag_ == "VBN" else None
        model = None if marker is None else _repeated(verb, found)
        if marker is None or model is None or model.modality != STATED or not is_passive(verb):
            continue
        joined = {name.key for name in people_in(words_before(verb, scene.cast), scene)}
        where = words_after(marker)
        elsewhere = any(t.lower_ in {"in", "on", "at", "onstage"} for t in where)
        if joined & {name.key for name in model.names} and not elsewhere:
            yield Signing(
                rule="were-joined-by",
                letter=model.letter,
                words=(scene.doc[verb.i : marker.i + 1], *_words_of(model)),
                names=tuple(read_list(where, scene.cast)),
                where=where,
                confidence=0.8,
                counts=False,
            )


def is_among_them(sentence: Span, scene: Scene, found: Sequence[Signing]) -> Iterator[Signing]:
    """As in "Forty signed; Lee and Ray were among them."; "Cy Fox is another."."""
    for verb in sentence:
        if verb.lower_ not in _BEING or _predicate(verb) not in _ONE_OF_THEM:
            continue
        model = _repeated(verb, found)
        if model is None or model.modality != STATED:
            continue
        where = words_before(verb, scene.cast)
        yield Signing(
            rule="is-among-them",
            letter=model.letter,
            words=(verb, *_words_of(model)),
            names=tuple(read_list(where, scene.cast)),
            where=where,
            confidence=0.8,
            counts=False,
        )


def they_include(sentence: Span, scene: Scene, found: Sequence[Signing]) -> Iterator[Signing]:
    """As in "Forty chefs signed. Among the chefs are Lee and Ray."; "The group includes Lee."."""
    for verb in sentence:
        if not (is_form_of(verb, _LISTS) or verb.lower_ in _BEING) or verb.pos_ == "NOUN":
            continue
        where = words_before(verb, scene.cast)
        relative = len(where) > 1 and where[-1].lower_ == "who"
        group = _group_named(where[:-1] if relative else where, verb)
        model = None if group is None else _of_the_group(group, scene, found)
        names = () if model is None else tuple(read_list(words_after(verb), scene.cast))
        if model is not None and names:
            yield Signing(
                rule="they-include",
                letter=model.letter,
                words=(verb, *_words_of(model)),
                names=names,
                where=where,
                confidence=0.8,
                counts=False,
            )


def _group_named(where: Span, verb: Token) -> Token | None:
    """The noun of "the chefs", "among the chefs", "the group", "they"; None for other words."""
    words = [t for t in where if not t.is_punct and t.lower_ not in {"also", "well"}]
    if words and words[0].lower_ in {"among", "amongst"}:
        words = words[1:]
    elif verb.lower_ in _BEING:
        return None
    if len(words) == 1 and words[0].lower_ == "they":
        return words[0]
    defined = 1 < len(words) <= 3 and words[0].lower_ in {"the", "these", "those"}
    plain = all(t.pos_ in {"ADJ", "NOUN", "NUM", "PROPN"} for t in words[1:])
    return words[-1] if defined and plain else None


def _of_the_group(group: Token, scene: Scene, found: Sequence[Signing]) -> Signing | None:
    """The signing whose signers a noun means: "the chefs" after "forty chefs signed"."""
    before = [s for s in found if s.where.end <= group.sent.start and s.modality == STATED]
    model = max(before, key=lambda s: s.where.end, default=None)
    if model is None:
        return None
    if group.lower_ in _GROUPS:
        last = scene.doc[group.sent.start - 1].sent
        return model if model.where.start >= last.start and _is_plural(model.where) else None
    same = any(t.lower_ == group.lower_ and t.tag_ in {"NNS", "NNPS"} for t in model.where)
    return model if same or _are_they(group, model) else None


def _are_they(group: Token, model: Signing) -> bool:
    """The "players" of "Forty footballers wrote. The players include Ann Lee.": of one calling."""
    told = model.where[0].sent if len(model.where) else group.sent
    signers = {t.lower_.removesuffix("s") for t in model.where}
    role = any(
        group.lower_.removesuffix("s") in calling.words and not signers.isdisjoint(calling.words)
        for calling in open_lexicon("professions").lists.values()
    )
    role = role or group.lower_ in open_lexicon("signing").words("groups")
    named = any(t.lower_ == group.lower_ for t in told)
    return role and not named and told.end == group.sent.start and _is_plural(model.where)


def _is_plural(where: Span) -> bool:
    return any(t.tag_ in {"NNS", "NNPS"} for t in where) or where[0].lower_ == "they"


def _predicate(verb: Token) -> str:
    """The words after a verb up to the end of its clause, "also" left out."""
    words: list[str] = []
    for token in verb.doc[verb.i + 1 : verb.sent.end]:
        if token.text in {".", ";", ",", ":", "—", "–"}:
            break
        if token.lower_ != "also":
            words.append(token.lower_)
    return " ".join(words)


def _inverting_word(verb: Token) -> Token | None:
    """The "so" of "so did", "so too has", "as have"; None where the verb is no such one."""
    if verb.lower_ not in _DOING | {"is"} or verb.i == verb.sent.start:
        return None
    before = verb.nbor(-1)
    while before.lower_ in {"too", "also", ","} and before.i > verb.sent.start:
        before = before.nbor(-1)
    inverts = _INVERTING if verb.lower_ in _DOING else {"so"}
    return before if before.lower_ in inverts else None


def _is_bare(verb: Token) -> bool:
    """Whether nothing but "not" and "too" follows up to the end of the clause."""
    doc, i, stop = verb.doc, verb.i + 1, verb.sent.end
    while i < stop and doc[i].lower_ in _TOO | words_of("negations"):
        i += 1
    ends = i >= stop or doc[i].text in {".", ";", ":", "—", "–", "!", ")"}
    return ends or doc[i - 1].text == ","


def _repeated(token: Token, found: Sequence[Signing]) -> Signing | None:
    """The last signing in front of a token, in its sentence or the one before."""
    sentence = token.sent
    start = sentence.doc[sentence.start - 1].sent.start if sentence.start else 0
    near = [s for s in found if s.names or s.where.end > s.where.start]
    before = [s for s in near if start <= _last_word(s) < token.i]
    return max(before, key=_last_word, default=None)


def _words_of(signing: Signing) -> tuple[Token | Span, ...]:
    return signing.words[:1]


def _last_word(signing: Signing) -> int:
    """Where the words that say the signing end."""
    return max(w.i if hasattr(w, "i") else w.end - 1 for w in signing.words)
