"""Where a worker writes an answer: whole if it is short, in parts if it is long, within budgets."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Final

from pyoxigraph import QueryResultsFormat

from undersigned.serving.isolation.frames import MEDIA_TYPE_BYTES, Kind, send_frame

if TYPE_CHECKING:
    import socket

    from typing_extensions import Buffer

    from undersigned.serving.formats import AnswerFormat
    from undersigned.serving.isolation.question import Question

ROW_MARKS: Final = {
    QueryResultsFormat.JSON: b'}},{"',
    QueryResultsFormat.XML: b"<result>",
    QueryResultsFormat.CSV: b"\r\n",
    QueryResultsFormat.TSV: b"\n",
}
"""What the engine writes once a row, and, since it would be escaped, nowhere else.

A budget need not be exact: a row without any value is not counted in JSON, a line break in a value
is in CSV, and a mark that the engine writes in two pieces is missed.
"""


class AnswerTooLong(Exception):
    """The answer has more rows or bytes than are allowed; says which and how many."""


class Outlet(io.BytesIO):
    """Takes an answer from the engine, and holds what is not sent yet.

    `begin` comes first, `finish` after the last of it.
    """

    def __init__(self, connection: socket.socket, question: Question) -> None:
        super().__init__()
        self._connection = connection
        self._question = question
        self._sent_bytes = 0
        self._mark = b""
        self._whole_bytes = question.whole_bytes
        self._head = b""
        self._rows = 0

    def begin(self, form: AnswerFormat, media_type: str) -> None:
        """Says what will be written."""
        self._head = media_type.encode("ascii").ljust(MEDIA_TYPE_BYTES)
        if isinstance(form.engine_format, QueryResultsFormat):
            self._mark = ROW_MARKS[form.engine_format]
        if form.is_xml:  # whether XML can hold the answer is known at its end (finished_body)
            self._whole_bytes = self._question.answer_bytes

    def write(self, data: Buffer, /) -> int:
        """Takes more of the answer; the number of bytes.

        Raises:
            AnswerTooLong: a budget is used up.
            ServerGone: the server does not listen any more.
        """
        part = bytes(data)
        if self._mark:
            self.count_rows(part.count(self._mark))
        super().write(part)
        if self._sent_bytes + self.tell() > self._question.answer_bytes:
            raise AnswerTooLong(f"{self._question.answer_bytes} bytes")
        if self.tell() > self._whole_bytes:
            self._send_part()
        return len(part)

    def count_rows(self, number: int) -> None:
        """Counts rows or triples.

        Raises:
            AnswerTooLong: the budget is used up.
        """
        self._rows += number
        if self._rows > self._question.answer_rows:
            raise AnswerTooLong(f"{self._question.answer_rows} rows")

    def finish(self, body: bytes | None = None) -> None:
        """Sends what is held, and that the answer is complete. `body` replaces what is held."""
        if self._sent_bytes:
            self._send_part()
            send_frame(self._connection, Kind.END)
        else:
            held = self.getvalue() if body is None else body
            send_frame(self._connection, Kind.WHOLE, self._head, held)

    def _send_part(self) -> None:
        send_frame(self._connection, Kind.PART, self._head, self.getvalue())
        self._sent_bytes += self.tell()
        self.seek(0)
        self.truncate()
