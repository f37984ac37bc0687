"""The labelled pairs of names, and what comparing makes of each."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import NamedNode

from undersigned.assembly.comparing import Compared, compare
from undersigned.assembly.profiles import AgentProfile, Cluster, match
from undersigned.naming.organization_names import folded_organization, parse_organization
from undersigned.naming.person_names import parse_person

PAIRS = Path(__file__).with_name("pairs.tsv")
_SIDE = re.compile(r"(?P<name>[^{]+?)\s*(?:\{(?P<context>[^}]*)\})?")


@dataclass(frozen=True)
class Pair:
    line: int
    same: bool
    one: AgentProfile
    other: AgentProfile

    @property
    def compared(self) -> Compared | None:
        """What comparing finds; None for names that are not even alike."""
        name = match(self.one.name, self.other.name)
        if name is None:
            return None
        return compare(Cluster().add(self.one), Cluster().add(self.other), name)

    @property
    def merged(self) -> bool:
        return self.compared is not None and self.compared.merges

    @property
    def likely_same(self) -> bool:
        found = self.compared
        return found is not None and not found.barred and found.score >= 0.5

    def __str__(self) -> str:
        found = self.compared
        bits = f"{found.bits:.1f} bits: {found.basis}" if found else "names of two"
        return f"line {self.line}: {self.one.name} / {self.other.name}: {bits}"


def read_pairs() -> list[Pair]:
    rows = [
        (at, line.split("\t"))
        for at, line in enumerate(PAIRS.read_text(encoding="utf-8").splitlines(), 1)
        if line and not line.startswith("#")
    ]
    return [
        Pair(at, verdict == "same", _profile(kind, one, "one"), _profile(kind, other, "other"))
        for at, (verdict, kind, one, other) in rows[1:]
    ]


def _profile(kind: str, side: str, place: str) -> AgentProfile:
    found = _SIDE.fullmatch(side)
    assert found is not None, side
    given = dict(
        [*part.split(":", 1), ""][:2] for part in (found["context"] or "").split("; ") if part
    )
    subjects = ("letter", "role", "account")
    clues: set[tuple[str, str]] = {(s, given[s].strip()) for s in subjects if s in given}
    if "at" in given:
        clues.add(("organization", folded_organization(given["at"])))
    source = NamedNode(f"https://example.org/source/{place}")
    return AgentProfile(
        iri=NamedNode(f"{source.value}#agent"),
        source=source,
        name=(parse_organization if kind == "organization" else parse_person)(found["name"]),
        listed="list" in given,
        day=given.get("year", "2025"),
        clues=frozenset(clues),
    )
