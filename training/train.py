"""Trains the language pipeline, from the corpora to the packaged folder.

    python training/train.py CORPORA_FOLDER --work DIR [--stage NAME]

Stages, in order; what a stage has written in DIR is not made again unless it is named:

    convert    corpora → train.spacy, dev.spacy
    neural     sentences, tags, lemmas, dependencies, names → neural/
    names      the log-linear name typer → name_typer/weights.npz
    package    → en_undersigned/, ready to be laid into src/undersigned/pipelines/
    evaluate   → figures.json, and the model card in en_undersigned/
"""

from __future__ import annotations

import argparse
import json
import shutil
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
from thinc.api import use_ops

from undersigned.reading import matrix_product
from undersigned.reading.name_types import open_name_typer
from undersigned.reading.pipeline import open_pipeline

if TYPE_CHECKING:
    from collections.abc import Callable

CONFIG = Path(__file__).parent / "configs" / "neural.cfg"
OWN, TREEBANKS, WIKIGOLD, TWEETS = 3.0, 0.4, 0.7, 0.1
"""Weights of the corpora in the name typer: the nearer to newspapers, the more."""
SAMPLE_ARTICLES = 5
SAMPLE_SETTINGS = {
    "training.max_steps": 30,
    "training.eval_frequency": 30,
    "training.optimizer.learn_rate.warmup_steps": 5,
    "components.parser.min_action_freq": 1,
}
"""For `--sample`: so few sentences would not show each label twenty times."""


@dataclass(frozen=True, slots=True)
class Job:
    """Where the corpora are, where everything is written, and how much is done.

    `neural` is the trained spaCy pipeline, made or given. A `sample` takes a few steps and a few of
    our own articles, to try the way through.
    """

    corpora: Path
    work: Path
    neural: Path
    sample: bool = False

    @property
    def articles(self) -> int | None:
        """How many of our own articles are used; None for all."""
        return SAMPLE_ARTICLES if self.sample else None

    def convert(self) -> None:
        """Writes the training texts of the neural components."""
        convert(self.corpora, self.work, read_own("train")[: self.articles])

    def train_neural(self) -> None:
        """Trains the neural components from scratch; training that was cut off begins again."""
        texts = {f"paths.{name}": str(self.work / f"{name}.spacy") for name in ("train", "dev")}
        settings = SAMPLE_SETTINGS if self.sample else {}
        unfinished = self.work / "neural-unfinished"
        with use_ops(matrix_product.OPS), matrix_product.in_one_thread():
            train_spacy(CONFIG, unfinished, overrides=texts | settings)
        shutil.rmtree(self.neural, ignore_errors=True)
        (unfinished / "model-last").rename(self.neural)
        shutil.rmtree(unfinished)

    def names(self) -> None:
        """Trains the name typer on what the pipeline reads without its recogniser."""
        nlp = open_pipeline(self.neural)
        nlp.disable_pipe("ner")
        corpora = (
            (read_own("train")[: self.articles], OWN),
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
        typer = open_name_typer(self.packaged / "name_typer")
        figures = measure(self.corpora, self.packaged, typer, read_own("test")[: self.articles])
        path = self.work / "figures.json"
        path.write_text(json.dumps(figures, indent=1), encoding="utf-8")
        write_card(figures, self.packaged)

    @property
    def packaged(self) -> Path:
        """The folder of the finished pipeline."""
        return self.work / "en_undersigned"


def stages(job: Job) -> dict[str, tuple[Callable[[], None], Path]]:
    """What to run, in order, and what shows that it has been run."""
    return {
        "convert": (job.convert, job.work / "dev.spacy"),
        "neural": (job.train_neural, job.neural / "meta.json"),
        "names": (job.names, job.work / "name_typer" / "weights.npz"),
        "package": (job.package, job.packaged / "meta.json"),
        "evaluate": (job.evaluate, job.work / "figures.json"),
    }


def run(job: Job, first: str | None = None) -> list[str]:
    """Runs what is still to be run, and all from the stage `first` on; gives the stages run."""
    job.work.mkdir(parents=True, exist_ok=True)
    done: list[str] = []
    for name, (make, result) in stages(job).items():
        if done or name == first or not result.exists():
            print(f"{name} …", flush=True)
            make()
            done.append(name)
    return done


def main(words: list[str] | None = None) -> None:
    """Runs the stages that are still to be run."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("corpora", type=Path, help="folder with a folder for each corpus")
    parser.add_argument("--work", type=Path, required=True, help="folder for everything written")
    parser.add_argument("--stage", help="run this stage and those after it, done or not")
    parser.add_argument(
        "--neural", type=Path, help="a trained pipeline to take instead of training one"
    )
    parser.add_argument(
        "--sample", action="store_true", help="a few steps only, to try the way through"
    )
    given = parser.parse_args(words)
    if not given.corpora.is_dir():
        parser.error(f"no folder '{given.corpora}'; expected the folder of the corpora")
    neural = given.neural or given.work / "neural"
    job = Job(given.corpora, given.work, neural, given.sample)
    if given.stage and given.stage not in stages(job):
        parser.error(f"no stage '{given.stage}'; there are {', '.join(stages(job))}")
    run(job, given.stage)


if __name__ == "__main__":
    main()
