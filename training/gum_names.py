"""Names of people, organizations and places in GUM, from its entity spans (`Entity=` in MISC).

GUM marks whole noun phrases ("the Polish prime minister, Ewa Lis"); a name is what stands around
the phrase's head without articles, titles and appositions, only where the head is a proper noun.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from undersigned.reading.name_words import is_people, is_title

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from conllu import ConlluToken, Sentence
    from documents import Names

_LABEL_OF_TYPE = {"person": "PER", "organization": "ORG", "place": "LOC"}
_BRACKET = re.compile(r"\(([^()]+)(\))?|([^()]+)\)")
_NAME_POS = {"PROPN", "NOUN", "ADJ", "NUM", "VERB", "X"}
_JOINTS = {"of", "for", "and", "&", "the", "on"}
_INSIDE_PERSONS = {"-", "–", "'", "’", "."}


def gum_names(sentences: Sequence[Sentence]) -> dict[str, Names]:
    """The names of one document's sentences, by sentence id, without overlaps."""
    spans = list(_entity_spans(sentences))
    names: dict[str, Names] = {}
    for number, sentence in enumerate(sentences):
        found = set()
        for at, first, last, kind in spans:
            if at == number and kind in _LABEL_OF_TYPE:
                label = _LABEL_OF_TYPE[kind]
                place = _name_in(sentence.tokens, first, last, label)
                if place:
                    found.add((*place, label))
        names[sentence.sentence_id] = _longest_first(found)
    return names


def _entity_spans(sentences: Sequence[Sentence]) -> Iterator[tuple[int, int, int, str]]:
    """Yields sentence, first and last token, and type of each span within one sentence."""
    opened: list[tuple[str, str, int, int]] = []
    for number, sentence in enumerate(sentences):
        for index, token in enumerate(sentence.tokens):
            value = re.search(r"(?:^|\|)Entity=([^|]*)", token.misc)
            for match in _BRACKET.finditer(value[1]) if value else ():
                if match[1]:
                    parts = match[1].split("-")
                    kind = parts[1] if len(parts) > 1 else ""
                    if match[2]:
                        yield number, index, index, kind
                    else:
                        opened.append((parts[0], kind, number, index))
                else:
                    ends = [o for o in opened if o[0] == match[3].split("-")[0]]
                    if ends:
                        opened.remove(ends[-1])
                        if ends[-1][2] == number:
                            yield number, ends[-1][3], index, ends[-1][1]


def _name_in(
    tokens: Sequence[ConlluToken], first: int, last: int, label: str
) -> tuple[int, int] | None:
    heads = [i for i in range(first, last + 1) if not first <= tokens[i].head - 1 <= last]
    if len(heads) != 1 or tokens[heads[0]].upos != "PROPN":
        return None
    head = heads[0]
    if label == "PER" and tokens[head].xpos == "NNPS":
        return None
    start, end = head, head + 1
    while start > first and _joins_left(tokens, start - 1, head, label):
        start -= 1
    while end <= last:
        step = _step_right(tokens, end, last, label)
        if not step:
            break
        end += step
    while start < end and (
        (label == "PER" and is_title(tokens[start].form)) or not tokens[start].form[:1].isalnum()
    ):
        start += 1
    if start >= end or not any(t.form[:1].isupper() for t in tokens[start:end]):
        return None
    if label == "PER" and end - start == 1 and is_people(tokens[start].form):
        return None
    return start, end


def _joins_left(tokens: Sequence[ConlluToken], index: int, head: int, label: str) -> bool:
    token = tokens[index]
    capital = token.form[:1].isupper() or (token.form[:1].isdigit() and label != "PER")
    if label == "PER":
        dashed = token.form in _INSIDE_PERSONS and not token.space_after
        return (
            dashed
            or (capital and token.upos == "PROPN" and token.relation.split(":")[0] not in {"conj"})
            or (token.upos == "PROPN" and token.relation == "flat")
        )
    if token.relation == "det" or token.upos not in _NAME_POS | {"PUNCT", "CCONJ", "ADP"}:
        return False
    if capital:
        return True
    joint = token.form.lower() in _JOINTS - {"the"} or token.form in {"-", "/"}
    before = tokens[index - 1] if index else None
    return joint and before is not None and before.form[:1].isupper() and before.head - 1 != head


def _step_right(tokens: Sequence[ConlluToken], index: int, last: int, label: str) -> int:
    """How many tokens from here still belong to the name: 0 at its end."""
    token = tokens[index]
    if (
        token.upos in {"PROPN", "NUM"}
        and token.relation.split(":")[0]
        in {
            "flat",
            "compound",
            "nummod",
            "dep",
            "goeswith",
            "nmod",
        }
        and (token.form[:1].isupper() or token.form[:1].isdigit() or token.relation == "flat")
    ):
        return 1
    glued = not tokens[index - 1].space_after and not token.space_after
    following = tokens[index + 1] if index < last else None
    if following is None:
        return 0
    if token.form in {"-", "–"} and glued and following.form[:1].isupper():
        return 2
    if label == "PER" or token.form.lower() not in {"of", "for"}:
        return 0
    if following.form.lower() == "the" and index + 2 <= last:
        return 3 if tokens[index + 2].upos == "PROPN" else 0
    return 2 if following.upos == "PROPN" else 0


def _longest_first(found: set[tuple[int, int, str]]) -> Names:
    taken: set[int] = set()
    names = []
    for start, end, label in sorted(found, key=lambda n: (n[0] - n[1], n)):
        if taken.isdisjoint(range(start, end)):
            taken.update(range(start, end))
            names.append((start, end, label))
    return sorted(names)
