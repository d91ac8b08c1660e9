"""What became of one year: which requirements are on time, and which seats were used, for the tables of the report."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

Key = TypeVar("Key", bound=Hashable)

Tally = tuple[int, int]
"""(weight on time, weight of all) of some counting requirements."""


@dataclass(frozen=True)
class Planned:
    """A year's plan in numbers: by programme, by administration, by
    month of start; and participants by round, in its fullest module.
    """

    programmes: Mapping[str, Tally]
    organisations: Mapping[str, Tally]
    months: Mapping[date, Tally]
    participants: Mapping[str, int]

    @property
    def weight(self) -> int:
        """Of all counting requirements."""
        return sum(of for _, of in self.programmes.values())

    @property
    def value(self) -> int:
        """Weight that is not on time."""
        return sum(of - good for good, of in self.programmes.values())


@dataclass(frozen=True)
class Kept:
    """One requirement of one hire, and whether it is on time."""

    programme: str
    organisation: str
    starts: date
    weight: int
    on_time: bool


def planned(requirements: Iterable[Kept], participants: Mapping[str, int]) -> Planned:
    """The numbers of a plan."""
    kept = list(requirements)
    return Planned(
        _tallies(kept, lambda one: one.programme),
        _tallies(kept, lambda one: one.organisation),
        _tallies(kept, lambda one: one.starts.replace(day=1)),
        dict(participants),
    )


def fullest(seats: Iterable[tuple[str, int]]) -> dict[str, int]:
    """Participants of each round in the module that most go to; ``seats`` are (round, module) of each seat."""
    found: dict[str, int] = {}
    for (round_, _), number in Counter(seats).items():
        found[round_] = max(number, found.get(round_, 0))
    return found


def _tallies(requirements: Iterable[Kept], key: Callable[[Kept], Key]) -> dict[Key, Tally]:
    good, of = Counter[Key](), Counter[Key]()
    for one in requirements:
        good[key(one)] += one.weight * one.on_time
        of[key(one)] += one.weight
    return {group: (good[group], of[group]) for group in of}
