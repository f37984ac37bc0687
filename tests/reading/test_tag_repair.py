"""Repairs of parses, on parses that are written down here, so that no network decides."""

from __future__ import annotations

import pytest
from spacy.lang.en import English
from spacy.tokens import Doc, Token

from undersigned.reading.parse_repair import repair_parse
from undersigned.reading.tag_repair import repair_tags

WRONG = {
    "a verb tagged as an adjective": (
        "The/DT/DET/det/2 queen/NN/NOUN/nsubj/3 upbraided/JJ/ADJ/ROOT/3 the/DT/DET/det/5 "
        "minister/NN/NOUN/obj/3 ././PUNCT/punct/3",
        {"upbraided": "VBD/VERB/ROOT/upbraided"},
    ),
    "a noun with a number stays one, whatever hangs on it": (
        "Few/JJ/ADJ/nsubj/3 1,800/CD/NUM/nummod/3 signatures/NNS/NOUN/ROOT/3 fake/NN/NOUN/obj/3",
        {"signatures": "NNS/NOUN/ROOT/signatures"},
    ),
    "an infinitive with a subject of its own": (
        "Mayors/NNS/NOUN/nsubj/2 ask/VB/VERB/ROOT/2 her/PRP/PRON/obj/2",
        {"ask": "VBP/VERB/ROOT/ask"},
    ),
    "a noun for a verb, with an infinitive": (
        "Ada/NNP/PROPN/compound/3 Lind/NNP/PROPN/flat/1 plans/NNS/NOUN/ROOT/3 to/TO/PART/mark/5 "
        "close/VB/VERB/acl/3 it/PRP/PRON/obj/5 ././PUNCT/punct/3",
        {
            "plans": "VBZ/VERB/ROOT/plans",
            "Ada": "NNP/PROPN/nsubj/plans",
            "close": "VB/VERB/xcomp/plans",
        },
    ),
    "a noun for a verb, with an object": (
        "In/IN/ADP/case/2 letters/NNS/NOUN/obl/5 ,/,/PUNCT/punct/2 engineers/NNS/NOUN/appos/2 "
        "accuse/NN/NOUN/ROOT/5 Acme/NNP/PROPN/obj/5 ././PUNCT/punct/5",
        {"accuse": "VBP/VERB/ROOT/accuse", "engineers": "NNS/NOUN/nsubj/accuse"},
    ),
    "the verb of a headline": (
        "Letter/NN/NOUN/ROOT/1 signed/VBN/VERB/acl/1 by/IN/ADP/case/5 Lind/NNP/PROPN/compound/5 "
        "calls/NNS/NOUN/obl:agent/2 for/IN/ADP/case/7 ban/NN/NOUN/nmod/5",
        {"calls": "VBZ/VERB/ROOT/calls", "Lind": "NNP/PROPN/obl:agent/signed"}
        | {"by": "IN/ADP/case/Lind", "Letter": "NN/NOUN/nsubj/calls"},
    ),
    "an adjective with an auxiliary and a subject": (
        "Many/JJ/ADJ/nsubj/3 have/VBP/AUX/aux/3 criticized/VBN/VERB/amod/4 "
        "Lind/NNP/PROPN/ROOT/4 ././PUNCT/punct/4",
        {"criticized": "VBN/VERB/ROOT/criticized", "Lind": "NNP/PROPN/obj/criticized"},
    ),
    "an adjective of judging before a name": (
        "Lind/NNP/PROPN/nsubj/5 later/RB/ADV/advmod/3 slammed/VBN/VERB/amod/4 "
        "Roe/NNP/PROPN/obj/1 writing/VBG/VERB/ROOT/5 more/JJR/ADJ/obj/5",
        {"slammed": "VBD/VERB/ROOT/slammed", "Roe": "NNP/PROPN/obj/slammed"}
        | {"Lind": "NNP/PROPN/nsubj/slammed", "writing": "VBG/VERB/advcl/slammed"},
    ),
    "an aside as the subject": (
        "Nurses/NNS/NOUN/obl/7 ,/,/PUNCT/punct/4 among/IN/ADP/case/4 them/PRP/PRON/nmod/5 "
        "Lind/NNP/PROPN/nsubj/7 ,/,/PUNCT/punct/5 sued/VBD/VERB/ROOT/7 Acme/NNP/PROPN/obj/7",
        {"Nurses": "NNS/NOUN/nsubj/sued", "Lind": "NNP/PROPN/appos/Nurses"},
    ),
    "a day as part of a name": (
        "On/IN/ADP/mark/4 Monday/NNP/PROPN/compound/3 Roe/NNP/PROPN/nsubj/4 left/VBD/VERB/ROOT/4",
        {"On": "IN/ADP/case/Monday", "Monday": "NNP/PROPN/obl/left"},
    ),
    "a second object as a clause": (
        "Lind/NNP/PROPN/nsubj/2 told/VBD/VERB/ROOT/2 Roe/NNP/PROPN/iobj/2 the/DT/DET/det/5 "
        "story/NN/NOUN/ccomp/2",
        {"story": "NN/NOUN/obj/told"},
    ),
    "an article as a subject": (
        "The/DT/DET/nsubj/4 young/JJ/ADJ/amod/4 editor/NN/NOUN/dep/4 said/VBD/VERB/ROOT/4",
        {"editor": "NN/NOUN/nsubj/said", "The": "DT/DET/det/editor"},
    ),
    "a day as a subject": (
        "Lind/NNP/PROPN/nsubj/2 earlier/RBR/ADV/advmod/4 Monday/NNP/PROPN/nsubj/4 "
        "said/VBD/VERB/ROOT/4 so/RB/ADV/advmod/4",
        {"Lind": "NNP/PROPN/nsubj/said", "Monday": "NNP/PROPN/obl:unmarked/said"},
    ),
    "a noun tagged as a verb in front of its verb": (
        "Lind/NNP/PROPN/nsubj/2 aides/VBZ/VERB/nsubj/3 agreed/VBD/VERB/ROOT/3",
        {"aides": "NNS/NOUN/nsubj/agreed", "Lind": "NNP/PROPN/compound/aides"},
    ),
    "a subject behind a preposition": (
        "She/PRP/PRON/nsubj/2 left/VBD/VERB/ROOT/2 and/CC/CCONJ/cc/7 in/IN/ADP/case/6 "
        "an/DT/DET/det/6 interview/NN/NOUN/nsubj/7 cried/VBD/VERB/conj/2",
        {"interview": "NN/NOUN/obl/cried"},
    ),
    "a second subject behind a preposition": (
        "A/DT/DET/det/2 spokesman/NN/NOUN/nsubj/5 for/IN/ADP/mark/5 Acme/NNP/PROPN/nsubj/5 "
        "declined/VBD/VERB/ROOT/5",
        {"Acme": "NNP/PROPN/nmod/spokesman", "for": "IN/ADP/case/Acme"},
    ),
    "a speaker taken for another name of the subject": (
        "Dams/NNS/NOUN/nsubj/4 ,/,/PUNCT/punct/3 Lind/NNP/PROPN/appos/1 said/VBD/VERB/ROOT/4 "
        ",/,/PUNCT/punct/4 would/MD/AUX/aux/7 leak/VB/VERB/ccomp/4",
        {"Lind": "NNP/PROPN/nsubj/said", "Dams": "NNS/NOUN/nsubj/leak"},
    ),
    "a judging verb in the clause of a thing": (
        "She/PRP/PRON/nsubj/2 said/VBD/VERB/ROOT/2 ships/NNS/NOUN/nsubj/5 were/VBD/AUX/cop/5 "
        "old/JJ/ADJ/ccomp/2 and/CC/CCONJ/cc/7 praised/VBN/VERB/conj/5 him/PRP/PRON/obj/7",
        {"praised": "VBD/VERB/conj/said"},
    ),
    "an infinitive of the object": (
        "They/PRP/PRON/nsubj/2 expect/VBP/VERB/ROOT/2 banks/NNS/NOUN/obj/2 to/TO/PART/mark/5 "
        "fail/VB/VERB/acl/3",
        {"fail": "VB/VERB/xcomp/expect"},
    ),
    "a company tagged as a verb": (
        "They/PRP/PRON/nsubj/2 wrote/VBD/VERB/ROOT/2 to/IN/ADP/case/4 OpenAI/VB/VERB/obl/2",
        {"OpenAI": "NNP/PROPN/obl/wrote"},
    ),
    "the verb behind an apposition": (
        "Lind/NNP/PROPN/ROOT/1 ,/,/PUNCT/punct/4 a/DT/DET/det/4 baker/NN/NOUN/appos/1 "
        ",/,/PUNCT/punct/6 called/VBN/VERB/acl/4 on/IN/ADP/case/8 Roe/NNP/PROPN/obl/6 "
        "././PUNCT/punct/1",
        {"called": "VBD/VERB/ROOT/called", "Lind": "NNP/PROPN/nsubj/called"},
    ),
    "a participle behind a comma in a fragment stays one": (
        "Lind/NNP/PROPN/ROOT/1 ,/,/PUNCT/punct/3 praised/VBN/VERB/acl/1 by/IN/ADP/case/5 "
        "Roe/NNP/PROPN/obl:agent/3 ././PUNCT/punct/1",
        {"praised": "VBN/VERB/acl/Lind", "Lind": "NNP/PROPN/ROOT/Lind"},
    ),
}


