"""Repairs tags and subjects that the rest of the parse contradicts.

Tags, parts of speech and relations come from three readers of the same network, each of which errs
by itself: "The queen *upbraided* the minister" as an adjective with a subject and an object. Where
two of them agree on what the third denies, it is put right; and what no English sentence has is
undone: an article or a day as the one who speaks.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from undersigned.reading.lexicon import open_lexicon
from undersigned.reading.speech.cues import CueClass, open_cue_lexicon

if TYPE_CHECKING:
    from collections.abc import Iterable

    from spacy.tokens import Doc, Token

_SOUND: Final = frozenset(
    {"case", "cc", "flat", "nummod", "advmod", "aux", "cop", "nmod:poss", "compound", "fixed"}
)
"""Relations that are asked for nothing: half of all words."""
_VERBS: Final = frozenset({"VERB", "AUX"})
_PARTICIPLE: Final = ("VBG", "advcl")
_NOUNS: Final = frozenset({"NOUN", "PROPN"})
_NO_VERBS: Final = frozenset({"NN", "NNS", "NNP", "NNPS", "JJ", "IN"})
_OF_VERBS: Final = frozenset({"obj", "iobj", "ccomp"})
_SUBORDINATES: Final = frozenset({"aux", "aux:pass", "mark", "cop"})
_OF_NOUNS: Final = frozenset({"obl", "nmod", "obj", "nsubj", "appos", "obl:agent"})
_TAKE_INFINITIVE: Final = frozenset(
    {"advise", "allow", "ask", "beg", "expect", "force", "implore", "instruct", "invite", "order"}
    | {"permit", "persuade", "press", "require", "tell", "urge", "want", "warn"}
)
"""Verbs whose object is the one who is to act."""
_COUNTS_AS_VERB: Final = frozenset({"VBD", "VBZ", "VBP", "VBN", "MD"})
_OF_NO_SUBJECT: Final = frozenset({"in", "at", "on", "during", "after", "before", "with", "by"})
_OF_NOUN_PHRASES: Final = frozenset({"det", "nummod", "nmod:poss", "case"})
_MODIFIERS: Final = frozenset({"det", "amod", "compound", "nmod:poss", "nummod", "nsubj", "cop"})
_FINITE: Final = frozenset({"VBD", "VBZ", "VBP", "MD"})


def repair_tags(doc: Doc) -> None:
    """Puts right what the parse of a text contradicts, in place."""
    for token in doc:
        relation = token.dep_
        if relation in _SOUND:
            continue
        if relation == "nsubj":
            _repair_around_subject(token)
        elif relation in {"det", "mark"} and token.lower_ == "that":
            token.tag_, token.pos_ = ("DT", "DET") if relation == "det" else ("IN", "SCONJ")
        elif relation == "punct" and token.text == "," and token.head.dep_ == "nsubj":
            _move_comma(token)
        else:
            _repair_word(token, relation)


def _repair_around_subject(subject: Token) -> None:
    _repair_verb(subject.head)
    _repair_subject(subject)
    part_day_before(subject)
    if subject.lower_ == "the":
        _pass_on_subject(subject)
    elif subject.tag_ == "NNP" and subject.text in _days():
        _free_from_day(subject)
    else:
        _part_at_cue(subject)


def _repair_word(token: Token, relation: str) -> None:
    tag = token.tag_
    if relation == "nmod:desc" and token.pos_ == "ADJ":
        token.tag_, token.pos_ = "NN", "NOUN"
    elif relation in _OF_NOUNS and token.pos_ in _VERBS:
        _repair_name(token)
    elif token.pos_ not in _VERBS and (tag in {"VBZ", "VBD"} or (tag, relation) == _PARTICIPLE):
        token.pos_ = "VERB"
    elif relation == "ccomp" and token.pos_ == "NOUN" and _is_second_object(token):
        token.dep_ = "obj"
    elif tag == "NNP" and token.text.islower() and token.text.endswith("ing"):
        token.tag_, token.pos_ = "VBG", "VERB"
    elif tag in {"NN", "NNS"} and relation in {"ROOT", "ccomp"}:
        _repair_noun_for_verb(token)
    elif tag == "NNS" and relation == "obl:agent":
        _repair_headline_verb(token)
    elif tag == "VB" and relation == "acl":
        _repair_infinitive(token)
    elif tag in {"VBD", "VBN"} and relation == "conj":
        _free_from_clause(token)


def _is_second_object(noun: Token) -> bool:
    """As in "told the sailors the whole *story*": no clause, without subject and verb."""
    clause = {"nsubj", "nsubj:pass", "cop", "mark", "aux"}
    hearer = any(token.dep_ == "iobj" for token in noun.head.children)
    return hearer and not any(token.dep_ in clause for token in noun.children)


def _free_from_clause(verb: Token) -> None:
    """Gives "praised" of "Lee said that the ship was old and praised him" to Lee: ships don't."""
    clause = verb.head
    said = clause.head
    below = {child.dep_: child for child in clause.children}
    subject = below.get("nsubj")
    copular = clause.dep_ == "ccomp" and said.tag_ == "VBD" and "cop" in below
    if not copular or subject is None or subject.pos_ != "NOUN":
        return
    judges = any(
        e.cue_class is CueClass.JUDGE for e in open_cue_lexicon().by_form.get(verb.lower_, ())
    )
    if judges and not any(t.dep_.startswith("nsubj") for t in verb.children):
        verb.head, verb.tag_ = said, "VBD"


