"""Networks of people and letters: who is joined to what, and where each stands in the picture.

Letters stand among those who signed them, so that it can be seen *through what* people are joined;
lines between all pairs of co-signers would hide it. The layout (Fruchterman and Reingold 1991)
begins from a fixed spiral, so that the same network gives the same picture.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

Size = tuple[int, int]
SIZES: Final[tuple[tuple[int, Size], ...]] = ((16, (960, 380)), (40, (960, 500)))
"""Width and height of the picture by the number of nodes that it has at most."""
LARGEST: Final[Size] = (960, 620)
MOST_NODES: Final = 160
"""More can't be told apart in a picture of this size."""
_MARGIN: Final = 46
_ROUNDS: Final = 220
_GOLDEN_ANGLE: Final = math.pi * (3 - math.sqrt(5))
_LETTER_WIDTH: Final = 6.6
"""Width of one character of a label in the picture's units, on average."""
_LINE_HEIGHT: Final = 15
_LABEL_CHARS: Final = 34
_GAP: Final = 4


@dataclass(frozen=True, slots=True)
class Point:
    """One node. `kind` gives its shape and colour; `x` and `y` are its place in the picture.

    `anchor` is where its label hangs: start (right of it), end (left), above, below, or "" for no
    label; it is at `label_x` and `label_y`.
    """

    key: str
    label: str
    kind: str
    link: str = ""
    weight: int = 1
    x: float = 0.0
    y: float = 0.0
    radius: float = 0.0
    anchor: str = ""

    @property
    def label_x(self) -> float:
        """Where the label begins, ends, or has its middle, as `anchor` says."""
        shift = {"start": self.radius + _GAP, "end": -self.radius - _GAP}.get(self.anchor, 0)
        return round(self.x + shift, 1)

    @property
    def label_y(self) -> float:
        """The middle of the label's height."""
        away = self.radius + _LINE_HEIGHT / 2 + 2
        return round(self.y + {"above": -away, "below": away}.get(self.anchor, 0), 1)

    @property
    def short(self) -> str:
        """The label, cut where it is long."""
        if len(self.label) <= _LABEL_CHARS:
            return self.label
        return self.label[: _LABEL_CHARS - 1].rstrip() + "…"


@dataclass(frozen=True, slots=True)
class Line:
    """An edge between two points, by their places in `Network.points`."""

    start: int
    end: int
    label: str = ""


@dataclass(frozen=True, slots=True)
class Network:
    """A picture of a network. `left_out` is how many nodes it does not show."""

    points: tuple[Point, ...]
    lines: tuple[Line, ...]
    left_out: int = 0
    size: Size = LARGEST

    def __bool__(self) -> bool:
        return len(self.points) > 1


def network_json(network: Network) -> dict[str, list[dict[str, object]]]:
    """The network as the script in the browser takes it, in places where y grows upwards."""
    points = network.points
    return {
        "nodes": [
            {
                "key": p.key,
                "label": p.label,
                "kind": p.kind,
                "link": p.link,
                "x": p.x,
                "y": -p.y,
                "size": p.radius,
            }
            for p in points
        ],
        "edges": [
            {"source": points[n.start].key, "target": points[n.end].key, "label": n.label}
            for n in network.lines
        ],
    }


def draw(
    points: Iterable[Point],
    joined: Iterable[tuple[str, str, str]],
    size: Size | None = None,
    pull: float = 1.0,
) -> Network:
    """The picture of these nodes and edges (start key, end key, label).

    The heaviest nodes are kept, at most `MOST_NODES`; edges to others are left out. Without a size
    the picture is as high as the number of nodes asks for. A `pull` below 1 holds nodes that are
    joined less close together, which a network needs where all are joined to all.
    """
    known = sorted(points, key=lambda p: (-p.weight, p.key))
    kept = known[:MOST_NODES]
    place = {point.key: index for index, point in enumerate(kept)}
    lines = sorted(
        {
            Line(place[start], place[end], label)
            for start, end, label in joined
            if start in place and end in place and start != end
        },
        key=lambda line: (line.start, line.end, line.label),
    )
    if not kept:
        return Network((), ())
    size = size or next((size for most, size in SIZES if len(kept) <= most), LARGEST)
    placed = _placed(kept, lines, size, pull)
    shown = tuple(_labelled(placed, size[0]))
    return Network(shown, tuple(lines), len(known) - len(kept), size)


