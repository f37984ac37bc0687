"""What local entities are taken for at one time: as before a change, or as found out anew."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from undersigned import terms as t
from undersigned.assembly.agents import starts
from undersigned.assembly.identity import Identity, identify_within_source

if TYPE_CHECKING:
    from pyoxigraph import NamedNode

    from undersigned.assembly.judgements import Judgements
    from undersigned.assembly.knowledge import Knowledge
    from undersigned.evidence.records import EvidenceView
    from undersigned.iris import Iris


@dataclass(slots=True)
class Identities:
    """The evidence, the knowledge graph before the change, and what is known anew since.

    `found` has what a run found out: None for a local entity that is gone.
    """

    iris: Iris
    evidence: EvidenceView
    old: Knowledge
    judgements: Judgements
    found: dict[NamedNode, Identity | None] = field(default_factory=dict)

    def identity_of(self, local: NamedNode) -> Identity | None:
        """What a local entity is taken for once this change is made."""
        if local not in self.found:
            node = self.evidence.node(local)
            if node is None:
                self.found[local] = None
            elif node.is_a(t.LOCAL_LETTER) or starts((node,)):
                # Not moved by this change: what it was taken for still holds.
                entity = self.old.entity_of(local)
                self.found[local] = Identity(entity, 1.0, "") if entity else None
            else:
                self.found[local] = identify_within_source(node, self.iris)
        return self.found[local]

    def entity_of(self, local: NamedNode) -> NamedNode | None:
        """As `identity_of`, the entity alone."""
        identity = self.identity_of(local)
        return identity.entity if identity else None

    def has_moved(self, local: NamedNode) -> bool:
        """Whether a local entity is taken for something else than before."""
        return self.entity_of(local) != self.old.entity_of(local)

    def is_letter(self, local: NamedNode) -> bool:
        """Whether a local entity is a letter."""
        node = self.evidence.node(local)
        return node is not None and node.is_a(t.LOCAL_LETTER)