def _repair_name(name: Token) -> None:
    """Gives a capitalised word in the place of a noun, but tagged as a verb, the tag of a name."""
    inside = not name.is_sent_start and name.text[:1].isupper()
    if inside and name.tag_ in {"VB", "VBP", "VBN", "VBG"}:
        name.tag_, name.pos_ = "NNP", "PROPN"


def _repair_infinitive(verb: Token) -> None:
    """Frees "to fail" of "expect the bank to fail" from the bank: the object is to do it."""
    head = verb.head
    if head.dep_ in {"obj", "iobj"} and head.head.lemma_ in _TAKE_INFINITIVE and verb.i > head.i:
        verb.head, verb.dep_ = head.head, "xcomp"


def _repair_subject(subject: Token) -> None:
    """Gives up a subject that is a verb with one of its own, or stands behind a preposition."""
    below = {child.dep_: child for child in subject.children}
    own, case = below.get("nsubj"), below.get("case")
    if subject.tag_ == "VBZ" and own is not None and own.right_edge.i == subject.i - 1:
        subject.tag_, subject.pos_, own.dep_ = "NNS", "NOUN", "compound"  # "Lee aides said"
    elif case is not None and case.lower_ in _OF_NO_SUBJECT and case.i < subject.i < subject.head.i:
        subject.dep_ = "obl"  # "and in an interview said"
    before = subject.left_edge.nbor(-1) if subject.left_edge.i > subject.sent.start else None
    if before is not None and before.dep_ == "mark" and before.head == subject.head:
        first = before.nbor(-1) if before.i > subject.sent.start else before
        if first.dep_ == "nsubj" and first.head == subject.head and first.i < subject.head.i:
            before.head, before.dep_ = subject, "case"  # "A spokesman for Acme declined"
            subject.head, subject.dep_ = first, "nmod"


def _move_comma(comma: Token) -> None:
    """Gives a comma in front of a subject to its verb: "In a letter, *the mayors* said"."""
    subject = comma.head
    if comma.i == subject.left_edge.i:
        comma.head = subject.head


def _repair_headline_verb(noun: Token) -> None:
    """Makes "calls" the verb of "Open letter signed by Ada Lind calls for ban"."""
    name, root = _touching_compound(noun), noun.sent.root
    if name is None or noun.lower_ not in open_cue_lexicon().by_form or _has_finite(noun.sent):
        return
    name.head, name.dep_ = noun.head, noun.dep_
    for token in list(noun.children):
        if token.i < name.i:
            token.head = name
    noun.head, noun.dep_, noun.tag_, noun.pos_ = noun, "ROOT", "VBZ", "VERB"
    root.head, root.dep_ = noun, "nsubj"


def _repair_verb(verb: Token) -> None:
    """Gives a word with a subject and an object the tag of a finite verb."""
    below = {child.dep_ for child in verb.children}
    if verb.tag_ == "VB":
        if not below & _SUBORDINATES and verb.dep_ == "ROOT":
            verb.tag_ = "VBP"
    elif verb.tag_ in _NO_VERBS and below & _OF_VERBS and "cop" not in below:
        if below & _OF_NOUN_PHRASES or not verb.text.isalpha() or not verb.text.islower():
            return
        verb.tag_ = _finite_tag(verb.lower_)
        verb.pos_ = "VERB"
    elif verb.tag_ in _COUNTS_AS_VERB and verb.pos_ not in _VERBS:
        verb.pos_ = "VERB"


def _finite_tag(form: str) -> str:
    if form.endswith("ed"):
        return "VBD"
    return "VBZ" if form.endswith("s") and not form.endswith("ss") else "VBP"


