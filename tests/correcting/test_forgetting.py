"""A person forgotten: no trace of the name, no way back, and nobody else is harmed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Triple

from correcting.storing import NAMES, QUOTES, dump, put
from correcting.test_removing import several
from making import Said, article
from undersigned import claims as c
from undersigned import terms as t
from undersigned.assembly.judgements import Judgement, Verdict, judgement_triples
from undersigned.checking.dataset_check import check_dataset
from undersigned.correcting.forgetting import forget
from undersigned.correcting.people import PersonNames, find_people, names_of
from undersigned.correcting.residue import find_residue
from undersigned.errors import EntityAmbiguous, EntityNotFound
from undersigned.listing.claiming import read_listing
from undersigned.listing.entries import Cell, Entry, Field, Listing
from undersigned.names import fold_name
from undersigned.project import find_project
from undersigned.source import Block, BlockKind, Source
from undersigned.store.base import select
from undersigned.store.embedded import memory_store
from undersigned.why import why

if TYPE_CHECKING:
    from undersigned.claims import Reading
    from undersigned.correcting.rewriting import WithheldReport
    from undersigned.store.embedded import EmbeddedWriter

QUILL = PersonNames(frozenset({"Ada Quill"}))


def forget_named(store: EmbeddedWriter, name: str) -> WithheldReport:
    people = find_people(store, name, namesakes=False)
    return forget(store, names_of(store, people, ()))


def traces(store: EmbeddedWriter, *words: str) -> list[str]:
    """Every statement of the dataset that holds one of these folded words."""
    said = (f"{q.subject} {q.object} {q.graph_name}".replace("/", " ") for q in store.quads())
    lines = (f" {fold_name(line)} " for line in said)
    return [line for line in lines if any(f" {word} " in line for word in words)]


def names(store: EmbeddedWriter) -> set[str]:
    rows = select(store, f"SELECT ?n {{ ?p a {t.PERSON} ; {t.NAME} ?n }}")
    return {row["n"].value for row in rows}


def checked(store: EmbeddedWriter) -> list[str]:
    return [str(finding) for finding in check_dataset(store, find_project()).findings]


def test_signatures_roles_and_statements_go_and_the_others_stay() -> None:
    store = memory_store()
    said = Said(
        signers=("Ada Quill", "Ben Stage"),
        quotes_of={"Ada Quill": QUOTES[2], "Ben Stage": QUOTES[1]},
        roles={"Ada Quill": "novelist", "Ben Stage": "actor"},
        addressee="Office of Books",
    )
    put(store, article("a", said), article("b", said))
    report = forget_named(store, "Ada Quill")
    assert traces(store, "ada quill", "quill") == []
    assert names(store) == {"Ben Stage"}
    assert (report.sources, report.people, report.claims) == (2, 2, 6)
    assert checked(store) == []


def test_a_source_whose_address_and_title_name_the_person_keeps_what_others_said() -> None:
    store = memory_store()
    said = Said(signers=("Ada Quill", "Ben Stage"), addressee="Office of Books")
    reading = article(
        "daily-example-2025-novelist-ada-quill-signs",
        said,
        title="Ada Quill signs",
        url="https://daily.example/2025/novelist-ada-quill-signs.html",
        authors=("Ada Quill", "Ann Reporter"),
    )
    put(store, reading)
    report = forget_named(store, "Ada Quill")
    assert traces(store, "ada quill", "quill") == []
    assert names(store) == {"Ben Stage"}
    assert report.renamed == 1
    authors = select(store, f"SELECT ?a {{ ?s {t.DCTERMS_CREATOR} ?a }}")
    assert [row["a"].value for row in authors] == ["Ann Reporter"]
    before = set(store.quads())
    put(store, reading)
    assert set(store.quads()) == before


def list_article(sentence: str, *signers: str) -> c.Reading:
    """An article of one sentence that names signers, each claim with the sentence as passage."""
    from making import evidence, part
    from undersigned.source import Block, BlockKind, Source

    text = f"There is an open letter. {sentence}"
    opening = c.Slice(0, 24, "There is an open letter.")
    whole = c.Slice(25, len(text), sentence)
    letter = c.LocalKey("letter-open-letter")
    entities, claims = [], list[c.Claim]()
    claims.append(
        c.LetterClaim(
            evidence=evidence(opening, "open letter"),
            letter=letter,
            kind=c.LetterKind.OPEN_LETTER,
            description="open letter",
        )
    )
    for name in signers:
        key = c.LocalKey(f"person-{fold_name(name).replace(' ', '-')}")
        mention = c.Mention(words=part(whole, name), form=c.MentionForm.NAME)
        entities.append(
            c.LocalEntity(key=key, kind=c.EntityKind.PERSON, name=name, mentions=(mention,))
        )
        claims.append(
            c.SignatureClaim(evidence=evidence(whole, name, "signed"), signatory=key, letter=letter)
        )
    source = Source(
        source_id="a",
        kind="article",
        text=text,
        blocks=(Block(BlockKind.PARAGRAPH, 0, len(text)),),
        origin="a.txt",
    )
    return c.Reading(
        source=source, entities=tuple(entities), claims=tuple(claims), extractor="test 1"
    )


SENTENCE = "Ben Stage, Ada Quill’s friend, Ada Quill and Cora Note signed it."


def test_passages_of_others_are_cut_and_stay_the_sources_words() -> None:
    store = memory_store()
    reading = list_article(SENTENCE, "Ben Stage", "Ada Quill", "Cora Note")
    put(store, reading)
    forget_named(store, "Ada Quill")
    source = store.iris.source("a")
    slices = {
        n.subject: n.object.value
        for n in store.triples(source, None, t.OA_EXACT)
        if isinstance(n.object, Literal)
    }
    for iri, words in slices.items():
        start, end = map(int, str(iri).strip("<>").rsplit("=", 1)[1].split(","))
        assert reading.source.text[start:end] == words
    passages = [slices[n.object] for n in store.triples(source, None, t.PASSAGE)]  # type: ignore[index] # a slice
    assert sorted(passages) == ["There is an open letter.", *["and Cora Note signed it."] * 2]
    shown = {passage.text for passage in why(store, source)}
    assert "Ben Stage […] and Cora Note signed it." in shown
    assert names(store) == {"Ben Stage", "Cora Note"}
    assert checked(store) == []


def test_a_namesake_by_surname_keeps_her_words() -> None:
    store = memory_store()
    said = Said(signers=("Ada Quill", "Mara Quill"), quotes_of={"Mara Quill": QUOTES[2]})
    put(store, article("a", said))
    forget_named(store, "Ada Quill")
    assert names(store) == {"Mara Quill"}
    assert traces(store, "ada") == []
    assert len(list(store.triples(store.iris.knowledge, None, t.SPEAKER))) == 1


def test_what_others_say_with_the_name_in_it_goes_and_what_is_told_within_it() -> None:
    store = memory_store()
    put(store, article("a", Said(quotes_of={"Ben Stage": QUOTES[3], "Cora Note": QUOTES[1]})))
    put(store, article("b", Said(signers=("Ada Quill",))))
    forget_named(store, "Ada Quill")
    speakers = {str(n.object) for n in store.triples(store.iris.knowledge, None, t.SPEAKER)}
    assert speakers == {"<https://w3id.org/undersigned/person/cora-note>"}


@settings(max_examples=20, deadline=None)
@given(loaded=several(), data=st.data())
def test_to_forget_before_or_after_loading_is_the_same(
    loaded: list[Reading], data: st.DataObject
) -> None:
    cut = data.draw(st.integers(0, len(loaded)))
    store = memory_store()
    put(store, *loaded[:cut])
    forget(store, QUILL)
    put(store, *loaded[cut:])
    assert traces(store, "ada quill") == []
    assert find_residue(store, store.suppression)[1] == set()
    early = memory_store()
    early.begin_erasure(store.suppression)
    early.erase()
    put(early, *loaded)
    assert dump(store) == dump(early)


@settings(max_examples=8, deadline=None)
@given(loaded=several(), others=st.lists(st.sampled_from(NAMES), max_size=2, unique=True))
def test_nothing_of_other_people_is_lost_but_what_rests_on_the_name(
    loaded: list[Reading], others: list[str]
) -> None:
    store = memory_store()
    put(store, *loaded)
    before = names(store)
    for name in others:
        forget(store, PersonNames(frozenset({name})))
    assert names(store) == before - set(others)
    assert checked(store) == []


def test_forgetting_twice_changes_nothing_more() -> None:
    store = memory_store()
    put(store, article("ada-quill", Said(signers=("Ada Quill", "Ben Stage"))))
    forget(store, QUILL)
    before = dump(store)
    assert forget(store, QUILL).sources == 0
    assert dump(store) == before


def test_judgements_runs_and_redirects_are_cleaned() -> None:
    store = memory_store()
    put(store, article("a", Said(signers=("Ada Quill",))))
    put(store, article("b", Said(signers=("Ben Stage",))))
    quill = NamedNode(f"{store.iris.source('a').value}#person-ada-quill")
    stage = NamedNode(f"{store.iris.source('b').value}#person-ben-stage")
    other = NamedNode(f"{stage.value}-2")
    judgements = (
        Judgement(one=quill, other=stage, verdict=Verdict.DIFFERENT, judge="A. Reader"),
        Judgement(one=stage, other=other, verdict=Verdict.UNSURE, reason="Ada Quill says so"),
    )
    for judgement in judgements:
        store.change_graph(store.iris.judgements, (), judgement_triples(judgement, store.iris))
    old, new = store.iris.entity("person", "a-quill"), store.iris.entity("person", "ada-quill")
    store.change_graph(store.iris.runs, (), [Triple(old, t.DCTERMS_IS_REPLACED_BY, new)])
    report = forget_named(store, "Ada Quill")
    assert report.judgements == 1
    assert traces(store, "ada quill", "ada", "a quill") == []
    kept = store.triples(store.iris.judgements, None, t.VERDICT)
    assert [n.object for n in kept] == [t.concept("verdict", "unsure")]


@pytest.mark.parametrize(
    "written",
    [
        "ADA QUILL",
        "Quill, Ada",
        "Ada Quill’s",
        "@AdaQuill",
        "ada_quill",
        "Áda Quill",
        "Ada\u00adQuill",
        "Ada\nQuill",
        "Dr. Ada Quill",
    ],
)
def test_any_spelling_habit_is_the_name(written: str) -> None:
    store = memory_store()
    put(store, article("b", Said(signers=("Ben Stage",)), title=f"See {written} now"))
    forget(store, QUILL)
    assert not list(store.triples(store.iris.source("b"), None, t.DCTERMS_TITLE))


@pytest.mark.parametrize("written", ["Adam Quill", "Ada Quillon", "Ada and Quill", "Canada Quill"])
def test_another_name_is_not(written: str) -> None:
    store = memory_store()
    put(store, article("b", Said(signers=("Ben Stage",)), title=f"See {written} now"))
    before = dump(store)
    forget(store, QUILL)
    assert dump(store) == before


def test_part_of_a_name_forgets_nobody() -> None:
    store = memory_store()
    put(store, article("a", Said(signers=("Ada Quill",))))
    with pytest.raises(EntityNotFound, match="say the whole name, as in 'Ada Quill'"):
        find_people(store, "Quill", namesakes=False)
    with pytest.raises(EntityAmbiguous, match="'Quill' is too little of a name"):
        names_of(store, (), ["Quill"])


def test_a_person_of_one_word_is_kept_out_of_that_source_alone() -> None:
    store = memory_store()
    said = Said(signers=("Merriwether",))
    put(store, article("a", said), article("b", said))
    local = NamedNode(f"{store.iris.source('a').value}#person-merriwether")
    found = store.triples(store.iris.knowledge, local, t.IDENTIFIED_AS)
    (in_a,) = [n.object for n in found if isinstance(n.object, NamedNode)]
    forget(store, names_of(store, [in_a], ()))
    rows = select(store, f"SELECT ?s {{ ?p a {t.PERSON} ; {t.SAID_IN} ?s }}")
    assert [row["s"] for row in rows] == [store.iris.source("b")]
    put(store, article("a", Said(signers=("Merriwether",))))
    assert names(store) == {"Merriwether"}
    assert find_residue(store, store.suppression)[1] == set()


def test_a_handle_is_forgotten_and_kept_out_of_the_list_that_has_it() -> None:
    store = memory_store()
    both = (handle_list("pier", "saltmarsh42", "reedling"), handle_list("quay", "saltmarsh42"))
    put(store, *both)
    forget_named(store, "reedling")
    assert traces(store, "reedling") == []
    put(store, *both)
    assert traces(store, "reedling") == []
    assert {name for name in ("saltmarsh42",) if traces(store, name)} == {"saltmarsh42"}


def handle_list(source_id: str, *handles: str) -> Reading:
    """A letter's own list, all of whose signers are user names."""
    text = "\n".join(["We ask for rain.", *handles])
    at = [text.index(handle) for handle in handles]
    entries = tuple(
        Entry(a, a + len(h), (Cell(Field.NAME, a, a + len(h), h),))
        for a, h in zip(at, handles, strict=True)
    )
    blocks = tuple(Block(BlockKind.SIGNER, entry.start, entry.end) for entry in entries)
    source = Source(
        source_id=source_id, kind="letter-page", text=text, blocks=blocks, origin="list.txt"
    )
    found = read_listing(source, Listing(entries, (0, 16)))
    return c.Reading(source=source, entities=found.entities, claims=found.claims)
