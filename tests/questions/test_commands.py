"""`undersigned query`, `queries` and `why`, over a store on disk and the bundled queries."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from typer.testing import CliRunner

from undersigned.cli.app import app
from undersigned.errors import QueryNotFound, QueryParameterInvalid, QueryParameterMissing
from undersigned.store.embedded import open_writer

if TYPE_CHECKING:
    from pathlib import Path

    from undersigned.store.base import GraphReader


@pytest.fixture
def store(town: GraphReader, tmp_path: Path) -> str:
    path = tmp_path / "store"
    with open_writer(path) as writer:
        writer.replace_graphs({graph: list(town.triples(graph)) for graph in town.graphs()})
        writer.publish()
    return str(path)


def run(*arguments: str, stdin: str | None = None) -> tuple[str, str]:
    result = CliRunner().invoke(app, list(arguments), input=stdin, catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result.stdout, result.stderr


@pytest.mark.parametrize(
    "given",
    [
        ["--holder", "person/jon-park-1", "--format", "csv"],
        ["--holder=Park", "--format=csv"],
        ["-p", "holder=person/jon-park-1", "--format", "csv"],
    ],
)
def test_parameters_are_options(given: list[str], store: str, tmp_path: Path) -> None:
    own = tmp_path / "own.rq"
    own.write_text(
        "#+ summary: What?\n#+ parameters:\n#+   holder: {type: person}\n"
        "SELECT ?title { VALUES ?holder { UNDEF } ?r ?p ?holder ; "
        "<https://w3id.org/undersigned/ontology#roleTitle> ?title }",
        encoding="utf-8",
    )
    out, _ = run("query", str(own), *given, "--store", store)
    assert out == "title\nbaker\n"


def test_standard_input_is_a_query(store: str) -> None:
    out, _ = run("query", "-", "--store", store, stdin="SELECT (1 AS ?one) {}")
    assert out == "one\n1\n"


def test_limit_says_what_is_left_out(store: str) -> None:
    out, err = run("query", "letters", "--limit", "1", "--store", store)
    assert len(out.splitlines()) == 2
    assert err == "1 of 2 rows; without --limit you get them all\n"


def test_empty_answer_says_so_and_is_no_error(store: str) -> None:
    out, err = run("query", "signatories", "--letter", "bridge", "--store", store)
    assert out.splitlines() == ["signer,capacity,certainty,status,letter"]
    assert err.startswith("Who signed a letter? The graph has no answer to that. ")
    assert err.endswith("See what it knows: undersigned search bridge\n")


def test_empty_answer_names_the_conditions_that_can_be_left_out(store: str) -> None:
    given = ["--letter", "bridge", "--certainty", "denied"]
    _, err = run("query", "signatories", *given, "--store", store)
    assert err.endswith("Ask without --certainty.\n")


def test_bound_query_can_be_printed(store: str) -> None:
    out, _ = run("query", "signatories", "--letter", "bridge", "--sparql", "--store", store)
    assert "VALUES ?letter { <https://w3id.org/undersigned/letter/bridge> }" in out


def test_json_with_passages(store: str) -> None:
    out, _ = run("query", "letters", "--format", "json", "--why", "--store", store)
    assert [row["passages"] for row in json.loads(out)["rows"]] == [[], []]


def test_one_row_with_its_passages(store: str) -> None:
    out, _ = run("query", "letters", "--row", "2", "--store", store)
    assert "2. letter: Open letter about the bridge" in out
    with pytest.raises(QueryParameterInvalid, match="--row is 3, but the answer has 2 rows"):
        run("query", "letters", "--row", "3", "--store", store)


def test_passages_have_no_place_in_csv(store: str) -> None:
    result = CliRunner().invoke(
        app, ["query", "letters", "--why", "--format", "csv", "--store", store]
    )
    assert result.exit_code == 2


@pytest.mark.parametrize(
    ("arguments", "error", "words"),
    [
        (["leters"], QueryNotFound, "did you mean 'letters'"),
        (["signatories", "--lettr", "x"], QueryParameterInvalid, "did you mean 'letter'"),
        (["signatories", "--letter"], QueryParameterMissing, "--letter needs a value"),
        (["signatories"], QueryParameterMissing, "needs --letter"),
        (["signatories", "bridge"], QueryParameterInvalid, "'bridge' is no option"),
        (["letters", "-p", "topic"], QueryParameterInvalid, "expected NAME=VALUE"),
        (["letters", "--topic", "a", "-p", "topic=b"], QueryParameterInvalid, "given twice"),
    ],
)
def test_wrong_arguments_are_named(
    arguments: list[str], error: type[Exception], words: str, store: str
) -> None:
    with pytest.raises(error, match=words):
        run("query", *arguments, "--store", store)


def test_help_of_a_named_query_is_its_own() -> None:
    out, _ = run("query", "signatories", "--help")
    assert out.startswith("Who signed a letter?\n")
    assert "--letter LETTER  the letter (required)" in out
    assert "Example: undersigned query signatories --letter" in out


def test_help_without_a_name_is_the_command_s() -> None:
    out, _ = run("query", "-h")
    assert "--sparql" in out


def test_query_without_a_name_is_a_usage_error() -> None:
    assert CliRunner().invoke(app, ["query"]).exit_code == 2


@pytest.mark.parametrize("arguments", [["queries"], ["query", "--list"]])
def test_every_query_is_listed_with_its_question(arguments: list[str], root: Path) -> None:
    out, _ = run(*arguments)
    lines = [line.split("\t") for line in out.splitlines()]
    assert [line[0] for line in lines] == sorted(p.stem for p in (root / "queries").glob("*.rq"))
    assert ["signatories", "Who signed a letter?", "letter* certainty"] in lines


def test_why_without_claims_says_so(store: str) -> None:
    out, err = run("why", "Ada Quill", "--store", store)
    assert out == ""
    assert err == "Ada Quill: no claim rests on a sentence of its own\n"


def test_why_takes_names_and_iris(store: str) -> None:
    for name in ("Quill", "person/ada-quill", "https://w3id.org/undersigned/person/ada-quill"):
        out, _ = run("why", name, "--format", "json", "--store", store)
        assert json.loads(out) == []
