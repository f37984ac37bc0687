"""Indirect and mixed speech: what a cue verb governs as a clause, an infinitive or an object.

`CONSTRUCTIONS` lists the constructions in the order in which they are tried; each is a small
function from a page and a cue to the tokens of the content. To add one, write it and list it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from undersigned.reading.speech.clause_ends import before_remark, clause_end, end_by_place
from undersigned.reading.speech.contents import content_of
from undersigned.reading.speech.cues import VERB_TAGS, CueClass, open_cue_lexicon
from undersigned.reading.speech.drafts import Draft
from undersigned.reading.speech.names_beside import is_time, name_after, name_before
from undersigned.reading.speech.objects_beside import before_afterthought, object_by_place
from undersigned.reading.speech.page import clause_of
from undersigned.reading.speech.parenthetical import clause_around, is_object, parenthetical
from undersigned.reading.speech.sources import (
    SUBJECTS,
    is_mere_attribute,
    is_passive,
    may_be_inverted,
    source_of,
    subject_of,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from spacy.tokens import Span, Token

    from undersigned.reading.speech.cues import Cue
    from undersigned.reading.speech.page import Page
    from undersigned.reading.speech.parenthetical import Pieces

_COMMAS = frozenset({",", "-", "–", "—", "--"})
_CLAUSE_STARTS = frozenset({"DET", "PRON", "PROPN", "NOUN", "ADJ", "NUM", "SCONJ"})
_SAYS = frozenset({CueClass.SAY, CueClass.TELL, CueClass.ADD})
_LONGEST_HEARER = 4
_SAYING = frozenset({"saying", "telling", "writing"})
_NAMED = frozenset({"DET", "PRON", "PROPN", "NOUN", "ADJ", "NUM", "PART"})
_FINITE_TAGS = frozenset({"VBD", "VBZ", "VBP"})
_NAME_REACH = 7
"""Tokens after "called" within which a quotation is what somebody is called."""


def read_cue(page: Page, cue: Cue) -> Draft | None:
    """What the first fitting construction makes of a cue."""
    by_place = object_by_place(page, cue)
    if by_place is not None:
        return by_place
    if is_mere_attribute(cue.verb) or _hands_on(cue.verb):
        return None
    for takes, rule, confidence, construction in CONSTRUCTIONS:
        found = construction(page, cue) if takes in cue.entry.takes else None
        pieces = tuple((start, before_remark(page, cue, end)) for start, end in found or ())
        content = tuple(span for bounds in pieces for span in content_of(page, cue, bounds))
        if content:
            return Draft(
                content=content,
                rule=rule,
                confidence=confidence,
                cue_class=cue.entry.cue_class,
                source=source_of(page, cue) or _source_by_place(page, cue),
                cue=cue.span,
                verb=cue.entry,
            )
    return None


def _source_by_place(page: Page, cue: Cue) -> Span | None:
    """The dam was “a crime,” said *a retired engineer*; *six in ten* say so: beside the cue."""
    if cue.start > 0 and page.is_quoted(page.doc[cue.start - 1]):
        return name_after(page, cue)
    finite = cue.verb.tag_ in _FINITE_TAGS and not is_passive(cue.verb)
    return name_before(page, cue) if finite else None


def _hands_on(verb: Token) -> bool:
    """Whether another verb of speech says it: denied *saying* so, quoted as *saying* so."""
    forms = open_cue_lexicon().by_form
    reach = verb.doc[verb.i + 1 : verb.sent.end]
    as_saying = any(t.lower_ == "as" and t.nbor(1).lower_ in _SAYING for t in reach[:-1])
    return as_saying or any(
        t.dep_ == "xcomp" and t.tag_ == "VBG" and t.lower_ in forms for t in verb.children
    )


def _clause_after(page: Page, cue: Cue) -> Pieces | None:
    """She said *that the vote was lost*; she wondered *whether it was*."""
    for child in cue.verb.children:
        if child.dep_ in {"ccomp", "csubj"} and child.i > cue.verb.i:
            start, end = clause_of(child, after=cue.end)
            if _is_of_another_cue(page, cue, start):
                continue
            return ((_clause_start(page, cue, start), clause_end(page, cue, end)),)
    return None


def _is_of_another_cue(page: Page, cue: Cue, start: int) -> bool:
    """He denied the theft *and said* that it rained: the clause belongs to the nearer cue."""
    between = page.cues_between(cue.end, start)
    nearer = next((c for c in between if page.doc[c.start - 1].lower_ == "and"), None)
    return nearer is not None and start - nearer.end <= 1 and not page.is_quoted(nearer.verb)


def _clause_start(page: Page, cue: Cue, start: int) -> int:
    """Where a clause really begins: at its "that", or at a subject that the parser left out."""
    skipped = page.doc[cue.end : start]
    that = next((t.i for t in skipped if t.lower_ == "that" and t.pos_ == "SCONJ"), None)
    if that is not None:
        return that
    hears = cue.entry.cue_class in {CueClass.TELL, CueClass.ASK}
    subject = any(t.dep_ in SUBJECTS and t.head.i > t.i for t in skipped)
    joined = page.doc[start].dep_ == "mark" or page.doc[start].lower_ == "that"
    named = not joined and all(t.pos_ in _NAMED and not is_time(t) for t in skipped)
    return cue.end if (subject or named) and not hears else start


def _that_clause(page: Page, cue: Cue) -> Pieces | None:
    """She said, without proof, *that …*: by the word alone, where the parser saw no clause."""
    _, end = page.sentence_bounds(cue.start)
    for token in page.doc[cue.end : end]:
        joins = token.pos_ == "SCONJ" or token.dep_ == "mark"
        if token.lower_ == "that" and _is_determiner(token):
            return None
        joins = joins or _is_after_adverbial(token, cue) or _is_after_hearer(token, cue)
        if token.lower_ == "that" and (joins or _opens_clause(token, cue, end)):
            return None if _is_owned_speech(page.doc[token.i - 1]) else ((token.i, end),)
        if token.pos_ in VERB_TAGS or page.is_quoted(token):
            return None
    return None


def _is_owned_speech(noun: Token) -> bool:
    """She repeated *her claim* that …: what was said is the noun's; no "on its website that"."""
    speech = noun.lower_.removesuffix("s") in open_cue_lexicon().nouns
    return speech and any(t.dep_ == "nmod:poss" for t in noun.children)


