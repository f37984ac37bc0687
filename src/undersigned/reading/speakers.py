"""Speakers: which person, organization, group or letter the source of an attribution means.

A phrase is never forced on a person: what no name, title or pronoun resolves joins the cast as a
group or an unnamed speaker, by its own words.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from undersigned.claims import EntityKind
from undersigned.reading.lexicon import open_lexicon
from undersigned.reading.nominals import is_definite
from undersigned.reading.role_phrases import ends_title
from undersigned.reading.speech.page import phrase_of

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

    from undersigned.claims import LocalKey
    from undersigned.reading.cast import Cast
    from undersigned.reading.letters import Letters

_RELATIVE = frozenset({"who", "which", "that", "whom", "whose"})
_EXAMPLES = frozenset({"including", "like", "such"})
_TWO = frozenset({"two", "both", "pair", "duo", "couple"})
_OWNERS = frozenset({"nmod:poss", "compound"})
_BESIDE = frozenset({"appos", "flat", "flat:name", "nmod:desc"})
_PLURAL_PRONOUNS = frozenset(
    {"all", "both", "dozens", "few", "hundreds", "many", "most", "others", "several", "some"}
    | {"thousands", "those", "three", "two"}
)
_HUMAN_NOUNS = frozenset({"figure", "chief", "head", "boss", "name", "voice", "member", "one"})
_BODY_LISTS = ("company", "media", "public_body", "university", "party", "civil_society")
_HUMAN_ENDINGS = (
    "man",
    "woman",
    "person",
    "or",
    "er",
    "ist",
    "ian",
    "ent",
    "ant",
    "ive",
    "ee",
    "aide",
    "ic",
)
_NOUN_TAGS = frozenset({"NOUN", "PROPN"})
_MISTAKEN = frozenset({"ADJ", "NUM", "VERB", "X"})


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who a phrase means. `score` (0.0–1.0): how sure that is.

    `letter` is the letter in which a speaker speaks, of "OpenAI's letter" the letter.
    """

    key: LocalKey
    score: float
    letter: LocalKey | None = None


def find_speakers(source: Span, cast: Cast, letters: Letters) -> list[Speaker]:
    """The speakers that a source phrase means: one, several of a joint statement, or none."""
    head = _head_of(source)
    root = antecedent_of(head, cast)
    letter = letters.resolve(source) if root == head else None
    letter = letter or letters.at(root)
    if letter is not None:
        author = _sole_author(root, cast)
        return [Speaker(letter, 0.9) if author is None else Speaker(author, 0.9, letter)]
    first = _resolved(root, cast)
    if first is None:
        return (
            _named_examples(root, cast)
            or couple_meant(root, cast)
            or _maker(root, cast)
            or _unnamed(root, cast)
        )
    others = (_resolved(token, cast) for token in root.children if token.dep_ == "conj")
    return list(dict.fromkeys([first, *(speaker for speaker in others if speaker is not None)]))


def _head_of(source: Span) -> Token:
    """The noun of a phrase, even if parsed as a part of another: *Union boss* hits."""
    parts = [
        t for t in source if t.dep_ == "compound" and not source.start <= t.head.i < source.end
    ]
    return parts[-1] if len(parts) == len(source) else source.root


def _sole_author(letter: Token, cast: Cast) -> LocalKey | None:
    """Whose letter it is: "OpenAI's submission" is OpenAI's, "the group's letter" nobody's."""
    owner = next((t for t in letter.children if t.dep_ == "nmod:poss"), None)
    return cast.at(owner) if owner is not None else None


def antecedent_of(token: Token, cast: Cast) -> Token:
    """For a relative pronoun the noun that it stands for ("Ms. Roe, *who* said"), else itself.

    A person's name right before the pronoun goes before what the parser says.
    """
    if token.lower_ not in _RELATIVE:
        return token
    index = token.i - 1
    while index > 0 and token.doc[index].is_punct:
        index -= 1
    neighbour = cast.at(token.doc[max(index, 0)])
    if neighbour is not None and cast.kind_of(neighbour) is EntityKind.PERSON:
        return token.doc[index]
    verb = token.head
    while verb.dep_ != "acl:relcl" and verb.head != verb:
        verb = verb.head
    if verb.dep_ != "acl:relcl":
        return token
    noun = verb.head
    return noun.head if noun.dep_ == "appos" else noun


