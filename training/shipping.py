"""Lays a trained pipeline, the name typer, licence and model card into one folder."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import spacy

from undersigned.reading.pipeline import SHIPPED

if TYPE_CHECKING:
    from collections.abc import Mapping

CARD = Path(__file__).parent / "model_card.md"
LARGEST_BYTES = 25_000_000
"""What the folder may take in the wheel."""
VERSION = "0.4.0"
SOURCES = [
    {"name": "UD_English-EWT", "license": "CC BY-SA 4.0 (annotations)"},
    {"name": "UNER_English-EWT", "license": "CC BY-SA 4.0"},
    {"name": "GUM (genres under CC BY and CC BY-SA)", "license": "CC BY 4.0 (annotations)"},
    {"name": "WikiGold", "license": "CC BY 4.0"},
    {"name": "Broad Twitter Corpus", "license": "CC BY 4.0"},
    {"name": "training/corpus", "license": "CC BY-SA 4.0"},
]


def package(neural: Path, weights: Path, packaged: Path) -> None:
    """Writes the folder that goes into src/undersigned/pipelines/.

    Raises:
        ValueError: the folder is larger than the wheel can take.
    """
    nlp = spacy.load(neural)
    nlp.meta.update(
        name="undersigned",
        version=VERSION,
        description="English news: tags, lemmas, Universal Dependencies, names (PER, ORG, LOC)",
        author="The Undersigned developers",
        license="CC-BY-SA-4.0",
        sources=SOURCES,
    )
    shutil.rmtree(packaged, ignore_errors=True)
    nlp.to_disk(packaged)
    (packaged / "name_typer").mkdir()
    shutil.copy(weights, packaged / "name_typer" / "weights.npz")
    shutil.copy(SHIPPED / "LICENSE.md", packaged / "LICENSE.md")
    size = _size(packaged)
    if size > LARGEST_BYTES:
        raise ValueError(f"{packaged}: {size} bytes; expected {LARGEST_BYTES} at most")


def write_card(figures: Mapping[str, Mapping[str, float]], packaged: Path) -> None:
    """Writes the model card, README.md, from its template and the measured figures.

    Raises:
        ValueError: the template asks for a figure that was not measured.
    """
    figures = {**figures, "size": {"megabytes": _size(packaged) / 1e6}}
    values = {
        f"{table}.{name}": value for table, row in figures.items() for name, value in row.items()
    }
    text = CARD.read_text(encoding="utf-8")
    for name, value in values.items():
        text = text.replace("{" + name + "}", _shown(name, value))
    if "{" in text:
        raise ValueError(f"{CARD}: no figure for {text[text.index('{') :].split('}')[0]}}}")
    (packaged / "README.md").write_text(text, encoding="utf-8")


def _shown(name: str, value: float) -> str:
    if name.startswith("speed."):
        return f"{round(value, -2):,.0f}"
    return f"{value:.1f}" if name.startswith("size.") else f"{100 * value:.1f}"


def _size(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