def _is_determiner(that: Token) -> bool:
    """They questioned *that decision*, …: a noun and then the end of a phrase follow."""
    after = that.doc[that.i + 1 : that.i + 3]
    closed = len(after) == 2 and after[0].tag_ == "NN" and after[1].text in {",", ".", ";"}
    return closed and that.pos_ != "SCONJ"


def _is_after_adverbial(that: Token, cue: Cue) -> bool:
    """She told the paper by phone *that* he left; he ruled in 2022 *that* …: no phone that he left.

    Who has said something has said it somewhere: that comes before a relative clause.
    """
    if cue.entry.cue_class not in _SAYS or that.i + 1 >= that.sent.end or that.i <= cue.end:
        return False
    before = that.nbor(-1)
    circumstance = before.dep_ in {"obl", "obl:unmarked", "advmod"} and before.head == cue.verb
    return circumstance and that.nbor(1).pos_ not in VERB_TAGS


def _is_after_hearer(that: Token, cue: Cue) -> bool:
    """She told the sailors *that* the fare would fall: no sailors that the fare would fall."""
    if cue.entry.cue_class is not CueClass.TELL or not 0 < that.i - cue.end <= _LONGEST_HEARER:
        return False
    hearer = that.doc[cue.end : that.i]
    following = that.doc[that.i + 1 : that.i + 2]
    named = all(t.pos_ in _NAMED for t in hearer)
    return named and any(t.pos_ in _CLAUSE_STARTS for t in following)


def _opens_clause(that: Token, cue: Cue, end: int) -> bool:
    """He expected *that* one of them would come: right after the verb, with another one to come."""
    return that.i == cue.end and any(t.pos_ in VERB_TAGS for t in that.doc[that.i : end])


