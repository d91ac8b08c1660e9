"""An administration's people by unit and manager: who goes when, and how each team stands."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from models.plan import Booking, Requirement
from models.problem import Hire
from outputs import words
from outputs.figures import Figures, Share
from outputs.words import swedish_order

NO_UNIT = "Utan enhet"
NO_MANAGER = "–"


@dataclass(frozen=True)
class Team:
    """The hires of one unit and one manager, by name; ``share`` is of their requirements."""

    unit: str
    manager: str
    hires: tuple[Hire, ...]
    share: Share

    @property
    def title(self) -> str:
        """The unit, with the manager where there is one."""
        return self.unit if self.manager == NO_MANAGER else f"{self.unit}, chef {self.manager}"


def teams(figures: Figures) -> tuple[Team, ...]:
    """Every unit with each of its managers, in the order of their names; hires without a unit last."""
    found: dict[tuple[str, str], list[Hire]] = defaultdict(list)
    for hire in figures.problem.hires:
        found[hire.unit or NO_UNIT, words.manager(hire) or NO_MANAGER].append(hire)
    order = sorted(found, key=lambda key: (key[0] == NO_UNIT, swedish_order(key[0]), swedish_order(key[1]), key))
    return tuple(_team(figures, unit, manager, found[unit, manager]) for unit, manager in order)


def _team(figures: Figures, unit: str, manager: str, hires: list[Hire]) -> Team:
    known = {hire.id: hire for hire in hires}
    rows = [requirement for hire in known for requirement in figures.requirements_of.get(hire, ())]
    return Team(unit, manager, tuple(known[id_] for id_ in figures.by_name(known)), figures.share_of(rows))


def seats(figures: Figures, hire: Hire) -> list[tuple[Requirement, tuple[Booking, ...]]]:
    """Each of her requirements with its seats in time order: what begins first first, what has no seats last."""
    rows = [(r, figures.seats.get((hire.id, r.programme), ())) for r in figures.requirements_of.get(hire.id, ())]
    return sorted(rows, key=lambda row: (not row[1], [b.start for b in row[1][:1]], row[0].programme))