def _resolved(head: Token, cast: Cast) -> Speaker | None:
    phrase = phrase_of(head, conjuncts=False)
    named = _named(head, phrase, cast)
    if named is not None:
        return Speaker(named, 1.0)
    resolution = cast.resolve_salient(phrase)
    if resolution is not None:
        return Speaker(resolution.key, resolution.score)
    surname = _of_surname(head, cast)
    return Speaker(surname, 0.8) if surname is not None else None


def _named(head: Token, phrase: Span, cast: Cast) -> LocalKey | None:
    """The name in a phrase: the last word of its core, its head, or what stands beside the head."""
    titled = (
        _named_after_title(phrase, cast)
        or _named_after_comma(head, cast)
        or _named_after_body(head, cast)
    )
    if titled is not None:
        return titled
    last = _core_end(phrase)
    before_comma = last.i + 1 < phrase.end and phrase.doc[last.i + 1].text == ","
    closing = cast.at(last) if last.i >= head.i or before_comma else None
    if closing is not None and cast.kind_of(closing) is EntityKind.PERSON:
        return closing
    key = cast.at(head)
    if key is not None:
        return key
    if head.lower_ in open_lexicon("nominals").words("papers"):
        return None
    beside = (cast.at(token) for token in head.children if token.dep_ in _BESIDE)
    return next((k for k in beside if k is not None and cast.kind_of(k) is EntityKind.PERSON), None)


def _named_after_title(phrase: Span, cast: Cast) -> LocalKey | None:
    """The person at the end of "Centers for Disease Control director *Ann Roe*"."""
    key = cast.at(phrase[-1])
    if key is None or cast.kind_of(key) is not EntityKind.PERSON:
        return None
    start = phrase.end - 1
    while start > phrase.start and cast.at(phrase.doc[start - 1]) == key:
        start -= 1
    return key if start > phrase.start and ends_title(phrase.doc[start - 1]) else None


def _named_after_comma(head: Token, cast: Cast) -> LocalKey | None:
    """The person of "another backbencher, *Ann Roe*, said", whatever the parser made of it.

    None in lists: "the mayor, *Ann Roe* and Bo Diaz".
    """
    doc, start, end = head.doc, _after_employer(head, cast) + 1, head.sent.end
    if start >= end or doc[start - 1].text != "," or is_plural(head) or not is_human(head):
        return None
    key = cast.at(doc[start])
    if key is None or cast.kind_of(key) is not EntityKind.PERSON:
        return None
    after = start
    while after < end and cast.at(doc[after]) == key:
        after += 1
    rest = [token.lower_ for token in doc[after : min(after + 2, end)]]
    lists = rest[:1] == ["and"] or rest == [",", "and"]
    listed = len(rest) == 2 and rest[0] == "," and cast.at(doc[after + 1]) is not None
    return None if lists or listed else key


def _named_after_body(head: Token, cast: Cast) -> LocalKey | None:
    """The person of "said Oversight ranking Democrat *Ann Roe* (D-Md.)", where a body is parsed."""
    key = cast.at(head)
    if key is None or cast.kind_of(key) is not EntityKind.ORGANIZATION:
        return None
    last = head
    for token in head.doc[head.i + 1 : head.sent.end]:
        if token.pos_ not in _NOUN_TAGS | {"ADJ"} and token.tag_ != "VBG":
            break
        last = token
    ends = last.i + 1 < head.sent.end and last.nbor(1).is_punct
    person = cast.at(last) if ends else None
    is_person = person is not None and cast.kind_of(person) is EntityKind.PERSON
    return person if is_person else None


def _after_employer(head: Token, cast: Cast) -> int:
    """The place after "spokesperson *for Roe*", whose comma then parts a name from the noun."""
    doc, end = head.doc, head.i + 1
    if end + 1 >= head.sent.end or doc[end].lower_ not in {"for", "to", "at", "with"}:
        return end
    after = end + 1
    while after < head.sent.end and (cast.at(doc[after]) is not None or doc[after].tag_ == "NNP"):
        after += 1
    return after if after > end + 1 else end


def _core_end(phrase: Span) -> Token:
    """The last word before a comma or preposition: "chairwoman *Roe*, who", "an *aide* to"."""
    last = phrase[0]
    for token in phrase:
        if token.is_punct or token.pos_ in {"ADP", "SCONJ"}:
            break
        last = token
    return last


def _of_surname(head: Token, cast: Cast) -> LocalKey | None:
    """The one person of the cast whose name ends in this word."""
    if head.pos_ != "PROPN":
        return None
    word = head.lower_
    bearers = {
        member.key
        for member in cast.members()
        if member.kind is EntityKind.PERSON and member.name.lower().split()[-1:] == [word]
    }
    return bearers.pop() if len(bearers) == 1 else None


