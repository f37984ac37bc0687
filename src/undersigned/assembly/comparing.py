"""Explained comparisons: each says what it found on both sides and what that is worth.

The score of two local agents is the probability that they are one: prior odds times how many
times likelier each finding is of one and the same than of two (Fellegi and Sunter 1969). Weights
are binary logarithms of these, so that they add up; docs/identity.md has the whole table.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from undersigned.assembly.profiles import fields_of
from undersigned.naming.person_names import PersonName

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Set

    from undersigned.assembly.profiles import Cluster
    from undersigned.naming.name_matches import NameMatch

PRIOR: Final = -12.0
"""Two agents of two articles are one in about one of four thousand cases."""
LISTED: Final = -3.5
"""Less likely for each side that only a letter's own list knows: anybody may sign."""
MERGE: Final = 6.6
"""Bits from which two are taken for one: 99 in 100."""
MARGIN: Final = 3.0
"""A likeness must be so much better than any other that it can't be reconciled with."""

SAME_LETTER: Final = 14.0
SAME_ACCOUNT: Final = 20.0
ACCOUNT_AS_NAME: Final = 2.0
"""Whoever is known by a word has it as a user name, too; somebody else has it elsewhere."""
OTHER_ACCOUNT: Final = -8.0
SAME_ORGANIZATION: Final = 7.0
SAME_ROLE: Final = 3.0
SAME_LONG_ROLE: Final = 5.0
"""A title of two words or more says more than one."""
SAME_FIELD: Final = 1.5
OTHER_FIELD: Final = -4.0
SAME_COMPANY: Final = 2.0
"""For each other person named in the sources of both, up to four."""
UNSHARED_MOST: Final = 4 * SAME_COMPANY + SAME_FIELD
"""What two sides can have in common beside their name without sharing a clue."""
FAR_YEARS: Final = 40
FAR_APART: Final = -6.0
AGAINST: Final = -14.0


@dataclass(frozen=True, slots=True)
class Comparison:
    """One thing compared: `subject` ("name", "letters" ...), the finding in words, its weight.

    The weight is in bits: the binary logarithm of how many times likelier the finding is of one
    and the same than of two. Negative weights speak against.
    """

    subject: str
    finding: str
    weight: float


@dataclass(frozen=True, slots=True)
class Compared:
    """Two local agents, or clusters of them, compared. `barred`: not one, whatever the score."""

    comparisons: tuple[Comparison, ...]
    prior: float = PRIOR
    barred: bool = False

    @property
    def bits(self) -> float:
        """The logarithm of the odds that the two are one."""
        return round(self.prior + sum(c.weight for c in self.comparisons), 3)

    @property
    def merges(self) -> bool:
        """Whether the two are taken for one without anybody asked."""
        return self.bits >= MERGE and not self.barred

    @property
    def score(self) -> float:
        """The probability that the two are one, at most 0.999: only people are sure."""
        return min(0.999, 1 / (1 + 2 ** -max(-50.0, min(50.0, self.bits))))

    @property
    def amount(self) -> float:
        """How much evidence there is, for and against, in bits."""
        return sum(abs(comparison.weight) for comparison in self.comparisons)

    @property
    def basis(self) -> str:
        """The findings in a sentence, strongest first, those against after "but"."""
        ordered = sorted(self.comparisons, key=lambda c: (-abs(c.weight), c.subject))
        speaks_for = "; ".join(c.finding for c in ordered if c.weight >= 0)
        against = "; ".join(c.finding for c in ordered if c.weight < 0)
        return f"{speaks_for}; but {against}" if against else speaks_for


def compare(
    one: Cluster,
    other: Cluster,
    name: NameMatch,
    company: Callable[[Cluster, Cluster], int] = lambda one, other: 0,
) -> Compared:
    """Compares all that is known of two sides whose names match.

    Args:
        one: one side.
        other: the other side.
        name: what their names have in common.
        company: how many people are named beside both; asked only where that may decide.
    """
    prior = prior_of(one, other)
    found = [Comparison("name", name.finding, name.weight)]
    if name.against:
        found.append(Comparison("name", name.against, AGAINST))
    if one.clues or other.clues:
        found.extend(_iter_comparisons(one, other))
    apart = _years_apart(one, other)
    if apart > FAR_YEARS:
        found.append(Comparison("dates", f"{apart} years between the sources", FAR_APART))
    compared = Compared(tuple(found), prior, bool(name.against))
    if compared.bits < MERGE <= compared.bits + 4 * SAME_COMPANY and (
        common := company(one, other)
    ):
        words = "another person is" if common == 1 else f"{common} other people are"
        weight = SAME_COMPANY * min(common, 4)
        found.append(Comparison("company", f"{words} named beside both", weight))
    return Compared(tuple(found), prior, bool(name.against))


def prior_of(one: Cluster, other: Cluster) -> float:
    """The bits before anything is compared; bodies have names of their own, listed or not."""
    if all(isinstance(name, PersonName) for name in one.names):
        return PRIOR + LISTED * (one.listed + other.listed)
    return PRIOR


def _iter_comparisons(one: Cluster, other: Cluster) -> Iterable[Comparison]:
    if one.values("letter") & other.values("letter"):
        yield Comparison("letters", "both have to do with the same letter", SAME_LETTER)
    if shared := one.values("account") & other.values("account"):
        own = {
            name.surname for name in one.names if isinstance(name, PersonName) and name.is_single
        }
        weight = ACCOUNT_AS_NAME if shared <= own else SAME_ACCOUNT
        yield Comparison("account", f"the user name {min(shared)} is the same", weight)
    elif one.values("account") and other.values("account"):
        yield Comparison("account", "other user names", OTHER_ACCOUNT)
    if shared := one.values("organization") & other.values("organization"):
        yield Comparison("organization", f"both at {min(shared)}", SAME_ORGANIZATION)
    yield from _iter_roles(one.values("role"), other.values("role"))


def _iter_roles(one: Set[str], other: Set[str]) -> Iterable[Comparison]:
    if shared := one & other:
        title = max(shared, key=lambda role: (role.count(" "), role))
        weight = SAME_LONG_ROLE if " " in title else SAME_ROLE
        yield Comparison("role", f"both {title}", weight)
        return
    fields = fields_of(one), fields_of(other)
    if fields[0] & fields[1]:
        yield Comparison("role", f"both in {min(fields[0] & fields[1])}", SAME_FIELD)
    elif fields[0] and fields[1]:
        what = f"one in {min(fields[0])}, the other in {min(fields[1])}"
        yield Comparison("role", what, OTHER_FIELD)


def _years_apart(one: Cluster, other: Cluster) -> int:
    """Between the nearest two of their sources; 0 where a date is missing."""
    if one.years is None or other.years is None:
        return 0
    return max(0, one.years[0] - other.years[1], other.years[0] - one.years[1])
