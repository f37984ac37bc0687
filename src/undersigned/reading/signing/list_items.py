"""How the items of a list of names are told: where they part, begin, end, and turn into clauses."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from undersigned.reading.lexicon import open_lexicon

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

_SEPARATORS: Final = frozenset(
    [
        ",",
        ";",
        ":",
        "and",
        "&",
        "or",
        "—",
        "–",
        "•",
        "·",
        "plus",
        "alongside",
        "but",
        "nor",
        "neither",
    ]
)
_ROLES_OR_VERBS: Final = frozenset(
    [
        *("authors", "champions", "chairs", "coaches", "cooks", "guards", "heads", "hosts"),
        *("judges", "leads", "models", "pilots", "stars"),
    ]
)
_SIDE_CLAUSE: Final = frozenset({"who", "which", "whose", "whom", "where", "when", "that"})
_POSSESSIVE: Final = frozenset({"'s", "’s", "'", "’"})
_AFTER_NAME: Final = frozenset(
    [
        *("of", "from", "at", "in", "for", "with", "on", "to", "by", "among", "amongst"),
        *("himself", "herself", "themselves"),
        *("last", "late", "early", "this", "yesterday", "today", "tonight", "earlier"),
    ]
)


def before_side_clause(words: Span, names: list[Span]) -> tuple[Span, bool]:
    """What stands before "who" or "which" in an item, and whether such a word stands there."""
    inside = {i for name in names for i in range(name.start, name.end)}
    for token in words:
        relative = token.lower_ in _SIDE_CLAUSE - {"that"} or token.tag_ == "WDT"
        if relative and token.i not in inside:
            return words.doc[words.start : token.i], True
    return words, False


def stands_after_plural_of(name: Span, words: Span) -> bool:
    """As in "the estates of Ann Lee", "two friends of Ann Lee"."""
    return name.start > words.start and is_after_plural_of(name[0], words)


def is_after_plural_of(token: Token, words: Span) -> bool:
    """As in "the bishops of Leeds"."""
    before = words.doc[words.start : token.i]
    return len(before) > 1 and before[-1].lower_ == "of" and before[-2].tag_ in {"NNS", "NNPS"}


def begins_item(name: Span, words: Span) -> bool:
    """Whether no preposition or verb stands between the item's start and the name."""
    before = words.doc[words.start : name.start]
    if len(before) and before[0].lower_ in {
        "besides",
        "with",
        "alongside",
        "joining",
        "are",
        "were",
        "by",
    }:
        before = before[1:]
    elif before[:2].text.lower() == "apart from":
        before = before[2:]
    return not any(
        token.pos_ in {"ADP", "SCONJ"} and token.tag_ == "IN" and token.lower_ not in {"ex", "vice"}
        for token in _without_role_phrase(before)
    )


def _without_role_phrase(before: Span) -> Span:
    """Leaves out the prepositional phrase of a role that ends in front of the name's own role.

    In "Kennedy School of Government political scientist Ann Lee" the "of" belongs to the role.
    """
    if len(before) and before[-1].pos_ == "NOUN" and before[-1].tag_ == "NN":
        prepositions = [t for t in before if t.pos_ == "ADP"]
        if (
            prepositions
            and prepositions[0].i > before.start
            and prepositions[0].nbor(-1).pos_ == "PROPN"
        ):
            return before[:0]
    return before


def ends_item(name: Span, words: Span) -> bool:
    """Whether nothing but a bracket or a phrase of place follows the name in its item."""
    after = words.doc[name.end : words.end]
    if not len(after) or not after[0].is_alpha:
        return not len(after) or after[0].lower_ not in _POSSESSIVE
    first = after[0]
    if first.lower_ in _AFTER_NAME or first.tag_ in {"VBN", "VBG", "RB"}:
        return True
    return first.lower_ in {"all", "both", "each", "too", "also", "then"}


def ends_in_phrase(words: Span) -> bool:
    """Whether an item ends in "of" or "at" and a capitalised word: "employees of Acme"."""
    prepositions = [t.i for t in words if t.pos_ == "ADP"]
    return bool(prepositions) and words[-1].text[:1].isupper()


def is_finite(token: Token) -> bool:
    """Whether a token is a finite verb, as its tag and its form tell."""
    finite = token.pos_ in {"VERB", "AUX"} and token.tag_ in {"VBD", "VBZ", "VBP", "MD"}
    finite = finite and token.dep_ != "amod" and not _is_retired(token)
    return finite and not is_shared_role(token) and not _is_before_auxiliary(token)


def _is_retired(token: Token) -> bool:
    """The "retired" of "retired Gen. Ann Lee", which a tagger may take for the verb."""
    after = token.nbor(1).text if token.i + 1 < token.sent.end else ""
    return token.lower_ == "retired" and after[:1].isupper()


def _is_before_auxiliary(token: Token) -> bool:
    """The "cooks" of "two hundred cooks had sent a letter", which a tagger may take for a verb."""
    if token.tag_ != "VBZ" or token.pos_ == "AUX" or token.i + 1 >= token.sent.end:
        return False
    return token.nbor(1).lower_ in {"had", "have", "are", "were"}


def is_shared_role(token: Token) -> bool:
    """The "cooks" of "TV cooks Ann Lee and Bob Ray", which a tagger may take for a verb."""
    if token.tag_ != "VBZ" or token.i + 1 >= token.sent.end or token.i == token.sent.start:
        return False
    if token.lower_.removesuffix("s") not in open_lexicon("professions").all_words():
        return False
    before, after = token.nbor(-1), token.nbor(1)
    if before.pos_ in {"PRON", "PUNCT"}:
        return False
    is_verb_too = token.lower_ in _ROLES_OR_VERBS
    return not is_verb_too or (
        after.text[:1].isupper() and before.ent_type_ not in {"PER", "PERSON"}
    )


def separates(token: Token) -> bool:
    """Whether a token parts two items: a comma, "and", a word of "as well as"."""
    return token.lower_ in _SEPARATORS or _of_as_well_as(token)


def _of_as_well_as(token: Token) -> bool:
    """A word of "as well as", which joins like "and"."""
    doc, i = token.doc, token.i
    firsts = {"as": (i, i - 2), "well": (i - 1,)}.get(token.lower_, ())
    return any(n >= 0 and doc[n : n + 3].text.lower() == "as well as" for n in firsts)
