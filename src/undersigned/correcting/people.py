"""Whom a request to be forgotten means, and how they are called in all sources."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode

from undersigned import terms as t
from undersigned.correcting.names_in_text import folded_words, forms_of_name, is_distinctive
from undersigned.errors import EntityAmbiguous, EntityNotFound
from undersigned.names import fold_name
from undersigned.questions.lookup import EntityType, find_entities, get_entity
from undersigned.reading.lexicon import open_lexicon

if TYPE_CHECKING:
    from collections.abc import Iterable

    from undersigned.correcting.names_in_text import Words
    from undersigned.store.base import GraphReader

Form = tuple["Words", str]
"""A name's folded words, and the id of the one source that it is kept out of, or ""."""


@dataclass(frozen=True, slots=True)
class PersonNames:
    """How a person is called. `names` mean them in any text, `local` by source in that alone."""

    names: frozenset[str]
    local: frozenset[tuple[str, str]] = frozenset()

    def forms(self) -> list[Form]:
        """Every form to be kept out, with its scope."""
        found: set[Form] = {(form, "") for name in self.names for form in forms_of_name(name)}
        found |= {(folded_words(name), source_id) for name, source_id in self.local}
        return sorted(found)


def find_people(reader: GraphReader, text: str, *, namesakes: bool) -> list[NamedNode]:
    """The person or handle that a text names; with `namesakes`, all of that name.

    What is kept out is a name, and a source that is loaded later does not say which of two people
    of one name it means. So namesakes are forgotten together or not at all.

    Raises:
        EntityNotFound: nobody is known so; the message has near names.
        EntityAmbiguous: several people are, and `namesakes` was not given.
    """
    kind = EntityType.PERSON
    found = find_entities(reader, text, kind)
    if not found and (handles := find_entities(reader, text, EntityType.HANDLE)):
        kind, found = EntityType.HANDLE, handles
    candidates = found if found and namesakes else [get_entity(reader, text, kind)]
    people = [c.iri for c in candidates if _is_whole_name(reader, text, c.iri)]
    if not people:
        known = " or ".join(repr(candidate.label) for candidate in candidates)
        raise EntityNotFound(
            f"nobody in the graph is named just {text!r}; say the whole name, as in {known}, or "
            "the IRI: this can't be undone"
        )
    others = _namesakes_of(reader, people)
    if others and not namesakes:
        listed = "".join(f"\n  {iri.value}" for iri in others)
        raise EntityAmbiguous(
            f"{text!r} has namesakes, and what is kept out is the name; say --namesakes to forget "
            f"all of them:{listed}"
        )
    return [*people, *others]


def names_of(reader: GraphReader, people: Iterable[NamedNode], also: Iterable[str]) -> PersonNames:
    """The names of people of the knowledge graph, in all sources, and other names that are given.

    A courtesy title or an office before a name is not a part of it. What is left of a name with
    less than two whole words means the person in its own source only.

    Raises:
        EntityAmbiguous: a name that was given is one word, which may mean anybody.
    """
    given = [_without_titles(name) for name in also]
    for name in given:
        if not is_distinctive(name):
            raise EntityAmbiguous(
                f"{name!r} is too little of a name to be kept out of every text; give first name "
                "and surname, or name a person of the graph by their IRI"
            )
    called = set(_called_in_sources(reader, people))
    names = frozenset([*given, *(name for name, _ in called if is_distinctive(name))])
    return PersonNames(names, frozenset(pair for pair in called if pair[0] not in names))


def _is_whole_name(reader: GraphReader, text: str, person: NamedNode) -> bool:
    """Whether a text is an IRI or one of a person's names; part of one finds them elsewhere."""
    folded = Literal(fold_name(text))
    return "/" in text or any(reader.triples(reader.iris.knowledge, person, t.FOLDED_NAME, folded))


def _called_in_sources(
    reader: GraphReader, people: Iterable[NamedNode]
) -> Iterable[tuple[str, str]]:
    """Yields each name or alias with the id of a source that has it."""
    for person in people:
        for found in reader.triples(reader.iris.knowledge, None, t.IDENTIFIED_AS, person):
            if not isinstance(found.subject, NamedNode):
                continue
            source_id = reader.iris.source_id(found.subject) or ""
            for predicate in (t.NAME, t.ALIAS):
                for n in reader.triples(reader.iris.source(source_id), found.subject, predicate):
                    name = _without_titles(n.object.value) if isinstance(n.object, Literal) else ""
                    if folded_words(name):
                        yield name, source_id


def _namesakes_of(reader: GraphReader, people: list[NamedNode]) -> list[NamedNode]:
    """Other people who are known by a full name of one of these."""
    person_class = {
        n.subject
        for kind in (t.PERSON, t.HANDLE)
        for n in reader.triples(reader.iris.knowledge, None, t.RDF_TYPE, kind)
    }
    return sorted(
        {
            n.subject
            for name in names_of(reader, people, ()).names
            for n in reader.triples(
                reader.iris.knowledge, None, t.FOLDED_NAME, Literal(fold_name(name))
            )
            if isinstance(n.subject, NamedNode) and n.subject in person_class
        }
        - set(people),
        key=str,
    )


def _without_titles(name: str) -> str:
    """A name without courtesy titles and offices: "Sen. Ann Hale" gives "Ann Hale"."""
    titles = open_lexicon("titles").all_words()
    words = name.split()
    while len(words) > 1 and words[0].rstrip(".").casefold() in titles:
        words.pop(0)
    return " ".join(words)
