"""From a thing of the graph to its page: which template, and what is drawn on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from undersigned import terms as t
from undersigned.pages import signing_networks
from undersigned.pages.agents import AGENT_KINDS, agent_page
from undersigned.pages.facts import SOURCE_KINDS
from undersigned.pages.letters import letter_page
from undersigned.pages.sources import source_page
from undersigned.pages.statements import statement_page
from undersigned.pages.things import thing_page
from undersigned.pages.timeline import Event, draw_timeline

if TYPE_CHECKING:
    from pyoxigraph import NamedNode

    from undersigned.pages.addresses import Addresses
    from undersigned.pages.agents import AgentPage
    from undersigned.pages.network import Network
    from undersigned.pages.nodes import Node, Nodes
    from undersigned.pages.rendering import Renderer
    from undersigned.pages.timeline import Timeline

_EVENT_CHARS = 90
"""Code points of a statement in the timeline's labels."""


def thing_html(nodes: Nodes, node: Node, render: Renderer) -> str:
    """The page of one thing."""
    asked = render.asked
    if any(kind in node.kinds for kind in AGENT_KINDS):
        agent = agent_page(nodes, node, asked)
        network = network_around(nodes, node, render.addresses)
        return render.page(
            "agent.html", page=agent, network=network, timeline=_timeline(agent, render)
        )
    if t.LETTER in node.kinds:
        network = network_around(nodes, node, render.addresses)
        return render.page("letter.html", page=letter_page(nodes, node, asked), network=network)
    if t.STATEMENT in node.kinds:
        return render.page("statement.html", page=statement_page(nodes, node))
    if any(kind in node.kinds for kind in SOURCE_KINDS):
        return render.page("source.html", page=source_page(nodes, node, asked))
    return render.page("thing.html", page=thing_page(nodes, node, asked))


def network_around(nodes: Nodes, node: Node, addresses: Addresses) -> Network:
    """The network of a person or a letter; empty for anything else."""
    if t.LETTER in node.kinds:
        return signing_networks.around_letter(nodes, node.iri, addresses.page_of)
    return signing_networks.around_person(nodes, node.iri, addresses.page_of)


def _timeline(page: AgentPage, render: Renderer) -> Timeline:
    own = page.node.iri
    return draw_timeline(
        Event(
            day=line.date,
            label=_label(line.words, line.speaker, own),
            kind=f"stance-{line.stance}" if line.stance else "",
            link=render.addresses.page_of(line.node.iri) or "",
        )
        for line in page.timeline
    )


def _label(words: str, speaker: Node | None, own: NamedNode) -> str:
    short = words if len(words) <= _EVENT_CHARS else words[: _EVENT_CHARS - 1].rstrip() + "…"
    return short if speaker is None or speaker.iri == own else f"{speaker.label}: {short}"
