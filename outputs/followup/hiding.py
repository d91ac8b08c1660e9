"""Groups of so few people that a share tells of one of them
are not shown, nor can they be worked out from what is shown.

A group is hidden when fewer than five people stand behind any of its figures. Where the hidden groups of one table,
taken together, are fewer than five people, or just one group, the total less the others would give them away: the
smallest of the others are hidden too.
"""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterator, Mapping, Sequence
from typing import TypeVar

import numpy as np

FEWEST = 5
"""People of whom something is told as a group."""

_NOTHING = 1e-9
"""Below it a number of linear algebra is taken for 0."""

_NOTHING_OF_PEOPLE = 0.5
"""Below it a difference of numbers of people is taken for 0."""

People = Sequence[frozenset[str]]
"""Who stands behind each figure of a group; nobody where it has none."""
Key = TypeVar("Key", bound=Hashable)


def too_few(people: People) -> bool:
    """Whether any figure of the group tells of so few."""
    return any(0 < len(those) < FEWEST for those in people)


def gives_away(groups: Sequence[People]) -> bool:
    """Whether the total of some hidden groups tells of one of
    them: it is alone, or they are few, or but one person each.
    """
    if len(groups) < 2 or too_few(_together(groups)):
        return True
    by_figure = zip(*groups, strict=True)
    return any(0 < sum(map(len, those)) <= sum(map(bool, those)) for those in by_figure)


def unlisted(groups: Mapping[tuple[str, ...], People], closed: Collection[tuple[str, ...]]) -> set[tuple[str, ...]]:
    """Hidden groups that are not even named: all of their table, or of
    a row or column of it, are hidden, and their total tells of one.
    """
    found: set[tuple[str, ...]] = set()
    for place in range(len(next(iter(groups), ()))):
        for name in {key[place] for key in groups}:
            found |= _all_given_away({key: those for key, those in groups.items() if key[place] == name}, closed)
    return found | _all_given_away(groups, closed)


def _all_given_away(
    groups: Mapping[tuple[str, ...], People], closed: Collection[tuple[str, ...]]
) -> set[tuple[str, ...]]:
    several = len(groups) > 1 and all(key in closed for key in groups)
    return set(groups) if several and gives_away(list(groups.values())) else set()


def hidden(groups: Mapping[Key, People]) -> set[Key]:
    """The groups of a table that are not shown, given that their total is."""
    found = {key for key, people in groups.items() if too_few(people)}
    by_size = sorted(groups, key=lambda key: (sum(map(len, groups[key])), str(key)))
    others = [key for key in by_size if key not in found]
    while found and others and gives_away([groups[key] for key in found]):
        found.add(others.pop(0))
    return found


def hidden_within(groups: Mapping[tuple[str, str], People], hidden_parents: set[str]) -> set[tuple[str, str]]:
    """The groups (parent, child) to hide, whose parents' totals
    are shown too: all children of a hidden parent are hidden.
    """
    found = {key for key in groups if key[0] in hidden_parents}
    for parent in {key[0] for key in groups} - hidden_parents:
        found |= hidden({key: people for key, people in groups.items() if key[0] == parent})
    return found


def hidden_crossed(
    cells: Mapping[tuple[str, str], People], hidden_rows: set[str], hidden_columns: set[str]
) -> set[tuple[str, str]]:
    """The cells (row, column) to hide in a table of which the totals of all other rows and columns are shown too.

    All cells of a hidden row or column are hidden. In every other line the hidden cells together stand for enough
    people, and no hidden cell follows from the totals of several lines.
    """
    found = {key for key, those in cells.items() if too_few(those) or key[0] in hidden_rows or key[1] in hidden_columns}
    lines = list(_lines(cells, hidden_rows, hidden_columns))
    while (line := _telling(cells, lines, found)) is not None:
        others = [key for key in line if key not in found]
        found.add(min(others, key=lambda key: (sum(map(len, cells[key])), key)))
    return found


def _lines(
    cells: Mapping[tuple[str, str], People], hidden_rows: set[str], hidden_columns: set[str]
) -> Iterator[Sequence[tuple[str, str]]]:
    """The cells of each row and each column whose total is shown; last all cells."""
    for place, closed in ((0, hidden_rows), (1, hidden_columns)):
        for name in sorted({key[place] for key in cells} - closed):
            yield [key for key in sorted(cells) if key[place] == name]
    yield sorted(cells)


def _telling(
    cells: Mapping[tuple[str, str], People],
    lines: Sequence[Sequence[tuple[str, str]]],
    found: Collection[tuple[str, str]],
) -> Sequence[tuple[str, str]] | None:
    """A line in which one more cell must be hidden, None where nothing can be worked out."""
    left = [line for line in lines if any(key not in found for key in line)]
    for line in left:
        closed = [cells[key] for key in line if key in found]
        if closed and gives_away(closed):
            return line
    given_away = _worked_out(lines, sorted(found)) or _counted_out(cells, lines, sorted(found))
    return next((line for line in left if given_away.intersection(line)), None)


def _worked_out(lines: Sequence[Sequence[tuple[str, str]]], found: Sequence[tuple[str, str]]) -> set[tuple[str, str]]:
    """The hidden cells that follow from the totals of several lines: in them the equations leave no freedom."""
    if not found:
        return set()
    sums = np.array([[key in line for key in found] for line in lines], float)
    _, sizes, directions = np.linalg.svd(sums)
    free = directions[int((sizes > _NOTHING).sum()) :]
    return {key for place, key in enumerate(found) if np.abs(free[:, place]).max(initial=0.0) < _NOTHING}


def _counted_out(
    cells: Mapping[tuple[str, str], People],
    lines: Sequence[Sequence[tuple[str, str]]],
    found: Sequence[tuple[str, str]],
) -> set[tuple[str, str]]:
    """The hidden cells of few people whose number follows from the
    totals since no cell that is listed stands for less than one.

    Sums of rows, columns and all cells have whole numbers at their ends,
    so that the ends of the relaxation are those of numbers of people.
    """
    from scipy.optimize import linprog  # noqa: PLC0415  # slow to load, and few follow-ups need it

    sums = np.array([[key in line for key in found] for line in lines], float)
    given_away: set[tuple[str, str]] = set()
    for numbers in np.array([[len(those) for those in cells[key]] for key in found]).T:
        limits = [(min(1, number), None) for number in numbers]
        for place in np.flatnonzero((numbers > 0) & (numbers < FEWEST)):
            goal = np.arange(len(found)) == place
            ends = [linprog(sign * goal, A_eq=sums, b_eq=sums @ numbers, bounds=limits).fun for sign in (1, -1)]
            if ends[0] is not None and ends[1] is not None and abs(ends[0] + ends[1]) < _NOTHING_OF_PEOPLE:
                given_away.add(found[int(place)])
    return given_away


def _together(groups: Sequence[People]) -> People:
    return [frozenset().union(*those) for those in zip(*groups, strict=True)]
