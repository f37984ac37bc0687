"""A network as a picture that stands by itself: SVG for the web and for editing, PNG for print."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any, BinaryIO, Final
from xml.sax.saxutils import escape, quoteattr

from undersigned.errors import ExportError
from undersigned.exporting.base import ExportFormat, ExportRequest
from undersigned.exporting.networks import NETWORKS, build_network

if TYPE_CHECKING:
    import networkx as nx

    from undersigned.pages.network import Line, Network, Point

PIXELS_PER_UNIT: Final = 3
"""Of a PNG: 2,880 pixels across, enough for the width of a printed page at 300 dots an inch."""
_SIZE: Final = (960, 640)
_CAPTION_HEIGHT: Final = 56
_LIST_LINE: Final = 18
_LONGEST_NAME: Final = 68
"""Characters that half of the picture's width holds."""
_FONTS: Final = "Helvetica, Arial, 'Liberation Sans', 'DejaVu Sans', sans-serif"
_COLOURS: Final = {
    "person": "#1f5f8b",
    "organization": "#b3541e",
    "letter": "#5b5b5b",
    "group": "#7a5195",
    "handle": "#2f7d59",
    "unnamedspeaker": "#9a9a9a",
}
_OTHER_COLOUR: Final = "#777777"
_KINDS_IN_WORDS: Final = {"unnamedspeaker": "unnamed speaker"}
_WIDEST_LINE: Final = 4.0
_LOOSE: Final = 3.0
"""Ties a node up to which the layout pulls with its whole force; found by looking."""


def write_svg(request: ExportRequest, output: BinaryIO) -> int:
    """Writes the picture; the number of lines between nodes that it shows."""
    text, lines = _picture(request)
    output.write(text.encode())
    request.advance(lines)
    return lines


def write_png(request: ExportRequest, output: BinaryIO) -> int:
    """Writes the same picture in pixels, with the fonts of this machine.

    Raises:
        ExportError: resvg-py is not installed.
    """
    resvg = _resvg()
    text, lines = _picture(request)
    output.write(resvg.svg_to_bytes(svg_string=text, zoom=PIXELS_PER_UNIT, background="#ffffff"))
    request.advance(lines)
    return lines


def _picture(request: ExportRequest) -> tuple[str, int]:
    graph, left_out = build_network(request.reader, request.network)
    network = _drawn(graph)
    if network.left_out:
        left_out.append(
            f"{network.left_out:,} of {len(graph):,} nodes, those with the fewest ties; "
            "gexf and graphml hold all"
        )
    for sentence in left_out:
        request.tell(sentence)
    summary = NETWORKS[request.network].summary
    return _svg(network, graph, summary[:1].upper() + summary[1:]), len(network.lines)


def _drawn(graph: nx.Graph[str]) -> Network:
    """Nodes by what they have a part in, letters or ties; edges with their weight as label."""
    from undersigned.pages.network import Point, draw  # numpy, which `--help` need not wait for

    points = [
        Point(
            key=node,
            label=attributes["label"],
            kind=attributes["kind"].lower(),
            weight=_weight(graph, node),
        )
        for node, attributes in graph.nodes(data=True)
    ]
    edges = [(a, b, str(edge["weight"])) for a, b, edge in graph.edges(data=True)]
    ties_a_node = 2 * len(edges) / max(1, len(points))
    return draw(points, edges, _SIZE, pull=min(1.0, _LOOSE / max(1.0, ties_a_node)))


def _weight(graph: nx.Graph[str], node: str) -> int:
    letters = {
        letter
        for _, _, edge in graph.edges(node, data=True)
        for letter in str(edge.get("letters", "")).split("; ")
        if letter
    }
    return len(letters) or int(graph.degree(node, weight="weight"))


