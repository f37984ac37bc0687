"""CSV and TSV as rows of values with their places. Python's reader gives no places."""

from __future__ import annotations

import re
from typing import Final

from undersigned.listing.tables import Records, Value, records_of_rows

_DELIMITERS: Final = "\t;,|"
_SAMPLE_LINES: Final = 30


def records_of(text: str) -> Records:
    """The records of delimited text (RFC 4180, and what spreadsheets make of it)."""
    return records_of_rows(rows_of(text, delimiter_of(text)))


def delimiter_of(text: str) -> str:
    """The sign that parts the columns: the one that most lines have equally often, else a comma."""
    start = 1 if text.startswith("\ufeff") else 0
    head = re.sub(r'"(?:[^"]|"")*"', '""', text[start : start + 20_000])
    lines = [line for line in head.splitlines()[:_SAMPLE_LINES] if line.strip()]
    if lines and (said := re.fullmatch(r"(?i)sep=(.)", lines[0].strip())):
        return said[1]
    scores = {}
    for sign in _DELIMITERS:
        counts = [line.count(sign) for line in lines]
        usual = max(set(counts), key=lambda n: (counts.count(n), n)) if counts else 0
        scores[sign] = counts.count(usual) / len(counts) * (1 + min(usual, 3)) if usual else 0.0
    return max(_DELIMITERS, key=lambda sign: scores[sign]) if any(scores.values()) else ","


def rows_of(text: str, delimiter: str) -> list[list[Value]]:
    """All rows; values in quotation marks without them, doubled marks as one."""
    sign = re.escape(delimiter)
    field = re.compile(
        rf'[ ]*(?:"(?P<quoted>(?:[^"]|"")*)"[^{sign}\r\n]*|(?P<plain>[^{sign}\r\n]*))'
        rf"(?P<end>{sign}|\r\n|\r|\n|\Z)"
    )
    rows: list[list[Value]] = []
    row: list[Value] = []
    at = 1 if text.startswith("\ufeff") else 0
    while at < len(text):
        found = field.match(text, at)
        assert found is not None  # the pattern matches at every place
        row.append(_value(found))
        at = found.end()
        if found["end"] != delimiter:
            rows.append(row)
            row = []
    if row:
        rows.append(row)
    return [row for row in rows if any(value.text for value in row) and not _is_separator_line(row)]


def _is_separator_line(row: list[Value]) -> bool:
    return len(row) <= 2 and row[0].text.lower().startswith("sep=")


def _value(found: re.Match[str]) -> Value:
    group = "plain" if found["quoted"] is None else "quoted"
    raw = found[group]
    start = found.start(group) + len(raw) - len(raw.lstrip())
    core = raw.strip()
    return Value(start, start + len(core), core.replace('""', '"') if group == "quoted" else core)
