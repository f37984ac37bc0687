"""What a person names to judge it: somebody, a letter or a statement, with its local entities."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from pyoxigraph import Literal, NamedNode

from undersigned import terms as t
from undersigned.assembly.knowledge import Knowledge
from undersigned.errors import EntityNotFound, JudgementInvalid, JudgementNotFound
from undersigned.evidence.records import AGENT_CLASSES, EvidenceView, source_of
from undersigned.names import fold_name
from undersigned.questions.lookup import EntityType, find_entities, get_entity

if TYPE_CHECKING:
    from collections.abc import Iterable

    from undersigned.evidence.records import Node
    from undersigned.store.base import GraphReader

_ANY: Final = EntityType.ANY
LETTER: Final = "letter"
STATEMENT: Final = "statement"
KINDS: Final = (*(kind for kind, _ in AGENT_CLASSES.values()), LETTER, STATEMENT)
"""What can be judged: the first part of an entity's IRI, in the words of the glossary."""


@dataclass(frozen=True, slots=True)
class Thing:
    """A thing that a person named. `locals` are its local entities, or the claims of a statement.

    Those of the earliest source come first. `entity` is what they are taken for now, None where
    no loaded source has them. `label` is for people.
    """

    kind: str
    label: str
    entity: NamedNode | None
    locals: tuple[NamedNode, ...]


def in_words(kind: str) -> str:
    """A kind with its article: "a letter", "an organization"."""
    noun = {"unnamed": "unnamed speaker"}.get(kind, kind)
    return f"{'an' if noun[0] in 'aeiou' else 'a'} {noun}"


def get_thing(reader: GraphReader, text: str, kind: EntityType = _ANY) -> Thing:
    """The thing that a text names: a name, an IRI, `person/mark-ruffalo`, or a local entity's IRI.

    Args:
        reader: the store.
        text: what was typed.
        kind: what a name is looked up as first. Where nothing has it, it may be anything's.

    Raises:
        JudgementNotFound: no source has a local entity of this IRI.
        JudgementInvalid: a source, which can't be judged.
        EntityNotFound: nothing has this name as a whole; parts do for letters alone.
        EntityAmbiguous: several things have it.
    """
    typed = text.strip().removeprefix("<").removesuffix(">")
    local = _local_iri(reader, typed)
    if local is not None:
        return _local_thing(reader, local)
    statement = _iri_below(reader, typed, STATEMENT)
    if statement is not None and Knowledge(reader).claims_of(statement):
        return thing_of(reader, statement)
    entity = get_entity(reader, typed, kind if _is_known(reader, typed, kind) else _ANY).iri
    if reader.iris.source_id(entity) is not None:
        raise JudgementInvalid(
            f"{text!r} is a source; name a person, organization, letter or statement"
        )
    thing = thing_of(reader, entity)
    if thing.kind != LETTER and not _is_whole_name(reader, entity, typed):
        # A part of a name finds somebody for a question; to judge somebody it is too little.
        raise EntityNotFound(
            f"the graph has nobody whose whole name is {text!r}; did you mean {thing.label!r}?"
        )
    return thing


def _is_known(reader: GraphReader, typed: str, kind: EntityType) -> bool:
    return bool(find_entities(reader, typed, kind))


def _is_whole_name(reader: GraphReader, entity: NamedNode, typed: str) -> bool:
    if ":" in typed or "/" in typed:
        return True  # found by its IRI
    name = Literal(fold_name(typed))
    return any(reader.triples(reader.iris.knowledge, entity, t.FOLDED_NAME, name))


def thing_of(reader: GraphReader, entity: NamedNode) -> Thing:
    """The thing of the knowledge graph with this IRI, with all its local entities or claims."""
    known = Knowledge(reader)
    kind = entity.value.removeprefix(reader.iris.base).split("/", 1)[0]
    locals_ = known.claims_of(entity) if kind == STATEMENT else known.locals_of(entity)
    labels = reader.triples(reader.iris.knowledge, entity, t.RDFS_LABEL)
    texts = (n.object.value for n in labels if isinstance(n.object, Literal))
    return Thing(kind, min(texts, default=entity.value), entity, by_age(reader, locals_))


def by_age(reader: GraphReader, locals_: Iterable[NamedNode]) -> tuple[NamedNode, ...]:
    """Local entities or claims, those of the earliest published source first, then by IRI."""
    evidence = EvidenceView(reader)
    return tuple(sorted(locals_, key=lambda n: (evidence.published(n) or "9999", n.value)))


def kind_of(node: Node) -> str | None:
    """The kind of a local entity or statement claim: one of `KINDS`, or None."""
    if node.is_a(t.LOCAL_LETTER):
        return LETTER
    if node.is_a(t.STATEMENT_CLAIM):
        return STATEMENT
    return next((kind for cls, (kind, _) in AGENT_CLASSES.items() if node.is_a(cls)), None)


def entity_of(reader: GraphReader, local: NamedNode) -> NamedNode | None:
    """What a local entity, or the statement claim of this IRI, is taken for now."""
    known = Knowledge(reader)
    head = f"{reader.iris.base}{STATEMENT}/"
    units = (unit for unit in known.units_of(local) if unit.value.startswith(head))
    return known.entity_of(local) or next(units, None)


def _local_thing(reader: GraphReader, local: NamedNode) -> Thing:
    node = EvidenceView(reader).node(local)
    kind = kind_of(node) if node is not None else None
    if node is not None and kind is not None:
        label = node.text(t.WORDS if kind == STATEMENT else t.NAME) or local.value
        return Thing(kind, label, entity_of(reader, local), (local,))
    if any(reader.triples(source_of(local))):
        raise JudgementNotFound(
            f"{local.value}: its source is loaded, and has no such person, organization, letter or "
            "statement; see `undersigned review --format csv` for IRIs"
        )
    # A judgement about a source that is not loaded rests until it is.
    return Thing(_kind_in_fragment(local), local.value, None, (local,))


def _kind_in_fragment(local: NamedNode) -> str:
    name = local.value.split("#", 1)[1].split("-", 1)[0]
    return STATEMENT if name == "claim" else name


def _local_iri(reader: GraphReader, typed: str) -> NamedNode | None:
    iri = _iri_below(reader, typed, "source")
    return iri if iri is not None and "#" in iri.value else None


def _iri_below(reader: GraphReader, typed: str, kind: str) -> NamedNode | None:
    """The IRI of a kind, from the IRI itself or its part after the base."""
    for text in (typed, f"{reader.iris.base}{typed}"):
        if text.startswith(f"{reader.iris.base}{kind}/"):
            try:
                return NamedNode(text)
            except ValueError:
                return None
    return None
