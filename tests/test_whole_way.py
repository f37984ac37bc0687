"""The whole way on a real article: loaded into a store on disk, asked, shown, dumped.

The article lies with the development material, so these tests are marked `shared`.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

import pytest

from undersigned.checking.dataset_check import check_dataset
from undersigned.checking.source_texts import read_source_texts
from undersigned.exporting.base import ExportRequest
from undersigned.exporting.registry import get_export_format
from undersigned.exporting.writing import export_to_file
from undersigned.loading.gather import gather
from undersigned.loading.readers import ReadingRules
from undersigned.loading.run import load
from undersigned.project import find_project
from undersigned.questions.lookup import EntityType, get_entity
from undersigned.store.base import select
from undersigned.store.embedded import EmbeddedReader, open_reader, open_writer
from undersigned.why import why

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = pytest.mark.shared

ARTICLE = "articles/hollywood-letter-2025-03-21.txt"


def load_article(article: Path, store: Path) -> None:
    with open_writer(store) as writer:
        load(gather([str(article)]).items, writer, ReadingRules(project=find_project()))


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EmbeddedReader]:
    from conftest import SHARED

    store = tmp_path_factory.mktemp("whole-way") / "a.store"
    load_article(SHARED / ARTICLE, store)
    with open_reader(store) as reader:
        yield reader


def rows(graph: EmbeddedReader, query: str) -> set[tuple[str, ...]]:
    """The rows of a query; IRIs by what stands after the last slash, hyphen of a concept or #."""
    prefixes = (
        "PREFIX us: <https://w3id.org/undersigned/ontology#> "
        "PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#> "
        "PREFIX dcterms: <http://purl.org/dc/terms/> "
    )
    return {
        tuple("" if term is None else term.value for term in row)
        for row in select(graph, prefixes + query)
    }


LETTER = "?letter us:documentKind us:document-kind-open-letter ."


def test_the_letter_its_addressee_and_its_claimed_signers(graph: EmbeddedReader) -> None:
    addressees = rows(graph, f"SELECT ?name {{ {LETTER} ?letter us:addressee/us:name ?name }}")
    assert ("Office of Science and Technology Policy",) in addressees
    assert addressees <= {("Office of Science and Technology Policy",), ("Trump administration",)}
    counts = rows(
        graph,
        f"SELECT ?n ?q ?p {{ {LETTER} ?letter us:hasClaimedCount ?c . "
        "?c us:number ?n ; us:countQualifier/rdfs:label? ?q ; us:printed ?p }",
    )
    assert {(number, printed) for number, _, printed in counts} == {("400", "over 400")}
    assert all(qualifier.endswith("count-qualifier-over") for _, qualifier, _ in counts)


def test_it_answers_the_submissions_of_google_and_of_openai(graph: EmbeddedReader) -> None:
    query = f"SELECT ?label {{ {LETTER} ?letter us:answers ?it . ?it rdfs:label ?label }}"
    labels = {label for (label,) in rows(graph, query)}
    assert {"Google", "OpenAI"} <= labels
    submissions = rows(
        graph,
        f"SELECT ?it {{ {LETTER} ?letter us:answers ?it . "
        "?it us:documentKind us:document-kind-submission }",
    )
    assert len(submissions) == 2


def test_who_signed_in_which_capacity_and_how_sure_the_article_is(graph: EmbeddedReader) -> None:
    found = rows(
        graph,
        f"SELECT ?name ?certainty ?title {{ {LETTER} ?s us:signedLetter ?letter ; "
        "us:signatory ?person ; us:certainty ?certainty . ?person us:name ?name . "
        "?role us:holder ?person ; us:roleTitle ?title }",
    )
    assert {(name, certainty.rsplit("-", 1)[1], title) for name, certainty, title in found} == {
        ("Ben Stiller", "stated", "actor"),
        ("Ben Stiller", "stated", "director"),
        ("Paul McCartney", "stated", "musician"),
        ("Mark Ruffalo", "stated", "actor"),
        ("Ava DuVernay", "reported", "director"),
    }


def test_the_four_quotations_of_the_letter_and_openais_from_its_own(graph: EmbeddedReader) -> None:
    said = rows(
        graph,
        "SELECT ?kind ?words { ?s a us:Quotation ; us:words ?words ; us:speaker|us:inLetter ?l . "
        "?l us:documentKind ?kind }",
    )
    by_letter = sorted(words[:18] for kind, words in said if kind.endswith("open-letter"))
    assert by_letter == sorted(
        ["“We firmly believe", "“America’s arts an", "“For nearly 250 ye", "“There is no reaso"]
    )
    (submission,) = [words for kind, words in said if kind.endswith("submission")]
    assert submission.startswith("“The federal government can both secure")