def _pass_on_subject(article: Token) -> None:
    """Makes "43-year-old" the subject of "the 43-year-old said", instead of the article."""
    verb = article.head
    between = [t for t in article.doc[article.i + 1 : verb.i] if t.head == verb]
    noun = next((t for t in reversed(between) if t.pos_ in {"ADJ", "NOUN", "NUM"}), None)
    if noun is None:
        return
    noun.head, noun.dep_ = verb, "nsubj"
    article.head, article.dep_ = noun, "det"
    for token in between:
        if token.i < noun.i:
            token.head = noun


def _free_from_day(day: Token) -> None:
    """Gives "Lee earlier Thursday said" its subject back: "Lee", not the day."""
    verb = day.head
    before = day.doc[day.sent.start : day.i]
    subjects = [t for t in before if t.dep_ == "nsubj" and t.pos_ in _NOUNS]
    if day.i > verb.i or not subjects or any(t.pos_ in _VERBS for t in before):
        return
    subject = subjects[-1]
    day.dep_ = "obl:unmarked"
    subject.head = verb


def part_day_before(subject: Token) -> None:
    """Gives "On Monday Roe left" its day back, which passed for a part of the name."""
    if subject.i < 2 or subject.nbor(-1).text not in _days():
        return
    day, opening = subject.nbor(-1), subject.nbor(-2)
    if day.dep_ == "compound" and day.head == subject and opening.pos_ in {"ADP", "SCONJ"}:
        day.head, day.dep_ = subject.head, "obl"
        opening.head, opening.dep_, opening.pos_ = day, "case", "ADP"


def _part_at_cue(subject: Token) -> None:
    """Parts "The dam, Ada Lind said, would leak", where Lind passed for a name of the dam."""
    cue, doc = subject.head, subject.doc
    speaker = next((t for t in subject.children if t.dep_ == "appos" and t.i < cue.i), None)
    if speaker is None or cue.i + 1 >= len(doc) or doc[cue.i + 1].text != ",":
        return
    before = doc[subject.i + 1 : speaker.i]
    said = next((t for t in cue.children if t.dep_ == "ccomp" and t.i > cue.i), None)
    parted = speaker.right_edge.i == cue.i - 1 and any(t.text == "," for t in before)
    if said is None or not parted or any(t.dep_.startswith("nsubj") for t in said.children):
        return
    speaker.dep_, speaker.head = "nsubj", cue
    subject.head = said


def _repair_noun_for_verb(noun: Token) -> None:
    """Makes "plans" the verb of "Roe plans to close the line": no other verb there is finite."""
    if any(t.dep_ == "obj" and t.i > noun.i for t in noun.children):
        _repair_noun_with_object(noun)
        return
    doc, subject = noun.doc, _touching_compound(noun)
    infinitive = next((t for t in noun.children if t.dep_ == "acl" and t.tag_ == "VB"), None)
    if subject is None or infinitive is None or _has_finite(noun.subtree):
        return
    noun.tag_, noun.pos_ = "VBZ", "VERB"
    for token in list(noun.children):
        if token.i < noun.i and token != subject and token.dep_ not in {"punct", "cc", "advmod"}:
            token.head = subject
    subject.dep_ = "nsubj"
    infinitive.dep_ = "xcomp"
    if subject.tag_ == "NN" and doc[subject.i].pos_ not in _NOUNS:
        subject.pos_ = "NOUN"


def _repair_noun_with_object(noun: Token) -> None:
    """Makes "accuse" the verb of "In a letter, engineers accuse Acme of lies"."""
    modified = any(t.dep_ in _MODIFIERS for t in noun.children)
    before = noun.nbor(-1) if noun.i > noun.sent.start else None
    if modified or before is None or before.pos_ not in _NOUNS or not noun.text.islower():
        return
    if _has_finite(noun.subtree):
        return
    noun.tag_, noun.pos_ = _finite_tag(noun.lower_), "VERB"
    before.head, before.dep_ = noun, "nsubj"


def _touching_compound(noun: Token) -> Token | None:
    """The singular noun or name that stands right before, as if it modified the noun."""
    compounds = [t for t in noun.children if t.dep_ == "compound" and t.pos_ in _NOUNS]
    if not compounds:
        return None
    last = compounds[-1]
    end = max(t.i for t in last.subtree)
    return last if end == noun.i - 1 and last.tag_ in {"NN", "NNP"} else None


def _has_finite(tokens: Iterable[Token]) -> bool:
    return any(token.tag_ in _FINITE for token in tokens)


def _days() -> frozenset[str]:
    return open_lexicon("no_names").words("calendar")
