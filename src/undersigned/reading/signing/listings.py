"""Constructions that list the signers: "signatories include …", "signatories: …".

Each is one small function from a sentence and a scene to `Signing`s; its docstring is an example.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from undersigned.claims import EntityKind
from undersigned.reading.signing.clauses import words_after, words_before
from undersigned.reading.signing.cued import cued_by
from undersigned.reading.signing.modality import modality_of
from undersigned.reading.signing.name_lists import Listed, read_list
from undersigned.reading.signing.scene import (
    STATED,
    Scene,
    Signing,
    is_being,
    is_form_of,
    is_signer_noun,
    is_signing_verb,
    signing_words,
)
from undersigned.reading.signing.unknown_names import bare_name, kind_of_unknown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Span, Token


_LISTS: Final = ("list", "letter", "open letter", "petition", "statement")
_ITEM_ENDS: Final = frozenset({",", "–", "—", "-", "(", ";", ":", "."})
_JOIN: Final = frozenset({"join"})
_CLAUSE: Final = 8
"""Tokens of a clause that tells of signing, up to its ", among them"."""
_FEWEST_BULLETS: Final = 3
_LONGEST_HEADING: Final = 3
_TAKES: Final = frozenset({"take", "took"})
_RANGES: Final = frozenset({"range", "stretch", "run", "ran"})
_CONTINUING: Final = frozenset(
    {"another", "others", "them", "they", "these", "those", "many", "some", "group", "list"}
)


def signatories_include(sentence: Span, scene: Scene) -> Iterator[Signing]:
    """As in "Signatories include Ann Lee."; "Among those who signed are Ann Lee and Bob Ray."."""
    for verb in sentence:
        if not _lists(verb):
            continue
        subject = _before_listing(verb, scene)
        if not (_means_signers(subject) or _continues(subject, scene)):
            continue
        letter = scene.letter_in(subject) or scene.letter_near(verb)
        modality = STATED if verb.text == ":" else modality_of(verb)
        if letter is None or modality is None:
            continue
        names = _listed_after(verb, scene)
        also = [name for name in read_list(subject, scene.cast) if _beside(name, subject)]
        if names:
            yield Signing(
                rule="signatories-include",
                letter=letter,
                words=(subject,),
                names=(*also, *_leaders(subject, scene), *names),
                where=subject,
                confidence=0.95,
                modality=modality,
            )


@cued_by("signing.sign", "signing.signers", "signing.writers", "signing.put", "join")
def signers_including(sentence: Span, scene: Scene) -> Iterator[Signing]:
    """As in "Most of the 270 who signed teach, including Lee."; "signatories such as Lee"."""
    openers = signing_words("openers")
    for token in sentence:
        pair = scene.doc[token.i : min(token.i + 2, sentence.end)].text.lower()
        ranges = _opens_range(token)
        opens = token.lower_ in {"including", "notably", "namely"} or pair in openers
        if not opens and not ranges:
            continue
        before = scene.doc[sentence.start : token.i]
        signers = any(is_signer_noun(t) for t in before[-6:]) or _who_signed(before)
        if not (signers or _have_signed(before[-_CLAUSE:])):
            continue
        letter = scene.letter_near(token)
        if letter is not None:
            where = words_after(token.nbor(-1) if ranges else token)
            yield Signing(
                rule="signers-including",
                letter=letter,
                words=(token,),
                names=tuple(
                    _read_range(where, scene)
                    if ranges
                    else read_list(where, scene.cast, unknown=True)
                ),
                where=where,
                confidence=0.85,
                counts=False,
            )


def _read_range(where: Span, scene: Scene) -> list[Listed]:
    """All names of "from Lee and Ray to Fox"."""
    doc, start, listed = where.doc, where.start + 1, []
    for i in [*(t.i for t in where if t.lower_ == "to"), where.end]:
        listed.extend(read_list(doc[start:i], scene.cast))
        start = i + 1
    return listed


def bulleted_names(sentence: Span, scene: Scene) -> Iterator[Signing]:
    """As in a paragraph on a letter's signatories, with "• Ann Lee, actor" and others below it."""
    block = scene.text.block_of(sentence[0])
    if sentence.end != block.end or sentence[-1].text == ":":
        return
    above = scene.doc[block.start : block.end]
    letter = scene.letter_near(sentence[-1])
    telling = next((t for t in above if is_signer_noun(t) or is_signing_verb(t)), None)
    if telling is None and above.text.lower() in signing_words("headings"):
        telling = above[0]
    names = _names_below(block.end, scene) if letter is not None and telling is not None else []
    if letter is not None and telling is not None and len(names) >= _FEWEST_BULLETS:
        yield Signing(
            rule="bulleted-names",
            letter=letter,
            words=(telling,),
            names=tuple(names),
            where=scene.doc[sentence.end : sentence.end],
            confidence=0.75,
            counts=False,
        )


