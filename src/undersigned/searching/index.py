"""The index of one revision: an SQLite file with full-text search, made once and then only read.

Words are folded as names are (no case, accents or punctuation), on both sides, so that "Saldana"
finds "Saldaña". Every word typed must begin a word of what is found; where that finds nothing, the
words are replaced by near ones that the graph does have.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from rapidfuzz import fuzz, process

from undersigned.names import fold_name
from undersigned.searching.documents import iter_documents

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from undersigned.store.base import GraphReader

_SCHEMA: Final = """
CREATE TABLE thing (
  id INTEGER PRIMARY KEY, iri TEXT, kind TEXT, label TEXT, folded TEXT, note TEXT, weight REAL);
CREATE VIRTUAL TABLE words USING fts5(
  names, texts, content='', tokenize="unicode61 remove_diacritics 0", prefix='1 2 3');
CREATE VIRTUAL TABLE vocabulary USING fts5vocab(words, 'row');
"""
_RANK: Final = "bm25(words, 8.0, 1.0) * thing.weight"
NEAR_SCORE: Final = 72.0
"""rapidfuzz ratio, 0 to 100, from which on a word of the graph stands for one that it lacks."""
_LONGEST_QUERY: Final = 16
"""Words looked for; further ones are passed over."""


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing that was found."""

    iri: str
    kind: str
    label: str
    note: str


@dataclass(frozen=True, slots=True)
class Found:
    """What a search found: the hits asked for, how many there are of each kind.

    `instead` is what was looked for where the words typed found nothing, else ""; with `is_any`,
    some of its words are enough.
    """

    hits: tuple[Hit, ...]
    by_kind: Mapping[str, int]
    instead: str = ""
    is_any: bool = False

    @property
    def total(self) -> int:
        """Hits of all kinds."""
        return sum(self.by_kind.values())


def build_index(reader: GraphReader, path: Path) -> None:
    """Writes the index of a revision to a new file."""
    with closing(sqlite3.connect(path)) as db:
        db.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;" + _SCHEMA)
        for number, document in enumerate(iter_documents(reader), start=1):
            folded = fold_name(document.label)
            db.execute(
                "INSERT INTO thing VALUES (?, ?, ?, ?, ?, ?, ?)",
                (
                    number,
                    document.iri,
                    document.kind,
                    document.label,
                    folded,
                    document.note,
                    document.weight,
                ),
            )
            db.execute(
                "INSERT INTO words (rowid, names, texts) VALUES (?, ?, ?)",
                (
                    number,
                    " | ".join(map(fold_name, document.names)),
                    " | ".join(map(fold_name, document.texts)),
                ),
            )
        db.execute("INSERT INTO words (words) VALUES ('optimize')")
        db.commit()


class SearchIndex:
    """Searches one index file. Safe to use from many threads: each call opens the file."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def search(self, typed: str, *, kind: str = "", limit: int = 20, offset: int = 0) -> Found:
        """What these words find, the best first; of one kind, or of all if it is ""."""
        words = _words(typed)
        if not words:
            return Found((), {})
        part = (limit, offset)
        with closing(self._open()) as db:
            found = _find(db, _match(words), " ".join(words), kind, part)
            if found.by_kind:
                return found
            near = [word for word in _near_words(db, words) if word]
            if not near:
                return found
            instead = " ".join(near)
            if len(near) == len(words) and near != words:
                again = _find(db, _match(near), instead, kind, part)
                if again.by_kind:
                    return replace(again, instead=instead)
            again = _find(db, _match(near, "OR"), instead, kind, part)
            return replace(again, instead=instead, is_any=len(words) > 1)

    def suggest(self, typed: str, *, kind: str = "", limit: int = 8) -> list[Hit]:
        """Things whose names begin like this, while it is being typed."""
        words = _words(typed)
        if not words:
            return []
        with closing(self._open()) as db:
            found = self._begun(db, words, kind, limit)
            near = words if found else _near_words(db, words)
            return found if near == words or not all(near) else self._begun(db, near, kind, limit)

    def _begun(self, db: sqlite3.Connection, words: list[str], kind: str, limit: int) -> list[Hit]:
        return _hits(db, f"{{names}} : ({_match(words)})", " ".join(words), kind, (limit, 0))

    def _open(self) -> sqlite3.Connection:
        return sqlite3.connect(f"{self._path.absolute().as_uri()}?mode=ro&immutable=1", uri=True)


def _words(typed: str) -> list[str]:
    return fold_name(typed).split()[:_LONGEST_QUERY]


def _match(words: list[str], joined: str = "AND") -> str:
    """The FTS5 expression: each word as the beginning of a word. Folded words hold no quotes."""
    return f" {joined} ".join(f'"{word}"*' for word in words)


def _find(
    db: sqlite3.Connection, match: str, folded: str, kind: str, part: tuple[int, int]
) -> Found:
    counts = db.execute(
        "SELECT kind, COUNT(*) FROM words JOIN thing ON thing.id = words.rowid "
        "WHERE words MATCH ? GROUP BY kind",
        (match,),
    )
    return Found(tuple(_hits(db, match, folded, kind, part)), dict(counts))


def _hits(
    db: sqlite3.Connection, match: str, folded: str, kind: str, part: tuple[int, int]
) -> list[Hit]:
    rows = db.execute(
        "SELECT iri, kind, label, note FROM words JOIN thing ON thing.id = words.rowid "
        "WHERE words MATCH :match AND (:kind = '' OR kind = :kind) "
        f"ORDER BY folded = :folded DESC, {_RANK}, thing.id LIMIT :limit OFFSET :offset",
        {"match": match, "kind": kind, "folded": folded, "limit": part[0], "offset": part[1]},
    )
    return [Hit(*row) for row in rows]


def _near_words(db: sqlite3.Connection, words: list[str]) -> list[str]:
    """For each word that begins no word of the graph the nearest one that it has; "" if none."""
    return [word if _is_known(db, word) else _nearest(db, word) for word in words]


def _is_known(db: sqlite3.Connection, word: str) -> bool:
    sql = "SELECT 1 FROM vocabulary WHERE term >= ? AND term < ? LIMIT 1"
    return db.execute(sql, (word, word + "\U0010ffff")).fetchone() is not None


def _nearest(db: sqlite3.Connection, word: str) -> str:
    length = len(word)
    sql = "SELECT term, doc FROM vocabulary WHERE LENGTH(term) BETWEEN ? AND ?"
    terms: dict[str, int] = dict(db.execute(sql, (length - 2, length + 2)).fetchall())
    near = process.extract(word, list(terms), scorer=fuzz.ratio, score_cutoff=NEAR_SCORE, limit=5)
    ranked = sorted(near, key=lambda found: (-found[1], -terms[found[0]], found[0]))
    return ranked[0][0] if ranked else ""
