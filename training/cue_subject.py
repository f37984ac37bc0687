"""How often the subject of a verb of saying lies in the source that annotators marked (PolNeAR).

PolNeAR is read for this figure only; nothing is trained on it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from spacy.language import Language
    from spacy.tokens import Doc, Token

SAYING = frozenset(
    {
        "add",
        "announce",
        "argue",
        "ask",
        "call",
        "claim",
        "declare",
        "explain",
        "insist",
        "note",
        "reply",
        "respond",
        "say",
        "sign",
        "state",
        "tell",
        "tweet",
        "warn",
        "write",
    }
)
_SUBJECTS = {"nsubj", "nsubj:pass"}
_RELATIVE = {"who", "that", "which"}

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class MarkedCue:
    """The characters of a cue, and the stretches of its one source."""

    cue: Span
    source: tuple[Span, ...]


def read_cues(path: Path) -> Iterator[MarkedCue]:
    """Yields the attributions of a stand-off file that have one source and one cue."""
    spans: dict[str, tuple[Span, ...]] = {}
    events = []
    for line in path.read_text(encoding="utf-8", errors="replace").splitlines():
        columns = line.split("\t")
        if line.startswith("T"):
            ranges = columns[1].split(" ", 1)[1].split(";")
            spans[columns[0]] = tuple((int(r.split()[0]), int(r.split()[1])) for r in ranges)
        elif line.startswith("E"):
            events.append([part.split(":") for part in columns[1].split()])
    for event in events:
        sources = [spans[key] for role, key in event if role.startswith("Source")]
        cues = [spans[key] for role, key in event if role.startswith("Cue")]
        if len(sources) == 1 and len(cues) == 1:
            yield MarkedCue((cues[0][0][0], cues[0][-1][1]), sources[0])


def cue_subject_figures(nlp: Language, folder: Path) -> dict[str, float]:
    """Of the cues that hold a verb of saying: how many, and the shares right and wrong.

    The rest to 1.0 are verbs for which no subject was found.
    """
    right = wrong = total = 0
    for path in sorted((folder / "text").glob("*.txt")):
        marks = sorted((folder / "attributions").glob(f"{path.stem}*.ann"))
        if not marks:
            continue
        text = path.read_text(encoding="utf-8", errors="replace")
        parsed = list(_paragraphs(nlp, text))
        for marked in read_cues(marks[0]):
            verb, offset = _verb_of(parsed, marked.cue)
            if verb is None or verb.lemma_.lower() not in SAYING:
                continue
            total += 1
            subject = _subject(verb)
            if subject is not None:
                place = offset + subject.idx
                inside = any(start <= place < end for start, end in marked.source)
                right, wrong = right + inside, wrong + (not inside)
    return {"verbs": total, "right": right / max(1, total), "wrong": wrong / max(1, total)}


def _paragraphs(nlp: Language, text: str) -> Iterator[tuple[int, Doc]]:
    starts, lines, at = [], [], 0
    for line in text.split("\n"):
        if line.strip():
            starts.append(at)
            lines.append(line)
        at += len(line) + 1
    yield from zip(starts, nlp.pipe(lines), strict=True)


def _verb_of(parsed: list[tuple[int, Doc]], cue: Span) -> tuple[Token | None, int]:
    for start, doc in parsed:
        if start <= cue[0] and cue[1] <= start + len(doc.text):
            words = doc.char_span(cue[0] - start, cue[1] - start, alignment_mode="expand")
            verbs = [token for token in words or () if token.pos_ == "VERB"]
            return (verbs[0] if verbs else None), start
    return None, 0


def _subject(verb: Token) -> Token | None:
    """The verb's own subject, or the one it shares with the verb that it hangs on."""
    at = verb
    for _ in range(3):
        subject = next((child for child in at.children if child.dep_ in _SUBJECTS), None)
        if subject is not None:
            relative = subject.lower_ in _RELATIVE and at.dep_ == "acl:relcl"
            return at.head if relative else subject
        if at.dep_.startswith("acl"):
            return at.head
        if at.dep_ not in {"conj", "xcomp", "advcl"}:
            return None
        at = at.head
    return None