def _names_below(end: int, scene: Scene) -> list[Listed]:
    """The names that open the list items below a block; none if an item opens otherwise."""
    names: list[Listed] = []
    for block in scene.text.blocks:
        if block.start < end:
            continue
        if block.block.kind.value != "list-item":
            break
        listed = _opening_name(scene.doc[block.start : block.end], scene)
        if not listed or listed[0].words.start != block.start:
            return []
        names.extend(listed)
    return names


def _opens_range(token: Token) -> bool:
    """As in "signatories, from Lee to Ray"; "the signatories range from Lee to Ray"."""
    if token.lower_ != "from" or token.i < token.sent.start + 2:
        return False
    before = token.nbor(-1)
    comes = is_form_of(before, _RANGES)
    return comes or (before.text == "," and is_signer_noun(token.nbor(-2)))


def _lists(verb: Token) -> bool:
    """As in "include", "are", or a colon, as the verb of a listing."""
    if verb.text == ":":
        return True
    takes_in = is_form_of(verb, _TAKES) and verb.nbor(1).lower_ == "in"
    listing = is_form_of(verb, signing_words("list")) or is_being(verb) or takes_in
    return listing and verb.pos_ in {"VERB", "AUX"} and verb.tag_ != "VBG"


def _before_listing(verb: Token, scene: Scene) -> Span:
    if verb.text == ":":
        return scene.doc[verb.sent.start : verb.i]
    before = words_before(verb, scene.cast)
    opening = scene.doc[verb.sent.start : verb.i]
    return before if len(before) or len(opening) > _LONGEST_HEADING else opening


def _means_signers(subject: Span) -> bool:
    """Whether the words before a listing mean the signers: by a noun, or by "those who signed"."""
    words = subject.text.lower()
    if any(t.lower_ in {"missing", "absent", "absence"} for t in subject):
        return False
    if words in signing_words("headings") or ("joining" in words and "in signing" in words):
        return True
    if (
        "those signing" in words
        or "those on the list" in words
        or any(f"names on the {noun}" in words for noun in _LISTS)
    ):
        return True
    return (
        any(is_signer_noun(t) for t in subject)
        or _who_signed(subject)
        or _first_to_sign(subject)
        or _are_names(subject)
    )


def _first_to_sign(words: Span) -> bool:
    """As in "among the first to sign", "so far signed up"; no "yet to sign"."""
    doc = words.doc
    return any(
        is_signing_verb(t) and t.i > words.start + 1 and doc[t.i - 2].lower_ in {"first", "latest"}
        for t in words
    )


def _are_names(subject: Span) -> bool:
    """As in "among the names", "the first name under it", "other names on the petition"."""
    noun = next((t for t in subject if t.lower_ in {"name", "names", "signatures"}), None)
    if noun is None or noun.i == subject.start or noun.nbor(-1).tag_ in {"POS", "PRP$"}:
        return False
    rest = subject.doc[noun.i + 1 : subject.end]
    return not len(rest) or rest[0].lower_ in {"on", "under", "below", "beneath", "are", "is"}


def _who_signed(words: Span) -> bool:
    who = next((t for t in words if t.lower_ in {"who", "that", "which"}), None)
    return who is not None and any(
        (is_signing_verb(t) or _puts_name(t)) and modality_of(t) == STATED
        for t in words
        if t.i > who.i
    )


def _have_signed(words: Span) -> bool:
    """As in "Six mayors signed it, among them"; "Six mayors put their names to it, among them"."""
    verb = next((t for t in words if is_signing_verb(t) or _puts_name(t) or _joins(t)), None)
    ends = len(words) > 0 and words[-1].text == ","
    return verb is not None and ends and modality_of(verb) == STATED


def _joins(verb: Token) -> bool:
    """As in "Thirty colleagues joined them", after a sentence about signers."""
    if not is_form_of(verb, _JOIN) or verb.tag_ == "VBG":
        return False
    after = [t.lower_ for t in verb.doc[verb.i + 1 : min(verb.i + 3, verb.sent.end)]]
    elsewhere = after[1:] and after[1] in {"for", "at", "on", "onstage"}
    return after[:1] in (["them"], ["her"], ["him"]) and not elsewhere


def _puts_name(verb: Token) -> bool:
    """As in "put their names", "gave her name"."""
    after = verb.doc[verb.i + 1 : min(verb.i + 3, verb.sent.end)]
    return (
        is_form_of(verb, signing_words("put"))
        and len(after) == 2
        and after[0].tag_ == "PRP$"
        and after[1].lower_ in signing_words("signatures")
    )


def _continues(subject: Span, scene: Scene) -> bool:
    """As in "One signatory is Lee; another is Ray."; "They include Ray." after such a sentence."""
    if _is_relative_of_list(subject):
        return True
    if not 0 < len(subject) <= 4 or subject[-1].lower_ not in _CONTINUING:
        return False
    sentence = subject[0].sent
    here = scene.doc[sentence.start : subject.start]
    before = (
        scene.doc[scene.doc[sentence.start - 1].sent.start : sentence.start]
        if sentence.start
        else here
    )
    if subject[-1].lower_ == "another":
        return any(is_signer_noun(t) for t in here)
    return not len(here) and any(is_signer_noun(t) or is_signing_verb(t) for t in before)


