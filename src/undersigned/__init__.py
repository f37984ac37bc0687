"""Who signed what, to whom, with whom, and what they said: articles to a knowledge graph.

In Python: `undersigned.open_graph("undersigned.store").ask("co-signers", person="Mark Ruffalo")`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from undersigned.notebook.graph import Graph, open_graph

__version__ = "0.1.0"
__all__ = ["Graph", "__version__", "open_graph"]


def __getattr__(name: str) -> object:
    """The Python interface, imported when it is first used: the command line need not wait."""
    if name in {"Graph", "open_graph"}:
        from undersigned.notebook import graph

        return getattr(graph, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
