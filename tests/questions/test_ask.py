from __future__ import annotations

import io
import json
from typing import TYPE_CHECKING

import pytest
from pyoxigraph import Literal, NamedNode
from rich.console import Console

from undersigned.errors import QueryHeaderInvalid, QueryInvalid, QueryRefused
from undersigned.questions.ask import ask
from undersigned.questions.formats import (
    cards_of,
    csv_of,
    json_of,
    markdown_of,
    table_of,
    tsv_of,
)
from undersigned.questions.saved_query import SavedQuery, parse_saved_query

if TYPE_CHECKING:
    from undersigned.store.base import GraphReader

BASE = "https://w3id.org/undersigned/"
HEADER = """#+ summary: What is it?
#+ parameters:
#+   thing: {type: agent}
#+ columns:
#+   thing: the thing
#+   note: a note
#+   number: a number
#+ evidence: [facts]
"""
BODY = """PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
SELECT ?thing ?thingLabel ?note (2 AS ?number)
       ("https://x.example/b https://x.example/a https://x.example/b" AS ?facts)
WHERE {
  VALUES ?thing { UNDEF }
  ?thing a <https://w3id.org/undersigned/ontology#Organization> ; rdfs:label ?thingLabel .
  BIND("a|b,\\t\\"c\\"\\n\\\\d" AS ?note)
}
"""


def made(text: str = HEADER + BODY) -> SavedQuery:
    return parse_saved_query(text, name="it", where="it.rq")


def test_row_has_label_link_and_sorted_evidence(town: GraphReader) -> None:
    answer = ask(town, made(), {"thing": "council"})
    [row] = answer.rows
    assert answer.columns == ("thing", "note", "number")
    assert row.cells[0] == Literal("Town Council")
    assert row.links == (NamedNode(f"{BASE}organization/town-council"), None, None)
    assert [fact.value[-1] for fact in row.evidence] == ["a", "b"]
    assert answer.revision == town.revision
    assert f"VALUES ?thing {{ <{BASE}organization/town-council> }}" in answer.sparql


def test_csv_is_exact(town: GraphReader) -> None:
    answer = ask(town, made(), {})
    assert csv_of(answer) == 'thing,note,number\nTown Council,"a|b,\t""c""\n\\d",2\n'
    assert csv_of(answer, iris=True).splitlines()[0] == "thing,thingIri,note,number,evidence"


def test_tsv_keeps_a_row_on_a_line(town: GraphReader) -> None:
    lines = tsv_of(ask(town, made(), {})).splitlines()
    assert lines == ["thing\tnote\tnumber", 'Town Council\ta|b,\\t"c"\\n\\\\d\t2']


def test_markdown_cells_do_not_break_the_table(town: GraphReader) -> None:
    lines = markdown_of(ask(town, made(), {})).splitlines()
    assert lines[2] == '| Town Council | a\\|b, "c" \\\\d | 2 |'


def test_json_has_numbers_iris_and_evidence(town: GraphReader) -> None:
    answer = json.loads(json_of(ask(town, made(), {"thing": "council"})))
    assert answer["parameters"] == {"thing": "council"}
    assert answer["rows"][0]["values"]["number"] == 2
    assert answer["rows"][0]["iris"] == {"thing": f"{BASE}organization/town-council"}
    assert answer["rows"][0]["evidence"] == ["https://x.example/a", "https://x.example/b"]


def test_table_puts_what_was_asked_for_below_the_question(town: GraphReader) -> None:
    answer = ask(town, made(), {"thing": "council"})
    assert [column.header for column in table_of(answer).columns] == ["#", "note", "number"]
    assert str(table_of(answer).title) == "What is it?\nthing: Town Council"
    every = ask(town, made(), {})
    assert [column.header for column in table_of(every).columns][1] == "thing"


def test_cards_have_a_line_a_column_and_each_row_its_number(town: GraphReader) -> None:
    out = io.StringIO()
    Console(file=out, width=40).print(cards_of(ask(town, made(), {})))
    lines = [line.rstrip() for line in out.getvalue().splitlines()]
    assert lines[:2] == ["What is it?", "1 thing  Town Council"]
    assert lines[-1] == "  number 2"


def test_query_without_header_shows_all_it_selects(town: GraphReader) -> None:
    answer = ask(town, made("SELECT (1 AS ?one) (?x AS ?two) {}"), {})
    assert csv_of(answer) == "one,two\n1,\n"


def test_ask_and_construct_have_columns_of_their_own(town: GraphReader) -> None:
    assert csv_of(ask(town, made("ASK {}"), {})) == "answer\ntrue\n"
    built = ask(town, made("CONSTRUCT { <a:s> <a:p> 'o' } WHERE {}"), {})
    assert csv_of(built) == "subject,predicate,object\na:s,a:p,o\n"


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("#+   note: a note", "#+   remark: a note", "the header names ?remark"),
        ("#+   note: a note\n", "", "the query selects ?note"),
        ("[facts]", "[fact]", "the header names ?fact"),
    ],
)
def test_header_and_query_must_agree(old: str, new: str, words: str, town: GraphReader) -> None:
    with pytest.raises(QueryHeaderInvalid) as raised:
        ask(town, made((HEADER + BODY).replace(old, new)), {})
    assert words in str(raised.value)


def test_service_is_refused(town: GraphReader) -> None:
    with pytest.raises(QueryRefused):
        ask(town, made("SELECT * { SERVICE <http://x.example/> { ?s ?p ?o } }"), {})


def test_what_is_not_sparql_is_refused(town: GraphReader) -> None:
    with pytest.raises(QueryInvalid):
        ask(town, made("DROP ALL"), {})
