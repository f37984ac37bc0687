"""Judgements as a table: CSV out of a store, CSV from people or other stores in.

What is exported is imported without loss, into the same store without any change. The list of open
pairs that `undersigned review --format csv` writes has the same columns: fill in `verdict`, and
import it.
"""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from pyoxigraph import Literal, NamedNode

from undersigned import terms as t
from undersigned.assembly.judgements import Judgement
from undersigned.assembly.link_judgements import LinkJudgement
from undersigned.assembly.signature_judgements import SignatureJudgement
from undersigned.errors import JudgementInvalid, UndersignedError
from undersigned.evidence.records import source_of
from undersigned.judging.decisions import Saying, judgements_of
from undersigned.judging.records import Record, Revocation, iri_of, read_records
from undersigned.judging.register import new_records
from undersigned.questions.saved_query import near

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from undersigned.judging.records import AnyJudgement
    from undersigned.store.base import GraphReader, GraphWriter

NEEDED: Final = ("verdict", "one", "other")
COLUMNS: Final = (
    *NEEDED, "reason", "date", "url", "judge", "judged_at", "revoked_at", "revoked_by",
    "revocation_reason",
)  # fmt: skip
"""What a row of a judgement may hold; a row needs the first three."""
SHOWN: Final = ("one_name", "other_name", "kind", "score", "amount", "basis")
"""What is written beside it for people, and not read."""


_SURPLUS: Final = ""
"""The key of cells beyond the heading."""


@dataclass(frozen=True, slots=True)
class RowProblem:
    """A row that can't be taken: the line where it ends, counted from 1, and what to do."""

    line: int
    message: str


@dataclass(frozen=True, slots=True)
class ReadTable:
    """The judgements of a table, the rows that can't be taken, and how many had no verdict."""

    records: tuple[Record, ...]
    problems: tuple[RowProblem, ...]
    left_open: int


def table_text(rows: Iterable[Mapping[str, str]], columns: Iterable[str]) -> str:
    """Rows as CSV by RFC 4180 with these columns, lines ended by a line feed."""
    out = io.StringIO()
    writer = csv.DictWriter(out, list(columns), lineterminator="\n", restval="")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def export_table(reader: GraphReader) -> str:
    """Every judgement of a store as CSV, by moment; those that were taken back among them."""
    rows = (_row(reader, record) for record in read_records(reader))
    return table_text(rows, (*COLUMNS, "one_name", "other_name"))


def read_table(writer: GraphWriter, content: bytes, *, judge: str) -> ReadTable:
    """The judgements of a table; nothing is written yet.

    Args:
        writer: the store, where names are looked up.
        content: CSV in UTF-8 with a heading.
        judge: who judges, where a row does not say.

    Raises:
        JudgementInvalid: no CSV in UTF-8, no heading, or a column that is not known.
    """
    table = _rows(content)
    records: list[Record] = []
    problems: list[RowProblem] = []
    left_open = 0
    for line, row in table:
        if row.get(_SURPLUS):
            problems.append(
                RowProblem(line, 'more cells than columns; put text with commas in "…"')
            )
            continue
        if not row["verdict"].strip():
            left_open += 1
            continue
        try:
            records += _records(writer, row, judge)
        except UndersignedError as error:
            problems.append(RowProblem(line, str(error)))
    return ReadTable(tuple(_in_order(writer, records)), tuple(problems), left_open)


def _in_order(writer: GraphWriter, records: list[Record]) -> list[Record]:
    """The records, those without a moment dated now, a later row after an earlier one."""
    undated = [record.judgement for record in records if not record.judgement.moment]
    dated = [record for record in records if record.judgement.moment]
    return [*dated, *new_records(writer, undated)]


def _records(writer: GraphWriter, row: Mapping[str, str], judge: str) -> list[Record]:
    saying = Saying(
        one=_filled(row, "one"),
        word=row["verdict"],
        other=_filled(row, "other"),
        judge=row.get("judge", "").strip() or judge,
        reason=row.get("reason", "").strip(),
        day=row.get("date", "").strip(),
        url=row.get("url", "").strip(),
        moment=_moment(row, "judged_at"),
    )
    revoked = _moment(row, "revoked_at")
    revocation = None
    if revoked:
        texts = (row.get(name, "").strip() for name in ("revoked_by", "revocation_reason"))
        revocation = Revocation(revoked, *texts)
        if not saying.moment:
            raise JudgementInvalid("revoked_at is given, and judged_at is not; give both")
    return [
        Record(iri_of(judgement, writer.iris), judgement, revocation)
        for judgement in judgements_of(writer, saying)
    ]


