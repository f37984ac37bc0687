"""Marked stretches as a tree."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from undersigned.explaining.marks import Label, Mark, merged, runs
from undersigned.explaining.nesting import Node, nest

if TYPE_CHECKING:
    from collections.abc import Iterator

LENGTH = 20
MARKS = st.lists(
    st.builds(
        lambda start, length, label, number: Mark(start, start + length, label, number),
        st.integers(0, LENGTH - 1),
        st.integers(1, 8),
        st.sampled_from(Label),
        st.integers(1, 5),
    ),
    max_size=8,
)


def leaves(nodes: tuple[Node, ...]) -> Iterator[int]:
    for node in nodes:
        if node.mark is None:
            yield from range(node.start, node.end)
        else:
            yield from leaves(node.inner)


def marked(nodes: tuple[Node, ...]) -> Iterator[Node]:
    for node in nodes:
        if node.mark is not None:
            yield node
            yield from marked(node.inner)


@given(MARKS)
def test_every_character_comes_once_and_every_stretch_opens_and_closes_once(
    marks: list[Mark],
) -> None:
    spans = merged(marks)
    nodes = nest(spans, 0, LENGTH + 8)
    assert list(leaves(nodes)) == list(range(LENGTH + 8))
    opened = [node.mark for node in marked(nodes) if node.opens]
    assert len(opened) == len(spans)
    assert set(opened) == set(spans)
    assert len([n for n in marked(nodes) if n.closes]) == len(spans)
    for span in spans:
        pieces = [n for n in marked(nodes) if n.mark == span]
        assert [i for n in pieces for i in range(n.start, n.end)] == list(
            range(span.start, span.end)
        )


def test_a_stretch_that_crosses_another_is_cut_at_its_end() -> None:
    quoted, named = merged([Mark(0, 6, Label.CONTENT, 1), Mark(4, 9, Label.SPEAKER, 2)])
    nodes = nest([quoted, named], 0, 10)
    assert [(n.start, n.end, n.opens, n.closes) for n in marked(nodes)] == [
        (0, 6, True, True),
        (4, 6, True, False),
        (6, 9, False, True),
    ]


def test_one_stretch_takes_all_labels_and_the_colour_of_the_first() -> None:
    (span,) = merged([Mark(0, 3, Label.HOLDER, 4), Mark(0, 3, Label.SIGNATORY, 2)])
    assert span.parts == ((Label.SIGNATORY, (2,)), (Label.HOLDER, (4,)))
    assert (span.label, span.numbers) == (Label.SIGNATORY, (2, 4))


def test_runs_of_numbers() -> None:
    assert list(runs([3, 4, 5, 8])) == [(3, 5), (8, 8)]
    assert list(runs([])) == []
