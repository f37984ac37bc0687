from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from undersigned.errors import QueryHeaderInvalid, QueryNotFound
from undersigned.questions.saved_query import (
    ParameterType,
    get_saved_query,
    parse_saved_query,
    read_saved_query,
)

if TYPE_CHECKING:
    from pathlib import Path

WHOLE = """#+ summary: Who signed?
#+ description: >
#+   All of
#+   them.
#+ parameters:
#+   letter: {type: letter, description: the letter, required: true}
#+   least: {type: integer, default: "2"}
#+ columns:
#+   signer: who signed
#+ evidence: ["?signature"]
#+ example: {letter: a letter}
#+ tags: [signatures]
SELECT ?signer ?signature WHERE {
  VALUES ?letter { UNDEF } values $least {undef}
  ?signature ?p ?signer
}
"""


def test_header_is_read_whole() -> None:
    query = parse_saved_query(WHOLE, name="who", where="who.rq")
    assert query.summary == "Who signed?"
    assert query.description == "All of them."
    assert [(p.name, p.type, p.required, p.default) for p in query.parameters] == [
        ("letter", ParameterType.LETTER, True, None),
        ("least", ParameterType.INTEGER, False, "2"),
    ]
    assert query.columns == {"signer": "who signed"}
    assert query.evidence == ("signature",)
    assert query.example == {"letter": "a letter"}
    assert query.tags == ("signatures",)


def test_query_without_header_is_taken_as_it_is() -> None:
    query = parse_saved_query("SELECT * { ?s ?p ?o }", name="mine", where="mine.rq")
    assert (query.summary, query.parameters, dict(query.columns)) == ("mine", (), {})


@pytest.mark.parametrize(
    ("line", "changed", "place", "words"),
    [
        ("summary: Who signed?", "summary: signers", "who.rq:1:", "expected a question"),
        ("tags: [signatures]", "tag: [signatures]", "who.rq:12:", "did you mean 'tags'?"),
        ("type: letter", "type: leter", "who.rq:6:", "expected one of person"),
        ("required: true", "reqired: true", "who.rq:6:", "no entry 'reqired'"),
        ("type: letter, ", "", "who.rq:6:", "needs a type"),
        ("summary: Who signed?", "summary: [Who", "who.rq:2:", "not YAML"),
        ("{letter: a letter}", "{leter: a letter}", "who.rq:11:", "'leter' is not a parameter"),
        ("VALUES ?letter { UNDEF }", "", "who.rq:6:", "expected VALUES ?letter { UNDEF }"),
        ("values $least {undef}", "VALUES ?x { UNDEF }", "who.rq:7:", "'least' is nowhere"),
        ("{type: integer", "{type: integer}\n#+   other: {type: integer", "who.rq:8:", "other"),
        ('["?signature"]', "{a: b}", "who.rq:10:", "must be a list of names"),
        ("signer: who signed", "signer: [who]", "who.rq:8:", "lines of `name: text`"),
    ],
)
def test_header_error_names_the_line(line: str, changed: str, place: str, words: str) -> None:
    with pytest.raises(QueryHeaderInvalid) as raised:
        parse_saved_query(WHOLE.replace(line, changed), name="who", where="who.rq")
    assert str(raised.value).startswith(place)
    assert words in str(raised.value)


def test_placeholder_without_a_declared_parameter_is_an_error() -> None:
    text = WHOLE.replace("values $least", "VALUES ?more { UNDEF } values $least")
    with pytest.raises(QueryHeaderInvalid, match="'more' is no parameter"):
        parse_saved_query(text, name="who", where="who.rq")


def test_unknown_query_has_near_names(tmp_path: Path) -> None:
    (tmp_path / "co-signers.rq").write_text(WHOLE, encoding="utf-8")
    with pytest.raises(QueryNotFound) as raised:
        get_saved_query(tmp_path, "cosigners")
    assert str(raised.value) == (
        "no query 'cosigners'; did you mean 'co-signers'? see `undersigned query --list`"
    )


def test_query_is_named_after_its_file(tmp_path: Path) -> None:
    (tmp_path / "who.rq").write_text(WHOLE, encoding="utf-8")
    assert get_saved_query(tmp_path, "who").name == "who"


@pytest.mark.parametrize("content", [None, b"\xff\xfe\x00"])
def test_unreadable_file_is_no_query(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "bad.rq"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(QueryNotFound, match=r"bad\.rq"):
        read_saved_query(path)