def _filled(row: Mapping[str, str], name: str) -> str:
    text = row[name].strip()
    if not text:
        raise JudgementInvalid(f"column {name!r} is empty; expected a name or an IRI")
    return text


def _moment(row: Mapping[str, str], name: str) -> str:
    text = row.get(name, "").strip()
    if not text:
        return ""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise JudgementInvalid(
            f"{name} is {text!r}; expected a date and time as 2025-05-03T10:15:00Z"
        ) from error
    utc = moment.replace(tzinfo=moment.tzinfo or UTC).astimezone(UTC)
    return utc.isoformat(timespec="seconds").replace("+00:00", "Z")


def _rows(content: bytes) -> Iterator[tuple[int, Mapping[str, str]]]:
    """Yields each row with the line where it ends; cells that are missing are empty."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise JudgementInvalid(f"expected CSV in UTF-8, found other bytes ({error})") from error
    reader = csv.DictReader(
        io.StringIO(text, newline=""), restval="", restkey=_SURPLUS, strict=True
    )
    try:
        _check_heading(list(reader.fieldnames or ()))
        for row in reader:
            yield reader.line_num, row
    except csv.Error as error:
        raise JudgementInvalid(f"near line {reader.line_num + 1}: no CSV: {error}") from error


def _check_heading(names: list[str]) -> None:
    known = [*COLUMNS, *SHOWN]
    for name in names:
        if name not in known:
            raise JudgementInvalid(
                f"column {name!r} is not known; {near(name, known)}expected {', '.join(COLUMNS)}"
            )
    for name in NEEDED:
        if name not in names:
            found = ", ".join(names) or "nothing"
            raise JudgementInvalid(
                f"no column {name!r} in the first line; found {found}, expected at least "
                f"{', '.join(NEEDED)}"
            )


def _row(reader: GraphReader, record: Record) -> dict[str, str]:
    judgement, revoked = record.judgement, record.revocation or Revocation("")
    one, other = _sides(judgement)
    return {
        **_decided(judgement),
        "one": " ".join(local.value for local in one),
        "other": " ".join(local.value for local in other),
        "reason": judgement.reason,
        "judge": judgement.judge,
        "judged_at": judgement.moment,
        "revoked_at": revoked.moment,
        "revoked_by": revoked.judge,
        "revocation_reason": revoked.reason,
        "one_name": name_of(reader, one[0]) if one else "",
        "other_name": name_of(reader, other[0]) if other else "",
    }


def _decided(judgement: AnyJudgement) -> dict[str, str]:
    match judgement:
        case SignatureJudgement():
            return {"verdict": judgement.status, "date": judgement.day, "url": judgement.url}
        case Judgement() | LinkJudgement():
            return {"verdict": judgement.verdict}


def _sides(judgement: AnyJudgement) -> tuple[tuple[NamedNode, ...], tuple[NamedNode, ...]]:
    match judgement:
        case SignatureJudgement():
            return judgement.signatories, judgement.letters
        case LinkJudgement():
            return (judgement.local,), (judgement.link,)
        case Judgement():
            one, other = judgement.pair
            return (one,), (other,)


def sentence_of(reader: GraphReader, record: Record) -> str:
    """What was judged, in a line for people: "Ann Poe: withdrawn, Letter on Bees"."""
    row = _row(reader, record)
    one, other = (row[f"{side}_name"] or row[side] for side in ("one", "other"))
    since = f" since {row['date']}" if row.get("date") else ""
    return f"{one}: {row['verdict']}{since}, {other}"


def name_of(reader: GraphReader, local: NamedNode) -> str:
    """The name, or the words of a statement claim, as its source has it; "" if it is not loaded."""
    about = reader.triples(source_of(local), local)
    texts = {n.predicate: n.object.value for n in about if isinstance(n.object, Literal)}
    return texts.get(t.NAME) or texts.get(t.WORDS) or ""
