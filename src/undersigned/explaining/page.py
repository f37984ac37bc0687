"""How a source was read, as one page of HTML that needs nothing but itself.

No scripts and nothing from elsewhere; light or dark by the reader's own setting. The page is
well-formed XML, too, so that other programs can take it apart.
"""

from __future__ import annotations

from collections import Counter
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from jinja2 import Environment, PackageLoader, StrictUndefined

from undersigned.explaining.explanation import printable
from undersigned.explaining.marks import Label, runs
from undersigned.explaining.nesting import nest
from undersigned.reading.wording import shortened

if TYPE_CHECKING:
    from jinja2 import Template

    from undersigned.explaining.explanation import (
        ExplainedBlock,
        ExplainedClaim,
        Explanation,
    )
    from undersigned.explaining.nesting import Node

HUES: Final = {
    Label.SIGNATORY: 150,
    Label.LETTER: 310,
    Label.ADDRESSEE: 75,
    Label.ORGANIZER: 50,
    Label.ANSWERED: 20,
    Label.COUNT: 0,
    Label.DATE: 350,
    Label.TOPIC: 285,
    Label.DEMAND: 95,
    Label.SPEAKER: 245,
    Label.CUE: 215,
    Label.CONTENT: 230,
    Label.HOLDER: 180,
    Label.ROLE: 125,
}
"""The colour of each label as its hue in degrees (OKLCH); lightness and chroma are the page's."""
_WORDS_SHOWN: Final = 48


def explanation_page(explanation: Explanation) -> str:
    """The page of one source; the same reading gives the same bytes."""
    source = explanation.source
    return _template().render(
        title=source.title or source.source_id,
        facts=[f for f in (source.outlet, _day(source.published), ", ".join(source.authors)) if f],
        link=source.url if _is_web_address(source.url) else None,
        source=source,
        extractor=explanation.extractor,
        kinds=_kinds(explanation),
        legend=[label for label in Label if _is_used(label, explanation)],
        hues=HUES,
        blocks=[_block(explanation, block) for block in explanation.blocks],
        claims=[_row(explanation, claim) for claim in explanation.claims],
    )


@cache
def _template() -> Template:
    environment = Environment(
        loader=PackageLoader("undersigned.explaining", ""),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        finalize=lambda value: printable(value) if type(value) is str else value,
    )
    environment.filters["runs"] = lambda numbers: list(runs(numbers))
    return environment.get_template("page.html.j2")


def _day(published: str | None) -> str | None:
    return published[:10] if published else None


def _is_web_address(url: str | None) -> bool:
    """Whether a link may lead there: "javascript:" and the like are shown, never linked."""
    return url is not None and url.startswith(("https://", "http://"))


def _is_used(label: Label, explanation: Explanation) -> bool:
    return any(label == used for span in explanation.spans for used, _ in span.parts)


def _kinds(explanation: Explanation) -> list[tuple[str, int]]:
    """Names of the kinds of claim with their numbers, most first."""
    counted = Counter(kind_of(claim) for claim in explanation.claims)
    return sorted(counted.items(), key=lambda pair: (-pair[1], pair[0]))


def kind_of(claim: ExplainedClaim) -> str:
    """What kind of claim it is, as the ontology's terms say it: "signature", "letter date"."""
    name = type(claim.claim).__name__.removesuffix("Claim")
    return "".join(f" {c.lower()}" if c.isupper() else c for c in name).strip()


def _block(explanation: Explanation, block: ExplainedBlock) -> dict[str, Any]:
    return {
        "kind": block.kind.value,
        "is_read": block.is_read,
        "nodes": [
            _node(explanation, node) for node in nest(explanation.spans, block.start, block.end)
        ],
        "claims": [_row(explanation, claim) for claim in block.claims],
    }


def _node(explanation: Explanation, node: Node) -> dict[str, Any]:
    return {
        "text": explanation.words(node.start, node.end),
        "mark": node.mark,
        "opens": node.opens,
        "closes": node.closes,
        "inner": [_node(explanation, inner) for inner in node.inner],
    }


def _row(explanation: Explanation, claim: ExplainedClaim) -> dict[str, Any]:
    return {
        "claim": claim,
        "kind": kind_of(claim),
        "marks": [
            (mark, shortened(explanation.words(mark.start, mark.end), _WORDS_SHOWN))
            for mark in claim.marks
        ],
    }