def _named_examples(head: Token, cast: Cast) -> list[Speaker]:
    """Those of a group who are named: several mayors, like *Ann Roe* and *Bo Diaz*, said."""
    after = [token for token in phrase_of(head) if token.i > head.i]
    start = next((n for n, t in enumerate(after) if t.lower_ in _EXAMPLES), None)
    keys = (cast.at(token) for token in after[start:]) if start is not None else ()
    people = dict.fromkeys(
        key for key in keys if key is not None and cast.kind_of(key) is EntityKind.PERSON
    )
    return [Speaker(key, 0.85) for key in people]


def example_told_of(source: Span, cue: Token, cast: Cast) -> LocalKey | None:
    """Whom a participle speaks for: many mayors left, including *Ann Roe*, who …, calling it ….

    None unless a relative clause about the one example stands between the group and the cue.
    """
    if not cue.lower_.endswith("ing"):
        return None
    between = source.doc[source.end : cue.i] if source.end < cue.i else source.doc[0:0]
    start = next((t.i for t in between if t.lower_ in _EXAMPLES), None)
    who = next((t.i for t in between if t.lower_ == "who" and start and t.i > start), None)
    if start is None or who is None:
        return None
    keys = {cast.at(token) for token in source.doc[start:who]} - {None}
    people = [key for key in keys if key and cast.kind_of(key) is EntityKind.PERSON]
    return people[0] if len(people) == 1 else None


def couple_meant(head: Token, cast: Cast) -> list[Speaker]:
    """The people last named side by side: *the two* wrote, *the lawmakers* argued."""
    said = {t.lower_ for t in head.doc[max(head.sent.start, head.i - 3) : head.i + 1]}
    counted = bool(said & _TWO)
    companions = open_lexicon("nominals").words("companions")
    if not counted and not (head.lower_ in companions and is_definite(head)):
        return []
    people = cast.couple_before(head, 2 if counted else None)
    return [Speaker(key, 0.7) for key in people]


def _maker(head: Token, cast: Cast) -> list[Speaker]:
    """Whose paper it is that says so: *an FBI summary*, *a report by the agency*."""
    if head.lower_ not in open_lexicon("nominals").words("papers"):
        return []
    for token in head.children:
        by = any(t.dep_ == "case" and t.lower_ in {"by", "from"} for t in token.children)
        if token.dep_ in _OWNERS or (token.dep_ == "nmod" and by):
            key = cast.at(token)
            if key is not None:
                return [Speaker(key, 0.7)]
    return []


def _unnamed(head: Token, cast: Cast) -> list[Speaker]:
    """A group or an unnamed speaker by its noun phrase; none for a pronoun in doubt."""
    plural = is_plural(head) or head.lower_ in _PLURAL_PRONOUNS
    # Taggers take a noun for a verb now and then ("Obama *aides* have"); subjects are nouns.
    is_noun = head.pos_ in _NOUN_TAGS or (head.pos_ in _MISTAKEN and head.dep_ == "nsubj")
    if not is_noun and head.lower_ not in _PLURAL_PRONOUNS:
        return []
    phrase = _without_appositions(head, phrase_of(head))
    joint = any(token.dep_ == "conj" for token in head.children)
    kind = EntityKind.GROUP if plural or joint else EntityKind.UNNAMED
    return [Speaker(cast.ensure(phrase, kind), 0.8)]


def is_plural(noun: Token) -> bool:
    """Whether a noun stands in the plural."""
    return noun.morph.get("Number", []) == ["Plur"]


def is_human(noun: Token) -> bool:
    """Whether a common noun names a person by trade: "aide", "spokeswoman", "critic"."""
    return is_human_word(noun.lower_)


def is_human_word(word: str) -> bool:
    """As `is_human`, of a word in lower case and in the singular."""
    listed = word in open_lexicon("professions").all_words() or word in _HUMAN_NOUNS
    return listed or word.endswith(_HUMAN_ENDINGS)


def is_body(noun: Token) -> bool:
    """Whether a common noun names a body that can speak: "party", "company", "outfit"."""
    nominals = open_lexicon("nominals")
    return any(noun.lower_ in nominals.words(kind) for kind in _BODY_LISTS)


def _without_appositions(head: Token, phrase: Span) -> Span:
    end = min((c.left_edge.i for c in head.children if c.dep_ == "appos"), default=phrase.end)
    while end - 1 > head.i and phrase.doc[end - 1].is_punct:
        end -= 1
    return phrase.doc[phrase.start : max(end, head.i + 1)]
