"""What a check found, for people: each finding says where, what, and what to do."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


class Severity(StrEnum):
    """An error makes `undersigned check` fail, a warning does not."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong.

    `where` is a file, query name or IRI; `what` a sentence; `advice` what to do about it.
    """

    where: str
    what: str
    advice: str
    severity: Severity = Severity.ERROR


@dataclass(frozen=True, slots=True)
class Step:
    """One check that was made: its name, what it covered, and what it found, in its own order."""

    name: str
    covered: str
    findings: tuple[Finding, ...] = ()

    @property
    def passed(self) -> bool:
        """Whether it found no error."""
        return all(found.severity is not Severity.ERROR for found in self.findings)


@dataclass(frozen=True, slots=True)
class Report:
    """All checks in the order in which they were made."""

    steps: tuple[Step, ...]

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Every finding of every step."""
        return tuple(found for step in self.steps for found in step.findings)

    @property
    def passed(self) -> bool:
        """Whether no step found an error."""
        return all(step.passed for step in self.steps)

    @classmethod
    def joined(cls, reports: Iterable[Report]) -> Report:
        """Several reports as one."""
        return cls(tuple(step for report in reports for step in report.steps))
