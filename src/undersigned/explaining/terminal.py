"""How a source was read, as text: in colour on a terminal, with labels in brackets elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rich.table import Table
from rich.text import Text

from undersigned.explaining.explanation import printable
from undersigned.explaining.marks import Label, runs
from undersigned.explaining.nesting import nest
from undersigned.source import BlockKind

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rich.console import Console

    from undersigned.explaining.explanation import (
        ExplainedBlock,
        ExplainedClaim,
        ExplainedSentence,
        Explanation,
    )
    from undersigned.explaining.marks import MarkedSpan
    from undersigned.explaining.nesting import Node

STYLES: Final = {
    Label.SIGNATORY: "bold green",
    Label.LETTER: "bold magenta",
    Label.ADDRESSEE: "bold yellow",
    Label.ORGANIZER: "bright_magenta",
    Label.ANSWERED: "bright_red",
    Label.COUNT: "bold red",
    Label.DATE: "red",
    Label.TOPIC: "bright_blue",
    Label.DEMAND: "bright_yellow",
    Label.SPEAKER: "bold cyan",
    Label.CUE: "underline",
    Label.CONTENT: "cyan",
    Label.HOLDER: "bright_green",
    Label.ROLE: "bold blue",
}
_RAISED: Final = str.maketrans("0123456789–,", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻ ")
_INDENT: Final = 4


class TerminalView:
    """Prints explanations to a console, in colour where it has colours."""

    def __init__(self, console: Console):
        self._console = console
        self._coloured = console.color_system is not None and not console.no_color

    def show(self, name: str, explanation: Explanation) -> None:
        """Prints one source: title, legend, and every block with the claims made in it."""
        source = explanation.source
        facts = (source.title, source.outlet, source.published, source.url or source.origin)
        self._say(Text(f" {printable(name)} ", "bold reverse"))
        self._say(Text(printable(" · ".join(fact for fact in facts if fact)), "dim"))
        self._say(_summary(explanation))
        if self._coloured:
            self._say(_legend(explanation))
        for block in explanation.blocks:
            self._say(Text())
            self._show_block(explanation, block)
        self._say(Text())

    def _show_block(self, explanation: Explanation, block: ExplainedBlock) -> None:
        if not block.is_read:
            words = explanation.words(block.start, block.end)
            self._say(
                Text(f"({block.kind.replace('-', ' ')}, not read: {_on_one_line(words)})", "dim")
            )
            return
        heading = block.kind in {BlockKind.HEADLINE, BlockKind.SUBHEADING}
        for sentence in block.sentences:
            self._say(self._marked(explanation, sentence, "bold" if heading else ""))
            for claim in sentence.claims:
                self._show_claim(claim)

    def _marked(self, explanation: Explanation, sentence: ExplainedSentence, style: str) -> Text:
        text = Text(style=style)
        for node in nest(explanation.spans, sentence.start, sentence.end):
            text.append(self._node(explanation, node))
        text.rstrip()
        return text

    def _node(self, explanation: Explanation, node: Node) -> Text:
        if node.mark is None:
            return Text(" ".join(explanation.words(node.start, node.end).splitlines()))
        inner = Text().join(self._node(explanation, n) for n in node.inner)
        if not self._coloured:
            return Text.assemble(f"[{_parts(node.mark)}: ", inner, "]")
        # Text.assemble puts the outer style below those of the stretches within.
        marked = Text.assemble(inner)
        marked.style = STYLES[node.mark.label]
        if node.closes:
            marked.append(
                _numbers(node.mark.numbers).translate(_RAISED), "not underline not italic"
            )
        return marked

    def _show_claim(self, claim: ExplainedClaim) -> None:
        facts = [claim.rule, claim.certainty.value, f"confidence {claim.confidence:.2f}"]
        if claim.speaker is not None:
            facts.append(f"speaker {claim.speaker}")
        number, sentence = str(claim.number), printable(claim.sentence)
        below = printable(" · ".join(facts))
        if not self._coloured:
            self._say(Text(f"{number:>{_INDENT}}  {sentence}\n{'':{_INDENT}}  {below}"))
            return
        grid = Table.grid(padding=(0, 2, 0, 0))
        grid.add_column(width=_INDENT, justify="right", style="dim")
        grid.add_column()
        grid.add_row(number, Text(sentence))
        grid.add_row("", Text(below, "dim"))
        self._console.print(grid)

    def _say(self, text: Text) -> None:
        if self._coloured:
            self._console.print(text)
        else:
            self._console.print(text.plain, soft_wrap=True, markup=False, highlight=False)


def _summary(explanation: Explanation) -> Text:
    number = len(explanation.claims)
    return Text(f"{number} {'claim' if number == 1 else 'claims'} · {explanation.extractor}", "dim")


def _legend(explanation: Explanation) -> Text:
    used = {label for span in explanation.spans for label, _ in span.parts}
    return Text("  ").join(Text(label, STYLES[label]) for label in Label if label in used)


def _parts(span: MarkedSpan) -> str:
    return ", ".join(f"{label} {_numbers(numbers)}" for label, numbers in span.parts)


def _numbers(numbers: Iterable[int]) -> str:
    return ",".join(str(a) if a == b else f"{a}–{b}" for a, b in runs(tuple(numbers)))


def _on_one_line(words: str) -> str:
    return " ".join(words.split())
