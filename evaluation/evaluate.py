"""Scores reading against hand-made gold, and fails if a figure falls below its floor.

    python evaluation/evaluate.py GOLD_FOLDER [--json FILE]

GOLD_FOLDER holds gold/, corpora/ and tools/ as CONTRIBUTING.md describes. Floors are in floors.toml
beside this file; each set is pinned by the hash of its files, so that a figure is never compared
with a floor that was measured on something else.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import subprocess
import sys
import tempfile
import tomllib
from dataclasses import dataclass
from pathlib import Path

Figures = dict[str, dict[str, float | None]]
"""Figure → precision, recall, F1; None where one does not apply."""

HERE = Path(__file__).resolve().parent
UNDERSIGNED = [sys.executable, "-m", "undersigned"]


@dataclass(frozen=True, slots=True)
class GoldSet:
    """One set of gold. `texts` are its articles, `scorer` the tool that compares."""

    name: str
    gold: str
    texts: str
    scorer: str


SETS = (
    GoldSet("articles", "gold/articles", "articles", "score_facts.py"),
    GoldSet("letter-news", "gold/letter-news", "gold/letter-news/texts", "score_facts.py"),
    GoldSet(
        "political-news", "gold/political-news", "corpora/polnear/train/text", "score_facts.py"
    ),
    GoldSet(
        "polnear-dev", "corpora/polnear/dev", "corpora/polnear/dev/text", "score_attributions.py"
    ),
)


def digest_of(folder: Path) -> str:
    """Sixteen hexadecimal digits of all files of a gold set, names included."""
    total = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if path.suffix in (".json", ".ann", ".txt"):
            total.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes())
    return total.hexdigest()[:16]


def figures_of(gold_set: GoldSet, folder: Path, place: Path) -> Figures:
    """The scorer's figures for what the program reads now."""
    gold, texts = folder / gold_set.gold, folder / gold_set.texts
    scorer = [sys.executable, str(folder / "tools" / gold_set.scorer)]
    if gold_set.scorer == "score_attributions.py":
        output = place / "predictions.jsonl"
        read = [str(texts), "--format", "attributions", "--output", str(output)]
        score = [*scorer, str(gold), str(output), "--json"]
    else:
        wanted = [str(texts / f"{path.stem}.txt") for path in sorted(gold.glob("*.json"))]
        read = [*wanted, "--output", str(place)]
        score = [*scorer, str(gold), str(place), "--texts", str(texts), "--json"]
    subprocess.run([*UNDERSIGNED, "read", *read], check=True)
    answer = subprocess.run(score, check=True, capture_output=True, text=True)
    figures: Figures = json.loads(answer.stdout)
    return figures


def fallen(name: str, digest: str, figures: Figures, floors: dict[str, object]) -> list[str]:
    """What is below its floor, in words; also a gold set that floors know nothing about."""
    known = floors.get(name)
    if not isinstance(known, dict) or known.get("digest") != digest:
        return [f"{name}: floors.toml has no floors for gold {digest}; measure and add them"]
    problems = []
    for figure, floor in known.get("f1", {}).items():
        row = figures[figure]
        found = row["recall"] if row["f1"] is None else row["f1"]
        if found is None or found < floor:
            problems.append(f"{name}: {figure} is {found}, below its floor of {floor}")
    return problems


def main() -> None:
    """Prints every figure; exit status 1 if one fell."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--json", type=Path, help="write all figures to this file, too")
    arguments = parser.parse_args()
    floors = tomllib.loads((HERE / "floors.toml").read_text(encoding="utf-8"))
    problems: list[str] = []
    everything = {}
    for gold_set in SETS:
        with tempfile.TemporaryDirectory() as place:
            figures = figures_of(gold_set, arguments.folder, Path(place))
        digest = digest_of(arguments.folder / gold_set.gold)
        everything[gold_set.name] = {"digest": digest, **figures}
        print(f"\n{gold_set.name} ({digest})")
        for name, row in figures.items():
            shown = (
                f"{k} {row[k]:.3f}" for k in ("precision", "recall", "f1") if row[k] is not None
            )
            print(f"  {name:22}{'  '.join(shown)}")
        problems += fallen(gold_set.name, digest, figures, floors)
    if arguments.json:
        arguments.json.write_text(json.dumps(everything, indent=1), encoding="utf-8")
    print()
    print("\n".join(problems) or "no figure is below its floor")
    sys.exit(bool(problems))


if __name__ == "__main__":
    main()