def test_what_the_signers_had_said_before_and_against_whom(graph: EmbeddedReader) -> None:
    said = rows(
        graph,
        "SELECT ?name ?words ?target ?stance { ?s a us:Quotation ; us:speaker/us:name ?name ; "
        "us:words ?words . OPTIONAL { ?s us:target/us:name ?target ; us:stance ?stance } }",
    )
    ruffalo = [row for row in said if row[0] == "Mark Ruffalo"]
    assert [
        (words.count("Enemy of America from within"), target) for _, words, target, _ in ruffalo
    ] == [(1, "Donald Trump")]
    assert ruffalo[0][3].endswith("stance-against")
    duvernay = [row for row in said if row[0] == "Ava DuVernay"]
    assert len({words for _, words, _, _ in duvernay}) == 2
    assert any("country is [now] run by criminals" in words for _, words, _, _ in duvernay)
    assert any("The Black kid is in prison" in words for _, words, _, _ in duvernay)


def test_author_outlet_and_date(graph: EmbeddedReader) -> None:
    found = rows(
        graph,
        "SELECT ?author ?outlet ?day { ?s a us:Article ; dcterms:creator ?author ; "
        "us:outlet ?outlet ; us:published ?day }",
    )
    assert found == {("Blake Wolf", "OAN", "2025-03-21")}


def test_nothing_of_the_caption_is_a_fact(graph: EmbeddedReader) -> None:
    everything = " ".join(str(quad) for quad in graph.quads())
    assert "IFC Center" not in everything
    assert "Lakota" not in everything
    assert "Theo Wargo" not in everything


@pytest.mark.parametrize(
    "name", ["Ben Stiller", "Paul McCartney", "Mark Ruffalo", "Ava DuVernay", "Google", "OpenAI"]
)
def test_why_shows_the_sentence_with_the_words_marked(graph: EmbeddedReader, name: str) -> None:
    passages = why(graph, get_entity(graph, name, EntityType.AGENT).iri)
    assert passages
    last_name = name.split()[-1]
    assert any(last_name in passage.text for passage in passages)
    for passage in passages:
        assert passage.marks
        assert all(0 <= mark.start < mark.end <= len(passage.text) for mark in passage.marks)
        assert passage.source.published == "2025-03-21"


def test_every_check_passes(graph: EmbeddedReader, shared: Path) -> None:
    project = find_project()
    texts, problems = read_source_texts([str(shared / ARTICLE)], project)
    assert not problems
    report = check_dataset(graph, project, texts)
    assert [str(finding) for finding in report.findings] == []


def dump(store: Path, output: Path) -> bytes:
    with open_reader(store) as reader:
        request = ExportRequest(
            reader=reader, context_file=find_project().ontology / "context.jsonld"
        )
        export_to_file(get_export_format("nquads"), request, output)
    return output.read_bytes()


def test_loading_twice_changes_no_byte(shared: Path, tmp_path: Path) -> None:
    store = tmp_path / "a.store"
    load_article(shared / ARTICLE, store)
    once = dump(store, tmp_path / "once.nq")
    load_article(shared / ARTICLE, store)
    assert dump(store, tmp_path / "twice.nq") == once


SPOKEN_OF_LATER = {4, 8, 9, 10, 13}
"""Paragraphs that introduce what later ones speak of: the letter, the submissions, "she"."""


@pytest.mark.parametrize("number", range(4, 15))
def test_without_a_paragraph_just_what_it_carried_is_gone(
    shared: Path, tmp_path: Path, number: int
) -> None:
    whole = (shared / ARTICLE).read_text(encoding="utf-8")
    paragraphs = whole.split("\n\n")
    article = tmp_path / "hollywood-letter-2025-03-21.txt"
    article.write_text(whole, encoding="utf-8")
    store, fresh = tmp_path / "a.store", tmp_path / "fresh.store"
    load_article(article, store)
    before = claims(store)
    left = "\n\n".join([*paragraphs[:number], *paragraphs[number + 1 :]])
    article.write_text(left, encoding="utf-8")
    load_article(article, store)
    load_article(article, fresh)
    assert facts(store) == facts(fresh)
    gone = {words for claim, words in before.items() if claim not in claims(store)}
    elsewhere = [words for words in gone if not any(w in paragraphs[number] for w in words)]
    assert elsewhere == [] or number in SPOKEN_OF_LATER


def facts(store: Path) -> set[str]:
    """The knowledge graph."""
    with open_reader(store) as reader:
        return {str(triple) for triple in reader.triples(reader.iris.knowledge)}


def claims(store: Path) -> dict[str, frozenset[str]]:
    """Each claim with the words that carry it."""
    query = """
        PREFIX us: <https://w3id.org/undersigned/ontology#>
        PREFIX oa: <http://www.w3.org/ns/oa#>
        SELECT ?claim ?words { GRAPH ?g { ?claim us:evidence/oa:exact ?words } }
    """
    found: dict[str, set[str]] = defaultdict(set)
    with open_reader(store) as reader:
        for row in select(reader, query):
            found[row["claim"].value].add(row["words"].value)
    return {claim: frozenset(words) for claim, words in found.items()}