def _is_relative_of_list(subject: Span) -> bool:
    """As in "They head the list, which also" (takes in Lee)."""
    words = [t.lower_ for t in subject if t.is_alpha and t.pos_ != "ADV"]
    return words[-2:] in (["list", "which"], ["list", "that"])


def _listed_after(verb: Token, scene: Scene) -> list[Listed]:
    """The names after the listing verb, and those of the list items that follow a colon."""
    after = words_after(verb)
    if after[:2].text.lower() in {"that of", "those of"}:
        after = after[2:]
    if after[:1].text.lower() == "in" and is_form_of(verb, _TAKES):
        after = after[1:]
    names = read_list(after, scene.cast, unknown=True)
    if verb.text == ":" and verb.i + 1 >= verb.sent.end:
        for block in scene.text.blocks:
            if block.start <= verb.i:
                continue
            if block.block.kind.value != "list-item":
                break
            names.extend(_opening_name(scene.doc[block.start : block.end], scene))
    return names


def _opening_name(item: Span, scene: Scene) -> list[Listed]:
    """The name that an item of a list of signers opens with, known or not."""
    end = next((t.i for t in item if _ends_name(t)), item.end)
    words = item.doc[item.start : end]
    if any(t.text == "&" for t in words) and all(
        t.text[:1].isupper() or t.text == "&" for t in words
    ):
        return [Listed(scene.cast.ensure(words, EntityKind.ORGANIZATION), words, None)]
    listed = read_list(item, scene.cast)[:1]
    if listed:
        return listed
    found = bare_name(words, scene.cast)
    if found is None or found[0].start != item.start:
        return []
    key = scene.cast.ensure(found[0], kind_of_unknown(found[0]))
    return [Listed(key, found[0], None)]


def _ends_name(token: Token) -> bool:
    """Whether a sign parts a name from what is told of it: a dash does, a hyphen doesn't."""
    glued = token.text in {"-", "–"} and token.i > 0 and not token.nbor(-1).whitespace_
    return token.text in _ITEM_ENDS and not glued


def _leaders(subject: Span, scene: Scene) -> list[Listed]:
    """Whose co-signers are listed: "His co-signers include …" makes him a signer."""
    for token in subject:
        if (
            token.tag_ == "PRP$"
            and token.lower_ in {"his", "her"}
            and " co" in subject.text.lower()
        ):
            words = scene.doc[token.i : token.i + 1]
            resolution = scene.cast.resolve(words)
            return [] if resolution is None else [Listed(resolution.key, words, None)]
    return []


def _beside(name: Listed, subject: Span) -> bool:
    """As in "besides Lee, other signatories include …"."""
    before = [t.lower_ for t in subject.doc[subject.start : name.words.start]]
    return any(word in {"besides", "alongside", "with", "addition", "apart"} for word in before)


@cued_by("among", "amongst")
def among_them(sentence: Span, scene: Scene) -> Iterator[Signing]:
    """As in "the 40 bakers behind the letter, Ann Lee and Bob Ray among them"."""
    for preposition in sentence[2:]:
        if preposition.lower_ not in {"among", "amongst"} or not _closes_with_them(preposition):
            continue
        before = scene.doc[sentence.start : preposition.i]
        comma = next((t for t in before if t.text == "," and _tells_signers(t, scene)), None)
        letter = None if comma is None else scene.letter_near(comma)
        if comma is not None and letter is not None:
            where = scene.doc[comma.i + 1 : preposition.i]
            yield Signing(
                rule="among-them",
                letter=letter,
                words=(scene.doc[preposition.i : preposition.i + 2],),
                names=tuple(read_list(where, scene.cast, unknown=True)),
                where=where,
                confidence=0.85,
                counts=False,
            )


def _closes_with_them(preposition: Token) -> bool:
    """Whether "among them" ends its clause, so that the names stand in front of it."""
    after = preposition.doc[preposition.i + 1 : min(preposition.i + 3, preposition.sent.end)]
    return (
        len(after) > 0
        and after[0].lower_ == "them"
        and (len(after) == 1 or after[1].text in {".", ",", ";", ")", "—", "–"})
    )


def _tells_signers(comma: Token, scene: Scene) -> bool:
    """Whether signers are spoken of right before a comma: "who signed,", "behind the letter,"."""
    before = scene.doc[max(comma.sent.start, comma.i - 8) : comma.i]
    if any(is_signer_noun(t) for t in before[-3:]):
        return True
    behind = next((t for t in before if t.lower_ == "behind"), None)
    if behind is not None and scene.letter_in(scene.doc[behind.i : comma.i]) is not None:
        return True
    who = any(t.lower_ in {"who", "that"} for t in before)
    return who and any(is_signing_verb(t) and modality_of(t) == STATED for t in before)