def _clause_as_parataxis(page: Page, cue: Cue) -> Pieces | None:
    """Roe says *vote was lost*: the parser takes a bare clause for a neighbour."""
    for child in cue.verb.children:
        if child.dep_ in {"parataxis", "advcl"} and child.left_edge.i in {cue.end, cue.end + 1}:
            has_subject = subject_of(child) is not None
            if has_subject and page.doc[cue.end].text not in {",", ";"}:
                return (clause_of(child, after=cue.end),)
    return None


def _rest_of_sentence(page: Page, cue: Cue) -> Pieces | None:
    """Aides say *the move was natural*: by place, where the parser tied the clause elsewhere."""
    _, end = page.sentence_bounds(cue.start)
    rest = page.doc[cue.end : end]
    subject = next((t for t in rest if t.dep_ in SUBJECTS and t.head.i > t.i), None)
    has_clause = subject is not None and _is_unbroken(page, cue.end, subject.i)
    starts_well = len(rest) > 0 and (rest[0].pos_ in _CLAUSE_STARTS)
    inverted = may_be_inverted(cue.verb) and not cue.verb.lower_.endswith("ing")
    if not (has_clause and starts_well) or inverted:
        return None
    return ((cue.end, end),)


def _is_unbroken(page: Page, start: int, end: int) -> bool:
    """Whether nothing stands between two places that ends a clause or opens another."""
    return not any(t.text in _COMMAS or t.pos_ in VERB_TAGS for t in page.doc[start:end])


def _whether_clause(page: Page, cue: Cue) -> Pieces | None:
    """She asked the students *if they were tired*."""
    for child in cue.verb.children:
        if child.dep_ == "advcl" and child.i > cue.verb.i:
            mark = next((t for t in child.children if t.dep_ == "mark"), None)
            if mark is not None and mark.lower_ in {"if", "whether"}:
                return (clause_of(child, after=cue.end),)
    return None


def _infinitive(page: Page, cue: Cue) -> Pieces | None:
    """They urged Congress *to act*; he wants *to leave*; she asked *the court to stop it*."""
    for child in cue.verb.children:
        has_to = any(t.lower_ == "to" and t.i < child.i for t in child.children)
        if has_to and child.dep_ in {"xcomp", "ccomp", "advcl"} and child.i > cue.verb.i:
            return ((cue.end, clause_end(page, cue, clause_of(child)[1])),)
    return None


def _infinitive_by_place(page: Page, cue: Cue) -> Pieces | None:
    """She promised *to “be a voice for the valley”*: by the word alone, right after the verb."""
    if page.doc[min(cue.end, len(page.doc) - 1)].lower_ != "to" or is_passive(cue.verb):
        return None
    first, last = cue.end, page.sentence_bounds(cue.start)[1]
    following = page.doc[first + 1 : first + 3]
    if not any(t.tag_ == "VB" for t in following):
        return None
    return ((first, clause_end(page, cue, min(last, cue.verb.right_edge.i + 1))),)


def _gerund(page: Page, cue: Cue) -> Pieces | None:
    """The panel proposed *closing the plant*."""
    for child in cue.verb.children:
        if (
            child.dep_ in {"xcomp", "ccomp"}
            and child.lower_.endswith("ing")
            and child.i > cue.verb.i
        ):
            return ((cue.end, clause_of(child)[1]),)
    return None


def _named_as(page: Page, cue: Cue) -> Pieces | None:
    """She called *the bill a disgrace*; he was described by X as *tall*."""
    verb = cue.verb
    after = [
        c for c in verb.children if c.i > verb.i and (is_object(c) or c.dep_ in {"ccomp", "nmod"})
    ]
    if is_passive(verb):
        after = [c for c in after if not any(t.lower_ == "by" for t in c.children)]
    if not after or _names_itself(after[0]):
        return None
    start = min(c.left_edge.i for c in after)
    end = clause_end(page, cue, max(clause_of(c)[1] for c in after))
    return ((max(start, cue.end), before_afterthought(page, max(start, cue.end), end)),)


