"""`undersigned mcp`: the graph for assistants."""

from __future__ import annotations

from undersigned.cli.options import ProjectOption, StoreOption


def mcp(store: StoreOption = None, project: ProjectOption = None) -> None:
    """Serve the graph to an assistant over the Model Context Protocol, read-only.

    The assistant's program starts this command and talks to it on standard input and output:
    name it in that program's settings, with --store.

    Example: undersigned mcp --store letters.store
    """
    from undersigned.assistants import make_server
    from undersigned.project import find_project
    from undersigned.settings import store_path
    from undersigned.store.embedded import open_reader

    place = store_path(store, project)
    open_reader(place).close()  # so that a wrong place is told now, and not to the assistant
    make_server(lambda: open_reader(place), find_project(project)).run()
