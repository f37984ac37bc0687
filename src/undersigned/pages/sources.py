"""The page of a source: what was read in it, claim by claim, never its text as a whole.

Of each claim the words are shown with a little around them, by kind and not in the order of the
article; the whole sentence stands where the fact is shown.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from pyoxigraph import NamedNode

from undersigned import terms as t
from undersigned.pages.letters import Choice
from undersigned.pages.nodes import by_label, last_part
from undersigned.source import Span
from undersigned.why import passages_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from undersigned.pages.asking import Asked, Part
    from undersigned.pages.nodes import Node, Nodes
    from undersigned.why import Passage

AROUND_CHARS: Final = 48
"""Code points shown on either side of a claim's words."""
_ELLIPSIS: Final = "…"


@dataclass(frozen=True, slots=True)
class Snippet:
    """Some words of a claim with a little around them; `marks` are spans of `text`."""

    text: str
    marks: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class ClaimLine:
    """One claim of the source and the facts that rest on it."""

    anchor: str
    passage: Passage
    snippet: Snippet
    facts: tuple[Node, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SourcePage:
    """What the graph has from one source."""

    node: Node
    authors: tuple[str, ...]
    outlet: str
    published: str
    url: str
    kinds: tuple[Choice, ...]
    claims: Part[ClaimLine]
    letters: tuple[Node, ...]
    people: tuple[Node, ...]
    organizations: tuple[Node, ...]


def source_page(nodes: Nodes, node: Node, asked: Asked) -> SourcePage:
    """The page of a source; the part and kind of claims that were asked for."""
    found = _claims(nodes, node.iri)
    kinds = Counter(kind for _, kind in found)
    chosen = asked.choice("kind", sorted(kinds))
    shown = [claim for claim, kind in found if kind == chosen or not chosen]
    wanted = NamedNode(f"{node.iri.value}#{asked.text('claim')}") if asked.text("claim") else None
    part = asked.part_with(shown, shown.index(wanted)) if wanted in shown else asked.part(shown)
    mentioned = _mentioned(nodes, node.iri)
    return SourcePage(
        node=node,
        authors=node.texts(t.DCTERMS_CREATOR),
        outlet=node.text(t.OUTLET),
        published=node.text(t.PUBLISHED),
        url=node.text(t.URL),
        kinds=tuple(Choice(kind, n, kind == chosen) for kind, n in sorted(kinds.items())),
        claims=part.made(lambda claim: _line(nodes, claim)),
        letters=_of_kind(mentioned, t.LETTER),
        people=_of_kind(mentioned, t.PERSON),
        organizations=_of_kind(mentioned, t.ORGANIZATION),
    )


def _claims(nodes: Nodes, source: NamedNode) -> list[tuple[NamedNode, str]]:
    """The claims of a source with their kinds in words, by kind and then by IRI."""
    rows = nodes.rows(f"""SELECT ?claim ?class {{ GRAPH {source} {{
      ?claim us:fromSource {source} ; us:passage ?passage ; a ?class
      FILTER(?class NOT IN (us:Claim, us:StatementClaim))
    }} }}""")
    kinds = {NamedNode(claim): _words(cls) for claim, cls in sorted(rows, reverse=True)}
    return sorted(kinds.items(), key=lambda pair: (pair[1], pair[0].value))


def _words(claim_class: str) -> str:
    name = claim_class.removeprefix(t.US).removesuffix("Claim")
    return "".join(f" {c.lower()}" if c.isupper() else c for c in name).strip()


def _line(nodes: Nodes, claim: NamedNode) -> ClaimLine:
    passage = passages_of(nodes.reader, [claim])[0]
    return ClaimLine(
        anchor=last_part(claim),
        passage=passage,
        snippet=snippet(passage.text, passage.marks),
        facts=tuple(by_label(nodes.of(t.SUPPORTED_BY, claim))),
    )


def snippet(text: str, marks: Sequence[Span]) -> Snippet:
    """The marked words with at most `AROUND_CHARS` around each, gaps shown by an ellipsis."""
    windows: list[tuple[int, int]] = []
    for start, end in marks:
        left, right = _word_start(text, start), _word_end(text, end)
        if windows and left <= windows[-1][1]:
            windows[-1] = windows[-1][0], max(right, windows[-1][1])
        else:
            windows.append((left, right))
    shown, moved = "", list[Span]()
    for left, right in windows:
        shown += _ELLIPSIS if left else ""
        shift = len(shown) - left
        shown += text[left:right]
        moved += [
            Span(start + shift, end + shift)
            for start, end in marks
            if left <= start and end <= right
        ]
    if windows and windows[-1][1] < len(text):
        shown += _ELLIPSIS
    return Snippet(shown, tuple(moved))


def _word_start(text: str, start: int) -> int:
    """Where the words shown before `start` begin, none of them cut."""
    if start <= AROUND_CHARS:
        return 0
    space = text.find(" ", start - AROUND_CHARS, start)
    return start if space < 0 else space + 1


def _word_end(text: str, end: int) -> int:
    if len(text) - end <= AROUND_CHARS:
        return len(text)
    space = text.rfind(" ", end, end + AROUND_CHARS)
    return end if space < 0 else space


def _mentioned(nodes: Nodes, source: NamedNode) -> list[Node]:
    """The letters, people and organizations; of signatures and roles a list has thousands."""
    rows = nodes.rows(f"""SELECT DISTINCT ?thing {{
      VALUES ?class {{ us:Letter us:Person us:Organization }}
      ?thing us:saidIn {source} ; a ?class
    }}""")
    return by_label(nodes.get(NamedNode(thing)) for (thing,) in rows)


def _of_kind(mentioned: Sequence[Node], kind: NamedNode) -> tuple[Node, ...]:
    return tuple(n for n in mentioned if kind in n.kinds)