def _names_itself(noun: Token) -> bool:
    """As in "They call themselves *Parents for Peace*": a name, no opinion."""
    following = noun.nbor(1) if noun.i + 1 < len(noun.doc) else None
    reflexive = noun.lower_.endswith(("self", "selves"))
    return reflexive and following is not None and following.pos_ == "PROPN"


def _quotation_after(page: Page, cue: Cue) -> Pieces | None:
    """She welcomed *“the end of a long wait”*; he called Roe *“the voice”*."""
    reach = page.doc[cue.end : cue.end + _NAME_REACH]
    place = next((t.i for t in reach if page.is_quoted(t)), None)
    if place is None or is_passive(cue.verb):
        return None
    between = page.doc[cue.end : place]
    quotation = page.quotation_at(page.doc[place])
    assert quotation is not None
    named = cue.entry.cue_class is CueClass.CALL and all(t.pos_ in _NAMED for t in between)
    if len(between) > 0 and not named:
        return None
    return ((cue.end, quotation.pieces[0].end),) if quotation.word_count > 2 else None


def _object(page: Page, cue: Cue) -> Pieces | None:
    """They demanded *an end to the trade*; he slammed *the plan as a giveaway*."""
    verb = cue.verb
    after = [c for c in verb.children if c.i > verb.i and is_object(c)]
    direct = any(c.dep_ != "obl" for c in after)
    if not after or is_passive(verb) or not (direct or cue.entry.particles):
        return None
    object_end = max(clause_of(c)[1] for c in after)
    if _may_take_clause(cue) and _verb_follows(page, object_end):
        return ((cue.end, end_by_place(page, cue, object_end)),)
    end = clause_end(page, cue, object_end)
    return ((cue.end, before_afterthought(page, cue.end, end)),)


def _may_take_clause(cue: Cue) -> bool:
    """Whether a verb may have a clause where the parser saw an object, and is no attribute.

    Near miss: drivers *reporting* the crash were late.
    """
    verb = cue.verb
    bare = verb.lower_.endswith("ing") and not any(t.dep_ == "aux" for t in verb.children)
    attribute = bare and verb.i > 0 and verb.nbor(-1).pos_ in {"NOUN", "PROPN"}
    takes_clause = "clause" in cue.entry.takes and cue.entry.cue_class.is_speech
    return takes_clause and not attribute and not verb.dep_.startswith("acl")


def _verb_follows(page: Page, place: int) -> bool:
    """Whether a finite verb makes a clause of an object: while she admitted *the tax* hurt."""
    while place < len(page.doc) and page.doc[place].pos_ == "ADV":
        place += 1
    found = page.doc[place : place + 1]
    return any(t.tag_ in _FINITE_TAGS | {"MD"} and not page.is_quoted(t) for t in found)


def _passive_subject(page: Page, cue: Cue) -> Pieces | None:
    """*The law* was condemned by the bishops."""
    if not is_passive(cue.verb):
        return None
    subject = subject_of(cue.verb)
    if subject is None:
        return None
    return ((subject.left_edge.i, subject.right_edge.i + 1),)


CONSTRUCTIONS: list[tuple[str, str, float, Callable[[Page, Cue], Pieces | None]]] = [
    ("quote", "parenthetical-cue", 0.9, parenthetical),
    ("as", "cue-names-as", 0.85, _named_as),
    ("clause", "cue-clause", 0.9, _clause_after),
    ("clause", "cue-that-clause", 0.75, _that_clause),
    ("clause", "cue-whether-clause", 0.8, _whether_clause),
    ("infinitive", "cue-infinitive", 0.8, _infinitive),
    ("infinitive", "cue-infinitive-by-place", 0.65, _infinitive_by_place),
    ("gerund", "cue-gerund", 0.75, _gerund),
    ("parenthesis", "clause-cue", 0.85, clause_around),
    ("bare-clause", "cue-bare-clause", 0.7, _clause_as_parataxis),
    ("bare-clause", "cue-rest-of-sentence", 0.6, _rest_of_sentence),
    ("object", "cue-object", 0.75, _object),
    ("quote", "cue-quotation-by-place", 0.7, _quotation_after),
    ("object", "object-passive-cue", 0.7, _passive_subject),
]
