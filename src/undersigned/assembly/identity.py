"""Which local agents are one: by their blocking key, which holds the whole folded name.

A full name that is the same in two sources is taken for one person; one word never is, since the
key of a person known by one word holds the source. Nothing is decided by what else is loaded, so
an agent's IRI depends on its own name alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from undersigned import terms as t
from undersigned.evidence.records import AGENT_CLASSES
from undersigned.iris import key_of, slug_of

if TYPE_CHECKING:
    from pyoxigraph import NamedNode

    from undersigned.evidence.records import Node
    from undersigned.iris import Iris


@dataclass(frozen=True, slots=True)
class Identity:
    """What a local entity is taken for: the third dial, apart from certainty and confidence.

    `score` runs from 0.0 to 1.0, where 1.0 means that nothing else is possible; `basis` is the
    reason, for people.
    """

    entity: NamedNode
    score: float
    basis: str


FULL_NAME_SCORE = 0.8
"""Two people of one full name meet in news archives now and then."""
ORGANIZATION_SCORE = 0.9
"""Two bodies of one name are rarer."""
OWN_SOURCE_SCORE = 1.0
"""Within one source nothing is merged but by reading, which has a score of its own."""


def identify_agent(agent: Node, iris: Iris) -> Identity:
    """The entity that a local agent is, from its blocking key alone."""
    kind = next(kind for class_iri, (kind, _) in AGENT_CLASSES.items() if agent.is_a(class_iri))
    key = agent.text(t.BLOCKING_KEY) or ""
    name, _, source_id = key.split(":", 1)[1].partition("@")
    slug = slug_of(name)
    if source_id:
        entity = iris.entity(kind, f"{slug}-{key_of(source_id, name)}")
        return Identity(entity, OWN_SOURCE_SCORE, "known from this source alone")
    if not name.isascii():
        # Two spellings in another script may have one transliteration.
        slug = f"{slug}-{key_of(name)}"
    if kind == "organization":
        return Identity(iris.entity(kind, slug), ORGANIZATION_SCORE, "the name is the same")
    return Identity(iris.entity(kind, slug), FULL_NAME_SCORE, "the full name is the same")
