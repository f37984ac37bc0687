"""Networks, timelines and charts: the same every time, within their frames, nothing lost unsaid."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import BlankNode, Literal, NamedNode

from undersigned.pages.network import MOST_NODES, Point, draw, network_json
from undersigned.pages.results import cell_of, result_views
from undersigned.pages.timeline import Event, draw_bars, draw_columns, draw_timeline
from undersigned.terms import XSD

DAY = NamedNode(f"{XSD}date")
NUMBER = NamedNode(f"{XSD}integer")


def points(count: int) -> list[Point]:
    return [Point(f"p{i}", f"Person {i}", "person", weight=i % 5 + 1) for i in range(count)]


def lines(count: int) -> list[tuple[str, str, str]]:
    return [(f"p{i}", f"p{i // 3}", "signed") for i in range(count)]


def test_the_same_network_gives_the_same_picture() -> None:
    assert draw(points(30), lines(30)) == draw(reversed(points(30)), reversed(lines(30)))


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 60), st.integers(0, 60))
def test_every_node_lies_in_the_picture_apart_from_the_others(nodes: int, edges: int) -> None:
    picture = draw(points(nodes), lines(min(nodes, edges)))
    width, height = picture.size
    for point in picture.points:
        assert 0 <= point.x <= width
        assert 0 <= point.y <= height
    for a, b in combinations(picture.points, 2):
        assert (a.x, a.y) != (b.x, b.y)


def test_the_heaviest_are_drawn_and_the_others_counted() -> None:
    crowd = [Point(f"p{i}", "x", "person", weight=i) for i in range(MOST_NODES + 40)]
    picture = draw(crowd, [])
    assert len(picture.points) == MOST_NODES
    assert picture.left_out == 40
    assert min(point.weight for point in picture.points) == 40


def test_labels_do_not_overlap() -> None:
    picture = draw(points(60), lines(60))
    boxes = []
    for p in picture.points:
        if p.anchor:
            width = len(p.short) * 6.0
            left = p.label_x - {"start": 0, "end": width}.get(p.anchor, width / 2)
            boxes.append((left, p.label_y - 6, left + width, p.label_y + 6))
    assert len(boxes) > 10
    for a, b in combinations(boxes, 2):
        assert a[2] <= b[0] or b[2] <= a[0] or a[3] <= b[1] or b[3] <= a[1]


def test_edges_to_nodes_that_are_not_there_are_left_out() -> None:
    picture = draw(points(2), [("p0", "p1", ""), ("p0", "gone", ""), ("p1", "p1", "")])
    assert len(picture.lines) == 1
    assert len(network_json(picture)["edges"]) == 1


def test_a_timeline_puts_days_in_order_and_passes_over_what_is_no_date() -> None:
    timeline = draw_timeline(
        [Event("2024-05", "b"), Event("2021", "a"), Event("soon", "x"), Event("2025-13-40", "y")]
    )
    assert [dot.event.label for dot in timeline.dots] == ["a", "b"]
    assert timeline.dots[0].x < timeline.dots[1].x
    assert all(0 <= tick.x <= 960 for tick in timeline.ticks)
    assert {tick.label for tick in timeline.ticks} >= {"2022", "2023"}


def test_a_crowded_day_is_cut_and_counted() -> None:
    events = [Event("2024-05-01", str(i)) for i in range(30)] + [Event("2024-08-01", "z")]
    timeline = draw_timeline(events)
    assert len(timeline.dots) + timeline.left_out == len(events)
    assert timeline.left_out > 0
    assert all(dot.y > 0 for dot in timeline.dots)


def test_one_day_is_no_course_of_time() -> None:
    assert not draw_timeline([Event("2024-05-01", "a"), Event("2024-05-01", "b")])
    assert not draw_timeline([])


@pytest.mark.parametrize("values", [[], [0.0], [0.0, 0.0], [-3.0, 5.0], [1e12, 1.0]])
def test_bars_and_columns_stay_in_their_frames(values: list[float]) -> None:
    rows = [(str(i), value) for i, value in enumerate(values)]
    assert all(0 <= bar.width <= 560 for bar in draw_bars(rows))
    assert all(column.y >= 0 and column.height >= 0 for column in draw_columns(rows).columns)


def test_columns_of_an_answer_decide_on_its_views() -> None:
    def iri(name: str) -> NamedNode:
        return NamedNode(f"https://x.example/{name}")

    def page_of(thing: NamedNode) -> str:
        return thing.value

    rows = [
        [
            cell_of(iri("a")),
            cell_of(Literal("Ann")),
            cell_of(iri("letter/l")),
            cell_of(Literal("3", datatype=NUMBER)),
            cell_of(Literal("2024-05-01", datatype=DAY)),
        ],
        [
            cell_of(iri("b")),
            cell_of(Literal("Ben")),
            cell_of(iri("letter/l")),
            cell_of(Literal("5", datatype=NUMBER)),
            cell_of(Literal("2024-07-01", datatype=DAY)),
        ],
    ]
    views = result_views(["who", "whoLabel", "letter", "n", "day"], rows, page_of)
    assert views.columns == ("who", "letter", "n", "day")
    assert views.rows[0][0].text == "Ann"
    assert views.views == ("table", "chart", "network", "timeline")
    assert views.charted == ("who", "n")
    assert [bar.label for bar in views.bars] == ["Ann", "Ben"]
    assert {p.label for p in views.network.points} == {"Ann", "Ben", "https://x.example/letter/l"}


@pytest.mark.parametrize(
    "term", [None, BlankNode("b"), Literal("NaN", datatype=NamedNode(f"{XSD}double")), Literal("x")]
)
def test_an_answer_without_numbers_things_or_days_is_a_table(term: object) -> None:
    views = result_views(["a", "b"], [[cell_of(term), cell_of(term)]] * 3, lambda _: None)  # type: ignore[arg-type] # the cases are terms
    assert views.views == ("table",)
    assert len(views.rows) == 3