def _svg(network: Network, graph: nx.Graph[str], title: str) -> str:
    numbered = [p for p in network.points if p.kind == "letter" and not p.anchor]
    width, height = network.size
    height += _CAPTION_HEIGHT + _LIST_LINE * ((len(numbered) + 1) // 2) + 8
    out = io.StringIO()
    out.write(
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" '
        f'width="{width}" height="{height}" role="img" font-size="12" '
        f'font-family="{_FONTS}">\n<title>{escape(title)}</title>\n'
        '<rect width="100%" height="100%" fill="#ffffff"/>\n'
    )
    if graph.is_directed():
        out.write(
            '<defs><marker id="arrow" viewBox="0 0 8 8" refX="8" refY="4" markerWidth="7" '
            'markerHeight="7" markerUnits="userSpaceOnUse" orient="auto">'
            '<path d="M0 0 8 4 0 8z" fill="#8a8a8a"/></marker></defs>\n'
        )
    heaviest = max((int(line.label) for line in network.lines), default=1)
    out.write('<g stroke="#8a8a8a" stroke-opacity="0.45">\n')
    for line in network.lines:
        out.write(_line(network.points, line, heaviest, directed=graph.is_directed()))
    out.write("</g>\n")
    for point in network.points:
        out.write(_node(point))
    # After all nodes, so that no other node covers a name.
    for point in network.points:
        out.write(_label(point))
    out.write(_caption(network, title))
    for number, point in enumerate(numbered, 1):
        out.write(_numbered(point, number, network.size))
    out.write("</svg>\n")
    return out.getvalue()


def _line(points: tuple[Point, ...], line: Line, heaviest: int, *, directed: bool) -> str:
    start, end = points[line.start], points[line.end]
    thickness = 0.8 + (_WIDEST_LINE - 0.8) * (int(line.label) - 1) / max(1, heaviest - 1)
    x, y = end.x, end.y
    if directed:  # the arrow's tip touches the node's edge
        length = max(((x - start.x) ** 2 + (y - start.y) ** 2) ** 0.5, 0.1)
        x -= (x - start.x) / length * end.radius
        y -= (y - start.y) / length * end.radius
    arrow = ' marker-end="url(#arrow)"' if directed else ""
    return (
        f'<line x1="{start.x}" y1="{start.y}" x2="{x:.1f}" y2="{y:.1f}" '
        f'stroke-width="{thickness:.1f}"{arrow}/>\n'
    )


def _node(point: Point) -> str:
    colour = _COLOURS.get(point.kind, _OTHER_COLOUR)
    shape = f'<circle cx="{point.x}" cy="{point.y}" r="{point.radius}"'
    if point.kind == "letter":
        side, r = round(2 * point.radius, 1), point.radius
        shape = (
            f'<rect x="{point.x - r:.1f}" y="{point.y - r:.1f}" width="{side}" height="{side}" '
            'rx="2"'
        )
    tag = shape[1 : shape.index(" ")]
    return (
        f'{shape} fill="{colour}" stroke="#ffffff" stroke-width="1.5">'
        f"<title>{escape(point.label)}</title></{tag}>\n"
    )


def _label(point: Point) -> str:
    if not point.anchor:
        return ""
    anchor = point.anchor if point.anchor in ("start", "end") else "middle"
    style = ' font-style="italic"' if point.kind == "letter" else ""
    # Not dominant-baseline: many programs that open SVG do not know it.
    return (
        f'<text x="{point.label_x}" y="{point.label_y + 4:.1f}" text-anchor="{anchor}"{style} '
        'fill="#222222" stroke="#ffffff" stroke-width="3" stroke-linejoin="round" '
        f'paint-order="stroke">{escape(point.short)}</text>\n'
    )


def _numbered(point: Point, number: int, size: tuple[int, int]) -> str:
    """A letter whose name has no room beside it: its number, and the name below the picture."""
    column, line = (number - 1) % 2, (number - 1) // 2
    x, y = 20 + column * size[0] // 2, size[1] + _CAPTION_HEIGHT + _LIST_LINE * line + 6
    return (
        f'<text x="{point.x}" y="{point.y + 4:.1f}" text-anchor="middle" fill="#ffffff" '
        f'font-weight="bold">{number}</text>\n'
        f'<text x="{x}" y="{y}" fill="#222222">{number}  '
        f'<tspan font-style="italic">{escape(_cut(point.label))}</tspan></text>\n'
    )


def _cut(label: str) -> str:
    if len(label) <= _LONGEST_NAME:
        return label
    return label[: _LONGEST_NAME - 1].rstrip() + "…"


def _caption(network: Network, title: str) -> str:
    """What the picture shows, how much of it, and which colour is what."""
    height = network.size[1]
    shown = f"{len(network.points):,} names, {len(network.lines):,} ties"
    if network.left_out:
        shown += f"; {network.left_out:,} with fewer ties are not drawn"
    if not network.points:
        shown = "nobody is joined to anybody here"
    parts = [
        f'<text x="20" y="{height + 20}" font-size="15" font-weight="bold" fill="#222222">'
        f"{escape(title)}</text>\n"
        f'<text x="20" y="{height + 42}" fill="#555555">{escape(shown)}</text>\n'
    ]
    kinds = [kind for kind in _COLOURS if any(point.kind == kind for point in network.points)]
    x = network.size[0] - 20
    for kind in reversed(kinds):
        words = _KINDS_IN_WORDS.get(kind, kind)
        x -= 8 * len(words) + 26
        parts.append(
            f'<circle cx={quoteattr(str(x))} cy="{height + 38}" r="5" '
            f'fill="{_COLOURS[kind]}"/>\n'
            f'<text x="{x + 10}" y="{height + 42}" fill="#555555">{words}</text>\n'
        )
    return "".join(parts)


def _resvg() -> Any:
    try:
        import resvg_py
    except ModuleNotFoundError as error:
        raise ExportError(
            "--format png needs resvg-py, which is not installed; "
            "say `pip install 'undersigned[pictures]'`, or export svg"
        ) from error
    return resvg_py


_HOLDS: Final = "a picture of a network, named by --network"

SVG: Final = ExportFormat(
    name="svg",
    media_type="image/svg+xml",
    suffix=".svg",
    holds=f"{_HOLDS}, for the web",
    write=write_svg,
    unit="ties",
)
PNG: Final = ExportFormat(
    name="png",
    media_type="image/png",
    suffix=".png",
    holds=f"{_HOLDS}, for print",
    write=write_png,
    unit="ties",
)