def _placed(
    points: Sequence[Point], lines: Sequence[Line], size: Size, strength: float
) -> list[Point]:
    at = _fitted(_spread(len(points), lines, strength), size)
    heaviest = max(point.weight for point in points)
    return [
        replace(
            point,
            x=round(float(x), 1),
            y=round(float(y), 1),
            radius=round(5 + 9 * math.sqrt(point.weight / heaviest), 1),
        )
        for point, (x, y) in zip(points, at, strict=True)
    ]


def _spread(count: int, lines: Sequence[Line], strength: float) -> NDArray[np.float64]:
    """Places in a unit square around 0, from a fixed start."""
    order = np.arange(count)
    radius = np.sqrt((order + 0.5) / count)
    at = np.stack(
        [radius * np.cos(order * _GOLDEN_ANGLE), radius * np.sin(order * _GOLDEN_ANGLE)], axis=1
    )
    if count < 2:
        return at
    starts = np.array([line.start for line in lines], dtype=np.intp)
    ends = np.array([line.end for line in lines], dtype=np.intp)
    ideal = 1.6 / math.sqrt(count)
    for round_ in range(_ROUNDS):
        gaps = at[:, None, :] - at[None, :, :]
        distance = np.maximum(np.linalg.norm(gaps, axis=2), 0.01)
        force = np.einsum("ijk,ij->ik", gaps, ideal**2 / distance**2)
        if len(lines):
            pull = at[starts] - at[ends]
            pull *= strength * np.linalg.norm(pull, axis=1, keepdims=True) / ideal
            np.add.at(force, starts, -pull)
            np.add.at(force, ends, pull)
        force -= at * 0.6  # holds parts together that no line joins
        length = np.maximum(np.linalg.norm(force, axis=1, keepdims=True), 1e-9)
        heat = 0.12 * (1 - round_ / _ROUNDS) + 0.002
        at = at + force / length * np.minimum(length, heat)
    return at


def _fitted(at: NDArray[np.float64], size: Size) -> NDArray[np.float64]:
    """Moved and stretched into the picture."""
    extent = np.array(size)
    low, high = at.min(axis=0), at.max(axis=0)
    span = np.maximum(high - low, 1e-9)
    room = extent - 2 * _MARGIN
    fitted: NDArray[np.float64] = (at - low) / span * room + _MARGIN
    fitted[:, high - low < 1e-6] = (extent / 2)[high - low < 1e-6]
    return fitted


def _labelled(points: Sequence[Point], width: int) -> list[Point]:
    """Labels where there is room: letters first, then the heaviest; the others have none."""
    taken = [(p.x - p.radius, p.y - p.radius, p.x + p.radius, p.y + p.radius) for p in points]
    order = sorted(range(len(points)), key=lambda i: (not points[i].kind.endswith("letter"), i))
    anchors: dict[int, str] = {}
    for index in order:
        for anchor in ("start", "end", "below", "above"):
            box = _label_box(points[index], anchor)
            inside = box[0] >= 0 and box[2] <= width
            if inside and not any(_overlap(box, other) for other in taken):
                anchors[index] = anchor
                taken.append(box)
                break
    return [replace(p, anchor=anchors.get(i, "")) for i, p in enumerate(points)]


def _label_box(point: Point, anchor: str) -> tuple[float, float, float, float]:
    hung = replace(point, anchor=anchor)
    width = len(point.short) * _LETTER_WIDTH
    left = hung.label_x - {"start": 0, "end": width}.get(anchor, width / 2)
    return left, hung.label_y - _LINE_HEIGHT / 2, left + width, hung.label_y + _LINE_HEIGHT / 2


def _overlap(a: tuple[float, float, float, float], b: tuple[float, float, float, float]) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]
