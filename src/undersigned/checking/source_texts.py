"""The texts of sources as their loaders make them, to check loaded slices against."""

from __future__ import annotations

from typing import TYPE_CHECKING

from undersigned.errors import SourceError, UndersignedError
from undersigned.loading.gather import gather, retrieve
from undersigned.loading.registry import find_loaders

if TYPE_CHECKING:
    from collections.abc import Sequence

    from undersigned.project import Project


def read_source_texts(
    arguments: Sequence[str], project: Project
) -> tuple[dict[str, str], list[UndersignedError]]:
    """Source id → text of every source that the arguments stand for, and what could not be read.

    Nothing is read for claims, so this is quick. Arguments are those of `undersigned load`.
    """
    loaders = find_loaders(project.loaders)
    gathered = gather(arguments)
    texts: dict[str, str] = {}
    problems: list[UndersignedError] = list(gathered.problems)
    for item in gathered.items:
        try:
            source = loaders.read(retrieve(item))
        except SourceError as error:
            problems.append(error)
        else:
            texts[source.source_id] = source.text
    return texts, problems
