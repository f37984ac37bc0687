"""The roles printed beside the names of a list: "actor and director", "the heads of"."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from undersigned.reading.lexicon import open_lexicon

if TYPE_CHECKING:
    from spacy.tokens import Span

_COURTESY: Final = frozenset(
    {"mr", "mr.", "mrs", "mrs.", "ms", "ms.", "dr", "dr.", "sir", "dame", "lord", "lady"}
)


def executives_in(words: Span) -> str | None:
    """The words for the heads of organizations ("the chief executives of", "top leaders from")."""
    nouns = open_lexicon("signing").words("executives")
    for token in words:
        if token.tag_ not in {"NNS", "NNPS"} and not token.lower_.endswith("s"):
            continue
        singular = token.lower_.removesuffix("s")
        if token.lemma_.lower() not in nouns and singular not in nouns:
            continue
        if token.i + 1 < token.doc.__len__() and token.nbor(1).lower_ in {"of", "from", "at"}:
            start = token.i
            while start > words.start and words.doc[start - 1].pos_ in {"ADJ", "NOUN"}:
                start -= 1
            return words.doc[start : token.i + 1].text
    return None


def is_role(words: Span) -> bool:
    """Whether words without a signer look like somebody's role: a noun phrase in lower case."""
    content = [t for t in words if t.is_alpha and t.pos_ not in {"DET", "ADP", "CCONJ"}]
    if not content or len(words) > 14 or words[0].tag_ in {"VBN", "VBG", "IN", "TO", "PRP"}:
        return False
    if any(t.pos_ == "PRON" and t.tag_ != "PRP$" for t in words):
        return False
    if content[0].lower_ in {
        "others",
        "other",
        "many",
        "more",
        "hundreds",
        "dozens",
        "also",
        "not",
    }:
        return False
    if any(t.like_num for t in words):
        return False
    if any(t.text[0].islower() and t.pos_ == "NOUN" for t in content):
        return True
    lexicon = open_lexicon("signing")
    offices = lexicon.words("offices") | lexicon.words("executives")
    return content[-1].lower_ in offices or any(t.text in offices for t in content)


def role_text(words: Span) -> str:
    """The role without articles, "fellow" and courtesy titles around it."""
    start, end = words.start, words.end
    doc = words.doc
    while start < end and (
        doc[start].pos_ in {"DET", "PUNCT"}
        or doc[start].lower_ in {"both", "fellow", "also", "besides", "with", "by"}
    ):
        start += 1
    while end > start and (doc[end - 1].is_punct or doc[end - 1].lower_ in _COURTESY):
        end -= 1
    return doc[start:end].text


def singular_role(words: Span) -> str:
    """A shared role as it holds for one: "actors" as "actor"."""
    text = role_text(words)
    plural = words[-1].text
    return text.removesuffix(plural) + (words[-1].lemma_ if words[-1].lemma_ else plural)
