"""From names to proposals to judgements: nothing is said to be the same before somebody says so."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from pyoxigraph import NamedNode
from typer.testing import CliRunner

from judging.stores import judge, knowledge, local, put
from linking.conftest import WD, Answering
from making import Said, article
from undersigned import terms as t
from undersigned.assembly.assemble import assemble_from_scratch
from undersigned.cli.app import app
from undersigned.correcting.forgetting import forget
from undersigned.correcting.people import find_people, names_of
from undersigned.errors import EndpointUnreachable, JudgementInvalid
from undersigned.judging.register import revoke
from undersigned.judging.review import LINK, is_open, open_pairs, waiting_pairs
from undersigned.linking.asking import Endpoint
from undersigned.linking.link import (
    Linking,
    names_to_link,
    propose,
    wikidata_query,
    write_proposals,
)
from undersigned.linking.proposals import open_proposals
from undersigned.store.embedded import EmbeddedWriter, memory_store, open_reader, open_writer

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from undersigned.store.base import GraphReader, GraphWriter


def fill(store: GraphWriter) -> None:
    said = Said(
        signers=("Ann Poe", "Bob Roe", "digit"), letter_name="Letter", roles={"Ann Poe": "novelist"}
    )
    put(
        store,
        article("a", said, published="2025-03-01"),
        article("b", Said(signers=("Bob Roe",), letter_name="Letter", addressee="Office of Books")),
    )


@pytest.fixture
def store() -> EmbeddedWriter:
    store = memory_store()
    fill(store)
    return store


@pytest.fixture
def proposed(store: EmbeddedWriter, outside: str) -> EmbeddedWriter:
    linking = Linking()
    named = names_to_link(store, "person")
    propose(Endpoint(url=outside, pause_seconds=0), wikidata_query("person"), named, linking)
    write_proposals(store, linking.proposals)
    return store


def same_as(store: GraphReader) -> set[str]:
    return {
        str(getattr(n.object, "value", "")).removeprefix(WD)
        for n in store.triples(store.iris.knowledge, None, t.OWL_SAME_AS)
    }


def test_people_in_most_sources_are_asked_about_first_and_handles_never(
    store: EmbeddedWriter,
) -> None:
    assert [one.name for one in names_to_link(store, "person")] == ["Bob Roe", "Ann Poe"]
    assert [one.name for one in names_to_link(store, "person", 1)] == ["Bob Roe"]
    assert [one.name for one in names_to_link(store, "organization")] == ["Office of Books"]


def test_proposals_say_what_was_alike_and_change_no_fact(
    store: EmbeddedWriter, outside: str
) -> None:
    before = knowledge(store)
    linking, said = Linking(), []
    named = names_to_link(store, "person")
    endpoint = Endpoint(url=outside, pause_seconds=0, batch_names=1)
    propose(endpoint, wikidata_query("person"), named, linking, lambda n: said.append(n.asked))
    assert said == [1, 2]
    assert write_proposals(store, linking.proposals) == 3
    assert write_proposals(store, linking.proposals) == 0
    assert knowledge(store) == before
    found = [(p.link.value.removeprefix(WD), p.label, p.basis) for p in open_proposals(store)]
    assert found == [
        ("Q101", "Ann Poe", "the name is the same; both say “novelist”"),
        ("Q102", "Ann Poe", "the name is the same"),
        ("Q103", "Robert Roe", "another name of it is the same"),
    ]


def test_an_accepted_proposal_is_a_link_until_it_is_undone(proposed: EmbeddedWriter) -> None:
    before = knowledge(proposed)
    assert same_as(proposed) == set()
    done = judge(proposed, "Ann Poe", "same", f"{WD}Q101", reason="her publisher's page")
    assert same_as(proposed) == {"Q101"}
    step_by_step = knowledge(proposed)
    assemble_from_scratch(proposed)
    assert knowledge(proposed) == step_by_step
    revoke(proposed, [done.records[0].iri.value], judge="A. Reader")
    assert knowledge(proposed) == before


@pytest.mark.parametrize("word", ["not-same", "unsure"])
def test_a_rejected_proposal_is_no_link_and_is_not_offered_again(
    proposed: EmbeddedWriter, word: str
) -> None:
    judge(proposed, "Ann Poe", word, f"{WD}Q102")
    assert same_as(proposed) == set()
    assert [p.link.value.removeprefix(WD) for p in open_proposals(proposed)] == ["Q101", "Q103"]


def test_who_has_a_link_is_not_looked_up_again(proposed: EmbeddedWriter) -> None:
    judge(proposed, "Ann Poe", "same", f"{WD}Q101")
    assert [one.name for one in names_to_link(proposed, "person")] == ["Bob Roe"]


def test_proposals_are_offered_for_review(proposed: EmbeddedWriter) -> None:
    pairs = list(open_pairs(proposed, LINK))
    assert [(pair.one.name, pair.other.name) for pair in pairs] == [
        ("Ann Poe", "Ann Poe"), ("Ann Poe", "Ann Poe"), ("Bob Roe", "Robert Roe")
    ]  # fmt: skip
    assert pairs[0].other.notes == ("British novelist",)
    assert pairs[0].one.passages
    first = waiting_pairs(proposed, LINK)[0]
    assert is_open(proposed, first)
    judge(proposed, pairs[0].one.iri.value, "same", pairs[0].other.iri.value)
    assert not is_open(proposed, first)


def test_only_people_and_organizations_have_links(store: EmbeddedWriter) -> None:
    with pytest.raises(JudgementInvalid, match="is a letter; outside entries are judged for"):
        judge(store, "Letter", "same", f"{WD}Q101")


def test_a_link_is_kept_with_who_was_judged_when_others_join(proposed: EmbeddedWriter) -> None:
    judge(proposed, local(proposed, "a", "Bob Roe").value, "same", f"{WD}Q103")
    put(proposed, article("c", Said(signers=("Bob Roe",), letter_name="Letter")))
    assert same_as(proposed) == {"Q103"}
    [link] = proposed.triples(proposed.iris.knowledge, None, t.OWL_SAME_AS, NamedNode(f"{WD}Q103"))
    assert link.subject == proposed.iris.entity("person", "bob-roe")


def test_proposals_for_somebody_who_is_forgotten_go(proposed: EmbeddedWriter) -> None:
    forget(proposed, names_of(proposed, find_people(proposed, "Ann Poe", namesakes=False), ()))
    assert [p.label for p in open_proposals(proposed)] == ["Robert Roe"]
    assert not [n for n in proposed.triples(proposed.iris.proposals) if "ann-poe" in str(n).lower()]


# --- the command ---------------------------------------------------------------------------------


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    with open_writer(tmp_path / "store") as writer:
        fill(writer)
    return tmp_path / "store"


def linked(folder: Path, url: str, *more: str) -> tuple[int, str]:
    arguments = ["link", "--endpoint", url, "--store", str(folder), "--pause-seconds", "0", *more]
    result = CliRunner().invoke(app, arguments)
    return result.exit_code, result.output


def test_the_command_proposes_and_says_how_to_decide(folder: Path, outside: str) -> None:
    status, said = linked(folder, outside)
    assert (status, said) == (
        0,
        "2 of 2 names looked up\n"
        "3 new of 3 proposed; decide with: undersigned review --kind link\n",
    )
    assert linked(folder, outside)[1].splitlines()[1].startswith("0 new of 3")
    with open_reader(folder) as reader:
        assert len(open_proposals(reader)) == 3


def test_the_command_takes_a_query_of_another_vocabulary(
    folder: Path, outside: str, tmp_path: Path
) -> None:
    query = tmp_path / "mine.rq"
    query.write_text(
        "SELECT ?name ?entry { VALUES ?name { UNDEF } "
        "?entry <http://www.w3.org/2000/01/rdf-schema#label> ?name }",
        encoding="utf-8",
    )
    status, said = linked(folder, outside, "--query", str(query))
    assert status == 0
    assert "3 new of 3 proposed" in said  # the film, too, and nobody by an alias


def test_what_was_found_before_an_error_is_kept(
    folder: Path, answering: Callable[[Answering], str]
) -> None:
    row = (
        b'{"name": {"type": "literal", "value": "Bob Roe"}, '
        b'"entry": {"type": "uri", "value": "http://data.example/1"}}'
    )
    answer = Answering(body=b'{"results": {"bindings": [' + row + b"]}}")
    url = answering(answer)
    linking = Linking()
    with open_reader(folder) as reader:
        named = names_to_link(reader, "person")

    def breaks_down(so_far: Linking) -> None:
        answer.status = 503

    endpoint = Endpoint(url=url, pause_seconds=0, batch_names=1)
    with pytest.raises(EndpointUnreachable):
        propose(endpoint, wikidata_query("person"), named, linking, breaks_down)
    assert [p.link.value for p in linking.proposals] == ["http://data.example/1"]


def test_nothing_found_is_said(folder: Path, answering: Callable[[Answering], str]) -> None:
    assert linked(folder, answering(Answering()))[1].endswith("nothing found for 2 names\n")
