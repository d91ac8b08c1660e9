"""From the sums over hires who are alike back to each of them:
who of them gets which of the seats that they have together.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

MOST_TRIES = 5_000
"""Most steps of the search for what one hire gets."""


@dataclass(frozen=True)
class OwnRow:
    """low <= sum of coefs over places <= high, for every one of the hires."""

    places: Sequence[int]
    coefs: Sequence[float]
    low: float
    high: float


def disaggregated(totals: Sequence[int], rows: Sequence[OwnRow], hires: int) -> Iterator[Sequence[int]]:
    """What each hire gets, as places in ``totals``, at most one of each.

    Each is given so much that the rest can be shared by the others, as far as single rows can tell; where the rows are
    those of intervals in time, that is enough to deal out everything. What cannot be dealt out is left.
    """
    left = list(totals)
    for others in range(hires - 1, -1, -1):
        share = _Share(left, rows, others).search()
        if share is None:
            share = _what_fits(left, rows)
        for place in share:
            left[place] -= 1
        yield share


class _Share:
    """The search for the share of one hire, with so many others
    after her: 0 or 1 of each place, within limits for every row.
    """

    def __init__(self, left: Sequence[int], rows: Sequence[OwnRow], others: int) -> None:
        self._left, self._others = left, others
        self._order = sorted((p for p, number in enumerate(left) if number), key=lambda p: (-left[p], p))
        self._low, self._high = [], []
        self._rows_at: list[list[tuple[int, float]]] = [[] for _ in left]
        # The least and the most that each row can come to, given what is settled.
        self._least, self._most = [], []
        for number, row in enumerate(rows):
            together = sum(c * left[p] for p, c in zip(row.places, row.coefs, strict=True))
            self._low.append(max(row.low, together - others * row.high if others else together))
            self._high.append(min(row.high, together - others * row.low if others else together))
            self._least.append(sum(c for p, c in zip(row.places, row.coefs, strict=True) if left[p] and c < 0))
            self._most.append(sum(c for p, c in zip(row.places, row.coefs, strict=True) if left[p] and c > 0))
            for p, c in zip(row.places, row.coefs, strict=True):
                self._rows_at[p].append((number, c))
        self._tries = 0

    def search(self) -> list[int] | None:
        """The places taken; None where there is no share, or none was found in so many steps."""
        possible = all(
            least <= high and most >= low
            for least, most, low, high in zip(self._least, self._most, self._low, self._high, strict=True)
        )
        taken: list[int] = []
        return taken if possible and self._settle(0, taken) else None

    def _settle(self, depth: int, taken: list[int]) -> bool:
        if depth == len(self._order):
            return True
        self._tries += 1
        if self._tries > MOST_TRIES:
            return False
        place = self._order[depth]
        for value in (1,) if self._left[place] > self._others else (1, 0):
            if self._set(place, value):
                taken += [place] * value
                if self._settle(depth + 1, taken):
                    return True
                del taken[len(taken) - value :]
            self._unset(place, value)
        return False

    def _set(self, place: int, value: int) -> bool:
        possible = True
        for row, coef in self._rows_at[place]:
            if (coef > 0) == bool(value):
                self._least[row] += abs(coef)
            else:
                self._most[row] -= abs(coef)
            possible &= self._least[row] <= self._high[row] and self._most[row] >= self._low[row]
        return possible

    def _unset(self, place: int, value: int) -> None:
        for row, coef in self._rows_at[place]:
            if (coef > 0) == bool(value):
                self._least[row] -= abs(coef)
            else:
                self._most[row] += abs(coef)


def _what_fits(left: Sequence[int], rows: Sequence[OwnRow]) -> list[int]:
    """Place after place, the fullest first, as long as every row
    holds; nothing where the rows ask for more than that gives.
    """
    taken: list[int] = []
    for place in sorted((p for p, number in enumerate(left) if number), key=lambda p: (-left[p], p)):
        if all(_sum(row, [*taken, place]) <= row.high for row in rows):
            taken.append(place)
    return taken if all(row.low <= _sum(row, taken) <= row.high for row in rows) else []


def _sum(row: OwnRow, taken: Sequence[int]) -> float:
    return sum(c for p, c in zip(row.places, row.coefs, strict=True) if p in taken)
