"""The look-up for a whole store: whom to ask about, and what the answers suggest."""

from __future__ import annotations

from dataclasses import dataclass, field
from importlib.resources import files
from typing import TYPE_CHECKING, Final

from pyoxigraph import NamedNode

from undersigned import terms as t
from undersigned.assembly.judgements import Verdict
from undersigned.assembly.link_judgements import LinkJudgements
from undersigned.judging.things import thing_of
from undersigned.linking.asking import look_up
from undersigned.linking.proposals import LinkProposal, proposal_triples
from undersigned.names import fold_name
from undersigned.store.base import select

if TYPE_CHECKING:
    from collections.abc import Callable

    from undersigned.linking.asking import Endpoint, Entry
    from undersigned.store.base import GraphReader, GraphWriter

_CLASSES: Final = {"person": t.PERSON, "organization": t.ORGANIZATION}
TELLING_CHARS: Final = 4
"""Shorter words of a description ("of", "the") tell nothing about a role."""


@dataclass(frozen=True, slots=True)
class Named:
    """Somebody to look up: the local entity of the earliest source, the name, and the roles."""

    local: NamedNode
    name: str
    roles: tuple[str, ...] = ()


@dataclass(slots=True)
class Linking:
    """What a look-up found so far; complete unless something was raised."""

    asked: int = 0
    proposals: list[LinkProposal] = field(default_factory=list)


def wikidata_query(kind: str) -> str:
    """The look-up query for a kind, person or organization, in Wikidata's vocabulary."""
    return (files("undersigned.linking") / f"wikidata-{kind}.rq").read_text(encoding="utf-8")


def names_to_link(reader: GraphReader, kind: str, limit: int | None = None) -> list[Named]:
    """Whom of a kind to look up: those in most sources first, then by name.

    Left out are people known by one word, which is no name to look up, and those who have a link
    that was judged the same.
    """
    answer = select(
        reader,
        f"SELECT ?it ?name (COUNT(DISTINCT ?source) AS ?sources) {{ ?it a {_CLASSES[kind]} ; "
        f"{t.NAME} ?name ; {t.SAID_IN} ?source }} GROUP BY ?it ?name "
        "ORDER BY DESC(?sources) ?name ?it",
    )
    judged = LinkJudgements(reader)
    found: list[Named] = []
    for row in answer:
        entity, name = row["it"], row["name"]
        if not isinstance(entity, NamedNode) or isinstance(name, NamedNode) or name is None:
            continue
        text = str(getattr(name, "value", ""))
        if kind == "person" and " " not in fold_name(text):
            continue
        locals_ = thing_of(reader, entity).locals
        if locals_ and Verdict.SAME not in judged.on(locals_).values():
            found.append(Named(locals_[0], text, _roles(reader, entity)))
        if len(found) == limit:
            break
    return found


def propose(
    endpoint: Endpoint,
    sparql: str,
    named: list[Named],
    linking: Linking,
    on_batch: Callable[[Linking], None] = lambda linking: None,
) -> None:
    """Looks names up and adds what is found to `linking`, batch by batch.

    What was found before an error or Ctrl-C is in `linking` all the same.

    Raises:
        QueryInvalid: the look-up query is not SPARQL 1.1, or has no place for names.
        EndpointUnreachable: no answer, not in time, or an error.
        EndpointAnswerInvalid: the answer is no SPARQL result.
    """
    by_name: dict[str, list[Named]] = {}
    for one in named:
        by_name.setdefault(one.name, []).append(one)
    for entries in look_up(endpoint, sparql, list(by_name)):
        linking.asked = min(linking.asked + endpoint.batch_names, len(by_name))
        linking.proposals += [
            _proposal(one, entry) for entry in entries for one in by_name.get(entry.name, ())
        ]
        on_batch(linking)


def write_proposals(writer: GraphWriter, proposals: list[LinkProposal]) -> int:
    """Adds proposals to the graph of proposals and publishes; how many are new."""
    graph = writer.iris.proposals
    before = set(writer.triples(graph))
    after = before.union(*(proposal_triples(p, writer.iris) for p in proposals))
    writer.replace_graphs({graph: after})
    writer.publish()
    return len([n for n in after - before if n.predicate == t.LINK])


def _proposal(named: Named, entry: Entry) -> LinkProposal:
    same = fold_name(entry.label) == fold_name(named.name)
    basis = ["the name is the same" if same else "another name of it is the same"]
    described = set(fold_name(entry.description).split())
    alike = sorted(
        {
            word
            for role in named.roles
            for word in fold_name(role).split()
            if word in described and len(word) >= TELLING_CHARS
        }
    )
    if alike:
        basis.append(f"both say {', '.join(f'“{word}”' for word in alike)}")
    return LinkProposal(
        local=named.local,
        link=entry.link,
        label=entry.label,
        description=entry.description,
        basis="; ".join(basis),
    )


def _roles(reader: GraphReader, entity: NamedNode) -> tuple[str, ...]:
    rows = select(
        reader,
        f"SELECT DISTINCT ?title {{ ?role {t.HOLDER} {entity} ; {t.ROLE_TITLE} ?title }} "
        "ORDER BY ?title",
    )
    return tuple(str(getattr(row["title"], "value", "")) for row in rows)
