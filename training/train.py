"""Trains the language pipeline, from the corpora to the packaged folder.

    python training/train.py CORPORA_FOLDER --work DIR [--stage NAME]

Stages, in order; what a stage has written in DIR is not made again unless it is named:

    convert    corpora → train.spacy, dev.spacy
    syntax     (with --from-scratch) → syntax/
    neural     sentences, tags, lemmas, dependencies, names → neural/
    names      the log-linear name typer → name_typer/weights.npz
    package    → en_undersigned/, ready to be laid into src/undersigned/pipelines/
    evaluate   → figures.json, and the model card in en_undersigned/
"""

from __future__ import annotations

import argparse
import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from articles import read_treebanks, read_tweets, read_wikigold
from convert import convert
from name_weights import iter_candidates, save, train
from own_corpus import read_own
from scoring import measure
from shipping import package, write_card
from spacy.cli.train import train as train_spacy

from undersigned.reading.name_types import open_name_typer
from undersigned.reading.pipeline import SHIPPED, open_pipeline

if TYPE_CHECKING:
    from collections.abc import Callable

CONFIGS = Path(__file__).parent / "configs"
OWN, TREEBANKS, WIKIGOLD, TWEETS = 3.0, 0.4, 0.7, 0.1
"""Weights of the corpora in the name typer: the nearer to newspapers, the more."""


@dataclass(frozen=True, slots=True)
class Job:
    """Where the corpora are, where everything is written, and what training starts from."""

    corpora: Path
    work: Path
    start: Path
    neural: Path

    def convert(self) -> None:
        """Writes the training texts of the neural components."""
        convert(self.corpora, self.work)

    def syntax(self) -> None:
        """Trains syntax from scratch, for `neural` to go on from."""
        self._train("syntax.cfg", self.work / "syntax", {})

    def train_neural(self) -> None:
        """Trains the neural components on from the start pipeline."""
        self._train("neural.cfg", self.work / "neural", {"paths.start": str(self.start)})

    def _train(self, config: str, output: Path, overrides: dict[str, str]) -> None:
        texts = {f"paths.{name}": str(self.work / f"{name}.spacy") for name in ("train", "dev")}
        train_spacy(CONFIGS / config, output, overrides=texts | overrides)

    def names(self) -> None:
        """Trains the name typer on what the pipeline reads without its recogniser."""
        nlp = open_pipeline(self.neural)
        for name in ("ner", "ner_tok2vec"):
            if name in nlp.pipe_names:
                nlp.disable_pipe(name)
        corpora = (
            (read_own("train"), OWN),
            (read_treebanks(self.corpora, "train"), TREEBANKS),
            (read_wikigold(self.corpora), WIKIGOLD),
            (read_tweets(self.corpora), TWEETS),
        )
        candidates = [
            candidate
            for articles, weight in corpora
            for candidate in iter_candidates(nlp, articles, weight, ours=weight == OWN)
        ]
        save(self.work / "name_typer" / "weights.npz", *train(candidates))

    def package(self) -> None:
        """Puts the pieces together as the package ships them."""
        package(self.neural, self.work / "name_typer" / "weights.npz", self.packaged)

    def evaluate(self) -> None:
        """Measures the packaged pipeline and writes its model card."""
        figures = measure(
            self.corpora, self.packaged, open_name_typer(self.packaged / "name_typer")
        )
        path = self.work / "figures.json"
        path.write_text(json.dumps(figures, indent=1), encoding="utf-8")
        write_card(figures, self.packaged)

    @property
    def packaged(self) -> Path:
        """The folder of the finished pipeline."""
        return self.work / "en_undersigned"


def stages(job: Job, from_scratch: bool) -> dict[str, tuple[Callable[[], None], Path]]:
    """What to run, in order, and what shows that it has been run."""
    found = {
        "convert": (job.convert, job.work / "dev.spacy"),
        "syntax": (job.syntax, job.work / "syntax" / "model-last"),
        "neural": (job.train_neural, job.neural),
        "names": (job.names, job.work / "name_typer" / "weights.npz"),
        "package": (job.package, job.packaged / "meta.json"),
        "evaluate": (job.evaluate, job.work / "figures.json"),
    }
    if not from_scratch:
        del found["syntax"]
    return found


def main() -> None:
    """Runs the stages that are still to be run."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("corpora", type=Path)
    parser.add_argument("--work", type=Path, required=True, help="folder for everything written")
    parser.add_argument("--stage", help="run this stage and those after it, done or not")
    parser.add_argument("--from-scratch", action="store_true", help="take over no weights at all")
    parser.add_argument(
        "--neural", type=Path, help="a trained pipeline to take instead of training one"
    )
    arguments = parser.parse_args()
    work = arguments.work
    start = work / "syntax" / "model-last" if arguments.from_scratch else SHIPPED
    neural = arguments.neural or work / "neural" / "model-last"
    todo = stages(Job(arguments.corpora, work, start, neural), arguments.from_scratch)
    if arguments.stage and arguments.stage not in todo:
        parser.error(f"no stage '{arguments.stage}'; there are {', '.join(todo)}")
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    work.mkdir(parents=True, exist_ok=True)
    again = False
    for name, (run, result) in todo.items():
        again = again or name == arguments.stage
        if again or not result.exists():
            print(f"{name} …", flush=True)
            run()
            again = True


if __name__ == "__main__":
    main()
