"""How many pairs a mentor can have: at a time (``högst``), and in all."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from scheduler.mentors.pairs import Pair


def at_one_time(pairs: Sequence[Pair]) -> Iterator[list[int]]:
    """Places of pairs that all last on some day: every largest
    such set once, so that a limit on these is one on every day.
    """
    begins = ((pair.first, True, place) for place, pair in enumerate(pairs))
    ends = ((pair.last + timedelta(days=1), False, place) for place, pair in enumerate(pairs))
    lasting: set[int] = set()
    grown = False
    for _, is_first, place in sorted([*begins, *ends]):  # of one day, what ends comes before what begins
        if is_first:
            lasting.add(place)
        else:
            if grown:
                yield sorted(lasting)
            lasting.remove(place)
        grown = is_first


def most_in_all(pairs: Sequence[Pair], at_most: int) -> int:
    """The most of these pairs that one mentor can have, ``at_most`` at a time.

    Taken in the order in which they begin; of too many at a time
    the one that lasts longest goes, and none is better off with it.
    """
    over = 0
    lasting: list[date] = []
    for pair in sorted(pairs, key=lambda pair: (pair.first, pair.last)):
        still = [last for last in lasting if last >= pair.first]
        over += len(lasting) - len(still)
        lasting = sorted([*still, pair.last])[:at_most]
    return over + len(lasting)
