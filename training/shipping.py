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
VERSION = "0.2.0"
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
    size = sum(path.stat().st_size for path in packaged.rglob("*") if path.is_file())
    if size > LARGEST_BYTES:
        raise ValueError(f"{packaged}: {size} bytes; expected {LARGEST_BYTES} at most")


def write_card(figures: Mapping[str, Mapping[str, float]], packaged: Path) -> None:
    """Writes the model card, README.md, from its template and the measured figures."""
    values = {
        f"{table}.{name}": value for table, row in figures.items() for name, value in row.items()
    }
    text = CARD.read_text(encoding="utf-8")
    for name, value in values.items():
        shown = f"{round(value, -2):,.0f}" if value > 1 else f"{100 * value:.1f}"
        text = text.replace("{" + name + "}", shown)
    (packaged / "README.md").write_text(text, encoding="utf-8")
