"""Groups of so few people that a share tells of one of them are not shown, nor can they be worked out from what is shown.

A group is hidden when fewer than five people stand behind any of its figures. Where the hidden groups of one table, taken together,
are fewer than five people, or just one group, the total less the others would give them away: the smallest of the others are hidden too.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from typing import TypeVar

FEWEST = 5
"""People of whom something is told as a group."""

People = Sequence[frozenset[str]]
"""Who stands behind each figure of a group; nobody where it has none."""
Key = TypeVar("Key", bound=Hashable)


def too_few(people: People) -> bool:
    """Whether any figure of the group tells of so few."""
    return any(0 < len(those) < FEWEST for those in people)


def hidden(groups: Mapping[Key, People]) -> set[Key]:
    """The groups of a table that are not shown, given that their total is."""
    found = {key for key, people in groups.items() if too_few(people)}
    by_size = sorted(groups, key=lambda key: (sum(map(len, groups[key])), str(key)))
    others = [key for key in by_size if key not in found]
    while found and others and (len(found) < 2 or too_few(_together([groups[key] for key in found]))):
        found.add(others.pop(0))
    return found


def hidden_within(groups: Mapping[tuple[str, str], People], hidden_parents: set[str]) -> set[tuple[str, str]]:
    """The groups (parent, child) to hide, whose parents' totals are shown too: all children of a hidden parent are hidden."""
    found = {key for key in groups if key[0] in hidden_parents}
    for parent in {key[0] for key in groups} - hidden_parents:
        found |= hidden({key: people for key, people in groups.items() if key[0] == parent})
    return found


def _together(groups: Sequence[People]) -> People:
    return [frozenset().union(*those) for those in zip(*groups, strict=True)]
