"""How to cite an answer: the question, what was put into it, and the revision that answered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from undersigned.pages.rendering import day_in_words

if TYPE_CHECKING:
    from undersigned.questions.ask import Answer
    from undersigned.serving.site import Revision


def citation_of(answer: Answer, revision: Revision, address: str) -> str:
    """One sentence to print below what rests on the answer. The day is that of the revision."""
    given = "; ".join(f"{name}: {value}" for name, value in answer.parameters.items())
    day = day_in_words(revision.published.date().isoformat())
    return (
        f"“{answer.query.summary}”{f' ({given}).' if given else ''} "
        f"Undersigned, revision {answer.revision} of {day}. {address}"
    )
