"""Asks a person pair by pair; every answer is written at once, so that stopping loses nothing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from undersigned.errors import StoreLocked
from undersigned.judging.decisions import Saying, judgements_of
from undersigned.judging.register import new_records, open_store, register
from undersigned.judging.review import is_open, pair_of
from undersigned.judging.showing import findings_text, pair_table
from undersigned.store.embedded import open_reader

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from rich.console import Console

    from undersigned.judging.review import OpenPair, Waiting

VERDICTS: Final = {"s": "same", "n": "not-same", "u": "unsure"}
SKIP: Final = "skip"
QUIT: Final = "quit"
HELP: Final = "s same, n not the same, u unsure, Enter skip, q quit"


@dataclass(frozen=True, slots=True)
class Interview:
    """One sitting: where it is shown, how a line is read, into which store and by whom.

    `read` shows its text and gives the line typed; it may raise EOFError and KeyboardInterrupt,
    which both end the sitting.
    """

    console: Console
    read: Callable[[str], str]
    store: Path
    judge: str

    def run(self, pairs: Sequence[Waiting], base: str) -> int:
        """Asks about pairs until all are asked or the person quits; how many were judged.

        Pairs that an earlier answer settled are passed over. The evidence of a pair is looked up
        when its turn comes.
        """
        judged = 0
        try:
            for number, waiting in enumerate(pairs, start=1):
                with open_reader(self.store) as reader:
                    if not is_open(reader, waiting):
                        continue
                    pair = pair_of(reader, waiting)
                self.console.rule(f"{pair.kind} {number} of {len(pairs)}")
                self.show(pair, base)
                word = self.ask()
                if word == QUIT:
                    break
                if word != SKIP:
                    self.write(pair, word)
                    judged += 1
        except (EOFError, KeyboardInterrupt):
            self.console.print()
        return judged

    def show(self, pair: OpenPair, base: str) -> None:
        """Shows both sides and what was compared."""
        in_colour = self.console.color_system is not None
        self.console.print(pair_table(pair, base, in_colour=in_colour))
        self.console.print(findings_text(pair))

    def ask(self) -> str:
        """The answer: one of the words of `VERDICTS`, SKIP or QUIT."""
        while True:
            typed = self.read(f"{HELP}: ").strip().lower()
            if typed in ("", "k", SKIP):
                return SKIP
            if typed in ("q", QUIT):
                return QUIT
            if typed in VERDICTS:
                return VERDICTS[typed]
            if typed in VERDICTS.values():
                return typed
            self.console.print(f"{typed!r} is no answer", markup=False)

    def write(self, pair: OpenPair, word: str) -> None:
        """Asks for the reason, and writes the answer; waits where another process is writing."""
        saying = Saying(
            one=pair.one.iri.value,
            word=word,
            other=pair.other.iri.value,
            judge=self.judge,
            reason=self.read("why (Enter for no reason): ").strip(),
        )
        while True:
            try:
                with open_store(self.store) as writer:
                    done = register(writer, new_records(writer, judgements_of(writer, saying)))
                    base = writer.iris.base
            except StoreLocked:
                self.read("another process is writing to the store; Enter tries again: ")
            else:
                iris = " ".join(record.iri.value.removeprefix(base) for record in done.records)
                self.console.print(f"recorded: {iris}", markup=False)
                return