def parsed(written: str) -> Doc:
    """A text of word/tag/part-of-speech/relation/number-of-the-head, words parted by spaces."""
    rows = [item.rsplit("/", 4) for item in written.split()]
    words, tags, pos, deps, heads = zip(*rows, strict=True)
    return Doc(
        English().vocab,
        words=list(words),
        lemmas=[word.lower() for word in words],
        tags=list(tags),
        pos=list(pos),
        deps=list(deps),
        heads=[int(head) - 1 for head in heads],
    )


def written(token: Token) -> str:
    return f"{token.tag_}/{token.pos_}/{token.dep_}/{token.head.text}"


@pytest.mark.parametrize("name", WRONG)
def test_what_cannot_be_is_put_right(name: str) -> None:
    words, expected = WRONG[name]
    doc = parsed(words)
    repair_tags(doc)
    repair_parse(doc)
    found = {token.text: written(token) for token in doc}
    assert {word: found[word] for word in expected} == expected


def test_a_sound_parse_is_left_alone() -> None:
    doc = parsed(
        "Ada/NNP/PROPN/nsubj/3 Lind/NNP/PROPN/flat/1 said/VBD/VERB/ROOT/3 that/IN/SCONJ/mark/6 "
        "ferries/NNS/NOUN/nsubj/6 sank/VBD/VERB/ccomp/3 ././PUNCT/punct/3"
    )
    before = [written(token) for token in doc]
    repair_tags(doc)
    repair_parse(doc)
    assert [written(token) for token in doc] == before
