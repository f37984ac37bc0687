"""Fixtures of the export tests.

`dataset` holds every sort of term that an export can get wrong: texts with quotation marks, line
breaks and other scripts, languages, datatypes, blank nodes shared by graphs, odd properties.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from pyoxigraph import BlankNode, Literal, NamedNode, Quad

from making import Said, article
from undersigned import terms
from undersigned.assembly.assemble import assemble_from_scratch
from undersigned.evidence.writing import evidence_triples
from undersigned.iris import Iris
from undersigned.store.embedded import EmbeddedWriter, memory_store

IRIS = Iris()
SAID = Said(
    signers=("Ann Example", "Ben Sample"),
    reported=("Cal Instance",),
    declined=("Dee Refuser",),
    addressee="Harbour Council",
    over=400,
    quotes=("we write because the tide of excuses has to turn at last",),
    quotes_of={"Ann Example": "this has gone on for long enough now"},
    roles={"Ben Sample": "actor"},
)


@pytest.fixture
def context_file() -> Path:
    return Path(__file__).resolve().parents[2] / "ontology" / "context.jsonld"


@pytest.fixture
def dataset() -> list[Quad]:
    knowledge, source = IRIS.knowledge, IRIS.source("daily-2024-05-01")
    ada, appeal = IRIS.entity("person", "ada-example"), IRIS.entity("letter", "appeal")
    count, score = IRIS.entity("count", "appeal-over-400"), NamedNode(f"{source.value}#person-ada")

    def typed(text: str, kind: str) -> Literal:
        return Literal(text, datatype=NamedNode(terms.XSD + kind))

    inner, outer = BlankNode("someInner"), BlankNode("someOuter")
    return [
        Quad(ada, terms.RDF_TYPE, terms.PERSON, knowledge),
        Quad(ada, terms.RDF_TYPE, terms.AGENT, knowledge),
        Quad(ada, terms.RDFS_LABEL, Literal("Ada “Ace” Example"), knowledge),
        Quad(ada, terms.NAME, Literal('"Ada"\t\\ <b>&amp;</b>\r\nÉx\u0085 \U0001f58b'), knowledge),
        Quad(ada, terms.NAME, Literal("Ada", language="en-GB"), knowledge),
        Quad(ada, terms.SIGNED, appeal, knowledge),
        Quad(ada, terms.SIGNED, IRIS.entity("letter", "another"), knowledge),
        Quad(appeal, terms.LETTER_DATE, typed("2024-05-01", "date"), knowledge),
        Quad(appeal, terms.ABOUT, Literal("  spaces  "), knowledge),
        Quad(appeal, terms.ABOUT, Literal(""), knowledge),
        Quad(appeal, terms.HAS_CLAIMED_COUNT, count, knowledge),
        Quad(count, terms.NUMBER, typed("400", "integer"), knowledge),
        Quad(count, terms.NUMBER, typed("-9223372036854775808", "integer"), knowledge),
        Quad(count, NamedNode("https://example.org/odd#true"), typed("true", "boolean"), knowledge),
        Quad(count, NamedNode("https://example.org/p.q-r"), typed("P1D", "duration"), knowledge),
        Quad(score, terms.IDENTITY_SCORE, typed("0.95", "decimal"), knowledge),
        Quad(score, terms.IDENTIFIED_AS, Literal("not an IRI, as it should be"), knowledge),
        Quad(outer, terms.SIGNED, inner, knowledge),
        Quad(inner, terms.RDFS_LABEL, Literal("in a list"), knowledge),
        Quad(outer, terms.SIGNED, inner, IRIS.ontology),
        Quad(source, terms.RDF_TYPE, terms.ARTICLE, source),
        Quad(NamedNode(f"{source.value}#char=1,4"), terms.OA_EXACT, Literal("Ada"), source),
        Quad(ada, terms.RDFS_LABEL, Literal("loaded at noon"), IRIS.runs),
    ]


@pytest.fixture
def graph() -> EmbeddedWriter:
    """Two articles on one letter, assembled."""
    store = memory_store()
    store.replace_graphs(
        {
            IRIS.source(name): evidence_triples(article(name, SAID), IRIS)
            for name in ("post", "gazette")
        }
    )
    assemble_from_scratch(store)
    return store


@pytest.fixture
def texts() -> dict[str, str]:
    """The texts of the two articles by the name of their source."""
    return {name: article(name, SAID).source.text for name in ("post", "gazette")}
