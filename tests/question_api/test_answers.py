"""What programs get at /questions: answers in every format, and what is wrong with a request."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from pages.site_store import make_site
from serving.asking import Asker
from undersigned.questions.saved_query import iter_query_paths, read_saved_query
from undersigned.serving.app import make_app
from undersigned.serving.limits import ServeSettings
from undersigned.serving.parts import PARTS

if TYPE_CHECKING:
    import asyncio

QUERIES = iter_query_paths(Path(__file__).parents[2] / "queries")
ADA = "https://w3id.org/undersigned/person/ada-quill"


def test_all_questions_are_listed(site: Asker) -> None:
    listed = site("GET", "/questions").json()["questions"]
    assert [q["name"] for q in listed] == [path.stem for path in QUERIES]
    assert site("GET", "/questions.json").json()["questions"] == listed
    one = next(q for q in listed if q["name"] == "letters-signed")
    assert one["path"] == "/questions/letters-signed"
    assert one["parameters"][0]["name"] == "person"
    assert one["parameters"][0]["required"] is True


def test_the_list_is_narrowed_by_words_and_tag(site: Asker) -> None:
    found = site("GET", "/questions?q=withdrawn+sign").json()["questions"]
    assert "withdrawn-signatures" in [q["name"] for q in found]
    tagged = site("GET", "/questions?tag=network").json()["questions"]
    assert tagged
    assert all("network" in q["tags"] for q in tagged)


@pytest.mark.parametrize("path", QUERIES, ids=lambda path: path.stem)
def test_every_question_is_asked_with_what_its_type_allows(site: Asker, path: Path) -> None:
    """Values of the small store, since the examples of the headers are about other articles."""
    values = {
        "person": "Ada Quill",
        "agent": "Ada Quill",
        "organization": "Town Council",
        "letter": "https://w3id.org/undersigned/letter/gazette-march/open-letter",
        "source": "https://w3id.org/undersigned/source/gazette-march",
        "text": "library",
        "date": "2025-04",
        "integer": "2",
        "stance": "against",
        "status": "reported",
        "certainty": "stated",
    }
    query = read_saved_query(path)
    given = {parameter.name: values[parameter.type] for parameter in query.parameters}
    answer = site("GET", f"/questions/{query.name}", params=given)
    assert answer.status_code == 200, answer.text
    assert answer.json()["parameters"] == given
    assert answer.json()["columns"] == list(query.columns)


def test_rows_have_values_iris_evidence_and_how_to_cite_them(site: Asker) -> None:
    answer = site("GET", "/questions/letters-signed?person=Ada+Quill").json()
    assert answer["question"].endswith("?")
    first = answer["rows"][0]
    assert set(first) == {"values", "iris", "evidence"}
    assert first["evidence"]
    assert answer["sparql"].startswith("PREFIX")
    assert f"<{ADA}>" in answer["sparql"]
    assert answer["revision"] in answer["citation"]
    assert "person: Ada Quill" in answer["citation"]
    assert "/questions/letters-signed?person=Ada+Quill" in answer["citation"]


def test_why_brings_the_passages_of_each_row(site: Asker) -> None:
    answer = site("GET", "/questions/letters-signed?person=Ada+Quill&why=true").json()
    passages = answer["rows"][0]["passages"]
    assert "Ada Quill" in passages[0]["text"]
    start, end = passages[0]["marks"][0]
    assert passages[0]["text"][start:end]


@pytest.mark.parametrize(
    ("suffix", "media_type", "begins"),
    [
        (".json", "application/json", '{\n  "query"'),
        (".csv", "text/csv", "letter,"),
        (".tsv", "text/tab-separated-values", "letter\t"),
        (".md", "text/markdown", "| letter |"),
        (".srj", "application/sparql-results+json", '{"head"'),
        (".html", "text/html", "\n<!doctype html>"),
    ],
)
def test_a_format_is_named_by_suffix_or_by_accept(
    site: Asker, suffix: str, media_type: str, begins: str
) -> None:
    query = "?person=Ada+Quill"
    by_suffix = site("GET", f"/questions/letters-signed{suffix}{query}")
    by_accept = site("GET", f"/questions/letters-signed{query}", headers={"Accept": media_type})
    for answer in (by_suffix, by_accept):
        assert answer.status_code == 200
        assert answer.headers["content-type"].partition(";")[0] == media_type
        assert answer.text.lstrip().startswith(begins.lstrip())
    assert "Accept" in by_accept.headers["vary"]
    assert by_accept.headers["etag"]


def test_words_of_a_very_long_answer_are_not_gathered(
    runner: asyncio.Runner, small_store: Path, root: Path
) -> None:
    served = make_site(small_store, root, ServeSettings(rows_with_words=100))
    site = Asker(runner, small_store, app=make_app(served, PARTS), site=served)
    assert site("GET", "/questions/active-signers?least=1").status_code == 200
    answer = site("GET", "/questions/active-signers?least=1&why=true")
    site.close()
    assert answer.status_code == 422
    assert "at most 100 rows" in answer.json()["detail"]


def test_csv_with_iris_says_what_the_cells_name(site: Asker) -> None:
    text = site("GET", "/questions/letters-signed.csv?person=Ada+Quill&iris=1").text
    rows = list(csv.DictReader(io.StringIO(text)))
    assert rows[0]["letterIri"].startswith("https://w3id.org/undersigned/letter/")
    assert rows[0]["evidence"]


def test_an_answer_is_not_sent_twice(site: Asker) -> None:
    path = "/questions/letters-signed?person=Ada+Quill"
    etag = site("GET", path).headers["etag"]
    assert site("GET", path, headers={"If-None-Match": etag}).status_code == 304
    assert site("HEAD", path).content == b""


def test_other_media_types_are_not_acceptable(site: Asker) -> None:
    path = "/questions/letters-signed?person=Ada+Quill"
    answer = site("GET", path, headers={"Accept": "image/png"})
    assert answer.status_code == 406
    assert "text/csv" in answer.json()["available"]


def test_an_unknown_question_has_near_names(site: Asker) -> None:
    answer = site("GET", "/questions/leters-signed")
    assert answer.status_code == 404
    assert "did you mean 'letters-signed'" in answer.json()["detail"]


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("", "needs person"),
        ("?person=", "needs person"),
        ("?person=Ada+Quill&persn=x", "Did you mean 'person'?"),
        ("?person=Ada+Quill&person=Ben+Stage", "given twice"),
        ("?person=Xyzzy+Plugh", "no agent of that name"),
        ("?person=Ada+Quyll", "did you mean 'Ada Quill'?"),
        ("?person=Ada+Quill&why=perhaps", "expected true or false"),
        (f"?person={'x' * 10_001}", "1 to 10,000 characters"),
    ],
)
def test_what_is_wrong_with_a_value_is_said(site: Asker, query: str, said: str) -> None:
    answer = site("GET", f"/questions/letters-signed{query}")
    assert answer.status_code == 422
    assert said in answer.json()["detail"]
    assert "--" not in answer.json()["detail"]
    assert answer.json()["parameters"][0]["name"] == "person"


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("target=Ada+Quill&since=yesterday", "expected a date as 2025-03-21"),
        ("target=Ada+Quill&stance=agains", "did you mean 'against'?"),
    ],
)
def test_a_value_of_another_type_is_told_what_was_expected(
    site: Asker, query: str, said: str
) -> None:
    answer = site("GET", f"/questions/statements-about?{query}")
    assert answer.status_code == 422
    assert said in answer.json()["detail"]


def test_an_ambiguous_name_is_answered_with_candidates(site: Asker) -> None:
    answer = site("GET", "/questions/signatories?letter=letter")
    assert answer.status_code == 300
    candidates = answer.json()["candidates"]
    assert len(candidates) > 1
    chosen = site("GET", "/questions/signatories", params={"letter": candidates[0]["iri"]})
    assert chosen.status_code == 200


def test_a_query_string_without_end_is_refused(site: Asker) -> None:
    assert site("GET", f"/questions/letters?q={'x' * 20_000}").status_code == 414


def test_sparql_in_a_value_stays_a_value(site: Asker) -> None:
    words = '" } SELECT * { ?s ?p ?o } #'
    answer = site("GET", "/questions/statements-on-topic", params={"words": words})
    assert answer.status_code == 200, answer.text
    assert answer.json()["rows"] == []
