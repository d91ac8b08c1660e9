"""Who needs the same seats: the networks of flows, one for each block of a programme and what remains of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from scheduler.dimensioning.wants import Part, Want

Ints = NDArray[np.int64]
Key = tuple[int, tuple[tuple[int, ...], ...], tuple[int, ...]]
"""Of a network: programme, signature and modules."""
SeatsOf = Callable[[Iterable[int], Sequence[int]], Ints]
"""The fewest seats of any session of some modules, by round, at some places."""


@dataclass(frozen=True)
class Network:
    """Those who need the same block of a programme, in classes of
    equal places in time; ``seats`` by round, for all of its sessions.

    ``of_profile`` is the class of each profile, -1 for none; ``alone`` says that the block is all of the requirement.
    """

    programme: int
    signature: tuple[tuple[int, ...], ...]
    modules: tuple[int, ...]
    classes: tuple[tuple[int, ...], ...]
    of_profile: Ints
    seats: Ints


def networks_of(wants: Sequence[Sequence[Want]], seats_of: SeatsOf) -> tuple[Network, ...]:
    """The networks of the wants of each profile, by programme and what remains of it."""
    found: dict[Key, dict[int, Part]] = defaultdict(dict)
    for profile, own in enumerate(wants):
        for want in own:
            signature = tuple(part.modules for part in want.parts)
            for part in want.parts:
                found[want.programme, signature, part.modules][profile] = part
    return tuple(_network(key, parts, len(wants), seats_of) for key, parts in sorted(found.items()))


def _network(key: Key, parts: Mapping[int, Part], profiles: int, seats_of: SeatsOf) -> Network:
    programme, signature, modules = key
    ordered = sorted({part.places for part in parts.values()})
    number = {places: place for place, places in enumerate(ordered)}
    of_profile = np.full(profiles, -1, np.int64)
    for profile, part in parts.items():
        of_profile[profile] = number[part.places]
    seats = seats_of({place for places in ordered for place in places}, modules)
    return Network(programme, signature, modules, tuple(ordered), of_profile, seats)
