"""The saved questions of a site, read again when their files change."""

from __future__ import annotations

import threading
from http import HTTPStatus
from typing import TYPE_CHECKING

from undersigned.errors import QueryError
from undersigned.names import fold_name
from undersigned.questions.saved_query import iter_query_paths, near, read_saved_query
from undersigned.serving.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from undersigned.questions.saved_query import SavedQuery

State = tuple[tuple[str, int], ...]


class Catalogue:
    """The questions in a folder of queries. Safe to use from many threads."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._lock = threading.Lock()
        self._state: State | None = None
        self._questions: tuple[SavedQuery, ...] = ()

    def state(self) -> State:
        """Changes when a query file does: its name, and when it was written."""
        found = []
        for path in iter_query_paths(self._folder):
            try:
                found.append((path.name, path.stat().st_mtime_ns))
            except OSError:  # taken away since the folder was listed
                continue
        return tuple(found)

    def questions(self) -> tuple[SavedQuery, ...]:
        """Every question whose file is as it must be, by name."""
        state = self.state()
        with self._lock:
            if state != self._state:
                self._questions = tuple(self._read())
                self._state = state
            return self._questions

    def get(self, name: str) -> SavedQuery:
        """The question of a name.

        Raises:
            Problem: 404, with near names.
        """
        questions = {question.name: question for question in self.questions()}
        if name in questions:
            return questions[name]
        short = name[:100]
        raise Problem(
            HTTPStatus.NOT_FOUND,
            "question-unknown",
            f"There is no question {short!r}; {near(short, list(questions))}"
            "/questions lists all of them.",
        )

    def _read(self) -> Iterable[SavedQuery]:
        for path in iter_query_paths(self._folder):
            try:
                yield read_saved_query(path)
            except QueryError:  # `undersigned queries` names it; here it has nothing to show
                continue


def matching(questions: Iterable[SavedQuery], words: str, tag: str) -> list[SavedQuery]:
    """The questions of a tag ("" for all) that have all the words, each as the start of one."""
    wanted = fold_name(words).split()
    return [
        question
        for question in questions
        if not tag or tag in question.tags
        if all(f" {word}" in _words_of(question) for word in wanted)
    ]


def by_first_tag(questions: Iterable[SavedQuery]) -> list[tuple[str, list[SavedQuery]]]:
    """Questions in groups, those with most questions first; each question in one group."""
    groups: dict[str, list[SavedQuery]] = {}
    for question in questions:
        groups.setdefault(next(iter(question.tags), "other"), []).append(question)
    return sorted(groups.items(), key=lambda group: (-len(group[1]), group[0]))


def _words_of(question: SavedQuery) -> str:
    said = [
        question.name.replace("-", " "),
        question.summary,
        question.description,
        *question.tags,
        *question.columns.values(),
    ]
    return " " + " ".join(map(fold_name, said))
