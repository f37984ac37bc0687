"""The language pipeline: opening it, checking it, and running sources through it in batches."""

from __future__ import annotations

import warnings
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

import spacy
from thinc.api import use_ops

from undersigned.errors import PipelineUnusable
from undersigned.reading import matrix_product, sentences, tokens
from undersigned.reading.parse_repair import repair_parse
from undersigned.reading.tag_repair import repair_tags
from undersigned.reading.text import USUAL_DASHES, ReadText
from undersigned.source import BlockKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from spacy.language import Language

    from undersigned.source import Block, Source

SHIPPED = Path(__file__).parents[1] / "pipelines" / "en_undersigned"
_UD_LABELS = frozenset({"nsubj", "obl", "acl:relcl", "appos", "conj", "case"})
_HEADINGS = {BlockKind.HEADLINE, BlockKind.SUBHEADING}
_BATCH = 64
_CHUNK_CHARS = 50_000


def open_pipeline(name: str | Path | None = None) -> Language:
    """A spaCy pipeline that reading can use: the shipped one, or another by package name or folder.

    Raises:
        PipelineUnusable: there is none of that name, or it lacks a tagger, a morphologizer, a name
            recogniser or a parser with Universal Dependencies labels.
    """
    wanted = SHIPPED if name is None else name
    try:
        with warnings.catch_warnings(), use_ops(matrix_product.OPS):
            warnings.simplefilter("error")
            nlp = spacy.load(wanted)
    except (OSError, ValueError, ImportError, UserWarning) as error:
        raise PipelineUnusable(
            f"language pipeline '{wanted}': {str(error).splitlines()[0]}; expected the name of an "
            "installed spaCy pipeline or the path of its folder, trained with this spaCy version; "
            f"installed here: {_installed()}. Leave the option out for the shipped pipeline"
        ) from error
    _check(nlp, str(wanted))
    nlp.add_pipe(sentences.COMPONENT, before="parser")
    tokens.fit_tokenizer(nlp)
    return nlp


def _installed() -> str:
    return ", ".join(sorted(spacy.util.get_installed_models())) or "none but the shipped one"


def _check(nlp: Language, wanted: str) -> None:
    labels = nlp.pipe_labels
    faults = []
    missing = sorted(_UD_LABELS - set(labels.get("parser", [])))
    if "parser" not in nlp.pipe_names:
        faults.append("it has no parser")
    elif missing:
        found = ", ".join(sorted(labels["parser"])[:8])
        faults.append(f"its parser lacks the labels {', '.join(missing)} (it has {found} …)")
    if not any("POS=PROPN" in label for label in labels.get("morphologizer", [])):
        faults.append("it has no morphologizer with Universal POS tags")
    if "NNP" not in labels.get("tagger", []):
        faults.append("it has no tagger with Penn Treebank tags")
    if not any(label.startswith("PER") for label in labels.get("ner", [])):
        faults.append("it has no name recogniser ('ner') that knows persons")
    if faults:
        raise PipelineUnusable(
            f"language pipeline '{wanted}': {'; '.join(faults)}; expected an English pipeline "
            "trained on Universal Dependencies (nsubj, obl, acl:relcl …), not on ClearNLP labels; "
            "name another one, or leave the option out for the shipped one"
        )


def read_texts(nlp: Language, sources: Iterable[Source]) -> Iterator[ReadText]:
    """Reads the story blocks of many sources, in the order of the sources.

    Blocks of several sources share a batch, which is what makes many short articles quick.
    A source without story blocks comes out as a text without tokens.
    """
    for chunk in _chunked(sources):
        stories = [[b for b in source.blocks if _is_read(source, b)] for source in chunk]
        spellings = [
            _spelling(source.text[b.start : b.end], b.kind)
            for source, blocks in zip(chunk, stories, strict=True)
            for b in blocks
        ]
        with matrix_product.in_one_thread():
            parsed = list(nlp.pipe(spellings, batch_size=_BATCH))
        for doc in parsed:
            repair_tags(doc)
            repair_parse(doc)
        docs = iter(parsed)
        for source, blocks in zip(chunk, stories, strict=True):
            parts = [(block, next(docs)) for block in blocks]
            yield ReadText.joined(source, parts, nlp.vocab)


def _is_read(source: Source, block: Block) -> bool:
    return block.kind.is_story and bool(source.text[block.start : block.end].strip())


def _chunked(sources: Iterable[Source]) -> Iterator[list[Source]]:
    """Groups sources up to some 50,000 characters, so that memory stays small on long streams."""
    total = 0

    def group_of(source: Source) -> int:
        nonlocal total
        total += len(source.text)
        return total // _CHUNK_CHARS

    for _, chunk in groupby(sources, key=group_of):
        yield list(chunk)


def _spelling(words: str, kind: BlockKind) -> str:
    """The words as the pipeline shall read them: equally long at every character.

    No-break and other odd spaces become spaces, odd dashes usual ones. Headings in
    capitals get lower case within their words: the pipeline has seen few texts in capitals and
    takes all of their words for names.
    """
    spaced = "".join(" " if char.isspace() else char for char in words)
    plain = spaced.translate(USUAL_DASHES)
    letters = [char for char in plain if char.isalpha()]
    if kind not in _HEADINGS or len(letters) < 8 or not all(char.isupper() for char in letters):
        return plain
    return "".join(
        char.lower() if before.isalpha() and len(char.lower()) == 1 else char
        for before, char in zip(" " + plain[:-1], plain, strict=True)
    )
